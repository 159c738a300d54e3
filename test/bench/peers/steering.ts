/** What every server of the benchmark is to do: one zone with one name, which steers each client to the nearest of four. */
import { greatCircleKm, type GeoPoint } from "../../../src/shared/geo-point.ts";
import { countries } from "../../../src/shared/regions/countries.ts";

export interface Endpoint {
  readonly name: string;
  readonly address: string;
  readonly point: GeoPoint;
}

/** The first is where clients from nowhere are sent by the servers that must be told. */
export const ENDPOINTS: readonly [Endpoint, ...Endpoint[]] = [
  { name: "frankfurt", address: "192.0.2.10", point: { latitude: 50.11, longitude: 8.68 } },
  { name: "virginia", address: "192.0.2.20", point: { latitude: 38.95, longitude: -77.45 } },
  { name: "saopaulo", address: "192.0.2.30", point: { latitude: -23.55, longitude: -46.63 } },
  { name: "singapore", address: "192.0.2.40", point: { latitude: 1.35, longitude: 103.82 } },
];

export const ZONE = "gtm.example.com";
export const NAME = `www.${ZONE}`;
export const NAMESERVER = { name: `ns1.${ZONE}`, address: "192.0.2.53" };
/** Seconds. */
export const TTL = 60;
export const SOA = { serial: 1, refresh: 7200, retry: 900, expire: 1209600, minimum: 60 };

/** For servers that know no distances: the endpoint of every country, by the same distances as ours. */
export const ENDPOINT_BY_COUNTRY: ReadonlyMap<string, Endpoint> = new Map(
  [...countries.values()].map(({ code, point }) => [code, nearest(point)]),
);

function nearest(client: GeoPoint): Endpoint {
  return ENDPOINTS.reduce((best, endpoint) =>
    greatCircleKm(client, endpoint.point) < greatCircleKm(client, best.point) ? endpoint : best,
  );
}
