/**
 * Made-up city databases: thousands of towns, and networks of many lengths in which neighbours mostly are in one town or
 * at least in one country. They lie within 32.0.0.0/3 and 64.0.0.0/3, and within 2a00::/16: there is nothing special in
 * them.
 */
import { formatIpPrefix, type IpPrefix } from "../../src/shared/ip-address.ts";
import { countries } from "../../src/shared/regions/countries.ts";
import type { Chance } from "../fuzz/chance.ts";
import { addressOfNumber } from "../support/leaf-tables.ts";
import { mmdb } from "../support/mmdb-writer.ts";

const COUNTRIES = [
  "DE",
  "FR",
  "GB",
  "ES",
  "PL",
  "TR",
  "US",
  "CA",
  "MX",
  "BR",
  "AR",
  "ZA",
  "NG",
  "IN",
  "JP",
  "AU",
  "SG",
];
const TOWNS_EACH = 200;
/** Registries give blocks to one country each. */
const BLOCKS = { ipv4: 48, ipv6: 12 };
/** Towns lie as far from the middle of their country, in degrees. */
const SPREAD = 8;

export interface CityDatabases {
  /** Files of the same networks, which most towns have left for others of their country from one to the next. */
  readonly files: readonly Buffer[];
  readonly networks: readonly IpPrefix[];
}

interface Block {
  readonly family: 4 | 6;
  readonly first: bigint;
  /** Bits of the block, of the widest networks in it, and of the narrowest. */
  readonly bits: number;
  readonly widest: number;
  readonly narrowest: number;
}

export function cityDatabases(count: number, chance: Chance): CityDatabases {
  const towns = COUNTRIES.map((code) => Array.from({ length: TOWNS_EACH }, () => townIn(code, chance)));
  const networks: IpPrefix[] = [];
  const records = Array.from({ length: count }, (): [network: string, record: unknown][] => []);
  for (const { family, first, bits, widest, narrowest } of blocks(chance)) {
    const size = family === 4 ? 32 : 128;
    /** `near`: the towns that are left for what lies beneath. */
    const visit = (at: bigint, depth: number, near: readonly unknown[]): void => {
      if (depth === narrowest || (depth >= widest && chance.below(4) === 0)) {
        // Nobody knows some, and some are elsewhere.
        if (chance.below(60) === 0) return;
        const network = { address: addressOfNumber(family, at), length: depth };
        networks.push(network);
        const of = chance.below(30) === 0 ? chance.pick(towns) : near;
        for (const file of records) file.push([formatIpPrefix(network), chance.pick(of)]);
        return;
      }
      const half = Math.ceil(near.length / 2);
      const [left, right] = chance.below(3) === 0 ? [near.slice(0, half), near.slice(-half)] : [near, near];
      visit(at, depth + 1, left);
      visit(at | (1n << BigInt(size - depth - 1)), depth + 1, right);
    };
    visit(first, bits, chance.pick(towns));
  }
  return { files: records.map((file) => mmdb(file)), networks };
}

function townIn(code: string, chance: Chance): unknown {
  const { point } = countries.get(code)!;
  const near = (degrees: number): number => degrees + ((chance.below(20_001) - 10_000) / 10_000) * SPREAD;
  return {
    country: { iso_code: code },
    location: { latitude: near(point.latitude), longitude: near(point.longitude) },
  };
}

function blocks(chance: Chance): readonly Block[] {
  const distinct = (count: number, limit: number): readonly number[] => {
    const found = new Set<number>();
    while (found.size < count) found.add(chance.below(limit));
    return [...found];
  };
  return [
    ...distinct(BLOCKS.ipv4, 2 ** 9).map((block): Block => {
      return { family: 4, first: (32n << 24n) + (BigInt(block) << 19n), bits: 13, widest: 19, narrowest: 25 };
    }),
    ...distinct(BLOCKS.ipv6, 2 ** 16).map((block): Block => {
      return { family: 6, first: (0x2a000000n + BigInt(block)) << 96n, bits: 32, widest: 38, narrowest: 48 };
    }),
  ];
}
