import type { Client } from "../../src/routing/order.ts";
import { locationOf } from "../support/leaf-tables.ts";
import { ip } from "../support/snapshot.ts";
import { expect, test } from "vitest";
import { type DiagnosticCode, diagnosticCodes, isWarning } from "../../src/config/diagnostic-codes.ts";
import type { DatabaseSource } from "../../src/config/database-source.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { filesOf } from "./diagnose.ts";

const files: Record<string, string> = {
  "empty.zone": "",
  "bare.zone": "@ SOA a b 1 2 3 4 5\n@ NS ns.example.net.\n",
  secrets: "000102030405060708090a0b0c0d0e0f",
};
/** What a code cannot come without. */
const COMPANIONS: Partial<Record<DiagnosticCode, DiagnosticCode>> = {
  "more-problems": "bad-record",
  "more-warnings": "ttl-from-soa",
};
const ZONE = "zones: { a.example: { nameservers: [ns.example.net] } }\n";
const inZone = (records: string): string =>
  `zones: { a.example: { nameservers: [ns.example.net], records: ${records} } }`;
/** Of the files in `files`; the last line is the one to look at. */
const inFile = (line: string, name = "zone"): string => {
  files[name] = `@ 300 SOA a b 1 2 3 4 5\n@ 300 NS ns.example.net.\n${line}`;
  return `zones: { a.example: { file: ${name} } }`;
};
const inProfile = (keys: string): string => `${ZONE}profiles: { p: { ${keys} } }`;
const inEndpoint = (keys: string): string => inProfile(`method: weighted, endpoints: { a: { ${keys} } }`);
const endpoints = (method: string, ...list: string[]): string =>
  inProfile(
    `method: ${method}, endpoints: { ${list.map((keys, i) => `e${i}: { address: 192.0.2.1${i}, ${keys} }`).join(", ")} }`,
  );
/** Rules for all clients of `p`, which has these endpoints; `q` has one that complies with all. */
const ruled = (rules: string, ...list: string[]): string => `${ZONE}profiles:
  p: { names: p.a.example, method: weighted, whenAllDown: nodata, endpoints: { ${list.map((keys, i) => `e${i}: { alwaysServe: true, ${keys} }`).join(", ")} } }
  q: { names: q.a.example, method: weighted, whenAllDown: nodata, endpoints: { e: { address: 192.0.2.9, alwaysServe: true, labels: { j: EU, c: own } } } }
residency: { ${rules.replaceAll("profiles:", "clients: all, profiles:")} }
`;
const GOOD = "method: weighted, endpoints: { a: { address: 192.0.2.1 } }";
const LABELLED = "method: weighted, endpoints: { a: { address: 192.0.2.1, labels: { a: b } } }";
const MIXED = 'method: priority, endpoints: { a: { address: 192.0.2.1 }, b: { address: "2001:db8::1" } }';
const MONITORED = `${ZONE}monitors: { web: { protocol: http } }\n`;
const TWO = "endpoints: { a: { address: 192.0.2.1 }, b: { address: 192.0.2.2 } }";

