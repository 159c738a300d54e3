import { expect, test } from "vitest";
import { diagnose } from "../diagnose.ts";

test.for<[behaviour: string, text: string, lines: readonly string[]]>([
  [
    "a name outside every zone, a name twice",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  a: { names: [a.gtm.example.com, A.gtm.example.com., b.example.org], method: weighted, endpoints: { a: { address: 192.0.2.1 } } }
  b: { names: [a.gtm.example.com], method: weighted, endpoints: { a: { address: 192.0.2.1 } } }
`,
    [
      "demo.yaml:3:35 profiles.a.names[1]: the same name twice, found a.gtm.example.com, wanted each name once",
      'demo.yaml:3:55 profiles.a.names[2]: name outside every zone, found "b.example.org", wanted a name at or below one of the zones',
      "demo.yaml:4:16 profiles.b.names[0]: a name of two profiles, found a.gtm.example.com, also of a, wanted each name once",
    ],
  ],
  [
    "a name with static records, a name in a delegation",
    `
zones:
  a.example:
    nameservers: [ns.example.net]
    records: { www: { A: 192.0.2.1 }, lab: { NS: ns.example.net. } }
profiles:
  p: { names: [www.a.example, p.lab.a.example], method: weighted, endpoints: { a: { address: 192.0.2.1 } } }
`,
    [
      `demo.yaml:6:16 profiles.p.names[0]: the name has static A records, found "www.a.example", wanted a name whose A, AAAA and CNAME are the profile's alone`,
      'demo.yaml:6:31 profiles.p.names[1]: the name lies in the delegation of lab.a.example, found "p.lab.a.example", wanted a name that is not delegated away',
    ],
  ],
  [
    "a name with other records, which addresses may have beside them and a host may not",
    `
zones:
  a.example:
    nameservers: [ns.example.net]
    records: { "@": { TXT: "v=spf1 -all", MX: "10 mail.example.net." }, www: { TXT: hello } }
profiles:
  p: { names: [a.example], method: weighted, endpoints: { a: { address: 192.0.2.1 } } }
  q: { names: [www.a.example], method: weighted, endpoints: { a: { host: www.example.net } } }
`,
    [
      `demo.yaml:7:16 profiles.q.names[0]: the name has static TXT records, found "www.a.example", wanted a name without records: the profile may answer with a host`,
    ],
  ],
  [
    "a host anywhere beneath a profile at an apex, fallbacks included",
    `
zones: { a.example: { nameservers: [ns.example.net] }, b.example: { nameservers: [ns.example.net] } }
profiles:
  p: { names: [a.example], method: weighted, endpoints: { a: { address: 192.0.2.1 }, b: { profile: q } } }
  q: { method: weighted, endpoints: { a: { host: www.example.net } } }
  r: { names: [b.example], method: weighted, whenAllDown: { fallback: www.example.net }, endpoints: { a: { address: 192.0.2.1 } } }
`,
    [
      "demo.yaml:3:16 profiles.p.names[0]: a profile with a host at a zone apex, found p → q → www.example.net, wanted addresses alone, or a name below the apex",
      "demo.yaml:5:16 profiles.r.names[0]: a profile with a host at a zone apex, found r → www.example.net, wanted addresses alone, or a name below the apex",
    ],
  ],
  [
    "addresses at an apex are fine, and a host below it",
    `
zones: { a.example: { nameservers: [ns.example.net] } }
profiles:
  p: { names: [a.example], method: weighted, endpoints: { a: { address: 192.0.2.1 } } }
  q: { names: [www.a.example], method: weighted, endpoints: { a: { host: www.example.net } } }
`,
    [],
  ],
  [
    "a zone that is not well-formed still holds its names",
    `
zones: { a.example: [] }
profiles:
  p: { names: [www.a.example, www.b.example], method: weighted, endpoints: { a: { address: 192.0.2.1 } } }
`,
    [
      'demo.yaml:1:21 zones."a.example": wrong type, found an empty list, wanted a mapping: a zone',
      'demo.yaml:3:31 profiles.p.names[1]: name outside every zone, found "www.b.example", wanted a name at or below one of the zones',
    ],
  ],
  [
    "wildcards: below an apex, in one another, beside names that exist and beside static data of other types",
    `
zones:
  a.example:
    nameservers: [ns.example.net]
    records: { "*.apps": { TXT: x, MX: 10 mail.example.net. }, www.apps: { A: 192.0.2.1 }, cut.apps: { NS: ns.example.net. } }
profiles:
  p: { names: ["*.a.example", "*.apps.a.example", a.apps.a.example], method: weighted, endpoints: { a: { address: 192.0.2.1 } } }
  q: { names: ["*.b.apps.a.example"], method: weighted, endpoints: { a: { host: www.example.net } } }
`,
    [],
  ],
  [
    "a wildcard twice, outside every zone, in a delegation, or of static data too",
    `
zones:
  a.example:
    nameservers: [ns.example.net]
    records: { "*.alias": { CNAME: www }, "*.text": { TXT: x }, cut: { NS: ns.example.net. } }
profiles:
  p: { names: ["*.a.example", "*.A.example.", "*.example"], method: weighted, endpoints: { a: { address: 192.0.2.1 } } }
  q: { names: ["*.a.example", "*.cut.a.example", "*.alias.a.example"], method: weighted, endpoints: { a: { address: 192.0.2.1 } } }
  r: { names: ["*.text.a.example"], method: weighted, endpoints: { a: { host: www.example.net } } }
`,
    [
      "demo.yaml:6:31 profiles.p.names[1]: the same name twice, found *.a.example, wanted each name once",
      'demo.yaml:6:47 profiles.p.names[2]: name outside every zone, found "*.example", wanted a name at or below one of the zones',
      "demo.yaml:7:16 profiles.q.names[0]: a name of two profiles, found *.a.example, also of p, wanted each name once",
      'demo.yaml:7:31 profiles.q.names[1]: the name lies in the delegation of cut.a.example, found "*.cut.a.example", wanted a name that is not delegated away',
      `demo.yaml:7:50 profiles.q.names[2]: the name has static CNAME records, found "*.alias.a.example", wanted a name whose A, AAAA and CNAME are the profile's alone`,
      `demo.yaml:8:16 profiles.r.names[0]: the name has static TXT records, found "*.text.a.example", wanted a name without records: the profile may answer with a host`,
    ],
  ],
  [
    "names that are none",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  a: { names: ["a.*.gtm.example.com"], method: weighted, endpoints: { a: { address: 192.0.2.1 } } }
  b: { names: [aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.gtm.example.com], method: weighted, endpoints: { a: { address: 192.0.2.1 } } }
  c: { names: [a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.gtm.example.com], method: weighted, endpoints: { a: { address: 192.0.2.1 } } }
`,
    [
      'demo.yaml:3:16 profiles.a.names[0]: an asterisk that is no wildcard, found "a.*.gtm.example.com", wanted * as the whole first label, such as *.apps.example.com',
      'demo.yaml:4:16 profiles.b.names[0]: a label longer than the DNS allows, found "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…", wanted labels of at most 63 octets',
      `demo.yaml:5:16 profiles.c.names[0]: a name longer than the DNS allows, found "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.…", wanted at most 255 octets, the zone's included`,
    ],
  ],
])("checkProfileNames: %s", ([, text, lines]) => {
  expect(diagnose(text.slice(1))).toEqual(lines);
});

test("checkProfileNames: a name that is relative to a zone", () => {
  const zones = "zones: { gtm.example.com: { nameservers: ns.example.net } }\n";
  const profiles = "profiles: { a: { names: shop, method: weighted, endpoints: { a: { address: 192.0.2.1 } } } }\n";
  expect(diagnose(zones + profiles)).toEqual([
    'demo.yaml:2:25 profiles.a.names: name outside every zone, found "shop", wanted a name at or below one of the zones: did you mean shop.gtm.example.com?',
  ]);
});
