import { expect, test } from "vitest";
import { loadConfig } from "../../../src/config/load-config.ts";
import { diagnose, filesOf, warningsOf } from "../diagnose.ts";

test.for<[behaviour: string, text: string, lines: readonly string[]]>([
  [
    "priority: given on some endpoints only, and twice",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop:
    method: priority
    endpoints:
      a: { address: 192.0.2.1, priority: 1 }
      b: { address: 192.0.2.1 }
      c: { address: 192.0.2.1, priority: 1 }
`,
    [
      "demo.yaml:7:7 profiles.shop.endpoints.b.priority: priority on 2 of 3 endpoints, found nothing, wanted a priority on all endpoints or on none",
      "demo.yaml:8:42 profiles.shop.endpoints.c.priority: the same priority twice, found 1, also of a, wanted each once",
    ],
  ],
  [
    "priority: on all or on none is fine",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  a: { method: priority, endpoints: { a: { address: 192.0.2.1, priority: 2 }, b: { address: 192.0.2.2, priority: 1 } } }
  b: { method: priority, endpoints: { a: { address: 192.0.2.1 }, b: { address: 192.0.2.2 } } }
`,
    [],
  ],
  [
    "priority: one out of range is not one that is missing",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles: { a: { method: priority, endpoints: { a: { address: 192.0.2.1, priority: 0 }, b: { address: 192.0.2.2, priority: 1 } } } }
`,
    [
      "demo.yaml:2:84 profiles.a.endpoints.a.priority: priority out of range, found 0, wanted 1 to 1000: 1 is served first",
    ],
  ],
  [
    "weighted: weights out of range",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop:
    method: weighted
    endpoints:
      a: { address: 192.0.2.1, weight: 0 }
      b: { address: 192.0.2.1, weight: 1001 }
      c: { address: 192.0.2.1, weight: 1.5 }
`,
    [
      "demo.yaml:6:40 profiles.shop.endpoints.a.weight: weight out of range, found 0, wanted 1 to 1000; standby: true keeps it for when no other is up, enabled: false takes it out of use",
      "demo.yaml:7:40 profiles.shop.endpoints.b.weight: weight out of range, found 1001, wanted 1 to 1000: weights are relative to each other, so all may be divided by the same number",
      "demo.yaml:8:40 profiles.shop.endpoints.c.weight: wrong type, found 1.5, wanted a whole number: weights are relative to each other, so 95 % and 5 % are 95 and 5, or 19 and 1",
    ],
  ],
  [
    "multivalue: a host and a profile, of its own and used",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
endpoints: { shared: { host: www.example.net } }
profiles:
  shop:
    method: multivalue
    endpoints:
      a: { address: 192.0.2.1 }
      b: { host: b.example.net }
      c: { profile: other }
      d: { use: shared }
  other: { method: weighted, endpoints: { a: { address: 192.0.2.2 } } }
`,
    [
      'demo.yaml:8:18 profiles.shop.endpoints.b.host: a host in multivalue profile shop, whose endpoints are answered together, found "b.example.net", wanted address: its IPv4 and IPv6 addresses; or method weighted, which may have a host',
      'demo.yaml:9:21 profiles.shop.endpoints.c.profile: a profile in multivalue profile shop, whose endpoints are answered together, found "other", wanted address: its IPv4 and IPv6 addresses; or method weighted, which may have a profile',
      'demo.yaml:10:17 profiles.shop.endpoints.d.use: a host in multivalue profile shop, whose endpoints are answered together, found "shared", wanted address: its IPv4 and IPv6 addresses; or method weighted, which may have a host',
    ],
  ],
  [
    "multivalue: maxAnswers out of range; more than there are endpoints is fine",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  a: { method: multivalue, maxAnswers: 11, endpoints: { a: { address: 192.0.2.1 } } }
  b: { method: multivalue, maxAnswers: 10, endpoints: { a: { address: 192.0.2.1 } } }
`,
    ["demo.yaml:3:40 profiles.a.maxAnswers: maxAnswers out of range, found 11, wanted 1 to 10"],
  ],
  [
    "geographic: a region on two endpoints, or twice on one",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop:
    method: geographic
    endpoints:
      a: { address: 192.0.2.1, regions: [DE, FR, DE] }
      b: { address: 192.0.2.1, regions: [FR] }
`,
    [
      "demo.yaml:6:50 profiles.shop.endpoints.a.regions[2]: the same region twice, found DE, wanted each region on one endpoint",
      "demo.yaml:7:42 profiles.shop.endpoints.b.regions[0]: a region on two endpoints, found FR, also on a, wanted each region on one endpoint",
    ],
  ],
  [
    "geographic: neither regions nor networks",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop:
    method: geographic
    endpoints:
      a: { address: 192.0.2.1 }
      b: { address: 192.0.2.1, networks: 10.0.0.0/8 }
      c: { address: 192.0.2.1, regions: [WORLD] }
`,
    [
      "demo.yaml:6:7 profiles.shop.endpoints.a.regions: no regions, found nothing, wanted regions, or networks or asns for an endpoint that only those reach",
    ],
  ],
  [
    "geographic: reserved, private, unknown and malformed regions",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop:
    method: geographic
    endpoints:
      a: { address: 192.0.2.1, regions: [UK, XX, AA-1, GEO-XX, GA-, de-by] }
`,
    [
      'demo.yaml:6:42 profiles.shop.endpoints.a.regions[0]: UK is reserved, found "UK", wanted GB',
      'demo.yaml:6:46 profiles.shop.endpoints.a.regions[1]: XX is reserved, found "XX", wanted the ISO 3166-1 code of a country',
      'demo.yaml:6:50 profiles.shop.endpoints.a.regions[2]: AA-1: AA is reserved, found "AA-1", wanted the ISO 3166-1 code of a country',
      'demo.yaml:6:56 profiles.shop.endpoints.a.regions[3]: GEO-XX is not a grouping, found "GEO-XX", wanted one of GEO-EU (Europe), GEO-ME (Middle East), GEO-NA (North America / Central America / Caribbean), GEO-SA (South America), GEO-AS (Asia), GEO-AP (Australia / Pacific), GEO-AF (Africa), GEO-AN (Antarctica)',
      'demo.yaml:6:64 profiles.shop.endpoints.a.regions[4]: "GA-" is not a region code, found "GA-", wanted WORLD, a grouping (EU, GEO-EU), a country (DE) or a subdivision (DE-BY)',
      'demo.yaml:6:69 profiles.shop.endpoints.a.regions[5]: de-by is not in upper case, found "de-by", wanted DE-BY',
    ],
  ],
  [
    "geographic: a subdivision twice, by its code in force and an old one",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop:
    method: geographic
    endpoints:
      a: { address: 192.0.2.1, regions: [FR-75] }
      b: { address: 192.0.2.1, regions: [FR-75C, FR-IDF, WORLD] }
`,
    [
      "demo.yaml:7:42 profiles.shop.endpoints.b.regions[0]: a region on two endpoints, found FR-75C, also on a, wanted each region on one endpoint",
    ],
  ],
  [
    "subdivisions that are none, in regions, locations and own networks; and one whose point nobody knows",
    `
geoip: { networks: { hq: { cidrs: 10.0.0.0/8, location: US-06 } } }
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop:
    method: performance
    endpoints:
      a: { address: 192.0.2.1, location: DE-BAVARIA }
      b: { address: 192.0.2.1, location: KE-01 }
  geo:
    method: geographic
    endpoints:
      a: { address: 192.0.2.1, regions: [DE-BAY, KE-01, WORLD] }
`,
    [
      'demo.yaml:1:57 geoip.networks.hq.location: US-06 is not a subdivision of United States, found "US-06", wanted US-CA (California)',
      'demo.yaml:7:42 profiles.shop.endpoints.a.location: DE-BAVARIA is not a subdivision of Germany, found "DE-BAVARIA", wanted DE-BY (Bavaria)',
      'demo.yaml:8:42 profiles.shop.endpoints.b.location: no point is known for KE-01 (Baringo), found "KE-01", wanted its coordinates: [latitude, longitude]',
      'demo.yaml:12:42 profiles.geo.endpoints.a.regions[0]: DE-BAY is not a subdivision of Germany, found "DE-BAY", wanted DE-BY (Bavaria)',
    ],
  ],
  [
    "geographic: nearest needs a place for each endpoint that regions reach",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop:
    method: geographic
    whenRegionDown: nearest
    endpoints:
      a: { address: 192.0.2.1, regions: [GEO-EU] }
      b: { address: 192.0.2.1, regions: [GEO-AF, FR] }
      c: { address: 192.0.2.1, regions: [GEO-AS], location: [35.7, 139.7] }
      d: { address: 192.0.2.1, networks: 10.0.0.0/8 }
      e: { address: 192.0.2.1, networks: 10.1.0.0/16, regions: [GEO-SA] }
`,
    [
      "demo.yaml:7:7 profiles.shop.endpoints.a.location: no location, and no region that has one point, found nothing, wanted a country (DE), a subdivision (DE-BY), a cloud's region (azure:westeurope) or [latitude, longitude]",
      "demo.yaml:11:7 profiles.shop.endpoints.e.location: no location, and no region that has one point, found nothing, wanted a country (DE), a subdivision (DE-BY), a cloud's region (azure:westeurope) or [latitude, longitude]",
    ],
  ],
  [
    "performance: no location, nested endpoints included",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop:
    method: performance
    endpoints:
      a: { address: 192.0.2.1 }
      b: { profile: other }
      c: { address: 192.0.2.1, networks: 10.0.0.0/8 }
      d: { address: 192.0.2.1, location: WORLD }
  other: { method: weighted, endpoints: { a: { address: 192.0.2.1 } } }
`,
    [
      "demo.yaml:6:7 profiles.shop.endpoints.a.location: no location, found nothing, wanted a country (DE), a subdivision (DE-BY), a cloud's region (azure:westeurope) or [latitude, longitude]",
      "demo.yaml:7:7 profiles.shop.endpoints.b.location: no location, found nothing, wanted a country (DE), a subdivision (DE-BY), a cloud's region (azure:westeurope) or [latitude, longitude]",
      'demo.yaml:9:42 profiles.shop.endpoints.d.location: WORLD is too wide for a location, found "WORLD", wanted a country (DE), a subdivision (DE-BY), a cloud\'s region (azure:westeurope) or [latitude, longitude]',
    ],
  ],
])("checkMethods: %s", ([, text, lines]) => {
  expect(diagnose(text.slice(1))).toEqual(lines);
});

