/** The statuses of profiles, endpoints and sites, a page at a time. A page is bounded by what it takes to make it. */
import type { LoadBook, LoadReading } from "../health/load/load-book.ts";
import type { TargetState } from "../health/prober.ts";
import type { EndpointOutline, ProfileOutline } from "../routing/outline.ts";
import { createStatuses, type Statuses } from "../routing/statuses.ts";
import type { Clock } from "../shared/ports.ts";
import { leftOf } from "../state/book.ts";
import type {
  EndpointQuery,
  EndpointStatus,
  LoadStatus,
  Page,
  ProfileQuery,
  ProfileStatus,
  ProbeStatus,
  SiteStatus,
} from "./control.ts";
import type { DecisionReading } from "./decisions.ts";
import { allDownAnswer, countsOf, eligibleOf, instant, regionsDown, rulesDown } from "./describe.ts";
import { flapsTold, waitsTold } from "./probe-waits.ts";
import type { RollUp } from "./roll-up.ts";
import type { ProbedStanding, Served } from "./served.ts";

export interface StatusParts {
  readonly served: Served;
  readonly rollUp: RollUp;
  readonly decisions: DecisionReading;
  readonly loads: LoadReadings;
  readonly clock: Clock;
}

/** What is known of loads; undefined = there is none. */
export type LoadReadings = Pick<LoadBook, "ofEndpoint" | "ofSite">;

const DEFAULT_LIMIT = 100;
const MOST_ITEMS = 1000;

/** Endpoints that are looked at for a page at most: about 10 ms. */
const MOST_LOOKED_AT = 20_000;

/** Names that are told of a profile. */
const MOST_NAMES = 20;

export interface StatusPages {
  profiles(query: ProfileQuery): Page<ProfileStatus>;
  profile(profile: ProfileOutline): ProfileStatus;
  endpoints(query: EndpointQuery): Page<EndpointStatus>;
  sites(): readonly SiteStatus[];
}

export function createStatusPages({ served, rollUp, decisions, loads, clock }: StatusParts): StatusPages {
  const { outline, states, probedOf, targetText, sites } = served;
  const statuses = createStatuses(outline, states.view);
  const now = clock();

  const profileStatus = (profile: ProfileOutline): ProfileStatus => {
    const { status, since, allDown } = rollUp.profile(profile.id);
    return {
      profile: profile.name,
      status,
      since: instant(since),
      method: profile.method,
      names: profile.names.slice(0, MOST_NAMES),
      endpoints: countsOf(profile.endpoints.map((one) => statuses.of(one))),
      eligible: eligibleOf(profile, statuses),
      allDown: allDown ? allDownAnswer(outline, profile, statuses) : undefined,
      regionsDown: regionsDown(profile, statuses),
      rulesDown: rulesDown(outline, profile, statuses),
      decisions: decisions.ofProfile(profile),
    };
  };

  const endpointStatus = (endpoint: EndpointOutline, ofProfile: number): EndpointStatus => {
    const { id, name, profile, site, labels, target } = endpoint;
    const probed = probedOf(id);
    const { since } = rollUp.endpoint(id);
    return {
      profile: outline.profiles[profile]!.name,
      endpoint: name,
      status: statuses.of(endpoint),
      since: instant(since),
      restored: probed?.targets.some(({ restored }) => restored) ?? false,
      eligible: statuses.isEligible(endpoint),
      forced: forcedOf(endpoint),
      ramp: probed !== undefined && probed.health.ramp < 1 ? probed.health.ramp : undefined,
      site,
      labels,
      target: { kind: target.kind, text: targetText(id) },
      reason: probed?.reason,
      addressesDown: probed === undefined ? [] : addressesDown(probed),
      probes: probed?.targets.map((one) => probeStatus(one, now)) ?? [],
      load: loadStatus(loads.ofEndpoint(`${outline.profiles[profile]!.name}/${name}`)),
      share: ofProfile === 0 ? undefined : decisions.ofEndpoint(id) / ofProfile,
      nested: target.kind === "profile" ? nestedCounts(outline.profiles[target.profile]!, statuses) : undefined,
    };
  };

  const forcedOf = ({ id }: EndpointOutline): EndpointStatus["forced"] => {
    const override = states.holderOf(id);
    return override && { action: override.action, override: override.id, left: leftOf(override, now) };
  };

  return {
    profile: profileStatus,
    profiles({ after, limit = DEFAULT_LIMIT, status, site }) {
      const items: ProfileStatus[] = [];
      let looked = 0;
      for (const profile of outline.profiles.slice(after === undefined ? 0 : firstAfter(outline.profiles, after))) {
        if (items.length >= Math.min(limit, MOST_ITEMS) || looked >= MOST_LOOKED_AT) {
          return { items, next: before(outline.profiles, profile.id) };
        }
        if (status !== undefined && rollUp.profile(profile.id).status !== status) continue;
        if (site !== undefined && !profile.endpoints.some((endpoint) => endpoint.site === site)) continue;
        items.push(profileStatus(profile));
        looked += profile.endpoints.length;
      }
      return { items, next: undefined };
    },
    endpoints({ after, limit = DEFAULT_LIMIT, profile, site, label, status }) {
      const [key, value] = split(label, "=");
      const items: EndpointStatus[] = [];
      const [afterProfile, afterEndpoint] = split(after, "/");
      let from = afterProfile === undefined ? 0 : indexOf(outline.profiles, afterProfile);
      if (profile !== undefined) from = Math.max(from, indexOf(outline.profiles, profile));
      for (const one of outline.profiles.slice(from)) {
        if (profile !== undefined && one.name !== profile) break;
        const ofProfile = decisions.ofProfile(one);
        const start = one.name === afterProfile ? firstAfter(one.endpoints, afterEndpoint ?? "") : 0;
        for (const endpoint of one.endpoints.slice(start)) {
          if (site !== undefined && endpoint.site !== site) continue;
          if (key !== undefined && (!Object.hasOwn(endpoint.labels, key) || endpoint.labels[key] !== value)) continue;
          if (status !== undefined && statuses.of(endpoint) !== status) continue;
          if (items.length >= Math.min(limit, MOST_ITEMS)) {
            const last = items.at(-1)!;
            return { items, next: `${last.profile}/${last.endpoint}` };
          }
          items.push(endpointStatus(endpoint, ofProfile));
        }
      }
      return { items, next: undefined };
    },
    sites: () => {
      const members = Map.groupBy(
        outline.endpoints.filter((endpoint) => endpoint.site !== undefined),
        (endpoint) => endpoint.site,
      );
      return sites.map(({ name, location, labels }): SiteStatus => {
        const own = members.get(name) ?? [];
        return {
          site: name,
          labels,
          location,
          profiles: new Set(own.map(({ profile }) => profile)).size,
          endpoints: countsOf(own.map((one) => statuses.of(one))),
          eligible: own.filter((one) => statuses.isEligible(one)).length,
          forced: own.filter(({ id }) => states.holderOf(id) !== undefined).length,
          load: loadStatus(loads.ofSite(name)),
        };
      });
    },
  };
}

