/**
 * The health of all endpoints of one generation, kept up as its probe targets change: their formulas, what was known of them
 * before, the ramps of those that have come back, and their loads. Reads no clock and tells nobody.
 *
 * What cannot be decided yet stays as it was: a monitor with another path is no reason to serve an endpoint that was dead a
 * moment ago. So it is with each address, and with the endpoint, known by their names over generations.
 */
import type { ProbedHealth, ProbedStatus } from "../routing/health-view.ts";
import { downReason } from "./down-reason.ts";
import { judge, judgeParts, partsDown, targetsOf, type Judged } from "./endpoint-health.ts";
import type { EndpointCheck } from "./monitoring.ts";
import { progressOf } from "./probe-progress.ts";
import type { ProbeState } from "./probe-state.ts";
import type { ProbedEndpoint, ProbePlan, ProbeTarget } from "./probe-target.ts";
import { nextRampStep, rampAt } from "./ramp-up.ts";

export interface EndpointFold {
  /** All endpoints that are probed. */
  all(): readonly Standing[];
  /** Of an endpoint by its id; undefined = it is not probed. */
  of(endpoint: number): Standing | undefined;
  /** Of an endpoint by its subject. */
  named(subject: string): Standing | undefined;
  /** Takes the state of a target; returns what has changed of its endpoints. */
  take(key: string, state: ProbeState, now: number): readonly Change[];
  /** Takes the loads of these endpoints, by their subjects. */
  takeLoads(subjects: Iterable<string>, now: number): readonly Change[];
  /** Has the shares grow of those that come back. */
  step(now: number): readonly Change[];
  /** When a share grows next; undefined = none does. */
  nextStep(now: number): number | undefined;
}

/** What is known of an endpoint. */
export interface Standing extends Judged {
  readonly endpoint: ProbedEndpoint;
  /** What is probed for it, each once. */
  readonly targets: readonly ProbeTarget[];
  readonly health: ProbedHealth;
  readonly parts: readonly PartStanding[];
  /** When it came back, as long as its share grows. */
  readonly backSince: number | undefined;
  /** Why it is down; undefined while it is not, and while no probe has said. */
  readonly reason: string | undefined;
}

export interface PartStanding {
  /** The address or host name. */
  readonly host: string;
  readonly status: ProbedStatus;
  readonly reason: string | undefined;
}

export interface Change {
  /** Undefined = nothing was known of the endpoint. */
  readonly from: Standing | undefined;
  readonly to: Standing;
}

export interface FoldDeps {
  /** What is known of a target when the generation begins. */
  readonly stateOf: (key: string) => ProbeState;
  /** The generation before. */
  readonly before: Pick<EndpointFold, "named"> | undefined;
  /** 0 to 1: what the load of an endpoint leaves it of its clients, by its subject. */
  readonly loadOf: (subject: string) => number;
  readonly now: number;
}

/** `PROFILE/ENDPOINT`. */
export function subjectOf({ profile, name }: Pick<ProbedEndpoint, "profile" | "name">): string {
  return `${profile}/${name}`;
}

/** An endpoint with what its check comes to. */
interface Folded {
  readonly endpoint: ProbedEndpoint;
  readonly subject: string;
  /** Of its targets, each once. */
  readonly indexes: readonly number[];
  readonly targets: readonly ProbeTarget[];
  readonly hosts: readonly string[];
  /** Milliseconds. */
  readonly rampUp: number;
}

