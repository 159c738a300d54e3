/** What to write instead of a code that is no subdivision's: the nearest real one, by name, by history, or by its letters. */
import { countries } from "../../shared/regions/countries.ts";
import { foldedName } from "../../shared/regions/folded-name.ts";
import { subdivisionNamed } from "../../shared/regions/subdivision-names.ts";
import {
  oldSubdivision,
  ownCountry,
  subdivision,
  subdivisionsOf,
  type OldSubdivision,
  type Subdivision,
} from "../../shared/regions/subdivisions.ts";
import type { Refusal } from "../diagnostic.ts";
import { nearestWord } from "../nearest-word.ts";

/** Characters of the text that are repeated. */
const SHOWN = 40;
/** Subdivisions that are named where none is near. */
const EXAMPLES = 3;

/** FIPS 5-2, which numbers the states of the US: 01 AL, 02 AK. 03, 07, 14, 43 and 52 are not in use; after these come territories. */
const FIPS_STATES =
  "AL AK - AZ AR CA - CO CT DE DC FL GA - HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA - RI SC SD TN TX UT VT VA - WA WV WI WY".split(
    " ",
  );

/** `text`: two letters of a country, a hyphen, and what is not among its codes; upper or lower case. */
export function subdivisionRefusal(text: string): Refusal {
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  const code = text.toUpperCase();
  const country = countries.get(code.slice(0, 2))!;
  const refusal = (what: string, wanted: string): Refusal => ({ code: "bad-region", what: `${shown} ${what}`, wanted });

  const own = ownCountry(code);
  // No client is ever in US-PR: databases name PR as its country.
  if (own !== undefined)
    return refusal("is a country of its own in GeoIP databases", named(own, countries.get(own)!.name));
  const old = oldSubdivision(code);
  if (old !== undefined && old.successors.length > 0)
    return refusal(fates[old.fate], listed(old.successors.map((at) => subdivision(at)!)));
  const what = old === undefined ? `is not a subdivision of ${country.name}` : "is no longer in ISO 3166-2";
  if (subdivisionsOf(country.code).length === 0)
    return refusal("has no code: ISO 3166-2 divides it no further", named(country.code, country.name));
  const near = nearest(country.code, code.slice(3));
  return refusal(
    what,
    near === undefined ? `a code such as ${listed(subdivisionsOf(country.code).slice(0, EXAMPLES))}` : listed([near]),
  );
}

const fates: Readonly<Record<OldSubdivision["fate"], string>> = {
  renamed: "has another code today",
  merged: "lies in another subdivision today",
  divided: "is divided today",
  gone: "is no longer in ISO 3166-2",
};

function nearest(country: string, wanted: string): Subdivision | undefined {
  const byName = subdivisionNamed(country, wanted.slice(0, SHOWN));
  if (byName !== undefined) return byName;
  const state = country === "US" ? FIPS_STATES[Number(wanted) - 1] : undefined;
  if (state !== undefined && state !== "-") return subdivision(`US-${state}`);

  const { codes, names } = wordsOf(country);
  const folded = foldedName(wanted.slice(0, SHOWN));
  const beginning = new Set(
    [...names].filter(([name]) => folded.length > 1 && name.startsWith(folded)).map(([, one]) => one),
  );
  if (beginning.size === 1) return [...beginning][0];
  // A code has three characters at most.
  const words = folded.length > 3 ? names : codes;
  const similar = nearestWord(folded, [...words.keys()]);
  return similar === undefined ? undefined : words.get(similar);
}

interface Words {
  /** Without the country. */
  readonly codes: ReadonlyMap<string, Subdivision>;
  /** Folded. */
  readonly names: ReadonlyMap<string, Subdivision>;
}

/** A configuration may have thousands of wrong codes. */
const wordsByCountry = new Map<string, Words>();

function wordsOf(country: string): Words {
  let words = wordsByCountry.get(country);
  if (words === undefined) {
    const all = subdivisionsOf(country);
    words = {
      codes: new Map(all.map((one) => [one.code.slice(3), one])),
      names: new Map(all.flatMap((one) => [one.name, ...one.otherNames].map((name) => [foldedName(name), one]))),
    };
    wordsByCountry.set(country, words);
  }
  return words;
}

function listed(subdivisions: readonly Subdivision[]): string {
  const all = subdivisions.map(({ code, name }) => named(code, name));
  return all.length === 1 ? all[0]! : `${all.slice(0, -1).join(", ")} or ${all.at(-1)}`;
}

function named(code: string, name: string): string {
  return `${code} (${name})`;
}
