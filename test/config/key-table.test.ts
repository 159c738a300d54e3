import { expect, test } from "vitest";
import { configKeyTable, knownKeys } from "../../src/config/key-table.ts";

test("configKeyTable: path, type, default and description of a key", () => {
  const rows = configKeyTable();
  expect(rows.find(({ path }) => path === "profiles.*.endpoints.*.weight")).toEqual({
    path: "profiles.*.endpoints.*.weight",
    type: "integer 1 to 1000",
    default: "1",
    description: "weighted: share of the answers, relative to the other weights.",
  });
  expect(rows.find(({ path }) => path === "monitors.*.interval")).toMatchObject({
    type: "duration 1s to 1h",
    default: "30s",
  });
  expect(rows.find(({ path }) => path === "profiles.*.method")).toMatchObject({
    type: "priority | weighted | performance | geographic | multivalue | subnet",
    default: "required",
  });
});

test("configKeyTable: each path once, nothing empty", () => {
  const rows = configKeyTable();
  expect(new Set(rows.map(({ path }) => path)).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThan(60);
  expect(rows.filter(({ type, description }) => type === "" || !description.endsWith("."))).toEqual([]);
  // The operator's own names have no default.
  expect(rows.filter((row) => row.default === "").map(({ path }) => path)).toEqual([
    "zones.*.records.*",
    "zones.*.records.*.*",
  ]);
});

test.for<[path: (string | number)[], keys: readonly string[]]>([
  [
    [],
    `listen api dns geoip state reload log limits zones health monitors sites endpoints profiles notices residency`.split(
      " ",
    ),
  ],
  [["log"], ["level"]],
  [
    ["geoip", "networks", "hq"],
    ["cidrs", "location"],
  ],
  [
    ["zones", "a.example", "records", "www", "A"],
    ["ttl", "values"],
  ],
  [
    ["profiles", "shop", "whenAllDown"],
    ["fallback", "labels"],
  ],
  [["profiles"], []],
])("knownKeys: at %j %j", ([path, keys]) => {
  expect(knownKeys(path)).toEqual(keys);
});
