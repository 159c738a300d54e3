/**
 * The desk: everything that can be seen and done while geosteer serves. The HTTP API, the command line and the dashboard
 * are its faces and add nothing to it. All that is returned is plain data that JSON can carry; instants are ISO 8601 in
 * UTC. No HTTP and no terminal here.
 */
import type { Explanation } from "../routing/explain.ts";
import type { ProbedStatus, Status } from "../routing/health-view.ts";
import type { Question } from "../routing/fork.ts";
import type { DomainName } from "../shared/domain-name.ts";
import type { IpAddress } from "../shared/ip-address.ts";
import type { NoticeFormat, NoticeKind } from "../shared/notice-settings.ts";
import type { Result } from "../shared/result.ts";
import type { OverrideAction } from "../state/override.ts";
import type { Changed, Changes } from "../state/store/records.ts";

export type { Changed, Changes };

export interface Control {
  overview(): Overview;
  profiles(query: ProfileQuery): Page<ProfileStatus>;
  profile(name: string): Answer<ProfileStatus>;
  endpoints(query: EndpointQuery): Page<EndpointStatus>;
  sites(): readonly SiteStatus[];
  explain(question: ExplainQuery): Promise<Answer<Explained>>;
  history(query: HistoryQuery): Promise<Answer<Page<Transition>>>;
  generations(query: PageQuery): Promise<Answer<Page<GenerationEntry>>>;
  /** The configuration of a generation as text, secrets of headers blanked. */
  generation(number: number): Promise<Answer<GenerationText>>;
  diff(from: number, to: number): Promise<Answer<GenerationDiff>>;
  overrides(): readonly OverrideStatus[];
  /** What it would do, without doing it. */
  planOverride(asked: AskedOverride): Answer<OverridePlan>;
  override(asked: AskedOverride, actor: Actor): Promise<Answer<OverridePlan & { readonly override: OverrideStatus }>>;
  /** Clears one by its id, or all with this pattern. */
  clearOverrides(which: { readonly id: number } | { readonly pattern: string }, actor: Actor): Promise<Answer<Cleared>>;
  reload(actor: Actor): Promise<Answer<ReloadOutcome>>;
  /** Probes all targets of the endpoint at once; counts as any other probes do. */
  probe(endpoint: EndpointName, actor: Actor): Promise<Answer<ProbeReport>>;
  /** Has come back at once what has recovered and waits, of all that is probed for the endpoint. */
  failback(endpoint: EndpointName, actor: Actor): Promise<Answer<FailbackReport>>;
  /** Takes what an endpoint, or who speaks for it, tells of it. Kept in no audit: there are many. */
  report(asked: AskedReport, actor: Actor): Answer<Reported>;
  databases(): readonly DatabaseStatus[];
  /** The webhooks of `notices`, in the order of the configuration. */
  notices(): readonly NoticeStatus[];
  /** Sends a test message to one now. That it was not taken is an answer too. */
  testNotice(name: string, actor: Actor): Promise<Answer<NoticeTest>>;
  audit(query: PageQuery): Promise<Answer<Page<AuditEntry>>>;
  /** Keeps in the audit what was refused before it came here: a wrong token, a role that may not. */
  refused(actor: Actor, what: string, why: string): void;
  /** Calls back for each event from now on; returns how to end that. */
  subscribe(onEvent: (event: ControlEvent) => void): () => void;
}

export type Answer<T> = Result<T, ControlProblem>;

export interface ControlProblem {
  readonly code: ControlProblemCode;
  /** One line: what is wrong, where, and what to do. */
  readonly message: string;
}