/** For each code the smallest file that has it. A new code does not compile without one. */
const examples: Readonly<Record<DiagnosticCode, string>> = {
  "yaml-syntax": "a: b: c",
  "yaml-alias": `${ZONE}log: *none`,
  "duplicate-key": `${ZONE}log: {}\nlog: {}`,
  "unknown-key": `${ZONE}lgo: {}`,
  "missing-key": inProfile("method: weighted"),
  "misplaced-key": inEndpoint("address: 192.0.2.1, minHealthy: 1"),
  "wrong-type": `${ZONE}log: []`,
  "wrong-value": `${ZONE}log: { level: loud }`,
  "out-of-range": inEndpoint("address: 192.0.2.1, weight: 0"),
  "bad-duration": inProfile(`${GOOD}, ttl: 60sec`),
  "bad-size": `${ZONE}limits: { load: { memory: 2G } }`,
  "bad-text": `${ZONE}monitors: { web: { protocol: http, path: healthz } }`,
  "bad-pattern": `${ZONE}monitors: { web: { protocol: http, matches: "(" } }`,
  "bad-certificate": `${ZONE}monitors: { web: { protocol: https, ca: secrets } }`,
  "bad-credentials": `${ZONE}monitors: { web: { protocol: http, authorization: {} } }`,
  "published-secret": `${ZONE}dns: { cookies: { secrets: secrets } }`,
  "bad-name": inProfile(`${GOOD}, names: [a..a.example]`),
  "bad-address": inEndpoint("address: 192.0.2"),
  "bad-network": endpoints("performance", "networks: 10.1.1.1/8"),
  "bad-region": endpoints("performance", "location: YY"),
  "reserved-region": endpoints("performance", "location: UK"),
  "unserved-type": inZone("{ www: { DNAME: b } }"),
  "file-unreadable": "zones: { a.example: { file: gone.zone } }",
  "variable-unset": `${ZONE}notices: { ops: { urlFrom: { variable: NOT_SET } } }`,
  "geoip-unreadable": `${ZONE}geoip: { databases: [geoip-unreadable] }`,
  "geoip-damaged": `${ZONE}geoip: { databases: [geoip-damaged] }`,
  "geoip-foreign": `${ZONE}geoip: { databases: [geoip-foreign] }`,
  "geoip-no-place": `${ZONE}geoip: { databases: [geoip-no-place] }`,
  "unmatched-region": inProfile(
    "method: geographic, endpoints: { a: { address: 192.0.2.1, regions: [DE-BY, WORLD] } }",
  ),
  "asns-without-database": endpoints("performance", "asns: 64500"),
  "unmatched-asn": `geoip: { databases: asns }\n${endpoints("performance", "asns: [64500, 64501]")}`,
  "unused-database": `${ZONE}geoip: { databases: unused-database }`,
  "zone-syntax": inFile("www 300 IN\n"),
  "more-problems": inFile("a A x\n".repeat(101), "wrong.zone"),
  "zone-apex": "zones: { a.example: { file: empty.zone } }",
  "bad-record": inZone("{ www: { A: 192.0.2 } }"),
  "duplicate-address": inEndpoint("address: [192.0.2.1, 192.0.2.1]"),
  "duplicate-asn": endpoints("performance", "asns: 64500", "asns: 64500"),
  "duplicate-monitor": `${ZONE}monitors: { web: { protocol: http }, m: { all: [web, web] } }`,
  "duplicate-name": inProfile(`${GOOD}, names: [www.a.example, www.a.example]`),
  "duplicate-network": endpoints("performance", "networks: 10.0.0.0/8", "networks: 10.0.0.0/8"),
  "duplicate-record": inZone("{ www: { A: [192.0.2.1, 192.0.2.1] } }"),
  "duplicate-region": endpoints("geographic", "regions: [DE]", "regions: [DE]"),
  "ambiguous-grouping": endpoints("geographic", "regions: [x]", "regions: [y]").replace(
    "zones:",
    "geoip: { groupings: { x: [DE, AT], y: [DE, CH] } }\nzones:",
  ),
  "duplicate-zone": `zones: { a.example: { nameservers: [ns.example.net] }, A.example: { nameservers: [ns.example.net] } }`,
  "undefined-monitor": inProfile(`${GOOD}, monitor: web`),
  "undefined-profile": inEndpoint("profile: q"),
  "undefined-endpoint": inEndpoint("use: b"),
  "undefined-site": inEndpoint("address: 192.0.2.1, site: munich"),
  "unused-name": `${ZONE}endpoints: { a: { address: 192.0.2.1 } }`,
  "undefined-client": `${inProfile(LABELLED)}\nresidency: { r: { clients: EUR, profiles: p, require: { a: b } } }`,
  "ambiguous-client": `geoip: { networks: { DE: { cidrs: 10.0.0.0/8, location: DE } } }\n${inProfile(LABELLED)}\nresidency: { r: { clients: DE, profiles: p, require: { a: b } } }`,
  "empty-rule": `${inProfile(LABELLED)}\nresidency: { r: { clients: EU, profiles: p } }`,
  "unmet-label": `${inProfile(LABELLED)}\nresidency: { r: { clients: EU, profiles: p, require: { a: c } } }`,
  "unmatched-label": `${inProfile(LABELLED)}\nresidency: { r: { clients: EU, profiles: p, require: { a: [b, c] } } }`,
  "label-case": `${inProfile("method: weighted, endpoints: { e: { address: 192.0.2.1, labels: { a: b } }, f: { address: 192.0.2.2, labels: { a: B } } }")}\nresidency: { r: { clients: EU, profiles: p, require: { a: b } } }`,
  "short-subnet": `dns: { ecs: { ipv4: 16 } }\n${inProfile(LABELLED)}\nresidency: { r: { clients: DE, profiles: p, require: { a: b } } }`,
  "narrow-network": `geoip: { networks: { hq: { cidrs: 10.0.0.0/25, location: DE } } }\n${inProfile(LABELLED)}\nresidency: { r: { clients: hq, profiles: p, require: { a: b } } }`,
  "redundant-client": `${inProfile(LABELLED)}\nresidency: { r: { clients: [all, EU], profiles: p, require: { a: b } } }`,
  "notice-not-encrypted": `${ZONE}notices: { ops: { url: "http://ops.example.com" } }`,
  "unknown-kind": inEndpoint("address: 192.0.2.1, labels: { kind: colo }"),
  "name-outside-zones": inProfile(`${GOOD}, names: [www.b.example]`),
  "endpoint-target": inEndpoint(""),
  "no-endpoints": inProfile("method: weighted, endpoints: {}"),
  "monitor-kind": `${ZONE}monitors: { m: {} }`,
  "monitor-loop": `${ZONE}monitors: { m: { not: m } }`,
  "monitor-size": `${ZONE}monitors: { web: { protocol: http }, m1: { not: web }, m2: { not: m1 }, m3: { not: m2 }, m4: { not: m3 }, m5: { not: m4 } }`,
  "too-many-probes": `${MONITORED}profiles: { p: { method: weighted, monitor: web, endpoints: { a: { address: [${Array.from({ length: 11 }, (_, i) => `192.0.2.${i}`).join(", ")}] } } } }`,
  "nested-loop": inEndpoint("profile: p"),
  "too-many-endpoints": inProfile(
    `method: weighted, endpoints: { ${Array.from({ length: 2001 }, (_, i) => `e${i}: { host: e${i}.example.net }`).join(", ")} }`,
  ),
  "nested-depth": `${ZONE}profiles:\n${chain(11)}`,
  "priority-mixed": endpoints("priority", "priority: 1", ""),
  "priority-twice": endpoints("priority", "priority: 1", "priority: 1"),
  "multivalue-target": inProfile("method: multivalue, endpoints: { a: { host: a.example.net } }"),
  "load-signal": inEndpoint("address: 192.0.2.1, load: { from: {} }"),
  "idle-load": inEndpoint("address: 192.0.2.1, load: { from: push }"),
  "trickle-sum": endpoints("priority", "", "trickle: 50%", "trickle: 50%"),
  "no-others": inProfile(
    "names: [p.a.example], method: subnet, endpoints: { a: { address: 192.0.2.1, networks: 10.0.0.0/8, alwaysServe: true } }",
  ),
  "no-networks": endpoints("subnet", "", ""),
  "only-standby": endpoints("weighted", "standby: true"),
  "idle-trickle": endpoints("priority", "trickle: 1%", ""),
  "missing-regions": endpoints("geographic", ""),
  "missing-location": endpoints("performance", ""),
  "ttl-order": inProfile("method: priority, ttl: { max: 20s, min: 30s }, endpoints: { a: { address: 192.0.2.1 } }"),
  "timeout-too-long": `${ZONE}monitors: { web: { protocol: http, interval: 10s, timeout: 10s } }`,
  "fast-interval-too-long": `${ZONE}monitors: { web: { protocol: http, interval: 10s, fastInterval: 11s } }`,
  "cname-conflict": inZone("{ www: { CNAME: [a, b] } }"),
  "apex-conflict": inZone('{ "@": { CNAME: www } }'),
  "misplaced-wildcard": inZone('{ "a.*": { A: 192.0.2.1 } }'),
  "below-delegation": inZone("{ lab: { NS: ns.example.net., TXT: x } }"),
  "alias-target": inZone("{ m: { MX: 10 a }, a: { CNAME: b } }"),
  "missing-glue": "zones: { a.example: { nameservers: [ns.a.example] } }",
  "residency-leads-out": ruled("r: { profiles: p, require: { j: EU } }", "host: q.a.example, labels: { j: EU }"),
  "residency-contradiction": ruled(
    "r: { profiles: p, require: { j: EU } }, s: { profiles: p, forbid: { c: aws } }",
    "address: 192.0.2.1, labels: { j: EU, c: aws }",
    "address: 192.0.2.2, labels: { j: US, c: own }",
  ),
  "residency-none-left": ruled("r: { profiles: p, require: { j: EU } }", "address: 192.0.2.1, labels: { j: US }"),
  "residency-unlabelled": ruled(
    "r: { profiles: p, require: { j: EU } }",
    "address: 192.0.2.1, labels: { j: EU }",
    "address: 192.0.2.2",
  ),
  "residency-unproven": ruled("unproven: { profiles: p, require: { j: EU } }", "address: 192.0.2.1, labels: { j: EU }"),
  "unused-key": inEndpoint("address: 192.0.2.1, priority: 1"),
  "single-endpoint": inProfile("names: p.a.example, method: priority, endpoints: { a: { address: 192.0.2.1 } }"),
  "no-monitor": inProfile(`names: p.a.example, method: priority, ${TWO}`),
  "ping-not-allowed": `${ZONE}monitors: { ping: { protocol: icmp } }
profiles: { p: { names: p.a.example, method: priority, monitor: ping, ${TWO} } }`,
  "no-program": `${ZONE}monitors: { queue: { protocol: exec, command: [/check-queue] } }
profiles: { p: { names: p.a.example, method: priority, monitor: queue, ${TWO} } }`,
  "slow-ttl": `${MONITORED}profiles: { p: { names: p.a.example, method: priority, monitor: web, ttl: 1h, ${TWO} } }`,
  "overruled-key": inProfile(
    "method: geographic, whenRegionDown: nodata, whenAllDown: nodata, endpoints: { a: { address: 192.0.2.1, regions: WORLD } }",
  ),
  "host-beside-address": inProfile(
    "method: weighted, endpoints: { a: { address: 192.0.2.1 }, b: { host: b.example.net } }",
  ),
  "ttl-from-soa": "zones: { a.example: { file: bare.zone } }",
  "outside-zone": inFile("www.b.example. 300 A 192.0.2.1\n", "outside.zone"),
  "srv-alias": inZone("{ _s._tcp: { SRV: 0 0 1 a }, a: { CNAME: b } }"),
  "link-local-address": inZone("{ a: { A: 169.254.1.1 } }"),
  "not-utf8": inFile("; caf\udce9\n", "latin1.zone"),
  "more-warnings": `zones: { ${Array.from({ length: 101 }, (_, i) => `z${i}.example: { file: bare.zone }`).join(", ")} }`,
  "no-world": inProfile(
    "names: [p.a.example], method: geographic, endpoints: { a: { address: 192.0.2.1, regions: [DE], alwaysServe: true } }",
  ),
  "continent-code": endpoints("geographic", "regions: [NA, WORLD]", "regions: [EU], alwaysServe: true"),
  "mixed-families": inProfile(MIXED),
};

