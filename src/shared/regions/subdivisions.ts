/**
 * The subdivisions of ISO 3166-2: names, points, what holds what, and old codes, which databases and people still write.
 * The texts of `subdivision-data.ts` are read one country at a time, when it is first asked for. Loading alone needs
 * them; what answers queries has codes as text.
 */
import type { GeoPoint } from "../geo-point.ts";
import type { RegionCode } from "./region.ts";
import { countrySubdivisions, currentSubdivisions, oldSubdivisions } from "./subdivision-data.ts";

export interface Subdivision {
  /** In force: FR-75C, never FR-75. */
  readonly code: RegionCode;
  /** In English. */
  readonly name: string;
  /** As ISO and others write it. */
  readonly otherNames: readonly string[];
  /** undefined = none is known. */
  readonly point: GeoPoint | undefined;
  /** The subdivision that holds it; undefined = the country alone does. */
  readonly holder: RegionCode | undefined;
}

/** A code that is no longer in force. */
export interface OldSubdivision {
  readonly code: RegionCode;
  /** "" where it is not known. */
  readonly name: string;
  /** What became of its territory: it has another code, lies in another, is divided, or is not told. */
  readonly fate: "renamed" | "merged" | "divided" | "gone";
  readonly successors: readonly RegionCode[];
}

interface Table {
  readonly current: ReadonlyMap<RegionCode, Subdivision>;
  readonly old: ReadonlyMap<RegionCode, OldSubdivision>;
  /** Subdivisions that are countries as well: US-PR is PR. */
  readonly countries: ReadonlyMap<RegionCode, RegionCode>;
}

const tables = new Map<RegionCode, Table>();

function tableOf(country: RegionCode): Table {
  let table = tables.get(country);
  if (table === undefined) {
    table = readTable(country);
    tables.set(country, table);
  }
  return table;
}

const fates: Readonly<Record<string, OldSubdivision["fate"]>> = { "=": "renamed", "<": "merged", ">": "divided" };

function readTable(country: RegionCode): Table {
  const full = (short: string): RegionCode => `${country}-${short}`;
  const current = linesOf(currentSubdivisions[country]).map(
    ([short = "", holder = "", point = "", name = "", ...otherNames]): Subdivision => ({
      code: full(short),
      name,
      otherNames,
      point: readPoint(point),
      holder: holder === "" ? undefined : full(holder),
    }),
  );
  const old = linesOf(oldSubdivisions[country]).map(([short = "", successors = "", name = ""]): OldSubdivision => ({
    code: full(short),
    name,
    fate: fates[successors.charAt(0)] ?? "gone",
    successors: successors === "" ? [] : successors.split(" ").map((successor) => full(successor.slice(1))),
  }));
  return {
    current: new Map(current.map((subdivision) => [subdivision.code, subdivision])),
    old: new Map(old.map((subdivision) => [subdivision.code, subdivision])),
    countries: new Map(linesOf(countrySubdivisions[country]).map(([short = "", own = ""]) => [full(short), own])),
  };
}

function linesOf(text: string | undefined): readonly (readonly string[])[] {
  return text === undefined
    ? []
    : text
        .trim()
        .split("\n")
        .map((line) => line.split("|"));
}

function readPoint(text: string): GeoPoint | undefined {
  const [latitude, longitude] = text.split(" ").map(Number);
  return longitude === undefined ? undefined : { latitude: latitude!, longitude };
}

/** Those in force, in the order of their codes; none for what is no country, or has none. */
export function subdivisionsOf(country: RegionCode): readonly Subdivision[] {
  return [...tableOf(country).current.values()];
}

/** By a code in force, or an old one of the same territory: FR-75 is FR-75C. */
export function subdivision(code: RegionCode): Subdivision | undefined {
  const { current, old } = tableOf(code.slice(0, 2));
  const renamed = old.get(code);
  return current.get(code) ?? (renamed?.fate === "renamed" ? current.get(renamed.successors[0]!) : undefined);
}

export function oldSubdivision(code: RegionCode): OldSubdivision | undefined {
  return tableOf(code.slice(0, 2)).old.get(code);
}

/** The country that a subdivision is on its own: PR of US-PR. */
export function ownCountry(code: RegionCode): RegionCode | undefined {
  return tableOf(code.slice(0, 2)).countries.get(code);
}

/** The code in force of a subdivision's code, then its old ones: each may stand in a database. A code that is not in the table is alone. */
export function spellings(code: RegionCode): readonly RegionCode[] {
  const inForce = subdivision(code)?.code;
  if (inForce === undefined) return [code];
  const old = [...tableOf(code.slice(0, 2)).old.values()].filter(
    ({ fate, successors }) => fate === "renamed" && successors[0] === inForce,
  );
  return [inForce, ...old.map((other) => other.code)];
}

/** The subdivisions that hold one, the smallest first: FR-IDF of FR-75, FR-GES of FR-A, which was merged into it. */
export function holders(code: RegionCode): readonly RegionCode[] {
  const old = oldSubdivision(code);
  const holder = old?.fate === "merged" ? old.successors[0] : subdivision(code)?.holder;
  return holder === undefined ? [] : [holder, ...holders(holder)];
}

/**
 * The subdivisions that are named for a place, the smallest first, and those that hold them: FR-75 alone, like FR-75 and
 * FR-IDF, is FR-75, FR-IDF. Codes stay as they are written.
 */
export function withHolders(codes: readonly RegionCode[]): readonly RegionCode[] {
  const inForce = (code: RegionCode): RegionCode => subdivision(code)?.code ?? code;
  const named = new Set(codes.map(inForce));
  const all: RegionCode[] = [];
  for (const code of codes) {
    all.push(code, ...holders(code).filter((holder) => !named.has(holder)));
    for (const holder of holders(code)) named.add(holder);
  }
  return all;
}
