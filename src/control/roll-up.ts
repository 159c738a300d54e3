/**
 * The statuses of all endpoints and profiles, kept up as health changes: since when each is what it is, which profiles have
 * nothing up, and which regions have lost their endpoint. Whoever changes a state says which profiles it may matter to;
 * they are looked at together a moment later, many in slices. Tells of each change once.
 */
import type { Status } from "../routing/health-view.ts";
import { isInService } from "../routing/in-service.ts";
import type { ProfileOutline } from "../routing/outline.ts";
import { createStatuses, type Statuses } from "../routing/statuses.ts";
import type { Clock, Logger } from "../shared/ports.ts";
import type { Served } from "./served.ts";

export interface RollUp {
  /** Takes a generation in place of the one before. What has the same name keeps what was known of it. */
  follow(served: Served, before?: (endpoint: number) => Status | undefined): void;
  /** Looks at these profiles again. */
  look(profiles: Iterable<number>): void;
  endpoint(id: number): Known;
  profile(id: number): KnownProfile;
  /** What is known of the endpoints of this generation, also while another one is followed. */
  pinned(): Pick<RollUp, "endpoint" | "profile">;
  /** Whether all that was to be looked at has been. */
  isCurrent(): boolean;
  /** By status. */
  counts(of: "profiles" | "endpoints"): ReadonlyMap<Status, number>;
  stop(): void;
}

export interface Known {
  readonly status: Status;
  /** Milliseconds since the Unix epoch. */
  readonly since: number;
}

export interface KnownProfile extends Known {
  /** Whether it is in service and has no endpoint that is served by choice. */
  readonly allDown: boolean;
}

/** A change of the status of an endpoint, or of a profile where `endpoint` is undefined. */
export interface StatusChange {
  readonly at: number;
  readonly profile: string;
  readonly endpoint: string | undefined;
  readonly from: Status;
  readonly to: Status;
  readonly reason: string | undefined;
}

export interface RollUpDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  /** All changes of one look. */
  readonly onChange: (changes: readonly StatusChange[]) => void;
  /** Is told after a look that has shown any change: of a status, a region, or whether anything is up. */
  readonly onLook?: () => void;
}

/** Endpoints that are looked at in one turn of the event loop, about 5 ms. */
const SLICE = 10_000;

/** Lines of one kind that one look logs at most. */
const MOST_LINES = 20;

/** Regions that a line names at most. */
const MOST_REGIONS = 10;

interface Kept {
  readonly served: Served;
  readonly endpoints: { status: Status; since: number; eligible: boolean }[];
  readonly profiles: { status: Status; since: number; allDown: boolean }[];
}

