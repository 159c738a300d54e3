import { expect, test } from "vitest";
import { placeAt, type Places } from "../../src/routing/places.ts";
import { ip } from "../support/snapshot.ts";

const places: Places = {
  texts: ["", "FR", "FR-75 FR-IDF", "city.mmdb", "GEO-EU"],
  country: Uint32Array.of(0, 1, 1),
  subdivisions: Uint32Array.of(0, 2, 0),
  grouping: Uint32Array.of(0, 4, 4),
  source: Uint32Array.of(0, 3, 3),
  asn: Uint32Array.of(0, 4_294_967_295, 0),
  latitude: Float64Array.of(Number.NaN, 48.1, 0),
  longitude: Float64Array.of(Number.NaN, 11.6, 0),
  family: Uint8Array.of(4, 6, 4),
  address: Uint32Array.of(0, 0, 0, 0, 0x20010db8, 0x10002, 0x30004, 0x50006, 0xc0000201, 0, 0, 0),
  isPrivate: Uint8Array.of(0, 0, 0),
};

test.for([
  ["nothing known", 0, "0.0.0.0", undefined, [], undefined, undefined, undefined, ""],
  [
    "all known, of IPv6",
    1,
    "2001:db8:1:2:3:4:5:6",
    "FR",
    ["FR-75", "FR-IDF"],
    "GEO-EU",
    { latitude: 48.1, longitude: 11.6 },
    4_294_967_295,
    "city.mmdb",
  ],
  [
    "a country, and the point 0, 0",
    2,
    "192.0.2.1",
    "FR",
    [],
    "GEO-EU",
    { latitude: 0, longitude: 0 },
    undefined,
    "city.mmdb",
  ],
] as const)(
  "placeAt reads a place with %s",
  ([, place, address, country, subdivisions, grouping, point, asn, source]) => {
    expect(placeAt(places, place)).toEqual({
      address: ip(address),
      location: { country, subdivisions, grouping, point, asn, source },
      placedBy: "client",
    });
  },
);
