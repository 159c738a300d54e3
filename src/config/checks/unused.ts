/** Warnings about what is written for endpoints that there are not: a site, an endpoint at the top level. */
import { writtenEndpoints } from "../written-endpoints.ts";
import type { Check } from "./check.ts";

export const checkUnused: Check = ({ parts }, report) => {
  const used = new Set<string | undefined>();
  const sites = new Set<string | undefined>();
  for (const { keys } of writtenEndpoints(parts)) {
    used.add(keys.use);
    sites.add(keys.site);
  }
  for (const name of Object.keys(parts.endpoints)) {
    if (used.has(name)) continue;
    report({
      code: "unused-name",
      path: ["endpoints", name],
      atKey: true,
      what: "an endpoint that no profile uses",
      found: JSON.stringify(name),
      wanted: `{ use: ${name} } in a profile, or no such endpoint`,
    });
  }
  for (const name of Object.keys(parts.sites)) {
    if (sites.has(name)) continue;
    report({
      code: "unused-name",
      path: ["sites", name],
      atKey: true,
      what: "a site that no endpoint is at",
      found: JSON.stringify(name),
      wanted: `site: ${name} on an endpoint, or no such site`,
    });
  }
};
