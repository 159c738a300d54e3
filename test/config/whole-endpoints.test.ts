/** What endpoints have from the endpoint that they use and from their site. Their own wins, labels and headers by name. */
import * as fc from "fast-check";
import { onlyCheck } from "../health/fixtures/monitors.ts";
import { describe, expect, test } from "vitest";
import { formatDiagnostic } from "../../src/config/diagnostic.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import type { CheckedConfig } from "../../src/config/settings.ts";
import { geographyKey } from "../../src/routing/geography.ts";
import { noFiles } from "../support/no-files.ts";
import { diagnose, warningsOf } from "./diagnose.ts";

const ZONE = "zones: { t.example: { nameservers: [ns.example.net] } }\n";

function load(text: string): CheckedConfig {
  const loaded = loadConfig({ file: "demo.yaml", text, serial: 1, readFile: noFiles });
  if (!loaded.ok) throw new Error(loaded.error.map(formatDiagnostic).join("\n"));
  return loaded.value;
}

/** The keys of an endpoint, some of which are there. */
const headers = fc.dictionary(fc.constantFrom("Host", "host", "X-A", "x-a"), fc.constantFrom("a", "b"), { maxKeys: 3 });
const labels = fc.dictionary(fc.constantFrom("kind", "tier", "constructor"), fc.constantFrom("cloud", "on-premises"));
const point = fc.tuple(fc.integer({ min: -90, max: 90 }), fc.integer({ min: -180, max: 180 }));
const sites = ["munich", "paris"] as const;
const optional = { requiredKeys: [] };
const keys = {
  enabled: fc.boolean(),
  alwaysServe: fc.boolean(),
  site: fc.constantFrom(...sites),
  location: point,
  labels,
  monitor: fc.constantFrom("web", "other"),
  headers: headers.map(eachOnce),
  probe: fc.constantFrom("192.0.2.7", "192.0.2.8:8443"),
};
const shared = fc.record(keys, optional);
const own = fc.record({ ...keys, weight: fc.integer({ min: 1, max: 9 }) }, optional);
const site = fc.record({ location: point, labels }, optional);

/** A header is written once, in whatever case. */
function eachOnce(written: Record<string, string>): Record<string, string> {
  const names = Object.keys(written);
  const isFirst = (name: string): boolean =>
    names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === names.indexOf(name);
  return Object.fromEntries(Object.entries(written).filter(([name]) => isFirst(name)));
}

function lowerCase(written: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(written).map(([name, value]) => [name.toLowerCase(), value]));
}

test("withWholeEndpoints: own before shared before site, key by key", () => {
  fc.assert(
    fc.property(shared, own, site, site, (inShared, inOwn, munich, paris) => {
      const monitor = { protocol: "http", headers: { "X-A": "monitor", "X-B": "monitor" } };
      const { snapshot, monitoring } = load(
        JSON.stringify({
          zones: { "t.example": { nameservers: "ns.example.net" } },
          monitors: { web: monitor, other: monitor },
          sites: { munich, paris },
          endpoints: { s: { address: "192.0.2.1", ...inShared } },
          profiles: {
            p: {
              method: "performance",
              monitor: "web",
              endpoints: { e: { networks: "10.0.0.0/8", use: "s", ...inOwn } },
            },
            q: { method: "weighted", monitor: "web", endpoints: { e: { use: "s", ...inOwn } } },
          },
        }),
      );
      const written = { ...inShared, ...inOwn };
      const at = { munich, paris }[written.site!];
      const [measured, endpoint] = snapshot.endpoints;
      expect(endpoint).toMatchObject({
        enabled: written.enabled ?? true,
        site: written.site,
        target: { kind: "address" },
        placement: { weight: inOwn.weight ?? 1 },
        isProbed: written.alwaysServe !== true,
      });
      expect(endpoint!.labels).toEqual({ ...at?.labels, ...inShared.labels, ...inOwn.labels });
      const place: readonly number[] | undefined = inOwn.location ?? inShared.location ?? at?.location;
      expect(measured!.placement.point).toEqual(place && { latitude: place[0], longitude: place[1] });
      const ofEndpoint = monitoring.checks[1];
      const check = ofEndpoint && onlyCheck(ofEndpoint);
      expect(check === undefined).toBe(written.alwaysServe === true);
      if (check === undefined) return;
      const [host = "", port = "80"] = (written.probe ?? "192.0.2.1").split(":");
      expect(check).toMatchObject({ host, port: Number(port) });
      expect(monitoring.monitors[check.monitor]).toMatchObject({
        name: written.monitor ?? "web",
        headers: { "x-a": "monitor", "x-b": "monitor", ...lowerCase(inShared.headers), ...lowerCase(inOwn.headers) },
      });
    }),
  );
});

