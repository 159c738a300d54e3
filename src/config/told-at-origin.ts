/**
 * Findings about keys that an endpoint of a profile has from elsewhere. What is wrong with the other place alone is told
 * there, so what is told here is that both come together: it points at `use`. What has been refused at the other place
 * hides it.
 */
import type { Report } from "./diagnostic.ts";
import { ofName } from "./of-name.ts";
import type { Path } from "./path.ts";
import type { Config, EndpointConfig } from "./schema/config.ts";
import type { WrittenFile } from "./yaml/written-file.ts";

export function toldAtOrigin(parts: Config, written: WrittenFile, report: Report): Report {
  return (finding) => {
    const { path, because = [path] } = finding;
    report({
      ...finding,
      path: isTaken(path, parts, written) ? [...path.slice(0, KEY), "use"] : path,
      because: because.flatMap((reason) => [reason, ...originsOf(reason, parts)]),
    });
  };
}

/** The place of an endpoint's key in a path, after `profiles.NAME.endpoints.NAME`. */
const KEY = 4;

/** Whether the key is written at the endpoint at the top level alone. */
function isTaken(path: Path, parts: Config, written: WrittenFile): boolean {
  const use = endpointAt(path, parts)?.use;
  if (use === undefined || path.length <= KEY) return false;
  return !written.has(path.slice(0, KEY + 1)) && written.has(["endpoints", use, path[KEY]!]);
}

/** The other places that a key of an endpoint may come from, and what leads there. */
function originsOf(path: Path, parts: Config): readonly Path[] {
  const endpoint = endpointAt(path, parts);
  if (endpoint === undefined || path.length <= KEY) return [];
  const [at, rest] = [path.slice(0, KEY), path.slice(KEY)];
  const origins: Path[] = [];
  const { use } = endpoint;
  const shared = ofName(parts.endpoints, use);
  if (use !== undefined) {
    origins.push([...at, "use"], ["endpoints", use, ...rest], ["endpoints", use, "site"]);
    // Refused as a whole.
    if (shared === undefined) origins.push(["endpoints", use]);
  }
  const [key] = rest;
  if (key !== "location" && key !== "load") return origins;
  const site = endpoint.site ?? shared?.site;
  origins.push([...at, "site"]);
  if (site !== undefined) origins.push(["sites", site, ...rest]);
  if (site !== undefined && ofName(parts.sites, site) === undefined) origins.push(["sites", site]);
  return origins;
}

function endpointAt([section, profile, , endpoint]: Path, { profiles }: Config): EndpointConfig | undefined {
  if (section !== "profiles" || endpoint === undefined) return undefined;
  return ofName(ofName(profiles, String(profile))?.endpoints ?? {}, String(endpoint));
}