export function createRollUp({ clock, logger, onChange, onLook = () => {} }: RollUpDeps): RollUp {
  let kept: Kept | undefined;
  let pending = new Set<number>();
  let scheduled: NodeJS.Immediate | undefined;

  const lookAt = (all: Kept, profile: ProfileOutline, statuses: Statuses, now: number): Seen => {
    const changes: StatusChange[] = [];
    const lost: string[] = [];
    const back: string[] = [];
    let up = 0;
    let eligibility = false;
    for (const endpoint of profile.endpoints) {
      const own = all.endpoints[endpoint.id]!;
      const status = statuses.of(endpoint);
      const eligible = statuses.isEligible(endpoint);
      if (status !== own.status) {
        const reason = status === "degraded" ? all.served.probedOf(endpoint.id)?.reason : undefined;
        changes.push({
          at: now,
          profile: profile.name,
          endpoint: endpoint.name,
          from: own.status,
          to: status,
          reason,
        });
        own.status = status;
        own.since = now;
      }
      if (eligible !== own.eligible) {
        own.eligible = eligible;
        eligibility = true;
        for (const region of endpoint.placement.regions) (eligible ? back : lost).push(region);
      }
      up += Number(eligible);
    }
    const own = all.profiles[profile.id]!;
    const status = statuses.ofProfile(profile);
    if (status !== own.status) {
      changes.push({
        at: now,
        profile: profile.name,
        endpoint: undefined,
        from: own.status,
        to: status,
        reason: undefined,
      });
      own.status = status;
      own.since = now;
    }
    const allDown = up === 0 && isInService(all.served.outline, profile);
    const turned = allDown === own.allDown ? undefined : allDown ? "down" : "up";
    own.allDown = allDown;
    return { profile, changes, lost, back, turned, eligibility };
  };

  const tell = (seen: readonly Seen[]): void => {
    const down = seen.filter(({ turned }) => turned === "down");
    logEach(down, ({ profile: { name, whenAllDown } }) =>
      logger.error({ profile: name, whenAllDown: whenAllDown.action }, "no endpoint of the profile is up"),
    );
    logEach(
      seen.filter(({ turned }) => turned === "up"),
      ({ profile: { name } }) => logger.info({ profile: name }, "the profile has an endpoint up again"),
    );
    logEach(
      seen.filter(({ lost, turned }) => lost.length > 0 && turned !== "down"),
      ({ profile: { name }, lost }) =>
        logger.error({ profile: name, ...some(lost) }, "regions have lost their endpoint"),
    );
    logEach(
      seen.filter(({ back, turned }) => back.length > 0 && turned !== "up"),
      ({ profile: { name }, back }) =>
        logger.info({ profile: name, ...some(back) }, "regions have their endpoint again"),
    );
    const changes = seen.flatMap((one) => one.changes);
    if (changes.length > 0) onChange(changes);
    if (seen.some(hasChanged)) onLook();
  };

  const logEach = (seen: readonly Seen[], log: (one: Seen) => void): void => {
    for (const one of seen.slice(0, MOST_LINES)) log(one);
    const more = seen.length - MOST_LINES;
    if (more > 0) logger.error({ more }, "so it is with more profiles; geosteer status tells all");
  };

  const turn = (): void => {
    scheduled = undefined;
    if (kept === undefined) return;
    const { outline, states } = kept.served;
    const statuses = createStatuses(outline, states.view);
    const now = clock();
    const seen: Seen[] = [];
    let looked = 0;
    for (const id of pending) {
      pending.delete(id);
      const profile = outline.profiles[id]!;
      seen.push(lookAt(kept, profile, statuses, now));
      looked += 1 + profile.endpoints.length;
      if (looked >= SLICE) break;
    }
    if (pending.size > 0) schedule();
    tell(seen);
  };
  const schedule = (): void => {
    scheduled ??= setImmediate(turn);
  };

  return {
    follow(served, before) {
      const now = clock();
      const known = kept && byName(kept);
      const { outline, states } = served;
      const statuses = createStatuses(outline, states.view);
      const all: Kept = { served, endpoints: [], profiles: [] };
      for (const profile of outline.profiles) {
        const was = known?.(profile);
        for (const endpoint of profile.endpoints) {
          const { status, since } = was?.endpoint(endpoint.name) ?? {
            status: before?.(endpoint.id) ?? statuses.of(endpoint),
            since: served.probedOf(endpoint.id)?.since ?? now,
          };
          const eligible = was?.endpoint(endpoint.name)?.eligible ?? true;
          all.endpoints.push({ status, since, eligible });
        }
        const { status, since, allDown } = was?.profile ?? {
          status: statuses.ofProfile(profile),
          since: now,
          allDown: false,
        };
        all.profiles.push({ status, since, allDown });
      }
      kept = all;
      pending = new Set(outline.profiles.keys());
      schedule();
    },
    look(profiles) {
      for (const id of profiles) pending.add(id);
      if (pending.size > 0) schedule();
    },
    endpoint: (id) => kept!.endpoints[id]!,
    profile: (id) => kept!.profiles[id]!,
    pinned() {
      const { endpoints, profiles } = kept!;
      return { endpoint: (id) => endpoints[id]!, profile: (id) => profiles[id]! };
    },
    isCurrent: () => kept !== undefined && pending.size === 0,
    counts: (of) => countsOf(kept?.[of] ?? []),
    stop() {
      clearImmediate(scheduled);
      kept = undefined;
    },
  };
}

/** What one look at a profile has shown. */
interface Seen {
  readonly profile: ProfileOutline;
  readonly changes: readonly StatusChange[];
  /** Regions of endpoints that are no longer served by choice, and of those that are again. */
  readonly lost: readonly string[];
  readonly back: readonly string[];
  readonly turned: "up" | "down" | undefined;
  /** Whether any endpoint is served by choice that was not, or the other way round. */
  readonly eligibility: boolean;
}

function hasChanged({ changes, turned, eligibility }: Seen): boolean {
  return changes.length > 0 || turned !== undefined || eligibility;
}

function some(regions: readonly string[]) {
  const more = regions.length - MOST_REGIONS;
  return { regions: regions.slice(0, MOST_REGIONS), ...(more > 0 && { more }) };
}

/** What is known of a profile and its endpoints, which mostly stand where they stood. */
function byName({ served: { outline }, endpoints, profiles }: Kept) {
  const ids = new Map(outline.profiles.map(({ name, id }) => [name, id]));
  return ({ name }: ProfileOutline) => {
    const id = ids.get(name);
    if (id === undefined) return undefined;
    let names: ReadonlyMap<string, number> | undefined;
    return {
      profile: profiles[id]!,
      endpoint(name: string) {
        names ??= new Map(outline.profiles[id]!.endpoints.map((endpoint) => [endpoint.name, endpoint.id]));
        const endpoint = names.get(name);
        return endpoint === undefined ? undefined : endpoints[endpoint]!;
      },
    };
  };
}

function countsOf(all: readonly Known[]): ReadonlyMap<Status, number> {
  const counts = new Map<Status, number>();
  for (const { status } of all) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}
