import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hashText, keptTo, lotsOf, type Keeper } from "../../src/routing/rendezvous.ts";
import { wordsOf } from "../../src/shared/address-words.ts";
import { murmur } from "../model/sticky.ts";
import { ip } from "../support/snapshot.ts";

const CLIENT = { ipv4: 24, ipv6: 56 };

function keeper(address: string): Keeper {
  const { family, octets } = ip(address);
  return { family, words: wordsOf({ family, octets }) };
}

/** Who of them, with weights, the client keeps to. */
function kept(weights: Readonly<Record<string, number>>, client: Keeper, prefix = CLIENT): string {
  const names = Object.keys(weights);
  return names[keptTo(lotsOf(names, Object.values(weights), prefix), client)]!;
}

describe("hashText", () => {
  // Known of the reference implementation (https://github.com/aappleby/smhasher), as other implementations' tests have them.
  test.for<[text: string, seed: number, hash: number]>([
    ["", 0, 0],
    ["", 1, 0x514e28b7],
    ["test", 0, 0xba6bd213],
    ["Hello, world!", 1234, 0xfaf6cdb3],
    ["aaaa", 0x9747b28c, 0x5a97808a],
    ["The quick brown fox jumps over the lazy dog", 0x9747b28c, 0x2fa826cd],
  ])("%j with seed %i", ([text, seed, hash]) => {
    expect(hashText(text, seed)).toBe(hash);
  });

  test("is the reference model's, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat({ max: 2 ** 32 - 1 }), (text, seed) => {
        expect(hashText(text, seed)).toBe(murmur(Buffer.from(text), seed));
      }),
    );
  });
});

describe("keptTo", () => {
  // The table of docs/steering.md section 6.
  test.for<[client: string, weights: readonly [number, number], kept: string]>([
    ["192.0.2.0", [1, 1], "shop/b"],
    ["192.0.2.255", [1, 1], "shop/b"],
    ["192.0.2.7", [2, 1], "shop/a"],
    ["2001:db8::", [1, 1], "shop/a"],
    ["2001:db8:0:ff:1:2:3:4", [1, 1], "shop/a"],
    ["2001:db8::9", [2, 1], "shop/a"],
  ])("%s, weights %j: %s", ([client, [a, b], name]) => {
    expect(kept({ "shop/a": a, "shop/b": b }, keeper(client))).toBe(name);
  });

  test.for<[prefix: { ipv4: number; ipv6: number }, a: string, b: string, together: boolean]>([
    [CLIENT, "192.0.2.0", "192.0.2.255", true],
    [CLIENT, "192.0.2.0", "192.0.3.0", false],
    [{ ipv4: 32, ipv6: 128 }, "192.0.2.0", "192.0.2.1", false],
    [{ ipv4: 1, ipv6: 1 }, "128.0.0.0", "255.255.255.255", true],
    [{ ipv4: 1, ipv6: 1 }, "127.255.255.255", "128.0.0.0", false],
    [CLIENT, "2001:db8::", "2001:db8:0:ff:ffff:ffff:ffff:ffff", true],
    [CLIENT, "2001:db8::", "2001:db8:0:100::", false],
    [{ ipv4: 24, ipv6: 128 }, "2001:db8::", "2001:db8::1", false],
    [{ ipv4: 24, ipv6: 97 }, "2001:db8::8000:0", "2001:db8::ffff:ffff", true],
    [{ ipv4: 24, ipv6: 97 }, "2001:db8::7fff:ffff", "2001:db8::8000:0", false],
    // One is the other's first word.
    [{ ipv4: 32, ipv6: 32 }, "32.1.13.184", "2001:db8::", false],
  ])("of %j: %s and %s are one client: %s", ([prefix, a, b, together]) => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`p/e${i}`, 1]));
    expect(kept(many, keeper(a), prefix) === kept(many, keeper(b), prefix)).toBe(together);
  });

  test("two names with one hash are two", () => {
    const [a, b] = ["shop/e185218", "shop/e202386"];
    expect(hashText(a, 0)).toBe(hashText(b, 0));
    const found = clients(1000).map((client) => kept({ [a]: 1, [b]: 1 }, client));
    expect(found.filter((name) => name === b).length).toBeGreaterThan(400);
  });
});

const weights = fc.dictionary(fc.string({ minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 1000 }), {
  minKeys: 2,
  maxKeys: 12,
});
const client: fc.Arbitrary<Keeper> = fc.record({
  family: fc.constantFrom(4 as const, 6 as const),
  words: fc.array(fc.nat({ max: 2 ** 32 - 1 }), { minLength: 4, maxLength: 4 }).map((words) => Uint32Array.from(words)),
});

