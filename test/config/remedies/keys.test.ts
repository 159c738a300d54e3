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

test.for<[text: string, wanted: string]>([
  // On an endpoint.
  [
    endpoint("address: 192.0.2.1, monitor: web"),
    "monitor in the profile, for all its endpoints; one that is probed otherwise is a profile of its own, nested here: profile: NAME",
  ],
  [endpoint("target: 192.0.2.1"), "address: the endpoint's IPv4 and IPv6 addresses"],
  [endpoint("addrs_v4: 192.0.2.1"), "address: the endpoint's IPv4 and IPv6 addresses"],
  [endpoint("cname: a.example.net"), "host: a host name, answered as CNAME"],
  [endpoint("url: https://a.example.net/"), "host: the host's name alone; path and port belong to the monitor"],
  [endpoint("address: 192.0.2.1, geoMapping: [DE]"), "regions: [DE, GEO-EU, WORLD]"],
  [endpoint("address: 192.0.2.1, endpointLocation: westeurope"), "location: DE, or [50.1, 8.7]"],
  [endpoint("address: 192.0.2.1, subnets: 10.0.0.0/8"), "networks: [10.20.0.0/16]"],
  [endpoint("address: 192.0.2.1, endpointStatus: Enabled"), "enabled: true or false"],
  [
    endpoint("address: 192.0.2.1, failover: SECONDARY"),
    "method: priority in the profile, with the endpoints in their order",
  ],
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
  [profile("max_return: 2"), "none: all addresses of the chosen endpoint are answered"],
  [profile("healthCheckId: abc"), "monitor: the name of one of the monitors"],
  [
    profile("path: /healthz"),
    "a monitor's key: monitors: { NAME: { protocol: https, path: /healthz } }, and monitor: NAME in the profile",
  ],
  [profile("weight: 5"), "it on the endpoints of the profile"],
  [
    `${ZONE}profiles: { p: { names: p.t.example, trafficRoutingMethod: Performance, endpoints: { a: { address: 192.0.2.1 } } } }\n`,
    "method: priority, weighted, performance or geographic",
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
  [monitor("url: /healthz"), "path: /healthz; what is probed are the endpoints, at the monitor's port"],
  [monitor("vhost: a.example"), "headers: { Host: NAME }, which sets the TLS server name too"],
  [monitor("ok_codes: [200]"), "expectedStatus: 200-299"],
  [monitor("intervalInSeconds: 30"), "interval: 30s"],
  [monitor("timeoutInSeconds: 10"), "timeout: 10s"],
  [monitor("toleratedNumberOfFailures: 3"), "toleratedFailures: 3"],
  [monitor("failureThreshold: 3"), "toleratedFailures: one less than that, since the next failure counts"],
  [monitor("up_thresh: 2"), "recoverAfter: 2"],
  [monitor("insecure: true"), "verifyCertificate: true, or nothing: certificates are not verified by default"],
  [monitor("searchString: ok"), "expectedStatus: the body of a response is not read"],
  [monitor("method: HEAD"), "none: probes send GET"],
  [`${ZONE}monitors: { web: { kind: http } }\n`, "protocol: http, https, tcp or dns"],
  // At the top and in its sections.
  ["domains: [{ domain: t.example }]\n", "zones: { NAME: { nameservers: [NAME, NAME] } }"],
  [top("service_types: {}"), "monitors: { NAME: { protocol: https, path: /healthz } }"],
  [top("plugins: {}"), "names that are steered under profiles, others in the records of a zone"],
  [top("endpoints: {}"), "them in a profile: profiles: { NAME: { method: priority, endpoints: ... } }"],
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

test.for(["", "listen", "geoip", "zones.z", "monitors.m", "profiles.p", "profiles.p.endpoints.e"])(
  "no key that is known at %j has a remedy",
  (at) => {
    const path = at === "" ? [] : at.split(".");
    expect(knownKeys(path).length).toBeGreaterThan(0);
    expect(knownKeys(path).filter((key) => keyRemedy([...path, key]) !== undefined)).toEqual([]);
  },
);