export const CONTROL_PROBLEMS = {
  "unknown-profile": "No profile has this name.",
  "unknown-endpoint": "No endpoint has this name.",
  "unknown-site": "No site has this name.",
  "unknown-name": "What is to be explained is no name of a profile.",
  "unknown-override": "No override has this id or pattern.",
  "unknown-notice": "No notice has this name.",
  "unknown-generation": "This generation is not kept.",
  "bad-pattern": "The pattern of an override cannot be read.",
  "bad-request": "A part of the request is missing, or not what it has to be.",
  "not-its-subject": "The token may report of other subjects alone.",
  "matches-nothing": "The pattern matches no endpoint, and was not said to be pending.",
  "would-empty":
    "A profile would be left without an endpoint that may be served, to all or to the clients of a residency rule.",
  "too-many-overrides": "As many overrides are set as can be.",
  "not-probed": "The endpoint has no monitor, or is out of use.",
  "not-recovered": "Nothing that is probed for the endpoint has recovered and waits to come back.",
  "no-store": "There is no state file to read it from.",
  busy: "Too much is asked at a time.",
  stopping: "geosteer is starting or stopping.",
} as const satisfies Readonly<Record<string, string>>;
export type ControlProblemCode = keyof typeof CONTROL_PROBLEMS;

/** ISO 8601 in UTC with milliseconds: `2026-11-27T20:04:43.000Z`. */
export type Instant = string;

/** Who asks. */
export interface Actor {
  /** The name of a token, or `uid:1000` of this machine. */
  readonly name: string;
  /** From where: an IP address, or `control socket`. */
  readonly from: string;
  /** The patterns of all that he may report of: undefined = of everything. */
  readonly reportsOf?: readonly string[] | undefined;
}

/** `profile/endpoint`. */
export type EndpointName = `${string}/${string}`;

export interface PageQuery {
  /** `next` of the page before. */
  readonly after?: string | undefined;
  /** Entries at most, 1 to 1000. */
  readonly limit?: number | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** What to give as `after` for the next page; undefined = this is the last. */
  readonly next: string | undefined;
}

/** How many there are of each status; those that none has are missing. */
export type Counts = Readonly<Partial<Record<Status, number>>>;

export interface Overview {
  readonly version: string;
  readonly startedAt: Instant;
  readonly ready: boolean;
  /** Why it is not ready, and what else an operator should know: one line each. */
  readonly notices: readonly string[];
  readonly generation: number;
  /** The last load, taken or not. */
  readonly lastLoad: { readonly at: Instant; readonly ok: boolean; readonly problems: readonly LoadProblem[] };
  /** The addresses that answer DNS. */
  readonly dns: readonly string[];
  readonly udp: "batch" | "portable";
  readonly profiles: Counts;
  readonly endpoints: Counts;
  readonly overrides: number;
  readonly state: StoreStatus;
}

export interface StoreStatus {
  /** Undefined = none: `state.file` is off. */
  readonly file: string | undefined;
  /** Whether changes are kept durably now. */
  readonly durable: boolean;
  /** Why not, and what to do. */
  readonly trouble: string | undefined;
}

export interface ProfileQuery extends PageQuery {
  readonly status?: Status | undefined;
  /** A site's name: profiles with an endpoint there. */
  readonly site?: string | undefined;
}

export interface ProfileStatus {
  readonly profile: string;
  readonly status: Status;
  /** When the status began, or geosteer began to know. */
  readonly since: Instant;
  readonly method: string;
  readonly names: readonly string[];
  readonly endpoints: Counts;
  /** Those that are served by choice, of all; nested profiles and hosts count for both families. */
  readonly eligible: { readonly all: number; readonly ipv4: number; readonly ipv6: number };
  /** What is answered now that no endpoint is up; undefined as long as one is. */
  readonly allDown: string | undefined;
  /** geographic: the regions whose endpoints are all down. */
  readonly regionsDown: readonly string[];
  /** Residency rules, by name, for whose clients all endpoints that comply are down. */
  readonly rulesDown: readonly string[];
  /** Decisions of the last minutes. */
  readonly decisions: number;
}

export interface EndpointQuery extends PageQuery {
  readonly profile?: string | undefined;
  readonly site?: string | undefined;
  /** `key=value`. */
  readonly label?: string | undefined;
  readonly status?: Status | undefined;
}

