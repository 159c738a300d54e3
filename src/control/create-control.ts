/** The desk, put together from its parts and from what the running server hands in. */
import type { ProbeOutcome } from "../health/probes/probe.ts";
import type { ProbeTarget } from "../health/probe-target.ts";
import type { Report } from "../health/reports.ts";
import type { Outline } from "../routing/outline.ts";
import { createAround } from "../routing/profiles-around.ts";
import { createStatuses } from "../routing/statuses.ts";
import type { Clock, Logger } from "../shared/ports.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { OVERRIDE_ACTIONS } from "../state/override.ts";
import { parsePattern } from "../state/subject-pattern.ts";
import type { DecisionSums } from "../telemetry/counters.ts";
import type {
  Actor,
  EndpointName,
  Answer,
  AskedOverride,
  Control,
  ControlEvent,
  Explained,
  ExplainQuery,
  GenerationDiff,
  GenerationText,
  LoadProblem,
  NoticeStatus,
  NoticeTest,
  OverridePlan,
  Overview,
  ProbeResult,
  ReloadOutcome,
  StoreStatus,
} from "./control.ts";
import { createRecentDecisions } from "./decisions.ts";
import { endpointName, instant } from "./describe.ts";
import { failBack } from "./failback.ts";
import { createHistory, type HistoryStore } from "./history.ts";
import { chosenOverrides, createOverrides, MOST_OVERRIDES, type Overrides, type OverrideStore } from "./overrides.ts";
import { planOverride, wouldEmpty } from "./override-plan.ts";
import { reportedSubject } from "./reported-subject.ts";
import { createRollUp, type RollUp, type StatusChange } from "./roll-up.ts";
import type { Served } from "./served.ts";
import { createStatusPages, type LoadReadings, type StatusPages } from "./status-pages.ts";
import { findEndpoint } from "./find-endpoint.ts";
import { hint } from "./subject-words.ts";

export interface ControlDeps {
  readonly version: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly store: OverrideStore & HistoryStore & { state(): StoreStatus };
  /** All generations that are served, the newest last; none while it starts. */
  readonly served: () => readonly Served[];
  readonly decisions: () => DecisionSums;
  readonly server: () => ServerReading;
  readonly reload: () => Promise<ReloadOutcome>;
  /** Probes a target at once; undefined = it is not probed. */
  readonly probe: (key: string) => Promise<ProbeOutcome> | undefined;
  /** Has a target come back where it has recovered; the error is why it cannot. Undefined = it is not probed. */
  readonly release: (key: string) => Result<unknown, string> | undefined;
  /** Takes a report; how many probes it is about. */
  readonly report: (report: Report) => number;
  readonly explain: (question: ExplainQuery) => Promise<Answer<Explained>>;
  readonly notices: {
    list(): readonly NoticeStatus[];
    /** Undefined = there is none of this name. */
    test(name: string): Promise<NoticeTest | "busy"> | undefined;
  };
  readonly loads: LoadReadings;
  /** Is told when something may be up, down or degraded that was not. */
  readonly onLook: () => void;
  readonly texts: {
    generation(number: number): Promise<Answer<GenerationText>>;
    diff(from: number, to: number): Promise<Answer<GenerationDiff>>;
  };
}

/** What the server is doing. */
export interface ServerReading {
  /** Milliseconds since the Unix epoch. */
  readonly startedAt: number;
  readonly ready: boolean;
  readonly notices: readonly string[];
  readonly lastLoad: { readonly at: number; readonly success: boolean; readonly problems: readonly LoadProblem[] };
  readonly dns: readonly string[];
  readonly udp: "batch" | "portable";
}

/** The desk, and what the server tells it. */
export interface Desk extends Control {
  readonly ruling: Pick<Overrides, "list" | "restore" | "merge" | "settle" | "tell">;
  readonly rollUp: Pick<RollUp, "follow" | "look" | "pinned" | "isCurrent">;
  emit(event: ControlEvent): void;
  stop(): void;
}

/** Milliseconds. */
const SAMPLE_INTERVAL = 60_000;

/** Probes that are asked for at a time; those of one endpoint are begun together. */
const MOST_PROBES = 64;

