import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatDiagnostic } from "../../src/config/diagnostic.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { nameToWire } from "../../src/shared/domain-name.ts";
import { ok } from "../../src/shared/result.ts";
import { onlyCheck, wholeCheck } from "../health/fixtures/monitors.ts";
import { noFiles } from "../support/no-files.ts";
import type { CheckedConfig } from "../../src/config/settings.ts";
import { cidr } from "../support/snapshot.ts";
import { diagnose } from "./diagnose.ts";

const ZONE = "zones: { a.example: { nameservers: [ns.example.net] } }\n";

function load(text: string): CheckedConfig {
  const loaded = loadConfig({ file: "demo.yaml", text, serial: 7, readFile: noFiles });
  if (!loaded.ok) throw new Error(loaded.error.map(formatDiagnostic).join("\n"));
  return loaded.value;
}

test("loadConfig: a zone is enough; the rest has defaults", () => {
  const { settings, snapshot, monitoring, zones } = load(ZONE);
  expect(settings).toEqual({
    listen: {
      dns: [
        { host: "0.0.0.0", port: 53 },
        { host: "::", port: 53 },
      ],
      http: { host: "127.0.0.1", port: 8053 },
      tcp: { connections: 4000, perClient: 200, idle: 10_000 },
      udp: "auto",
      workers: "auto",
    },
    api: { hosts: [] },
    state: { maxAge: 600_000, keep: 7_776_000_000, size: 2 ** 28 },
    reload: { watch: true },
    dns: {
      identity: { whoami: false, allow: ["127.0.0.0/8", "::1/128"].map(cidr) },
      udpSize: 1232,
      ecs: { ipv4: 32, ipv6: 128 },
      // Against reflected floods nobody needs to ask for: the answers of which a forger gets the most.
      rateLimit: {
        amplified: 200,
        all: 0,
        responses: 0,
        nodata: 0,
        nxdomains: 0,
        referrals: 0,
        errors: 0,
        server: 0,
        window: 15,
        slip: 2,
        ipv4Prefix: 24,
        ipv6Prefix: 56,
        entries: 100_000,
        exempt: [],
      },
    },
    geoip: { databases: [] },
    health: { firstRound: 5000, lastAddress: 600_000 },
    notices: [],
    log: { level: "info" },
    limits: { load: { time: 120_000, memory: 2 ** 31, databases: 2 ** 30, zoneFiles: 2 ** 25 } },
  });
  expect(snapshot).toMatchObject({ profiles: [], endpoints: [], networks: [] });
  expect(monitoring).toEqual({ monitors: [], checks: [], loads: [] });
  expect(zones[0]?.soa).toEqual({
    primary: nameToWire("ns.example.net"),
    contact: nameToWire("hostmaster.a.example"),
    serial: 7,
    refresh: 7200,
    retry: 900,
    expire: 1_209_600,
    minimum: 60,
    ttl: 300,
  });
});

test("loadConfig: http can be off", () => {
  expect(load(`${ZONE}listen: { http: off }`).settings.listen.http).toBeUndefined();
});

