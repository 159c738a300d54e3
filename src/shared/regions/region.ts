/**
 * Region codes, as endpoints and own networks name them. They are Azure Traffic Manager's: WORLD, eight groupings,
 * ISO 3166-1 alpha-2 countries and ISO 3166-2 subdivisions; Azure has the subdivisions of three countries, here those
 * of every country are regions. Besides: the groupings of law, EU and EEA. There is no table of subdivisions: only
 * their form is checked. Reads no database and no configuration.
 */
import type { GeoPoint } from "../geo-point.ts";
import { type Country, countries } from "./countries.ts";
import { type Grouping, groupings } from "./groupings.ts";
import { type LegalGrouping, legalGroupings } from "./legal-groupings.ts";
import { isReservedCode, replacementOf } from "./reserved-codes.ts";

/** A region's code in upper case: `WORLD`, `GEO-EU`, `DE`, `DE-BY`. */
export type RegionCode = string;

export type Region =
  | { readonly kind: "world"; readonly code: "WORLD" }
  | { readonly kind: "grouping"; readonly code: Grouping }
  | { readonly kind: "legal"; readonly code: LegalGrouping }
  | { readonly kind: "country"; readonly code: RegionCode; readonly country: Country }
  | { readonly kind: "subdivision"; readonly code: RegionCode; readonly country: Country };

/**
 * - `malformed`: not the form of any region code; lower case is malformed too.
 * - `reserved`: the country part is a code that is set aside and no country has, such as UK, AP or XX.
 * - `unknown`: the form of a grouping, a country or a subdivision, but there is no such grouping or country.
 */
export type RegionError = "malformed" | "reserved" | "unknown";

/** ISO 3166-2: the country, a hyphen, and one to three letters or digits. */
const COUNTRY_OR_SUBDIVISION = /^([A-Z]{2})(-[A-Z0-9]{1,3})?$/;
const GROUPING = /^GEO-[A-Z]{2}$/;

/** The region of a code in its exact spelling: codes are compared as text from here on. */
export function parseRegion(text: string): Region | RegionError {
  if (text === "WORLD") return { kind: "world", code: text };
  if (isGrouping(text)) return { kind: "grouping", code: text };
  if (isLegalGrouping(text)) return { kind: "legal", code: text };
  if (GROUPING.test(text)) return "unknown";
  const [, countryCode, subdivision] = COUNTRY_OR_SUBDIVISION.exec(text) ?? [];
  if (countryCode === undefined) return "malformed";
  const country = countries.get(countryCode);
  if (country === undefined) return isReservedCode(countryCode) ? "reserved" : "unknown";
  return { kind: subdivision === undefined ? "country" : "subdivision", code: text, country };
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
};

/**
 * Where a region is taken to be: the point of its country, for a subdivision too, as there is no table of
 * subdivisions. WORLD and the groupings are too wide for one point.
 */
export function regionPoint(region: Region): GeoPoint | undefined {
  return region.kind === "country" || region.kind === "subdivision" ? region.country.point : undefined;
}

function isGrouping(text: string): text is Grouping {
  return Object.hasOwn(groupings, text);
}

function isLegalGrouping(text: string): text is LegalGrouping {
  return Object.hasOwn(legalGroupings, text);
}
