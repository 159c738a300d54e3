/**
 * A whole desk in memory, for tests of what serves one: profiles `p0` … with endpoints `e0` … at two sites, overrides
 * that are set at once, a history that is told to it. It knows no DNS and keeps nothing.
 */
import {
  CONTROL_PROBLEMS,
  type Actor,
  type Answer,
  type AskedOverride,
  type AuditEntry,
  type Control,
  type ControlEvent,
  type ControlProblemCode,
  type EndpointStatus,
  type GenerationText,
  type NoticeStatus,
  type OverridePlan,
  type OverrideStatus,
  type Page,
  type PageQuery,
  type ProfileStatus,
  type ReloadOutcome,
  type Transition,
} from "../../src/control/control.ts";
import { formatIpAddress } from "../../src/shared/ip-address.ts";
import { err, ok } from "../../src/shared/result.ts";

export interface MemoryDesk extends Control {
  tell(event: ControlEvent): void;
  /** Who follows its events. */
  followers(): number;
  /** Every change that was let through, as `who from what`. */
  readonly done: readonly string[];
  /** Every refusal that it was told, as `who from what: why`. */
  readonly refusals: readonly string[];
  /** Every question of theirs from now on is answered with this problem. */
  fail(code: ControlProblemCode | undefined): void;
  nextReload: ReloadOutcome;
  transitions: readonly Transition[];
  generationTexts: readonly GenerationText[];
}

/** How many there are, or how they are called. */
export interface DeskSize {
  readonly profiles?: number | readonly string[];
  readonly endpoints?: number | readonly string[];
}

export const AT = "2026-11-27T20:04:43.000Z";

const NOTICE: NoticeStatus = {
  notice: "ops",
  format: "json",
  to: "https://ops.example.com",
  on: ["endpoints"],
  queued: 0,
  delivered: 3,
  failed: 0,
  dropped: 0,
  lastDelivered: AT,
  failingSince: undefined,
  lastError: undefined,
  nextTry: undefined,
  gone: false,
};

const SITES = ["munich", "dublin"] as const;