function addressesDown({ parts, health }: ProbedStanding): readonly string[] {
  return parts.flatMap(({ host }, i) => (((health.addressesDown >> i) & 1) === 1 ? [host] : []));
}

function probeStatus({ target, state, last }: TargetState, now: number): ProbeStatus {
  return {
    monitor: target.monitor.name,
    target: target.label,
    status: state.status,
    since: instant(state.since),
    last: last && {
      at: instant(last.at),
      milliseconds: Math.round(last.durationMs),
      ok: last.ok,
      code: last.ok ? undefined : last.code,
      reason: last.ok ? undefined : last.reason,
    },
    failures: state.failures,
    successes: state.successes,
    flaps: flapsTold(state, target.monitor, now),
    waits: waitsTold(state, target.monitor, now),
  };
}

/** Per cent are told to a tenth. */
function loadStatus(reading: LoadReading | undefined): LoadStatus | undefined {
  if (reading === undefined) return undefined;
  const { name, source, value, at, smoothed, share, isCritical, isStale, ignored } = reading;
  const rounded = (load: number | undefined): number | undefined =>
    load === undefined ? undefined : Math.round(load * 10) / 10;
  return {
    of: name,
    source,
    value: rounded(value),
    at: at === undefined ? undefined : instant(at),
    smoothed: rounded(smoothed),
    share,
    critical: isCritical,
    stale: isStale,
    ignored,
  };
}

function nestedCounts(child: ProfileOutline, statuses: Statuses): EndpointStatus["nested"] {
  return { endpoints: countsOf(child.endpoints.map((one) => statuses.of(one))), eligible: eligibleOf(child, statuses) };
}

interface Named {
  readonly name: string;
}

/** The place of a name; behind all where it is none. */
function indexOf(all: readonly Named[], name: string): number {
  const index = all.findIndex((one) => one.name === name);
  return index === -1 ? all.length : index;
}

/** The place behind a name; the first where it is none any more, so that nothing is left out. */
function firstAfter(all: readonly Named[], name: string): number {
  return all.findIndex((one) => one.name === name) + 1;
}

function before(all: readonly Named[], index: number): string | undefined {
  return all[index - 1]?.name;
}

function split(text: string | undefined, by: string): readonly [string | undefined, string | undefined] {
  const at = text?.indexOf(by) ?? -1;
  return at === -1 ? [text, undefined] : [text!.slice(0, at), text!.slice(at + 1)];
}
