import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  candidatesFor,
  candidatesKey,
  placeMatters,
  type Candidate,
  type Candidates,
} from "../../src/routing/candidates.ts";
import { counts } from "../../src/routing/in-service.ts";
import { client, snapshot } from "../support/arbitraries.ts";
import { locationOf } from "../support/leaf-tables.ts";
import { ip, snapshotOf, type ProfileSpec, type RuleSpec } from "../support/snapshot.ts";
import { candidatesText } from "../support/tiers-text.ts";

function ordered(profiles: Readonly<Record<string, ProfileSpec>>, address = "192.0.2.1", code = "DE"): string {
  const built = snapshotOf({ profiles });
  return candidatesText(
    candidatesFor(built, built.profiles[0]!, {
      address: ip(address),
      location: locationOf(code),
      placedBy: "client" as const,
    }),
  );
}

function everyCandidate({ tiers }: Candidates): readonly Candidate[] {
  return tiers
    .flat()
    .flatMap((candidate) => [candidate, ...(candidate.nested ? everyCandidate(candidate.nested) : [])]);
}

describe("candidatesFor", () => {
  test.for<[string, Readonly<Record<string, ProfileSpec>>, string]>([
    ["disabled endpoints", { shop: { endpoints: { a: {}, b: { enabled: false }, c: {} } } }, "a > c"],
    [
      "profiles that are disabled",
      { shop: { endpoints: { a: {}, b: { nested: "off" } } }, off: { enabled: false, endpoints: { c: {} } } },
      "a",
    ],
    [
      "profiles without an enabled endpoint",
      { shop: { endpoints: { a: {}, b: { nested: "off" } } }, off: { endpoints: { c: { enabled: false } } } },
      "a",
    ],
  ])("leaves out %s", ([, profiles, expected]) => {
    expect(ordered(profiles)).toBe(expected);
  });

  test("nests the candidates of the same client", () => {
    const profiles: Readonly<Record<string, ProfileSpec>> = {
      shop: {
        method: "geographic",
        endpoints: { eu: { nested: "eu", regions: ["GEO-EU"] }, world: { regions: ["WORLD"] } },
      },
      eu: { method: "performance", endpoints: { paris: { at: "FR" }, berlin: { at: "DE" } } },
    };
    expect(ordered(profiles, "192.0.2.1", "DE")).toBe("eu(berlin > paris) > world");
    expect(ordered(profiles, "192.0.2.1", "FR")).toBe("eu(paris > berlin) > world");
    expect(ordered(profiles, "192.0.2.1", "BR")).toBe("world");
  });

  test("reaches ten levels deep", () => {
    const profiles = Object.fromEntries(
      Array.from({ length: 10 }, (_, i): [string, ProfileSpec] => [
        `p${i}`,
        { endpoints: i === 9 ? { bottom: {} } : { [`e${i}`]: { nested: `p${i + 1}` } } },
      ]),
    );
    expect(ordered(profiles)).toBe("e0(e1(e2(e3(e4(e5(e6(e7(e8(bottom)))))))))");
  });

  test.for<[what: string, profile: ProfileSpec, expected: string]>([
    [
      "before the method's order",
      { method: "performance", endpoints: { berlin: { at: "DE" }, isp: { at: "FR", asns: [64_501, 64_500] } } },
      "isp > berlin",
    ],
    [
      "behind those whose networks hold the client, wherever these stand",
      {
        method: "performance",
        endpoints: { isp: { asns: [64_500] }, hq: { networks: ["192.0.2.0/24"] }, berlin: { at: "DE" } },
      },
      "hq > isp > berlin",
    ],
    [
      "once, with a network and the system both",
      {
        method: "performance",
        endpoints: { isp: { asns: [64_500], networks: ["192.0.2.0/24"] }, berlin: { at: "DE" } },
      },
      "isp > berlin",
    ],
    [
      "and an endpoint that only others reach never",
      { method: "performance", endpoints: { other: { asns: [64_501] }, berlin: { at: "DE" } } },
      "berlin",
    ],
    [
      "before any region",
      { method: "geographic", endpoints: { de: { regions: ["DE"] }, isp: { asns: [64_500], regions: ["FR"] } } },
      "isp > de",
    ],
    [
      "as networks where the region keeps its clients: nodata",
      {
        method: "geographic",
        whenRegionDown: "nodata",
        endpoints: { de: { regions: ["DE"] }, isp: { asns: [64_500] }, hq: { networks: ["192.0.2.0/24"] } },
      },
      "hq > isp",
    ],
    [
      "as networks where the region is served all the same: serve",
      {
        method: "geographic",
        whenRegionDown: "serve",
        endpoints: { de: { regions: ["DE"] }, isp: { asns: [64_500] } },
      },
      "isp",
    ],
    [
      "and not among those of a subnet profile that are for all others",
      { method: "subnet", endpoints: { all: {}, other: { asns: [64_501] }, isp: { asns: [64_500] } } },
      "isp > all",
    ],
  ])("places the endpoints of the client's autonomous system %s", ([, profile, expected]) => {
    const built = snapshotOf({ profiles: { shop: profile } });
    const location = { ...locationOf("DE"), asn: 64_500 };
    const found = candidatesFor(built, built.profiles[0]!, { address: ip("192.0.2.1"), location, placedBy: "client" });
    expect(candidatesText(found)).toBe(expected);
  });

  describe("networks of endpoints", () => {
    const endpoints = {
      office: { networks: ["10.20.0.0/16", "2001:db8::/32"] },
      paris: { at: "FR", networks: ["10.0.0.0/8"] },
      berlin: { at: "DE" },
    };
    test.for([
      ["192.0.2.1", "no network holds the client", "berlin > paris"],
      ["10.1.2.3", "one holds it", "paris > berlin"],
      ["10.20.1.1", "the longest of several, on an endpoint that the method would not rank", "office > paris > berlin"],
      ["2001:db8::1", "IPv6", "office > berlin > paris"],
    ])("go first for %s: %s", ([address, , expected]) => {
      expect(ordered({ shop: { method: "performance", endpoints } }, address)).toBe(expected);
    });

    test("count by the longest of an endpoint's, and in the file's order where two are as long", () => {
      const profiles: Readonly<Record<string, ProfileSpec>> = {
        shop: {
          endpoints: {
            wide: { networks: ["10.0.0.0/8", "10.20.0.0/16", "10.0.0.0/9"] },
            narrow: { networks: ["10.20.0.0/24", "10.20.0.0/17"] },
            other: { networks: ["10.20.0.0/16"] },
          },
        },
      };
      const built = snapshotOf({ profiles });
      const office = { address: ip("10.20.1.1"), location: locationOf(""), placedBy: "client" as const };
      const { tiers } = candidatesFor(built, built.profiles[0]!, office);
      expect(tiers.map((tier) => tier.map(({ endpoint, weight, basis }) => [endpoint.name, weight, basis]))).toEqual([
        [["narrow", 1, { kind: "network", network: "10.20.0.0/17" }]],
        [["wide", 1, { kind: "network", network: "10.20.0.0/16" }]],
        [["other", 1, { kind: "network", network: "10.20.0.0/16" }]],
      ]);
    });

    test.for([
      ["10.20.1.7", "few > some > office > paris > berlin"],
      ["10.20.1.12", "some > few > office > paris > berlin"],
      ["10.20.3.1", "office > paris > berlin"],
      ["10.20.1.4", "some > office > paris > berlin"],
    ] as const)("of %s by ranges, fewest addresses first: %s", ([address, expected]) => {
      const some = { networks: ["10.20.0.250-10.20.2.3"] };
      const few = { networks: ["10.20.1.5-10.20.1.9", "10.20.1.6-10.20.2.99"] };
      expect(ordered({ shop: { method: "performance", endpoints: { ...endpoints, some, few } } }, address)).toBe(
        expected,
      );
    });

    test("of ranges as narrow: in the order of the file, each with the one that holds the client as it is written", () => {
      const profiles = {
        shop: {
          method: "subnet",
          endpoints: { b: { networks: ["10.0.0.2-10.0.0.5"] }, a: { networks: ["10.0.0.4/30"] } },
        },
      } as const;
      const built = snapshotOf({ profiles });
      const { tiers } = candidatesFor(built, built.profiles[0]!, {
        address: ip("10.0.0.4"),
        location: locationOf(""),
        placedBy: "client",
      });
      expect(tiers.flat().map(({ endpoint, basis }) => [endpoint.name, basis])).toEqual([
        ["b", { kind: "network", network: "10.0.0.2-10.0.0.5" }],
        ["a", { kind: "network", network: "10.0.0.4/30" }],
      ]);
    });

    test.for([
      ["climb", "near > wide > berlin > europe"],
      ["nearest", "near > wide > berlin > paris"],
      ["serve", "near"],
      ["nodata", "near > wide"],
    ] as const)("go before regions as whenRegionDown says: %s", ([whenRegionDown, expected]) => {
      const profiles: Readonly<Record<string, ProfileSpec>> = {
        shop: {
          method: "geographic",
          whenRegionDown,
          endpoints: {
            wide: { networks: ["10.0.0.0/8"] },
            near: { networks: ["10.20.0.0/16"] },
            europe: { regions: ["GEO-EU"] },
            berlin: { regions: ["DE"] },
            paris: { at: "FR" },
          },
        },
      };
      expect(ordered(profiles, "10.20.1.1")).toBe(expected);
    });

    test("are as if not written where their endpoint is disabled", () => {
      const off = { ...endpoints, office: { ...endpoints.office, enabled: false } };
      expect(ordered({ shop: { method: "performance", endpoints: off } }, "10.20.1.1")).toBe("paris > berlin");
    });

    test("serve clients whom the method has nothing for", () => {
      const profiles: Readonly<Record<string, ProfileSpec>> = {
        shop: { method: "geographic", endpoints: { office: { networks: ["10.0.0.0/8"] }, br: { regions: ["BR"] } } },
      };
      expect(ordered(profiles, "10.1.1.1")).toBe("office");
      expect(ordered(profiles, "192.0.2.1")).toBe("");
    });
  });

  describe("standby endpoints", () => {
    test.for<[ProfileSpec["method"], string]>([
      ["weighted", "b c > a d"],
      ["multivalue", "b c > a d"],
      ["performance", "c > b > a > d"],
    ])("of %s come behind all others, in the method's order: %s", ([method, expected]) => {
      const endpoints = {
        a: { at: "DE", standby: true },
        b: { at: "US" },
        c: { at: "FR" },
        d: { at: "BR", standby: true },
      };
      expect(ordered({ shop: { method: method!, endpoints } })).toBe(expected);
    });

    test("are placed by their networks as any other", () => {
      const endpoints = { a: { at: "DE", standby: true, networks: ["10.0.0.0/8"] }, b: { at: "US" } };
      expect(ordered({ shop: { method: "performance", endpoints } }, "10.1.1.1")).toBe("a > b");
      expect(ordered({ shop: { method: "performance", endpoints } })).toBe("b > a");
    });
  });

  test("names endpoints of its profile that may be served, each once, in tiers that are not empty", () => {
    fc.assert(
      fc.property(snapshot, client, (built, asker) => {
        const visit = ({ profile, tiers }: Candidates): void => {
          const members = tiers.flat();
          expect(tiers.every((tier) => tier.length > 0)).toBe(true);
          expect(new Set(members.map(({ endpoint }) => endpoint)).size).toBe(members.length);
          for (const { endpoint, nested } of members) {
            expect(endpoint.profile).toBe(profile.id);
            expect(counts(built, endpoint)).toBe(true);
            expect(nested?.profile.id).toBe(endpoint.target.kind === "profile" ? endpoint.target.profile : undefined);
            if (nested) visit(nested);
          }
        };
        visit(candidatesFor(built, built.profiles[0]!, asker));
      }),
    );
  });
});