test.for([
  ["its own", "{ use: s, location: [1, 1], site: own }", 1],
  ["that of the endpoint that it uses", "{ use: s, site: own }", 2],
  ["that of its own site", "{ use: t, site: own }", 3],
  ["that of the site of the endpoint that it uses", "{ use: t }", 4],
] as const)("the location of an endpoint: %s", ([, endpoint, expected]) => {
  const { snapshot } = load(`${ZONE}
sites: { own: { location: [3, 3] }, other: { location: [4, 4] } }
endpoints:
  s: { address: 192.0.2.1, location: [2, 2], site: other }
  t: { address: 192.0.2.1, site: other }
profiles: { p: { method: performance, endpoints: { a: ${endpoint} } } }`);
  expect(snapshot.endpoints[0]!.placement.point).toEqual({ latitude: expected, longitude: expected });
});

describe("a location of a site", () => {
  const inProfile = (profile: string): string => `${ZONE}
sites: { munich: { location: [48.14, 11.58] } }
profiles: { p: { ${profile} } }`;

  test.for<[counts: string, profile: string]>([
    ["performance", "method: performance, endpoints: { a: { address: 192.0.2.1, site: munich } }"],
    [
      "nearest, before that of a region",
      "method: geographic, whenRegionDown: nearest, endpoints: { a: { address: 192.0.2.1, site: munich, regions: [BR, WORLD] } }",
    ],
  ])("counts for %s", ([, profile]) => {
    expect(diagnose(inProfile(profile))).toEqual([]);
    const { snapshot } = load(inProfile(profile));
    expect(snapshot.endpoints[0]!.placement.point).toEqual({ latitude: 48.14, longitude: 11.58 });
  });

  test.for(["priority", "weighted"])("is no key of another method for %s, and means nothing there", (method) => {
    const text = inProfile(`method: ${method}, endpoints: { a: { address: 192.0.2.1, site: munich } }`);
    expect(warningsOf(text)).toEqual([]);
    expect(load(text).snapshot.endpoints[0]!.placement.point).toBeUndefined();
  });
});

test("sites and labels do not decide who is a candidate", () => {
  const of = (endpoint: string): string => {
    const { snapshot } = load(`${ZONE}
sites: { munich: { labels: { kind: cloud } } }
profiles: { p: { method: geographic, endpoints: { a: { address: 192.0.2.1, regions: [WORLD]${endpoint} } } } }`);
    return geographyKey(snapshot, snapshot.profiles[0]!);
  };
  expect(of(", site: munich, labels: { jurisdiction: EU }")).toBe(of(""));
});

test("equal labels are one object", () => {
  const { snapshot } = load(`${ZONE}
sites: { munich: { labels: { a: x, b: y } } }
profiles:
  p:
    method: weighted
    endpoints:
      one: { address: 192.0.2.1, site: munich }
      two: { address: 192.0.2.2, labels: { b: y, a: x } }
      three: { address: 192.0.2.3 }
      four: { address: 192.0.2.4 }`);
  const [one, two, three, four] = snapshot.endpoints.map(({ labels: of }) => of);
  expect(one).toBe(two);
  expect(three).toBe(four);
  expect(three).toEqual({});
});

