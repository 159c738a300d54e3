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
      `demo.yaml:2:88 profiles.a.endpoints.x.host: a host that leads to itself, found a → a.gtm.example.com → a, wanted another host: resolvers would follow it without end`,
    ],
  ],
  [
    "profiles whose hosts are each other's names",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  p: { names: [p.gtm.example.com], method: priority, endpoints: { x: { host: q.gtm.example.com } } }
  q: { names: [q.gtm.example.com], method: priority, endpoints: { x: { host: p.gtm.example.com } } }
`,
    [
      "demo.yaml:4:78 profiles.q.endpoints.x.host: a host that leads to profiles that lead back to it, found p → q.gtm.example.com → q → p.gtm.example.com → p, wanted another host: resolvers would follow it without end",
    ],
  ],
  [
    "a fallback that leads back through an alias, a wildcard and a nested profile",
    `
zones:
  gtm.example.com:
    nameservers: [ns.example.net]
    records: { "*.w": { CNAME: q.gtm.example.com. } }
profiles:
  p:
    names: [p.gtm.example.com]
    method: priority
    whenAllDown: { fallback: x.w.gtm.example.com }
    endpoints: { x: { address: 192.0.2.1 } }
  q: { names: [q.gtm.example.com], method: priority, endpoints: { x: { profile: p } } }
`,
    [
      "demo.yaml:11:81 profiles.q.endpoints.x.profile: a profile nested in itself, found p → x.w.gtm.example.com → q → p, wanted profiles without a loop",
    ],
  ],
  [
    "hosts below wildcards: of their own profile, and of one that leads back",
    `
zones:
  gtm.example.com:
    nameservers: [ns.example.net]
    records: { alias: { CNAME: x.q } }
profiles:
  p: { names: ["*.p.gtm.example.com"], method: priority, endpoints: { x: { host: a.b.p.gtm.example.com } } }
  q: { names: ["*.q.gtm.example.com"], method: priority, endpoints: { x: { host: r.gtm.example.com } } }
  r: { names: [r.gtm.example.com], method: priority, endpoints: { x: { host: alias.gtm.example.com } } }
`,
    [
      "demo.yaml:6:82 profiles.p.endpoints.x.host: a host that leads to itself, found p → a.b.p.gtm.example.com → p, wanted another host: resolvers would follow it without end",
      "demo.yaml:8:78 profiles.r.endpoints.x.host: a host that leads to profiles that lead back to it, found q → r.gtm.example.com → r → alias.gtm.example.com → q, wanted another host: resolvers would follow it without end",
    ],
  ],
  [
    "hosts that a wildcard does not cover, because they exist or lie below a name that does",
    `
zones:
  gtm.example.com:
    nameservers: [ns.example.net]
    records: { here.p: { A: 192.0.2.1 } }
profiles:
  p: { names: ["*.p.gtm.example.com"], method: priority, endpoints: { x: { host: here.p.gtm.example.com } } }
  q: { names: ["*.q.gtm.example.com", "*.a.q.gtm.example.com"], method: priority, endpoints: { x: { address: 192.0.2.1 } } }
  r: { names: ["*.r.gtm.example.com"], method: priority, endpoints: { x: { host: b.a.q.gtm.example.com } } }
`,
    [],
  ],
  [
    "a host that leads to another profile, or out of the zones, or into a delegation, is no loop",
    `
zones:
  gtm.example.com:
    nameservers: [ns.example.net]
    records: { cut: { NS: ns.example.net. } }
profiles:
  p: { names: [p.gtm.example.com], method: priority, endpoints: { x: { host: q.gtm.example.com }, y: { host: a.cut.gtm.example.com } } }
  q: { names: [q.gtm.example.com], method: priority, endpoints: { x: { address: 192.0.2.1 } } }
`,
    [],
  ],
])("checkNesting: %s", ([, text, lines]) => {
  expect(diagnose(text.slice(1))).toEqual(lines);
});
