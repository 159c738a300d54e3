/** Keys of other servers and services, and what is told in their place. */
import { expect, test } from "vitest";
import { knownKeys } from "../../../src/config/key-table.ts";
import { keyRemedy } from "../../../src/config/remedies/keys.ts";
import { diagnose } from "../diagnose.ts";

const ZONE = "zones: { t.example: { nameservers: ns.example.net } }\n";
const PROFILE = "names: p.t.example, method: priority, endpoints: { a: { address: 192.0.2.1 } }";

const top = (keys: string): string => `${ZONE}${keys}\n`;
const monitor = (keys: string): string => `${ZONE}monitors: { web: { protocol: http, ${keys} } }\n`;
const profile = (keys: string): string => `${ZONE}profiles: { p: { ${PROFILE}, ${keys} } }\n`;
const endpoint = (keys: string): string =>
  `${ZONE}profiles: { p: { names: p.t.example, method: priority, endpoints: { a: { ${keys} } } } }\n`;
const zone = (keys: string): string => `zones: { t.example: { nameservers: ns.example.net, ${keys} } }\n`;

const IN_PROFILE = "it where the endpoint is used: { use: NAME, ... } in a profile";

test.for<[text: string, wanted: string]>([
  // On an endpoint.
  [endpoint("address: 192.0.2.1, healthCheck: web"), "monitor: the name of one of the monitors"],
  [endpoint("address: 192.0.2.1, customHeaders: {}"), "headers: { Host: NAME }"],
  [endpoint("address: 192.0.2.1, datacenter: fra"), "site: the name of one of the sites"],
  [endpoint("address: 192.0.2.1, tags: {}"), "labels: { jurisdiction: EU }"],
  [endpoint("address: 192.0.2.1, provider: own"), "labels: { KEY: VALUE }: it is a label"],
  [endpoint("$ref: a"), "use: the name of an endpoint at the top level"],
  [endpoint("template: a"), "use: the name of an endpoint at the top level"],
  [endpoint("target: 192.0.2.1"), "address: the endpoint's IPv4 and IPv6 addresses"],
  [endpoint("addrs_v4: 192.0.2.1"), "address: the endpoint's IPv4 and IPv6 addresses"],
  [endpoint("cname: a.example.net"), "host: a host name, answered as CNAME"],
  [endpoint("url: https://a.example.net/"), "host: the host's name alone; path and port belong to the monitor"],
  [
    endpoint("address: 192.0.2.1, geoMapping: [DE]"),
    "regions: [DE, GEO-EU, WORLD] for whose clients it is; where it is: location, or site",
  ],
  [
    endpoint("address: 192.0.2.1, region: eu-west-1"),
    "regions: [DE, GEO-EU, WORLD] for whose clients it is; where it is: location, or site",
  ],
  [endpoint("address: 192.0.2.1, endpointLocation: westeurope"), "location: DE, or [50.1, 8.7]"],
  [endpoint("address: 192.0.2.1, subnets: 10.0.0.0/8"), "networks: [10.20.0.0/16]"],
  [endpoint("address: 192.0.2.1, endpointStatus: Enabled"), "enabled: true or false"],
  [
    endpoint("address: 192.0.2.1, failover: SECONDARY"),
    "method: priority in the profile, with the endpoints in their order",
  ],
  [
    endpoint("address: 192.0.2.1, backup: true"),
    "method: priority in the profile, with the endpoints in their order; or standby: true on this one",
  ],
  [endpoint("address: 192.0.2.1, ipRanges: []"), "networks: [10.0.0.0-10.0.3.255]"],
  [endpoint("address: 192.0.2.1, asn: 64500"), "asns: [64500]"],
  [endpoint("address: 192.0.2.1, geoproximityBias: 5"), "bias: -99 to 99"],
  [endpoint("address: 192.0.2.1, ratio: 3"), "weight: a whole number, relative to the other weights"],
  [endpoint("address: 192.0.2.1, minChildEndpoints: 1"), "minHealthy: 1"],
  [endpoint("pool: p"), "profile: the name of the profile to nest"],
  [
    endpoint("address: 192.0.2.1, port: 443"),
    "a monitor's key: monitors: { NAME: { protocol: https, path: /healthz } }, and monitor: NAME in the profile; DNS tells clients no port",
  ],
  [endpoint("address: 192.0.2.1, ttl: 60s"), "it in the profile: it holds for all its endpoints"],
  // On a profile.
  [profile("fallback: 192.0.2.9"), "whenAllDown: { fallback: ... }"],
  [profile("max_return: 2"), "maxAnswers: 2, with method: multivalue"],
  [profile("sessionAffinity: ip"), "sticky: client"],
  [profile("rotation: random"), "order: rotate, or fixed"],
  [profile("standby: true"), "it on the endpoints of the profile"],
  [profile("healthCheckId: abc"), "monitor: the name of one of the monitors"],
  [
    profile("path: /healthz"),
    "a monitor's key: monitors: { NAME: { protocol: https, path: /healthz } }, and monitor: NAME in the profile",
  ],
  [profile("weight: 5"), "it on the endpoints of the profile"],
  [
    `${ZONE}profiles: { p: { names: p.t.example, trafficRoutingMethod: Performance, endpoints: { a: { address: 192.0.2.1 } } } }\n`,
    "method: priority, weighted, performance, geographic, multivalue or subnet",
  ],
  [
    `${ZONE}profiles: { p: { names: p.t.example, method: priority, backends: { a: { address: 192.0.2.1 } } } }\n`,
    "endpoints: { NAME: { address: 192.0.2.1 } }",
  ],
  [
    `${ZONE}profiles: { p: { relativeName: p, method: priority, endpoints: { a: { address: 192.0.2.1 } } } }\n`,
    "names: [shop.example.com]",
  ],
  [
    `${ZONE}profiles: { p: { names: p.t.example, method:performance, endpoints: { a: { address: 192.0.2.1 } } } }\n`,
    'a space after the colon: "method: ..."',
  ],
  // On a monitor.
  [monitor("uri: /healthz"), "path: /healthz; what is probed are the endpoints, at the monitor's port"],
  [monitor("vhost: a.example"), "headers: { Host: NAME }, which sets the TLS server name too"],
  [monitor("ok_codes: [200]"), "expectedStatus: 200-299"],
  [monitor("intervalInSeconds: 30"), "interval: 30s"],
  [monitor("timeoutInSeconds: 10"), "timeout: 10s"],
  [monitor("toleratedNumberOfFailures: 3"), "toleratedFailures: 3"],
  [monitor("failureThreshold: 3"), "toleratedFailures: one less than that, since the next failure counts"],
  [monitor("up_thresh: 2"), "recoverAfter: 2"],
  [monitor("insecure: true"), "verifyCertificate: true, or nothing: certificates are not verified by default"],
  [monitor("tlsSkipVerify: true"), "verifyCertificate: true, or nothing: certificates are not verified by default"],
  [monitor("successThreshold: 2"), "recoverAfter: 2"],
  [monitor("fastinter: 2s"), "fastInterval: 5s"],
  [monitor("slow_start: 30s"), "rampUp: 5m"],
  [monitor("preempt: false"), "failback: auto, manual or after 10m"],
  [monitor("checks: [a, b]"), "all: [NAME, NAME], or atLeast: 2 with of: [NAME, NAME, NAME]"],
  [monitor("searchString: ok"), "contains: TEXT, or matches: a regular expression"],
  [monitor("jsonPath: $.a"), 'json: { path: "$.status", equals: ok }'],
  [monitor("httpMethod: HEAD"), "method: GET, HEAD or POST"],
  [monitor("httpVersion: 2"), "http2: true"],
  [monitor("basicAuth: {}"), "authorization: { user: NAME, file: FILE }; a token has no user"],
  [monitor("caFile: ca.pem"), "ca: FILE"],
  [monitor("tlsCert: a.pem"), "clientCertificate: FILE, and clientKey: FILE"],
  [monitor("sni: a.example"), "serverName: NAME; headers: { Host: NAME } sets it too, with protocol: https"],
  [monitor("certExpiry: 14"), "minDaysLeft: 14"],
  [monitor("send-proxy-v2: true"), "proxyProtocol: true"],
  [monitor("useTLS: true"), "tls: true with protocol tcp or grpc; else protocol: https"],
  [monitor("startTLS: true"), "none: TLS begins at once; a program may do more, with protocol: exec"],
  [monitor("payload: PING"), 'send: "PING\\r\\n", with protocol: tcp'],
  [monitor("banner: SSH"), "expect: TEXT"],
  [monitor("grpcService: shop"), "service: NAME, with protocol: grpc"],
  [monitor("grpc: {}"), "protocol: grpc, with service: NAME"],
  [monitor("qname: t.example"), "query: NAME, with protocol: dns"],
  [monitor("rcode: NXDOMAIN"), "expectedRcode: NOERROR"],
  [monitor("soaSerial: 5"), "notOlderThan: SERVER, with type: SOA"],
  [monitor("script: a.sh"), "command: [/path/of/program, argument], with protocol: exec"],
  [monitor("promql: up"), "expression: up, with protocol: prometheus"],
  [monitor("heartbeat: 60s"), "validFor: 90s, with protocol: push"],
  [`${ZONE}monitors: { web: { kind: http } }\n`, "protocol: https, or another protocol"],
  // At the top and in its sections.
  ["domains: [{ domain: t.example }]\n", "zones: { NAME: { nameservers: [NAME, NAME] } }"],
  [top("service_types: {}"), "monitors: { NAME: { protocol: https, path: /healthz } }"],
  [top("plugins: {}"), "names that are steered under profiles, others in the records of a zone"],
  [top("templates: {}"), "endpoints: { NAME: { address: 192.0.2.1 } }, and { use: NAME } in a profile"],
  [top("locations: {}"), "sites: { NAME: { location: DE } }, and site: NAME on the endpoints there"],
  [top("storage: a.db"), "state: { file: FILE }"],
  [top("control: a.sock"), "listen: { control: PATH }"],
  [top("tls: {}"), "api: { tls: { certificate: FILE, key: FILE } }"],
  [top("auth: {}"), "api: { tokens: FILE }"],
  [top("watch: true"), "reload: { watch: true }"],
  [top("endpoints: { a: { address: 192.0.2.1, weight: 3 } }"), IN_PROFILE],
  [top("endpoints: { a: { address: 192.0.2.1, standby: true } }"), IN_PROFILE],
  [top("endpoints: { a: { use: b } }"), "its keys themselves: an endpoint at the top level uses no other"],
  [top("endpoints: { a: { cname: a.example.net } }"), "host: a host name, answered as CNAME"],
  [top("sites: { m: { country: DE } }"), "location: DE, or [50.1, 8.7]"],
  [top("sites: { m: { tags: {} } }"), "labels: { jurisdiction: EU }"],
  [top("sites: { m: { provider: own } }"), "labels: { KEY: VALUE }: it is a label"],
  [top("sites: { m: { endpoints: [a] } }"), "site: NAME on each endpoint that is there"],
  [top("listen: { socket: a.sock }"), "control: the path of a Unix socket"],
  [top("api: { token: abc }"), "tokens: FILE"],
  [top("api: { cert: a.pem }"), "tls: { certificate: FILE, key: FILE }"],
  [top("api: { tls: { cert: a.pem, key: b.pem } }"), "certificate: FILE"],
  [top("state: { retention: 30d }"), "keep: 90d"],
  [top("port: 53"), 'listen: { dns: ["0.0.0.0:53", "[::]:53"] }'],
  [top("logging: debug"), "log: { level: debug }"],
  [top("mmdb: a.mmdb"), "geoip: { databases: FILE }"],
  [top("listen: { port: 53 }"), 'dns: ["0.0.0.0:53", "[::]:53"]'],
  [top("listen: { doh: 443 }"), "none of it: DNS is served over UDP and TCP alone"],
  [top("geoip: { file: a.mmdb }"), "databases: FILE"],
  [zone("email: a@t.example"), "contact: hostmaster@example.com"],
  [zone("serial: 7"), "it below soa: { serial: 2026010100, refresh: 2h, ... }"],
  [zone("allow-transfer: any"), "none of it: each server reads its own files, and zones are not transferred"],
  [zone("dnssec: true"), "none of it: zones are unsigned"],
  ["zones: { t.example: { ns: ns.example.net } }\n", "nameservers: [NAME, NAME]"],
  // Anywhere.
  [
    `common: &c { protocol: http }\n${monitor("<<: *c")}`,
    "the keys written out: YAML 1.2 has no merge keys; &name and *name stand for whole values",
  ],
  [
    `${ZONE}monitors: { <<: { web: { protocol: http } } }\n`,
    "the keys written out: YAML 1.2 has no merge keys; &name and *name stand for whole values",
  ],
])("%s", ([text, wanted]) => {
  const lines = diagnose(text).filter((line) => !line.includes('"common"'));
  expect(lines).toEqual([expect.stringMatching(/ (unknown key|bad name), found /)]);
  expect(lines[0]!.split(", wanted ")[1]).toBe(wanted);
});

