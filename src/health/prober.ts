/**
 * The background prober: probes every probe target of the current snapshot on its monitor's schedule, keeps the state
 * of each, and tells of results and changes of status. One prober serves all snapshots, so that a reload disturbs no
 * probe of a target that goes on. Runs on the main thread with one timer for all targets and one per running probe.
 * Knows nothing of endpoints, whose health `endpoint-fold.ts` makes of what is told here. Here a target is always a probe
 * target.
 */
import type { ProbedStatus } from "../routing/health-view.ts";
import type { Monitor } from "./monitoring.ts";
import type { Logger, Random } from "../shared/ports.ts";
import type { Result } from "../shared/result.ts";
import { afterProbe, isSameKept, neverProbed, released, type ProbeState } from "./probe-state.ts";
import { hostPlaces } from "./host-places.ts";
import { isContested } from "./probe-progress.ts";
import type { ProbeTarget } from "./probe-target.ts";
import type { ProbeOutcome } from "./probes/probe.ts";
import { lastOnGrid, nextStart, spreadStart } from "./schedule.ts";
import { startProbe, type ProbeDeps, type RunningProbe } from "./start-probe.ts";
import { createStartQueue, type Begun } from "./start-queue.ts";

export interface Prober {
  /**
   * Probes those of the targets of a snapshot to come that are new, beside the current ones. Resolves when each of the new
   * targets has been probed once or `limitMs` has passed, at once if there is none. `update` then goes on with them.
   */
  prepare(targets: readonly ProbeTarget[], limitMs: number): Promise<void>;
  /**
   * Probes these targets, all of one snapshot, in place of those before, which were none at first; new ones at once. A target
   * with the same key keeps its state. With the same timing it also keeps its schedule and its running probe, whose
   * outcome counts; else it is planned anew. A probe that is left is aborted, and nothing is told of it.
   */
  update(targets: readonly ProbeTarget[]): void;
  /** Leaves all targets. No callback is called after this, and no timer or socket is left when it resolves. */
  stop(): Promise<void>;
  /** Has those targets probed within an interval from now whose pace has been slower. */
  hasten(isHastened: (target: ProbeTarget) => boolean): void;
  /** The current state of every target, in the order that they came in. */
  states(): readonly TargetState[];
  /** Of the target with this key, if it is probed. */
  stateOf(key: string): TargetState | undefined;
  /** Probes the target with this key at once, beside its schedule; the outcome counts as any. Undefined: it is not probed. */
  probe(key: string): Promise<ProbeOutcome> | undefined;
  /** Has the target with this key come back where it has recovered; the error is why it has not. Undefined: it is not probed. */
  release(key: string): Result<ProbeState, string> | undefined;
}

export interface ProberOptions {
  /** Probes under way at most, each with a socket; what is due beyond them waits. */
  readonly maxRunning: number;
}

export interface ProberDeps extends ProbeDeps {
  /** Must not step back, which would hold probes up: `performance.timeOrigin + performance.now()`. */
  readonly clock: ProbeDeps["clock"];
  readonly random: Random;
  readonly logger: Logger;
  /** Is told of each probe that begins, and how many milliseconds late. */
  onStart(target: ProbeTarget, delayMs: number): void;
  /** How many intervals there are from one probe of a target to the next: 1 = as its monitor says. */
  paceOf(target: ProbeTarget): number;
  /** The state of a target from before the start, by its key; undefined = none is known. */
  restore(key: string): ProbeState | undefined;
  /** Is told each outcome, and the state that has taken it in. */
  onResult(target: ProbeTarget, outcome: ProbeOutcome, state: ProbeState): void;
  /** Is told of each change of a target's own status by a result or a release. */
  onTransition(transition: Transition): void;
  /** Is told each state that is to be remembered in place of the one before. */
  onState(target: ProbeTarget, state: ProbeState): void;
}

export interface TargetState {
  readonly target: ProbeTarget;
  readonly state: ProbeState;
  /** Whether the state is from before the start, and no probe has told anything since. */
  readonly restored: boolean;
  readonly last: LastOutcome | undefined;
}