export function createControl(deps: ControlDeps): Desk {
  const { clock, logger, store, served } = deps;
  const listeners = new Set<(event: ControlEvent) => void>();
  let probes = 0;

  const emit = (event: ControlEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const current = (): Served | undefined => served().at(-1);

  const history = createHistory(store);
  const rollUp = createRollUp({
    clock,
    logger,
    onLook: deps.onLook,
    onChange(changes) {
      history.transitions(changes);
      if (listeners.size > 0) for (const change of changes) emit(eventOf(change));
    },
  });
  const ruling = createOverrides({
    clock,
    logger,
    store,
    served,
    onChange: (profiles) => rollUp.look(profiles),
    onEvent: emit,
  });
  const decisions = createRecentDecisions(deps.decisions, { clock });
  const sampling = setInterval(() => decisions.sample(), SAMPLE_INTERVAL);
  sampling.unref();

  const pages = (): StatusPages | undefined => {
    const generation = current();
    if (generation === undefined) return undefined;
    const { loads } = deps;
    return createStatusPages({ served: generation, rollUp, decisions: decisions.of(generation.outline), loads, clock });
  };

  const aroundOf = aroundKept();

  const checked = (asked: AskedOverride, generation: Served): Answer<undefined> => {
    const { pattern, action, pending = false } = asked;
    if (!OVERRIDE_ACTIONS.includes(action)) {
      return err({ code: "bad-request", message: `${action} is no action; there are ${OVERRIDE_ACTIONS.join(", ")}` });
    }
    const parsed = parsePattern(pattern);
    if (!parsed.ok) return err({ code: "bad-pattern", message: `${pattern || "an empty pattern"}: ${parsed.error}` });
    if (pending || generation.states.matchesOf(pattern).length > 0) return ok(undefined);
    const meant = hint(pattern, namesLike(parsed.value.kind, generation));
    return err({ code: "matches-nothing", message: `${pattern} matches no endpoint (${meant})` });
  };

  const planned = (asked: AskedOverride, author: string): Answer<{ plan: OverridePlan; generation: Served }> => {
    const generation = current();
    if (generation === undefined) return err(STARTING);
    const right = checked(asked, generation);
    if (!right.ok) return right;
    const around = aroundOf(generation.outline);
    const overrides = ruling.list();
    return ok({
      generation,
      plan: planOverride({ served: generation, around, overrides }, ruling.draft(asked, author)),
    });
  };

  /** Keeps what was done, or why it was not, and logs it. */
  const record = (actor: Actor, what: string, result: string): void => {
    logger.info({ who: actor.name, from: actor.from, what, result }, "asked by an operator");
    history.audit({ at: clock(), who: actor.name, from: actor.from, what, result });
  };
  const recorded = <T>(actor: Actor, what: string, answer: Answer<T>): Answer<T> => {
    record(actor, what, answer.ok ? "done" : `${answer.error.code}: ${answer.error.message}`);
    return answer;
  };

  return {
    ruling,
    rollUp,
    emit,
    overview() {
      const { startedAt, ready, notices, lastLoad, dns, udp } = deps.server();
      const state = store.state();
      return {
        version: deps.version,
        startedAt: instant(startedAt),
        ready,
        notices: [
          ...notices,
          ...(state.trouble === undefined ? [] : [`state: ${state.trouble}`]),
          ...deps.notices.list().flatMap(noticeTrouble),
        ],
        generation: current()?.number ?? 0,
        lastLoad: { at: instant(lastLoad.at), ok: lastLoad.success, problems: lastLoad.problems },
        dns,
        udp,
        profiles: Object.fromEntries(rollUp.counts("profiles")),
        endpoints: Object.fromEntries(rollUp.counts("endpoints")),
        overrides: ruling.list().length,
        state,
      } satisfies Overview;
    },
    profiles: (query) => pages()?.profiles(query) ?? NOTHING,
    endpoints: (query) => pages()?.endpoints(query) ?? NOTHING,
    sites: () => pages()?.sites() ?? [],
    profile(name) {
      const outline = current()?.outline;
      const profile = outline?.profiles.find((one) => one.name === name);
      if (profile !== undefined) return ok(pages()!.profile(profile));
      const meant = hint(name, outline?.profiles.map((one) => one.name) ?? []);
      return err({ code: "unknown-profile", message: `${name} is no profile; ${meant}` });
    },
    explain: (question) => (current() === undefined ? Promise.resolve(err(STARTING)) : deps.explain(question)),
    history: (query) => history.read(query),
    generations: (query) => history.generations(query),
    generation: (number) => deps.texts.generation(number),
    diff: (from, to) => deps.texts.diff(from, to),
    overrides: () => ruling.list().map((one) => ruling.statusOf(one)),
    planOverride(asked) {
      const plan = planned(asked, "");
      return plan.ok ? ok(plan.value.plan) : plan;
    },
    async override(asked, actor) {
      const what = describeOverride(asked);
      const plan = planned(asked, actor.name);
      if (!plan.ok) return recorded(actor, what, plan);
      if (plan.value.plan.emptied > 0 && asked.force !== true) {
        return recorded(actor, what, err({ code: "would-empty", message: wouldEmpty(plan.value.plan) }));
      }
      if (ruling.list().length >= MOST_OVERRIDES) {
        const message = `there are ${MOST_OVERRIDES} overrides already; clear some`;
        return recorded(actor, what, err({ code: "too-many-overrides", message }));
      }
      const override = await ruling.set(ruling.draft(asked, actor.name));
      record(actor, what, override.kept ? `done: override ${override.id}` : `done: override ${override.id}, not kept`);
      return ok({ ...plan.value.plan, override });
    },
    async clearOverrides(which, actor) {
      const what = `clear ${"id" in which ? `override ${which.id}` : which.pattern}`;
      const chosen = chosenOverrides(ruling.list(), which);
      if (!chosen.ok) return recorded(actor, what, chosen);
      return recorded(actor, what, ok(await ruling.clear(chosen.value)));
    },
    async reload(actor) {
      const outcome = await deps.reload();
      record(actor, "reload", outcome.taken ? `done: generation ${outcome.generation}` : "refused");
      return ok(outcome);
    },
    async probe(endpoint, actor) {
      const generation = current();
      if (generation === undefined) return recorded(actor, `probe ${endpoint}`, err(STARTING));
      const found = findEndpoint(generation, endpoint);
      if (!found.ok) return recorded(actor, `probe ${endpoint}`, found);
      const { id } = found.value;
      const targets = targetsOf(generation, id);
      if (probes > 0 && probes + targets.length > MOST_PROBES) {
        return err({ code: "busy", message: `${probes} probes are under way already; ask again` });
      }
      const running = targets.flatMap((target) => resultOf(target, deps.probe(target.key)) ?? []);
      if (running.length === 0) {
        return recorded(actor, `probe ${endpoint}`, notProbed(endpoint));
      }
      probes += running.length;
      try {
        const results = await Promise.all(running);
        const { outline, states } = generation;
        const status = createStatuses(outline, states.view).of(outline.endpoints[id]!);
        record(actor, `probe ${endpoint}`, `done: ${inBrief(results)}`);
        return ok({ endpoint, status, probes: results });
      } finally {
        probes -= running.length;
      }
    },
    async failback(endpoint, actor) {
      const what = `failback ${endpoint}`;
      const generation = current();
      if (generation === undefined) return recorded(actor, what, err(STARTING));
      const found = findEndpoint(generation, endpoint);
      if (!found.ok) return recorded(actor, what, found);
      const { id } = found.value;
      const { outline, states } = generation;
      const targets = targetsOf(generation, id);
      if (targets.length === 0) return recorded(actor, what, notProbed(endpoint));
      const sharing = (key: string): readonly EndpointName[] =>
        outline.endpoints
          .filter((other) => other.id !== id && targetsOf(generation, other.id).some((target) => target.key === key))
          .map((other) => endpointName(outline, other.id));
      const done = failBack({ endpoint, targets, release: deps.release, sharing });
      if (!done.ok) return recorded(actor, what, done);
      const status = createStatuses(outline, states.view).of(outline.endpoints[id]!);
      return recorded(actor, what, ok({ endpoint, status, targets: done.value }));
    },
    report(asked, actor) {
      const generation = current();
      if (generation === undefined) return err(STARTING);
      const subject = reportedSubject(asked.subject, actor, generation);
      if (!subject.ok) return subject;
      return ok({ subject: asked.subject, at: instant(clock()), probes: deps.report(asked) });
    },
    databases() {
      const now = clock();
      return (current()?.databases ?? []).map(({ file, built, used }) => ({
        database: file,
        built: instant(built.getTime()),
        age: Math.max(0, Math.round((now - built.getTime()) / 1000)),
        used,
      }));
    },
    notices: () => deps.notices.list(),
    async testNotice(name, actor) {
      const what = `test notice ${name}`;
      const running = deps.notices.test(name);
      if (running === undefined) {
        const known = deps.notices.list().map(({ notice }) => notice);
        return recorded(
          actor,
          what,
          err({ code: "unknown-notice", message: `${name} is no notice; ${hint(name, known)}` }),
        );
      }
      const tested = await running;
      if (tested === "busy") return err({ code: "busy", message: `a test of ${name} is under way; ask again` });
      record(actor, what, tested.ok ? "done" : `done: ${tested.reason}`);
      return ok(tested);
    },
    audit: (query) => history.readAudit(query),
    refused({ name, from }, what, why) {
      // Who refuses it logs it, as a warning.
      history.audit({ at: clock(), who: name, from, what, result: why });
    },
    subscribe(onEvent) {
      listeners.add(onEvent);
      return () => void listeners.delete(onEvent);
    },
    stop() {
      clearInterval(sampling);
      ruling.stop();
      rollUp.stop();
    },
  };
}

const STARTING = { code: "stopping", message: "geosteer is starting or stopping; ask again" } as const;

function notProbed(endpoint: EndpointName): Answer<never> {
  const message = `${endpoint} is not probed: it has no monitor, is served always, or is out of use`;
  return err({ code: "not-probed", message });
}

/** What is probed for an endpoint. */
function targetsOf({ probedOf }: Served, endpoint: number): readonly ProbeTarget[] {
  return probedOf(endpoint)?.targets.map(({ target }) => target) ?? [];
}

const NOTHING = { items: [], next: undefined };

/** That a webhook is not delivered, as a line. */
function noticeTrouble({ notice, failingSince, lastError, queued, gone }: NoticeStatus): readonly string[] {
  if (gone) return [`notice ${notice}: its receiver wants no more (410): nothing is sent until it is set up anew`];
  if (failingSince === undefined) return [];
  return [`notice ${notice}: not delivered since ${failingSince} (${lastError}), ${queued} waiting`];
}

function eventOf({ at, profile, endpoint, from, to, reason }: StatusChange): ControlEvent {
  const subject = endpoint === undefined ? profile : `${profile}/${endpoint}`;
  return { kind: "transition", at: instant(at), subject, from, to, reason };
}

function resultOf(
  { label, monitor }: ProbeTarget,
  running: Promise<ProbeOutcome> | undefined,
): Promise<ProbeResult> | undefined {
  return running?.then((outcome) => ({
    monitor: monitor.name,
    target: label,
    ok: outcome.ok,
    milliseconds: Math.round(outcome.durationMs),
    code: outcome.ok ? undefined : outcome.code,
    reason: outcome.ok ? undefined : outcome.reason,
  }));
}

/** `ok`, the reason of the one that failed, or how many of several did. */
function inBrief(results: readonly ProbeResult[]): string {
  const failed = results.filter((result) => !result.ok);
  if (failed.length === 0) return "ok";
  return results.length === 1 ? failed[0]!.reason! : `${failed.length} of ${results.length} targets failed`;
}

/** The profiles around others, of the newest outline. */
function aroundKept() {
  let kept: { readonly of: Outline; readonly around: ReturnType<typeof createAround> } | undefined;
  return (outline: Outline) => {
    if (kept?.of !== outline) kept = { of: outline, around: createAround(outline) };
    return kept.around;
  };
}

/** As the command line has it: `override shop/fra out for 3600s`. */
function describeOverride({ pattern, action, for: duration, over, reason, force, pending }: AskedOverride): string {
  const parts = [
    `${action} ${pattern}`,
    over === undefined ? "" : `over ${over / 1000}s`,
    duration === undefined ? "" : `for ${duration / 1000}s`,
    force === true ? "forced" : "",
    pending === true ? "pending" : "",
    reason === undefined ? "" : `(${reason})`,
  ];
  return parts.filter((part) => part !== "").join(" ");
}

/** Names that a pattern of this kind may have meant. */
function namesLike(kind: "endpoint" | "site" | "label", { outline, sites }: Served): readonly string[] {
  if (kind === "site") return sites.map(({ name }) => `site:${name}`);
  const { profiles, endpoints } = outline;
  if (kind === "endpoint") return endpoints.map(({ profile, name }) => `${profiles[profile]!.name}/${name}`);
  const labels = endpoints.flatMap((one) => Object.entries(one.labels).map(([key, value]) => `label:${key}=${value}`));
  return [...new Set(labels)];
}
