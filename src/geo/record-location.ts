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
import type { RegionCode } from "../shared/regions/region.ts";
import { subdivision } from "../shared/regions/subdivisions.ts";
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

/** What stands at a key, whatever it is. Named so that each is looked up by name, not by a variable: records are many. */
interface Fields {
  readonly country_code?: unknown;
  readonly country?: unknown;
  readonly registered_country?: unknown;
  readonly continent_code?: unknown;
  readonly continent?: unknown;
  readonly subdivisions?: unknown;
  readonly state1?: unknown;
  readonly state2?: unknown;
  readonly region_code?: unknown;
  readonly region?: unknown;
  readonly location?: unknown;
  readonly latitude?: unknown;
  readonly longitude?: unknown;
  readonly lat?: unknown;
  readonly lng?: unknown;
  readonly iso_code?: unknown;
  readonly code?: unknown;
  readonly names?: unknown;
  readonly en?: unknown;
}

const NO_FIELDS: Fields = {};

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? value : NO_FIELDS;
}

/** The location that a record tells; undefined where it tells no place. */
export function recordLocation(record: unknown, source: string): Location | undefined {
  const fields = fieldsOf(record);
  const code = text(fields.country_code) ?? text(fieldsOf(fields.country).iso_code) ?? text(fields.country);
  const point = pointOf(fields);
  const country = countryOf(code);
  if (country !== undefined) return inCountry(country, fields, point, source);
  const continent = text(fields.continent_code) ?? text(fieldsOf(fields.continent).code) ?? text(fields.continent);
  const grouping = continent === undefined ? undefined : groupingOfContinent(continent.toUpperCase());
  if (grouping !== undefined || point !== undefined) {
    return { country: undefined, subdivisions: [], grouping, point, asn: undefined, source };
  }
  // Where the network is registered says little of its clients: it stands in where nothing else is said.
  if (code !== undefined || continent !== undefined) return undefined;
  const registered = countryOf(text(fieldsOf(fields.registered_country).iso_code));
  return registered && inCountry(registered, NO_FIELDS, undefined, source);
}

function inCountry(country: Country, fields: Fields, point: GeoPoint | undefined, source: string): Location {
  const subdivisions = subdivisionsIn(country.code, fields);
  return {
    country: country.code,
    subdivisions,
    grouping: country.grouping,
    // Without coordinates the middle of the smallest region that is known stands for the client.
    point: point ?? middleOf(subdivisions) ?? country.point,
    asn: undefined,
    source,
  };
}

function middleOf(subdivisions: readonly RegionCode[]): GeoPoint | undefined {
  for (const code of subdivisions) {
    const point = subdivision(code)?.point;
    if (point !== undefined) return point;
  }
  return undefined;
}

/** Undefined too where the code is of no country, such as EU, AP, AN or A1. */
function countryOf(code: string | undefined): Country | undefined {
  if (code?.length !== 2) return undefined;
  return countries.get(code) ?? countries.get(code.toUpperCase());
}

/** What has come of the levels of a record. */
interface KnownLevels {
  readonly country: string;
  /** The largest, where there are two. */
  readonly outer: unknown;
  readonly codes: readonly RegionCode[];
}

/** By the smallest level: a level that many records point to is one object. No more are kept than ISO 3166-2 has codes. */
const knownLevels = new Map<unknown, KnownLevels>();
const KEPT = 6000;

function subdivisionsIn(country: string, fields: Fields): readonly RegionCode[] {
  const { subdivisions: levels } = fields;
  if (!Array.isArray(levels) || levels.length === 0 || levels.length > 2) {
    return subdivisionCodes(country, subdivisionsOf(fields));
  }
  const smallest: unknown = levels.at(-1);
  const outer: unknown = levels.length === 2 ? levels[0] : undefined;
  const known = knownLevels.get(smallest);
  if (known !== undefined && known.country === country && known.outer === outer) return known.codes;
  const codes = subdivisionCodes(country, subdivisionsOf(fields));
  if (knownLevels.size < KEPT) knownLevels.set(smallest, { country, outer, codes });
  return codes;
}

/** What a record names of subdivisions, from the largest to the smallest. In flat layouts a text may be name or code. */
function subdivisionsOf({ subdivisions, state1, state2, region, region_code }: Fields): readonly NamedSubdivision[] {
  if (Array.isArray(subdivisions)) {
    return subdivisions
      .map(fieldsOf)
      .map(({ iso_code, names }) => ({ code: text(iso_code), name: text(fieldsOf(names).en) }));
  }
  const first = text(state1) ?? text(region);
  const second = text(state2);
  return [
    { code: text(region_code) ?? first, name: first },
    { code: second, name: second },
  ];
}

function pointOf(fields: Fields): GeoPoint | undefined {
  const place = fields.location === undefined ? fields : fieldsOf(fields.location);
  const latitude = degrees(place.latitude ?? place.lat);
  const longitude = degrees(place.longitude ?? place.lng);
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

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
