/**
 * Region codes, as endpoints and own networks name them. They are Azure Traffic Manager's: WORLD, eight groupings,
 * ISO 3166-1 alpha-2 countries and ISO 3166-2 subdivisions; Azure has the subdivisions of three countries, here those
 * of every country are regions. Besides: the groupings of law, EU and EEA. Reads no database and no configuration.
 */
import type { GeoPoint } from "../geo-point.ts";
import { type Country, countries } from "./countries.ts";
import { type Grouping, groupings } from "./groupings.ts";
import { type LegalGrouping, legalGroupings } from "./legal-groupings.ts";
import { isReservedCode, replacementOf } from "./reserved-codes.ts";
import { subdivision, type Subdivision } from "./subdivisions.ts";

/** A region's code in upper case: `WORLD`, `GEO-EU`, `DE`, `DE-BY`. */
export type RegionCode = string;

export type Region =
  | { readonly kind: "world"; readonly code: "WORLD" }
  | { readonly kind: "grouping"; readonly code: Grouping }
  | { readonly kind: "legal"; readonly code: LegalGrouping }
  | { readonly kind: "country"; readonly code: RegionCode; readonly country: Country }
  | {
      readonly kind: "subdivision";
      /** As it is written: FR-75, whose subdivision is FR-75C. */
      readonly code: RegionCode;
      readonly country: Country;
      readonly subdivision: Subdivision;
    };

/**
 * - `malformed`: not the form of any region code; lower case is malformed too.
 * - `reserved`: the country part is a code that is set aside and no country has, such as UK, AP or XX.
 * - `unknown`: the form of a grouping, a country or a subdivision, but there is no such grouping or country.
 * - `no-subdivision`: a country and a hyphen, but no code or old code of a subdivision of it.
 */
export type RegionError = "malformed" | "reserved" | "unknown" | "no-subdivision";

/** ISO 3166-2: the country, a hyphen, and one to three letters or digits. */
const COUNTRY_OR_SUBDIVISION = /^([A-Z]{2})(-[A-Z0-9]{1,3})?$/;
/** What stands for a subdivision and is none: DE-BAVARIA, FR-Paris. */
const OF_COUNTRY = /^([A-Z]{2})-\S/;
const GROUPING = /^GEO-[A-Z]{2}$/;

/** The region of a code in its exact spelling: codes are compared as text from here on. */
export function parseRegion(text: string): Region | RegionError {
  if (text === "WORLD") return { kind: "world", code: text };
  if (isGrouping(text)) return { kind: "grouping", code: text };
  if (isLegalGrouping(text)) return { kind: "legal", code: text };
  if (GROUPING.test(text)) return "unknown";
  const [, countryCode, rest] = COUNTRY_OR_SUBDIVISION.exec(text) ?? [];
  if (countryCode === undefined) {
    const upper = text.toUpperCase();
    // In upper case it may be a code.
    const isCode = upper !== text && typeof parseRegion(upper) === "object";
    return !isCode && countries.has(OF_COUNTRY.exec(text)?.[1] ?? "") ? "no-subdivision" : "malformed";
  }
  const country = countries.get(countryCode);
  if (country === undefined) return isReservedCode(countryCode) ? "reserved" : "unknown";
  if (rest === undefined) return { kind: "country", code: text, country };
  const found = subdivision(text);
  return found === undefined ? "no-subdivision" : { kind: "subdivision", code: text, country, subdivision: found };
}

/** What `parseRegion` found and what to write instead: a sentence without a final dot. */
export function regionErrorText(text: string, error: RegionError): string {
  return errorTexts[error](text);
}

const errorTexts: Readonly<Record<RegionError, (text: string) => string>> = {
  malformed(text) {
    const upper = text.toUpperCase();
    const meant = upper === text ? "malformed" : parseRegion(upper);
    if (typeof meant === "object") return `${text} is not in upper case; write ${meant.code}`;
    if (meant !== "malformed") return regionErrorText(upper, meant);
    return `${JSON.stringify(text)} is not a region code; write WORLD, a grouping (EU, GEO-EU), a country (DE) or a subdivision (DE-BY)`;
  },
  reserved(text) {
    const country = text.slice(0, 2);
    const remedy = replacementOf(country) ?? "the ISO 3166-1 code of a country";
    return `${country === text ? "" : `${text}: `}${country} is reserved; write ${remedy}`;
  },
  unknown(text) {
    if (GROUPING.test(text)) {
      const known = Object.entries(groupings).map(([code, name]) => `${code} (${name})`);
      return `${text} is not a grouping; write one of ${known.join(", ")}`;
    }
    const country = text.slice(0, 2);
    return `${country === text ? "" : `${text}: `}${country} is not a country; write its ISO 3166-1 alpha-2 code`;
  },
  "no-subdivision"(text) {
    const country = countries.get(text.slice(0, 2))!;
    return `${text} is not a subdivision of ${country.name}; write its ISO 3166-2 code, or ${country.code}`;
  },
};

/**
 * Where a region is taken to be: the point of the country or the subdivision. WORLD and the groupings are too wide for
 * one point, and those of some small or new subdivisions are not known.
 */
export function regionPoint(region: Region): GeoPoint | undefined {
  if (region.kind === "subdivision") return region.subdivision.point;
  return region.kind === "country" ? region.country.point : undefined;
}

function isGrouping(text: string): text is Grouping {
  return Object.hasOwn(groupings, text);
}

function isLegalGrouping(text: string): text is LegalGrouping {
  return Object.hasOwn(legalGroupings, text);
}
