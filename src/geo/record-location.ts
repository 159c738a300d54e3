/**
 * A database record as a Location. Two layouts: GeoIP2/GeoLite2 and DB-IP (nested: country.iso_code, subdivisions,
 * location.latitude) and ip-location-db (flat: country_code, state1, latitude). Records come from a file, so nothing
 * about them is certain.
 */
import type { Location } from "../routing/snapshot.ts";
import type { GeoPoint } from "../shared/geo-point.ts";
import { parseRegion, regionPoint } from "../shared/regions/region.ts";

/** The location that a record tells; undefined where it names no country that we know. */
export function recordLocation(record: unknown, source: string): Location | undefined {
  const country = countryOf(record);
  const region = country === undefined ? undefined : parseRegion(country);
  if (country === undefined || typeof region !== "object" || region.kind !== "country") return undefined;
  return {
    country,
    subdivisions: subdivisionsOf(record, country),
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

/** By their codes alone: a name says nothing reliable about its ISO 3166-2 code. */
function subdivisionsOf(record: unknown, country: string): readonly string[] {
  const subdivisions = field(record, "subdivisions");
  const nested = Array.isArray(subdivisions) ? subdivisions.map((subdivision) => field(subdivision, "iso_code")) : [];
  // From the largest to the smallest in the file.
  return [field(record, "state1"), ...nested].toReversed().flatMap((value) => subdivisionCode(value, country) ?? []);
}

function subdivisionCode(value: unknown, country: string): string | undefined {
  const code = text(value);
  if (code === undefined) return undefined;
  const full = code.startsWith(`${country}-`) ? code : `${country}-${code}`;
  const region = parseRegion(full);
  return typeof region === "object" && region.kind === "subdivision" ? full : undefined;
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
