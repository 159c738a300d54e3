/**
 * The background prober: probes every probe target of the current snapshot on its monitor's schedule, keeps the state
 * of each, and tells of results and changes of status. One prober serves all snapshots, so that a reload disturbs no
 * probe of a target that goes on. Runs on the main thread with one timer for all targets and one per running probe.
 * Neither writes the health table nor decides what is eligible. Here a target is always a probe target.
 *
 * A target whose first ever probe fails is degraded at once, in the first round and later alike: nothing good is known
 * of it that could be protected (`probe-state.ts`).
 */
import type { ProbedStatus } from "../routing/health-view.ts";
import type { Monitor } from "../routing/snapshot.ts";
import type { Clock, Logger, Random } from "../shared/ports.ts";
import { createDueQueue } from "./due-queue.ts";
import { afterProbe, neverProbed, type ProbeState } from "./probe-state.ts";
import type { ProbeTarget } from "./probe-target.ts";
import type { ProbeOutcome } from "./probes/probe.ts";
import type { ProbeTable } from "./probes/table.ts";
import { firstStart, nextStart } from "./schedule.ts";
import { startProbe, type RunningProbe } from "./start-probe.ts";

export interface Prober {
  /**
   * Probes these targets, all of one snapshot, in place of those before, which were none at first. A target with the same key
   * keeps its state. With the same timing it also keeps its schedule and its running probe, whose outcome counts; else
   * it is planned anew, as a new target is. A probe that is left is aborted, and nothing is told of it.
   */
  update(targets: readonly ProbeTarget[]): void;
  /**
   * Probes every target once, before `start`. Resolves when all have answered or `limitMs` has passed; probes still
   * waiting or running then go on, their targets stay as they were until they answer.
   */
  firstRound(limitMs: number): Promise<void>;
  /** Probes on schedule: targets without a result at once, the others spread over their interval. */
  start(): void;
  /** Leaves all targets. No callback is called after this, and no timer or socket is left when it resolves. */
  stop(): Promise<void>;
  /** The current state of every target, in the order of the snapshot's endpoints. */
  states(): readonly TargetState[];
}

export interface ProberOptions {
  /** Probes under way at most, each with a socket; what is due beyond them waits. */
  readonly maxRunning: number;
}

export interface ProberDeps {
  readonly probes: ProbeTable;
  /** Must not step back, which would hold probes up: `performance.timeOrigin + performance.now()`. */
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Is told each outcome, after the state has taken it in. */
  onResult(target: ProbeTarget, outcome: ProbeOutcome): void;
  onTransition(transition: Transition): void;
}

export interface TargetState {
  readonly target: ProbeTarget;
  readonly state: ProbeState;
}

/** A change of the status of a target, and so of all its endpoints. */
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

/** Milliseconds between two warnings that this machine cannot probe; every probe may fail so. */
const WARN_INTERVAL_MS = 60_000;

interface Slot {
  /** The target as the current snapshot has it: its thresholds and endpoints count when a probe ends. */
  target: ProbeTarget;
  state: ProbeState;
  /** When the next probe is to start, or the running one was to; undefined: not planned. */
  planned: number | undefined;
  /** The running probe; undefined = there is none whose outcome counts. */
  running: RunningProbe | undefined;
}