describe("candidatesKey", () => {
  test("is equal exactly where the ordered candidates are", () => {
    fc.assert(
      fc.property(snapshot, client, client, (built, one, other) => {
        const [first, second] = [one, other].map((asker) => candidatesFor(built, built.profiles[0]!, asker));
        expect(candidatesKey(first!) === candidatesKey(second!)).toBe(
          candidatesText(first!) === candidatesText(second!) &&
            sameEndpoints(first!, second!) &&
            rulesText(first!) === rulesText(second!),
        );
      }),
    );
  });

  /** The rules that have removed something, and those in place of a fallback. */
  function rulesText(candidates: Candidates): string {
    const fallbacks = [...within(candidates)].map(({ tiers, fallbackRule }) => tiers.length > 0 && fallbackRule?.name);
    return JSON.stringify([candidates.removedBy, fallbacks]);
  }

  function within(candidates: Candidates): ReadonlySet<Candidates> {
    const all = new Set([candidates]);
    for (const { tiers } of all) for (const { nested } of tiers.flat()) if (nested !== undefined) all.add(nested);
    return all;
  }

  function sameEndpoints(one: Candidates, other: Candidates): boolean {
    const [first, second] = [one, other].map((candidates) =>
      everyCandidate(candidates).map(({ endpoint }) => endpoint),
    );
    return first!.length === second!.length && first!.every((endpoint, i) => endpoint === second![i]);
  }

  test("takes an endpoint alone in its tier for the same, whatever put it there", () => {
    const endpoints = { a: { weight: 7, networks: ["10.0.0.0/8"] } };
    const built = snapshotOf({ profiles: { shop: { method: "weighted", endpoints } } });
    const [inside, outside] = ["10.1.1.1", "192.0.2.1"].map((address) =>
      candidatesKey(
        candidatesFor(built, built.profiles[0]!, {
          address: ip(address),
          location: locationOf(""),
          placedBy: "client" as const,
        }),
      ),
    );
    expect(inside).toBe(outside);
  });

  test("tells other shares of a tier apart", () => {
    const built = snapshotOf({ profiles: { shop: { method: "weighted", endpoints: { a: {}, b: {} } } } });
    const asker = { address: ip("192.0.2.1"), location: locationOf("DE"), placedBy: "client" as const };
    const candidates = candidatesFor(built, built.profiles[0]!, asker);
    const withWeight = (weight: number): string =>
      candidatesKey({ ...candidates, tiers: candidates.tiers.map(([a, b]) => [a!, { ...b!, weight }]) });
    expect(new Set([withWeight(1), withWeight(2), withWeight(3)]).size).toBe(3);
  });

  test("tells a shared tier from two tiers", () => {
    const at = (tolerance: number): string => {
      const endpoints = { a: { at: "FR" }, b: { at: "DE" } };
      const { profiles } = snapshotOf({ profiles: { shop: { method: "performance", tolerance, endpoints } } });
      const asker = { address: ip("192.0.2.1"), location: locationOf("US"), placedBy: "client" as const };
      return candidatesKey(candidatesFor(snapshotOf({}), profiles[0]!, asker));
    };
    expect(at(0)).not.toBe(at(1));
  });
});

