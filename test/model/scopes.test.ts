/** docs/steering.md section 5 by hand, so that the reference model can be believed. */
import { expect, test } from "vitest";
import { parseAddress } from "./addresses.ts";
import { BAVARIA, configured, DE, firstOf, FR, NOWHERE } from "./asked.ts";
import { scopesOf } from "./scopes.ts";
import type { Question } from "./steering-model.ts";

const uniform = `
  p: { method: priority, endpoints: { a: { address: 192.0.2.1 } } }`;
const regions = `
  p: { method: geographic, endpoints: { fr: { address: 192.0.2.1, regions: [FR] }, w: { address: 192.0.2.9, regions: [WORLD] } } }`;
const subdivisions = regions.replace("[FR]", "[DE-BY]");
const only6 = `
  h: { method: geographic, endpoints: { hq: { address: 192.0.2.7, networks: ["2001:db8:20::/48"] }, w: { address: 192.0.2.9, regions: [WORLD] } } }`;
const hq = only6.replace('"2001:db8:20::/48"', "10.20.0.0/16");
const systems = `
  p: { method: subnet, endpoints: { isp: { address: 192.0.2.1, asns: [64500] }, w: { address: 192.0.2.9 } } }`;
const nested = `
  p: { method: priority, endpoints: { n: { profile: q } } }
  q: { method: priority, endpoints: { n: { profile: h }, z: { address: 192.0.2.8 } } }${hq}`;

test.for<[what: string, profiles: string, address: string, scope: number, question?: Question]>([
  ["the same for all", uniform, NOWHERE, 0],
  ["… IPv6 too", uniform, "2001:db8:f::1", 0],
  ["a network of its own", regions, FR, 24],
  ["… of IPv6", regions, "2001:db8:f::1", 48],
  ["two networks that are the same to this profile", regions, DE, 9],
  ["two that are not", subdivisions, DE, 25],
  ["… the other one", subdivisions, BAVARIA, 25],
  ["up to where an autonomous system begins", systems, BAVARIA, 26],
  ["… that lies in another", systems, "192.0.2.193", 26],
  ["… and where nobody tells one", systems, NOWHERE, 7],
  ["up to the private networks, which are the resolver's", regions, NOWHERE, 7],
  ["a private network that nobody knows, as far as it goes", regions, "172.16.1.1", 12],
  ["… around one that somebody knows", hq, "10.21.1.1", 16],
  ["… and that one", hq, "10.20.1.1", 16],
  ["… in a nested profile", nested, "10.20.1.1", 16],
  ["never 0 where the other family is not the same", only6, FR, 6],
  ["IPv4 in IPv6 is IPv4: an address of FR in 6to4", regions, "2002:c633:6401::1", 40],
  ["… mapped", regions, "::ffff:198.51.100.1", 120],
  ["… in Teredo, where all bits are inverted", regions, "2001:0:1:2:3:4:39cc:9bfe", 120],
  ["a type that nothing behind the profile has", regions, FR, 0, "AAAA"],
  ["… that one of its profiles has", nested.replace("192.0.2.8", '"2001:db8::8"'), "10.20.1.1", 16, "AAAA"],
  ["a profile that is out of service", regions.replace("p: {", "p: { enabled: false,"), FR, 0],
])("the scope of %s", ([, profiles, address, scope, question = "A"]) => {
  const configuration = configured(profiles);
  expect(scopesOf(configuration, firstOf(configuration)).scopeOf(parseAddress(address), question)).toBe(scope);
});
