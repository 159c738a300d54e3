/** Clients that keep to one endpoint: docs/steering.md section 6, as the server does it. */
import * as fc from "fast-check";
import { probedState } from "../../../src/routing/health-view.ts";
import { describe, expect, test } from "vitest";
import { serviceOf, testAnswerer, type TestAnswerer } from "../../support/answerer.ts";
import { clientSubnet } from "../../support/query-packet.ts";
import type { Families } from "../../../src/routing/snapshot.ts";
import { ZONE, type EndpointSpec, type ProfileSpec } from "../../support/snapshot.ts";

const AAAA = 28;
const HTTPS = 65;
const client = { ipv4: 24, ipv6: 56 };

/** Its addresses tell which it is. */
const dual = (number: number, weight = 1): EndpointSpec => ({
  address: [`192.0.2.${number}`, `2001:db8::${number}`],
  weight,
});
const v4 = (number: number): EndpointSpec => ({ address: [`192.0.2.${number}`] });
const sticky: ProfileSpec = {
  method: "weighted",
  sticky: client,
  endpoints: { a: dual(1), b: dual(2, 2), c: dual(3, 3) },
};

/** Nothing is left to chance: where it is asked, a test fails. */
const noChance = (): number => expect.unreachable("chance was asked");

/** The last number of the address, the host, or the code of a negative answer. */
function answered(server: TestAnswerer, subnet: string, { type = 1, name = "p", peer = "198.51.100.7" } = {}): string {
  const { message } = server.ask({ name: `${name}.${ZONE}`, type, ecs: clientSubnet(subnet) }, { peer });
  const data = message!.answers.at(-1)?.split(" ").at(-1);
  return data === undefined ? `rcode ${message!.rcode}` : data.replace(/^.*[.:](\d+)$/, "$1");
}

const subnets = Array.from({ length: 400 }, (_, i) => `203.${i % 250}.${(i * 7) % 256}.0/24`);

