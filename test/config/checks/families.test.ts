import { expect, test } from "vitest";
import { warningsOf } from "../diagnose.ts";

const ZONE = "zones: { t.example: { nameservers: [ns.example.net] } }\n";
const V4 = "address: 192.0.2.1";
const V6 = 'address: "2001:db8::1"';
const DUAL = 'address: [192.0.2.1, "2001:db8::1"]';

test.for<[behaviour: string, profiles: string, lines: readonly string[]]>([
  [
    "a primary without the family of its spare",
    `{ p: { method: priority, endpoints: { main: { ${V4} }, spare: { ${DUAL} } } } }`,
    [
      "demo.yaml:2:66 profiles.p.endpoints.main.address: its clients get no AAAA records while main is up, those of spare do, found no IPv6 address, wanted one, or the profile's families: tier (it stays so), strict or any (later endpoints answer AAAA)",
    ],
  ],
  [
    "a region without the family of another",
    `{ p: { method: geographic, endpoints: { de: { ${V6}, regions: [DE] }, w: { ${DUAL}, regions: [WORLD] } } } }`,
    [
      "demo.yaml:2:66 profiles.p.endpoints.de.address: clients of DE get no A records while de is up, those of w do, found no IPv4 address, wanted one, or the profile's families: tier (it stays so), strict or any (later endpoints answer A)",
    ],
  ],
  [
    "a nested profile without the family",
    `{ p: { method: priority, endpoints: { n: { profile: q }, d: { ${DUAL} } } }, q: { method: priority, endpoints: { a: { ${V4} } } } }`,
    [
      "demo.yaml:2:63 profiles.p.endpoints.n.profile: its clients get no AAAA records while n is up, those of d do, found no IPv6 address, wanted one, or the profile's families: tier (it stays so), strict or any (later endpoints answer AAAA)",
    ],
  ],
  [
    "who answers then is written",
    `{ p: { method: priority, families: tier, endpoints: { a: { ${V4} }, b: { ${DUAL} } } } }`,
    [],
  ],
  [
    "a spare has what the others lack",
    `{ p: { method: weighted, endpoints: { a: { ${V4} }, s: { ${DUAL}, standby: true } } } }`,
    [
      "demo.yaml:2:63 profiles.p.endpoints.a.address: its clients get no AAAA records while a is up, those of s do, found no IPv6 address, wanted one, or the profile's families: tier (it stays so), strict or any (later endpoints answer AAAA)",
    ],
  ],
  [
    "all share, or answer together",
    `{ p: { method: weighted, endpoints: { a: { ${V4} }, b: { ${V6} } } }, q: { method: multivalue, endpoints: { a: { ${V4} }, b: { ${V6} } } } }`,
    [],
  ],
  ["a host has any family", `{ p: { method: priority, endpoints: { a: { ${V4} }, b: { host: b.example.net } } } }`, []],
  ["all have the same", `{ p: { method: priority, endpoints: { a: { ${V4} }, b: { ${V4} } } } }`, []],
  [
    "the one that differs is disabled",
    `{ p: { method: priority, endpoints: { a: { ${V4} }, b: { ${DUAL}, enabled: false } } } }`,
    [],
  ],
  [
    "the one that differs is disabled in a nested profile",
    `{ p: { method: priority, endpoints: { n: { profile: q }, d: { ${V4} } } }, q: { method: priority, endpoints: { a: { ${V4} }, b: { ${V4} }, c: { ${V6}, enabled: false } } } }`,
    [],
  ],
  [
    "a nested profile is disabled",
    `{ p: { method: priority, endpoints: { n: { profile: q }, d: { ${V4} } } }, q: { method: priority, enabled: false, endpoints: { a: { ${V6} } } } }`,
    [],
  ],
  [
    "the profile is disabled",
    `{ p: { method: priority, enabled: false, endpoints: { a: { ${V4} }, b: { ${V6} } } } }`,
    [],
  ],
  [
    "no endpoint for the rest of the world",
    `{ p: { names: [p.t.example], method: geographic, endpoints: { de: { ${V4}, regions: [DE], alwaysServe: true } } } }`,
    [
      "demo.yaml:2:60 profiles.p.endpoints: clients of no region and those that no database knows get no records, found no endpoint with WORLD, wanted regions: [WORLD] on one of the endpoints",
    ],
  ],
  [
    "the endpoint for the rest of the world is disabled",
    `{ p: { names: [p.t.example], method: geographic, endpoints: { de: { ${V4}, regions: [DE], alwaysServe: true }, w: { ${V4}, regions: [WORLD], enabled: false } } } }`,
    [
      "demo.yaml:2:60 profiles.p.endpoints: clients of no region and those that no database knows get no records, found no endpoint with WORLD, wanted regions: [WORLD] on one of the endpoints",
    ],
  ],
  [
    "a nested profile leaves the rest of the world to others",
    `{ p: { method: geographic, endpoints: { de: { ${V4}, regions: [DE], alwaysServe: true } } } }`,
    [],
  ],
])("checkFamilies: %s", ([, profiles, lines]) => {
  expect(warningsOf(`${ZONE}profiles: ${profiles}\n`)).toEqual(lines);
});
