/**
 * From candidates to outcomes: which endpoints may answer a question now, each with its probability. Health comes in,
 * chance does not: `draw.ts` draws from the plan. A plan holds until candidates or health change, so it can be kept.
 */
import type { IpAddress } from "../shared/ip-address.ts";
import type { Candidate, Candidates } from "./candidates.ts";
import { isEligible, isInService } from "./eligibility.ts";
import type { HealthView } from "./health-view.ts";
import type { AddressTarget, Endpoint, HostTarget, Profile, Snapshot, WhenAllDown } from "./snapshot.ts";

/** The query types that a profile can answer; CNAME also stands for all others, since a host answers them too. */
export type Question = "A" | "AAAA" | "CNAME";

export type Answer =
  | { readonly kind: "addresses"; readonly addresses: readonly IpAddress[] }
  | { readonly kind: "alias"; readonly host: string }
  | { readonly kind: "nodata" | "nxdomain" | "servfail" };

/** Why an outcome is what it is; a label of the decision metric. */
export const REASONS = [
  /** The best candidate, or one drawn among the best. */
  "preferred",
  /** A later candidate: those before it are not eligible. */
  "failover",
  /** No candidate is eligible and this one is served all the same. */
  "all-down",
  /** No candidate is eligible: the profile's fallback. */
  "fallback",
  /** No candidate is eligible: NODATA or SERVFAIL as configured. */
  "refused-all-down",
  /** No endpoint is for this client. */
  "no-match",
  /** No candidate has an address of the asked family. */
  "no-family",
  /** The profile is disabled or has no enabled endpoint. */
  "out-of-service",
] as const;
export type Reason = (typeof REASONS)[number];

export interface Outcome {
  /** Above 0, at most 1; a plan's outcomes add up to 1. */
  readonly probability: number;
  /** The endpoint of the asked profile, then of each nested one; empty where no endpoint answers. */
  readonly path: readonly Endpoint[];
  readonly reason: Reason;
  readonly answer: Answer;
}

export interface Plan {
  readonly outcomes: readonly Outcome[];
}

/**
 * A resolver that holds a CNAME record of a name uses it for every type (RFC 1034 section 3.6.2). So the type asked for
 * decides between addresses alone: whether a host answers is decided for all types at once, and an endpoint without
 * addresses of the asked family stands back for others with addresses, never for a host.
 */
export function planFor(snapshot: Snapshot, candidates: Candidates, question: Question, health: HealthView): Plan {
  const { profile } = candidates;
  if (!isInService(snapshot, profile)) return without("nxdomain", "out-of-service");
  const chosen = choose(snapshot, candidates, isMatch, health);
  if (chosen === undefined) return without("nodata", "no-match");
  if ("action" in chosen) return whenNoneIsUp(chosen, question);

  const { members, reason } = chosen;
  const total = weightOf(members);
  const aliases = members.filter((candidate) => mayBeAlias(candidate));
  const outcomes = share(snapshot, aliases, total, reason, question, health);
  if (aliases.length === members.length) return { outcomes };
  const byAddress = addressPlan(snapshot, candidates, question, health);
  const probability = 1 - weightOf(aliases) / total;
  return { outcomes: [...outcomes, ...byAddress.outcomes.map((outcome) => scaled(outcome, probability))] };
}

/** The plan of the endpoints that have addresses, for the part of the clients that no host answers. */
function addressPlan(snapshot: Snapshot, candidates: Candidates, question: Question, health: HealthView): Plan {
  const answers = (candidate: Candidate): boolean => !mayBeAlias(candidate) && canAnswer(candidate, question);
  const chosen = choose(snapshot, candidates, answers, health);
  if (chosen === undefined) return without("nodata", "no-family");
  if ("members" in chosen) {
    const { members, reason } = chosen;
    return { outcomes: share(snapshot, members, weightOf(members), reason, question, health) };
  }
  // Endpoints of the other family are up: their clients must not be sent to a host.
  const isHost = chosen.action === "fallback" && chosen.target.kind === "host";
  return isHost ? without("nodata", "no-family") : whenNoneIsUp(chosen, question);
}

