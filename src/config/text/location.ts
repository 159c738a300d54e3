/** Where something is, as text: a region narrow enough, or a cloud's region. What people write besides is explained. */
import { type CloudRegion, cloudRegions, clouds } from "../../shared/regions/cloud/cloud-regions.ts";
import { parseRegion } from "../../shared/regions/region.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Refusal } from "../diagnostic.ts";
import { nearestWord } from "../nearest-word.ts";
import { meantPointText } from "./point.ts";
import { type LocationRegion, parseLocationRegion } from "./region.ts";

export interface CloudLocation extends Pick<CloudRegion, "name" | "point"> {
  readonly kind: "cloud";
  /** The country or the state where it is. */
  readonly region: LocationRegion;
}

export function parseLocation(text: string): Result<LocationRegion | CloudLocation, Refusal> {
  const cloud = cloudRegions.get(text);
  if (cloud !== undefined) return ok({ kind: "cloud", name: cloud.name, point: cloud.point, region: placeOf(cloud) });
  const meant = meantPointText(text);
  if (meant !== undefined) return err({ code: "bad-text", what: "coordinates as text", wanted: meant });
  const name = meantCloudRegion(text);
  if (name !== undefined) return err({ code: "bad-region", what: "not the name of a cloud's region", wanted: name });
  return parseLocationRegion(text);
}

function placeOf({ code, name }: CloudRegion): LocationRegion {
  const region = parseRegion(code);
  if (typeof region === "string" || !("country" in region)) throw new Error(`${name} is in no country: ${code}`);
  return region;
}

/** What to write in place of the name of a region that is not there, is spelt otherwise, or lacks its cloud. */
function meantCloudRegion(text: string): string | undefined {
  const [, cloud = "", region = ""] = /^(?:([a-z]{1,9})\s?[:/]\s?)?([^:/]*)$/i.exec(text) ?? [];
  const spelt = region.replaceAll(" ", "").toLowerCase();
  const named = Object.keys(clouds).filter((known) => known === cloud.toLowerCase());
  const exact = (cloud === "" ? Object.keys(clouds) : named).map((known) => `${known}:${spelt}`);
  const meant = exact.filter((name) => cloudRegions.has(name));
  if (meant.length > 0) return meant.join(" or ");
  const [known] = named;
  if (known === undefined) return undefined;
  const nearest = nearestWord(
    spelt,
    // What begins otherwise lies elsewhere: eu-west3 is like us-west3, and far from it.
    clouds[known]!.map(([name]) => name).filter(([first]) => first === spelt[0]),
  );
  return nearest === undefined
    ? `one that geosteer regions ${known} lists, or [latitude, longitude]`
    : `a region of ${known}: did you mean ${known}:${nearest}?`;
}