test("a file of another kind is told as one, and none of its keys", () => {
  const lines = diagnose("hunter2: x\nswordfish: y\n");
  expect(lines).toEqual([
    "demo.yaml:1:1 top level: no configuration of geosteer, found 2 keys, none of them known, wanted zones, monitors, profiles",
  ]);
});

test("a key that is like a known one is no file of another kind", () => {
  expect(diagnose("zone: {}\nhunter2: x\n")).toEqual([
    expect.stringContaining('zone: unknown key, found "zone"'),
    expect.stringContaining('hunter2: unknown key, found "hunter2"'),
  ]);
});

test("a file that is one text is not quoted", () => {
  const shadow = "root:$6$salt$hash:19000::::::\n";
  expect(diagnose(shadow)).toEqual([expect.stringContaining("found 1 key, none of them known")]);
  expect(diagnose("hunter2 swordfish\n")).toEqual([
    "demo.yaml:1:1 top level: wrong type, found a text, wanted a mapping: the configuration",
  ]);
});

test.for(
  `|listen|api|api.tls|geoip|state|zones.z|monitors.m|sites.s|endpoints.e|profiles.p|profiles.p.endpoints.e`.split("|"),
)("no key that is known at %j has a remedy", (at) => {
  const path = at === "" ? [] : at.split(".");
  expect(knownKeys(path).length).toBeGreaterThan(0);
  expect(knownKeys(path).filter((key) => keyRemedy([...path, key]) !== undefined)).toEqual([]);
});
