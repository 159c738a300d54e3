/** The databases that a configuration names → the leaf table for its snapshot. */
import { createRequire } from "node:module";
import { loadGeo, type Geo } from "../geo/load-geo.ts";
import type { CheckedConfig } from "../config/settings.ts";
import type { Result } from "../shared/result.ts";
import type { StartError } from "./start-error.ts";

const require = createRequire(import.meta.url);

export function loadGeoip({ settings, snapshot }: CheckedConfig): Promise<Result<Geo, StartError>> {
  return loadGeo(settings.geoip.databases.map(databasePath), snapshot);
}

/** `npm:PACKAGE/FILE` is a file of an installed npm package; anything else a path from the working directory. */
function databasePath(name: string): string {
  if (!name.startsWith("npm:")) return name;
  try {
    return require.resolve(name.slice("npm:".length));
  } catch {
    // The path as written: opening it says that there is no such file.
    return name;
  }
}