/** The eligible members of the best tier that has any, of those that `counts`; undefined = nobody counts. */
function choose(
  snapshot: Snapshot,
  { profile, tiers }: Candidates,
  counts: (candidate: Candidate) => boolean,
  health: HealthView,
): { readonly members: readonly Candidate[]; readonly reason: Reason } | NoneIsUp | undefined {
  const counting = tiers.map((tier) => tier.filter(counts)).filter((tier) => tier.length > 0);
  if (counting.length === 0) return undefined;
  for (const [index, tier] of counting.entries()) {
    const members = tier.filter(({ endpoint }) => isEligible(snapshot, endpoint, health));
    if (members.length > 0) return { members, reason: index === 0 ? "preferred" : "failover" };
  }
  const action = whenDown(profile);
  return action.action === "serveAll" ? { members: counting[0]!, reason: "all-down" } : action;
}

type NoneIsUp = Exclude<WhenAllDown, { readonly action: "serveAll" }>;

function whenNoneIsUp(action: NoneIsUp, question: Question): Plan {
  return action.action === "fallback" ? fallback(action.target, question) : without(action.action, "refused-all-down");
}

function fallsBackOnHost({ whenAllDown }: Profile): boolean {
  return whenAllDown.action === "fallback" && whenAllDown.target.kind === "host";
}

/** Whether a host may answer for the candidate: its own, one beneath it, or the fallback of a profile beneath it. */
function mayBeAlias({ endpoint, nested }: Candidate): boolean {
  if (nested === undefined) return endpoint.target.kind === "host";
  return fallsBackOnHost(nested.profile) || nested.tiers.flat().some((inner) => mayBeAlias(inner));
}

/** A geographic profile that keeps its regions to themselves decides by region; all others by `whenAllDown`. */
function whenDown({ method, whenRegionDown, whenAllDown }: Profile): WhenAllDown {
  if (method === "geographic" && whenRegionDown === "serve") return { action: "serveAll" };
  if (method === "geographic" && whenRegionDown === "nodata") return { action: "nodata" };
  return whenAllDown;
}

/** Whether the candidate, or anything beneath it, has what the question asks for. */
export function canAnswer({ endpoint, nested }: Candidate, question: Question): boolean {
  if (nested !== undefined) return nested.tiers.some((tier) => tier.some((inner) => canAnswer(inner, question)));
  return endpoint.target.kind !== "profile" && answerOf(endpoint.target, question) !== undefined;
}

/** Whether the candidate has anything for the client: a nested profile may have nothing. */
function isMatch({ nested }: Candidate): boolean {
  return nested === undefined || nested.tiers.flat().some(isMatch);
}

/** Members by their share of the `total` weight, nested ones by their own plan. */
function share(
  snapshot: Snapshot,
  members: readonly Candidate[],
  total: number,
  reason: Reason,
  question: Question,
  health: HealthView,
): readonly Outcome[] {
  return members.flatMap(({ endpoint, weight, nested }): readonly Outcome[] => {
    const probability = weight / total;
    if (nested === undefined) {
      const answer = endpoint.target.kind === "profile" ? undefined : answerOf(endpoint.target, question);
      return answer === undefined ? [] : [{ probability, path: [endpoint], reason, answer }];
    }
    return planFor(snapshot, nested, question, health).outcomes.map((inner) => ({
      ...scaled(inner, probability),
      path: [endpoint, ...inner.path],
      reason: reasonThrough(reason, inner.reason),
    }));
  });
}

function weightOf(members: readonly Candidate[]): number {
  return members.reduce((sum, { weight }) => sum + weight, 0);
}

function scaled(outcome: Outcome, probability: number): Outcome {
  return { ...outcome, probability: probability * outcome.probability };
}

/** A nested profile that serves an endpoint that is up has nothing to add; one that ends otherwise says how. */
function reasonThrough(outer: Reason, inner: Reason): Reason {
  if (inner === "preferred") return outer;
  return inner === "failover" && outer !== "preferred" ? outer : inner;
}

function fallback(target: AddressTarget | HostTarget, question: Question): Plan {
  const answer = answerOf(target, question);
  if (answer === undefined) return without("nodata", "no-family");
  return { outcomes: [{ probability: 1, path: [], reason: "fallback", answer }] };
}

/** Undefined = the target has nothing of the asked type. */
export function answerOf(target: AddressTarget | HostTarget, question: Question): Answer | undefined {
  if (target.kind === "host") return { kind: "alias", host: target.host };
  if (question === "CNAME") return undefined;
  const addresses = question === "A" ? target.ipv4 : target.ipv6;
  return addresses.length === 0 ? undefined : { kind: "addresses", addresses };
}

function without(kind: "nodata" | "nxdomain" | "servfail", reason: Reason): Plan {
  return { outcomes: [{ probability: 1, path: [], reason, answer: { kind } }] };
}
