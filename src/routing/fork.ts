/**
 * What a plan is made of: forks whose branches have probabilities, and lead to answers or to further forks. Why each is
 * what it is, its reason, is what metrics and resolvers are told.
 */
import type { IpAddress } from "../shared/ip-address.ts";
import type { Endpoint, Profile } from "./snapshot.ts";

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
  /** A later candidate: those before it are not up, or lack the asked type. */
  "failover",
  /** No candidate is up and this one is served all the same. */
  "all-down",
  /** No candidate is up: the profile's fallback. */
  "fallback",
  /** No candidate is up: NODATA or SERVFAIL as configured. */
  "refused-all-down",
  /** No candidate may be served: operators have taken them out. */
  "taken-out",
  /** No endpoint is for this client. */
  "no-match",
  /** Who was chosen has no address of the asked type, and nobody stands in. */
  "no-family",
  /** The profile is disabled or has no enabled endpoint. */
  "out-of-service",
  /** A residency rule has taken away all endpoints, or the fallback, that this client could get. */
  "fenced",
  /** A later candidate gets a part of the clients, so that it never is cold. */
  "trickle",
  /** A later candidate: those before it that are up have left it clients, by a drain, a return or their load. */
  "spill",
] as const;
export type Reason = (typeof REASONS)[number];

/** One profile's choice: exactly one of the branches is drawn. */
export interface Fork {
  /** The profile that decides. */
  readonly profile: Profile;
  readonly among: Among;
  /** At least one; their probabilities add up to 1. */
  readonly branches: readonly Branch[];
}

/**
 * What is chosen from: who answers at all. A sticky profile chooses the member before anybody looks at the question, and
 * then of those that stand in for one that lacks the type.
 */
export type Among = "members" | "stand-ins";

export type Branch = {
  /** Above 0, at most 1. */
  readonly probability: number;
  /** Who is answered with: none where the profile answers by itself; several, with their addresses together, of multivalue. */
  readonly endpoints: readonly Endpoint[];
  /** The member whose clients they are, where a sticky profile has chosen one that does not answer them itself. */
  readonly chosen?: Endpoint;
  readonly reason: Reason;
} & (
  | { readonly answer: Answer; readonly next: undefined }
  /**
   * The one endpoint is a profile, which decides in turn; `otherwise` in its place where that ends `UNANSWERED`. Or,
   * without an endpoint, the profile itself chooses once more.
   */
  | { readonly answer: undefined; readonly next: Fork; readonly otherwise?: Fork }
);

/** The reasons of ordinary times, the one that says more after the other. */
const ORDINARY: readonly Reason[] = ["preferred", "spill", "failover"];

/** What an outer and an inner profile's reasons come to: a special one is told, the innermost first; else the one that says more. */
export function reasonThrough(outer: Reason, inner: Reason): Reason {
  const innerRank = ORDINARY.indexOf(inner);
  if (innerRank === -1) return inner;
  const outerRank = ORDINARY.indexOf(outer);
  return outerRank !== -1 && outerRank < innerRank ? inner : outer;
}
