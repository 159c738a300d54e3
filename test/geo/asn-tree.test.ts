/** What databases of autonomous systems bring into the leaf table, against `maxmind`, which is not ours. */
import * as fc from "fast-check";
import { Reader, type Response } from "maxmind";
import { describe, expect, test } from "vitest";
import { asnTree, NO_ASNS } from "../../src/geo/asn-tree.ts";
import { buildLeafTable } from "../../src/geo/build-leaf-table.ts";
import { loadGeo, type Geo } from "../../src/geo/load-geo.ts";
import { networkTree } from "../../src/geo/network-tree.ts";
import { openDatabase, type Database } from "../../src/geo/open-database.ts";
import type { Snapshot } from "../../src/routing/snapshot.ts";
import { formatIpAddress, prefixContains, type IpAddress } from "../../src/shared/ip-address.ts";
import { addressIn, network } from "../support/arbitraries.ts";
import { asLookedUp } from "../support/ipv4-inside.ts";
import { clientAt, numberedLeaves } from "../support/leaf-tables.ts";
import { encodeValue, mmdb, mmdbOfTree } from "../support/mmdb-writer.ts";
import { cidr, ip, snapshotOf } from "../support/snapshot.ts";

const NAMED = new Set([64_500, 64_501, 4_294_967_295]);

/** Of `DE 64500`, where either may be missing: the layouts of what a database says. */
const layouts: Readonly<Record<string, (country: string, asn: number) => unknown>> = {
  maxmind: (country, asn) => ({
    ...(country !== "" && { country: { iso_code: country } }),
    ...(asn !== 0 && { autonomous_system_number: asn }),
  }),
  enterprise: (country, asn) => ({
    ...(country !== "" && { country: { iso_code: country } }),
    traits: { ...(asn !== 0 && { autonomous_system_number: asn }) },
  }),
  ipinfo: (country, asn) => ({
    ...(country !== "" && { country_code: country }),
    ...(asn !== 0 && { asn: `AS${asn}` }),
  }),
};

const record = fc.tuple(fc.constantFrom("", "DE", "FR"), fc.constantFrom(0, 64_500, 64_501, 64_999, 4_294_967_295));
const database = fc.record({
  records: fc.array(fc.tuple(network, record), { maxLength: 8 }),
  layout: fc.constantFrom(...Object.keys(layouts)),
  pointers: fc.boolean(),
  aliases: fc.constantFrom([], ["::ffff:0:0/96", "2002::/16"], ["::ffff:0:0/96", "2001::/32", "2002::/16"]),
});

const worlds = fc
  .record({ databases: fc.array(database, { maxLength: 3 }), own: fc.array(network, { maxLength: 3 }) })
  .chain((world) => {
    const networks = [...world.databases.flatMap(({ records }) => records.map(([text]) => text)), ...world.own];
    return fc.tuple(fc.constant(world), fc.array(addressIn(networks), { minLength: 1, maxLength: 20 }));
  });

function opened(file: string, octets: Buffer): readonly Database[] {
  // A file of neither is refused.
  const parsed = openDatabase({ file, octets });
  return parsed.ok ? [parsed.value] : [];
}

interface Told {
  readonly country?: { readonly iso_code?: string };
  readonly country_code?: string;
  readonly autonomous_system_number?: number;
  readonly traits?: { readonly autonomous_system_number?: number };
  readonly asn?: string;
}

function asnTold(octets: Buffer, address: IpAddress): number | undefined {
  const told = new Reader<Response>(octets).get(formatIpAddress(address)) as Told | null;
  const text = told?.asn?.slice(2);
  return (
    told?.autonomous_system_number ??
    told?.traits?.autonomous_system_number ??
    (text === undefined ? undefined : Number(text))
  );
}

function countryTold(octets: Buffer, address: IpAddress): string | undefined {
  const told = new Reader<Response>(octets).get(formatIpAddress(address)) as Told | null;
  return told?.country?.iso_code ?? told?.country_code;
}

