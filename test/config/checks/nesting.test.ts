import { expect, test } from "vitest";
import { diagnose } from "../diagnose.ts";

test.for<[behaviour: string, text: string, lines: readonly string[]]>([
  [
    "a profile in itself",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles: { a: { method: weighted, endpoints: { x: { profile: a } } } }
`,
    [
      "demo.yaml:2:63 profiles.a.endpoints.x.profile: a profile nested in itself, found a → a, wanted profiles without a loop",
    ],
  ],
  [
    "a loop of three",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  a: { method: weighted, endpoints: { x: { profile: b } } }
  b: { method: weighted, endpoints: { x: { profile: c } } }
  c: { method: weighted, endpoints: { x: { profile: b }, y: { profile: a } } }
`,
    [
      "demo.yaml:5:53 profiles.c.endpoints.x.profile: a profile nested in itself, found b → c → b, wanted profiles without a loop",
      "demo.yaml:5:72 profiles.c.endpoints.y.profile: a profile nested in itself, found a → b → c → a, wanted profiles without a loop",
    ],
  ],
  [
    "a profile reached on two ways is no loop",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  a: { method: weighted, endpoints: { x: { profile: b }, y: { profile: c } } }
  b: { method: weighted, endpoints: { x: { profile: c } } }
  c: { method: weighted, endpoints: { a: { address: 192.0.2.1 } } }
`,
    [],
  ],
  [
    "a host that is the profile's own name",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles: { a: { names: [a.gtm.example.com], method: weighted, endpoints: { x: { host: A.gtm.example.com. } } } }
`,
    [
      `demo.yaml:2:88 profiles.a.endpoints.x.host: a host that is the profile's own name, found "A.gtm.example.com.", wanted another host`,
    ],
  ],
])("checkNesting: %s", ([, text, lines]) => {
  expect(diagnose(text.slice(1))).toEqual(lines);
});
