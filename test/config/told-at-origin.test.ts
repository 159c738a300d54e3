/** What is wrong with an endpoint at the top level only beside others is told where it is used. */
import { expect, test } from "vitest";
import { diagnose, warningsOf } from "./diagnose.ts";

const ENDPOINTS = `zones: { t.example: { nameservers: [ns.example.net] } }
endpoints:
  of-p: { profile: p }
  old: { address: 192.0.2.1 }
  new: { address: [192.0.2.2, "2001:db8::2"] }
  host: { host: a.example.net }
profiles:
`;

const told = (lines: readonly string[]): readonly string[] => lines.map((line) => line.replace(/,.*/s, ""));

test.for<[behaviour: string, profiles: string, lines: readonly string[]]>([
  [
    "a loop",
    `
  p: { method: weighted, endpoints: { a: { use: of-p } } }
  q: { method: weighted, endpoints: { a: { use: of-p }, b: { use: old } } }
`,
    ["demo.yaml:8:49 profiles.p.endpoints.a.use: a profile nested in itself"],
  ],
  [
    "no location",
    `
  p: { method: performance, endpoints: { a: { use: old }, b: { use: new, location: DE } } }
`,
    ["demo.yaml:8:42 profiles.p.endpoints.a.location: no location"],
  ],
])("problems: %s", ([, profiles, lines]) => {
  expect(told(diagnose(ENDPOINTS + profiles.slice(1)))).toEqual(lines);
});

test("problems: what is refused at the top level is told there alone", () => {
  const text = `zones: { t.example: { nameservers: [ns.example.net] } }
endpoints: { bavaria: { location: Bavaria, host: b.example.net } }
profiles: { p: { method: performance, endpoints: { a: { use: bavaria } } } }
`;
  expect(told(diagnose(text))).toEqual(["demo.yaml:2:35 endpoints.bavaria.location: Bavaria is a name"]);
});

test("warnings: families that differ, hosts beside addresses", () => {
  const profiles = `
  p: { method: priority, endpoints: { a: { use: new }, b: { use: old } } }
  q: { method: weighted, endpoints: { a: { use: host }, b: { use: old } } }
  r: { method: weighted, endpoints: { a: { use: of-p } } }
`;
  expect(told(warningsOf(ENDPOINTS + profiles.slice(1)))).toEqual([
    "demo.yaml:8:66 profiles.p.endpoints.b.use: its clients get no AAAA records while b is up",
    "demo.yaml:9:49 profiles.q.endpoints.a.use: up to 75 % of the clients that ask for A and AAAA get a",
  ]);
});
