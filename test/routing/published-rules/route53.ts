/**
 * Rules of Amazon Route 53, from its Developer Guide and API Reference (docs.aws.amazon.com, CC BY-SA 4.0), said in other
 * words. Two sections are cited that were not at hand when this was written: those whose `of` says so.
 */
import type { PublishedRule, Source } from "./rule.ts";

const service = "Amazon Route 53";
const of = "an undated copy";
const guide = (title: string, page: string, part = of): Source => ({
  service,
  title,
  url: `https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/${page}.html`,
  of: part,
});

const CHOOSES = guide(
  "How Amazon Route 53 chooses records when health checking is configured",
  "health-checks-how-route-53-chooses-records",
);
const FAILOVER = guide("Active-active and active-passive failover", "dns-failover-types");
const WEIGHTED = guide("Weighted routing", "routing-policy-weighted");
const GEO = guide("Geolocation routing", "routing-policy-geo");
const GEO_VALUES = guide(
  "Values specific for geolocation records",
  "resource-record-sets-values-geo",
  "sections Location and Health check not read anew",
);
const PROXIMITY = guide("Geoproximity routing", "routing-policy-geoproximity", `${of}, its formula not read anew`);
const IP_BASED = guide("IP-based routing", "routing-policy-ipbased");
const MULTIVALUE = guide("Multivalue answer routing", "routing-policy-multivalue");
const RECORD_SET: Source = {
  service,
  title: "API Reference: ResourceRecordSet",
  url: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html",
  of,
};
const ALIAS_TARGET: Source = {
  service,
  title: "API Reference: AliasTarget",
  url: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html",
  of,
};

const three = { a: { weight: 1 }, b: { weight: 1 }, c: { weight: 2 } };
const failover = { p: { method: "priority", endpoints: { primary: {}, secondary: {} } } };
const withSpare = {
  p: { method: "weighted", endpoints: { a: { weight: 3 }, b: {}, spare: { standby: true } } },
};
const states = {
  p: {
    method: "geographic",
    endpoints: {
      all: { regions: ["WORLD"] },
      america: { regions: ["GEO-NA"] },
      us: { regions: ["US"] },
      california: { regions: ["US-CA"] },
    },
  },
};
const many = (count: number): Readonly<Record<string, Readonly<Record<string, unknown>>>> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`e${i}`, {}]));
/** Those that are answered together when eight of nine are. */
const eightOfNine = Object.fromEntries(
  Array.from({ length: 9 }, (_, first) => [
    Array.from({ length: 8 }, (_none, i) => `p/e${(first + i) % 9}`).join(" + "),
    1 / 9,
  ]),
);