/** Profiles nested in a row, the last with an address. */
function chain(length: number): string {
  return Array.from({ length }, (_, i) => {
    const target = i === length - 1 ? "address: 192.0.2.1" : `profile: p${i + 1}`;
    return `  p${i}: { method: weighted, endpoints: { next: { ${target} } } }\n`;
  }).join("");
}

const CLIENT: Client = { address: ip("192.0.2.1"), location: locationOf("DE"), placedBy: "client" };

/** Databases that are named for what is wrong with them, and know Germany; one of autonomous systems knows
 * AS64500. Of clients nobody, where a rule is unproven. */
function databasesNamed(): DatabaseSource {
  let names: readonly string[] = [];
  return {
    open(opened) {
      names = opened;
      return opened.flatMap((name, index) => {
        if (!name.startsWith("geoip-")) return [];
        return [{ index, code: name as DiagnosticCode, what: "a GeoIP database", wanted: "another" }];
      });
    },
    locate: ({ residency }) => ({
      problems: [],
      regions: ["DE", "GEO-EU", "WORLD"],
      clients: residency.some(({ name }) => name === "unproven") ? [] : [CLIENT],
      asns: [64500],
      tellsAsns: names.includes("asns"),
      unused: names.flatMap((name, index) => (name === "unused-database" ? [index] : [])),
    }),
  };
}

