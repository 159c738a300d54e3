/** Examples of what the desk gives, for the OpenAPI document. */
import type {
  AuditEntry,
  DatabaseStatus,
  EndpointStatus,
  Explained,
  FailbackReport,
  GenerationEntry,
  NoticeStatus,
  NoticeTest,
  OverridePlan,
  OverrideStatus,
  Overview,
  ProbeReport,
  ProfileStatus,
  ReloadOutcome,
  Reported,
  SiteStatus,
  Transition,
} from "../../control/control.ts";

const AT = "2026-11-27T20:04:43.000Z";
const LATER = "2026-11-27T22:04:43.000Z";
const HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

const overview: Overview = {
  version: "0.1.0",
  startedAt: AT,
  ready: true,
  notices: [],
  generation: 7,
  lastLoad: { at: AT, ok: true, problems: [] },
  dns: ["192.0.2.53:53"],
  udp: "batch",
  profiles: { online: 2, degraded: 1 },
  endpoints: { online: 6, degraded: 1 },
  overrides: 1,
  state: { file: "/var/lib/geosteer/state.db", durable: true, trouble: undefined },
};

const profile: ProfileStatus = {
  profile: "shop",
  status: "degraded",
  since: AT,
  method: "performance",
  names: ["shop.gtm.example.com"],
  endpoints: { online: 2, degraded: 1 },
  eligible: { all: 2, ipv4: 2, ipv6: 1 },
  allDown: undefined,
  regionsDown: [],
  rulesDown: [],
  decisions: 1234,
};

const endpoint: EndpointStatus = {
  profile: "shop",
  endpoint: "munich",
  status: "online",
  since: AT,
  restored: false,
  eligible: false,
  forced: { action: "drain", override: 3, left: 0.25 },
  ramp: undefined,
  site: "munich",
  labels: { provider: "own" },
  target: { kind: "address", text: "203.0.113.10" },
  reason: undefined,
  addressesDown: [],
  probes: [
    {
      monitor: "web",
      target: "https://203.0.113.10:443",
      status: "online",
      since: AT,
      last: { at: AT, milliseconds: 12, ok: true, code: undefined, reason: undefined },
      failures: 0,
      successes: 40,
      flaps: 0,
      waits: undefined,
    },
  ],
  load: {
    of: "shop/munich",
    source: "orca",
    value: 83.1,
    at: AT,
    smoothed: 81.6,
    share: 0.421_875,
    critical: false,
    stale: false,
    ignored: 0,
  },
  share: 0.1,
  nested: undefined,
};

const site: SiteStatus = {
  site: "munich",
  labels: { provider: "own" },
  location: [48.14, 11.58],
  profiles: 2,
  endpoints: { online: 2 },
  eligible: 0,
  forced: 2,
  load: undefined,
};

const explained: Explained = {
  name: "shop.gtm.example.com",
  generation: 7,
  matched: "shop.gtm.example.com",
  profile: "shop",
  method: "priority",
  status: "online",
  question: "A",
  client: {
    address: "203.0.113.7",
    placedBy: "client",
    country: "DE",
    subdivisions: [],
    grouping: "GEO-EU",
    point: { latitude: 51.17, longitude: 10.45 },
    asn: undefined,
    source: "country.mmdb",
    regions: ["DE", "EU", "EEA", "GEO-EU", "WORLD"],
  },
  candidates: {
    profile: "shop",
    method: "priority",
    tiers: [
      [
        {
          endpoint: "munich",
          basis: { kind: "priority", priority: 1 },
          standby: false,
          trickle: 0,
          status: "online",
          forced: undefined,
          left: undefined,
          load: undefined,
          addressesDown: [],
          eligible: true,
          answers: true,
          nested: undefined,
        },
      ],
    ],
    removed: [
      {
        endpoint: "virginia",
        rule: "eu-personal-data",
        violations: [{ label: "jurisdiction", value: "US", against: "require", values: ["EU"] }],
      },
    ],
    fallbackRemoved: undefined,
    others: [],
  },
  sticky: [],
  outcomes: [
    {
      probability: 1,
      path: ["shop/munich"],
      beside: [],
      reason: "preferred",
      answer: { kind: "addresses", data: ["203.0.113.10"] },
    },
  ],
  ttl: 30,
  ttlRange: undefined,
  negativeTtl: 30,
  scope: "0.0.0.0/0",
};

