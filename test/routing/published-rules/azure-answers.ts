/** Types, ranges and overrides of Azure Traffic Manager, from Microsoft's documentation (MicrosoftDocs/azure-docs, CC BY 4.0), said in other words. */
import { FAQ, OVERRIDE, regional } from "./azure-documents.ts";
import type { PublishedRule } from "./rule.ts";

const TYPES =
  "What happens when an incoming query's record type is different from the record type associated with the addressing type of the endpoints?";

const V4 = {};
const V6 = { address: "2001:db8::1" };
const HOST = { host: "a.example.net" };

export const AZURE_ANSWERS: readonly PublishedRule[] = [
  {
    source: FAQ,
    section: "Why is it strongly recommended that customers create nested profiles …?",
    rule: "Spain's endpoint is unhealthy: clients of Spain do not get that of Europe.",
    profiles: regional({ spain: { regions: ["ES"] }, europe: { regions: ["GEO-EU"] } }),
    health: { "p/spain": "degraded" },
    client: "ES",
    answer: "p/spain",
  },
  {
    source: FAQ,
    section: "How can I specify a fallback endpoint when using Subnet routing?",
    rule: "Nobody is mapped and there is no fallback endpoint: NXDOMAIN.",
    profiles: { p: { method: "subnet", endpoints: { hq: { networks: ["203.0.113.0/24"] } } } },
    client: "IE",
    answer: "NODATA",
    differs: {
      theirs: "NXDOMAIN here, NODATA in “Traffic Manager routing methods”",
      why: "The name exists for others. A resolver may keep NXDOMAIN for all types, and for all names below (RFC 8020).",
    },
  },
  {
    source: FAQ,
    section: "How can I specify a fallback endpoint when using Subnet routing?",
    rule: "The client's endpoint is unhealthy: the fallback endpoint.",
    profiles: { p: { method: "subnet", endpoints: { all: {}, hq: { networks: ["203.0.113.0/24"] } } } },
    health: { "p/hq": "degraded" },
    client: "office",
    answer: "p/all",
  },
  {
    source: FAQ,
    section: "How can I specify a fallback endpoint when using Subnet routing?",
    rule: "The client's endpoint is unhealthy and there is no fallback endpoint: NXDOMAIN.",
    profiles: { p: { method: "subnet", endpoints: { hq: { networks: ["203.0.113.0/24"] } } } },
    health: { "p/hq": "degraded" },
    client: "office",
    answer: "p/hq",
    differs: {
      theirs: "NXDOMAIN",
      why: "`whenAllDown: serveAll` holds for every method. `whenAllDown: nodata` answers that there are no records.",
    },
  },
  {
    source: FAQ,
    section: "What happens if an endpoint is disabled in a Subnet routing type profile?",
    rule: "As if it and its ranges did not exist.",
    profiles: {
      p: { method: "subnet", endpoints: { all: {}, hq: { networks: ["203.0.113.0/24"], enabled: false } } },
    },
    client: "office",
    answer: "p/all",
  },
  {
    source: FAQ,
    section: "How can I specify IP addresses when using Subnet routing?",
    rule: "The first address of a range cannot be more than the last.",
    profiles: { p: { method: "subnet", endpoints: { hq: { networks: ["203.0.113.9-203.0.113.4"] } } } },
    answer: { refused: "bad-network" },
  },
  {
    source: FAQ,
    section: "How does Traffic Manager know the IP address of the end user?",
    rule: "The client subnet (EDNS) counts where it is there, else the address of the resolver.",
    profiles: { p: { method: "geographic", endpoints: { ie: { regions: ["IE"] }, all: { regions: ["WORLD"] } } } },
    client: "IE",
    answer: "p/ie",
  },
  {
    source: FAQ,
    section: "How many endpoints are returned when MultiValue routing is used?",
    rule: "No more than the maximum that is set.",
    profiles: { p: { method: "multivalue", maxAnswers: 2, endpoints: { a: {}, b: {}, c: {} } } },
    answer: { "p/a + p/b": 1 / 3, "p/b + p/c": 1 / 3, "p/c + p/a": 1 / 3 },
  },
  {
    source: FAQ,
    section: "How many endpoints are returned when MultiValue routing is used?",
    rule: "The maximum is 10 at most.",
    profiles: { p: { method: "multivalue", maxAnswers: 11, endpoints: { a: {}, b: {} } } },
    answer: { refused: "out-of-range" },
  },
  ...(
    [
      ["A", "an IPv4 address", V4, "p/a"],
      ["A", "a host", HOST, "p/a"],
      ["A", "an IPv6 address", V6, "NODATA"],
      ["AAAA", "an IPv6 address", V6, "p/a"],
      ["AAAA", "a host", HOST, "p/a"],
      ["AAAA", "an IPv4 address", V4, "NODATA"],
      ["CNAME", "a host", HOST, "p/a"],
      ["CNAME", "an IPv4 address", V4, "NODATA"],
    ] as const
  ).map(([type, what, endpoint, answer]): PublishedRule => ({
    source: FAQ,
    section: TYPES,
    rule: `${type} for ${what}: ${answer === "NODATA" ? "NODATA" : "the endpoint"}.`,
    profiles: { p: { method: "priority", endpoints: { a: endpoint } } },
    type,
    answer,
  })),
  {
    source: FAQ,
    section: TYPES,
    rule: "ANY: the endpoint.",
    profiles: { p: { method: "priority", endpoints: { a: V4 } } },
    type: "ANY",
    answer: "HINFO",
    differs: {
      theirs: "the endpoint's record",
      why: "ANY is answered as RFC 8482 says, so that it amplifies nothing.",
    },
  },
  {
    source: FAQ,
    section: TYPES,
    rule: "The endpoint is found first; if it has no record of the type: NODATA.",
    profiles: { p: { method: "weighted", families: "strict", endpoints: { a: V4, b: V6 } } },
    answer: { "p/a": 0.5, NODATA: 0.5 },
  },
  {
    source: FAQ,
    section: TYPES,
    rule: "The endpoint is found first; if it has no record of the type: NODATA.",
    profiles: { p: { method: "weighted", endpoints: { a: V4, b: V6 } } },
    answer: "p/a",
    differs: {
      theirs: "NODATA for the clients of the other endpoint (profiles with both families are refused)",
      why: "By default (`families: tier`) endpoints that share clients answer for each other. `families: strict` decides as Azure does.",
    },
  },
  ...(
    [
      ["A", "p/a + p/b"],
      ["AAAA", "p/c"],
      ["CNAME", "NODATA"],
    ] as const
  ).map(([type, answer]): PublishedRule => ({
    source: FAQ,
    section: TYPES,
    rule: `MultiValue, ${type} for IPv4 and IPv6 addresses: ${answer === "NODATA" ? "NODATA" : "those of the type alone"}.`,
    profiles: { p: { method: "multivalue", maxAnswers: 10, endpoints: { a: V4, b: V4, c: V6 } } },
    type,
    answer,
  })),
];