export function createMemoryDesk({ profiles: ofProfiles = 3, endpoints: ofEndpoints = 2 }: DeskSize = {}): MemoryDesk {
  const each = namesOf("e", ofEndpoints);
  const profiles = namesOf("p", ofProfiles).map((name) => profileOf(name, each.length));
  const endpoints = profiles.flatMap(({ profile }) => each.map((name, i) => endpointOf(profile, name, i)));
  const firstProfile = profiles[0]!.profile;
  const firstEndpoint = each[0]!;
  const followers = new Set<(event: ControlEvent) => void>();
  const done: string[] = [];
  const refusals: string[] = [];
  const audit: AuditEntry[] = [];
  let overrides: readonly OverrideStatus[] = [];
  let nextId = 1;
  let failure: ControlProblemCode | undefined;

  const keep = (actor: Actor, what: string, result = "done"): void => {
    (result === "done" ? done : refusals).push(
      `${actor.name} ${actor.from} ${what}${result === "done" ? "" : `: ${result}`}`,
    );
    audit.unshift({ id: audit.length + 1, at: AT, who: actor.name, from: actor.from, what, result });
  };
  const answer = <T>(make: () => T): Answer<T> => (failure === undefined ? ok(make()) : problem(failure));
  const matching = (pattern: string): readonly EndpointStatus[] =>
    endpoints.filter(({ profile, endpoint, site }) =>
      pattern.startsWith("site:") ? `site:${site}` === pattern : `${profile}/${endpoint}` === pattern,
    );
  const planOf = ({ pattern }: AskedOverride): OverridePlan => {
    const hits = matching(pattern);
    return {
      hits: hits.slice(0, 100).map(({ profile, endpoint, status }) => ({
        endpoint: `${profile}/${endpoint}`,
        status,
        heldBy: undefined,
      })),
      hitCount: hits.length,
      profiles: [
        {
          profile: firstProfile,
          eligible: each.slice(1),
          eligibleCount: each.length - 1,
          allDown: undefined,
          regionsDown: [],
          rulesDown: [],
        },
      ],
      profileCount: 1,
      emptied: 0,
    };
  };
  const plan = (asked: AskedOverride): Answer<OverridePlan> => {
    if (failure !== undefined) return problem(failure);
    const planned = planOf(asked);
    if (planned.hitCount > 0 || asked.pending === true) return ok(planned);
    return problem("matches-nothing", `${asked.pattern} matches no endpoint`);
  };

  const desk: MemoryDesk = {
    done,
    refusals,
    nextReload: { taken: true, generation: 8, problems: [], changes: undefined },
    transitions: [
      { at: AT, subject: `${firstProfile}/${firstEndpoint}`, from: "online", to: "degraded", reason: "refused" },
    ],
    generationTexts: [
      {
        number: 7,
        at: AT,
        hash: "00",
        databases: [],
        changes: undefined,
        files: [{ file: "a.yaml", text: "zones: {}\n" }],
      },
    ],
    tell(event) {
      for (const follower of followers) follower(event);
    },
    followers: () => followers.size,
    fail: (code) => void (failure = code),
    overview: () => ({
      version: "0.1.0",
      startedAt: AT,
      ready: true,
      notices: [],
      generation: 7,
      lastLoad: { at: AT, ok: true, problems: [] },
      dns: ["127.0.0.1:5353"],
      udp: "portable",
      profiles: { online: profiles.length },
      endpoints: { online: endpoints.length },
      overrides: overrides.length,
      state: { file: undefined, durable: false, trouble: "state.file is off" },
    }),
    profiles: ({ status, ...query }) =>
      pageOf(
        profiles.filter((one) => status === undefined || one.status === status),
        query,
      ),
    profile(name) {
      const found = profiles.find(({ profile }) => profile === name);
      return found === undefined ? problem("unknown-profile", `${name}: no such profile`) : ok(found);
    },
    endpoints: ({ profile, site, label, status, ...query }) =>
      pageOf(
        endpoints.filter(
          (one) =>
            (profile === undefined || one.profile === profile) &&
            (site === undefined || one.site === site) &&
            (label === undefined || Object.entries(one.labels).some((pair) => pair.join("=") === label)) &&
            (status === undefined || one.status === status),
        ),
        query,
      ),
    sites: () =>
      SITES.map((site) => ({
        site,
        labels: {},
        location: [48.14, 11.58],
        profiles: profiles.length,
        endpoints: {},
        eligible: 0,
        forced: 0,
        load: undefined,
      })),
    explain: async ({ name, type, client, resolver }) =>
      answer(() => ({
        name,
        generation: 7,
        matched: name,
        profile: firstProfile,
        method: "priority",
        status: "online",
        question: type,
        client: {
          address: formatIpAddress(client),
          placedBy: resolver === undefined ? "client" : "resolver",
          country: undefined,
          subdivisions: [],
          grouping: undefined,
          point: undefined,
          asn: undefined,
          source: "none",
          regions: ["WORLD"],
        },
        candidates: {
          profile: firstProfile,
          method: "priority",
          tiers: [
            [
              {
                endpoint: firstEndpoint,
                basis: { kind: "priority", priority: 1 },
                status: "online",
                standby: false,
                trickle: 0,
                eligible: true,
                forced: undefined,
                left: undefined,
                load: undefined,
                addressesDown: [],
                answers: true,
                nested: {
                  profile: "p1",
                  method: "weighted",
                  tiers: [],
                  removed: [],
                  fallbackRemoved: undefined,
                  others: [{ endpoint: "e0", why: "disabled", nested: undefined }],
                },
              },
            ],
          ],
          removed: [],
          fallbackRemoved: undefined,
          others: [],
        },
        sticky: [],
        outcomes: [
          {
            probability: 1,
            path: [`${firstProfile}/${firstEndpoint}`],
            beside: [],
            reason: "preferred",
            answer: { kind: "addresses", data: ["192.0.2.1"] },
          },
        ],
        ttl: 30,
        ttlRange: undefined,
        negativeTtl: 30,
        scope: "0.0.0.0/0",
      })),
    history: async ({ subject, since, ...query }) =>
      answer(() =>
        pageOf(
          desk.transitions.filter(
            (one) =>
              (subject === undefined || one.subject === subject) &&
              (since === undefined || Date.parse(one.at) >= since),
          ),
          query,
        ),
      ),
    generations: async (query) =>
      answer(() =>
        pageOf(
          desk.generationTexts.map(({ files: _files, ...entry }) => entry),
          query,
        ),
      ),
    async generation(number) {
      const found = desk.generationTexts.find((one) => one.number === number);
      return found === undefined ? problem("unknown-generation", `generation ${number} is not kept`) : ok(found);
    },
    diff: async (from, to) => answer(() => ({ from, to, text: `--- ${from}\n+++ ${to}\n` })),
    overrides: () => overrides,
    planOverride: plan,
    async override(asked, actor) {
      const planned = plan(asked);
      if (!planned.ok) return planned;
      const { pattern, action, for: duration, over, reason } = asked;
      const hits = planned.value.hitCount;
      const override: OverrideStatus = {
        id: nextId++,
        pattern,
        action,
        since: AT,
        until: duration === undefined ? undefined : new Date(Date.parse(AT) + duration).toISOString(),
        over: over === undefined ? undefined : over / 1000,
        reason,
        author: actor.name,
        matches: hits,
        holds: hits,
        left: action === "drain" ? 1 : 0,
        kept: true,
      };
      overrides = [...overrides, override];
      keep(actor, `override ${pattern} ${action}`);
      desk.tell({ kind: "override", at: AT, change: "set", override });
      return ok({ ...planned.value, override });
    },
    async clearOverrides(which, actor) {
      const isMeant = (one: OverrideStatus): boolean =>
        "id" in which ? one.id === which.id : one.pattern === which.pattern;
      const cleared = overrides.filter(isMeant);
      if (cleared.length === 0) return problem("unknown-override", "no such override");
      overrides = overrides.filter((one) => !isMeant(one));
      keep(actor, `clear ${"id" in which ? which.id : which.pattern}`);
      return ok({ cleared, kept: true });
    },
    async reload(actor) {
      if (failure !== undefined) return problem(failure);
      keep(actor, "reload");
      return ok(desk.nextReload);
    },
    async probe(endpoint, actor) {
      if (matching(endpoint).length === 0) return problem("unknown-endpoint", `${endpoint}: no such endpoint`);
      keep(actor, `probe ${endpoint}`);
      return ok({
        endpoint,
        status: "online",
        probes: [
          {
            monitor: "web",
            target: "http://192.0.2.1:80",
            ok: true,
            milliseconds: 3,
            code: undefined,
            reason: undefined,
          },
        ],
      });
    },
    async failback(endpoint, actor) {
      if (matching(endpoint).length === 0) return problem("unknown-endpoint", `${endpoint}: no such endpoint`);
      if (failure !== undefined) return problem(failure);
      keep(actor, `failback ${endpoint}`);
      return ok({
        endpoint,
        status: "online",
        targets: [
          {
            monitor: "web",
            target: "http://192.0.2.1:80",
            back: true,
            reason: undefined,
            shared: [],
            sharedCount: 0,
          },
        ],
      });
    },
    report({ subject }, { reportsOf }) {
      if (failure !== undefined) return problem(failure);
      if (reportsOf?.includes(subject) === false) return problem("not-its-subject");
      if (matching(subject).length === 0) return problem("unknown-endpoint", `${subject}: no such endpoint`);
      return ok({ subject, at: AT, probes: matching(subject).length });
    },
    databases: () => [{ database: "country.mmdb", built: AT, age: 3600, used: true }],
    notices: () => [NOTICE],
    async testNotice(name, actor) {
      if (failure !== undefined) return problem(failure);
      if (name !== NOTICE.notice) return problem("unknown-notice", `${name} is no notice`);
      keep(actor, `test notice ${name}`);
      return ok({ notice: name, ok: true, status: 204, milliseconds: 31, reason: undefined });
    },
    audit: async (query) => answer(() => pageOf(audit, query)),
    refused: (actor, what, why) => keep(actor, what, why),
    subscribe(onEvent) {
      followers.add(onEvent);
      return () => followers.delete(onEvent);
    },
  };
  return desk;
}

