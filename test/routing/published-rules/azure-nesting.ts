/** Nested profiles of Azure Traffic Manager, from Microsoft's documentation (MicrosoftDocs/azure-docs, CC BY 4.0), said in other words. */
import { child, FAQ, NESTED } from "./azure-documents.ts";
import type { PublishedRule } from "./rule.ts";

const TABLE = "How does Traffic Manager compute the health of a nested endpoint in a parent profile?";

export const AZURE_NESTING: readonly PublishedRule[] = [
  {
    source: NESTED,
    section: "Example 1: Combining 'Performance' and 'Weighted' traffic routing",
    rule: "Within the closest nested profile its weights decide.",
    profiles: {
      p: { method: "performance", endpoints: { we: { profile: "c", location: "DE" }, us: { location: "US" } } },
      c: { method: "weighted", endpoints: { prod: { weight: 99 }, test: { weight: 1 } } },
    },
    client: "DE",
    answer: { "c/prod": 0.99, "c/test": 0.01 },
  },
  {
    source: NESTED,
    section: "Example 2: Endpoint monitoring in Nested Profiles",
    rule: "MinChildEndpoints is 1: one healthy child takes all.",
    profiles: {
      p: { method: "performance", endpoints: { we: { profile: "c", location: "DE" }, us: { location: "US" } } },
      c: { method: "weighted", endpoints: { prod: { weight: 99 }, test: { weight: 1 } } },
    },
    health: { "c/prod": "degraded" },
    client: "DE",
    answer: "c/test",
    status: { "p/we": "online", c: "degraded" },
  },
  {
    source: NESTED,
    section: "Example 2: Endpoint monitoring in Nested Profiles",
    rule: "All children unhealthy: the parent's other endpoints.",
    profiles: {
      p: { method: "performance", endpoints: { we: { profile: "c", location: "DE" }, us: { location: "US" } } },
      c: { method: "weighted", endpoints: { prod: { weight: 99 }, test: { weight: 1 } } },
    },
    health: { "c/prod": "degraded", "c/test": "degraded" },
    client: "DE",
    answer: "p/us",
    status: { "p/we": "degraded" },
  },
  {
    source: NESTED,
    section: "Example 2: Endpoint monitoring in Nested Profiles",
    rule: "MinChildEndpoints is 2 and one is healthy: the whole nested profile is unavailable.",
    profiles: {
      p: {
        method: "performance",
        endpoints: { we: { profile: "c", location: "DE", minHealthy: 2 }, us: { location: "US" } },
      },
      c: { method: "weighted", endpoints: { prod: { weight: 99 }, test: { weight: 1 } } },
    },
    health: { "c/prod": "degraded" },
    client: "DE",
    answer: "p/us",
    status: { "p/we": "degraded" },
  },
  {
    source: NESTED,
    section: "Example 3: Prioritized failover regions in 'Performance' traffic routing",
    rule: "A nested priority profile names where a region fails over to.",
    profiles: {
      p: { method: "performance", endpoints: { we: { profile: "c", location: "DE" }, asia: { location: "JP" } } },
      c: { method: "priority", endpoints: { europe: {}, america: {} } },
    },
    health: { "c/europe": "degraded" },
    client: "DE",
    answer: "c/america",
  },
  ...(
    [
      ["Disabled child: Stopped", child({ enabled: false }), {}, 1, "stopped", "p/b"],
      ["Degraded child with enough Online: Online", child(), { "c/x": "degraded" }, 2, "online", "c/y"],
      [
        "Degraded child, enough Online and CheckingEndpoint: CheckingEndpoint",
        child(),
        { "c/x": "degraded", "c/y": "checking" },
        2,
        "checking",
        "c/y",
      ],
      ["Degraded child with too few: Degraded", child(), { "c/x": "degraded" }, 3, "degraded", "p/b"],
      ["Online child: Online", child(), {}, 3, "online", "c/x"],
      [
        "CheckingEndpoints child: CheckingEndpoint",
        child(),
        { "c/x": "checking", "c/y": "checking", "c/z": "checking" },
        1,
        "checking",
        "c/x",
      ],
    ] as const
  ).map(([rule, c, health, minHealthy, status, answer]): PublishedRule => ({
    source: NESTED,
    section: TABLE,
    rule: `${rule}.`,
    profiles: { p: { method: "priority", endpoints: { n: { profile: "c", minHealthy }, b: {} } }, c },
    health,
    answer,
    status: { "p/n": status },
  })),
  {
    source: FAQ,
    section: "How many layers of nesting does Traffic Manager support?",
    rule: "Loops are not permitted.",
    profiles: {
      p: { method: "priority", endpoints: { n: { profile: "c" } } },
      c: { method: "priority", endpoints: { n: { profile: "p" } } },
    },
    answer: { refused: "nested-loop" },
  },
  {
    source: FAQ,
    section: "Can I use a profile with IPv4 / IPv6 addressed endpoints in a nested profile?",
    rule: "A MultiValue profile cannot be a parent.",
    profiles: { p: { method: "multivalue", endpoints: { n: { profile: "c" }, b: {} } }, c: child() },
    answer: { refused: "multivalue-target" },
  },
  {
    source: FAQ,
    section: "Can I use a profile with IPv4 / IPv6 addressed endpoints in a nested profile?",
    rule: "It may be a child.",
    profiles: {
      p: { method: "priority", endpoints: { n: { profile: "c" }, b: {} } },
      c: { method: "multivalue", endpoints: { x: {}, y: {} } },
    },
    answer: "c/x + c/y",
  },
];
