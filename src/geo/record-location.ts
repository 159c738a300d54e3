/**
 * A database record as a Location. Two layouts: GeoIP2/GeoLite2 and DB-IP (nested: country.iso_code, subdivisions,
 * location.latitude) and ip-location-db (flat: country_code, state1, latitude). Records come from a file, so nothing
 * about them is certain.
 */
import type { Location } from "../routing/snapshot.ts";
import type { GeoPoint } from "../shared/geo-point.ts";
import { parseRegion, regionPoint } from "../shared/regions/region.ts";
import { subdivisionCodes, type NamedSubdivision } from "./subdivision-codes.ts";

/** The location that a record tells; undefined where it names no country that we know. */
export function recordLocation(record: unknown, source: string): Location | undefined {
  const country = countryOf(record);
  const region = country === undefined ? undefined : parseRegion(country);
  if (country === undefined || typeof region !== "object" || region.kind !== "country") return undefined;
  return {
    country,
    subdivisions: subdivisionCodes(country, subdivisionsOf(record)),
    grouping: region.country.grouping,
    // A country database has no coordinates: the middle of the country stands for the client.
    point: pointOf(record) ?? regionPoint(region),
    source,
  };
}

function countryOf(record: unknown): string | undefined {
  const code =
    text(field(record, "country_code")) ??
    text(field(field(record, "country"), "iso_code")) ??
    text(field(field(record, "registered_country"), "iso_code"));
  return code?.toUpperCase();
}

/** What a record names of subdivisions, from the largest to the smallest. In the flat layout one text is name or code. */
function subdivisionsOf(record: unknown): readonly NamedSubdivision[] {
  const nested = field(record, "subdivisions");
  if (!Array.isArray(nested)) {
    return ["state1", "state2"].map((key) => text(field(record, key))).map((value) => ({ code: value, name: value }));
  }
  return nested.map((one) => ({ code: text(field(one, "iso_code")), name: text(field(field(one, "names"), "en")) }));
}

function pointOf(record: unknown): GeoPoint | undefined {
  const place = field(record, "location") ?? record;
  const latitude = degrees(field(place, "latitude"));
  const longitude = degrees(field(place, "longitude"));
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return undefined;
  return { latitude: rounded(latitude), longitude: rounded(longitude) };
}

/** Degrees to 0.01, about a kilometre: databases know no more, and a city's many spellings become one place. */
function rounded(degrees: number): number {
  return Math.round(degrees * 100) / 100;
}

/** ip-location-db writes coordinates as text, and empty text where it has none. */
function degrees(value: unknown): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
}

function field(record: unknown, name: string): unknown {
  return typeof record === "object" && record !== null && name in record
    ? (record as Record<string, unknown>)[name]
    : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
