/** The sites of a configuration without errors, with what their endpoints have in common. */
import type { Labels } from "../routing/snapshot.ts";
import type { GeoPoint } from "../shared/geo-point.ts";
import { pointOf } from "./endpoint-point.ts";
import type { Config } from "./schema/config.ts";

export interface Site {
  readonly name: string;
  /** Undefined where the site has no location, or one without a point. */
  readonly location: GeoPoint | undefined;
  readonly labels: Labels;
}

/** In the order of the file, those that no endpoint is at included. */
export function buildSites({ sites }: Config): readonly Site[] {
  return Object.entries(sites).map(([name, { location, labels = {} }]) => {
    return { name, location: location && pointOf(location), labels };
  });
}