export interface EndpointStatus {
  readonly profile: string;
  readonly endpoint: string;
  /** What configuration and probes say, whatever is forced. */
  readonly status: Status;
  readonly since: Instant;
  /** Whether the status is from before the start, and no probe has confirmed it since. */
  readonly restored: boolean;
  /** Whether it is served by choice now. */
  readonly eligible: boolean;
  /** The override that counts. */
  readonly forced: Forced | undefined;
  /** 0 to 1: what it has of the clients that are its own, on its way back by `rampUp`; undefined = all. */
  readonly ramp: number | undefined;
  readonly site: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly target: { readonly kind: "address" | "host" | "profile"; readonly text: string };
  /** Why it is down; undefined while it is not, and while no probe has said. */
  readonly reason: string | undefined;
  /** Addresses that are down and left out of the answer while others of the endpoint are up. */
  readonly addressesDown: readonly string[];
  /** What is probed for it; none where nothing is. */
  readonly probes: readonly ProbeStatus[];
  /** The load that it follows, its own or its site's. */
  readonly load: LoadStatus | undefined;
  /** Of the profile's decisions in the last minutes; undefined where there were none. */
  readonly share: number | undefined;
  /** Where the target is a profile: its endpoints, by status and family. */
  readonly nested: Pick<ProfileStatus, "endpoints" | "eligible"> | undefined;
}

export interface Forced {
  readonly action: OverrideAction;
  readonly override: number;
  /** 0 to 1: what is left of its share of the clients. */
  readonly left: number;
}

export interface ProbeStatus {
  readonly monitor: string;
  /** What is probed: `https://203.0.113.10:443`. */
  readonly target: string;
  readonly status: ProbedStatus;
  readonly since: Instant;
  readonly last:
    | {
        readonly at: Instant;
        readonly milliseconds: number;
        readonly ok: boolean;
        /** Which failure it is: `timeout`; `not-probed` is none of the endpoint's. Undefined = it was a success. */
        readonly code: string | undefined;
        readonly reason: string | undefined;
      }
    | undefined;
  /** Failed and successful probes in a row, up to the latest: one of them is 0. */
  readonly failures: number;
  readonly successes: number;
  /** Flaps that count: each doubles the time to recovery. 0 without damping. */
  readonly flaps: number;
  /** Undefined = it is not degraded, or waits for nothing but its probes. */
  readonly waits: ProbeWaits | undefined;
}

/** For what a degraded probe target waits before it comes back; what is over or not asked for is missing. */
export interface ProbeWaits {
  /** Since when it would be online, were there nothing to wait for. */
  readonly recovered: Instant | undefined;
  /** Until when `hold` has it stay. */
  readonly held: Instant | undefined;
  /** Until when its flaps do. */
  readonly damped: Instant | undefined;
  /** Until when `failback` does. */
  readonly failback: Instant | undefined;
  /** Whether an operator has to say so: `failback: manual`. */
  readonly manual: boolean;
}

export interface LoadStatus {
  /** Whose it is: `PROFILE/ENDPOINT`, or `site:NAME`. */
  readonly of: string;
  /** What tells it. */
  readonly source: "orca" | "header" | "json" | "push" | "prometheus";
  /** The latest reading, per cent; undefined = there was none. */
  readonly value: number | undefined;
  readonly at: Instant | undefined;
  /** The mean of the readings, per cent. */
  readonly smoothed: number | undefined;
  /** 0 to 1: what it leaves of the clients. */
  readonly share: number;
  /** Whether it is above `critical`, and not yet below `high` again. */
  readonly critical: boolean;
  /** Whether readings have stopped, so that health alone decides. */
  readonly stale: boolean;
  /** Readings since the start that were no load. */
  readonly ignored: number;
}

export interface SiteStatus {
  readonly site: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Latitude and longitude; undefined where the site has none. */
  readonly location: readonly [number, number] | undefined;
  readonly profiles: number;
  readonly endpoints: Counts;
  readonly eligible: number;
  /** How many endpoints an override holds. */
  readonly forced: number;
  /** Of the site itself. */
  readonly load: LoadStatus | undefined;
}

export interface ExplainQuery {
  readonly name: string;
  readonly type: Question;
  readonly client: IpAddress;
  readonly resolver?: IpAddress | undefined;
  /** false: the query has no client subnet. */
  readonly subnet?: boolean | undefined;
  /** Endpoints that are to be taken for degraded. */
  readonly down: readonly string[];
}