describe("a sticky profile", () => {
  test("asks no chance, and answers a client the same each time, on every server", () => {
    const [one, other] = [1, 2].map(() => testAnswerer({ profiles: { p: sticky } }, { random: noChance }));
    for (const subnet of subnets) expect(answered(one!, subnet)).toBe(answered(other!, subnet));
    expect(new Set(subnets.map((subnet) => answered(one!, subnet)))).toEqual(new Set(["1", "2", "3"]));
  });

  test("answers all clients of a prefix alike, be they told as /24, /32, or ask themselves", () => {
    const server = testAnswerer({ profiles: { p: sticky } }, { random: noChance });
    for (const subnet of subnets.slice(0, 50)) {
      const wanted = answered(server, subnet);
      const address = subnet.replace("0/24", "77");
      expect(answered(server, `${address}/32`)).toBe(wanted);
      expect(answered(server, "0.0.0.0/0", { peer: address })).toBe(wanted);
    }
  });

  test("takes IPv4 inside IPv6 for that IPv4 address", () => {
    const server = testAnswerer({ profiles: { p: sticky } }, { random: noChance });
    for (const [plain, inside] of [
      ["8.8.8.0/24", "2002:808:800::/40"],
      ["8.8.8.0/24", "::ffff:808:808/128"],
      ["8.8.8.0/24", "64:ff9b::808:808/128"],
      ["9.9.9.0/24", "2002:909:900::/40"],
      ["11.1.1.0/24", "2002:b01:100::/40"],
    ] as const) {
      expect(answered(server, inside), inside).toBe(answered(server, plain));
    }
  });

  test("looks at the resolver where a private subnet says nothing", () => {
    const server = testAnswerer({ profiles: { p: sticky } }, { random: noChance });
    const peers = ["198.51.100.1", "203.0.113.1", "9.9.9.9", "8.8.8.8", "1.1.1.1"];
    const own = peers.map((peer) => answered(server, "0.0.0.0/0", { peer }));
    for (const subnet of ["10.1.2.0/24", "10.200.0.0/16", "fd00::/48"]) {
      expect(peers.map((peer) => answered(server, subnet, { peer }))).toEqual(own);
    }
    expect(new Set(own).size).toBeGreaterThan(1);
  });

  test.for<[what: string, endpoints: ProfileSpec["endpoints"], rest: Partial<ProfileSpec>]>([
    ["all of both", sticky.endpoints, {}],
    ["one without IPv6", { ...sticky.endpoints, d: v4(4) }, {}],
    ["one without IPv6, strict", { ...sticky.endpoints, d: v4(4) }, { families: "strict" }],
    ["one without IPv6, any", { ...sticky.endpoints, d: v4(4) }, { families: "any" }],
    ["a host beside", { ...sticky.endpoints, d: v4(4), h: { host: "h.example.net" } }, {}],
  ])("gives A and AAAA of one endpoint that has both: %s", ([, endpoints, rest]) => {
    const server = testAnswerer({ profiles: { p: { ...sticky, ...rest, endpoints } } }, { random: noChance });
    for (const subnet of subnets) {
      const [a, aaaa] = [answered(server, subnet), answered(server, subnet, { type: AAAA })];
      const standIns = rest.families === "strict" ? ["rcode 0"] : ["1", "2", "3"];
      expect(a === "4" ? standIns : [a]).toContain(aaaa);
    }
  });

  test("keeps the clients of a host to it for all types, nested in one that is not sticky too", () => {
    const inner: ProfileSpec = { ...sticky, endpoints: { a: dual(1), d: v4(4), h: { host: "h.example.net" } } };
    const server = testAnswerer(
      { profiles: { p: { endpoints: { n: { nested: "inner" }, spare: dual(9) } }, inner } },
      { random: noChance },
    );
    const found = new Set<string>();
    for (const subnet of subnets) {
      const a = answered(server, subnet);
      found.add(a);
      const isHost = a === "h.example.net";
      for (const type of [AAAA, HTTPS]) expect(answered(server, subnet, { type }) === "h.example.net").toBe(isHost);
    }
    expect(found).toEqual(new Set(["1", "4", "h.example.net"]));
  });

  test.for<[what: string, change: (server: TestAnswerer) => void, moved: string]>([
    ["goes down", (server) => server.set("p/b", "degraded"), "2"],
    ["is taken out", (server) => server.set("p/b", { ...probedState("online"), forced: "out" }), "2"],
    ["is loaded by half", (server) => server.set("p/b", { ...probedState("online"), load: 0.5 }), "2"],
    ["has a critical load", (server) => server.set("p/b", { ...probedState("online"), load: 0 }), "2"],
    ["is drained by half", (server) => server.set("p/b", { ...probedState("online"), share: 0.5 }), "2"],
  ])("moves the clients of an endpoint alone that %s", ([, change, moved]) => {
    const server = testAnswerer({ profiles: { p: sticky } }, { random: noChance });
    const before = subnets.map((subnet) => answered(server, subnet));
    change(server);
    const after = subnets.map((subnet) => answered(server, subnet));
    const wronglyMoved = before.filter((was, i) => was !== moved && after[i] !== was);
    expect(wronglyMoved).toEqual([]);
    expect(after).not.toEqual(before);
  });

  test("moves as many as it has to while the load of one grows, and back again in the same order", () => {
    const endpoints = { a: dual(1), b: dual(2), c: dual(3), s: { ...dual(4), standby: true } };
    const server = testAnswerer({ profiles: { p: { ...sticky, endpoints } } }, { random: noChance });
    const at = (load: number): readonly string[] => {
      server.set("p/b", { ...probedState("online"), load });
      return subnets.map((subnet) => answered(server, subnet));
    };
    let before = at(1);
    const falling = Array.from({ length: 16 }, (_, i) => (15 - i) / 16);
    for (const load of falling) {
      const now = at(load);
      expect(before.filter((was, i) => was !== "2" && now[i] !== was)).toEqual([]);
      before = now;
    }
    expect(before).not.toContain("2");
    for (const load of falling.toReversed()) {
      const now = at(load);
      expect(now.filter((is, i) => is !== "2" && before[i] !== is)).toEqual([]);
      before = now;
    }
  });

  test("moves nobody else for what goes on in a nested profile", () => {
    const profiles = {
      p: { ...sticky, endpoints: { n: { nested: "inner" }, b: dual(2), c: dual(3) } },
      inner: { ...sticky, endpoints: { x: dual(7), y: { host: "y.example.net" }, z: v4(8) } },
    };
    const server = testAnswerer({ profiles }, { random: noChance });
    const all = (): readonly string[] => subnets.map((subnet) => answered(server, subnet));
    const before = all();
    for (const down of ["inner/x", "inner/y", "inner/z"]) {
      server.set(down, "degraded");
      const wronglyMoved = all().filter((now, i) => ["2", "3"].includes(before[i]!) && now !== before[i]);
      expect(wronglyMoved).toEqual([]);
      server.set(down, "online");
    }
  });

  test("keeps all clients when other profiles and endpoints that are out of service come before it", () => {
    const other: ProfileSpec = { ...sticky, endpoints: { z: dual(9), y: dual(8) } };
    const before = testAnswerer({ profiles: { p: sticky } });
    const after = testAnswerer({
      profiles: {
        other,
        more: other,
        p: { ...sticky, endpoints: { off: { ...dual(7), enabled: false }, ...sticky.endpoints } },
      },
    });
    for (const subnet of subnets) expect(answered(after, subnet)).toBe(answered(before, subnet));
  });

  test("gives a newcomer its part, and takes from each", () => {
    const before = testAnswerer({ profiles: { p: sticky } });
    const after = testAnswerer({ profiles: { p: { ...sticky, endpoints: { d: dual(4, 3), ...sticky.endpoints } } } });
    const moved = subnets.filter((subnet) => answered(after, subnet) !== answered(before, subnet));
    expect(new Set(moved.map((subnet) => answered(after, subnet)))).toEqual(new Set(["4"]));
    expect(new Set(moved.map((subnet) => answered(before, subnet)))).toEqual(new Set(["1", "2", "3"]));
  });
});

