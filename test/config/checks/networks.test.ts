import { expect, test } from "vitest";
import { diagnose } from "../diagnose.ts";

test.for<[behaviour: string, text: string, lines: readonly string[]]>([
  [
    "a network in two own networks, or twice in one",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
geoip:
  networks:
    a: { cidrs: [10.0.0.0/8, 10.0.0.0/8], location: DE }
    b: { cidrs: 10.0.0.0/8, location: DE }
`,
    [
      "demo.yaml:4:30 geoip.networks.a.cidrs[1]: the same network twice, found 10.0.0.0/8, wanted each network once",
      "demo.yaml:5:17 geoip.networks.b.cidrs: the same network in two own networks, found 10.0.0.0/8, also in a, wanted each network once",
    ],
  ],
  [
    "a network in another is fine: the longer one wins",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
geoip:
  networks:
    a: { cidrs: 10.0.0.0/8, location: DE }
    b: { cidrs: 10.1.0.0/16, location: FR }
`,
    [],
  ],
  [
    "a range that is a network of another endpoint is the same; one that lies across it is not",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop:
    method: performance
    endpoints:
      a: { address: 192.0.2.1, networks: [10.0.0.0/24, 10.0.1.0-10.0.1.9] }
      b: { address: 192.0.2.2, networks: [10.0.0.0-10.0.0.255, 10.0.1.5-10.0.1.14] }
      c: { address: 192.0.2.3, networks: [10.0.1.14-10.0.1.5] }
`,
    [
      "demo.yaml:7:43 profiles.shop.endpoints.b.networks[0]: the same network in two endpoints, found 10.0.0.0-10.0.0.255, also in a, wanted each network once",
      'demo.yaml:8:43 profiles.shop.endpoints.c.networks[0]: a range written backwards, found "10.0.1.14-10.0.1.5", wanted 10.0.1.5-10.0.1.14',
    ],
  ],
  [
    "a network on two endpoints of a profile",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop:
    method: performance
    endpoints:
      a: { address: 192.0.2.1, networks: [10.0.0.0/8] }
      b: { address: 192.0.2.2, networks: [192.168.0.0/16, 10.0.0.0/8] }
`,
    [
      "demo.yaml:7:59 profiles.shop.endpoints.b.networks[1]: the same network in two endpoints, found 10.0.0.0/8, also in a, wanted each network once",
    ],
  ],
  [
    "the same network in two profiles is fine",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  a: { method: performance, endpoints: { a: { address: 192.0.2.1, networks: 10.0.0.0/8 } } }
  b: { method: performance, endpoints: { a: { address: 192.0.2.1, networks: 10.0.0.0/8 } } }
`,
    [],
  ],
])("checkNetworks: %s", ([, text, lines]) => {
  expect(diagnose(text.slice(1))).toEqual(lines);
});
