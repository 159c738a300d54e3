import { expect, test } from "vitest";
import { diagnose } from "../diagnose.ts";

test.for<[behaviour: string, text: string, lines: readonly string[]]>([
  [
    "not exactly one target",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop:
    method: weighted
    endpoints:
      a: {}
      b: { address: 192.0.2.1, host: www.example.net }
      c: { address: 192.0.2.1, host: www.example.net, profile: shop }
`,
    [
      "demo.yaml:6:7 profiles.shop.endpoints.a: an endpoint without a target, found none, wanted one of address, host, profile and use",
      "demo.yaml:7:7 profiles.shop.endpoints.b: an endpoint with more than one target, found address and host, wanted one of address, host, profile and use",
      "demo.yaml:8:7 profiles.shop.endpoints.c: an endpoint with more than one target, found address and host and profile, wanted one of address, host, profile and use",
      "demo.yaml:8:64 profiles.shop.endpoints.c.profile: a profile nested in itself, found shop → shop, wanted profiles without a loop",
    ],
  ],
  [
    "a target that is not well-formed is still a target",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles: { shop: { method: weighted, endpoints: { a: { address: 5 }, b: { adress: 192.0.2.1 } } } }
`,
    [
      "demo.yaml:2:66 profiles.shop.endpoints.a.address: wrong type, found 5, wanted IP address, or a list of them",
      'demo.yaml:2:76 profiles.shop.endpoints.b.adress: unknown key, found "adress", wanted a known key: did you mean address?',
    ],
  ],
  [
    "keys of another target, and probe without a monitor",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
monitors: { web: { protocol: http } }
profiles:
  shop:
    method: weighted
    monitor: web
    endpoints:
      a: { address: 192.0.2.1, minHealthy: 2 }
      b: { profile: other, probe: 192.0.2.2 }
      c: { profile: other, alwaysServe: true }
  other: { method: weighted, endpoints: { a: { host: www.example.net, probe: 192.0.2.2 } } }
  outer: { method: weighted, endpoints: { a: { profile: other, probe: 192.0.2.2 } } }
`,
    [
      "demo.yaml:8:32 profiles.shop.endpoints.a.minHealthy: minHealthy means nothing for an endpoint with address, found 2, wanted no minHealthy, or profile as the target",
      'demo.yaml:9:28 profiles.shop.endpoints.b.probe: probe means nothing for an endpoint with profile, found "192.0.2.2", wanted no probe, or address or host as the target',
      "demo.yaml:10:28 profiles.shop.endpoints.c.alwaysServe: alwaysServe means nothing for an endpoint with profile, found true, wanted no alwaysServe, or address or host as the target",
      'demo.yaml:11:71 profiles.other.endpoints.a.probe: probe means nothing without a monitor, found "192.0.2.2", wanted no probe, or a monitor',
      'demo.yaml:12:64 profiles.outer.endpoints.a.probe: probe means nothing for an endpoint with profile, found "192.0.2.2", wanted no probe, or address or host as the target',
    ],
  ],
  [
    "addresses that no client can reach, and a name",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop: { method: weighted, endpoints: { a: { address: [0.0.0.0, 224.0.0.1, ff02::1, 255.255.255.255, www] } } }
`,
    [
      'demo.yaml:3:57 profiles.shop.endpoints.a.address[0]: the unspecified address, found "0.0.0.0", wanted one that clients can reach',
      'demo.yaml:3:66 profiles.shop.endpoints.a.address[1]: a multicast address, found "224.0.0.1", wanted one that clients can reach',
      'demo.yaml:3:77 profiles.shop.endpoints.a.address[2]: a multicast address, found "ff02::1", wanted one that clients can reach',
      'demo.yaml:3:86 profiles.shop.endpoints.a.address[3]: the broadcast address, found "255.255.255.255", wanted one that clients can reach',
      'demo.yaml:3:103 profiles.shop.endpoints.a.address[4]: not an IP address, found "www", wanted an IPv4 or IPv6 address; a name belongs under host',
    ],
  ],
  [
    "an address as a host",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop: { method: weighted, endpoints: { a: { host: 192.0.2.1 }, b: { host: "2001:db8::1" }, c: { host: 1.2.3 } } }
`,
    [
      'demo.yaml:3:53 profiles.shop.endpoints.a.host: an address in place of a name, found "192.0.2.1", wanted a host name; addresses belong under address',
      'demo.yaml:3:77 profiles.shop.endpoints.b.host: an address in place of a name, found "2001:db8::1", wanted a host name; addresses belong under address',
      'demo.yaml:3:105 profiles.shop.endpoints.c.host: an address in place of a name, found "1.2.3", wanted a host name; addresses belong under address',
    ],
  ],
  [
    "an address listed twice",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop:
    method: weighted
    whenAllDown: { fallback: [192.0.2.1, 192.0.2.1] }
    endpoints: { a: { address: ["2001:db8::1", 192.0.2.1, "2001:db8:0::1"] } }
`,
    [
      "demo.yaml:5:42 profiles.shop.whenAllDown.fallback[1]: an address listed twice, found 192.0.2.1, wanted each address once",
      "demo.yaml:6:59 profiles.shop.endpoints.a.address[2]: an address listed twice, found 2001:db8::1, wanted each address once",
    ],
  ],
  [
    "a profile without endpoints, and none of the default minHealthy above it",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop: { method: weighted, endpoints: {} }
  all: { method: weighted, endpoints: { shop: { profile: shop } } }
`,
    [
      "demo.yaml:3:40 profiles.shop.endpoints: a profile without endpoints, found an empty mapping, wanted at least one endpoint",
    ],
  ],
  [
    "an undefined profile, and more healthy endpoints than there are",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop: { method: weighted, endpoints: { a: { profile: payrol }, b: { profile: payroll, minHealthy: 2, minHealthyIPv6: 1 } } }
  payroll: { method: weighted, endpoints: { a: { address: 192.0.2.1 } } }
`,
    [
      'demo.yaml:3:56 profiles.shop.endpoints.a.profile: undefined profile, found "payrol", wanted the name of a profile: did you mean payroll?',
      "demo.yaml:3:101 profiles.shop.endpoints.b.minHealthy: minHealthy is more than the endpoints of payroll, found 2, wanted at most 1",
    ],
  ],
  [
    "a nested profile that is not well-formed is there all the same",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop: { method: weighted, endpoints: { a: { profile: payroll } } }
  payroll: { endpoints: { a: { address: 192.0.2.1 } } }
`,
    [
      "demo.yaml:4:3 profiles.payroll.method: missing key, found nothing, wanted one of priority, weighted, performance, geographic, multivalue, subnet",
    ],
  ],
])("checkEndpointTargets: %s", ([, text, lines]) => {
  expect(diagnose(text.slice(1))).toEqual(lines);
});
