/**
 * A database record as a Location. Layouts: GeoIP2, GeoLite2 and DB-IP (nested: country.iso_code, subdivisions,
 * location.latitude), ip-location-db (flat: country_code, state1, latitude), and IPinfo (flat: country, region, lat, and
 * in later files country_code, region_code). Records come from a file, so nothing about them is certain. What they say
 * of the country that an address represents (`represented_country`: a base, an embassy) is not where its clients are.
 */
import type { Location } from "../routing/snapshot.ts";
import type { GeoPoint } from "../shared/geo-point.ts";
import { groupingOfContinent } from "../shared/regions/continents.ts";
import { countries, type Country } from "../shared/regions/countries.ts";
import type { Wanted } from "./record-reader.ts";
import { subdivisionCodes, type NamedSubdivision } from "./subdivision-codes.ts";

/** The fields of a record that are looked at. */
export const READ_FIELDS: Wanted = {
  country_code: {},
  country: { iso_code: {} },
  registered_country: { iso_code: {} },
  continent_code: {},
  continent: { code: {} },
  subdivisions: { iso_code: {}, names: { en: {} } },
  state1: {},
  state2: {},
  region_code: {},
  region: {},
  location: { latitude: {}, longitude: {} },
  latitude: {},
  longitude: {},
  lat: {},
  lng: {},
};

/** The location that a record tells; undefined where it tells no place. */
export function recordLocation(record: unknown, source: string): Location | undefined {
  const code =
    text(field(record, "country_code")) ??
    text(field(field(record, "country"), "iso_code")) ??
    text(field(record, "country"));
  const continent =
    text(field(record, "continent_code")) ??
    text(field(field(record, "continent"), "code")) ??
    text(field(record, "continent"));
  const point = pointOf(record);
  const country = countryOf(code);
  if (country !== undefined) return inCountry(country, record, point, source);
  const grouping = continent === undefined ? undefined : groupingOfContinent(continent.toUpperCase());
  if (grouping !== undefined || point !== undefined) {
    return { country: undefined, subdivisions: [], grouping, point, source };
  }
  // Where the network is registered says little of its clients: it stands in where nothing else is said.
  if (code !== undefined || continent !== undefined) return undefined;
  const registered = countryOf(text(field(field(record, "registered_country"), "iso_code")));
  return registered && inCountry(registered, {}, undefined, source);
}

function inCountry(country: Country, record: unknown, point: GeoPoint | undefined, source: string): Location {
  return {
    country: country.code,
    subdivisions: subdivisionCodes(country.code, subdivisionsOf(record)),
    grouping: country.grouping,
    // A country database has no coordinates: the middle of the country stands for the client.
    point: point ?? country.point,
    source,
  };
}

/** Undefined too where the code is of no country, such as EU, AP, AN or A1. */
function countryOf(code: string | undefined): Country | undefined {
  return code?.length === 2 ? countries.get(code.toUpperCase()) : undefined;
}

/** What a record names of subdivisions, from the largest to the smallest. In flat layouts a text may be name or code. */
function subdivisionsOf(record: unknown): readonly NamedSubdivision[] {
  const nested = field(record, "subdivisions");
  if (Array.isArray(nested)) {
    return nested.map((one) => ({ code: text(field(one, "iso_code")), name: text(field(field(one, "names"), "en")) }));
  }
  const first = text(field(record, "state1")) ?? text(field(record, "region"));
  const second = text(field(record, "state2"));
  return [
    { code: text(field(record, "region_code")) ?? first, name: first },
    { code: second, name: second },
  ];
}

function pointOf(record: unknown): GeoPoint | undefined {
  const place = field(record, "location") ?? record;
  const latitude = degrees(field(place, "latitude") ?? field(place, "lat"));
  const longitude = degrees(field(place, "longitude") ?? field(place, "lng"));
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return undefined;
  return { latitude: rounded(latitude), longitude: rounded(longitude) };
}

/** Degrees to 0.01, about a kilometre: databases know no more, and a city's many spellings become one place. */
function rounded(degrees: number): number {
  return Math.round(degrees * 100) / 100;
}

/** ip-location-db and IPinfo write coordinates as text, and empty text where they have none. */
function degrees(value: unknown): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
}

function field(record: unknown, name: string): unknown {
  return typeof record === "object" && record !== null ? (record as Record<string, unknown>)[name] : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