describe("asnTree", () => {
  test("has the number that the first database tells which tells any, where it is named; places stay what they are", () => {
    fc.assert(
      fc.property(worlds, ([world, addresses]) => {
        const files = world.databases.map(({ records, layout, pointers, aliases }) =>
          mmdb(
            records.map(([text, [country, asn]]) => [text, layouts[layout]!(country, asn)]),
            { pointers, aliases },
          ),
        );
        const databases = files.flatMap((octets, i) => opened(`db${i}.mmdb`, octets));
        const networks = networkTree(world.own.map((text) => ({ prefix: cidr(text), location: undefined })));
        const asns = asnTree(databases, NAMED, networks);
        const table = buildLeafTable(databases, networks, asns);
        for (const address of addresses) {
          const client = asLookedUp(address);
          if (client.family === 6 && prefixContains(cidr("::/96"), client)) continue;
          const told = files.map((octets) => asnTold(octets, client)).find((asn) => asn !== undefined);
          const { country, asn } = clientAt(table, address).location;
          expect([country, asn]).toEqual([
            files.map((octets) => countryTold(octets, client)).find((code) => code !== undefined),
            told !== undefined && NAMED.has(told) ? told : undefined,
          ]);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("costs leaves only where a named one begins or ends", () => {
    const others = Array.from({ length: 2000 }, (_, i): [string, unknown] => [
      `11.${i >> 8}.${i & 255}.0/24`,
      { autonomous_system_number: 65_600 + i },
    ]);
    const octets = mmdb([...others, ["192.0.2.0/24", { autonomous_system_number: 64_500 }]]);
    const databases = opened("asn.mmdb", octets);
    const networks = networkTree([]);
    const named = asnTree(databases, NAMED, networks);
    expect(named.size).toBe(24);
    expect(buildLeafTable([], networks, named).ipv4.count).toBe(25);
    expect(asnTree(databases, new Set([7]), networks)).toMatchObject({ size: 0, isTold: true });
    const leaves = numberedLeaves(buildLeafTable([], networks, named).ipv4);
    expect(leaves.find(({ length }) => length === 24)).toMatchObject({ first: 0xc0000200n });
  });

  test("lists IPv4 once, however many aliases lead to it", () => {
    const aliases = ["::ffff:0:0/96", "2001::/32", "2002::/16", "64:ff9b::/96", "3fff::/20"];
    const octets = mmdb([["192.0.2.0/24", { asn: "AS64500" }]], { aliases });
    const tree = asnTree(opened("asn.mmdb", octets), NAMED, networkTree([]));
    expect(tree.size).toBe(24);
  });

  test.for<[what: string, octets: Buffer]>([
    ["a loop of IPv6", mmdbOfTree([[17, 0]], encodeValue({ asn: "AS64500" }))],
    ["a loop of IPv4", mmdbOfTree([[0, 17]], encodeValue({ asn: "AS64500" }), { ipVersion: 4 })],
  ])("is refused with %s where it is used, and only then", ([, octets]) => {
    const places = { file: "country.mmdb", octets: mmdb([["192.0.2.0/24", { country_code: "DE" }]]) };
    const files = [places, { file: "asn.mmdb", octets }];
    const told = (asns: readonly number[]): string => {
      const loaded = loadGeo(files, snapshotWith(asns));
      return loaded.ok ? "" : loaded.error.map(({ file, code, what }) => `${code} ${file} ${what}`).join();
    };
    // Its only record, a part of a loop or not, gives no place.
    expect(told([])).toBe("");
    expect(told([64_500])).toMatch(/^geoip-damaged asn\.mmdb its search tree has a loop$/);
  });
});

function snapshotWith(asns: readonly number[], networks: readonly string[] = []): Snapshot {
  const endpoints = { a: { asns, at: "DE" }, b: { networks, at: "FR" } };
  return snapshotOf({
    profiles: { p: { method: "performance", endpoints } },
    networks: { hq: { cidrs: ["10.20.0.0/16", "192.0.2.128/25"], country: "FR" } },
  });
}

describe("loadGeo", () => {
  const asns = mmdb([
    ["192.0.2.0/24", { autonomous_system_number: 64_500 }],
    ["198.51.100.0/24", { autonomous_system_number: 64_501 }],
    ["203.0.113.0/24", { autonomous_system_number: 64_999 }],
    ["10.20.0.0/16", { autonomous_system_number: 64_500 }],
    ["10.30.0.0/16", { autonomous_system_number: 64_500 }],
    ["127.0.0.0/8", { autonomous_system_number: 64_500 }],
    ["2a00::/16", { autonomous_system_number: 64_500 }],
  ]);
  const countries = mmdb([["2a00::/12", { country_code: "DE" }]]);
  const files = [
    { file: "country.mmdb", octets: countries },
    { file: "asn.mmdb", octets: asns },
  ];
  const loaded = (snapshot: Snapshot, from = files): Geo => {
    const geo = loadGeo(from, snapshot);
    if (!geo.ok) throw new Error(JSON.stringify(geo.error));
    return geo.value;
  };

  test.for<[what: string, address: string, asn: number | undefined, country: string | undefined]>([
    ["where only the system is known", "192.0.2.1", 64_500, undefined],
    ["where an own network has the place", "192.0.2.129", 64_500, "FR"],
    ["in a private network that an own network places", "10.20.1.1", 64_500, "FR"],
    ["not in one that nobody places: what a database says of it is chance", "10.30.1.1", undefined, undefined],
    ["nor in one that only an endpoint's networks hold", "10.30.7.1", undefined, undefined],
    ["nor in a reserved one", "127.0.0.1", undefined, undefined],
    ["not where no endpoint names it", "203.0.113.1", undefined, undefined],
    ["beside the place of another database", "2a00::1", 64_500, "DE"],
    ["not where no database tells one", "2a01::1", undefined, "DE"],
    ["of the IPv4 address inside", "2002:c000:201::1", 64_500, undefined],
  ])("places the autonomous system %s", ([, address, asn, country]) => {
    const { table } = loaded(snapshotWith([64_500, 64_501], ["10.30.7.0/24"]));
    expect(clientAt(table, ip(address)).location).toMatchObject({ asn, country });
  });

  test("tells which of those that are named have clients, and whether a database tells any", () => {
    const { known, tellsAsns, databases } = loaded(snapshotWith([64_500, 64_502, 64_501]));
    expect(known.asns.toSorted((a, b) => a - b)).toEqual([64_500, 64_501]);
    expect(tellsAsns).toBe(true);
    expect(databases).toMatchObject([{ used: true }, { used: true }]);
    expect(loaded(snapshotWith([64_500]), files.slice(0, 1))).toMatchObject({ known: { asns: [] }, tellsAsns: false });
  });

  test.for<[what: string, told: unknown]>([
    ["0", 0],
    ["a negative number", -64_500],
    ["a fraction", 64_500.5],
    ["a number too large", 4_294_967_296],
    ["a huge one", 1e300],
    ["text", "Example AS"],
    ["a list", [64_500]],
    ["a map", { number: 64_500 }],
  ])("takes a record that tells %s for one that tells none: the next database is asked", ([, number]) => {
    const told = [
      ["192.0.2.0/25", { autonomous_system_number: number }],
      ["192.0.2.128/25", { autonomous_system_number: 64_500 }],
    ] as const;
    const first = { file: "first.mmdb", octets: mmdb(told) };
    const next = { file: "next.mmdb", octets: mmdb([["192.0.2.0/24", { asn: "AS64501" }]]) };
    const { table } = loaded(snapshotWith([64_500, 64_501]), [first, next]);
    const found = ["192.0.2.1", "192.0.2.200"].map((text) => clientAt(table, ip(text)).location.asn);
    expect(found).toEqual([64_501, 64_500]);
  });

  test("takes nothing of a database of autonomous systems where no endpoint names any, and says so", () => {
    const { table, databases, tellsAsns } = loaded(snapshotWith([]));
    const without = loaded(snapshotWith([]), files.slice(0, 1)).table;
    expect(databases).toMatchObject([
      { file: "country.mmdb", used: true },
      { file: "asn.mmdb", used: false },
    ]);
    expect([table.ipv4.count, table.ipv6.count, table.places.country.length, tellsAsns]).toEqual([
      without.ipv4.count,
      without.ipv6.count,
      without.places.country.length,
      false,
    ]);
  });

  test("refuses databases of autonomous systems alone where no endpoint names any: nobody would be placed", () => {
    const twice = [0, 1].map((i) => ({ file: `${i}.mmdb`, octets: asns }));
    expect(loadGeo(twice, snapshotWith([]))).toMatchObject({
      ok: false,
      error: [{ file: "0.mmdb", code: "geoip-no-place" }],
    });
    expect(loadGeo(twice, snapshotWith([64_500])).ok).toBe(true);
    expect(loadGeo([], snapshotWith([])).ok).toBe(true);
  });

  test("survives any octet changed anywhere in a database of autonomous systems", () => {
    const snapshot = snapshotWith([64_500]);
    const change = fc.tuple(fc.nat({ max: asns.length - 1 }), fc.nat({ max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const octets = Buffer.from(asns);
        for (const [at, value] of changes) octets[at] = value;
        const geo = loadGeo([{ file: "changed.mmdb", octets }], snapshot);
        expect(geo.ok || geo.error[0]!.code.startsWith("geoip-")).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

test("NO_ASNS is the tree of a configuration that names none", () => {
  expect(asnTree([], NAMED, networkTree([]))).toMatchObject({ size: 0, isTold: false });
  expect([NO_ASNS.root(4), NO_ASNS.root(6)]).toEqual([-1, -1]);
});