export type LastOutcome = ProbeOutcome & {
  /** When it ended, in milliseconds since the Unix epoch. */
  readonly at: number;
};

/** A change of the status of a target. */
export interface Transition {
  readonly target: ProbeTarget;
  readonly from: ProbedStatus;
  readonly state: ProbeState;
}

/**
 * At most so many probes start within so many milliseconds. Thousands of TLS handshakes begun together would keep
 * this one thread busy for seconds, and each would time out because of the others. A bound on running probes alone
 * cannot prevent that without starving the living: the dead hold their places until they time out.
 */
const STARTS_PER_TURN = 32;
const TURN_MS = 25;

/** Milliseconds between two warnings of one kind; every probe may have cause for one. */
const WARN_INTERVAL_MS = 60_000;

/** Milliseconds that a probe may start late before the log says so: as long as the shortest interval. */
const LATE_MS = 1000;

/** Why probes start late, and what helps. */
const LATE = {
  place:
    "probes start late, since many targets are silent: shorten their timeout, or raise the limit of open files (ulimit -n)",
  host: "probes of one host start late, since many of its targets are silent: shorten their timeout",
} as const;

interface Slot {
  /** The target as the current snapshot has it: its thresholds count when a probe ends. */
  target: ProbeTarget;
  state: ProbeState;
  restored: boolean;
  last: LastOutcome | undefined;
  /** When the next probe is to start, or the running one was to; undefined: not planned. */
  planned: number | undefined;
  /** Milliseconds by which its grid of starts is moved back after its first probe: targets begin together. */
  shift: number;
  /** One of its grid of starts, the latest that was planned; undefined before its first probe has ended. */
  grid: number | undefined;
  /** The running probe; undefined = there is none whose outcome counts. */
  running: RunningProbe | undefined;
  /** Whether its last probe held its place until the time-out, or there was none. */
  silent: boolean;
  readonly host: string;
  placesOfHost: number;
}