describe("a trickle in a sticky profile", () => {
  const spare = (target: EndpointSpec): ProfileSpec => ({
    ...sticky,
    endpoints: { ...sticky.endpoints, s: { ...target, standby: true, trickle: 0.25 } },
  });
  const many = Array.from({ length: 4000 }, (_, i) => `${20 + (i >> 8)}.${i & 255}.0.0/24`);

  test("gives a spare its part of the networks, each of which keeps to it, and moves no others", () => {
    const plain = testAnswerer({ profiles: { p: sticky } }, { random: noChance });
    const server = testAnswerer({ profiles: { p: spare(dual(9)) } }, { random: noChance });
    const found = many.map((subnet) => answered(server, subnet));
    const trickled = found.filter((who) => who === "9").length;
    // Of 4,000 draws with ¼ the standard deviation is 27.
    expect(Math.abs(trickled - 1000)).toBeLessThan(110);
    const without = many.map((subnet, i) => (found[i] === "9" ? "9" : answered(plain, subnet)));
    expect(found).toEqual(without);
    expect(many.map((subnet) => answered(server, subnet, { type: AAAA }))).toEqual(found);
  });

  test("moves nobody to the spare or from it when another goes down", () => {
    const server = testAnswerer({ profiles: { p: spare(dual(9)) } }, { random: noChance });
    const before = many.map((subnet) => answered(server, subnet));
    server.set("p/b", "degraded");
    const wronglyMoved = many.filter((subnet, i) => before[i] !== "2" && answered(server, subnet) !== before[i]);
    expect(wronglyMoved).toEqual([]);
    expect(many.filter((subnet, i) => before[i] === "2" && answered(server, subnet) === "9")).toEqual([]);
  });

  test("ends where the spare is reached: it has all clients of those before it", () => {
    const server = testAnswerer({ profiles: { p: spare(dual(9)) } }, { random: noChance });
    for (const name of ["a", "b", "c"]) server.set(`p/${name}`, "degraded");
    expect(new Set(subnets.map((subnet) => answered(server, subnet)))).toEqual(new Set(["9"]));
  });

  test.for<[families: Families, instead: readonly string[]]>([
    ["tier", ["1", "2", "3"]],
    ["any", ["1", "2", "3"]],
    ["strict", ["rcode 0"]],
  ])("families: %s: what the spare lacks the chosen give, and what they give moves nobody", ([families, instead]) => {
    const profile = { ...spare(v4(9)), families };
    const server = testAnswerer({ profiles: { p: profile } }, { random: noChance });
    const found = many.map((subnet) => [answered(server, subnet), answered(server, subnet, { type: AAAA })] as const);
    const trickled = found.filter(([a]) => a === "9");
    expect([...new Set(trickled.map(([, aaaa]) => aaaa))].toSorted()).toEqual(instead);
    expect(found.filter(([a, aaaa]) => a !== "9" && a !== aaaa)).toEqual([]);
  });

  test.for<[families: Families, instead: string]>([
    ["tier", "rcode 0"],
    ["strict", "rcode 0"],
    // As the next tier, for all of them.
    ["any", "9"],
  ])("families: %s: the spare never stands in by its trickle", ([families, instead]) => {
    const profile: ProfileSpec = {
      ...sticky,
      families,
      endpoints: { a: v4(1), b: v4(2), s: { ...dual(9), standby: true, trickle: 0.25 } },
    };
    const server = testAnswerer({ profiles: { p: profile } }, { random: noChance });
    for (const subnet of subnets) {
      const isTrickled = answered(server, subnet) === "9";
      expect(answered(server, subnet, { type: AAAA })).toBe(isTrickled ? "9" : instead);
    }
  });
});

