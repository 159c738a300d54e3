/**
 * The status of an endpoint from those of its probe targets, pure. `checking` is unknown: a formula is online or degraded
 * once whatever is unknown could not change that, and checking until then (Kleene's logic of three values).
 */
import type { ProbedStatus } from "../routing/health-view.ts";
import type { Formula } from "./monitoring.ts";

export interface Judged {
  readonly status: ProbedStatus;
  /** Since when it is so at the latest, in milliseconds since the Unix epoch. */
  readonly since: number;
}

/** What a formula says, of targets that are known by their indexes. */
export function judge(formula: Formula<number>, stateOf: (target: number) => Judged): Judged {
  if (formula.kind === "probe") return stateOf(formula.check);
  if (formula.kind === "not") {
    const { status, since } = judge(formula.of, stateOf);
    return { status: OPPOSITE[status], since };
  }
  return atLeast(
    formula.count,
    formula.of.map((member) => judge(member, stateOf)),
  );
}

/** Up while one of its parts is, down when all are. */
export function judgeParts(parts: readonly Judged[]): Judged {
  return parts.length === 1 ? parts[0]! : atLeast(1, parts);
}

const OPPOSITE: Readonly<Record<ProbedStatus, ProbedStatus>> = {
  online: "degraded",
  degraded: "online",
  checking: "checking",
};

function atLeast(count: number, members: readonly Judged[]): Judged {
  const sinces = (status: ProbedStatus): readonly number[] =>
    members.flatMap((one) => (one.status === status ? [one.since] : [])).toSorted((a, b) => a - b);
  const online = sinces("online");
  if (online.length >= count) return { status: "online", since: online[count - 1]! };
  const degraded = sinces("degraded");
  const tooMany = members.length - count + 1;
  if (degraded.length >= tooMany) return { status: "degraded", since: degraded[tooMany - 1]! };
  return { status: "checking", since: Math.max(...members.map(({ since }) => since)) };
}

/** A bit for each part that is down while another one is not. */
export function partsDown(statuses: readonly ProbedStatus[]): number {
  if (statuses.every((status) => status === "degraded")) return 0;
  return statuses.reduce((bits, status, i) => (status === "degraded" ? bits | (1 << i) : bits), 0);
}

/** All targets of a formula, in its order; some may come twice. */
export function targetsOf(formula: Formula<number>): readonly number[] {
  if (formula.kind === "probe") return [formula.check];
  return formula.kind === "not" ? targetsOf(formula.of) : formula.of.flatMap(targetsOf);
}