const eu = { labels: { jurisdiction: "EU" } };
const sorry = { action: "fallback", target: { kind: "host", host: "sorry.example.net" } } as const;

describe("placeMatters", () => {
  test.for<[boolean, string, Readonly<Record<string, ProfileSpec>>]>([
    [false, "priority", { shop: { method: "priority", endpoints: { a: {} } } }],
    [false, "weighted", { shop: { method: "weighted", endpoints: { a: {} } } }],
    [true, "performance", { shop: { method: "performance", endpoints: { a: {} } } }],
    [true, "geographic", { shop: { method: "geographic", endpoints: { a: {} } } }],
    [true, "priority with networks", { shop: { endpoints: { a: { networks: ["10.0.0.0/8"] } } } }],
    [
      true,
      "priority over a geographic profile",
      { shop: { endpoints: { a: { nested: "geo" } } }, geo: { method: "geographic", endpoints: { b: {} } } },
    ],
    [
      false,
      "priority over a weighted profile",
      { shop: { endpoints: { a: { nested: "w" } } }, w: { method: "weighted", endpoints: { b: {} } } },
    ],
  ])("is %s of %s", ([expected, , profiles]) => {
    const built = snapshotOf({ profiles });
    expect(placeMatters(built, built.profiles[0]!)).toBe(expected);
  });

  test.for<[boolean, string, Readonly<Record<string, ProfileSpec>>, RuleSpec]>([
    [true, "some clients", { shop: { endpoints: { a: {} } } }, { clients: ["EU"] }],
    [false, "all clients", { shop: { endpoints: { a: {} } } }, { clients: ["all"] }],
    [false, "nothing, since all comply", { shop: { endpoints: { a: eu } } }, { clients: ["EU"] }],
    [false, "a disabled endpoint", { shop: { endpoints: { a: { enabled: false }, b: eu } } }, { clients: ["EU"] }],
    [
      true,
      "a nested profile",
      { shop: { endpoints: { n: { nested: "q" } } }, q: { endpoints: { a: {} } } },
      { clients: ["EU"] },
    ],
    [true, "a fallback", { shop: { endpoints: { a: eu }, whenAllDown: sorry } }, { clients: ["EU"] }],
  ])("is %s where a residency rule takes from %s", ([expected, , profiles, rule]) => {
    const built = snapshotOf({ profiles, residency: { rule: { ...rule, require: { jurisdiction: ["EU"] } } } });
    expect(placeMatters(built, built.profiles[0]!)).toBe(expected);
  });

  test("is true wherever two clients have other candidates", () => {
    fc.assert(
      fc.property(snapshot, client, client, (built, one, other) => {
        const [profile] = built.profiles;
        const [first, second] = [one, other].map((asker) => candidatesKey(candidatesFor(built, profile!, asker)));
        expect(first === second || placeMatters(built, profile!)).toBe(true);
      }),
    );
  });
});
