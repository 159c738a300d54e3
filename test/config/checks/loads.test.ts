import { expect, test } from "vitest";
import { diagnose, warningsOf } from "../diagnose.ts";

const HEAD = `zones: { t.example: { nameservers: ns.example.net } }
monitors: { web: { protocol: https }, port: { protocol: tcp, port: 22 }, head: { protocol: http, method: HEAD }, both: { all: [web, port] }, ports: { all: [port] } }
`;
/** Lines without the file, and without what begins at "found". */
const short = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.replace("demo.yaml:", "").replace(/, found .*/, ""));
const SPARE = "z: { address: 192.0.2.99, alwaysServe: true }";
const one = (keys: string): string =>
  `${HEAD}profiles: { p: { method: weighted, endpoints: { a: { address: 192.0.2.1, ${keys} }, ${SPARE} } } }\n`;

test.for<[keys: string, line: string]>([
  ["load: { from: push, low: 90 }", "load.high: high not above low"],
  ["load: { from: push, high: 96 }", "load.critical: critical not above high"],
  ["load: { from: push, low: 90, high: 90, critical: 91 }", "load.high: high not above low"],
  ["load: { from: push, low: 0.7, high: 0.9, critical: 0.95 }", "load.critical: limits of a load that are shares of 1"],
  ["load: { from: {} }", "load.from: no signal"],
  ["load: { from: { header: x, json: $.x } }, monitor: web", "load.from: more than one signal"],
  ["load: { from: { prometheus: http://p:9090 } }", "load.from.query: missing key"],
  ["load: { from: { header: x, query: up } }, monitor: web", "load.from.query: query means nothing without prometheus"],
  [
    "load: { from: { prometheus: http://p:9090, query: up, authorization: {} } }",
    "load.from.authorization: credentials without a secret",
  ],
  [
    "load: { from: { header: x } }",
    "load.from: a load from the answers to probes means nothing without a probe by http or https",
  ],
  [
    "load: { from: { orca: x } }, monitor: port",
    "load.from: a load from the answers to probes means nothing without a probe by http or https",
  ],
  [
    "load: { from: { json: $.x } }, monitor: ports",
    "load.from: a load from the answers to probes means nothing without a probe by http or https",
  ],
  [
    "load: { from: { json: $.x } }, monitor: web, alwaysServe: true",
    "load.from: a load from the answers to probes means nothing without a probe by http or https",
  ],
  ["load: { from: { header: x y } }, monitor: web", "load.from.header: not a name"],
  [
    "load: { from: { json: $.x } }, monitor: head",
    "load.from: a load from the answers to probes means nothing without a probe by http or https",
  ],
  [
    "load: { from: { prometheus: http://p:9090, query: up, interval: 1m }, maxAge: 1m }",
    "load.maxAge: a reading counts no longer than it takes to the next one",
  ],
  [
    "load: { from: { header: x }, maxAge: 30s }, monitor: web",
    "load.maxAge: a reading counts no longer than it takes to the next one",
  ],
])("checkLoads: %s", ([keys, line]) => {
  const lines = short(diagnose(one(keys))).map((text) => text.replace(/^\d+:\d+ profiles\.p\.endpoints\.a\./, ""));
  expect(lines).toEqual([line]);
});

test.for([
  "load: { from: push }",
  "load: { from: push, low: 10, high: 20, critical: 30 }",
  "load: { from: { orca: named_metrics.queue } }, monitor: web",
  "load: { from: { header: x-load } }, monitor: both",
  "load: { from: { prometheus: http://p:9090, query: up } }",
])("checkLoads: %s is right", (keys) => {
  expect(diagnose(one(keys))).toEqual([]);
});

test("checkLoads: a nested profile has none of its own", () => {
  const text = `${HEAD}profiles:
  p: { method: weighted, endpoints: { a: { profile: q, load: { from: push } }, ${SPARE} } }
  q: { method: weighted, endpoints: { ${SPARE} } }
`;
  expect(short(diagnose(text))).toEqual([
    "4:56 profiles.p.endpoints.a.load: load means nothing for an endpoint with profile",
  ]);
});

test("checkLoads: one of a site is told where the site is, once, and only if none of its endpoints can tell it", () => {
  const text = (monitor: string): string => `${HEAD}sites: { s: { load: { from: { header: x } } } }
profiles:
  p: { method: weighted, endpoints: { a: { address: 192.0.2.1, site: s, monitor: ${monitor} }, b: { address: 192.0.2.2, site: s } } }
`;
  expect(diagnose(text("web"))).toEqual([]);
  expect(short(diagnose(text("port")))).toEqual([
    "3:29 sites.s.load.from: a load from the answers to probes means nothing without a probe by http or https",
  ]);
});

test.for<[behaviour: string, profiles: string, lines: readonly string[]]>([
  [
    "the only endpoint",
    "p: { method: priority, endpoints: { a: { address: 192.0.2.1, load: { from: push } }, b: { address: 192.0.2.2, enabled: false } } }",
    ["profiles.p.endpoints.a.load: a load without anybody who could take clients"],
  ],
  [
    "a region's endpoint: overflow stays in its region",
    "p: { method: geographic, endpoints: { a: { address: 192.0.2.1, regions: DE, load: { from: push } }, b: { address: 192.0.2.2, regions: WORLD } } }",
    ["profiles.p.endpoints.a.load: a load without anybody who could take clients"],
  ],
  [
    "endpoints of a region that is a profile",
    "p: { method: geographic, endpoints: { a: { profile: q, regions: WORLD } } }, q: { method: priority, endpoints: { a: { address: 192.0.2.1, load: { from: push } }, b: { address: 192.0.2.2 } } }",
    [],
  ],
  [
    "the only endpoint of a profile that another one stands behind",
    "p: { method: priority, endpoints: { a: { profile: q }, b: { address: 192.0.2.2 } } }, q: { method: priority, endpoints: { a: { address: 192.0.2.1, load: { from: push } } } }",
    [],
  ],
  [
    "a site of which one endpoint has others beside it",
    "p: { method: priority, endpoints: { a: { address: 192.0.2.1, site: s } } }, q: { method: priority, endpoints: { a: { address: 192.0.2.1, site: s }, b: { address: 192.0.2.2 } } }",
    [],
  ],
  [
    "a site without one that has",
    "p: { method: priority, endpoints: { a: { address: 192.0.2.1, site: s } } }",
    ["sites.s.load: a load without anybody who could take clients"],
  ],
])("checkLoads: %s", ([, profiles, lines]) => {
  const sites = profiles.includes("site: s") ? "sites: { s: { load: { from: push } } }\n" : "";
  const told = warningsOf(`${HEAD}${sites}profiles: { ${profiles} }\n`).filter((line) => line.includes("load"));
  expect(short(told).map((line) => line.replace(/^\d+:\d+ /, ""))).toEqual(lines);
});
