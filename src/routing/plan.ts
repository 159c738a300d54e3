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
  const { shares } = createWalk(question, statuses)(candidates);
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

/** The shares of all parts and what is open add up to 1, or to a member's share of its tier. */
interface Shares extends Readonly<Record<Part, readonly Share[]>> {
  /** The share of those chosen without an address of the asked type: others may stand in. */
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
  /** Index of the tier. */
  readonly tier: number;
  readonly members: readonly Candidate[];
  readonly reason: Reason;
  readonly own: undefined;
}

/** What a profile says of which no candidate is up. */
type OwnWord = Exclude<WhenAllDown, { readonly action: "serveAll" }>;

/** The parts of a profile, worked out once for each. */
type Walk = (candidates: Candidates) => Parts;

function createWalk(question: Question, statuses: Statuses): Walk {
  const choices = new Map<Candidates, Choice>();
  const known = new Map<Candidates, Parts>();

  const isUp = ({ endpoint, nested }: Candidate): boolean =>
    statuses.isEligible(endpoint) && (nested === undefined || choiceOf(nested).isUp);

  const choose = ({ profile: { whenAllDown, keepsClients }, tiers }: Candidates): Choice => {
    for (const [tier, all] of tiers.entries()) {
      const members = all.filter(isUp);
      if (members.length === 0) continue;
      return { isUp: true, tier, members, reason: tier === 0 ? "preferred" : "failover", own: undefined };
    }
    if (whenAllDown.action !== "serveAll") return { isUp: true, own: whenAllDown };
    return { isUp: keepsClients, tier: 0, members: tiers[0]!, reason: "all-down", own: undefined };
  };
  const choiceOf = (candidates: Candidates): Choice => {
    let choice = choices.get(candidates);
    if (choice === undefined) {
      choice = choose(candidates);
      choices.set(candidates, choice);
    }
    return choice;
  };

  /** What each of the members answers, by its weight among them. */
  const sharesOf = (members: readonly Candidate[], reason: Reason): readonly Shares[] => {
    const total = members.reduce((sum, { weight }) => sum + weight, 0);
    return members.map(({ endpoint, weight, nested }): Shares => {
      const share = weight / total;
      if (endpoint.target.kind !== "profile") {
        const answer = answerOf(endpoint.target, question);
        if (answer === undefined) return { ...NOTHING, open: share };
        return { ...NOTHING, [answer.kind]: [{ share, endpoint, reason, answer, next: undefined }] };
      }
      const inner = partsOf(nested!);
      const through = (part: Part): readonly Share[] => {
        const innerShare = sumOf(inner.shares[part]);
        if (innerShare === 0) return [];
        return [{ share: share * innerShare, endpoint, reason, answer: undefined, next: inner.fork(part) }];
      };
      return {
        alias: through("alias"),
        addresses: through("addresses"),
        decided: through("decided"),
        open: share * inner.shares.open,
      };
    });
  };

  /** The addresses of the first of the tiers behind the chosen one that has any, as one share of `open`. */
  const laterAddresses = ({ tiers }: Candidates, { isUp: someAreUp, tier, reason }: Chosen, open: number) => {
    for (const later of tiers.slice(tier + 1)) {
      const members = someAreUp ? later.filter(isUp) : later;
      const found = sharesOf(members, someAreUp ? "failover" : reason).flatMap(({ addresses }) => addresses);
      if (found.length > 0) return scaled(found, open / sumOf(found));
    }
    return undefined;
  };

  const sharesFor = (candidates: Candidates): Shares => {
    const choice = choiceOf(candidates);
    if (choice.own !== undefined) return ownShares(choice.own, question);
    const { families, keepsClients } = candidates.profile;
    const members = sharesOf(choice.members, choice.reason);
    const shares = joined(families === "strict" ? members : withStandIns(members));
    if (shares.open === 0) return shares;
    if (keepsClients) {
      const kept = ofProfile(shares.open, { kind: "nodata" }, "no-family");
      return { ...shares, decided: [...shares.decided, ...kept], open: 0 };
    }
    const later = families === "any" ? laterAddresses(candidates, choice, shares.open) : undefined;
    return later === undefined ? shares : { ...shares, addresses: [...shares.addresses, ...later], open: 0 };
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
  return partsOf;
}

const NOTHING: Shares = { alias: [], addresses: [], decided: [], open: 0 };

/**
 * The members of a tier after their open shares have gone to the addresses of the others, in proportion to those. What a
 * nested profile leaves open it leaves to others, not to itself.
 */
function withStandIns(members: readonly Shares[]): readonly Shares[] {
  const own = members.map(({ addresses }) => sumOf(addresses));
  const all = own.reduce((sum, share) => sum + share, 0);
  /** What each member gives to each unit of the others' addresses. */
  const given = members.map(({ open }, i) => (all > own[i]! ? open / (all - own[i]!) : 0));
  const allGiven = given.reduce((sum, share) => sum + share, 0);
  return members.map((shares, i) => ({
    ...shares,
    addresses: scaled(shares.addresses, 1 + allGiven - given[i]!),
    open: all > own[i]! ? 0 : shares.open,
  }));
}

function joined(members: readonly Shares[]): Shares {
  return {
    alias: members.flatMap(({ alias }) => alias),
    addresses: members.flatMap(({ addresses }) => addresses),
    decided: members.flatMap(({ decided }) => decided),
    open: members.reduce((sum, { open }) => sum + open, 0),
  };
}

function scaled(shares: readonly Share[], factor: number): readonly Share[] {
  return shares.map((share) => ({ ...share, share: share.share * factor }));
}

function ownShares(own: OwnWord, question: Question): Shares {
  if (own.action !== "fallback") return { ...NOTHING, decided: ofProfile(1, { kind: own.action }, "refused-all-down") };
  const answer = answerOf(own.target, question);
  if (answer === undefined) return { ...NOTHING, open: 1 };
  return { ...NOTHING, [answer.kind]: ofProfile(1, answer, "fallback") };
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