export const ROUTE_53_RULES: readonly PublishedRule[] = [
  {
    source: CHOOSES,
    section: "choosing a healthy record",
    rule: "Weighted records, one unhealthy: one of the others.",
    profiles: { p: { method: "weighted", endpoints: three } },
    health: { "p/a": "degraded" },
    answer: { "p/b": 1 / 3, "p/c": 2 / 3 },
  },
  {
    source: CHOOSES,
    section: "Records without a health check are always healthy",
    rule: "A record without a health check is always healthy.",
    profiles: { p: { method: "priority", endpoints: { a: { alwaysServe: true }, b: {} } } },
    health: { "p/a": "degraded" },
    answer: "p/a",
  },
  {
    source: CHOOSES,
    section: "If no record is healthy, all records are healthy",
    rule: "None is healthy: all count as healthy, and the policy decides.",
    profiles: { p: { method: "weighted", endpoints: three } },
    health: { "p/a": "degraded", "p/b": "degraded", "p/c": "degraded" },
    answer: { "p/a": 0.25, "p/b": 0.25, "p/c": 0.5 },
  },
  {
    source: CHOOSES,
    section: "Weighted records that have a weight of 0",
    rule: "Only records with a weight above 0 are considered at first.",
    profiles: withSpare,
    answer: { "p/a": 0.75, "p/b": 0.25 },
  },
  {
    source: CHOOSES,
    section: "Weighted records that have a weight of 0",
    rule: "All with a weight above 0 are unhealthy: those with 0 are considered.",
    profiles: withSpare,
    health: { "p/a": "degraded", "p/b": "degraded" },
    answer: "p/spare",
  },
  {
    source: CHOOSES,
    section: "Weighted records that have a weight of 0",
    rule: "All are unhealthy, those with 0 too: as if all were healthy.",
    profiles: withSpare,
    health: { "p/a": "degraded", "p/b": "degraded", "p/spare": "degraded" },
    answer: { "p/a": 0.75, "p/b": 0.25 },
  },
  {
    source: WEIGHTED,
    section: "Weighted routing",
    rule: "Weights of 1 and 255: 1/256 and 255/256.",
    profiles: { p: { method: "weighted", endpoints: { a: { weight: 1 }, b: { weight: 255 } } } },
    answer: { "p/a": 1 / 256, "p/b": 255 / 256 },
  },
  {
    source: WEIGHTED,
    section: "Weighted routing",
    rule: "A weight of 0 sends nothing there.",
    profiles: { p: { method: "weighted", endpoints: { a: { weight: 0 }, b: {} } } },
    answer: { refused: "out-of-range" },
    differs: {
      theirs: "a weight of 0",
      why: "`standby: true` says what a weight of 0 means beside health checks; `enabled: false` what it means without.",
    },
  },
  {
    source: RECORD_SET,
    section: "Weight",
    rule: "All weights are 0: all with equal probability.",
    profiles: { p: { method: "weighted", endpoints: { a: { standby: true }, b: { standby: true } } } },
    answer: { "p/a": 0.5, "p/b": 0.5 },
  },
  {
    source: RECORD_SET,
    section: "Failover",
    rule: "The primary is healthy: the primary, whatever the secondary's health.",
    profiles: failover,
    health: { "p/secondary": "degraded" },
    answer: "p/primary",
  },
  {
    source: RECORD_SET,
    section: "Failover",
    rule: "The primary is unhealthy and the secondary healthy: the secondary.",
    profiles: failover,
    health: { "p/primary": "degraded" },
    answer: "p/secondary",
  },
  {
    source: RECORD_SET,
    section: "Failover",
    rule: "Both are unhealthy: the primary.",
    profiles: failover,
    health: { "p/primary": "degraded", "p/secondary": "degraded" },
    answer: "p/primary",
  },
  {
    source: RECORD_SET,
    section: "Failover",
    rule: "The secondary has no health check and the primary is unhealthy: the secondary.",
    profiles: { p: { method: "priority", endpoints: { primary: {}, secondary: { alwaysServe: true } } } },
    health: { "p/primary": "degraded", "p/secondary": "degraded" },
    answer: "p/secondary",
  },
  {
    source: FAILOVER,
    section: "Configuring active-passive failover with multiple primary and secondary resources",
    rule: "The primary is healthy while one of its resources is.",
    profiles: {
      p: { method: "priority", endpoints: { primary: { profile: "c" }, secondary: { profile: "d" } } },
      c: { method: "weighted", endpoints: { x: {}, y: {} } },
      d: { method: "weighted", endpoints: { x: {}, y: {} } },
    },
    health: { "c/x": "degraded" },
    answer: "c/y",
  },
  {
    source: FAILOVER,
    section: "Active-passive failover",
    rule: "All primary resources are unhealthy: the healthy secondary ones.",
    profiles: {
      p: { method: "priority", endpoints: { primary: { profile: "c" }, secondary: { profile: "d" } } },
      c: { method: "weighted", endpoints: { x: {}, y: {} } },
      d: { method: "weighted", endpoints: { x: {}, y: {} } },
    },
    health: { "c/x": "degraded", "c/y": "degraded", "d/x": "degraded" },
    answer: "d/y",
  },
  {
    source: ALIAS_TARGET,
    section: "EvaluateTargetHealth",
    rule: "An alias of a group that has nobody healthy is unhealthy: another record of its own group.",
    profiles: {
      p: {
        method: "performance",
        endpoints: { europe: { profile: "c", location: "DE" }, us: { location: "US" } },
      },
      c: { method: "weighted", endpoints: { x: {}, y: {} } },
    },
    health: { "c/x": "degraded", "c/y": "degraded" },
    client: "DE",
    answer: "p/us",
  },
  {
    source: GEO,
    section: "Geolocation routing",
    rule: "North America and Canada: the smallest region that holds the client.",
    profiles: { p: { method: "geographic", endpoints: { america: { regions: ["GEO-NA"] }, ca: { regions: ["CA"] } } } },
    client: "CA",
    answer: "p/ca",
  },
  {
    source: GEO,
    section: "Geolocation routing",
    rule: "The default record takes those of no other, and addresses that are not mapped to a location.",
    profiles: { p: { method: "geographic", endpoints: { all: { regions: ["WORLD"] }, ca: { regions: ["CA"] } } } },
    client: "nowhere",
    answer: "p/all",
  },
  {
    source: GEO,
    section: "Geolocation routing",
    rule: "Without a default record they get no answer.",
    profiles: { p: { method: "geographic", endpoints: { ca: { regions: ["CA"] } } } },
    client: "nowhere",
    answer: "NODATA",
  },
  {
    source: GEO_VALUES,
    section: "Location",
    rule: "Israel is in Asia.",
    profiles: {
      p: { method: "geographic", endpoints: { asia: { regions: ["GEO-AS"] }, all: { regions: ["WORLD"] } } },
    },
    client: "IL",
    answer: "p/all",
    differs: {
      theirs: "the record for Asia",
      why: "`GEO-*` are Azure's groupings: the Middle East is one of its own (`GEO-ME`). `geoip.groupings` takes those of Route 53.",
    },
  },
  ...(
    [
      ["California's is unhealthy: that of the United States.", ["california"], "p/us"],
      ["That is too: North America's.", ["california", "us"], "p/america"],
      ["That is too: the default record.", ["california", "us", "america"], "p/all"],
      ["All are: that of the smallest region.", ["california", "us", "america", "all"], "p/california"],
    ] as const
  ).map(([rule, down, answer]): PublishedRule => ({
    source: GEO_VALUES,
    section: "Health check",
    rule,
    profiles: states,
    health: Object.fromEntries(down.map((name) => [`p/${name}`, "degraded"])),
    client: "US-CA",
    answer,
  })),
  {
    source: PROXIMITY,
    section: "Geoproximity routing",
    rule: "The closest resource that is available.",
    profiles: { p: { method: "performance", endpoints: { de: { location: "DE" }, us: { location: "US" } } } },
    client: "IE",
    answer: "p/de",
  },
  {
    source: PROXIMITY,
    section: "Geoproximity routing",
    rule: "A bias of 1 to 99 draws clients from farther away: distances count as × (1 − bias/100).",
    profiles: {
      // Lisbon is 1,600 km from the middle of Ireland, Berlin 1,400 km.
      p: {
        method: "performance",
        endpoints: { berlin: { location: [52.52, 13.4] }, lisbon: { location: [38.72, -9.14], bias: 50 } },
      },
    },
    client: "IE",
    answer: "p/lisbon",
  },
  {
    source: PROXIMITY,
    section: "Geoproximity routing",
    rule: "One of −1 to −99 sends them off.",
    profiles: {
      p: {
        method: "performance",
        endpoints: { berlin: { location: [52.52, 13.4], bias: -99 }, lisbon: { location: [38.72, -9.14] } },
      },
    },
    client: "IE",
    answer: "p/lisbon",
  },
  {
    source: PROXIMITY,
    section: "Geoproximity routing",
    rule: "A bias beyond 99 is refused.",
    profiles: { p: { method: "performance", endpoints: { a: { location: "DE", bias: 100 } } } },
    answer: { refused: "out-of-range" },
  },
  {
    source: IP_BASED,
    section: "Managing IP ranges and associating them to a resource record set (RRSet)",
    rule: "A query from within a block gets the record of that block.",
    profiles: { p: { method: "subnet", endpoints: { all: {}, block: { networks: ["203.0.112.0/20"] } } } },
    client: "office",
    answer: "p/block",
  },
  {
    source: IP_BASED,
    section: "Managing IP ranges and associating them to a resource record set (RRSet)",
    rule: "Of no block: the default (*) location.",
    profiles: { p: { method: "subnet", endpoints: { all: {}, block: { networks: ["203.0.112.0/20"] } } } },
    client: "IE",
    answer: "p/all",
  },
  {
    source: IP_BASED,
    section: "Managing IP ranges and associating them to a resource record set (RRSet)",
    rule: "Blocks are /1 to /24, and /1 to /48 of IPv6.",
    profiles: { p: { method: "subnet", endpoints: { all: {}, host: { networks: ["203.0.113.7/32"] } } } },
    client: "office",
    answer: "p/host",
    differs: {
      theirs: "refused",
      why: "Any length is taken. Resolvers tell /24 and /56 as a rule, so a longer one decides by the first address of those.",
    },
  },
  {
    source: MULTIVALUE,
    section: "Multivalue answer routing",
    rule: "Eight or fewer healthy records: all of them.",
    profiles: { p: { method: "multivalue", maxAnswers: 8, endpoints: many(3) } },
    answer: "p/e0 + p/e1 + p/e2",
  },
  {
    source: MULTIVALUE,
    section: "Multivalue answer routing",
    rule: "More than eight: up to eight, others for others.",
    profiles: { p: { method: "multivalue", maxAnswers: 8, endpoints: many(9) } },
    answer: eightOfNine,
  },
  {
    source: MULTIVALUE,
    section: "Multivalue answer routing",
    rule: "Only records that are healthy.",
    profiles: { p: { method: "multivalue", maxAnswers: 8, endpoints: many(3) } },
    health: { "p/e1": "degraded" },
    answer: "p/e0 + p/e2",
  },
  {
    source: MULTIVALUE,
    section: "Multivalue answer routing",
    rule: "A record without a health check is always healthy.",
    profiles: {
      p: { method: "multivalue", maxAnswers: 8, endpoints: { a: { alwaysServe: true }, b: {}, c: {} } },
    },
    health: { "p/a": "degraded", "p/b": "degraded" },
    answer: "p/a + p/c",
  },
  {
    source: RECORD_SET,
    section: "MultiValueAnswer",
    rule: "All are unhealthy: up to eight unhealthy ones.",
    profiles: { p: { method: "multivalue", maxAnswers: 8, endpoints: many(3) } },
    health: { "p/e0": "degraded", "p/e1": "degraded", "p/e2": "degraded" },
    answer: "p/e0 + p/e1 + p/e2",
  },
];
