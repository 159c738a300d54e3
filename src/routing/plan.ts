/**
 * From candidates to outcomes: which endpoints may answer a question now, each with its probability. Health comes in,
 * chance does not: `draw.ts` draws from the plan. A plan holds until candidates or health change, so it can be kept.
 */
import type { IpAddress } from "../shared/ip-address.ts";
import type { Candidate, Candidates } from "./candidates.ts";
import { isEligible, isInService } from "./eligibility.ts";
import type { HealthView } from "./health-view.ts";
import type { AddressTarget, Endpoint, HostTarget, Profile, Snapshot } from "./snapshot.ts";

/** The query types that a profile can answer. For all others it has NODATA. */
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

export function planFor(snapshot: Snapshot, candidates: Candidates, question: Question, health: HealthView): Plan {
  const { profile, tiers } = candidates;
  if (!isInService(snapshot, profile)) return without("nxdomain", "out-of-service");
  if (tiers.length === 0) return without("nodata", "no-match");
  // An endpoint without addresses of the asked family is skipped in favour of the next candidate that has them.
  const answering = tiers
    .map((tier) => tier.filter((candidate) => canAnswer(candidate, question)))
    .filter((tier) => tier.length > 0);
  if (answering.length === 0) return without("nodata", tiers.flat().some(isMatch) ? "no-family" : "no-match");
  for (const [index, tier] of answering.entries()) {
    const eligible = tier.filter(({ endpoint }) => isEligible(snapshot, endpoint, health));
    if (eligible.length === 0) continue;
    return share(snapshot, eligible, index === 0 ? "preferred" : "failover", question, health);
  }
  const action = whenDown(profile);
  if (action.action === "fallback") return fallback(action.target, question);
  if (action.action === "serveAll") return share(snapshot, answering[0]!, "all-down", question, health);
  return without(action.action, "refused-all-down");
}

/** A geographic profile that keeps its regions to themselves decides by region; all others by `whenAllDown`. */
function whenDown({ method, whenRegionDown, whenAllDown }: Profile): Profile["whenAllDown"] {
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

/** The members of one tier by weight, nested ones by their own plan. */
function share(
  snapshot: Snapshot,
  members: readonly Candidate[],
  reason: Reason,
  question: Question,
  health: HealthView,
): Plan {
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  const outcomes = members.flatMap(({ endpoint, weight, nested }): readonly Outcome[] => {
    const probability = weight / total;
    if (nested === undefined) {
      const answer = endpoint.target.kind === "profile" ? undefined : answerOf(endpoint.target, question);
      return answer === undefined ? [] : [{ probability, path: [endpoint], reason, answer }];
    }
    return planFor(snapshot, nested, question, health).outcomes.map((inner) => ({
      probability: probability * inner.probability,
      path: [endpoint, ...inner.path],
      reason: reasonThrough(reason, inner.reason),
      answer: inner.answer,
    }));
  });
  return { outcomes };
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

function answerOf(target: AddressTarget | HostTarget, question: Question): Answer | undefined {
  if (target.kind === "host") return { kind: "alias", host: target.host };
  if (question === "CNAME") return undefined;
  const addresses = question === "A" ? target.ipv4 : target.ipv6;
  return addresses.length === 0 ? undefined : { kind: "addresses", addresses };
}

function without(kind: "nodata" | "nxdomain" | "servfail", reason: Reason): Plan {
  return { outcomes: [{ probability: 1, path: [], reason, answer: { kind } }] };
}
