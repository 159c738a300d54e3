/**
 * From candidates to a plan: which endpoints may answer a question now, each with its probability. Health comes in,
 * chance does not: `draw.ts` draws from the plan. A plan holds until candidates or health change, so it can be kept.
 *
 * `docs/steering.md` sections 3 and 4 are the rules. A profile is walked tier by tier while there is share to give, and
 * once, however many it is nested in: a plan is a tree of forks whose equal branches are one object. Its size grows with
 * the endpoints, never with the ways through them.
 */
import type { IpAddress } from "../shared/ip-address.ts";
import type { Candidate, Candidates } from "./candidates.ts";
import { isInService } from "./in-service.ts";
import type { AddressTarget, Endpoint, HostTarget, Profile, Snapshot, WhenAllDown } from "./snapshot.ts";
import type { Statuses } from "./statuses.ts";

/** The query types that a profile can answer; CNAME also stands for all others, since a host answers them too. */
export type Question = "A" | "AAAA" | "CNAME";

export type Answer =
  | { readonly kind: "addresses"; readonly addresses: readonly IpAddress[] }
  | { readonly kind: "alias"; readonly host: string }
  | { readonly kind: "nodata" | "nxdomain" | "servfail" };

type TargetAnswer = Extract<Answer, { readonly kind: "addresses" | "alias" }>;

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
  /** No endpoint is for this client. */
  "no-match",
  /** Who was chosen has no address of the asked type, and nobody stands in. */
  "no-family",
  /** The profile is disabled or has no enabled endpoint. */
  "out-of-service",
] as const;
export type Reason = (typeof REASONS)[number];

/** One profile's choice: exactly one of the branches is drawn. */
export interface Fork {
  /** The profile that decides. */
  readonly profile: Profile;
  /** At least one; their probabilities add up to 1. */
  readonly branches: readonly Branch[];
}

export type Branch = {
  /** Above 0, at most 1. */
  readonly probability: number;
  /** Undefined where the profile answers by itself. */
  readonly endpoint: Endpoint | undefined;
  readonly reason: Reason;
} & (
  | { readonly answer: Answer; readonly next: undefined }
  /** The endpoint is a profile, which decides in turn. */
  | { readonly answer: undefined; readonly next: Fork }
);

export function planFor(snapshot: Snapshot, candidates: Candidates, question: Question, statuses: Statuses): Fork {
  const { profile } = candidates;
  if (!isInService(snapshot, profile)) return ofItself(profile, { kind: "nxdomain" }, "out-of-service");
  if (candidates.tiers.length === 0) return ofItself(profile, { kind: "nodata" }, "no-match");
  const { shares } = createWalk(question, statuses).partsOf(candidates);
  return forkOf(profile, [
    ...shares.alias,
    ...shares.addresses,
    ...shares.decided,
    ...ofProfile(shares.open, { kind: "nodata" }, "no-family"),
  ]);
}

/** What an outer and an inner profile's reasons come to: a special one is told, the innermost first; else failover. */
export function reasonThrough(outer: Reason, inner: Reason): Reason {
  if (inner === "preferred") return outer;
  return inner === "failover" && outer !== "preferred" ? outer : inner;
}

/** Undefined = the target has nothing of the asked type. */
export function answerOf(target: AddressTarget | HostTarget, question: Question): TargetAnswer | undefined {
  if (target.kind === "host") return { kind: "alias", host: target.host };
  if (question === "CNAME") return undefined;
  const addresses = question === "A" ? target.ipv4 : target.ipv6;
  return addresses.length === 0 ? undefined : { kind: "addresses", addresses };
}

/**
 * The parts of what a profile answers, since each means something else to the profiles around it:
 * - `alias`: hosts. A resolver that has the CNAME uses it for every type (RFC 1034 section 3.6.2), so their share is the
 *   same for all types, and they never stand in for addresses;
 * - `addresses` of the asked type;
 * - `decided`: NODATA and SERVFAIL that nobody may stand in for.
 */
const PARTS = ["alias", "addresses", "decided"] as const;
type Part = (typeof PARTS)[number];

/** A branch before its probability is known: its share of the profile's clients. */
type Share = Omit<Branch, "probability"> & { readonly share: number };

/** All of them add up to 1. */
interface Shares extends Readonly<Record<Part, readonly Share[]>> {
  /** Of those chosen without an address of the asked type: others may stand in. */
  readonly open: number;
}

interface Parts {
  readonly shares: Shares;
  /** Each part by itself as a choice; asked for only where the part has a share. */
  readonly fork: (part: Part) => Fork;
}

/** Which tier health has chosen, for all types alike. `isUp`: whether a profile around this one takes it for up. */
type Choice = Chosen | { readonly isUp: true; readonly own: OwnWord };

interface Chosen {
  readonly isUp: boolean;
  readonly members: readonly Candidate[];
  readonly reason: Reason;
  readonly own: undefined;
}

/** What a profile says of which no candidate is up. */
type OwnWord = Exclude<WhenAllDown, { readonly action: "serveAll" }>;

interface Walk {
  partsOf(candidates: Candidates): Parts;
}