test.for(Object.entries(examples))("loadConfig reports %s alone", ([code, text]) => {
  const companion = COMPANIONS[code as DiagnosticCode];
  const loaded = loadConfig({
    file: "demo.yaml",
    text,
    serial: 1,
    readFile: filesOf(files),
    databases: databasesNamed(),
    refusals: { ping: () => "it may not", program: () => "no such file" },
  });
  const told = loaded.ok ? loaded.value.warnings : loaded.error;
  expect([...new Set(told.map((diagnostic) => diagnostic.code))]).toEqual(
    companion === undefined ? [code] : [companion, code],
  );
  expect(loaded.ok).toBe(isWarning(code as DiagnosticCode));
});

test("diagnosticCodes: each meaning is one sentence or two", () => {
  const odd = Object.entries(diagnosticCodes).filter(([, meaning]) => !/^[A-Z].{10,120}\.$/.test(meaning));
  expect(odd).toEqual([]);
});

test("loadConfig takes profiles nested 10 levels deep", () => {
  expect(
    loadConfig({ file: "demo.yaml", text: `${ZONE}profiles:\n${chain(10)}`, serial: 1, readFile: filesOf(files) }).ok,
  ).toBe(true);
});

test("loadConfig reports the first level that is too deep, once, and survives a chain of thousands", () => {
  const loaded = loadConfig({
    file: "demo.yaml",
    text: `${ZONE}profiles:\n${chain(5000)}`,
    serial: 1,
    readFile: filesOf(files),
  });
  expect(loaded.ok ? [] : loaded.error).toMatchObject([
    {
      line: 2 + 4990,
      found: "p4989 → p4990 → p4991 → p4992 → p4993 → p4994 → p4995 → p4996 → p4997 → p4998 → p4999",
    },
  ]);
});
