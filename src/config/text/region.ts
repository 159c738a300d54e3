/** Region codes as text, checked against the tables of `shared/regions`. */
import { err, ok, type Result } from "../../shared/result.ts";
import { cloudRegions } from "../../shared/regions/cloud/cloud-regions.ts";
import type { WholeCountries } from "../../shared/regions/country-grouping.ts";
import { meantRegion } from "../../shared/regions/meant-region.ts";
import { parseRegion, type Region, regionErrorText } from "../../shared/regions/region.ts";
import type { Refusal } from "../diagnostic.ts";
import { subdivisionRefusal } from "./subdivision-refusal.ts";

export const ANY_REGION = "WORLD, a grouping (EU, GEO-EU), a country (DE) or a subdivision (DE-BY)";

/** The name of one of `geoip.groupings`, or a mistake: only the whole file tells. */
export interface OwnGrouping {
  readonly kind: "own";
  readonly code: string;
}

/** What endpoints may have among their regions. Every text is taken: `groupings.ts` refuses those that are neither. */
export function parseRegionName(text: string): Result<Region | OwnGrouping, never> {
  const region = parseRegion(text);
  return ok(typeof region === "string" ? { kind: "own", code: text } : region);
}

/** A member of an own grouping. */
export function parseWholeCountries(text: string): Result<WholeCountries, Refusal> {
  const region = parseRegionCode(text);
  if (!region.ok) {
    const { wanted } = region.error;
    return err({ ...region.error, wanted: wanted === ANY_REGION ? WHOLE_COUNTRIES : wanted });
  }
  const { value } = region;
  if (value.kind !== "world" && value.kind !== "subdivision") return ok(value);
  const what = value.kind === "world" ? "WORLD is everywhere" : `${value.code} is only a part of a country`;
  return err({ code: "bad-region", what, wanted: WHOLE_COUNTRIES });
}

const WHOLE_COUNTRIES = "countries (DE), or groupings of them (EU, GEO-EU)";

/** Any region with a code. */
export function parseRegionCode(text: string): Result<Region, Refusal> {
  const region = parseRegion(text);
  if (typeof region !== "string") return ok(region);
  if ([region, parseRegion(text.toUpperCase())].includes("no-subdivision")) return err(subdivisionRefusal(text));
  const meant = meantRegion(text);
  if (meant !== undefined) return err({ code: "bad-region", what: meant.what, wanted: meant.wanted });
  const cloud = cloudRegions.get(text);
  if (cloud !== undefined)
    return err({ code: "bad-region", what: "a cloud's region is a location alone", wanted: cloud.code });
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
  if (!region.ok) return err(forLocation(text, region.error));
  const { value } = region;
  if (value.kind === "subdivision" && value.subdivision.point === undefined) {
    const what = `no point is known for ${value.code} (${value.subdivision.name})`;
    return err({ code: "bad-region", what, wanted: "its coordinates: [latitude, longitude]" });
  }
  if (value.kind === "country" || value.kind === "subdivision") return ok(value);
  return err({ code: "bad-region", what: `${value.code} is too wide for a location`, wanted: ANY_LOCATION });
}

export const ANY_LOCATION =
  "a country (DE), a subdivision (DE-BY), a cloud's region (azure:westeurope) or [latitude, longitude]";

/** What a wrong code is to be where not every region will do. */
function forLocation(text: string, refusal: Refusal): Refusal {
  const meant = meantRegion(text);
  if (meant === undefined || refusal.what !== meant.what) {
    return refusal.wanted === ANY_REGION ? { ...refusal, wanted: ANY_LOCATION } : refusal;
  }
  return { ...refusal, wanted: meant.place === undefined ? ANY_LOCATION : `${meant.place} or [latitude, longitude]` };
}
