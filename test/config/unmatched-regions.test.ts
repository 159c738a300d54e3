import { expect, test } from "vitest";
import type { DatabaseSource } from "../../src/config/database-source.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { noFiles } from "../support/no-files.ts";

const COUNTRIES = ["DE", "FR", "GEO-EU", "BR", "GEO-SA", "WORLD"];
const CITIES = [...COUNTRIES, "DE-BY", "FR-75", "FR-IDF"];

function databasesThatKnow(regions: readonly string[]): DatabaseSource {
  return {
    open: () => [],
    locate: () => ({ problems: [], regions, asns: [], tellsAsns: false, unused: [], clients: [] }),
  };
}

function warnings(endpoints: string, known: readonly string[], method = "geographic"): readonly string[] {
  const databases = databasesThatKnow(known);
  const text = `zones: { a.example: { nameservers: [ns.example.net] } }
profiles:
  p:
    method: ${method}
    endpoints:
${endpoints}
      all: { address: 192.0.2.9, regions: [WORLD] }
`;
  const loaded = loadConfig({ file: "test.yaml", text, serial: 1, readFile: noFiles, databases });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value.warnings
    .filter(({ code }) => code === "unmatched-region")
    .map(({ line, column, path, found, wanted }) => `${line}:${column} ${path} ${found}: ${wanted}`);
}

const endpoint = (regions: string): string => `      e: { address: 192.0.2.1, regions: [${regions}] }`;
const PATH = "profiles.p.endpoints.e.regions";

test.for<[what: string, regions: string, known: readonly string[], expected: readonly string[]]>([
  ["regions that all have clients", "DE, GEO-SA, FR-IDF", CITIES, []],
  [
    "a subdivision where only countries are known",
    "DE-BY, FR",
    COUNTRIES,
    [`6:42 ${PATH}[0] DE-BY: a city database: none that is loaded knows subdivisions`],
  ],
  [
    "a subdivision that no database tells apart",
    "DE-BY, DE-HE",
    CITIES,
    [`6:49 ${PATH}[1] DE-HE: one of the subdivisions that the databases know there`],
  ],
  [
    "a subdivision of a country without any",
    "DE-BY, BR-SP",
    CITIES,
    [`6:49 ${PATH}[1] BR-SP: a database that knows subdivisions of BR`],
  ],
  ["a small territory beside others", "DE, BV", CITIES, []],
  [
    "small territories alone",
    "BV, HM",
    CITIES,
    [
      `6:42 ${PATH}[0] BV: a region that a database or own network knows clients of`,
      `6:46 ${PATH}[1] HM: a region that a database or own network knows clients of`,
    ],
  ],
  [
    "any region but WORLD where nothing is known",
    "GEO-EU",
    ["WORLD"],
    [`6:42 ${PATH}[0] GEO-EU: a region that a database or own network knows clients of`],
  ],
])("unmatched-region: %s", ([, regions, known, expected]) => {
  expect(warnings(endpoint(regions), known)).toEqual(expected);
});

test("unmatched-region: a disabled endpoint is as if it were not written", () => {
  expect(warnings("      e: { address: 192.0.2.1, enabled: false, regions: [DE-BY] }", COUNTRIES)).toEqual([]);
});

test("unmatched-region: a disabled profile has no clients to miss", () => {
  expect(warnings(endpoint("DE-BY"), COUNTRIES, "geographic\n    enabled: false")).toEqual([]);
});

test.for<[what: string, lines: number, warns: boolean, expected: string]>([
  ["the place, in a small file", 1, false, "7:42"],
  [
    "the path alone, in a large file that only a server reads: positions take three times its memory",
    20_000,
    false,
    "1:1",
  ],
  ["the place, in a large file that is checked", 20_000, true, "20006:42"],
])("unmatched-region tells %s", ([, lines, warns, expected]) => {
  const databases = databasesThatKnow(COUNTRIES);
  const comment = `# ${"x".repeat(60)}\n`.repeat(lines);
  const text = `${comment}zones: { a.example: { nameservers: [ns.example.net] } }
profiles:
  p:
    method: geographic
    endpoints:
      e: { address: 192.0.2.1, regions: [DE-BY] }
`;
  const loaded = loadConfig({ file: "test.yaml", text, serial: 1, readFile: noFiles, databases, warns });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  const told = loaded.value.warnings.filter(({ code }) => code === "unmatched-region");
  expect(told.map(({ line, column, path }) => `${line}:${column} ${path}`)).toEqual([`${expected} ${PATH}[0]`]);
});

const AROUND = `zones: { a.example: { nameservers: [ns.example.net] } }
geoip: { networks: { hq: { cidrs: 10.0.0.0/8, location: DE } } }
profiles: { p: { method: weighted, endpoints: { e: { address: 192.0.2.1, labels: { a: b } } } } }
`;

test.for<[clients: string, known: readonly string[], expected: readonly string[]]>([
  ["[DE, DE-BY]", CITIES, []],
  ["[DE, DE-BY]", COUNTRIES, ["residency.r.clients[1] DE-BY"]],
  ["[DE, BV]", CITIES, []],
  ["BV", CITIES, ["residency.r.clients BV"]],
  ["[BV, hq]", CITIES, []],
  ["all", [], []],
])("a residency rule for %s", ([clients, known, expected]) => {
  const databases = databasesThatKnow(known);
  const text = `${AROUND}residency: { r: { clients: ${clients}, profiles: p, require: { a: b } } }`;
  const loaded = loadConfig({ file: "test.yaml", text, serial: 1, readFile: noFiles, databases, warns: true });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  const found = loaded.value.warnings.filter(({ code }) => code === "unmatched-region");
  expect(found.map(({ path, found: region }) => `${path} ${region}`)).toEqual(expected);
});
