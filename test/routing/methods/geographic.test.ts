import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { geographic } from "../../../src/routing/methods/geographic.ts";
import type { WhenRegionDown } from "../../../src/routing/snapshot.ts";
import { greatCircleKm } from "../../../src/shared/geo-point.ts";
import { regionChain } from "../../../src/shared/regions/region.ts";
import { client, PLACES, snapshot } from "../../support/arbitraries.ts";
import { locationOf } from "../../support/leaf-tables.ts";
import { snapshotOf, type EndpointSpec } from "../../support/snapshot.ts";
import { tiersText } from "../../support/tiers-text.ts";

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
  const { profiles } = snapshotOf({ profiles: { shop: { method: "geographic", whenRegionDown, endpoints } } });
  return tiersText(geographic.order(profiles[0]!, locationOf(code)));
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
    ["a subdivision to its own clients alone", { by: { regions: ["DE-BY"] } }, "DE-BE", ""],
    ["a subdivision without its country", { by: { regions: ["DE-BY"] } }, "DE", ""],
  ])("gives %s", ([, endpoints, code, expected]) => {
    expect(ordered(code, endpoints)).toBe(expected);
  });

  test("names the region that led to each endpoint", () => {
    const { profiles } = snapshotOf({ profiles: { shop: { method: "geographic", endpoints: atlas } } });
    const regions = geographic.order(profiles[0]!, locationOf("US-CA")).map(([ranked]) => ranked!.basis);
    expect(regions).toEqual([
      { kind: "region", region: "GEO-NA" },
      { kind: "region", region: "WORLD" },
    ]);
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

    // Azure: "If an endpoint displays a Disabled status, it won't be included in the region matching process."
    test.for<[WhenRegionDown, string]>([
      ["climb", "bavaria > germany > europe > world"],
      ["serve", "bavaria > germany"],
      ["nodata", "bavaria > germany"],
      ["nearest", "bavaria > germany > europe > america > world"],
    ])("%s lets the next wider region match in place of a disabled endpoint: %s", ([whenRegionDown, expected]) => {
      const endpoints = { ...atlas, bavaria: { ...atlas["bavaria"], enabled: false } };
      expect(ordered("DE-BY", endpoints, whenRegionDown)).toBe(expected);
    });
  });

  test("goes from narrow to wide, and never past a narrower region that an endpoint has", () => {
    fc.assert(
      fc.property(snapshot, client, ({ profiles: [profile] }, { location }) => {
        const chain = regionChain(location);
        const climbing = { ...profile!, whenRegionDown: "climb" as const };
        const ranks = geographic.order(climbing, location).map(([ranked]) => {
          expect(ranked!.basis.kind).toBe("region");
          const region = ranked!.basis.kind === "region" ? ranked!.basis.region : "";
          expect(ranked!.endpoint.regions).toContain(region);
          return chain.indexOf(region);
        });
        expect(ranks).toEqual([...new Set(ranks)].toSorted((a, b) => a - b));
        const firstHeld = chain.findIndex((region) =>
          profile!.endpoints.some(({ regions }) => regions.includes(region)),
        );
        expect(ranks[0] ?? -1).toBe(firstHeld);
      }),
    );
  });

  test("has the same first enabled endpoint whatever is done when it is down", () => {
    fc.assert(
      fc.property(snapshot, client, ({ profiles: [profile] }, { location }) => {
        const matches = (["climb", "nearest", "serve", "nodata"] as const).map((whenRegionDown) =>
          geographic
            .order({ ...profile!, whenRegionDown }, location)
            .flat()
            .find(
              ({ endpoint }) => endpoint.enabled && endpoint.regions.some((r) => regionChain(location).includes(r)),
            ),
        );
        expect(new Set(matches.map((match) => match?.endpoint)).size).toBe(1);
      }),
    );
  });

  test("nearest goes on with all others that have a place, by distance", () => {
    fc.assert(
      fc.property(snapshot, fc.constantFrom(...PLACES), ({ profiles: [profile] }, code) => {
        const location = locationOf(code);
        const tiers = geographic.order({ ...profile!, whenRegionDown: "nearest" }, location);
        const byDistance = tiers.flat().filter(({ basis }) => basis.kind === "distance");
        const kilometres = byDistance.map(({ endpoint }) => greatCircleKm(location.point!, endpoint.point!));
        expect(kilometres).toEqual(kilometres.toSorted((a, b) => a - b));
        const placed = tiers.length === 0 ? [] : profile!.endpoints.filter((endpoint) => endpoint.point !== undefined);
        expect(tiers.flat().map(({ endpoint }) => endpoint)).toEqual(expect.arrayContaining(placed));
      }),
    );
  });
});
