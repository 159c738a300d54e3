import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadGeo } from "../../src/geo/load-geo.ts";
import { openDatabase, parseDatabase } from "../../src/geo/open-database.ts";
import { encodeValue, mmdb, mmdbOfTree } from "../support/mmdb-writer.ts";
import { snapshotOf } from "../support/snapshot.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "geosteer-geoip-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function saved(name: string, octets: Uint8Array): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, octets);
  return file;
}

/** The error of loading it: `code message`; "" where it loads. */
async function failure(file: string): Promise<string> {
  const loaded = await loadGeo([file], snapshotOf({}));
  return loaded.ok ? "" : loaded.error.map(({ code, message }) => `${code} ${message}`).join("\n");
}

const good = mmdb([
  ["192.0.2.0/24", { country_code: "DE" }],
  ["198.51.100.0/25", { country_code: "FR", latitude: 48.85, longitude: 2.35 }],
  ["2001:db8::/32", { country_code: "BR" }],
]);
const germany = encodeValue({ country_code: "DE" });
/** Of a tree with one node: the value that leads to the start of the data section. */
const FIRST_RECORD = 1 + 16;

describe("openDatabase", () => {
  test("tells what the metadata says", async () => {
    const file = await saved(
      "good.mmdb",
      mmdb([], { metadata: { database_type: "GeoLite2-City", build_epoch: 1_700_000_000 } }),
    );
    const opened = await openDatabase(file);
    expect(opened).toMatchObject({
      ok: true,
      value: { file, type: "GeoLite2-City", built: new Date(1_700_000_000_000) },
    });
  });

  test.for<[string, string, RegExp]>([
    ["a missing file", "missing.mmdb", /^geoip-unreadable \S+missing\.mmdb: no such file; check geoip\.databases$/],
    ["a folder", ".", /^geoip-unreadable \S+: .*directory.*; check geoip\.databases$/],
  ])("refuses %s", async ([, name, expected]) => {
    expect(await failure(path.join(folder, name))).toMatch(expected);
  });

  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  const marker = Buffer.from("\xab\xcd\xefMaxMind.com", "latin1");
  test.for<[string, Buffer, RegExp]>([
    [
      "empty",
      Buffer.alloc(0),
      /^geoip-foreign \S+: no MaxMind DB metadata.*; wanted a GeoIP database in MaxMind DB format/,
    ],
    ["text", Buffer.from("network,country\n192.0.2.0/24,DE\n"), /^geoip-foreign \S+: no MaxMind DB metadata/],
    ["png", png, /^geoip-foreign \S+: no MaxMind DB metadata/],
    ["gzip", gzipSync(good), /^geoip-foreign \S+: compressed with gzip: unpack it first; wanted a GeoIP database/],
    ["marker", marker, /^geoip-damaged \S+: unreadable metadata \(.*\); .*fetch it again$/],
    ["metadata-of-zeros", Buffer.concat([marker, Buffer.alloc(64)]), /^geoip-damaged \S+: unreadable metadata/],
    ["metadata-is-text", Buffer.concat([marker, encodeValue("hello")]), /^geoip-damaged \S+: unreadable metadata/],
    ["metadata-loop", Buffer.concat([marker, Buffer.of(0x20, 0x00)]), /^geoip-damaged \S+: unreadable metadata/],
    [
      "no-node-count",
      mmdb([], { metadata: { node_count: undefined } }),
      /^geoip-damaged \S+: unreadable metadata \(node_count\)/,
    ],
    [
      "text-node-count",
      mmdb([], { metadata: { node_count: "many" } }),
      /^geoip-damaged \S+: unreadable metadata \(node_count\)/,
    ],
    [
      "wild-node-count",
      mmdb([], { metadata: { node_count: 4_000_000_000 } }),
      /^geoip-damaged \S+: shorter than its search tree/,
    ],
    [
      "low-node-count",
      mmdb([["192.0.2.0/24", "x"]], { metadata: { node_count: 3 } }),
      /^geoip-damaged \S+: no data section behind its search tree/,
    ],
    [
      "record-size",
      mmdb([], { metadata: { record_size: 20 } }),
      /^geoip-damaged \S+: unreadable metadata \(.*record size.*\)/,
    ],
    ["ip-version", mmdb([], { metadata: { ip_version: 5 } }), /^geoip-damaged \S+: unreadable metadata \(ip_version\)/],
    [
      "no-ip-version",
      mmdb([], { metadata: { ip_version: undefined } }),
      /^geoip-damaged \S+: unreadable metadata \(ip_version\)/,
    ],
    [
      "format-3",
      mmdb([], { metadata: { binary_format_major_version: 3 } }),
      /^geoip-foreign \S+: format version 3; wanted a GeoIP database in MaxMind DB format/,
    ],
    ["loop", mmdbOfTree([[0, 0]], germany), /^geoip-damaged \S+: its search tree has a loop; .*fetch it again$/],
    [
      "wide-loop",
      mmdbOfTree(
        [
          [1, 2],
          [0, FIRST_RECORD + 2],
          [1, 1],
        ],
        germany,
      ),
      /^geoip-damaged \S+: its search tree has a loop/,
    ],
    ["ipv4-loop", mmdbOfTree([[0, 0]], germany, { ipVersion: 4 }), /^geoip-damaged \S+: its search tree has a loop/],
    [
      "pointer-out",
      mmdbOfTree([[1_000_000, 1_000_000]], germany),
      /^geoip-damaged \S+: unreadable record \(.*\); .*fetch it again$/,
    ],
    [
      "pointer-far-out",
      mmdbOfTree([[0xffffffff, 1]], germany, { recordSize: 32 }),
      /^geoip-damaged \S+: unreadable record/,
    ],
    ["pointer-into-separator", mmdbOfTree([[5, 5]], germany), /^geoip-damaged \S+: unreadable record/],
    [
      "record-pointing-at-itself",
      mmdbOfTree([[FIRST_RECORD, 1]], Buffer.of(0x20, 0x00)),
      /^geoip-damaged \S+: unreadable record/,
    ],
    ["unknown-type", mmdbOfTree([[FIRST_RECORD, 1]], Buffer.of(0x00, 0x30)), /^geoip-damaged \S+: unreadable record/],
  ])("refuses %s, and names file and remedy", async ([name, octets, expected]) => {
    const file = await saved(`${name}.mmdb`, octets);
    expect(await failure(file)).toMatch(expected);
    expect(await failure(file)).toContain(`${file}:`);
  });

  test.for<[string, Buffer]>([
    ["without any network", mmdb([])],
    ["without nodes", mmdbOfTree([], Buffer.alloc(0))],
    ["of IPv4 alone", mmdb([["192.0.2.0/24", { country_code: "DE" }]], { ipVersion: 4 })],
    [
      "with records that are no places",
      mmdb([
        ["192.0.2.0/24", "hello"],
        ["2001:db8::/32", [1, 2]],
      ]),
    ],
    ["with an older minor version", mmdb([], { metadata: { binary_format_minor_version: 7 } })],
  ])("takes a file %s", async ([name, octets]) => {
    expect(await failure(await saved(`takes-${name.replaceAll(" ", "-")}.mmdb`, octets))).toBe("");
  });

  test("refuses a file cut short anywhere", async () => {
    const lengths = Array.from({ length: good.length }, (_, i) => i).filter(
      (i) => i % 7 === 0 || i > good.length - 300,
    );
    for (const length of lengths) {
      const error = await failure(await saved("short.mmdb", good.subarray(0, length)));
      expect(error, `${length} of ${good.length} octets`).toMatch(/^geoip-(?:foreign|damaged) \S+short\.mmdb: /);
    }
  });

  test("survives any octet changed anywhere: a place, an error, never an exception", async () => {
    const snapshot = snapshotOf({});
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 }),
        async (changes) => {
          const octets = Buffer.from(good);
          for (const [at, value] of changes) octets[at] = value;
          const loaded = await loadGeo([await saved("changed.mmdb", octets)], snapshot);
          expect(loaded.ok || loaded.error[0]!.code.startsWith("geoip-")).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("loadGeo", () => {
  test("reports every unusable file", async () => {
    const error = await failure(path.join(folder, "nowhere.mmdb"));
    const text = await saved("notes.mmdb", Buffer.from("hello"));
    const loaded = await loadGeo([path.join(folder, "nowhere.mmdb"), text], snapshotOf({}));
    expect(loaded.ok ? [] : loaded.error.map(({ code }) => code)).toEqual(["geoip-unreadable", "geoip-foreign"]);
    expect(error).toContain("nowhere.mmdb");
  });

  test("names the one damaged file among several", async () => {
    const files = [
      await saved("one.mmdb", good),
      await saved("two.mmdb", mmdbOfTree([[0, 0]], germany)),
      await saved("three.mmdb", good),
    ];
    const loaded = await loadGeo(files, snapshotOf({}));
    expect(loaded.ok ? "" : loaded.error[0]!.message).toMatch(/two\.mmdb/);
    expect(loaded.ok ? "" : loaded.error[0]!.message).not.toMatch(/one\.mmdb|three\.mmdb/);
  });

  test("loads without any database", async () => {
    const loaded = await loadGeo([], snapshotOf({}));
    expect(loaded).toMatchObject({ ok: true, value: { databases: [] } });
  });
});

test("parseDatabase reads a record once, however many networks lead to it", () => {
  const parsed = parseDatabase("good.mmdb", good);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const { tree, locations, locationAt } = parsed.value;
  const germany = locationAt(tree.nodeCount + 16, () => "192.0.2.1");
  const france = locationAt(tree.nodeCount + 40, () => "198.51.100.1");
  expect(locations[germany]).toMatchObject({ country: "DE", source: "good.mmdb" });
  expect(locations[france]).toMatchObject({ country: "FR", point: { latitude: 48.85, longitude: 2.35 } });
  const unread = (): string => {
    throw new Error("read again");
  };
  expect(locationAt(tree.nodeCount + 16, unread)).toBe(germany);
  expect(locations).toHaveLength(2);
});

test("parseDatabase has one location for records that say the same of a place, and one each where anything differs", () => {
  const place = { country_code: "US", latitude: 37.77, longitude: -122.42 };
  const records = [
    place,
    { ...place, city: "San Francisco" },
    { ...place, country_code: "FR" },
    { ...place, state1: "CA" },
    { ...place, latitude: 37.5 },
    { ...place, longitude: -122 },
  ];
  const addresses = records.map((_, i) => `10.0.${i}.1`);
  const octets = mmdb(records.map((record, i) => [`10.0.${i}.0/24`, record]));
  const parsed = parseDatabase("places.mmdb", octets);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const { tree, locationAt } = parsed.value;
  const indices = addresses.map((address, i) => locationAt(tree.nodeCount + 16 + 4 * i, () => address));
  expect(indices).toEqual([0, 0, 1, 2, 3, 4]);
});

test("parseDatabase tells records apart that lie closer than four octets, in whatever order they are met", () => {
  const EMPTY_MAP = Buffer.of(0xe0);
  const left = FIRST_RECORD;
  const right = FIRST_RECORD + EMPTY_MAP.length;
  const octets = mmdbOfTree([[left, right]], Buffer.concat([EMPTY_MAP, germany]), { ipVersion: 4 });
  const parsed = parseDatabase("close.mmdb", octets);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const { locations, locationAt } = parsed.value;
  const asked = [left, right, right, left, left, right];
  const countries = asked.map((record) => {
    const location = locationAt(record, () => (record === left ? "10.0.0.1" : "192.0.2.1"));
    return locations[location]?.country;
  });
  expect(countries).toEqual([undefined, "DE", "DE", undefined, undefined, "DE"]);
});
