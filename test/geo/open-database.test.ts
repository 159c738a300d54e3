import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadGeo } from "../../src/geo/load-geo.ts";
import { openDatabase } from "../../src/geo/open-database.ts";
import type { SearchTree } from "../../src/geo/search-tree.ts";
import { encodeValue, mmdb, mmdbOfTree } from "../support/mmdb-writer.ts";
import { snapshotOf } from "../support/snapshot.ts";

/** The error of loading it: `code file: what; wanted …`; "" where it loads. */
function failure(file: string, octets: Buffer): string {
  const loaded = loadGeo([{ file, octets }], snapshotOf({}));
  return loaded.ok
    ? ""
    : loaded.error.map((error) => `${error.code} ${error.file}: ${error.what}; wanted ${error.wanted}`).join("\n");
}

const good = mmdb([
  ["192.0.2.0/24", { country_code: "DE" }],
  ["198.51.100.0/25", { country_code: "FR", latitude: 48.85, longitude: 2.35 }],
  ["2001:db8::/32", { country_code: "BR" }],
]);
const germany = encodeValue({ country_code: "DE" });
/** A record of Germany, beside whose country stands a key that is none of ours, with this value. */
function withJunk(value: Buffer): Buffer {
  return Buffer.concat([Buffer.of(0xe2), encodeValue("junk"), value, encodeValue("country_code"), encodeValue("DE")]);
}
/** Of a tree with one node: the value that leads to the start of the data section. */
const FIRST_RECORD = 1 + 16;