const transition: Transition = {
  at: AT,
  subject: "shop/dublin",
  from: "online",
  to: "degraded",
  reason: "connection refused",
};

const generation: GenerationEntry = {
  number: 7,
  at: AT,
  hash: HASH,
  databases: [{ database: "country.mmdb", built: AT }],
  changes: {
    profiles: { added: [], removed: [], changed: ["shop"] },
    endpoints: { added: ["shop/dublin"], removed: [], changed: [] },
    zones: { added: [], removed: [], changed: [] },
  },
};

const override: OverrideStatus = {
  id: 3,
  pattern: "site:munich",
  action: "drain",
  since: AT,
  until: LATER,
  over: 600,
  reason: "new switches",
  author: "alice",
  matches: 2,
  holds: 2,
  left: 0.25,
  kept: true,
};

const plan: OverridePlan = {
  hits: [{ endpoint: "shop/munich", status: "online", heldBy: undefined }],
  hitCount: 1,
  profiles: [
    { profile: "shop", eligible: ["dublin"], eligibleCount: 1, allDown: undefined, regionsDown: [], rulesDown: [] },
  ],
  profileCount: 1,
  emptied: 0,
};

const reloaded: ReloadOutcome = { taken: true, generation: 8, problems: [], changes: generation.changes };

const notReloaded: ReloadOutcome = {
  taken: false,
  generation: 7,
  problems: [
    {
      code: "unknown-key",
      message:
        'geosteer.yaml:14:41 profiles.shop.endpoints.dublin.locaton: unknown key, found "locaton", wanted a known key: did you mean location? (unknown-key)',
    },
  ],
  changes: undefined,
};

const reported: Reported = { subject: "shop/munich", at: AT, probes: 1 };

const probed: ProbeReport = {
  endpoint: "shop/munich",
  status: "online",
  probes: [
    {
      monitor: "web",
      target: "https://203.0.113.10:443",
      ok: true,
      milliseconds: 12,
      code: undefined,
      reason: undefined,
    },
  ],
};

const failedBack: FailbackReport = {
  endpoint: "shop/munich",
  status: "online",
  targets: [
    {
      monitor: "web",
      target: "https://203.0.113.10:443",
      back: true,
      reason: undefined,
      shared: ["rest/munich"],
      sharedCount: 1,
    },
  ],
};

const notice: NoticeStatus = {
  notice: "ops",
  format: "json",
  to: "https://ops.example.com",
  on: ["endpoints", "profiles", "regions", "rules", "reloads"],
  queued: 2,
  delivered: 41,
  failed: 3,
  dropped: 0,
  lastDelivered: AT,
  failingSince: LATER,
  lastError: "status 503",
  nextTry: LATER,
  gone: false,
};

const noticeTest: NoticeTest = { notice: "ops", ok: true, status: 204, milliseconds: 31, reason: undefined };

const database: DatabaseStatus = { database: "country.mmdb", built: AT, age: 86_400, used: true };

const audit: AuditEntry = {
  id: 12,
  at: AT,
  who: "alice",
  from: "198.51.100.7",
  what: "override site:munich drain over 10m for 2h",
  result: "done",
};

export const EXAMPLES = {
  overview,
  profile,
  endpoint,
  site,
  explained,
  transition,
  generation,
  override,
  plan,
  reloaded,
  notReloaded,
  probed,
  failedBack,
  reported,
  database,
  notice,
  noticeTest,
  audit,
};
