/**
 * What a database names of subdivisions → their ISO 3166-2 codes. Most name codes, some names alone (`state1: "Bavaria"`), some
 * the smallest alone.
 */
import { subdivisionNamed } from "../shared/regions/subdivision-names.ts";
import { subdivision, withHolders } from "../shared/regions/subdivisions.ts";

export interface NamedSubdivision {
  /** `BY` or `DE-BY`; where a database does not tell them apart, it may be a name. */
  readonly code: string | undefined;
  /** In English. */
  readonly name: string | undefined;
}

/** Three letters or digits at most: ISO 3166-2. */
const CODE = /^[A-Z]{2}-[A-Z0-9]{1,3}$/;

/** Records of one place are many: what they came to is kept, up to so many texts of so many characters. */
const KEPT = 20_000;
const LONGEST_KEPT = 200;
const kept = new Map<string, readonly string[]>();

/** `named`: from the largest to the smallest. The codes go from the smallest to the largest, those that hold them included. */
export function subdivisionCodes(country: string, named: readonly NamedSubdivision[]): readonly string[] {
  const key = named.reduce((text, { code, name }) => `${text}|${code ?? ""}|${name ?? ""}`, country);
  const known = kept.get(key);
  if (known !== undefined) return known;
  const codes: string[] = [];
  for (const one of named) {
    const code = codeOf(country, one, codes.at(-1));
    if (code !== undefined) codes.push(code);
  }
  const all = withHolders(codes.toReversed());
  if (kept.size >= KEPT) kept.clear();
  if (key.length <= LONGEST_KEPT) kept.set(key, all);
  return all;
}

/** A code that is known, as it is written; else that of the name; else what may be a code: the database may be newer than the table. */
function codeOf(country: string, { code, name }: NamedSubdivision, within: string | undefined): string | undefined {
  const full = code === undefined ? undefined : fullCode(country, code);
  if (full !== undefined && subdivision(full) !== undefined) return full;
  const found = name === undefined ? undefined : subdivisionNamed(country, name, within);
  return found?.code ?? full;
}

function fullCode(country: string, code: string): string | undefined {
  const full = code.startsWith(`${country}-`) ? code : `${country}-${code}`;
  return CODE.test(full) ? full : undefined;
}
