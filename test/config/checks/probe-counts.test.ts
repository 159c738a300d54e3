import { expect, test } from "vitest";
import { diagnose } from "../diagnose.ts";

const addresses = (count: number): string => `[${Array.from({ length: count }, (_, i) => `192.0.2.${i}`).join(", ")}]`;

const endpoint = (monitor: string, keys: string): readonly string[] =>
  diagnose(`zones: { t.example: { nameservers: [ns.example.net] } }
monitors:
  web: { protocol: https }
  any: { protocol: https, addresses: any }
  first: { protocol: https, addresses: first }
  both: { all: [web, any], addresses: any }
profiles:
  p: { method: weighted, monitor: ${monitor}, endpoints: { a: { ${keys} } } }
`);

test.for<[monitor: string, keys: string, lines: readonly string[]]>([
  ["web", `address: ${addresses(10)}`, []],
  [
    "web",
    `address: ${addresses(11)}`,
    [
      "demo.yaml:8:58 profiles.p.endpoints.a.address: more addresses than can leave an answer one by one, found 11 addresses, wanted at most 10, or addresses: any or first in monitor web",
    ],
  ],
  ["any", `address: ${addresses(64)}`, []],
  [
    "both",
    `address: ${addresses(33)}`,
    [
      "demo.yaml:8:59 profiles.p.endpoints.a.address: more than 64 probes for one endpoint, found 66 probes of 33 addresses, wanted at most 64 in all, or addresses: first in monitor both",
    ],
  ],
  ["first", `address: ${addresses(100)}`, []],
  ["web", `address: ${addresses(11)}, probe: 192.0.2.200`, []],
  ["web", `address: ${addresses(11)}, alwaysServe: true`, []],
])("checkProbeCounts: %s, %s", ([monitor, keys, lines]) => {
  expect(endpoint(monitor, keys)).toEqual(lines);
});
