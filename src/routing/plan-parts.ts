/**
 * What becomes of the clients of a profile for one question: the members that health has chosen answer, stand in for each
 * other, or leave it to the profiles around. `docs/steering.md` section 4 is the rule.
 */
import { formatIpAddress, type IpAddress } from "../shared/ip-address.ts";
import { answerOf, type TargetAnswer } from "./answer-of.ts";
import type { Candidate, Candidates } from "./candidates.ts";
import { createChoices, type ChosenTier, type OwnWord } from "./choices.ts";
import { methods } from "./methods/table.ts";
import type { Fork, Question, Reason } from "./fork.ts";
import {
  forkOf,
  joined,
  NOTHING,
  ofProfile,
  scaled,
  scaledShares,
  sumOf,
  UNANSWERED,
  withStandIns,
  type Part,
  type Share,
  type Shares,
} from "./shares.ts";
import type { Endpoint, Profile } from "./snapshot.ts";
import type { Statuses } from "./statuses.ts";
import { wholeShares, type Member } from "./tier-shares.ts";

interface Parts {
  readonly shares: Shares;
  /** Each part by itself as a choice; asked for only where the part has a share. */
  readonly fork: (part: Part) => Fork;
  /** All parts and what is open as one choice. */
  readonly whole: () => Fork;
}

