/** Routing methods of Azure Traffic Manager, from Microsoft's documentation (MicrosoftDocs/azure-docs, CC BY 4.0), said in other words. */
import { child, METHODS, regional } from "./azure-documents.ts";
import type { PublishedRule } from "./rule.ts";

export const AZURE_METHODS: readonly PublishedRule[] = [
  {
    source: METHODS,
    section: "Priority traffic-routing method",
    rule: "Lower values come first; without values the order of the list.",
    profiles: { p: { method: "priority", endpoints: { a: { priority: 1000 }, b: { priority: 1 } } } },
    answer: "p/b",
  },
  {
    source: METHODS,
    section: "Priority traffic-routing method",
    rule: "Two endpoints cannot share a value.",
    profiles: { p: { method: "priority", endpoints: { a: { priority: 1 }, b: { priority: 1 } } } },
    answer: { refused: "priority-twice" },
  },
  {
    source: METHODS,
    section: "Weighted traffic-routing method",
    rule: "Weights are 1 to 1000, and 1 by default.",
    profiles: { p: { method: "weighted", endpoints: { a: {}, b: { weight: 9 } } } },
    answer: { "p/a": 0.1, "p/b": 0.9 },
  },
  {
    source: METHODS,
    section: "Performance traffic-routing method",
    rule: "The closest by measured latency.",
    profiles: { p: { method: "performance", endpoints: { us: { location: "US" }, de: { location: "DE" } } } },
    client: "IE",
    answer: "p/de",
    differs: {
      theirs: "the lowest latency of the Internet Latency Table",
      why: "`performance` is the great-circle distance: nothing is measured. `networks` on an endpoint takes clients of which you know better.",
    },
  },
  {
    source: METHODS,
    section: "Performance traffic-routing method",
    rule: "Endpoints in one region share its clients evenly.",
    profiles: {
      p: {
        method: "performance",
        endpoints: {
          one: { location: "azure:westeurope" },
          other: { location: "azure:westeurope" },
          us: { location: "azure:eastus" },
        },
      },
    },
    client: "DE",
    answer: { "p/one": 0.5, "p/other": 0.5 },
  },
  {
    source: METHODS,
    section: "Performance traffic-routing method",
    rule: "All endpoints of the closest region Degraded: those of the next closest.",
    profiles: {
      p: {
        method: "performance",
        endpoints: {
          one: { location: "azure:westeurope" },
          other: { location: "azure:westeurope" },
          es: { location: "azure:spaincentral" },
          us: { location: "azure:eastus" },
        },
      },
    },
    health: { "p/one": "degraded", "p/other": "degraded" },
    client: "DE",
    answer: "p/es",
  },
  ...(
    [
      ["US-CA", "p/state"],
      ["US-NY", "p/country"],
      ["CA", "p/grouping"],
      ["BR", "p/world"],
      ["nowhere", "p/world"],
    ] as const
  ).map(([client, answer]): PublishedRule => ({
    source: METHODS,
    section: "Geographic traffic-routing method",
    rule: `State, country, grouping, World: the first that is mapped (a client of ${client}).`,
    profiles: regional({
      world: { regions: ["WORLD"] },
      grouping: { regions: ["GEO-NA"] },
      country: { regions: ["US"] },
      state: { regions: ["US-CA"] },
    }),
    client,
    answer,
  })),
  {
    source: METHODS,
    section: "Geographic traffic-routing method",
    rule: "Ireland and Europe: clients of Ireland get Ireland's.",
    profiles: regional({ europe: { regions: ["GEO-EU"] }, ireland: { regions: ["IE"] } }),
    client: "IE",
    answer: "p/ireland",
  },
  {
    source: METHODS,
    section: "Geographic traffic-routing method",
    rule: "A region can be mapped to one endpoint only.",
    profiles: regional({ a: { regions: ["IE"] }, b: { regions: ["IE"] } }),
    answer: { refused: "duplicate-region" },
  },
  {
    source: METHODS,
    section: "Geographic traffic-routing method",
    rule: "The endpoint that matches is Stopped: NODATA, without looking further up.",
    profiles: {
      ...regional({ ie: { profile: "c", regions: ["IE"] }, all: { regions: ["WORLD"] } }),
      c: child({ enabled: false }),
    },
    client: "IE",
    answer: "NODATA",
    status: { "p/ie": "stopped" },
  },
  {
    source: METHODS,
    section: "Geographic traffic-routing method",
    rule: "An endpoint that is Disabled is not matched.",
    profiles: regional({ ie: { regions: ["IE"], enabled: false }, all: { regions: ["WORLD"] } }),
    client: "IE",
    answer: "p/all",
  },
  {
    source: METHODS,
    section: "Geographic traffic-routing method",
    rule: "No region of the client is mapped: NODATA.",
    profiles: regional({ ie: { regions: ["IE"] } }),
    client: "BR",
    answer: "NODATA",
  },
  {
    source: METHODS,
    section: "Geographic traffic-routing method",
    rule: "A nested profile that matches decides by its own method.",
    profiles: { ...regional({ ie: { profile: "c", regions: ["IE"] } }), c: child() },
    health: { "c/x": "degraded" },
    client: "IE",
    answer: "c/y",
  },
  {
    source: METHODS,
    section: "Multivalue traffic-routing method",
    rule: "All healthy endpoints, up to a maximum that is set.",
    profiles: { p: { method: "multivalue", maxAnswers: 10, endpoints: { a: {}, b: {}, c: {} } } },
    answer: "p/a + p/b + p/c",
  },
  {
    source: METHODS,
    section: "Multivalue traffic-routing method",
    rule: "Endpoints are addresses.",
    profiles: { p: { method: "multivalue", endpoints: { a: {}, b: { host: "b.example.net" } } } },
    answer: { refused: "multivalue-target" },
  },
  {
    source: METHODS,
    section: "Subnet traffic-routing method",
    rule: "A range is a CIDR, or a first and a last address.",
    profiles: { p: { method: "subnet", endpoints: { all: {}, hq: { networks: ["203.0.113.4-203.0.113.9"] } } } },
    client: "office",
    answer: "p/hq",
  },
  {
    source: METHODS,
    section: "Subnet traffic-routing method",
    rule: "An endpoint without ranges takes everybody else.",
    profiles: { p: { method: "subnet", endpoints: { all: {}, hq: { networks: ["203.0.113.0/24"] } } } },
    client: "IE",
    answer: "p/all",
  },
  {
    source: METHODS,
    section: "Subnet traffic-routing method",
    rule: "No range holds the client, and there is no endpoint without: NODATA.",
    profiles: { p: { method: "subnet", endpoints: { hq: { networks: ["203.0.113.0/24"] } } } },
    client: "IE",
    answer: "NODATA",
  },
  {
    source: METHODS,
    section: "Subnet traffic-routing method",
    rule: "Ranges of two endpoints must not overlap.",
    profiles: {
      p: {
        method: "subnet",
        endpoints: { wide: { networks: ["203.0.113.0/24"] }, hq: { networks: ["203.0.113.0/28"] } },
      },
    },
    client: "office",
    answer: "p/hq",
    differs: {
      theirs: "the profile is refused",
      why: "Of two ranges that hold a client the narrower wins, as in a routing table.",
    },
  },
];
