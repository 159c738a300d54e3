/** Region codes as text, checked against the tables of `shared/regions`. */
import { err, ok, type Result } from "../../shared/result.ts";
import { parseRegion, type Region, regionErrorText } from "../../shared/regions/region.ts";
import type { Refusal } from "../diagnostic.ts";
import { subdivisionRefusal } from "./subdivision-refusal.ts";

const ANY_REGION = "WORLD, a grouping (GEO-EU), a country (DE) or a subdivision (DE-BY)";

/** Any region, as endpoints have them. */
export function parseRegionCode(text: string): Result<Region, Refusal> {
  const region = parseRegion(text);
  if (typeof region !== "string") return ok(region);
  if ([region, parseRegion(text.toUpperCase())].includes("no-subdivision")) return err(subdivisionRefusal(text));
  const code = region === "reserved" ? "reserved-region" : "bad-region";
  // The longest code is six characters; a longer text is a mistake of another kind and not worth repeating.
  if (text.length > 10) return err({ code, what: "not a region code", wanted: ANY_REGION });
  const [what = "", wanted = ANY_REGION] = regionErrorText(text, region).split("; write ");
  return err({ code, what, wanted });
}

/** A region narrow enough to be a location. */
export type LocationRegion = Extract<Region, { kind: "country" | "subdivision" }>;

export function parseLocationRegion(text: string): Result<LocationRegion, Refusal> {
  const region = parseRegionCode(text);
  if (!region.ok) return region;
  const { value } = region;
  if (value.kind === "subdivision" && value.subdivision.point === undefined) {
    const what = `no point is known for ${value.code} (${value.subdivision.name})`;
    return err({ code: "bad-region", what, wanted: "its coordinates: [latitude, longitude]" });
  }
  if (value.kind === "country" || value.kind === "subdivision") return ok(value);
  const wanted = "a country (DE), a subdivision (DE-BY) or [latitude, longitude]";
  return err({ code: "bad-region", what: `${value.code} is too wide for a location`, wanted });
}
