/** Any text as a configuration; a zone file and cookie secrets that it may name are there. */
import { readFileSync } from "node:fs";
import type { Chance } from "../chance.ts";
import { checkConfig } from "../check-config.ts";
import { mutateText, textOf } from "../mutate-text.ts";
import type { Target } from "../target.ts";

const FILES = [
  ["f.zone", "$TTL 1h\n@ SOA ns1 admin 1 2h 15m 14d 60\n@ NS ns1\nns1 A 192.0.2.53\nw CNAME ns1\n"],
  ["secrets.txt", "8f1d39a95c0b0d7c65d08458e880409b\n"],
] as const;

const HEAD = `geoip: { groupings: { dach: [DE, AT, CH], mine: [EEA, CH] } }
zones:
  z.example:
    nameservers: [ns1.z.example]
    records:
      ns1: { A: 192.0.2.53 }
`;

const EXAMPLES = ["example", "demo"].map((name) =>
  readFileSync(new URL(`../../../config/${name}.yaml`, import.meta.url), "utf8"),
);

/** Small ones, so that many a second can be read; together they have every kind of value. */
const MODELS: readonly string[] = [
  HEAD,
  `${HEAD}      "@":\n        MX: [10 mail, 20 mail.example.net.]\n        CAA: 0 issue "ca.example.net"\n      mail: { AAAA: "2001:db8::1" }\n      "*.w": { CNAME: mail }\n      _s._tcp: { SRV: 0 5 5060 mail }\n`,
  `${HEAD}      t:\n        TXT:\n          ttl: 1h\n          values: ['"a b" "c"', d]\n      lab: { NS: [ns.lab, ns.example.net.] }\n      ns.lab: { A: 192.0.2.54 }\n`,
  `${HEAD}profiles:\n  p:\n    names: [p.z.example]\n    method: performance\n    endpoints:\n      a: { address: [192.0.2.1, "2001:db8::1"], location: DE }\n      b: { host: b.example.net, location: [38.95, -77.45] }\n`,
  `${HEAD}profiles:\n  p:\n    method: priority\n    endpoints:\n      a: { address: 192.0.2.1, priority: 1 }\n      b: { address: 192.0.2.2, priority: 2, networks: [10.0.0.0/8] }\n  q:\n    names: [q.z.example]\n    method: geographic\n    whenRegionDown: nearest\n    whenAllDown: { fallback: [192.0.2.99] }\n    endpoints:\n      a: { profile: p, regions: [GEO-EU, DE-BY, dach, EU], minHealthy: 1 }\n      b: { address: 192.0.2.3, regions: [WORLD], alwaysServe: true }\n`,
  `${HEAD}monitors:\n  web: { protocol: https, port: 443, path: /h, interval: 30s, expectedStatus: ["200-299"], headers: { Host: x } }\n  d: { protocol: dns, query: www.example.com, type: A }\nprofiles:\n  p:\n    names: [p.z.example]\n    method: weighted\n    monitor: web\n    endpoints:\n      a: { address: 192.0.2.1, weight: 9, probe: "192.0.2.1:80" }\n`,
  `${HEAD}  f.example: { file: f.zone }\n  g.example:\n    nameservers: [ns1.f.example]\n    ttl: 1h\n    soa: { ttl: 1m, refresh: 2h, retry: 15m, expire: 14d, minimum: 60s }\n`,
  `dns:\n  identity: { name: me, version: "1", whoami: true, allow: [10.0.0.0/8] }\n  cookies: { secrets: secrets.txt }\n  ecs: { ipv4: 24, ipv6: 48 }\n  rateLimit: { responses: 20, nxdomains: 5, amplified: 50, all: 500, server: 1000, window: 15s, slip: 2, ipv4Prefix: 24, exempt: 10.0.0.0/8 }\n${HEAD}`,
  `listen: { dns: ["0.0.0.0:53", "[::]:53"], http: off, workers: 2 }\nlog: { level: info }\ngeoip:\n  databases: [a.mmdb]\n  networks:\n    hq: { cidrs: [10.20.0.0/16, "2001:db8:20::/48"], location: DE-BY }\n${HEAD}`,
];

const models = MODELS.map((text) => new TextEncoder().encode(text));

export const config: Target = {
  name: "config",
  form: "txt",
  variants: 1,
  models,
  /** A model, or lines of two examples. */
  generate(chance) {
    if (chance.below(2) === 0) return chance.pick(models);
    return new TextEncoder().encode(`${lines(chance)}\n${lines(chance)}\n`);
  },
  mutate: mutateText,
  check: (input) => checkConfig("fuzz.yaml", new Map([...FILES, ["fuzz.yaml", textOf(input)]])),
};

function lines(chance: Chance): string {
  const all = chance.pick(EXAMPLES).split("\n");
  const start = chance.below(all.length);
  return all.slice(start, start + chance.below(20)).join("\n");
}