describe("multivalue in a sticky profile", () => {
  const pair: ProfileSpec = { method: "multivalue", maxAnswers: 1, endpoints: { x: dual(5), y: v4(6), z: dual(7) } };
  const profiles = { p: { ...sticky, endpoints: { a: dual(1), n: { nested: "pair" } } }, pair };

  test("keeps a client to the endpoint, whose answers chance draws", () => {
    let chance = 0;
    const server = testAnswerer({ profiles }, { random: () => (chance = (chance + 0.3) % 1) });
    const found = subnets.map((subnet) => {
      const answers = Array.from({ length: 12 }, () => answered(server, subnet));
      return [...new Set(answers)].toSorted().join(" ");
    });
    expect(new Set(found)).toEqual(new Set(["1", "5 6 7"]));
  });

  test("is not left for want of a type that one of those together has; for want of any it is", () => {
    const server = testAnswerer({ profiles }, { random: () => 0 });
    const own = subnets.filter((subnet) => answered(server, subnet) !== "1");
    for (const subnet of own) expect(answered(server, subnet, { type: AAAA })).toBe("5");
    const without = { ...pair, endpoints: { x: v4(5), y: v4(6) } };
    const ipv4 = testAnswerer({ profiles: { ...profiles, pair: without } }, { random: () => 0 });
    for (const subnet of own) expect(answered(ipv4, subnet, { type: AAAA })).toBe("1");
  });
});

