import { expect, test } from "vitest";
import { diagnose } from "../diagnose.ts";

test.for<[behaviour: string, text: string, lines: readonly string[]]>([
  [
    "keys of another method",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  a: { method: priority, tolerance: 5%, endpoints: { a: { address: 192.0.2.1, weight: 5 } } }
  b: { method: weighted, whenRegionDown: climb, endpoints: { a: { address: 192.0.2.1, location: DE, networks: 10.0.0.0/8 } } }
  c: { method: performance, endpoints: { a: { address: 192.0.2.1, location: DE, regions: [DE] } } }
  d: { method: geographic, endpoints: { a: { address: 192.0.2.1, priority: 1, regions: [DE] } } }
`,
    [
      'demo.yaml:3:26 profiles.a.tolerance: tolerance means nothing for method priority, found "5%", wanted no tolerance, or method performance',
      "demo.yaml:3:79 profiles.a.endpoints.a.weight: weight means nothing for method priority, found 5, wanted no weight, or method weighted",
      'demo.yaml:4:26 profiles.b.whenRegionDown: whenRegionDown means nothing for method weighted, found "climb", wanted no whenRegionDown, or method geographic',
      'demo.yaml:4:87 profiles.b.endpoints.a.location: location means nothing for method weighted, found "DE", wanted no location, or method performance or geographic',
      'demo.yaml:4:101 profiles.b.endpoints.a.networks: networks means nothing for method weighted, found "10.0.0.0/8", wanted no networks, or method performance or geographic',
      "demo.yaml:5:81 profiles.c.endpoints.a.regions: regions means nothing for method performance, found a list, wanted no regions, or method geographic",
      "demo.yaml:6:66 profiles.d.endpoints.a.priority: priority means nothing for method geographic, found 1, wanted no priority, or method priority",
    ],
  ],
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
    ["demo.yaml:2:84 profiles.a.endpoints.a.priority: priority out of range, found 0, wanted 1 to 1000"],
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
      "demo.yaml:6:40 profiles.shop.endpoints.a.weight: weight out of range, found 0, wanted 1 to 1000",
      "demo.yaml:7:40 profiles.shop.endpoints.b.weight: weight out of range, found 1001, wanted 1 to 1000",
      "demo.yaml:8:40 profiles.shop.endpoints.c.weight: wrong type, found 1.5, wanted a whole number, 1 to 1000",
    ],
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
      "demo.yaml:6:7 profiles.shop.endpoints.a.regions: no regions, found nothing, wanted regions, or networks for an endpoint that only those reach",
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
      'demo.yaml:6:64 profiles.shop.endpoints.a.regions[4]: "GA-" is not a region code, found "GA-", wanted WORLD, a grouping (GEO-EU), a country (DE) or a subdivision (DE-BY)',
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
      "demo.yaml:7:7 profiles.shop.endpoints.a.location: no location, and no region that has one point, found nothing, wanted a country (DE), a subdivision (DE-BY) or [latitude, longitude]",
      "demo.yaml:11:7 profiles.shop.endpoints.e.location: no location, and no region that has one point, found nothing, wanted a country (DE), a subdivision (DE-BY) or [latitude, longitude]",
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
      "demo.yaml:6:7 profiles.shop.endpoints.a.location: no location, found nothing, wanted a country (DE), a subdivision (DE-BY) or [latitude, longitude]",
      "demo.yaml:7:7 profiles.shop.endpoints.b.location: no location, found nothing, wanted a country (DE), a subdivision (DE-BY) or [latitude, longitude]",
      'demo.yaml:9:42 profiles.shop.endpoints.d.location: WORLD is too wide for a location, found "WORLD", wanted a country (DE), a subdivision (DE-BY) or [latitude, longitude]',
    ],
  ],
])("checkMethods: %s", ([, text, lines]) => {
  expect(diagnose(text.slice(1))).toEqual(lines);
});