describe("minimal movement", () => {
  test("who leaves gives away its own clients alone; who comes takes for itself alone", () => {
    fc.assert(
      fc.property(weights, client, fc.nat(), (all, from, number) => {
        const names = Object.keys(all);
        const gone = names[number % names.length]!;
        const { [gone]: _, ...rest } = all;
        const [before, after] = [kept(all, from), kept(rest, from)];
        expect(before === gone || after === before).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  test("more weight brings clients to it alone, less takes them from it alone", () => {
    fc.assert(
      fc.property(weights, client, fc.nat(), fc.integer({ min: 2, max: 50 }), (all, from, number, factor) => {
        const names = Object.keys(all);
        const changed = names[number % names.length]!;
        const [before, after] = [kept(all, from), kept({ ...all, [changed]: all[changed]! * factor }, from)];
        expect([before, changed]).toContain(after);
      }),
      { numRuns: 5000 },
    );
  });

  test("neither order nor the sum of the weights matters", () => {
    fc.assert(
      fc.property(weights, client, fc.integer({ min: 2, max: 100 }), (all, from, factor) => {
        const other = Object.entries(all)
          .toReversed()
          .map(([name, weight]) => [name, weight / factor] as const);
        expect(kept(Object.fromEntries(other), from)).toBe(kept(all, from));
      }),
      { numRuns: 2000 },
    );
  });
});

/** Linear congruential (Numerical Recipes, section 7.1): /24 networks that are no row of neighbours. */
function clients(count: number, family: 4 | 6 = 4): readonly Keeper[] {
  let seed = 7;
  const next = (): number => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0);
  return Array.from({ length: count }, () => ({ family, words: Uint32Array.of(next(), next(), next(), next()) }));
}

/** Neighbours: all /24 networks of a stretch, as the clients of one country are. */
function neighbours(count: number, family: 4 | 6): readonly Keeper[] {
  const words = (i: number): Uint32Array => {
    return family === 4 ? Uint32Array.of(0x51000000 + i * 256, 0, 0, 0) : Uint32Array.of(0x20010db8, i * 256, 0, 0);
  };
  return Array.from({ length: count }, (_, i) => ({ family, words: words(i) }));
}

/**
 * Of chi-square with 5 degrees of freedom: what chance alone exceeds once in a million times (its upper tail at 35.89 is
 * 10^-6). The clients are the same each time, so the test does not depend on chance.
 */
const CRITICAL = 35.89;
const COUNT = 200_000;

describe("weights are kept: chi-square below one in a million", () => {
  const byName = { "shop/a": 1, "shop/b": 2, "shop/c": 3, "shop/d": 4, "shop/e": 40, "shop/f": 50 };
  const equal = { "p/1": 1, "p/2": 1, "p/3": 1, "p/4": 1, "p/5": 1, "p/6": 1 };
  test.for<[string, readonly Keeper[], Readonly<Record<string, number>>]>([
    ["random IPv4", clients(COUNT), byName],
    ["random IPv6", clients(COUNT, 6), byName],
    ["neighbours of IPv4", neighbours(COUNT, 4), byName],
    ["neighbours of IPv6", neighbours(COUNT, 6), byName],
    ["random IPv4, equal weights", clients(COUNT), equal],
    ["neighbours of IPv4, equal weights", neighbours(COUNT, 4), equal],
    ["neighbours of IPv6, equal weights", neighbours(COUNT, 6), equal],
  ])("%s", ([, from, shares]) => {
    const names = Object.keys(shares);
    const lots = lotsOf(names, Object.values(shares), CLIENT);
    const found = new Float64Array(names.length);
    for (const one of from) found[keptTo(lots, one)]!++;
    expect(chiSquare(found, Object.values(shares))).toBeLessThan(CRITICAL);
  });

  test("of those who are left too, when one of equal ones leaves", () => {
    const from = neighbours(COUNT, 4);
    const all = lotsOf(Object.keys(equal), Object.values(equal), CLIENT);
    const rest = lotsOf(Object.keys(equal).slice(1), Object.values(equal).slice(1), CLIENT);
    const moved = new Float64Array(5);
    for (const one of from) if (keptTo(all, one) === 0) moved[keptTo(rest, one)]!++;
    expect(chiSquare(moved, [1, 1, 1, 1, 1])).toBeLessThan(CRITICAL);
  });
});

function chiSquare(found: Float64Array, shares: readonly number[]): number {
  const [count, all] = [found.reduce((a, b) => a + b), shares.reduce((a, b) => a + b)];
  return shares.reduce((sum, share, i) => {
    const wanted = (count * share) / all;
    return sum + (found[i]! - wanted) ** 2 / wanted;
  }, 0);
}