test.for([
  ["protocol: http", { timeout: 10_000, path: "/", expectedStatus: [[200, 200]], headers: {}, tls: undefined }],
  ["protocol: http, interval: 10s", { interval: 10_000, timeout: 5000 }],
  [
    "protocol: http, expectedStatus: [200, 300-301]",
    {
      expectedStatus: [
        [200, 200],
        [300, 301],
      ],
    },
  ],
  ["protocol: tcp, port: 1", { interval: 30_000, timeout: 10_000, toleratedFailures: 3, recoverAfter: 2 }],
  ["protocol: dns, query: A.example", { query: "a.example", type: "A", expect: undefined, transport: "udp" }],
  [
    "protocol: dns, query: a.example, type: SOA, notOlderThan: Ns.example",
    { notOlderThan: { host: "ns.example", port: 53 } },
  ],
  [
    "protocol: dns, query: a.example, type: SOA, notOlderThan: '[::1]:5353'",
    { notOlderThan: { host: "::1", port: 5353 } },
  ],
  ["protocol: https", { tls: { verifyCertificate: false, minDaysLeft: 0, ca: undefined, serverName: undefined } }],
  ["protocol: tls", { tls: { verifyCertificate: false, minDaysLeft: 0 } }],
  ["protocol: tcp, port: 1", { tls: undefined, send: undefined, expect: undefined, proxyProtocol: false }],
  ["protocol: tcp, port: 1, tls: true, minDaysLeft: 7", { tls: { minDaysLeft: 7 } }],
  ["protocol: grpc, port: 1", { service: "", tls: undefined }],
  ["protocol: icmp", { protocol: "icmp" }],
] as const)("loadConfig: monitor { %s }", ([keys, monitor]) => {
  expect(load(`${ZONE}monitors: { m: { ${keys} } }`).monitoring.monitors[0]).toMatchObject(monitor);
});

test.for([
  ["http", "address: 192.0.2.1", { host: "192.0.2.1", port: 80, serverName: "192.0.2.1" }],
  [
    "https, addresses: first",
    'address: ["2001:db8::1", 192.0.2.1]',
    { host: "2001:db8::1", port: 443, serverName: "2001:db8::1" },
  ],
  ["icmp", "address: 192.0.2.1", { host: "192.0.2.1", port: 0, serverName: "192.0.2.1" }],
  ["tls", "host: ns.example", { host: "ns.example", port: 443, serverName: "ns.example" }],
  ["dns, query: x.example", "host: NS.example.", { host: "ns.example", port: 53, serverName: "ns.example" }],
  ["http, port: 81", "address: 192.0.2.1, probe: p.example", { host: "p.example", port: 81, serverName: "192.0.2.1" }],
  ["http", 'address: 192.0.2.1, probe: "[::1]:82"', { host: "::1", port: 82, serverName: "192.0.2.1" }],
  ["http", "address: 192.0.2.1, alwaysServe: true", undefined],
] as const)("loadConfig: check of a %s monitor and endpoint { %s }", ([monitor, endpoint, check]) => {
  const { snapshot, monitoring } = load(
    `${ZONE}monitors: { m: { protocol: ${monitor} } }\n` +
      `profiles: { p: { method: weighted, monitor: m, endpoints: { e: { ${endpoint} } } } }`,
  );
  expect(monitoring.checks).toEqual([check && wholeCheck({ monitor: 0, subject: undefined, ...check })]);
  expect(snapshot.endpoints[0]?.isProbed).toBe(check !== undefined);
});

test.for([
  ["address: 192.0.2.1", "shop.a.example"],
  ["address: 192.0.2.1, probe: p.example", "shop.a.example"],
  ["host: ns.example", "ns.example"],
] as const)("loadConfig: endpoint { %s } of a profile with names is asked for %s", ([endpoint, serverName]) => {
  const { monitoring } = load(
    "zones: { a.example: { nameservers: [ns.example.net] } }\nmonitors: { m: { protocol: http } }\n" +
      `profiles: { p: { names: [shop.a.example, www.a.example], method: weighted, monitor: m, endpoints: { e: { ${endpoint} } } } }`,
  );
  expect(monitoring.checks.map((check) => onlyCheck(check!))).toMatchObject([{ serverName }]);
});

test.for([
  ["192.0.2.1", { kind: "address", ipv4: [{ family: 4, octets: Uint8Array.of(192, 0, 2, 1) }], ipv6: [] }],
  ["sorry.example.net", { kind: "host", host: "sorry.example.net" }],
] as const)("loadConfig: fallback %s", ([fallback, target]) => {
  const { snapshot } = load(
    `${ZONE}profiles: { p: { method: weighted, whenAllDown: { fallback: ${fallback} }, endpoints: { e: { host: a.b } } } }`,
  );
  expect(snapshot.profiles[0]?.whenAllDown).toEqual({ action: "fallback", target });
});

