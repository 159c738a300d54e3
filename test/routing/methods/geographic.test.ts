import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Profile, WhenRegionDown } from "../../../src/routing/snapshot.ts";
import { greatCircleKm } from "../../../src/shared/geo-point.ts";
import { regionChain } from "../../../src/shared/regions/region-chain.ts";
import { client, PLACES, snapshot } from "../../support/arbitraries.ts";
import { locationOf } from "../../support/leaf-tables.ts";
import { snapshotOf, type EndpointSpec } from "../../support/snapshot.ts";
import { methodOrder, tiersText } from "../../support/tiers-text.ts";

const atlas: Readonly<Record<string, EndpointSpec>> = {
  bavaria: { regions: ["DE-BY"], at: "AT" },
  germany: { regions: ["DE"], at: "DE" },
  europe: { regions: ["GEO-EU"], at: "FR" },
  america: { regions: ["GEO-NA", "GEO-SA"], at: "US" },
  world: { regions: ["WORLD"], at: "SG" },
};

function ordered(
  code: string,
  endpoints: Readonly<Record<string, EndpointSpec>> = atlas,
  whenRegionDown: WhenRegionDown = "climb",
): string {
  const { profiles } = snapshotOf({
    groupings: { dach: "AT CH DE", twin: "BR US" },
    profiles: { shop: { method: "geographic", whenRegionDown, endpoints } },
  });
  return tiersText(methodOrder(profiles[0]!, locationOf(code)));
}

function geographicOf(
  { endpoints, policy }: Profile,
  whenRegionDown: WhenRegionDown,
): Parameters<typeof methodOrder>[0] {
  return { method: "geographic", policy: { ...policy, whenRegionDown }, endpoints };
}

