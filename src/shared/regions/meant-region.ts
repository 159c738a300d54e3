/**
 * What is meant by a text that is no region code: the habits of people who know places by other codes and names. A
 * suggestion for a message, never a value.
 */
import { alpha2Of } from "./alpha3.ts";
import { countries } from "./countries.ts";
import { countryNamed, folded } from "./country-names.ts";
import { parseRegion, type RegionCode } from "./region.ts";
import { subdivisionsAnywhere } from "./subdivision-names.ts";

export interface MeantRegion {
  /** A sentence without its end: what the text is. */
  readonly what: string;
  /** What to write: one code, or several with words between them. */
  readonly wanted: string;
  /** The code, where it is of one country or subdivision. */
  readonly place?: RegionCode;
}

/** Longer texts are no codes and no names. */
const LONGEST = 64;

/** Undefined where nothing in particular is meant, or only another case. */
export function meantRegion(text: string): MeantRegion | undefined {
  if (text.length > LONGEST) return undefined;
  return meantGrouping(text) ?? meantWord(text) ?? meantAlpha3(text) ?? meantForm(text) ?? meantName(text);
}

const EUROPE = "GEO-EU (Azure's Europe, with RU, BY and GB) or EU (the 27 of the European Union)";
const AMERICAS = "GEO-NA and GEO-SA";
const ASIA_PACIFIC = "GEO-AS and GEO-AP";
const OWN = "or a name for them in geoip.groupings";

/** Words as `folded` has them, by what they mean. */
const MEANINGS: Readonly<Record<string, string>> = {
  WORLD: "all, any, anywhere, default, everyone, everything, everywhere, global, other, others, rest, row",
  EU: "european union, eu 27, eu27, eu 28, eu28",
  EEA: "european economic area, ewr",
  [EUROPE]: "europe, eur",
  "GEO-EU, GEO-ME and GEO-AF": "emea",
  "GEO-ME and GEO-AF": "mea, mena",
  "GEO-ME": "middle east, mideast",
  [AMERICAS]: "amer, amers, americas",
  [`US, or ${AMERICAS}`]: "america",
  "GEO-NA": "north america, northern america, noram, central america, caribbean",
  "GEO-NA (North America), or NA (Namibia)": "nam",
  "GE (Georgia), or a grouping such as GEO-EU": "geo",
  "GEO-SA": "south america, southern america, southam",
  "GEO-SA, and MX and Central America, which are in GEO-NA": "latam, lac, latin america",
  "GEO-AS": "asia",
  [ASIA_PACIFIC]: "apac, apj, japac, asia pacific, asiapac",
  "GEO-AP": "oceania, oc, pacific, australasia",
  "GEO-AF": "africa",
  [`DE, AT and CH, ${OWN}`]: "dach",
  [`BE, NL and LU, ${OWN}`]: "benelux",
  [`DK, FI, IS, NO and SE, ${OWN}`]: "nordics, nordic, scandinavia",
  [`EE, LV and LT, ${OWN}`]: "baltics, baltic",
  [`AU and NZ, ${OWN}`]: "anz",
  [`AE, BH, KW, OM, QA and SA, ${OWN}`]: "gcc",
};

const byWord: ReadonlyMap<string, string> = new Map(
  Object.entries(MEANINGS).flatMap(([wanted, words]) => words.split(", ").map((word) => [word, wanted] as const)),
);

function meantWord(text: string): MeantRegion | undefined {
  const wanted = text.trim() === "*" ? "WORLD" : byWord.get(folded(text));
  return wanted === undefined ? undefined : { what: `${text} is not a region code`, wanted };
}

/** What stands behind GEO, where it is not Azure's abbreviation. */
const GROUPING_NAMES: Readonly<Record<string, string>> = {
  "GEO-EU": "eur, euro, europe",
  "GEO-ME": "mea, mena, mid, middle east, middleeast",
  "GEO-NA": "nam, north america, northamerica, us, usa, ca, can",
  "GEO-SA": "sam, south america, southamerica, latam, lac",
  "GEO-AS": "asi, asia",
  "GEO-AP": "apac, oc, oceania, pacific, aus, australia, au",
  "GEO-AF": "afr, africa",
  "GEO-AN": "ant, antarctica, aq",
  WORLD: "world, all, ww",
};

const byGroupingName: ReadonlyMap<string, string> = new Map(
  Object.entries(GROUPING_NAMES).flatMap(([code, names]) => names.split(", ").map((name) => [name, code] as const)),
);

/** `GEO-EUR`, `geo_eu`, `GEOEU`, `GEO-DE`. */
function meantGrouping(text: string): MeantRegion | undefined {
  const [, separator, rest = ""] = /^geo([^\p{L}\p{N}]*)(.+)$/isu.exec(text) ?? [];
  const abbreviation = rest.toUpperCase();
  if (separator !== "-" && typeof parseRegion(`GEO-${abbreviation}`) === "object") {
    return { what: `${text} is not written as codes are`, wanted: `GEO-${abbreviation}` };
  }
  const what = `${text} is not a grouping`;
  const grouping = byGroupingName.get(folded(rest));
  if (grouping !== undefined) return { what, wanted: grouping };
  const isWritten = separator !== "-" || typeof parseRegion(text) === "object";
  return isWritten || !countries.has(abbreviation) ? undefined : { what, wanted: abbreviation, place: abbreviation };
}

function meantAlpha3(text: string): MeantRegion | undefined {
  const place = alpha2Of(text.toUpperCase());
  if (place === undefined) return undefined;
  return { what: `${text} is the alpha-3 code of ${countries.get(place)!.name}`, wanted: place, place };
}

/** `DE_BY`, `de.by`, `US CA`, `USA-CA`; not what differs in case alone. */
function meantForm(text: string): MeantRegion | undefined {
  const [, country = "", subdivision = ""] = /^(?!geo)([a-z]{2,3})[\s_./:–-]+([a-z0-9]{1,3})$/i.exec(text) ?? [];
  const place = `${alpha2Of(country.toUpperCase()) ?? country.toUpperCase()}-${subdivision.toUpperCase()}`;
  if (place === text.toUpperCase() || typeof parseRegion(place) === "string") return undefined;
  return { what: `${text} is not written as codes are`, wanted: place, place };
}

function meantName(text: string): MeantRegion | undefined {
  const country = countryNamed(text);
  const places = country === undefined ? subdivisionsAnywhere(text).map(({ code }) => code) : [country];
  const [place, ...others] = places;
  if (place === undefined || places.length > MOST_NAMESAKES) return undefined;
  const what = `${text} is a name, not a code`;
  return others.length > 0 ? { what, wanted: places.join(" or ") } : { what, wanted: place, place };
}

/** Of more subdivisions with one name, none is likelier than the others. */
const MOST_NAMESAKES = 3;