/** The plan of a profile that is asked. The parts of each profile on the way are worked out once. */
export function createParts(question: Question, statuses: Statuses): (candidates: Candidates) => Fork {
  const known = new Map<Candidates, Parts>();
  const keeping = new Map<Candidates, boolean>();
  const { choiceOf, isUp, mayServe } = createChoices(statuses);

  /** Undefined = it has nothing of the asked type, or is a profile. */
  const answerBy = (endpoint: Endpoint): TargetAnswer | undefined =>
    endpoint.target.kind === "profile"
      ? undefined
      : answerOf(endpoint.target, question, statuses.addressesDownOf(endpoint));

  /** What each of the members answers, for its share. */
  const sharesOf = (profile: Profile, members: readonly Member[], reason: Reason): readonly Shares[] =>
    members.map(({ candidates, share }): Shares => {
      const [{ endpoint, nested }, ...others] = candidates as readonly [Candidate, ...Candidate[]];
      if (others.length > 0) return scaledShares(together(profile, candidates, reason), share);
      if (endpoint.target.kind !== "profile") {
        const answer = answerBy(endpoint);
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

  /** Of those with the type each and the ones that follow it, around, are as likely: so all answer as often. */
  const together = ({ maxAnswers }: Profile, candidates: readonly Candidate[], reason: Reason): Shares => {
    const having = candidates.filter(({ endpoint }) => addressesOf(endpoint).length > 0);
    if (having.length === 0) return { ...NOTHING, open: 1 };
    const most = Math.min(maxAnswers, having.length);
    const rotations = most === having.length ? 1 : having.length;
    const addresses = Array.from({ length: rotations }, (_, first): Share => {
      const endpoints = Array.from({ length: most }, (__, i) => having[(first + i) % having.length]!.endpoint);
      const answer = { kind: "addresses", addresses: distinct(endpoints.flatMap(addressesOf)) } as const;
      return { share: 1 / rotations, endpoints, reason, answer, next: undefined };
    });
    return { ...NOTHING, addresses };
  };
  const addressesOf = (endpoint: Endpoint): readonly IpAddress[] => {
    const answer = answerBy(endpoint);
    return answer?.kind === "addresses" ? answer.addresses : [];
  };

  /** The addresses of the first of the tiers behind a chosen one that has any, as one share of `open`. */
  const laterAddresses = (candidates: Candidates, { index, reason }: ChosenTier, open: number) => {
    const { profile, tiers } = candidates;
    const { leftTo } = choiceOf(candidates);
    const areDown = reason === "all-down";
    const mayStandIn = areDown ? mayServe : (member: Candidate) => isUp(member) && leftTo(member) > 0;
    for (const later of tiers.slice(index + 1)) {
      const members = wholeShares(profile, later.filter(mayStandIn));
      const found = sharesOf(profile, members, areDown ? reason : "failover").flatMap(({ addresses }) => addresses);
      if (found.length > 0) return scaled(found, open / sumOf(found));
    }
    return undefined;
  };

  const sharesOfTier = (candidates: Candidates, tier: ChosenTier): Shares => {
    const { families, keepsClients, method } = candidates.profile;
    const members = sharesOf(candidates.profile, tier.members, tier.reason);
    // Those that are answered together are chosen among those with the type, whatever becomes of single ones.
    const isStrict = families === "strict" && methods[method].isTogether !== true;
    const shares = joined(isStrict ? members : withStandIns(members));
    if (shares.open === 0) return shares;
    if (keepsClients) {
      const kept = ofProfile(shares.open, { kind: "nodata" }, "no-family");
      return { ...shares, decided: [...shares.decided, ...kept], open: 0 };
    }
    const later = families === "any" ? laterAddresses(candidates, tier, shares.open) : undefined;
    return later === undefined ? shares : { ...shares, addresses: [...shares.addresses, ...later], open: 0 };
  };

  const sharesFor = (candidates: Candidates): Shares => {
    const { own, trickles } = choiceOf(candidates);
    if (own !== undefined) return ownShares(own, question);
    const chosen = chosenShares(candidates);
    return trickles.length === 0 ? chosen : withTrickles(candidates.profile, chosen, trickles);
  };
  /** What the tiers that health has chosen come to. */
  const chosenShares = (candidates: Candidates): Shares =>
    joined(choiceOf(candidates).tiers.map((tier) => sharesOfTier(candidates, tier)));
  /** What those lack that trickle goes to the addresses of the chosen; never the other way. */
  const withTrickles = (profile: Profile, chosen: Shares, trickles: readonly Member[]): Shares => {
    const own = joined(sharesOf(profile, trickles, "trickle"));
    const rest = scaledShares(chosen, leftBy(trickles));
    const addresses = sumOf(rest.addresses);
    if (profile.families === "strict" || addresses === 0) return joined([rest, own]);
    return joined([
      { ...rest, addresses: scaled(rest.addresses, 1 + own.open / addresses) },
      { ...own, open: 0 },
    ]);
  };

  const partsOf = (candidates: Candidates): Parts => {
    const seen = known.get(candidates);
    if (seen !== undefined) return seen;
    const shares = sharesFor(candidates);
    const forks: Partial<Record<Part, Fork>> = {};
    let whole: Fork | undefined;
    const parts: Parts = {
      shares,
      fork: (part) => (forks[part] ??= forkOf(candidates.profile, shares[part])),
      whole: () => (whole ??= wholeFork(candidates)),
    };
    known.set(candidates, parts);
    return parts;
  };

  /** Whether the profile, or one that is nested in it, keeps clients together. */
  const keeps = (candidates: Candidates): boolean => {
    let found = keeping.get(candidates);
    if (found === undefined) {
      const { profile, tiers } = candidates;
      found = profile.sticky !== undefined || tiers.flat().some(({ nested }) => nested !== undefined && keeps(nested));
      keeping.set(candidates, found);
    }
    return found;
  };

  const wholeFork = (candidates: Candidates): Fork => {
    const { profile } = candidates;
    const { own, tiers, trickles } = choiceOf(candidates);
    if (own === undefined && keeps(candidates)) {
      const members = tiers.flatMap((tier) => membersOfTier(candidates, tier));
      const chosen = forkOf(profile, members);
      if (trickles.length === 0) return chosen;
      // Who trickles is chosen first, so that what becomes of the others moves nobody to them or from them.
      const rest = { endpoints: [], reason: "preferred", answer: undefined, next: chosen } as const;
      return forkOf(profile, [{ ...rest, share: leftBy(trickles) }, ...trickling(candidates, trickles)]);
    }
    const { alias, addresses, decided, open } = partsOf(candidates).shares;
    return forkOf(profile, [...alias, ...addresses, ...decided, ...ofProfile(open, UNANSWERED, "no-family")]);
  };

  /** Its shares are those of `sharesOfTier`, told by whom they come from. */
  const membersOfTier = (candidates: Candidates, tier: ChosenTier): readonly Share[] => {
    const { profile } = candidates;
    const { families, keepsClients } = profile;
    const all = sharesOf(profile, tier.members, tier.reason);
    /** The addresses that stand in for those that a member lacks. */
    const standInsFor = (lacking: Shares): readonly Share[] => {
      if (families === "strict") return [];
      const others = all.flatMap((shares) => (shares === lacking ? [] : shares.addresses));
      if (others.length > 0 || families !== "any" || keepsClients) return others;
      return laterAddresses(candidates, tier, 1) ?? [];
    };
    /** The same for all members that have no addresses themselves. */
    let forAll: Fork | undefined;
    return membersOf(tier.members, all, tier.reason, (lacking) => {
      if (lacking.addresses.length > 0) return insteadOf(profile, standInsFor(lacking));
      return (forAll ??= insteadOf(profile, standInsFor(lacking)));
    });
  };

  const trickling = (candidates: Candidates, trickles: readonly Member[]): readonly Share[] => {
    if (trickles.length === 0) return [];
    const { profile } = candidates;
    const instead = insteadOf(profile, profile.families === "strict" ? [] : chosenShares(candidates).addresses);
    return membersOf(trickles, sharesOf(profile, trickles, "trickle"), "trickle", () => instead);
  };

  /**
   * Members, each with all its clients: what it answers them, and who stands in where it cannot. So the choice of the member
   * is the same for all types, and which clients of a nested profile lack the type is that profile's choice. `all` is what
   * each of them answers.
   */
  const membersOf = (
    members: readonly Member[],
    all: readonly Shares[],
    reason: Reason,
    insteadFor: (lacking: Shares) => Fork | undefined,
  ): readonly Share[] =>
    members.flatMap(({ candidates: [candidate], share }, i): readonly Share[] => {
      const { endpoint, nested } = candidate!;
      const { alias, addresses, open } = all[i]!;
      const instead = open === 0 ? undefined : insteadFor(all[i]!);
      if (nested !== undefined) {
        const next = partsOf(nested).whole();
        const whole = { share, endpoints: [endpoint], reason, answer: undefined, next };
        return [instead === undefined ? whole : { ...whole, otherwise: instead }];
      }
      if (open === 0) return [...alias, ...addresses];
      const clients = { share, endpoints: [], chosen: endpoint };
      if (instead === undefined) return [{ ...clients, reason: "no-family", answer: UNANSWERED, next: undefined }];
      return [{ ...clients, reason: "preferred", answer: undefined, next: instead }];
    });

  return (candidates) => partsOf(candidates).whole();
}

/** Who stands in for a member; of a profile that keeps its clients nobody may in those around it either. */
function insteadOf(profile: Profile, standIns: readonly Share[]): Fork | undefined {
  if (standIns.length > 0) return forkOf(profile, standIns, "stand-ins");
  return profile.keepsClients ? forkOf(profile, ofProfile(1, { kind: "nodata" }, "no-family")) : undefined;
}

/** The part of the clients that is left to the tiers that health has chosen. */
function leftBy(trickles: readonly Member[]): number {
  return trickles.reduce((left, { share }) => left - share, 1);
}

function ownShares(own: OwnWord, question: Question): Shares {
  if (own.action === "taken-out") return { ...NOTHING, decided: ofProfile(1, { kind: "nodata" }, "taken-out") };
  if (own.action === "fenced") return { ...NOTHING, decided: ofProfile(1, { kind: own.kind }, "fenced") };
  if (own.action !== "fallback") return { ...NOTHING, decided: ofProfile(1, { kind: own.action }, "refused-all-down") };
  const answer = answerOf(own.target, question);
  if (answer === undefined) return { ...NOTHING, open: 1 };
  return { ...NOTHING, [answer.kind]: ofProfile(1, answer, "fallback") };
}

/** Records of a set differ (RFC 2181 section 5). */
function distinct(addresses: readonly IpAddress[]): readonly IpAddress[] {
  return [...new Map(addresses.map((address) => [formatIpAddress(address), address])).values()];
}