export interface Explained extends Explanation {
  readonly name: DomainName;
  readonly generation: number;
  /** The profile's name that the asked one is, or the wildcard that covers it. */
  readonly matched: DomainName;
}

export interface HistoryQuery extends PageQuery {
  /** `PROFILE` or `PROFILE/ENDPOINT`. */
  readonly subject?: string | undefined;
  /** Milliseconds since the Unix epoch. */
  readonly since?: number | undefined;
}

/** A change of the status of an endpoint or a profile. */
export interface Transition {
  readonly at: Instant;
  /** `PROFILE` or `PROFILE/ENDPOINT`. */
  readonly subject: string;
  readonly from: Status;
  readonly to: Status;
  readonly reason: string | undefined;
}

export interface GenerationEntry {
  readonly number: number;
  readonly at: Instant;
  /** SHA-256 of the configuration and the files that it names, in hexadecimal. */
  readonly hash: string;
  readonly databases: readonly { readonly database: string; readonly built: Instant }[];
  readonly changes: Changes | undefined;
}

export interface GenerationText extends GenerationEntry {
  readonly files: readonly { readonly file: string; readonly text: string }[];
}

export interface GenerationDiff {
  readonly from: number;
  readonly to: number;
  /** In the unified format of diff(1). */
  readonly text: string;
}

export interface AskedOverride {
  readonly pattern: string;
  readonly action: OverrideAction;
  /** Milliseconds; undefined = until it is cleared. */
  readonly for?: number | undefined;
  /** drain: milliseconds. */
  readonly over?: number | undefined;
  readonly reason?: string | undefined;
  /** Whether it may match nothing yet. */
  readonly pending?: boolean | undefined;
  /** Whether it may empty a profile. */
  readonly force?: boolean | undefined;
}

export interface OverridePlan {
  /** The endpoints that it hits, in the order of the configuration; the first of many. */
  readonly hits: readonly OverrideHit[];
  readonly hitCount: number;
  /** What the profiles around them answer then; the first of many, those that are emptied before others. */
  readonly profiles: readonly PlannedProfile[];
  readonly profileCount: number;
  /** How many profiles it leaves without an endpoint, for all or for the clients of a residency rule. */
  readonly emptied: number;
}

export interface OverrideHit {
  readonly endpoint: EndpointName;
  readonly status: Status;
  /** The narrower override that goes on to hold the endpoint. */
  readonly heldBy: number | undefined;
}

export interface PlannedProfile {
  readonly profile: string;
  /** The endpoints that are then served by choice; the first of many. */
  readonly eligible: readonly string[];
  readonly eligibleCount: number;
  /** What is answered where that is none. */
  readonly allDown: string | undefined;
  /** geographic: the regions whose endpoints are all down then. */
  readonly regionsDown: readonly string[];
  /** Residency rules, by name, for whose clients all endpoints that comply are down then. */
  readonly rulesDown: readonly string[];
}

export interface OverrideStatus {
  readonly id: number;
  readonly pattern: string;
  readonly action: OverrideAction;
  readonly since: Instant;
  readonly until: Instant | undefined;
  /** drain: seconds. */
  readonly over: number | undefined;
  readonly reason: string | undefined;
  readonly author: string;
  /** Endpoints that it matches, and those of them that it holds: a narrower or later one may hold the others. */
  readonly matches: number;
  readonly holds: number;
  /** drain: 0 to 1. */
  readonly left: number;
  /** Whether a restart remembers it. */
  readonly kept: boolean;
}

export interface Cleared {
  readonly cleared: readonly OverrideStatus[];
  /** Whether a restart remembers it: else they come back. */
  readonly kept: boolean;
}

export interface ReloadOutcome {
  readonly taken: boolean;
  readonly generation: number;
  /** Why it was not taken. */
  readonly problems: readonly LoadProblem[];
  readonly changes: Changes | undefined;
}

export interface LoadProblem {
  readonly code: string;
  readonly message: string;
}

