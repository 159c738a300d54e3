/** What a server tells in the tests of the command line: two sites, one profile without trouble, one degraded, one all down. */
import type {
  EndpointStatus,
  GenerationEntry,
  Overview,
  OverridePlan,
  OverrideStatus,
  ProfileStatus,
  SiteStatus,
} from "../../src/control/control.ts";

/** When it is, for all ages below. */
export const NOW = Date.parse("2026-11-27T20:04:43.000Z");

/** So many seconds before. */
export function ago(seconds: number): string {
  return new Date(NOW - seconds * 1000).toISOString();
}

export const OVERVIEW: Overview = {
  version: "0.1.0",
  startedAt: ago(11_520),
  ready: true,
  notices: [],
  generation: 12,
  lastLoad: { at: ago(90), ok: true, problems: [] },
  dns: ["0.0.0.0:53", "[::]:53"],
  udp: "batch",
  profiles: { online: 1, degraded: 2 },
  endpoints: { online: 4, degraded: 3, disabled: 1 },
  overrides: 0,
  state: { file: "/var/lib/geosteer/geosteer.db", durable: true, trouble: undefined },
};

export function profileStatus(profile: string, more: Partial<ProfileStatus> = {}): ProfileStatus {
  return {
    profile,
    status: "online",
    since: ago(9000),
    method: "performance",
    names: [`${profile}.gtm.example.com`],
    endpoints: { online: 3 },
    eligible: { all: 3, ipv4: 3, ipv6: 1 },
    allDown: undefined,
    regionsDown: [],
    rulesDown: [],
    decisions: 1204,
    ...more,
  };
}

export const PROFILES: readonly ProfileStatus[] = [
  profileStatus("shop"),
  profileStatus("payroll", {
    status: "degraded",
    since: ago(190),
    method: "geographic",
    endpoints: { online: 1, degraded: 1 },
    eligible: { all: 1, ipv4: 1, ipv6: 0 },
    regionsDown: ["DE", "AT"],
    rulesDown: [],
    decisions: 77,
  }),
  profileStatus("api", {
    status: "degraded",
    since: ago(42),
    method: "priority",
    endpoints: { degraded: 2, disabled: 1 },
    eligible: { all: 0, ipv4: 0, ipv6: 0 },
    allDown: "all of them (serveAll)",
    decisions: 31_415,
  }),
];

export function endpointStatus(profile: string, endpoint: string, more: Partial<EndpointStatus> = {}): EndpointStatus {
  return {
    profile,
    endpoint,
    status: "online",
    since: ago(9000),
    restored: false,
    eligible: true,
    forced: undefined,
    ramp: undefined,
    site: undefined,
    labels: {},
    target: { kind: "address", text: "203.0.113.10" },
    reason: undefined,
    addressesDown: [],
    probes: [
      {
        monitor: "web",
        target: "https://203.0.113.10:443",
        status: "online",
        since: ago(9000),
        last: { at: ago(8), milliseconds: 12.4, ok: true, code: undefined, reason: undefined },
        failures: 0,
        successes: 40,
        flaps: 0,
        waits: undefined,
      },
    ],
    load: undefined,
    share: 0.425,
    nested: undefined,
    ...more,
  };
}

/** Of before the start: nothing has been probed since. */
function restored(profile: string, endpoint: string, other: Partial<EndpointStatus> = {}): EndpointStatus {
  const one = endpointStatus(profile, endpoint, { restored: true, ...other });
  return { ...one, probes: one.probes.map((probe) => ({ ...probe, last: undefined })) };
}

export const ENDPOINTS: readonly EndpointStatus[] = [
  endpointStatus("shop", "munich", { site: "munich", labels: { jurisdiction: "EU" } }),
  endpointStatus("shop", "ireland", {
    site: "dublin",
    forced: { action: "drain", override: 7, left: 0.4 },
    target: { kind: "host", text: "shop-ireland.example.net" },
    probes: [
      {
        monitor: "web",
        target: "https://shop-ireland.example.net:443",
        status: "online",
        since: ago(9000),
        last: { at: ago(3), milliseconds: 31, ok: true, code: undefined, reason: undefined },
        failures: 0,
        successes: 40,
        flaps: 0,
        waits: undefined,
      },
    ],
    share: 0.004,
  }),
  endpointStatus("shop", "virginia", {
    status: "degraded",
    since: ago(130),
    eligible: false,
    target: { kind: "address", text: "198.51.100.20" },
    probes: [
      {
        monitor: "web",
        target: "https://198.51.100.20:443",
        status: "degraded",
        since: ago(9000),
        last: { at: ago(130), milliseconds: 1, ok: false, code: "refused", reason: "connect-refused" },
        failures: 4,
        successes: 0,
        flaps: 0,
        waits: undefined,
      },
    ],
    share: 0,
  }),
  restored("shop", "tokyo", { status: "checking", since: ago(4000), share: undefined }),
  endpointStatus("shop", "apac", {
    target: { kind: "profile", text: "shop-apac" },
    probes: [],
    share: undefined,
    nested: { endpoints: { online: 2, degraded: 1 }, eligible: { all: 2, ipv4: 2, ipv6: 0 } },
  }),
];

export const SITES: readonly SiteStatus[] = [
  {
    site: "munich",
    labels: { jurisdiction: "EU", provider: "own" },
    location: [48.14, 11.58],
    profiles: 1,
    endpoints: { online: 1 },
    eligible: 1,
    forced: 0,
    load: undefined,
  },
  {
    site: "dublin",
    labels: {},
    location: undefined,
    profiles: 1,
    endpoints: { online: 1 },
    eligible: 1,
    forced: 1,
    load: undefined,
  },
];

export const OVERRIDE: OverrideStatus = {
  id: 7,
  pattern: "site:dublin",
  action: "drain",
  since: ago(360),
  until: new Date(NOW + 7_200_000).toISOString(),
  over: 600,
  reason: "cooling is out",
  author: "ada",
  matches: 2,
  holds: 1,
  left: 0.4,
  kept: true,
};

export const PLAN: OverridePlan = {
  hits: [
    { endpoint: "shop/ireland", status: "online", heldBy: undefined },
    { endpoint: "payroll/ireland", status: "degraded", heldBy: 3 },
  ],
  hitCount: 2,
  profiles: [
    {
      profile: "shop",
      eligible: ["munich", "apac"],
      eligibleCount: 2,
      allDown: undefined,
      regionsDown: [],
      rulesDown: [],
    },
  ],
  profileCount: 1,
  emptied: 0,
};

export const GENERATION: GenerationEntry = {
  number: 12,
  at: ago(90),
  hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  databases: [{ database: "country.mmdb", built: ago(86_400) }],
  changes: {
    profiles: { added: [], removed: [], changed: ["shop"] },
    endpoints: { added: ["shop/apac"], removed: ["shop/oldenburg", "shop/trier"], changed: [] },
    zones: { added: [], removed: [], changed: [] },
  },
};
