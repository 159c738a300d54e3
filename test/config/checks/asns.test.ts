import { expect, test } from "vitest";
import { diagnose } from "../diagnose.ts";

const inProfile = (endpoints: string): string => `zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop:
    method: geographic
    endpoints:
      all: { address: 192.0.2.9, regions: WORLD }
${endpoints}
`;

test.for<[behaviour: string, text: string, lines: readonly string[]]>([
  [
    "one on two endpoints of a profile, or twice on one",
    inProfile(`      a: { address: 192.0.2.1, asns: [64500, 64501, 64500] }
      b: { address: 192.0.2.2, asns: 64501 }`),
    [
      "demo.yaml:7:53 profiles.shop.endpoints.a.asns[2]: the same autonomous system twice, found 64500, wanted each autonomous system on one endpoint",
      "demo.yaml:8:38 profiles.shop.endpoints.b.asns: an autonomous system on two endpoints, found 64501, also on a, wanted each autonomous system on one endpoint",
    ],
  ],
  [
    "one on endpoints of two profiles is fine",
    `${inProfile("      a: { address: 192.0.2.1, asns: 64500 }")}
  other: { method: subnet, endpoints: { a: { address: 192.0.2.1, asns: 64500 } } }
`,
    [],
  ],
  [
    "any number that one can be: private, reserved, AS_TRANS",
    inProfile("      a: { address: 192.0.2.1, asns: [1, 23456, 64500, 64512, 65535, 4200000000, 4294967295] }"),
    [],
  ],
  [
    "numbers that none can be",
    inProfile("      a: { address: 192.0.2.1, asns: [0, 4294967296, 1.5, -1] }"),
    [
      "demo.yaml:7:39 profiles.shop.endpoints.a.asns[0]: number out of range, found 0, wanted 1 to 4294967295",
      "demo.yaml:7:42 profiles.shop.endpoints.a.asns[1]: number out of range, found 4294967296, wanted 1 to 4294967295",
      "demo.yaml:7:54 profiles.shop.endpoints.a.asns[2]: wrong type, found 1.5, wanted a number without a dot (RFC 5396: asplain): the first × 65536 + the second",
      "demo.yaml:7:59 profiles.shop.endpoints.a.asns[3]: number out of range, found -1, wanted 1 to 4294967295",
    ],
  ],
  [
    "text",
    inProfile(
      "      a: { address: 192.0.2.1, asns: AS64500 }\n      b: { address: 192.0.2.2, asns: [as64501, nobody] }",
    ),
    [
      'demo.yaml:7:38 profiles.shop.endpoints.a.asns: wrong value, found "AS64500", wanted the number alone: 64500',
      'demo.yaml:8:39 profiles.shop.endpoints.b.asns[0]: wrong type, found "as64501", wanted the number alone: 64501',
      'demo.yaml:8:48 profiles.shop.endpoints.b.asns[1]: wrong type, found "nobody", wanted a whole number, 1 to 4294967295',
    ],
  ],
  [
    "an endpoint that only they reach needs no location",
    `zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop: { method: performance, endpoints: { a: { address: 192.0.2.1, asns: 64500 }, b: { address: 192.0.2.2, location: DE } } }
`,
    [],
  ],
  [
    "an endpoint at the top level has none: who gets it is one profile's choice",
    `zones: { gtm.example.com: { nameservers: [ns.example.net] } }
endpoints: { a: { address: 192.0.2.1, asns: 64500 } }
profiles: { shop: { method: subnet, endpoints: { a: { use: a } } } }
`,
    [
      'demo.yaml:2:39 endpoints.a.asns: unknown key, found "asns", wanted it where the endpoint is used: { use: NAME, ... } in a profile',
    ],
  ],
])("checkAsns: %s", ([, text, lines]) => {
  expect(diagnose(text)).toEqual(lines);
});