test("loadConfig: with nearest an endpoint is where its first region with a point is", () => {
  const endpoints =
    "a: { address: 192.0.2.1, regions: [GEO-EU, DE, FR] }, b: { address: 192.0.2.1, location: DE, regions: [FR] }";
  const profile = (nearest: string): string =>
    `${ZONE}profiles: { p: { method: geographic, ${nearest} endpoints: { ${endpoints.replace("DE, FR]", "DE]")} } } }`;
  const [a, b] = load(profile("whenRegionDown: nearest,")).snapshot.endpoints;
  expect(a?.placement.point).toBeDefined();
  expect(a?.placement.point).toEqual(b?.placement.point);
  expect(load(profile("")).snapshot.endpoints[0]?.placement.point).toBeUndefined();
});

test("loadConfig: endpoints keep the order of the file, which is their priority", () => {
  const { snapshot } = load(
    `${ZONE}profiles: { p: { method: priority, endpoints: { z: { host: a.b }, a1: { host: a.c }, m: { host: a.d } } } }`,
  );
  expect(snapshot.endpoints.map(({ name, placement }) => `${placement.priority} ${name}`)).toEqual([
    "1 z",
    "2 a1",
    "3 m",
  ]);
});

test("loadConfig: aliases stand for what they name", () => {
  const { snapshot } = load(
    `${ZONE}profiles:\n  a: { method: weighted, endpoints: &two { x: { host: a.b }, y: { host: a.c } } }\n  b: { method: weighted, endpoints: *two }\n`,
  );
  expect(snapshot.endpoints.map(({ id, profile, name }) => [id, profile, name])).toEqual([
    [0, 0, "x"],
    [1, 0, "y"],
    [2, 1, "x"],
    [3, 1, "y"],
  ]);
});

test("loadConfig: names of objects' own properties are names like others", () => {
  expect(
    diagnose(
      `${ZONE}profiles:\n  constructor: { method: weighted, monitor: toString, endpoints: { valueOf: { profile: hasOwnProperty } } }\n`,
    ),
  ).toEqual([
    'demo.yaml:3:45 profiles.constructor.monitor: undefined monitor, found "toString", wanted the name of a monitor',
    'demo.yaml:3:88 profiles.constructor.endpoints.valueOf.profile: undefined profile, found "hasOwnProperty", wanted the name of a profile',
  ]);
});

test("loadConfig reports all that is wrong, of every stage, in the order of the file", () => {
  const lines = diagnose(`
listen: { udp: batched }
zones:
  a.example:
    nameservers: [ns.a.example]
    records: { www: { A: 192.0.2 } }
monitors:
  web: { protocol: http, interval: 30 }
profiles:
  shop:
    names: [shop.b.example]
    method: weighted
    monitor: wbe
    endpoints:
      a: { address: 192.0.2.1, wieght: 5 }
      b: { address: 192.0.2.1, weight: 0, minHealthy: 1 }
`);
  expect(lines).toEqual([
    'demo.yaml:2:16 listen.udp: wrong value, found "batched", wanted one of auto, batch, portable',
    'demo.yaml:6:26 zones."a.example".records.www.A: not an A record, found "192.0.2", wanted an IPv4 address such as 192.0.2.1',
    "demo.yaml:8:36 monitors.web.interval: wrong type, found 30, wanted a duration with its unit: 30s",
    'demo.yaml:11:13 profiles.shop.names[0]: name outside every zone, found "shop.b.example", wanted a name at or below one of the zones',
    'demo.yaml:13:14 profiles.shop.monitor: undefined monitor, found "wbe", wanted the name of a monitor: did you mean web?',
    'demo.yaml:15:32 profiles.shop.endpoints.a.wieght: unknown key, found "wieght", wanted a known key: did you mean weight?',
    "demo.yaml:16:40 profiles.shop.endpoints.b.weight: weight out of range, found 0, wanted 1 to 1000; standby: true keeps it for when no other is up, enabled: false takes it out of use",
    "demo.yaml:16:43 profiles.shop.endpoints.b.minHealthy: minHealthy means nothing for an endpoint with address, found 1, wanted no minHealthy, or profile as the target",
  ]);
});

