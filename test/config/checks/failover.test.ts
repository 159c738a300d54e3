import { expect, test } from "vitest";
import { warningsOf } from "../diagnose.ts";

const HEAD = `zones: { t.example: { nameservers: ns.example.net, records: { alias: { CNAME: other } } } }
monitors: { web: { protocol: http }, fast: { protocol: http, interval: 5s, timeout: 1s, toleratedFailures: 1 } }
`;
const A = "address: 192.0.2.1";
const B = "address: 192.0.2.2";
const NAMED = "names: p.t.example, method: priority";
const BOTH = `endpoints: { a: { ${A} }, b: { ${B} } }`;

const SINGLE =
  "wanted another endpoint, or whenAllDown: nodata, servfail or { fallback: ... }; a static record needs no profile";
const WATCH = "found no monitor, wanted monitor: NAME, or alwaysServe: true on what is not to be probed";

test.for<[behaviour: string, profiles: string, lines: readonly string[]]>([
  ["two endpoints and a monitor", `p: { ${NAMED}, monitor: web, ${BOTH} }`, []],
  [
    "one endpoint",
    `p: { ${NAMED}, monitor: web, endpoints: { a: { ${A} } } }`,
    [
      `3:70 profiles.p.endpoints: clients are sent to a for as long as it is down: nobody takes over, found one endpoint, ${SINGLE}`,
    ],
  ],
  [
    "one endpoint that is not probed",
    `p: { ${NAMED}, endpoints: { a: { ${A} } } }`,
    [
      `3:56 profiles.p.endpoints: clients are sent to a for as long as it is down: nobody takes over, found one endpoint, ${SINGLE}`,
    ],
  ],
  [
    "one endpoint that is left",
    `p: { ${NAMED}, monitor: web, endpoints: { a: { ${A} }, b: { ${B}, enabled: false } } }`,
    [
      `3:70 profiles.p.endpoints: clients are sent to a for as long as it is down: nobody takes over, found one of 2 endpoints enabled, ${SINGLE}`,
    ],
  ],
  [
    "one endpoint in a nested profile",
    `p: { ${NAMED}, endpoints: { n: { profile: q } } }, q: { method: priority, monitor: web, endpoints: { a: { ${A} } } }`,
    [
      `3:56 profiles.p.endpoints: clients are sent to q/a for as long as it is down: nobody takes over, found one endpoint, ${SINGLE}`,
    ],
  ],
  [
    "one endpoint, and a fallback",
    `p: { ${NAMED}, monitor: web, whenAllDown: { fallback: 192.0.2.9 }, endpoints: { a: { ${A} } } }`,
    [],
  ],
  [
    "one endpoint, and no answer without it",
    `p: { ${NAMED}, monitor: web, whenAllDown: nodata, endpoints: { a: { ${A} } } }`,
    [],
  ],
  [
    "one endpoint that is meant to be served always",
    `p: { ${NAMED}, endpoints: { a: { ${A}, alwaysServe: true } } }`,
    [],
  ],
  [
    "one endpoint that is a profile with two",
    `p: { ${NAMED}, endpoints: { n: { profile: q } } }, q: { method: priority, monitor: web, ${BOTH} }`,
    [],
  ],
  [
    "one endpoint of a region, which keeps its clients",
    `p: { names: p.t.example, method: geographic, monitor: web, whenRegionDown: nodata, endpoints: { a: { ${A}, regions: WORLD } } }`,
    [],
  ],
  ["a disabled profile", `p: { ${NAMED}, enabled: false, endpoints: { a: { ${A} } } }`, []],
  ["a profile that nobody uses", `p: { method: priority, endpoints: { a: { ${A} } } }`, []],
  [
    "endpoints without a monitor",
    `p: { ${NAMED}, ${BOTH} }`,
    [
      `3:13 profiles.p: failover never happens: clients are sent to any of 2 endpoints for as long as it is down, ${WATCH}`,
    ],
  ],
  [
    "a fallback without a monitor",
    `p: { ${NAMED}, whenAllDown: nodata, endpoints: { a: { ${A} } } }`,
    [`3:13 profiles.p: failover never happens: clients are sent to a for as long as it is down, ${WATCH}`],
  ],
  [
    "a nested profile without a monitor",
    `p: { ${NAMED}, endpoints: { n: { profile: q }, m: { profile: r } } }, q: { method: priority, endpoints: { a: { ${A} } } }, r: { method: priority, monitor: web, endpoints: { b: { ${B} } } }`,
    [`3:111 profiles.q: failover never happens: clients are sent to a for as long as it is down, ${WATCH}`],
  ],
  [
    "no monitor, all served always",
    `p: { ${NAMED}, endpoints: { a: { ${A}, alwaysServe: true }, b: { ${B}, alwaysServe: true } } }`,
    [],
  ],
  [
    "no monitor around profiles that have one, nested or by their name",
    `p: { ${NAMED}, endpoints: { n: { profile: q }, h: { host: alias.t.example } } }, q: { names: other.t.example, method: priority, monitor: web, ${BOTH} }`,
    [],
  ],
  [
    "a ttl longer than it takes to notice",
    `p: { ${NAMED}, ttl: 131s, monitor: web, ${BOTH} }`,
    [
      "3:61 profiles.p.ttl: a client may be sent to a dead endpoint for up to 261s: 130s until it is degraded, 131s TTL, found a ttl of 131s, wanted at most 130s",
    ],
  ],
  ["a ttl as long as it takes to notice", `p: { ${NAMED}, ttl: 130s, monitor: web, ${BOTH} }`, []],
  [
    "the default ttl",
    `p: { ${NAMED}, monitor: fast, ${BOTH} }`,
    [
      "3:13 profiles.p.ttl: a client may be sent to a dead endpoint for up to 71s: 11s until it is degraded, 60s TTL, found a ttl of 60s, wanted at most 30s",
    ],
  ],
  ["a ttl that is short anyway", `p: { ${NAMED}, ttl: 30s, monitor: fast, ${BOTH} }`, []],
  [
    "the slowest monitor counts, of nested profiles too",
    `p: { ${NAMED}, ttl: 131s, monitor: fast, endpoints: { a: { ${A} }, n: { profile: q } } }, q: { method: priority, monitor: web, endpoints: { b: { ${B} } } }`,
    [
      "3:61 profiles.p.ttl: a client may be sent to a dead endpoint for up to 261s: 130s until it is degraded, 131s TTL, found a ttl of 131s, wanted at most 130s",
    ],
  ],
  [
    "the slowest monitor counts, of endpoints that have their own too",
    `p: { ${NAMED}, ttl: 131s, endpoints: { a: { ${A}, monitor: fast }, b: { ${B}, monitor: web } } }`,
    [
      "3:61 profiles.p.ttl: a client may be sent to a dead endpoint for up to 261s: 130s until it is degraded, 131s TTL, found a ttl of 131s, wanted at most 130s",
    ],
  ],
  [
    "an endpoint's monitor counts in place of the profile's",
    `p: { ${NAMED}, monitor: web, ttl: 31s, endpoints: { a: { ${A}, monitor: fast }, b: { ${B}, monitor: fast } } }`,
    [
      "3:75 profiles.p.ttl: a client may be sent to a dead endpoint for up to 42s: 11s until it is degraded, 31s TTL, found a ttl of 31s, wanted at most 30s",
    ],
  ],
  [
    "a monitor on one endpoint alone",
    `p: { ${NAMED}, ttl: 30s, endpoints: { a: { ${A}, monitor: fast }, b: { ${B} } } }`,
    [`3:13 profiles.p: failover never happens: clients are sent to b for as long as it is down, ${WATCH}`],
  ],
  [
    "a ttl that nobody is told",
    `p: { ${NAMED}, monitor: web, ${BOTH} }, q: { method: priority, ttl: 1h, monitor: web, ${BOTH} }`,
    [],
  ],
])("checkFailover: %s", ([, profiles, lines]) => {
  expect(warningsOf(`${HEAD}profiles: { ${profiles} }\n`)).toEqual(lines.map((line) => `demo.yaml:${line}`));
});
