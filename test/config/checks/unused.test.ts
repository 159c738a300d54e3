import { expect, test } from "vitest";
import { warningsOf } from "../diagnose.ts";

test("checkUnused: a site that no endpoint is at, an endpoint that no profile uses", () => {
  const text = `zones: { t.example: { nameservers: [ns.example.net] } }
sites: { of-shared: {}, of-unused: {}, of-own: {}, of-disabled: {}, of-none: {} }
endpoints:
  used: { address: 192.0.2.1, site: of-shared }
  unused: { address: 192.0.2.1, site: of-unused }
profiles:
  p:
    method: weighted
    endpoints:
      a: { use: used }
      b: { address: 192.0.2.2, site: of-own }
      c: { address: 192.0.2.3, site: of-disabled, enabled: false }
`;
  expect(warningsOf(text)).toEqual([
    'demo.yaml:2:69 sites.of-none: a site that no endpoint is at, found "of-none", wanted site: of-none on an endpoint, or no such site',
    'demo.yaml:5:3 endpoints.unused: an endpoint that no profile uses, found "unused", wanted { use: unused } in a profile, or no such endpoint',
  ]);
});
