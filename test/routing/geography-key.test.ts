import { expect, test } from "vitest";
import { geographyKey } from "../../src/routing/geography.ts";
import type { Endpoint, Profile, Snapshot } from "../../src/routing/snapshot.ts";
import { clientNetwork, snapshotOf, type EndpointSpec, type ProfileSpec } from "../support/snapshot.ts";

function placed({ endpoints }: Profile, placement: Partial<Endpoint["placement"]>): readonly Endpoint[] {
  return endpoints.map((endpoint) => ({ ...endpoint, placement: { ...endpoint.placement, ...placement } }));
}

test.for<[string, (profile: Snapshot["profiles"][number]) => Snapshot["profiles"][number]]>([
  ["a region", (profile) => ({ ...profile, endpoints: placed(profile, { regions: ["DE"] }) })],
  [
    "a network",
    (profile) => ({
      ...profile,
      endpoints: placed(profile, { networks: [clientNetwork("10.0.0.0/8")] }),
    }),
  ],
  ["an autonomous system", (profile) => ({ ...profile, endpoints: placed(profile, { asns: [64_500] }) })],
  [
    "a place",
    (profile) => ({
      ...profile,
      endpoints: placed(profile, { point: { latitude: 1, longitude: 1 } }),
    }),
  ],
  [
    "an endpoint taken out",
    (profile) => ({ ...profile, endpoints: profile.endpoints.map((e) => ({ ...e, enabled: false })) }),
  ],
  [
    "the countries of a grouping",
    (profile) => ({
      ...profile,
      policy: { ...profile.policy, groupings: [{ code: "EU", countries: ["DE", "FR"] }] },
    }),
  ],
  [
    "what happens when a region is down",
    (profile) => ({ ...profile, policy: { ...profile.policy, whenRegionDown: "nearest" } }),
  ],
  [
    "an endpoint that a rule takes from some clients",
    (profile) => ({ ...profile, fences: [{ rule: 0, name: "r", positions: [0], fallback: false }] }),
  ],
  ["a prefix that its clients are kept together by", (profile) => ({ ...profile, sticky: { ipv4: 24, ipv6: 56 } })],
  [
    "a fallback that a rule takes",
    (profile) => ({ ...profile, fences: [{ rule: 0, name: "r", positions: [], fallback: true }] }),
  ],
])("geographyKey differs with %s", ([, change]) => {
  const built = snapshotOf({
    profiles: { p: { method: "geographic", endpoints: { a: { regions: ["WORLD"] } } } },
    residency: { rule: { clients: ["EU"] } },
  });
  const [profile] = built.profiles;
  expect(geographyKey(built, change(profile!))).not.toBe(geographyKey(built, profile!));
});

test("geographyKey tells rules apart, since they are for different clients", () => {
  const built = snapshotOf({
    profiles: { p: { endpoints: { a: {} } }, q: { endpoints: { a: {} } }, r: { endpoints: { a: {} } } },
    residency: {
      eu: { clients: ["EU"], profiles: ["p", "q"], require: { jurisdiction: ["EU"] } },
      us: { clients: ["US"], profiles: ["r"], require: { jurisdiction: ["US"] } },
    },
  });
  const [p, q, r] = built.profiles.map((profile) => geographyKey(built, profile));
  expect([p === q, p === r]).toEqual([true, false]);
});

test("geographyKey tells which endpoints are which profiles, and which of those are out of service", () => {
  const nested = (...children: readonly string[]): ProfileSpec => ({
    method: "geographic",
    whenRegionDown: "serve",
    endpoints: Object.fromEntries(
      children.map((child, i): [string, EndpointSpec] => [
        `e${i}`,
        { regions: [["DE", "FR", "BR"][i]!], ...(child !== "" && { nested: child }) },
      ]),
    ),
  });
  const children: Readonly<Record<string, ProfileSpec>> = {
    x: { method: "performance", endpoints: { m: { at: "DE" } } },
    y: { method: "performance", endpoints: { n: { at: "FR" } } },
    off: { enabled: false, endpoints: { o: {} } },
  };
  const shops = ["", "x", "y", "off", ",x", "x,", "x,x", "x,y", "y,x", "x,x,y", "x,y,y", "x,y,x", "x,off"];
  const keys = shops.map((shop) => {
    const built = snapshotOf({ profiles: { shop: nested(...shop.split(",")), ...children } });
    return geographyKey(built, built.profiles[0]!);
  });
  expect(new Set(keys).size).toBe(shops.length);
});