describe("the scope of a sticky profile", () => {
  const profiles: Readonly<Record<string, ProfileSpec>> = {
    p: { ...sticky, endpoints: { a: v4(1), b: v4(2) } },
    long: { ...sticky, sticky: { ipv4: 32, ipv6: 128 } },
    wide: { ...sticky, sticky: { ipv4: 4, ipv6: 8 } },
    outer: { endpoints: { n: { nested: "p" }, m: { nested: "wide" } } },
    leads: { endpoints: { h: { host: `long.${ZONE}` } } },
    resolvers: { ...sticky, ecs: false },
    placed: { ...sticky, endpoints: { a: { ...dual(1), networks: ["10.0.0.0/9", "2001:db8::/40"] }, b: dual(2) } },
  };
  const server = testAnswerer({ profiles });
  const limited = testAnswerer({ profiles }, { service: serviceOf({ longestSubnet: { ipv4: 20, ipv6: 0 } }) });

  test.for<[name: string, subnet: string, scope: number, type?: number]>([
    ["p", "8.8.8.0/24", 24],
    ["p", "8.8.0.0/16", 24],
    ["p", "8.8.8.8/32", 24],
    ["p", "2600::/56", 56],
    ["p", "2002:808:800::/40", 40],
    ["p", "64:ff9b::808:808/128", 120],
    ["p", "0.0.0.0/0", 0],
    ["p", "8.8.8.0/24", 0, AAAA],
    ["long", "8.8.8.0/24", 32],
    // The forms of IPv4 in IPv6 are cut finer than what is around them.
    ["wide", "8.8.8.0/24", 7],
    ["wide", "2003::/56", 16],
    ["wide", "4000::/56", 8],
    ["outer", "8.8.8.0/24", 24],
    ["leads", "8.8.8.0/24", 32],
    ["resolvers", "8.8.8.0/24", 0],
    // Where the resolver decides, private addresses as far as they go.
    ["p", "10.1.2.0/24", 8],
    ["p", "fd00::/48", 7],
    ["placed", "10.1.2.0/24", 24],
    ["placed", "10.200.2.0/24", 9],
    ["placed", "2001:db8::/56", 56],
  ])("%s for %s: %i", ([name, subnet, scope, type = 1]) => {
    const { message } = server.ask({ name: `${name}.${ZONE}`, type, ecs: clientSubnet(subnet) });
    expect(message!.edns!.ecs!.split(" ")[2]).toBe(String(scope));
  });

  test.for<[name: string, subnet: string, scope: number]>([
    ["p", "8.8.8.0/24", 20],
    ["p", "2600::/56", 1],
  ])("%s for %s is no longer than dns.ecs, nor 0 where the other family is used: %i", ([name, subnet, scope]) => {
    const { message } = limited.ask({ name: `${name}.${ZONE}`, ecs: clientSubnet(subnet) });
    expect(message!.edns!.ecs!.split(" ")[2]).toBe(String(scope));
  });

  test("dns.ecs cuts the prefix: all of a /20 keep together", () => {
    const of = (third: number): string => answered(limited, `8.8.${third}.0/24`);
    expect(new Set(Array.from({ length: 16 }, (_, third) => of(third))).size).toBe(1);
    expect(new Set(Array.from({ length: 256 }, (_, third) => of(third))).size).toBe(2);
  });

  test("a client whose family is not used keeps to its resolver's whole prefix", () => {
    const peers = Array.from({ length: 20 }, (_, i) => `198.51.${i}.1`);
    expect(new Set(peers.map((peer) => answered(limited, "2600::/56", { peer }))).size).toBe(2);
  });

  test("holds for all of its network: whoever is in it gets the same", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("p", "long", "wide", "outer", "placed"),
        fc.nat({ max: 2 ** 32 - 1 }),
        fc.nat({ max: 2 ** 32 - 1 }),
        (name, address, other) => {
          const text = (value: number): string => [24, 16, 8, 0].map((by) => (value >>> by) & 0xff).join(".");
          const asked = (value: number): string => answered(quiet, `${text(value)}/32`, { name });
          const { message } = quiet.ask({ name: `${name}.${ZONE}`, ecs: clientSubnet(`${text(address)}/32`) });
          const scope = Number(message!.edns!.ecs!.split(" ")[2]);
          const host = scope === 32 ? 0 : 0xffff_ffff >>> scope;
          expect(asked(((address & ~host) | (other & host)) >>> 0)).toBe(asked(address));
        },
      ),
      { numRuns: 2000 },
    );
  });
  const quiet = testAnswerer({ profiles });
});