function problem(code: ControlProblemCode, message: string = CONTROL_PROBLEMS[code]): Answer<never> {
  return err({ code, message });
}

function pageOf<T>(all: readonly T[], { after = "0", limit = 100 }: PageQuery): Page<T> {
  const begin = Number(after);
  const end = begin + limit;
  return { items: all.slice(begin, end), next: end < all.length ? String(end) : undefined };
}

function namesOf(letter: string, named: number | readonly string[]): readonly string[] {
  return typeof named === "number" ? Array.from({ length: named }, (_, i) => `${letter}${i}`) : named;
}

function profileOf(profile: string, endpoints: number): ProfileStatus {
  return {
    profile,
    status: "online",
    since: AT,
    method: "performance",
    names: [`${profile}.gtm.example.com`],
    endpoints: { online: endpoints },
    eligible: { all: endpoints, ipv4: endpoints, ipv6: 0 },
    allDown: undefined,
    regionsDown: [],
    rulesDown: [],
    decisions: 12,
  };
}

function endpointOf(profile: string, endpoint: string, i: number): EndpointStatus {
  return {
    profile,
    endpoint,
    status: "online",
    since: AT,
    restored: false,
    eligible: true,
    forced: undefined,
    ramp: undefined,
    site: SITES[i % SITES.length],
    labels: { provider: i % 2 === 0 ? "own" : "azure" },
    target: { kind: "address", text: `192.0.2.${i}` },
    reason: undefined,
    addressesDown: [],
    probes: [
      {
        monitor: "web",
        target: `http://192.0.2.${i}:80`,
        status: "online",
        since: AT,
        last: { at: AT, milliseconds: 3, ok: true, code: undefined, reason: undefined },
        failures: 0,
        successes: 40,
        flaps: 0,
        waits: undefined,
      },
    ],
    share: 0.5,
    load: undefined,
    nested: undefined,
  };
}
