import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { greatCircleKm, type GeoPoint } from "../../src/shared/geo-point.ts";

const points: fc.Arbitrary<GeoPoint> = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

/** Half of the mean circumference, in kilometres. */
const FARTHEST = Math.PI * 6371.0088;

function degrees(whole: number, minutes: number, seconds = 0): number {
  return Math.sign(whole) * (Math.abs(whole) + minutes / 60 + seconds / 3600);
}

describe("greatCircleKm", () => {
  test.for<[source: string, from: GeoPoint, to: GeoPoint, kilometres: number]>([
    [
      "New York JFK to London Heathrow on WGS 84 (GeographicLib manual, Geodesic::Inverse)",
      { latitude: 40.6, longitude: -73.8 },
      { latitude: 51.6, longitude: -0.5 },
      5551.759,
    ],
    [
      "Boston to Portland, Oregon, on Clarke 1866 (PROJ manual, geod)",
      { latitude: degrees(42, 15), longitude: degrees(-71, 7) },
      { latitude: degrees(45, 31), longitude: degrees(-123, 41) },
      4164.193,
    ],
    [
      "Flinders Peak to Buninyong on GRS 80 (GDA94 Technical Manual, section 4.1)",
      { latitude: degrees(-37, 57, 3.7203), longitude: degrees(144, 25, 29.5244) },
      { latitude: degrees(-37, 39, 10.1561), longitude: degrees(143, 55, 35.3839) },
      54.972271,
    ],
  ])("is within 0.6 %% of %s", ([, from, to, kilometres]) => {
    expect(Math.abs(greatCircleKm(from, to) / kilometres - 1)).toBeLessThan(0.006);
  });

  test.for<[from: GeoPoint, to: GeoPoint, share: number]>([
    [{ latitude: 90, longitude: 0 }, { latitude: 0, longitude: 77 }, 1 / 2],
    [{ latitude: 90, longitude: 12 }, { latitude: -90, longitude: -34 }, 1],
    [{ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 }, 1],
    [{ latitude: 0, longitude: 179 }, { latitude: 0, longitude: -179 }, 1 / 90],
    [{ latitude: 90, longitude: 0 }, { latitude: 90, longitude: 120 }, 0],
  ])("from %j to %j is %d of the way round to the antipode", ([from, to, share]) => {
    expect(greatCircleKm(from, to)).toBeCloseTo(share * FARTHEST, 6);
  });

  test("is the same both ways, 0 to itself, and never more than half way round", () => {
    fc.assert(
      fc.property(points, points, (a, b) => {
        const distance = greatCircleKm(a, b);
        expect(distance).toBeCloseTo(greatCircleKm(b, a), 6);
        expect(distance).toBeGreaterThanOrEqual(0);
        expect(distance).toBeLessThanOrEqual(FARTHEST);
        expect(greatCircleKm(a, a)).toBe(0);
      }),
    );
  });

  test("to the antipode is half way round from everywhere", () => {
    fc.assert(
      fc.property(points, ({ latitude, longitude }) => {
        const antipode = { latitude: -latitude, longitude: longitude > 0 ? longitude - 180 : longitude + 180 };
        // The formula is least exact here: an error of 1e-16 in the chord is one of a few metres.
        expect(greatCircleKm({ latitude, longitude }, antipode)).toBeCloseTo(FARTHEST, 0);
      }),
    );
  });

  test("obeys the triangle inequality", () => {
    fc.assert(
      fc.property(points, points, points, (a, b, c) => {
        expect(greatCircleKm(a, c)).toBeLessThanOrEqual(greatCircleKm(a, b) + greatCircleKm(b, c) + 0.001);
      }),
    );
  });
});