test.for<[method: string, keys: string, endpoint: string, lines: readonly string[]]>([
  [
    "priority",
    "tolerance: 5%, whenRegionDown: serve",
    "weight: 5, networks: 10.0.0.0/8",
    [
      'tolerance: tolerance means nothing for method priority, found "5%", wanted no tolerance, or method performance',
      'whenRegionDown: whenRegionDown means nothing for method priority, found "serve", wanted no whenRegionDown, or method geographic',
      "endpoints.a.weight: weight means nothing for method priority, found 5, wanted no weight, or method weighted",
      'endpoints.a.networks: networks means nothing for method priority, found "10.0.0.0/8", wanted no networks, or method performance, geographic or subnet',
    ],
  ],
  [
    "weighted",
    "",
    "location: DE, priority: 1",
    [
      'endpoints.a.location: location means nothing for method weighted, found "DE", wanted no location, or method performance or geographic',
      "endpoints.a.priority: priority means nothing for method weighted, found 1, wanted no priority, or method priority",
    ],
  ],
  [
    "performance",
    "",
    "location: DE, regions: [DE]",
    [
      "endpoints.a.regions: regions means nothing for method performance, found a list, wanted no regions, or method geographic",
    ],
  ],
  [
    "geographic",
    "",
    "regions: [WORLD], priority: 1",
    [
      "endpoints.a.priority: priority means nothing for method geographic, found 1, wanted no priority, or method priority",
    ],
  ],
])("keys of another method than %s are warned of, once each, and mean nothing", ([method, keys, endpoint, lines]) => {
  const zone = "zones: { t.example: { nameservers: [ns.example.net] } }\n";
  const text = (profileKeys: string, endpointKeys: readonly [string, string]): string =>
    `${zone}profiles: { p: { method: ${method}, ${profileKeys} endpoints: { a: { address: 192.0.2.1, ${endpointKeys[0]} }, b: { address: 192.0.2.2, ${endpointKeys[1]} } } } }`;
  // The same network, region and priority on both.
  const second = endpoint.replace("regions: [WORLD]", "regions: [DE]").replace("regions: [DE]", "regions: [FR]");
  const both = text(`${keys},`.replace(/^,$/, ""), [endpoint, method === "geographic" ? second : endpoint]);
  expect(warningsOf(both).map((line) => line.replace(/^\S+ profiles\.p\./, ""))).toEqual(lines);

  const own = { priority: "", weighted: "", performance: "location: DE", geographic: "" }[method] ?? "";
  const plain = text("", method === "geographic" ? ["regions: [WORLD]", "regions: [FR]"] : [own, own]);
  const snapshotOf = (source: string) => {
    const loaded = loadConfig({ file: "demo.yaml", text: source, serial: 1, readFile: filesOf({}) });
    return loaded.ok && loaded.value.snapshot;
  };
  expect(snapshotOf(both)).toEqual(snapshotOf(plain));
});