test("loadConfig opens each file once, so that all it says of a file that is being changed is said of one text", () => {
  const opened: string[] = [];
  const readFile = (path: string): ReturnType<typeof noFiles> => {
    opened.push(path);
    return ok(`@ 60 SOA ns host 7 2h 15m 14d 60\n@ NS ns.example.net.\n${"\n".repeat(opened.length)}www A nothing\n`);
  };
  const text = "zones: { a.example: { file: zone }, b.example: { file: zone } }\nlog: { levle: info }\n";
  const loaded = loadConfig({ file: "demo.yaml", text, serial: 7, readFile });
  expect(loaded.ok ? [] : loaded.error.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual([
    "demo.yaml:2:8",
    "zone:4:7",
    "zone:4:7",
  ]);
  expect(opened).toEqual(["zone"]);
});

test("loadConfig: whatever becomes of the example's tokens, a configuration or places in the file", () => {
  const text = readFileSync(new URL("../../config/example.yaml", import.meta.url), "utf8");
  const tokens = text.match(/#[^\n]*|\w[\w.-]*|\n *|[^\w\n]/g) ?? [];
  const ODD = [
    "",
    "*x",
    "&x ",
    "{",
    "}",
    "[",
    "]",
    ": ",
    "- ",
    '"',
    "'",
    "~",
    "0",
    "-1",
    "99999999999",
    "1e999",
    "\n",
    "\t",
    "!!map ",
    "<<",
    "__proto__",
    "@",
    "*",
    "ü",
    "\u0000",
    "192.0.2.1",
    "30s",
    "profile: payroll",
    "|\n",
  ];
  const token = fc.oneof(
    fc.constantFrom(...ODD),
    fc.constantFrom(...tokens),
    fc.string({ unit: "binary", maxLength: 3 }),
  );
  const edit = fc.record({
    at: fc.nat(tokens.length - 1),
    remove: fc.constantFrom(0, 1, 1, 1, 5),
    insert: fc.array(token, { maxLength: 2 }),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      const edited = [...tokens];
      for (const { at, remove, insert } of edits) edited.splice(at, remove, ...insert);
      const mutated = edited.join("");
      const loaded = loadConfig({ file: "demo.yaml", text: mutated, serial: 1, readFile: noFiles });
      if (loaded.ok) return;
      const lines = mutated.split("\n");
      expect(loaded.error.length).toBeGreaterThan(0);
      for (const diagnostic of loaded.error) {
        expect(diagnostic.line).toBeGreaterThanOrEqual(1);
        expect(diagnostic.line).toBeLessThanOrEqual(lines.length);
        expect(diagnostic.column).toBeGreaterThanOrEqual(1);
        expect(diagnostic.column).toBeLessThanOrEqual(lines[diagnostic.line - 1]!.length + 1);
        expect(formatDiagnostic(diagnostic)).not.toContain("\n");
      }
    }),
    { numRuns: 100 },
  );
});

test("api.hosts are names in canonical form", () => {
  const { settings } = load(`${ZONE}api: { hosts: [GeoSteer.Monitoring.svc., ns1] }\n`);
  expect(settings.api).toEqual({ hosts: ["geosteer.monitoring.svc", "ns1"] });
});

test.for(["192.0.2.1", "geosteer:8053", '"2001:db8::1"'])("api.hosts: %s is no name", (host) => {
  expect(diagnose(`${ZONE}api: { hosts: [${host}] }\n`)).toEqual([
    expect.stringContaining("wanted a host name without port; addresses are allowed as they are"),
  ]);
});