export function createEndpointFold({ targets, endpoints }: ProbePlan, deps: FoldDeps): EndpointFold {
  const { before, loadOf } = deps;
  const states = targets.map(({ key }) => deps.stateOf(key));
  const stepOf = (index: number, now: number): number => progressOf(states[index]!, targets[index]!.monitor, now);
  const steps = targets.map((_, index) => stepOf(index, deps.now));
  const indexes = new Map(targets.map(({ key }, index) => [key, index]));
  const folded = endpoints.map((endpoint): Folded => {
    const own = endpoint.check.parts.map(targetsOf);
    const distinct = [...new Set(own.flat())];
    return {
      endpoint,
      subject: subjectOf(endpoint),
      indexes: distinct,
      targets: distinct.map((index) => targets[index]!),
      hosts: own.map(([first]) => targets[first!]!.check.host),
      rampUp: Math.max(0, ...distinct.map((index) => targets[index]!.monitor.rampUp)),
    };
  });
  const bySubject = new Map(folded.map((one) => [one.subject, one]));
  const byTarget = targets.map((): Folded[] => []);
  for (const one of folded) for (const index of one.indexes) byTarget[index]!.push(one);
  const standings = new Map<number, Standing>();
  const growing = new Set<Folded>();

  const stateOf = (index: number): ProbeState => states[index]!;
  const reasonOf = (check: EndpointCheck<number>): string | undefined =>
    downReason(check, (index) => ({ ...states[index]!, target: targets[index]! }));

  const partsOf = ({ endpoint: { check }, hosts }: Folded, known: Standing | undefined) => {
    // What was known of a whole is no address's.
    const before = [check, known?.endpoint.check].some((one) => one?.addresses === "whole") ? [] : (known?.parts ?? []);
    return check.parts.map((part, i): PartStanding & Judged => {
      const { status, since } = judge(part, stateOf);
      const host = hosts[i]!;
      const was = before[i]?.host === host ? before[i] : before.find((one) => one.host === host);
      if (status === "checking" && was !== undefined) return { ...was, since };
      const reason = status === "degraded" ? reasonOf({ addresses: "whole", parts: [part] }) : undefined;
      return { host, status, since, reason };
    });
  };

  const backSinceOf = (rampUp: number, known: Standing | undefined, status: ProbedStatus, now: number) => {
    if (status !== "online" || rampUp === 0) return undefined;
    const since = known?.status === "degraded" ? now : known?.backSince;
    return since === undefined || now - since >= rampUp ? undefined : since;
  };

  const fold = (one: Folded, known: Standing | undefined, now: number): Standing => {
    const { endpoint, subject, targets: own, rampUp } = one;
    const parts = partsOf(one, known);
    const found = judgeParts(parts);
    const isKept = known !== undefined && (found.status === "checking" || found.status === known.status);
    const { status, since } = isKept ? known : found;
    const backSince = backSinceOf(rampUp, known, status, now);
    if (backSince === undefined) growing.delete(one);
    else growing.add(one);
    const health = kept(known?.health, {
      status,
      ramp: backSince === undefined ? 1 : rampAt({ since: backSince, over: rampUp }, now),
      load: loadOf(subject),
      addressesDown: endpoint.check.addresses === "each" ? partsDown(parts.map((part) => part.status)) : 0,
      ttlStep: endpoint.movesTtl ? Math.max(0, ...one.indexes.map((index) => steps[index]!)) : 0,
    });
    const reason = status === "degraded" ? (reasonOf(endpoint.check) ?? known?.reason) : undefined;
    return { endpoint, targets: own, status, since, parts, backSince, health, reason };
  };

  const refold = (some: Iterable<Folded>, now: number): readonly Change[] => {
    const changes: Change[] = [];
    for (const one of some) {
      const from = standings.get(one.endpoint.id)!;
      const to = fold(one, from, now);
      standings.set(one.endpoint.id, to);
      if (from.health !== to.health) changes.push({ from, to });
    }
    return changes;
  };

  for (const one of folded) standings.set(one.endpoint.id, fold(one, before?.named(one.subject), deps.now));

  return {
    all: () => [...standings.values()],
    of: (endpoint) => standings.get(endpoint),
    named(subject) {
      const one = bySubject.get(subject);
      return one && standings.get(one.endpoint.id);
    },
    take(key, state, now) {
      const index = indexes.get(key);
      if (index === undefined) return [];
      const was = states[index]!;
      states[index] = state;
      const step = stepOf(index, now);
      if (was.status === state.status && steps[index] === step) return [];
      steps[index] = step;
      return refold(byTarget[index]!, now);
    },
    takeLoads: (subjects, now) =>
      refold(
        [...subjects].flatMap((subject) => bySubject.get(subject) ?? []),
        now,
      ),
    step: (now) => refold([...growing], now),
    nextStep(now) {
      let next: number | undefined;
      for (const { endpoint, rampUp } of growing) {
        const at = nextRampStep({ since: standings.get(endpoint.id)!.backSince!, over: rampUp }, now);
        if (at !== undefined && (next === undefined || at < next)) next = at;
      }
      return next;
    },
  };
}

/** The health of before where it is the same, so that who compares sees that. */
function kept(before: ProbedHealth | undefined, now: ProbedHealth): ProbedHealth {
  const isSame =
    before !== undefined &&
    before.status === now.status &&
    before.ramp === now.ramp &&
    before.load === now.load &&
    before.addressesDown === now.addressesDown &&
    before.ttlStep === now.ttlStep;
  return isSame ? before : now;
}