export function createProber({ maxRunning }: ProberOptions, deps: ProberDeps): Prober {
  const { clock, random, logger } = deps;
  let slots: readonly Slot[] = [];
  let byKey: ReadonlyMap<string, Slot> = new Map();
  /** Targets of a snapshot to come. */
  let prepared: ReadonlySet<Slot> = new Set();
  /** The slots that are planned and do not run. */
  const queue = createStartQueue<Slot>(maxRunning);
  const running = new Map<RunningProbe, Promise<void>>();
  const unansweredInRound = new Set<Slot>();
  let endRound: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let timerDue = Number.POSITIVE_INFINITY;
  let nextTurn = Number.NEGATIVE_INFINITY;
  let warnedOfFailure = Number.NEGATIVE_INFINITY;
  let warnedOfDelay = Number.NEGATIVE_INFINITY;

  function newSlot(target: ProbeTarget, known?: Slot): Slot {
    const restored = known === undefined ? deps.restore(target.key) : undefined;
    return {
      target,
      state: known?.state ?? restored ?? neverProbed(clock()),
      restored: known?.restored ?? restored !== undefined,
      last: known?.last,
      planned: undefined,
      shift: known?.shift ?? target.monitor.interval * random(),
      grid: undefined,
      running: undefined,
      silent: known?.silent ?? true,
      host: target.check.host,
      placesOfHost: 1,
    };
  }

  function plan(slot: Slot, due: number): void {
    slot.planned = due;
    queue.push(due, slot);
  }

  /** Leaves a slot: a probe that runs counts no more. Whoever drops a slot takes it out of the queue. */
  function drop(slot: Slot): void {
    slot.running?.abort();
    slot.running = undefined;
    leaveRound(slot);
  }

  function leaveRound(slot: Slot): void {
    if (unansweredInRound.delete(slot) && unansweredInRound.size === 0) endRound?.();
  }

  /** Fills the queue anew after slots were dropped or added: those without a plan begin at once or in an interval. */
  function requeue(): void {
    queue.clear();
    const now = clock();
    const all = [...slots, ...prepared];
    const placesOf = hostPlaces(all.map(({ target }) => target));
    for (const slot of all) {
      slot.placesOfHost = placesOf(slot.host);
      if (slot.running !== undefined) continue;
      const isNew = slot.state.status === "checking" || slot.restored;
      const due = slot.planned ?? (isNew ? now : spreadStart(now, paceOf(slot), random()));
      plan(slot, due);
    }
    arm();
  }

  /** Sets the one timer for the next planned start, if it can begin and the timer is not set for it or earlier. */
  function arm(): void {
    const nextDue = queue.nextDue();
    if (nextDue === undefined) return;
    const due = Math.max(nextDue, nextTurn);
    if (due >= timerDue) return;
    clearTimeout(timer);
    timerDue = due;
    timer = setTimeout(turn, Math.max(0, Math.ceil(due - clock())));
  }

  function turn(): void {
    timerDue = Number.POSITIVE_INFINITY;
    const now = clock();
    for (let starts = 0; starts < STARTS_PER_TURN; starts++) {
      const next = queue.begin(now);
      if (next === undefined) break;
      nextTurn = now + TURN_MS;
      begin(next, now);
    }
    arm();
  }

  function begin(begun: Begun<Slot>, now: number): void {
    const { item: slot, due, waitedFor } = begun;
    const { target } = slot;
    const probe = startProbe(deps, target.check, target.monitor);
    slot.running = probe;
    if (waitedFor !== undefined) warnOfDelay(waitedFor, target, now - due);
    deps.onStart(target, now - due);
    const ended = outcomeOf(probe, target).then((outcome) => {
      running.delete(probe);
      queue.end(begun, clock());
      if (slot.running === probe) end(slot, due, outcome);
      else arm();
    });
    running.set(probe, ended);
  }

  function outcomeOf({ outcome }: RunningProbe, { label }: ProbeTarget): Promise<ProbeOutcome> {
    return outcome.catch((error: unknown): ProbeOutcome => {
      logger.error({ target: label, err: error }, "probe broke");
      return { ok: false, code: "not-probed", reason: "internal error", durationMs: 0 };
    });
  }

  function warnOfDelay(waitedFor: "place" | "host", target: ProbeTarget, delayMs: number): void {
    const now = clock();
    if (delayMs < LATE_MS || now - warnedOfDelay < WARN_INTERVAL_MS) return;
    warnedOfDelay = now;
    logger.warn({ target: target.label, delayMs: Math.round(delayMs), places: maxRunning }, LATE[waitedFor]);
  }

  function end(slot: Slot, planned: number, outcome: ProbeOutcome): void {
    const { timeout } = slot.target.monitor;
    slot.running = undefined;
    slot.silent = !outcome.ok && outcome.durationMs > timeout / 2;
    try {
      take(slot, outcome);
    } finally {
      // Whatever becomes of what is told, it is probed again.
      planNext(slot, planned);
      arm();
    }
  }

  /** Milliseconds from one probe to the next. */
  function paceOf({ state, target }: Slot): number {
    const { fastInterval, interval } = target.monitor;
    return isContested(state) ? fastInterval : interval * deps.paceOf(target);
  }

  function planNext(slot: Slot, planned: number): void {
    const start = planned - slot.shift;
    slot.shift = 0;
    slot.grid ??= start;
    const now = clock();
    if (isContested(slot.state)) return plan(slot, nextStart(start, paceOf(slot), now));
    slot.grid = nextStart(lastOnGrid(slot.grid, start, paceOf(slot)), paceOf(slot), now);
    plan(slot, slot.grid);
  }

  /** Takes an outcome into the state of its slot, and tells of it. */
  function take(slot: Slot, outcome: ProbeOutcome): void {
    const { target, state: before } = slot;
    const now = clock();
    slot.state = afterProbe(before, outcome, target.monitor, now);
    slot.last = { ...outcome, at: now };
    if (outcome.ok || outcome.code !== "not-probed") slot.restored = false;
    if (!outcome.ok && outcome.code === "not-probed" && now - warnedOfFailure >= WARN_INTERVAL_MS) {
      warnedOfFailure = now;
      logger.warn({ target: target.label, reason: outcome.reason }, "an endpoint is not probed, and keeps its status");
    }
    deps.onResult(target, outcome, slot.state);
    // What is prepared is nobody's yet.
    if (slot.state.status !== before.status && !prepared.has(slot)) {
      deps.onTransition({ target, from: before.status, state: slot.state });
    }
    remember(slot, before);
    leaveRound(slot);
  }

  function remember(slot: Slot, before: ProbeState): void {
    // What is prepared may never be taken.
    if (!isSameKept(before, slot.state) && !prepared.has(slot)) deps.onState(slot.target, slot.state);
  }

  return {
    async prepare(targets, limitMs) {
      const known = new Set(slots.map(({ target }) => target.key));
      for (const slot of prepared) drop(slot);
      const added = targets.filter(({ key }) => !known.has(key));
      prepared = new Set(added.map((target) => newSlot(target)));
      requeue();
      if (prepared.size === 0) return;
      await new Promise<void>((resolve) => {
        const limit = setTimeout(resolve, limitMs);
        endRound = () => {
          clearTimeout(limit);
          resolve();
        };
        for (const slot of prepared) unansweredInRound.add(slot);
      });
      unansweredInRound.clear();
    },
    update(targets) {
      const before = new Map([...slots, ...prepared].map((slot) => [slot.target.key, slot]));
      slots = targets.map((target): Slot => {
        const known = before.get(target.key);
        const goesOn = known !== undefined && haveSameTiming(known.target.monitor, target.monitor);
        if (goesOn) before.delete(target.key);
        const slot = goesOn ? known : newSlot(target, known);
        slot.target = target;
        return slot;
      });
      byKey = new Map(slots.map((slot) => [slot.target.key, slot]));
      prepared = new Set();
      for (const left of before.values()) drop(left);
      requeue();
    },
    async stop() {
      clearTimeout(timer);
      queue.clear();
      for (const slot of [...slots, ...prepared]) drop(slot);
      for (const probe of running.keys()) probe.abort();
      slots = [];
      byKey = new Map();
      prepared = new Set();
      await Promise.all(running.values());
    },
    hasten(isHastened) {
      const now = clock();
      for (const slot of slots) {
        const { interval } = slot.target.monitor;
        if (slot.running !== undefined || slot.planned === undefined || slot.planned <= now + interval) continue;
        if (isHastened(slot.target)) slot.planned = spreadStart(now, interval, random());
      }
      requeue();
    },
    states: () => slots.map(stateOf),
    stateOf(key) {
      const slot = byKey.get(key);
      return slot && stateOf(slot);
    },
    probe(key) {
      const slot = byKey.get(key);
      if (slot === undefined) return undefined;
      const probe = startProbe(deps, slot.target.check, slot.target.monitor);
      const ended = outcomeOf(probe, slot.target).then((outcome) => {
        running.delete(probe);
        // It may have been left meanwhile, or its target.
        if (byKey.get(key) === slot) take(slot, outcome);
        return outcome;
      });
      running.set(
        probe,
        ended.then(() => {}),
      );
      return ended;
    },
    release(key) {
      const slot = byKey.get(key);
      if (slot === undefined) return undefined;
      const { target, state: before } = slot;
      const back = released(before, clock());
      if (!back.ok) return back;
      slot.state = back.value;
      slot.restored = false;
      deps.onTransition({ target, from: before.status, state: slot.state });
      remember(slot, before);
      return back;
    },
  };
}

function stateOf(slot: Slot): TargetState {
  const { target, state, restored, last } = slot;
  return { target, state, restored, last };
}

function haveSameTiming(a: Monitor, b: Monitor): boolean {
  return a.interval === b.interval && a.fastInterval === b.fastInterval && a.timeout === b.timeout;
}
