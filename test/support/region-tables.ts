/** The tables of docs/regions.md, made from the code: `npm run docs` writes them, `test/regions-page.test.ts` holds them. */
import { allRegions } from "../../src/shared/regions/region-facts.ts";
import { table } from "./reference-tables.ts";

export function regionTables(): ReadonlyMap<string, string> {
  const { world, legal, clouds } = allRegions();
  const groupings = [...legal, ...world.holds].map(({ code, name, holds }) => [
    `\`${code}\``,
    name,
    String(holds.length),
    holds.map((country) => country.code).join(" "),
  ]);
  const places = clouds.map(({ code, name, heldBy, point }) => [
    `\`${code}\``,
    name,
    heldBy[0]!,
    `${point!.latitude}, ${point!.longitude}`,
  ]);
  return new Map([
    ["groupings", table(["code", "name", "countries", "which"], groupings)],
    ["clouds", table(["location", "at", "in", "latitude, longitude"], places)],
  ]);
}
