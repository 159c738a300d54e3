import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Endpoint, Location } from "../../../src/routing/snapshot.ts";
import { greatCircleKm, type GeoPoint } from "../../../src/shared/geo-point.ts";
import { client, snapshot } from "../../support/arbitraries.ts";
import { locationOf } from "../../support/leaf-tables.ts";
import { snapshotOf, type EndpointSpec } from "../../support/snapshot.ts";
import { methodOrder, tiersText } from "../../support/tiers-text.ts";

/** The client is where the equator meets the prime meridian; endpoints are so many degrees to the east of it. */
const origin: Location = { ...locationOf(""), point: { latitude: 0, longitude: 0 } };

function ordered(
  endpoints: Readonly<Record<string, EndpointSpec>>,
  location: Location = origin,
  tolerance = 0.05,
): string {
  const { profiles } = snapshotOf({ profiles: { shop: { method: "performance", tolerance, endpoints } } });
  return tiersText(methodOrder(profiles[0]!, location));
}

function east(degrees: Readonly<Record<string, number | undefined>>): Readonly<Record<string, EndpointSpec>> {
  return Object.fromEntries(
    Object.entries(degrees).map(([name, longitude]) => [
      name,
      longitude === undefined ? {} : { point: { latitude: 0, longitude } },
    ]),
  );
}

function countedAs(from: GeoPoint, { placement: { point, bias } }: Endpoint): number {
  return greatCircleKm(from, point!) * (1 - bias / 100);
}

describe("performance", () => {
  test.for<[string, Readonly<Record<string, number | undefined>>, number, string]>([
    ["the nearest first", { far: 90, near: 10, middle: 40 }, 0.05, "near > middle > far"],
    ["the shorter way around the earth", { west: 359, east: 2 }, 0.05, "west > east"],
    ["near-ties together, in the file's order", { b: 10.4, a: 10, c: 10.6 }, 0.05, "b a > c"],
    ["a tier by its nearest member, not by its neighbour", { a: 100, b: 104, c: 108 }, 0.05, "a b > c"],
    ["a second tier by its own nearest", { a: 10, b: 20, c: 20.9, d: 21.1 }, 0.05, "a > b c > d"],
    ["without tolerance only exact ties together", { a: 10, b: 10, c: 10.001 }, 0, "a b > c"],
    ["by a tolerance of 100 % up to twice the distance", { a: 10, b: 19.9, c: 20.1 }, 1, "a b > c"],
    ["where the client is, which has no near-ties", { here: 0, next: 0.001 }, 1, "here > next"],
    ["endpoints without a point nowhere", { a: 10, unplaced: undefined }, 0.05, "a"],
    ["nothing where no endpoint has a point", { a: undefined, b: undefined }, 0.05, ""],
  ])("orders %s", ([, degrees, tolerance, expected]) => {
    expect(ordered(east(degrees), origin, tolerance)).toBe(expected);
  });

  test.for([
    ["DE", "frankfurt > virginia > saopaulo singapore"],
    ["FR", "frankfurt > virginia > saopaulo > singapore"],
    ["US", "virginia > frankfurt > saopaulo > singapore"],
    ["AR", "saopaulo > virginia > frankfurt > singapore"],
    ["AU", "singapore > frankfurt saopaulo > virginia"],
  ] as const)("orders for a client in %s: %s", ([country, expected]) => {
    const endpoints = {
      frankfurt: { at: "DE" },
      virginia: { point: { latitude: 38.95, longitude: -77.45 } },
      saopaulo: { point: { latitude: -23.55, longitude: -46.63 } },
      singapore: { at: "SG" },
    };
    expect(ordered(endpoints, locationOf(country))).toBe(expected);
  });

  test.for<[string, Readonly<Record<string, readonly [degrees: number, bias: number]>>, string]>([
    ["more draws from afar", { a: [10, 0], b: [12, 30] }, "b > a"],
    ["less sends off", { a: [10, -30], b: [12, 0] }, "b > a"],
    ["the same for all changes nothing", { a: [10, 99], b: [12, 99] }, "a > b"],
    ["near-ties are those of what counts", { a: [10, 0], b: [12, 16], c: [10.2, -90] }, "a b > c"],
    ["the farthest counts as near", { a: [10, 0], b: [179, 99] }, "b > a"],
    ["where the client is nothing is nearer", { a: [0, -99], b: [1, 99] }, "a > b"],
  ])("bias: %s", ([, endpoints, expected]) => {
    const specs = Object.entries(endpoints).map(([name, [longitude, bias]]) => [
      name,
      { point: { latitude: 0, longitude }, bias },
    ]);
    expect(ordered(Object.fromEntries(specs) as Readonly<Record<string, EndpointSpec>>)).toBe(expected);
  });

  test("gives a client without a known place any endpoint that has one", () => {
    const endpoints = { frankfurt: { at: "DE" }, unplaced: {}, virginia: { at: "US" } };
    expect(ordered(endpoints, locationOf(""))).toBe("frankfurt virginia");
  });

  test("ranks exactly the placed endpoints, and distances ascend across tiers and stay within tolerance in each", () => {
    fc.assert(
      fc.property(snapshot, client, ({ profiles: [profile] }, { location }) => {
        const { point } = location;
        const tiers = methodOrder({ ...profile!, method: "performance" }, location).filter((tier) => tier.length > 0);
        const placed = profile!.endpoints.filter((endpoint) => endpoint.placement.point !== undefined);
        expect(new Set(tiers.flat().map(({ endpoint }) => endpoint))).toEqual(new Set(placed));
        if (point === undefined) return;
        const ranges = tiers.map((tier) => {
          const kilometres = tier.map(({ endpoint }) => countedAs(point, endpoint));
          return { nearest: Math.min(...kilometres), farthest: Math.max(...kilometres) };
        });
        for (const [i, { nearest, farthest }] of ranges.entries()) {
          const limit = nearest * (1 + profile!.policy.tolerance);
          expect(farthest).toBeLessThanOrEqual(limit);
          expect(ranges[i + 1]?.nearest ?? Infinity).toBeGreaterThan(limit);
        }
      }),
    );
  });

  test("gives all of a tier the same share, and says how far each endpoint is", () => {
    fc.assert(
      fc.property(snapshot, client, ({ profiles: [profile] }, { location: { point, ...location } }) => {
        for (const where of [point, undefined]) {
          const tiers = methodOrder({ ...profile!, method: "performance" }, { ...location, point: where });
          for (const { endpoint, basis, weight } of tiers.flat()) {
            expect(weight).toBe(1);
            expect(basis).toEqual(
              where === undefined
                ? { kind: "place-unknown" }
                : {
                    kind: "distance",
                    kilometres: greatCircleKm(where, endpoint.placement.point!),
                    countedAs: countedAs(where, endpoint),
                  },
            );
          }
        }
      }),
    );
  });
});
