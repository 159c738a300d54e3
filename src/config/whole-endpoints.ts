/**
 * Endpoints of profiles with all that they have from elsewhere: the keys of the endpoint at the top level that they
 * `use`, then location and labels of their site. Their own win, labels and headers one by one. Nobody behind here asks
 * where a key is written, except to tell of it: `told-at-origin.ts`.
 */
import type { Report } from "./diagnostic.ts";
import { createLabelSets } from "./label-sets.ts";
import { mergeHeaders } from "./merge-headers.ts";
import { nearestOf } from "./nearest-word.ts";
import { ofName } from "./of-name.ts";
import type { Path } from "./path.ts";
import type { Config, EndpointConfig, ProfileConfig } from "./schema/config.ts";
import { writtenEndpoints } from "./written-endpoints.ts";
import type { WrittenFile } from "./yaml/written-file.ts";

/** Names that do not exist are refused. */
export function withWholeEndpoints(parts: Config, written: WrittenFile, refuse: Report): Config {
  refuseUnknown(parts, written, refuse);
  const labelsOf = createLabelSets();
  const whole = (own: EndpointConfig, path: Path): EndpointConfig => {
    const endpoint = withShared(own, path, parts, written);
    const site = ofName(parts.sites, endpoint.site);
    const labels = labelsOf(site?.labels, ofName(parts.endpoints, own.use)?.labels, own.labels);
    const location = endpoint.location ?? site?.location;
    if (endpoint.labels === labels && endpoint.location === location) return endpoint;
    return { ...endpoint, location, labels };
  };
  const profiles = Object.entries(parts.profiles).map(([name, profile]): [string, ProfileConfig] => {
    const endpoints = Object.entries(profile.endpoints).map(([endpoint, own]): [string, EndpointConfig] => {
      return [endpoint, whole(own, ["profiles", name, "endpoints", endpoint])];
    });
    return [name, { ...profile, endpoints: Object.fromEntries(endpoints) }];
  });
  return { ...parts, profiles: Object.fromEntries(profiles) };
}

function withShared(own: EndpointConfig, path: Path, { endpoints }: Config, written: WrittenFile): EndpointConfig {
  const shared = ofName(endpoints, own.use);
  if (shared === undefined) return own;
  // A value of its own may be a default: only what is written counts.
  const isOwn = new Set(written.keys(path));
  const taken = Object.entries(shared).filter(([key]) => !isOwn.has(key));
  const whole: EndpointConfig = { ...own, ...Object.fromEntries(taken) };
  return own.headers === undefined || shared.headers === undefined
    ? whole
    : { ...whole, headers: mergeHeaders(shared.headers, own.headers) };
}

function refuseUnknown(parts: Config, written: WrittenFile, refuse: Report): void {
  const sections = [
    { key: "use", section: "endpoints", code: "undefined-endpoint", what: "an endpoint at the top level" },
    { key: "site", section: "sites", code: "undefined-site", what: "a site" },
  ] as const;
  for (const { key, section, code, what } of sections) {
    const nearest = nearestOf(Object.keys(parts[section]));
    for (const { path, keys } of writtenEndpoints(parts)) {
      const name = keys[key];
      if (name === undefined || ofName<unknown>(parts[section], name) !== undefined) continue;
      // One that is written and wrong itself was refused where it stands.
      if (written.has([section, name])) continue;
      const meant = nearest(name);
      const wanted = `the name of ${what}${meant === undefined ? "" : `: did you mean ${meant}?`}`;
      refuse({ code, path: [...path, key], what: `undefined ${key === "use" ? "endpoint" : "site"}`, wanted });
    }
  }
}