describe("openDatabase", () => {
  test("tells what the metadata says", () => {
    const octets = mmdb([["192.0.2.0/24", { country_code: "DE" }]], {
      metadata: { database_type: "GeoLite2-City", build_epoch: 1_700_000_000 },
    });
    expect(openDatabase({ file: "good.mmdb", octets })).toMatchObject({
      ok: true,
      value: { file: "good.mmdb", type: "GeoLite2-City", built: new Date(1_700_000_000_000) },
    });
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
    ["marker", marker, /^geoip-damaged \S+: unreadable metadata; .*fetch it again$/],
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
      /^geoip-damaged \S+: unreadable metadata \(record_size\)/,
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
    [
      "loop",
      mmdbOfTree([[FIRST_RECORD, 0]], germany),
      /^geoip-damaged \S+: its search tree has a loop; .*fetch it again$/,
    ],
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
    [
      "ipv4-loop",
      mmdbOfTree([[0, FIRST_RECORD]], germany, { ipVersion: 4 }),
      /^geoip-damaged \S+: its search tree has a loop/,
    ],
    [
      "pointer-out",
      mmdbOfTree([[1_000_000, 1_000_000]], germany),
      /^geoip-damaged \S+: unreadable record; .*fetch it again$/,
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
  ])("refuses %s, and names file and remedy", ([name, octets, expected]) => {
    const error = failure(`${name}.mmdb`, octets);
    expect(error).toMatch(expected);
    expect(error).toContain(` ${name}.mmdb:`);
  });

  test.for<[string, Buffer]>([
    ["of IPv4 alone", mmdb([["192.0.2.0/24", { country_code: "DE" }]], { ipVersion: 4 })],
    [
      "with records that are no places beside some that are",
      mmdb([
        ["192.0.2.0/24", "hello"],
        ["2001:db8::/32", [1, 2]],
        ["198.51.100.0/24", { country_code: "DE" }],
      ]),
    ],
    [
      "with an older minor version",
      mmdb([["192.0.2.0/24", { country_code: "DE" }]], { metadata: { binary_format_minor_version: 7 } }),
    ],
    ["with damage in what nobody asks for", mmdbOfTree([[FIRST_RECORD, 1]], withJunk(Buffer.of(0x38, 0, 0, 0, 0)))],
  ])("takes a file %s", ([name, octets]) => {
    expect(failure(`takes-${name.replaceAll(" ", "-")}.mmdb`, octets)).toBe("");
  });

  test.for<[string, Buffer]>([
    ["without any network", mmdb([])],
    ["without nodes", mmdbOfTree([], Buffer.alloc(0))],
    ["of autonomous systems that are none", mmdb([["192.0.2.0/24", { autonomous_system_number: 0, asn: "n/a" }]])],
    ["of anonymous proxies", mmdb([["192.0.2.0/24", { is_anonymous: true, is_hosting_provider: true }]])],
    ["of connection types", mmdb([["2001:db8::/32", { connection_type: "Cable/DSL" }]])],
    ["of countries that are none", mmdb([["192.0.2.0/24", { country: { iso_code: "EU" } }]])],
    [
      "whose records are no maps",
      mmdb([
        ["192.0.2.0/24", "hello"],
        ["2001:db8::/32", [1, 2]],
      ]),
    ],
  ])("refuses a file %s: no record gives a place", ([name, octets]) => {
    expect(failure(`none-${name.replaceAll(" ", "-")}.mmdb`, octets)).toMatch(
      /^geoip-no-place \S+: no record of it gives a place or an autonomous system \(its type is Test\); wanted a database of countries, cities or autonomous systems$/,
    );
  });

  test.for<[what: string, first: unknown, others: unknown, tells: string]>([
    ["places alone", { country_code: "DE" }, { country_code: "FR" }, "places"],
    ["autonomous systems alone", { asn: "AS64500" }, { asn: "AS64501" }, "asns"],
    ["both", { asn: "AS64500" }, { asn: "AS64501", country_code: "DE" }, "places"],
    ["a place behind many networks without either", { country_code: "FR" }, { country_code: "EU" }, "places"],
    ["a place behind many autonomous systems", { country_code: "FR" }, { asn: "AS64501" }, "asns"],
    ["an autonomous system behind many networks without either", { asn: "AS64500" }, { country_code: "EU" }, "asns"],
  ])("tells what a database is of: %s", ([, last, others, tells]) => {
    const networks = Array.from({ length: 11_000 }, (_, i): [string, unknown] => [
      `${20 + Math.floor(i / 256)}.${i % 256}.0.0/17`,
      others,
    ]);
    const octets = mmdb([...networks, ["192.0.2.0/24", last]]);
    expect(openDatabase({ file: "test.mmdb", octets })).toMatchObject({ ok: true, value: { tells } });
  });

  test("takes a database whose places are all known to one before it", () => {
    const files = [good, good].map((octets, i) => ({ file: `${i}.mmdb`, octets }));
    expect(loadGeo(files, snapshotOf({})).ok).toBe(true);
  });

  test("refuses a file cut short anywhere", () => {
    const lengths = Array.from({ length: good.length }, (_, i) => i).filter(
      (i) => i % 7 === 0 || i > good.length - 300,
    );
    for (const length of lengths) {
      const error = failure("short.mmdb", good.subarray(0, length));
      expect(error, `${length} of ${good.length} octets`).toMatch(/^geoip-(?:foreign|damaged) short\.mmdb: /);
    }
  });

  test("survives any octet changed anywhere: a place, an error, never an exception", () => {
    const snapshot = snapshotOf({});
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 }),
        (changes) => {
          const octets = Buffer.from(good);
          for (const [at, value] of changes) octets[at] = value;
          const loaded = loadGeo([{ file: "changed.mmdb", octets }], snapshot);
          expect(loaded.ok || loaded.error[0]!.code.startsWith("geoip-")).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("loadGeo", () => {
  test("reports every unusable file", () => {
    const files = [
      { file: "empty.mmdb", octets: Buffer.alloc(0) },
      { file: "notes.mmdb", octets: Buffer.from("hello") },
    ];
    const loaded = loadGeo(files, snapshotOf({}));
    expect(loaded.ok ? [] : loaded.error.map(({ file }) => file)).toEqual(["empty.mmdb", "notes.mmdb"]);
  });

  test("names the one damaged file among several", () => {
    const files = [
      { file: "one.mmdb", octets: good },
      { file: "two.mmdb", octets: mmdbOfTree([[FIRST_RECORD, 0]], germany) },
      { file: "three.mmdb", octets: good },
    ];
    const loaded = loadGeo(files, snapshotOf({}));
    expect(loaded.ok ? "" : loaded.error[0]!.file).toMatch(/two\.mmdb/);
    expect(loaded.ok ? "" : loaded.error[0]!.file).not.toMatch(/one\.mmdb|three\.mmdb/);
  });

  test("loads without any database", () => {
    const loaded = loadGeo([], snapshotOf({}));
    expect(loaded).toMatchObject({ ok: true, value: { databases: [] } });
  });
});

/** The data records of a tree, in the order of the data section: that in which the writer was given them. */
function recordsOf({ nodeCount, child }: SearchTree): readonly number[] {
  const nodes = Array.from({ length: nodeCount }, (_, node) => node);
  const records = nodes.flatMap((node) => [child(node, 0), child(node, 1)]).filter((record) => record > nodeCount);
  return [...new Set(records)].toSorted((a, b) => a - b);
}

test("openDatabase reads a record once, however many networks lead to it", () => {
  const octets = Buffer.from(good);
  const parsed = openDatabase({ file: "good.mmdb", octets });
  if (!parsed.ok) throw new Error(parsed.error.what);
  const { tree, locations, locationAt } = parsed.value;
  const [germany = -1, france = -1] = recordsOf(tree).map(locationAt);
  expect(locations[germany]).toMatchObject({ country: "DE", source: "good.mmdb" });
  expect(locations[france]).toMatchObject({ country: "FR", point: { latitude: 48.85, longitude: 2.35 } });
  octets.write("BR", octets.indexOf("DE"));
  expect(recordsOf(tree).map(locationAt).slice(0, 2)).toEqual([germany, france]);
  expect(locations).toHaveLength(3);
});

test("openDatabase has one location for records that say the same of a place, and one each where anything differs", () => {
  const place = { country_code: "US", latitude: 37.77, longitude: -122.42 };
  const records = [
    place,
    { ...place, city: "San Francisco" },
    { ...place, country_code: "FR" },
    { ...place, state1: "CA" },
    { ...place, latitude: 37.5 },
    { ...place, longitude: -122 },
    { country_code: "US" },
    { continent_code: "NA" },
    { continent_code: "NA", latitude: 37.77, longitude: -122.42 },
    { latitude: 37.77, longitude: -122.42 },
  ];
  const octets = mmdb(records.map((record, i) => [`10.0.${i}.0/24`, record]));
  const parsed = openDatabase({ file: "places.mmdb", octets });
  if (!parsed.ok) throw new Error(parsed.error.what);
  const { tree, locationAt } = parsed.value;
  expect(recordsOf(tree).map(locationAt)).toEqual([0, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

test("openDatabase reads the autonomous system of a record once, and tells records apart that lie close", () => {
  const EMPTY_MAP = Buffer.of(0xe0);
  const record = encodeValue({ asn: "AS4294967295" });
  const [left, right] = [FIRST_RECORD, FIRST_RECORD + EMPTY_MAP.length];
  const octets = mmdbOfTree([[left, right]], Buffer.concat([EMPTY_MAP, record]), { ipVersion: 4 });
  const parsed = openDatabase({ file: "close.mmdb", octets });
  if (!parsed.ok) throw new Error(parsed.error.what);
  const { asnAt } = parsed.value;
  expect([left, right, right, left, right].map(asnAt)).toEqual([0, 4_294_967_295, 4_294_967_295, 0, 4_294_967_295]);
  octets.write("AS00000001", octets.indexOf("AS4294967295"));
  expect(asnAt(right)).toBe(4_294_967_295);
});

test("openDatabase tells records apart that lie closer than four octets, in whatever order they are met", () => {
  const EMPTY_MAP = Buffer.of(0xe0);
  const left = FIRST_RECORD;
  const right = FIRST_RECORD + EMPTY_MAP.length;
  const octets = mmdbOfTree([[left, right]], Buffer.concat([EMPTY_MAP, germany]), { ipVersion: 4 });
  const parsed = openDatabase({ file: "close.mmdb", octets: octets });
  if (!parsed.ok) throw new Error(parsed.error.what);
  const { locations, locationAt } = parsed.value;
  const asked = [left, right, right, left, left, right];
  const countries = asked.map((record) => {
    const location = locationAt(record);
    return locations[location]?.country;
  });
  expect(countries).toEqual([undefined, "DE", "DE", undefined, undefined, "DE"]);
});