export interface ProbeReport {
  readonly endpoint: EndpointName;
  /** The endpoint's status after it. */
  readonly status: Status;
  /** Of each of its targets. */
  readonly probes: readonly ProbeResult[];
}

export interface ProbeResult {
  readonly monitor: string;
  readonly target: string;
  readonly ok: boolean;
  readonly milliseconds: number;
  /** As of the last probe of a `ProbeStatus`. */
  readonly code: string | undefined;
  readonly reason: string | undefined;
}

export interface FailbackReport {
  readonly endpoint: EndpointName;
  /** The endpoint's status after it. */
  readonly status: Status;
  /** Of all that is probed for it. */
  readonly targets: readonly FailbackResult[];
}

export interface FailbackResult {
  readonly monitor: string;
  /** What is probed: `https://203.0.113.10:443`. */
  readonly target: string;
  /** Whether it has come back. */
  readonly back: boolean;
  /** Why not. */
  readonly reason: string | undefined;
  /** Other endpoints that have the same target, which is back for them too: the first twenty. */
  readonly shared: readonly EndpointName[];
  readonly sharedCount: number;
}

export interface AskedReport {
  /** `PROFILE/ENDPOINT` or `site:NAME`. */
  readonly subject: string;
  /** Missing = nothing is said of it; a report says at least one of `up` and `load`. */
  readonly up?: boolean | undefined;
  /** Per cent. */
  readonly load?: number | undefined;
  /** Why. */
  readonly reason?: string | undefined;
  /** Milliseconds for which it counts, where the monitor says no shorter time. */
  readonly validFor?: number | undefined;
}

export interface Reported {
  readonly subject: string;
  readonly at: Instant;
  /** How many probes by push it is about; 0: nobody looks at `up`. */
  readonly probes: number;
}

export interface DatabaseStatus {
  readonly database: string;
  readonly built: Instant;
  /** Seconds since then. */
  readonly age: number;
  /** False for one of autonomous systems where no endpoint has `asns`. */
  readonly used: boolean;
}

export interface NoticeStatus {
  readonly notice: string;
  readonly format: NoticeFormat;
  /** Scheme, host and port of its URL, whose path may be a secret. */
  readonly to: string;
  readonly on: readonly NoticeKind[];
  /** Messages that wait to be taken. */
  readonly queued: number;
  /** Messages that were taken since the start, attempts that failed, and messages that were given up. */
  readonly delivered: number;
  readonly failed: number;
  readonly dropped: number;
  readonly lastDelivered: Instant | undefined;
  /** Undefined = the last attempt succeeded, or there was none. */
  readonly failingSince: Instant | undefined;
  /** Why the last attempt failed; undefined as failingSince. */
  readonly lastError: string | undefined;
  /** Undefined = nothing waits for it. */
  readonly nextTry: Instant | undefined;
  /** Whether the receiver wants no more (410): nothing is sent until it is set up anew or a test is taken. */
  readonly gone: boolean;
}

export interface NoticeTest {
  readonly notice: string;
  /** Whether it was taken. */
  readonly ok: boolean;
  /** Of HTTP; undefined = no answer came. */
  readonly status: number | undefined;
  readonly milliseconds: number;
  /** Why it was not taken. */
  readonly reason: string | undefined;
}

export interface AuditEntry {
  readonly id: number;
  readonly at: Instant;
  readonly who: string;
  readonly from: string;
  /** `override shop/fra out for 2h`, `reload`. */
  readonly what: string;
  /** `done`, or why not. */
  readonly result: string;
}

export type ControlEvent =
  | ({ readonly kind: "transition" } & Transition)
  | {
      readonly kind: "override";
      readonly at: Instant;
      readonly change: "set" | "cleared" | "ended";
      readonly override: OverrideStatus;
    }
  | ({ readonly kind: "generation" } & GenerationEntry)
  | { readonly kind: "reload-refused"; readonly at: Instant; readonly problems: readonly LoadProblem[] }
  | { readonly kind: "state"; readonly at: Instant; readonly state: StoreStatus };