test.for<[behaviour: string, text: string, lines: readonly string[]]>([
  [
    "names that do not exist, and what was most likely meant",
    `
zones: { t.example: { nameservers: [ns.example.net] } }
sites: { munich: { location: DE } }
endpoints: { shop-munich: { address: 192.0.2.1, site: muncih } }
profiles:
  p: { method: performance, endpoints: { a: { use: shop-munch }, b: { use: shop-munich }, c: { use: shop-munich, site: paris } } }
`,
    [
      'demo.yaml:3:55 endpoints.shop-munich.site: undefined site, found "muncih", wanted the name of a site: did you mean munich?',
      'demo.yaml:5:52 profiles.p.endpoints.a.use: undefined endpoint, found "shop-munch", wanted the name of an endpoint at the top level: did you mean shop-munich?',
      'demo.yaml:5:120 profiles.p.endpoints.c.site: undefined site, found "paris", wanted the name of a site',
    ],
  ],
  [
    "what is not well-formed is there all the same",
    `
zones: { t.example: { nameservers: [ns.example.net] } }
sites: { munich: { location: Bavaria }, paris: 7 }
endpoints: { shop: { address: 192.0.2 }, web: { host: 192.0.2.1, site: paris } }
profiles:
  p: { method: performance, endpoints: { a: { use: shop, site: munich }, b: { use: web } } }
`,
    [
      'demo.yaml:2:30 sites.munich.location: Bavaria is a name, not a code, found "Bavaria", wanted DE-BY or [latitude, longitude]',
      "demo.yaml:2:48 sites.paris: wrong type, found 7, wanted a mapping: a site",
      'demo.yaml:3:31 endpoints.shop.address: not an IP address, found "192.0.2", wanted an IPv4 or IPv6 address; a name belongs under host',
      'demo.yaml:3:55 endpoints.web.host: an address in place of a name, found "192.0.2.1", wanted a host name; addresses belong under address',
    ],
  ],
  [
    "a problem of an endpoint at the top level is told once, where it is written",
    `
zones: { t.example: { nameservers: [ns.example.net] } }
endpoints:
  twice: { address: [192.0.2.1, 192.0.2.1], monitor: wbe, minHealthy: 2, headers: { X-A: a, x-a: b } }
  none: { location: DE }
  nested: { profile: pp, site: here }
  child: { profile: p, minHealthy: 9 }
monitors: { web: { protocol: http } }
profiles:
  p: { method: weighted, endpoints: { a: { use: twice }, b: { use: twice }, c: { use: none }, d: { use: nested }, e: { use: nested } } }
  q: { method: weighted, endpoints: { a: { use: twice }, b: { use: child }, c: { use: child } } }
`,
    [
      "demo.yaml:3:33 endpoints.twice.address[1]: an address listed twice, found 192.0.2.1, wanted each address once",
      'demo.yaml:3:54 endpoints.twice.monitor: undefined monitor, found "wbe", wanted the name of a monitor: did you mean web?',
      "demo.yaml:3:59 endpoints.twice.minHealthy: minHealthy means nothing for an endpoint with address, found 2, wanted no minHealthy, or profile as the target",
      'demo.yaml:3:93 endpoints.twice.headers.x-a: the same header twice, found "x-a", wanted each header once',
      "demo.yaml:4:3 endpoints.none: an endpoint without a target, found none, wanted one of address, host and profile",
      'demo.yaml:5:22 endpoints.nested.profile: undefined profile, found "pp", wanted the name of a profile: did you mean p?',
      'demo.yaml:5:32 endpoints.nested.site: undefined site, found "here", wanted the name of a site',
      "demo.yaml:6:36 endpoints.child.minHealthy: minHealthy is more than the endpoints of p, found 9, wanted at most 5",
    ],
  ],
  [
    "a target beside use, and keys of another target",
    `
zones: { t.example: { nameservers: [ns.example.net] } }
endpoints: { shop: { address: 192.0.2.1 } }
profiles:
  p: { method: weighted, endpoints: { a: { use: shop, host: a.example.net }, b: { use: shop, minHealthy: 1 } } }
`,
    [
      'demo.yaml:4:55 profiles.p.endpoints.a.host: host means nothing beside use, which has the target, found "a.example.net", wanted no host, or no use',
      "demo.yaml:4:94 profiles.p.endpoints.b.minHealthy: minHealthy means nothing for an endpoint with address, found 1, wanted no minHealthy, or profile as the target",
    ],
  ],
])("%s", ([, text, lines]) => {
  expect(diagnose(text.slice(1))).toEqual(lines);
});

test("10,000 wrong names are refused at once", () => {
  const names = Array.from({ length: 400 }, (_, i) => `site-number-${i}: {}`).join(", ");
  const endpoints = Array.from({ length: 10_000 }, (_, i) => `    e${i}: { host: h, site: sate-number-x${i} }`);
  const text = `${ZONE}sites: { ${names} }\nprofiles:\n  p:\n   method: weighted\n   endpoints:\n${endpoints.join("\n")}\n`;
  const lines = diagnose(text);
  expect(lines).toHaveLength(101);
  expect(lines.slice(0, 100).filter((line) => !line.includes("did you mean site-number-"))).toEqual([]);
});