export const AZURE_OVERRIDES: readonly PublishedRule[] = [
  {
    source: OVERRIDE,
    section: "How subnet override works",
    rule: "Performance: a range of an endpoint goes before the method while that endpoint is healthy.",
    profiles: {
      p: {
        method: "performance",
        endpoints: { de: { location: "DE" }, us: { location: "US", networks: ["198.51.100.3/32"] } },
      },
    },
    client: "DE",
    answer: "p/us",
  },
  {
    source: OVERRIDE,
    section: "How subnet override works",
    rule: "Performance: an endpoint that is not healthy is passed over, and the method decides.",
    profiles: {
      p: {
        method: "performance",
        endpoints: { de: { location: "DE" }, us: { location: "US", networks: ["198.51.100.3/32"] } },
      },
    },
    health: { "p/us": "degraded" },
    client: "DE",
    answer: "p/de",
  },
  {
    source: OVERRIDE,
    section: "How subnet override works",
    rule: "Geographic: the endpoint of the range, whatever its health.",
    profiles: regional({ all: { regions: ["WORLD"] }, hq: { regions: ["IE"], networks: ["203.0.113.0/24"] } }),
    health: { "p/hq": "degraded" },
    client: "office",
    answer: "p/hq",
  },
  {
    source: OVERRIDE,
    section: "How subnet override works",
    rule: "Geographic: the endpoint of the range, whatever its health.",
    profiles: {
      p: {
        method: "geographic",
        endpoints: { all: { regions: ["WORLD"] }, hq: { regions: ["IE"], networks: ["203.0.113.0/24"] } },
      },
    },
    health: { "p/hq": "degraded" },
    client: "office",
    answer: "p/all",
    differs: {
      theirs: "the endpoint that is down",
      why: "As with regions: `whenRegionDown: serve` decides as Azure does.",
    },
  },
];