export function createProber({ maxRunning }: ProberOptions, deps: ProberDeps): Prober {
  const { probes, clock, random, logger } = deps;
  let slots: readonly Slot[] = [];
  /** The slots that are planned and do not run. */
  const queue = createDueQueue<Slot>();
  const running = new Map<RunningProbe, Promise<void>>();
  const unansweredInRound = new Set<Slot>();
  let endRound: (() => void) | undefined;
  let started = false;
  let timer: NodeJS.Timeout | undefined;
  let timerDue = Number.POSITIVE_INFINITY;
  let nextTurn = Number.NEGATIVE_INFINITY;
  let warnedAt = Number.NEGATIVE_INFINITY;

  function plan(slot: Slot, due: number): void {
    slot.planned = due;
    queue.push(due, slot);
  }

  function planUnplanned(): void {
    const now = clock();
    for (const slot of slots) {
      if (slot.planned !== undefined) continue;
      const { status } = slot.state;
      plan(slot, status === "checking" ? now : firstStart(now, slot.target.monitor.interval, random()));
    }
    arm();
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

  /** Sets the one timer for the next planned start, if it can begin and the timer is not set for it or earlier. */
  function arm(): void {
    const nextDue = queue.nextDue();
    if (nextDue === undefined || running.size >= maxRunning) return;
    const due = Math.max(nextDue, nextTurn);
    if (due >= timerDue) return;
    clearTimeout(timer);
    timerDue = due;
    timer = setTimeout(turn, Math.max(0, Math.ceil(due - clock())));
  }

  function turn(): void {
    timerDue = Number.POSITIVE_INFINITY;
    const now = clock();
    for (let starts = 0; starts < STARTS_PER_TURN && running.size < maxRunning; starts++) {
      const planned = queue.popDue(now);
      if (planned === undefined) break;
      nextTurn = now + TURN_MS;
      begin(planned.item, planned.due);
    }
    arm();
  }

  function begin(slot: Slot, planned: number): void {
    const probe = startProbe(probes, slot.target.check, slot.target.monitor, clock);
    slot.running = probe;
    const ended = probe.outcome
      .catch((error: unknown): ProbeOutcome => {
        logger.error({ target: slot.target.label, err: error }, "probe broke");
        return { ok: false, code: "not-probed", reason: "internal error", durationMs: 0 };
      })
      .then((outcome) => {
        running.delete(probe);
        if (slot.running === probe) end(slot, planned, outcome);
        else arm();
      });
    running.set(probe, ended);
  }

  function end(slot: Slot, planned: number, outcome: ProbeOutcome): void {
    const { target, state: before } = slot;
    const now = clock();
    slot.state = afterProbe(before, outcome, target.monitor, now);
    slot.running = undefined;
    slot.planned = undefined;
    if (started) plan(slot, nextStart(planned, target.monitor.interval, now));
    arm();
    if (!outcome.ok && outcome.code === "not-probed" && now - warnedAt >= WARN_INTERVAL_MS) {
      warnedAt = now;
      logger.warn({ target: target.label, reason: outcome.reason }, "this machine cannot probe");
    }
    deps.onResult(target, outcome);
    if (slot.state.status !== before.status) tell({ target, from: before.status, state: slot.state });
    leaveRound(slot);
  }

  function tell(transition: Transition): void {
    const { target, from, state } = transition;
    // An endpoint that works as expected is no news: at a start there would be a line for each.
    const level = state.status === "degraded" ? "warn" : from === "checking" ? "debug" : "info";
    for (const { profile, name } of target.endpoints) {
      const fields = {
        profile,
        endpoint: name,
        from,
        to: state.status,
        reason: state.lastFailure,
        target: target.label,
      };
      logger[level](fields, "endpoint status changed");
    }
    deps.onTransition(transition);
  }

  return {
    update(targets) {
      const before = new Map(slots.map((slot) => [slot.target.key, slot]));
      slots = targets.map((target): Slot => {
        const known = before.get(target.key);
        if (known === undefined || !haveSameTiming(known.target.monitor, target.monitor)) {
          return { target, state: known?.state ?? neverProbed(clock()), planned: undefined, running: undefined };
        }
        before.delete(target.key);
        known.target = target;
        return known;
      });
      for (const left of before.values()) drop(left);
      queue.clear();
      for (const slot of slots) {
        if (slot.planned !== undefined && slot.running === undefined) queue.push(slot.planned, slot);
      }
      if (started) planUnplanned();
    },
    async firstRound(limitMs) {
      if (slots.length === 0) return;
      await new Promise<void>((resolve) => {
        const limit = setTimeout(resolve, limitMs);
        endRound = () => {
          clearTimeout(limit);
          resolve();
        };
        const now = clock();
        for (const slot of slots) {
          unansweredInRound.add(slot);
          plan(slot, now);
        }
        arm();
      });
    },
    start() {
      started = true;
      planUnplanned();
    },
    async stop() {
      started = false;
      clearTimeout(timer);
      queue.clear();
      for (const slot of slots) drop(slot);
      slots = [];
      await Promise.all(running.values());
    },
    states: () => slots.map(({ target, state }) => ({ target, state })),
  };
}

function haveSameTiming(a: Monitor, b: Monitor): boolean {
  return a.interval === b.interval && a.timeout === b.timeout;
}