function createWalk(question: Question, statuses: Statuses): Walk {
  const choices = new Map<Candidates, Choice>();
  const known = new Map<Candidates, Parts>();

  const isUp = ({ endpoint, nested }: Candidate): boolean =>
    statuses.isEligible(endpoint) && (nested === undefined || choiceOf(nested).isUp);

  const choose = ({ profile: { whenAllDown, keepsClients }, tiers }: Candidates): Choice => {
    for (const [tier, all] of tiers.entries()) {
      const members = all.filter(isUp);
      if (members.length === 0) continue;
      return { isUp: true, members, reason: tier === 0 ? "preferred" : "failover", own: undefined };
    }
    if (whenAllDown.action !== "serveAll") return { isUp: true, own: whenAllDown };
    return { isUp: keepsClients, members: tiers[0]!, reason: "all-down", own: undefined };
  };
  const choiceOf = (candidates: Candidates): Choice => {
    let choice = choices.get(candidates);
    if (choice === undefined) {
      choice = choose(candidates);
      choices.set(candidates, choice);
    }
    return choice;
  };

  /** What the members answer, each by its weight among them. */
  const sharesOf = (members: readonly Candidate[], reason: Reason): Shares => {
    const shares: Record<Part, Share[]> = { alias: [], addresses: [], decided: [] };
    let open = 0;
    const total = members.reduce((sum, { weight }) => sum + weight, 0);
    for (const { endpoint, weight, nested } of members) {
      const share = weight / total;
      if (endpoint.target.kind === "profile") {
        const inner = partsOf(nested!);
        open += share * inner.shares.open;
        for (const part of PARTS) {
          const innerShare = sumOf(inner.shares[part]);
          if (innerShare === 0) continue;
          const next = inner.fork(part);
          shares[part].push({ share: share * innerShare, endpoint, reason, answer: undefined, next });
        }
      } else {
        const answer = answerOf(endpoint.target, question);
        if (answer === undefined) open += share;
        else shares[answer.kind].push({ share, endpoint, reason, answer, next: undefined });
      }
    }
    return { ...shares, open };
  };

  /** Who stands in for the open share: the tier's own addresses, or those of the first later tier that has any. */
  const standIns = (
    { profile: { families, keepsClients }, tiers }: Candidates,
    { isUp: someAreUp, reason }: Chosen,
    addresses: readonly Share[],
  ): readonly Share[] => {
    if (families === "strict") return [];
    if (addresses.length > 0) return addresses;
    if (families !== "any" || keepsClients) return [];
    // The tiers before have nobody up, the chosen one has no addresses.
    for (const tier of tiers) {
      const members = someAreUp ? tier.filter(isUp) : tier;
      const found = sharesOf(members, someAreUp ? "failover" : reason).addresses;
      if (found.length > 0) return found;
    }
    return [];
  };

  const sharesFor = (candidates: Candidates): Shares => {
    const choice = choiceOf(candidates);
    if (choice.own !== undefined) return ownShares(choice.own, question);
    const shares = sharesOf(choice.members, choice.reason);
    const { open } = shares;
    if (open === 0) return shares;
    const inPlace = standIns(candidates, choice, shares.addresses);
    if (inPlace.length > 0) {
      const before = sumOf(shares.addresses);
      const factor = (before + open) / sumOf(inPlace);
      const addresses = inPlace.map((share) => ({ ...share, share: share.share * factor }));
      return { ...shares, addresses, open: 0 };
    }
    if (!candidates.profile.keepsClients) return shares;
    const kept = ofProfile(open, { kind: "nodata" }, "no-family");
    return { ...shares, decided: [...shares.decided, ...kept], open: 0 };
  };

  const partsOf = (candidates: Candidates): Parts => {
    const seen = known.get(candidates);
    if (seen !== undefined) return seen;
    const shares = sharesFor(candidates);
    const forks: Partial<Record<Part, Fork>> = {};
    const parts = { shares, fork: (part: Part) => (forks[part] ??= forkOf(candidates.profile, shares[part])) };
    known.set(candidates, parts);
    return parts;
  };
  return { partsOf };
}

function ownShares(own: OwnWord, question: Question): Shares {
  const shares = { alias: [], addresses: [], decided: [], open: 0 };
  if (own.action !== "fallback") return { ...shares, decided: ofProfile(1, { kind: own.action }, "refused-all-down") };
  const answer = answerOf(own.target, question);
  if (answer === undefined) return { ...shares, open: 1 };
  return { ...shares, [answer.kind]: ofProfile(1, answer, "fallback") };
}

/** An answer of the profile's own for a share of its clients; none for none. */
function ofProfile(share: number, answer: Answer, reason: Reason): readonly Share[] {
  return share === 0 ? [] : [{ share, endpoint: undefined, reason, answer, next: undefined }];
}

function ofItself(profile: Profile, answer: Answer, reason: Reason): Fork {
  return forkOf(profile, ofProfile(1, answer, reason));
}

function sumOf(shares: readonly Share[]): number {
  return shares.reduce((sum, { share }) => sum + share, 0);
}

function forkOf(profile: Profile, shares: readonly Share[]): Fork {
  const total = sumOf(shares);
  return {
    profile,
    branches: shares.map(({ share, ...branch }) => ({ ...branch, probability: share / total }) as Branch),
  };
}