test("a profile with a wrong method, and a monitor with a wrong protocol, show their other problems", () => {
  expect(
    diagnose(`zones: { t.example: { nameservers: [ns.example.net] } }
monitors: { web: { protocol: htpp, interval: 5s, timeout: 5s, query: a.example } }
profiles:
  p:
    names: [p.x.example]
    method: latency
    monitor: wbe
    weight: 5
    endpoints:
      a: { address: 192.0.2.1, networks: 10.0.0.0/8 }
      b: { address: 192.0.2.2, host: b.example, networks: 10.0.0.0/8, priority: 0 }
      c: { profile: none }
  q: { endpoints: { a: { profile: p } } }
`).map((line) => line.replace(/, wanted .*/, "")),
  ).toEqual([
    'demo.yaml:2:30 monitors.web.protocol: wrong value, found "htpp"',
    'demo.yaml:2:59 monitors.web.timeout: timeout not shorter than the interval, found "5s"',
    'demo.yaml:5:13 profiles.p.names[0]: name outside every zone, found "p.x.example"',
    'demo.yaml:6:13 profiles.p.method: wrong value, found "latency"',
    'demo.yaml:7:14 profiles.p.monitor: undefined monitor, found "wbe"',
    'demo.yaml:8:5 profiles.p.weight: unknown key, found "weight"',
    "demo.yaml:11:7 profiles.p.endpoints.b: an endpoint with more than one target, found address and host",
    "demo.yaml:11:59 profiles.p.endpoints.b.networks: the same network in two endpoints, found 10.0.0.0/8, also in a",
    "demo.yaml:11:81 profiles.p.endpoints.b.priority: priority out of range, found 0",
    'demo.yaml:12:21 profiles.p.endpoints.c.profile: undefined profile, found "none"',
    "demo.yaml:13:3 profiles.q.method: missing key, found nothing",
  ]);
});

