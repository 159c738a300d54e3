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
  /** A later candidate: those before it are not up, lack the asked type, or are drained of a part of their clients. */
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
  /** Who is answered with: none where the profile answers by itself; several, with their addresses together, of multivalue. */
  readonly endpoints: readonly Endpoint[];
  readonly reason: Reason;
} & (
  | { readonly answer: Answer; readonly next: undefined }
  /** The one endpoint is a profile, which decides in turn. */
  | { readonly answer: undefined; readonly next: Fork }
);

export function planFor(snapshot: Snapshot, candidates: Candidates, question: Question, statuses: Statuses): Fork {
  const { profile } = candidates;
  if (!isInService(snapshot, profile)) return ofItself(profile, { kind: "nxdomain" }, "out-of-service");
  if (candidates.tiers.length === 0) return withoutCandidates(snapshot, candidates);
  const { shares } = createWalk(question, statuses)(candidates);
  return forkOf(profile, [
    ...shares.alias,
    ...shares.addresses,
    ...shares.decided,
    ...ofProfile(shares.open, { kind: "nodata" }, "no-family"),
  ]);
}

/** Nobody is for this client: by configuration, or since residency rules have removed them. The first rule's word counts. */
function withoutCandidates({ residency }: Snapshot, { profile, removedBy: [first] }: Candidates): Fork {
  if (first === undefined) return ofItself(profile, { kind: "nodata" }, "no-match");
  return ofItself(profile, { kind: residency[first]!.whenNoneCompliant }, "fenced");
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

/** Which tiers health has chosen, for all types alike. */
interface Choice {
  /** Whether a profile around this one takes it for up. */
  readonly isUp: boolean;
  /** Whether there is anything to answer with, be it down. */
  readonly mayServe: boolean;
  /** Above 0, at most 1: what it takes of its clients. A profile around it gives the rest to others, if it has any. */
  readonly taken: number;
  /** In order; several where drained endpoints leave clients to later ones. None: `own` is the answer. */
  readonly tiers: readonly ChosenTier[];
  readonly own: OwnWord | undefined;
}

interface ChosenTier {
  /** Its index among the candidates' tiers. */
  readonly index: number;
  readonly members: readonly Member[];
  readonly reason: Reason;
}

/** A candidate with its share of the profile's clients. */
interface Member {
  readonly candidate: Candidate;
  readonly share: number;
}

/** What a profile says of which no candidate is up, or none may be served. */
type OwnWord =
  | Exclude<WhenAllDown, { readonly action: "serveAll" }>
  | { readonly action: "taken-out" }
  /** In place of a fallback that a residency rule does not let the client have. */
  | { readonly action: "fenced"; readonly kind: "nodata" | "servfail" };

/** The parts of a profile, worked out once for each. */
type Walk = (candidates: Candidates) => Parts;

function createWalk(question: Question, statuses: Statuses): Walk {
  const choices = new Map<Candidates, Choice>();
  const known = new Map<Candidates, Parts>();

  const isUp = ({ endpoint, nested }: Candidate): boolean =>
    statuses.isEligible(endpoint) &&
    (nested === undefined || statuses.forcedOf(endpoint) === "up" || choiceOf(nested).isUp) &&
    mayServe({ endpoint, nested });
  const mayServe = ({ endpoint, nested }: Pick<Candidate, "endpoint" | "nested">): boolean =>
    statuses.forcedOf(endpoint) !== "out" && (nested === undefined || choiceOf(nested).mayServe);
  /** What is left to it of the clients that are its own. */
  const leftTo = ({ endpoint, nested }: Candidate): number =>
    statuses.shareOf(endpoint) * (nested === undefined ? 1 : choiceOf(nested).taken);

  const choose = ({ profile: { whenAllDown, keepsClients }, tiers, fallbackRule }: Candidates): Choice => {
    const chosen: ChosenTier[] = [];
    let open = 1;
    for (const [index, all] of tiers.entries()) {
      const up = all.filter(isUp);
      if (up.length === 0) continue;
      const { members, taken } = drained(up, leftTo);
      chosen.push({ index, members: scaledMembers(members, open), reason: index === 0 ? "preferred" : "failover" });
      open *= 1 - taken;
      if (open === 0) break;
    }
    if (chosen.length > 0) {
      const taken = 1 - open;
      const whole = chosen.map((tier) => ({ ...tier, members: scaledMembers(tier.members, 1 / taken) }));
      return { isUp: true, mayServe: true, taken: keepsClients ? 1 : taken, tiers: whole, own: undefined };
    }
    if (whenAllDown.action !== "serveAll") {
      const fenced = fallbackRule && ({ action: "fenced", kind: fallbackRule.whenNoneCompliant } as const);
      return { isUp: true, mayServe: true, taken: 1, tiers: [], own: fenced ?? whenAllDown };
    }
    const index = tiers.findIndex((all) => all.some(mayServe));
    if (index === -1) return { isUp: keepsClients, mayServe: keepsClients, taken: 1, tiers: [], own: TAKEN_OUT };
    const members = byWeight(tiers[index]!.filter(mayServe));
    return {
      isUp: keepsClients,
      mayServe: true,
      taken: 1,
      tiers: [{ index, members, reason: "all-down" }],
      own: undefined,
    };
  };
  const choiceOf = (candidates: Candidates): Choice => {
    let choice = choices.get(candidates);
    if (choice === undefined) {
      choice = choose(candidates);
      choices.set(candidates, choice);
    }
    return choice;
  };

  /** What each of the members answers, for its share. */
  const sharesOf = (members: readonly Member[], reason: Reason): readonly Shares[] =>
    members.map(({ candidate: { endpoint, nested }, share }): Shares => {
      if (endpoint.target.kind !== "profile") {
        const answer = answerOf(endpoint.target, question);
        if (answer === undefined) return { ...NOTHING, open: share };
        return { ...NOTHING, [answer.kind]: [{ share, endpoints: [endpoint], reason, answer, next: undefined }] };
      }
      const inner = partsOf(nested!);
      const through = (part: Part): readonly Share[] => {
        const innerShare = sumOf(inner.shares[part]);
        if (innerShare === 0) return [];
        return [
          { share: share * innerShare, endpoints: [endpoint], reason, answer: undefined, next: inner.fork(part) },
        ];
      };
      return {
        alias: through("alias"),
        addresses: through("addresses"),
        decided: through("decided"),
        open: share * inner.shares.open,
      };
    });

  /** The addresses of the first of the tiers behind a chosen one that has any, as one share of `open`. */
  const laterAddresses = ({ tiers }: Candidates, { index, reason }: ChosenTier, open: number) => {
    const areDown = reason === "all-down";
    for (const later of tiers.slice(index + 1)) {
      const members = byWeight(later.filter(areDown ? mayServe : isUp));
      const found = sharesOf(members, areDown ? reason : "failover").flatMap(({ addresses }) => addresses);
      if (found.length > 0) return scaled(found, open / sumOf(found));
    }
    return undefined;
  };

  const sharesOfTier = (candidates: Candidates, tier: ChosenTier): Shares => {
    const { families, keepsClients } = candidates.profile;
    const members = sharesOf(tier.members, tier.reason);
    const shares = joined(families === "strict" ? members : withStandIns(members));
    if (shares.open === 0) return shares;
    if (keepsClients) {
      const kept = ofProfile(shares.open, { kind: "nodata" }, "no-family");
      return { ...shares, decided: [...shares.decided, ...kept], open: 0 };
    }
    const later = families === "any" ? laterAddresses(candidates, tier, shares.open) : undefined;
    return later === undefined ? shares : { ...shares, addresses: [...shares.addresses, ...later], open: 0 };
  };

  const sharesFor = (candidates: Candidates): Shares => {
    const { tiers, own } = choiceOf(candidates);
    return own === undefined ? joined(tiers.map((tier) => sharesOfTier(candidates, tier))) : ownShares(own, question);
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

/** A tier's members with the shares that their weights give them. */
function byWeight(members: readonly Candidate[]): readonly Member[] {
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  return members.map((candidate) => ({ candidate, share: candidate.weight / total }));
}

/**
 * A tier of which some members are drained: each keeps what is left to it of its own share, and what it gives up goes to
 * those with the most left, by weight. What these cannot take either, since they are drained themselves, goes to later
 * tiers: the tier takes as much of the clients as is left to the fullest.
 */
function drained(members: readonly Candidate[], leftTo: (member: Candidate) => number) {
  const whole = byWeight(members);
  const left = members.map(leftTo);
  const taken = Math.max(...left);
  if (Math.min(...left) === taken) return { members: scaledMembers(whole, taken), taken };
  const given = whole.reduce((sum, { share }, i) => sum + share * (taken - left[i]!), 0);
  const fullest = whole.reduce((sum, { share }, i) => sum + (left[i] === taken ? share : 0), 0);
  return {
    members: whole.map(({ candidate, share }, i) => {
      return { candidate, share: share * left[i]! + (left[i] === taken ? (given * share) / fullest : 0) };
    }),
    taken,
  };
}

function scaledMembers(members: readonly Member[], factor: number): readonly Member[] {
  return factor === 1 ? members : members.map(({ candidate, share }) => ({ candidate, share: share * factor }));
}

const TAKEN_OUT = { action: "taken-out" } as const;

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
  if (own.action === "taken-out") return { ...NOTHING, decided: ofProfile(1, { kind: "nodata" }, "taken-out") };
  if (own.action === "fenced") return { ...NOTHING, decided: ofProfile(1, { kind: own.kind }, "fenced") };
  if (own.action !== "fallback") return { ...NOTHING, decided: ofProfile(1, { kind: own.action }, "refused-all-down") };
  const answer = answerOf(own.target, question);
  if (answer === undefined) return { ...NOTHING, open: 1 };
  return { ...NOTHING, [answer.kind]: ofProfile(1, answer, "fallback") };
}

/** An answer of the profile's own for a share of its clients; none for none. */
function ofProfile(share: number, answer: Answer, reason: Reason): readonly Share[] {
  return share === 0 ? [] : [{ share, endpoints: [], reason, answer, next: undefined }];
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