describe("geographic", () => {
  test.for([
    ["DE-BY", "bavaria > germany > europe > world"],
    ["DE-BE", "germany > europe > world"],
    ["DE", "germany > europe > world"],
    ["FR", "europe > world"],
    ["FR-75", "europe > world"],
    ["US-CA", "america > world"],
    ["BR", "america > world"],
    ["JP", "world"],
    ["", "world"],
  ])("climbs for a client in %j: %s", ([code, expected]) => {
    expect(ordered(code!)).toBe(expected);
  });

  test.for<[string, Readonly<Record<string, EndpointSpec>>, string, string]>([
    ["nothing to a region that nobody has", { a: { regions: ["FR"] } }, "DE", ""],
    ["nothing to a client of unknown place without WORLD", { a: { regions: ["GEO-EU"] } }, "", ""],
    ["an endpoint with several regions once, under the narrowest", { a: { regions: ["WORLD", "DE"] } }, "DE", "a"],
    [
      "a grouping before WORLD on the same endpoint",
      { w: { regions: ["WORLD"] }, e: { regions: ["GEO-EU"] } },
      "DE",
      "e > w",
    ],
    [
      "groupings of countries between the country and Azure's grouping, the smallest first",
      {
        geo: { regions: ["GEO-EU"] },
        eea: { regions: ["EEA"] },
        eu: { regions: ["EU"] },
        dach: { regions: ["dach"] },
        de: { regions: ["DE"] },
      },
      "DE",
      "de > dach > eu > eea > geo",
    ],
    ["EU to an outermost region", { eu: { regions: ["EU"] }, sa: { regions: ["GEO-SA"] } }, "GF", "eu > sa"],
    ["EU to no country overseas", { eu: { regions: ["EU"] }, ap: { regions: ["GEO-AP"] } }, "NC", "ap"],
    ["a subdivision to its own clients alone", { by: { regions: ["DE-BY"] } }, "DE-BE", ""],
    ["a subdivision without its country", { by: { regions: ["DE-BY"] } }, "DE", ""],
  ])("gives %s", ([, endpoints, code, expected]) => {
    expect(ordered(code, endpoints)).toBe(expected);
  });

  test("names the region that led to each endpoint, or its distance", () => {
    const { profiles } = snapshotOf({ profiles: { shop: { method: "geographic", endpoints: atlas } } });
    const location = locationOf("US-CA");
    const led = (whenRegionDown: WhenRegionDown) =>
      methodOrder(geographicOf(profiles[0]!, whenRegionDown), location).flat();
    const [america, ...wider] = led("climb");
    expect(america).toMatchObject({ weight: 1, basis: { kind: "region", region: "GEO-NA" } });
    expect(wider).toMatchObject([{ weight: 1, basis: { kind: "region", region: "WORLD" } }]);
    const [first, ...others] = led("nearest");
    expect(first).toEqual(america);
    for (const { endpoint, weight, basis } of others) {
      const kilometres = greatCircleKm(location.point!, endpoint.placement.point!);
      expect({ weight, basis }).toEqual({ weight: 1, basis: { kind: "distance", kilometres, countedAs: kilometres } });
    }
  });

  describe("whenRegionDown", () => {
    test.for<[WhenRegionDown, string, string]>([
      ["climb", "DE-BY", "bavaria > germany > europe > world"],
      ["serve", "DE-BY", "bavaria"],
      ["nodata", "DE-BY", "bavaria"],
      ["nearest", "DE-BY", "bavaria > germany > europe > america > world"],
      ["nearest", "BR", "america > europe > germany > bavaria > world"],
      ["nearest", "JP", "world > germany > bavaria > europe > america"],
      ["nearest", "", "world"],
      ["serve", "", "world"],
    ])("%s for a client in %j: %s", ([whenRegionDown, code, expected]) => {
      expect(ordered(code, atlas, whenRegionDown)).toBe(expected);
    });

    test("nearest leaves out what has no place, and gives nothing where nothing matches", () => {
      const endpoints = {
        de: { regions: ["DE"], at: "DE" },
        lost: { regions: ["BR"] },
        us: { regions: ["US"], at: "US" },
      };
      expect(ordered("DE", endpoints, "nearest")).toBe("de > us");
      expect(ordered("FR", endpoints, "nearest")).toBe("");
    });
  });

  test("goes from narrow to wide, and never past a narrower region that an endpoint has", () => {
    fc.assert(
      fc.property(snapshot, client, ({ profiles: [profile] }, { location }) => {
        const chain = regionChain(location, profile!.policy.groupings);
        const ranks = methodOrder(geographicOf(profile!, "climb"), location).map(([ranked]) => {
          expect(ranked!.basis.kind).toBe("region");
          const region = ranked!.basis.kind === "region" ? ranked!.basis.region : "";
          expect(ranked!.endpoint.placement.regions).toContain(region);
          return chain.indexOf(region);
        });
        expect(ranks).toEqual([...new Set(ranks)].toSorted((a, b) => a - b));
        const firstHeld = chain.findIndex((region) =>
          profile!.endpoints.some(({ placement }) => placement.regions.includes(region)),
        );
        expect(ranks[0] ?? -1).toBe(firstHeld);
      }),
    );
  });

  test("has the same first endpoint whatever is done when it is down", () => {
    fc.assert(
      fc.property(snapshot, client, ({ profiles: [profile] }, { location }) => {
        const matches = (["climb", "nearest", "serve", "nodata"] as const).map((whenRegionDown) =>
          methodOrder(geographicOf(profile!, whenRegionDown), location).flat().at(0),
        );
        expect(new Set(matches.map((match) => match?.endpoint)).size).toBe(1);
      }),
    );
  });

  test("nearest goes on with all others that have a place, by distance", () => {
    fc.assert(
      fc.property(snapshot, fc.constantFrom(...PLACES), ({ profiles: [profile] }, code) => {
        const location = locationOf(code);
        const tiers = methodOrder(geographicOf(profile!, "nearest"), location);
        const byDistance = tiers.flat().filter(({ basis }) => basis.kind === "distance");
        const kilometres = byDistance.map(({ endpoint }) => greatCircleKm(location.point!, endpoint.placement.point!));
        expect(kilometres).toEqual(kilometres.toSorted((a, b) => a - b));
        const placed =
          tiers.length === 0 ? [] : profile!.endpoints.filter((endpoint) => endpoint.placement.point !== undefined);
        expect(tiers.flat().map(({ endpoint }) => endpoint)).toEqual(expect.arrayContaining(placed));
      }),
    );
  });
});
