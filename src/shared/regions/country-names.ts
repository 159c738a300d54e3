/**
 * Countries by what people call them, for messages: Unicode CLDR's English names (`countries.ts`), and names that are
 * usual besides. Of the parts of GB the four that are called countries.
 */
import { countries } from "./countries.ts";

/** Words in lower case without accents, with a space between them: `Côte d’Ivoire` is `cote d ivoire`. */
export function folded(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("&", " and ")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .replaceAll(/\bst\b/g, "saint")
    .replace(/^ *the /, "")
    .trim();
}

const ALIASES = {
  AE: "uae, emirates",
  AT: "osterreich",
  BA: "bosnia",
  BN: "brunei darussalam",
  BR: "brasil",
  CD: "dr congo, drc, democratic republic of the congo, congo kinshasa",
  CG: "republic of the congo, congo brazzaville",
  CH: "schweiz, suisse",
  CI: "ivory coast",
  CZ: "czech republic",
  DE: "deutschland",
  ES: "espana",
  GB: "u k, great britain, britain, united kingdom of great britain and northern ireland",
  "GB-ENG": "england",
  "GB-NIR": "northern ireland",
  "GB-SCT": "scotland",
  "GB-WLS": "wales",
  HK: "hong kong",
  IR: "islamic republic of iran",
  KR: "korea, republic of korea",
  LA: "lao",
  MK: "macedonia",
  MM: "burma",
  MO: "macau, macao",
  NL: "holland",
  PS: "palestine, state of palestine",
  RU: "russian federation",
  SZ: "swaziland",
  TL: "east timor",
  TR: "turkey",
  TW: "chinese taipei",
  US: "u s, u s a, united states of america",
  VA: "vatican, holy see",
  VN: "viet nam",
} as const;

const byName: ReadonlyMap<string, string> = new Map([
  ...[...countries.values()].map(({ code, name }) => [folded(name), code] as const),
  ...Object.entries(ALIASES).flatMap(([code, names]) => names.split(", ").map((name) => [name, code] as const)),
]);

/** The code of a country by its name, however that is written. */
export function countryNamed(name: string): string | undefined {
  return byName.get(folded(name));
}