test.for<[behaviour: string, profile: string, lines: readonly string[]]>([
  [
    "no endpoint without networks",
    "names: p.t.example, method: subnet, endpoints: { a: { address: 192.0.2.1, networks: 10.0.0.0/8 }, b: { address: 192.0.2.2, asns: 64500 } }",
    [
      "demo.yaml:2:54 profiles.p.endpoints: clients whom none of the networks holds get no records, found networks on all endpoints, wanted one endpoint without networks",
    ],
  ],
  [
    "no endpoint with networks",
    "method: subnet, endpoints: { a: { address: 192.0.2.1 }, b: { address: 192.0.2.2 }, c: { address: 192.0.2.3, networks: 10.0.0.0/8, enabled: false } }",
    [
      "demo.yaml:2:34 profiles.p.endpoints: no network decides, so all clients get the first endpoint that is up, found no endpoint with networks, wanted networks, or method priority",
    ],
  ],
  [
    "both",
    "method: subnet, endpoints: { a: { address: 192.0.2.1 }, b: { address: 192.0.2.2, networks: 10.0.0.0/8 } }",
    [],
  ],
  [
    "nested, where another may answer",
    "method: subnet, endpoints: { b: { address: 192.0.2.2, networks: 10.0.0.0/8 } }",
    [],
  ],
])("subnet, %s", ([, profile, lines]) => {
  const text = `zones: { t.example: { nameservers: [ns.example.net] } }\nprofiles: { p: { ${profile} } }`;
  expect(warningsOf(text).filter((line) => /network/.test(line))).toEqual(lines);
});
