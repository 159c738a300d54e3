/**
 * What becomes of the clients of a profile for one question: the members that health has chosen answer, stand in for each
 * other, or leave it to the profiles around. `docs/steering.md` section 4 is the rule.
 */
import { answerOf } from "./answer-of.ts";
import type { Candidates } from "./candidates.ts";
import { byWeight, createChoices, type ChosenTier, type Member, type OwnWord } from "./choices.ts";
import type { Fork, Question, Reason } from "./plan.ts";
import {
  forkOf,
  joined,
  NOTHING,
  ofProfile,
  scaled,
  sumOf,
  UNANSWERED,
  withStandIns,
  type Part,
  type Share,
  type Shares,
} from "./shares.ts";
import type { Statuses } from "./statuses.ts";

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
    const { tiers, own } = choiceOf(candidates);
    if (own === undefined && keeps(candidates)) {
      return forkOf(
        profile,
        tiers.flatMap((tier) => membersOf(candidates, tier)),
      );
    }
    const { alias, addresses, decided, open } = partsOf(candidates).shares;
    return forkOf(profile, [...alias, ...addresses, ...decided, ...ofProfile(open, UNANSWERED, "no-family")]);
  };

  /**
   * The members of a tier, each with all its clients: what it answers them, and who stands in where it cannot. The shares
   * are those of `sharesOfTier`, told by whom they come from: so the choice of the member is the same for all types, and
   * which clients of a nested profile lack the type is that profile's choice.
   */
  const membersOf = (candidates: Candidates, tier: ChosenTier): readonly Share[] => {
    const { profile } = candidates;
    const all = sharesOf(tier.members, tier.reason);
    /** The same for all members that have no addresses themselves. */
    let forAll: Fork | undefined;
    const restOf = (i: number): Fork | undefined => {
      const { open, addresses } = all[i]!;
      if (open === 0) return undefined;
      if (addresses.length === 0 && forAll !== undefined) return forAll;
      const others = standInsFor(candidates, tier, all, i);
      const rest = others === undefined ? undefined : forkOf(profile, others, "stand-ins");
      if (addresses.length === 0) forAll = rest;
      return rest ?? (profile.keepsClients ? forkOf(profile, KEPT) : undefined);
    };
    return tier.members.flatMap(({ candidate: { endpoint, nested }, share }, i): readonly Share[] => {
      const { alias, addresses } = all[i]!;
      const rest = restOf(i);
      const { reason } = tier;
      if (nested !== undefined) {
        const next = partsOf(nested).whole();
        const whole = { share, endpoints: [endpoint], reason, answer: undefined, next };
        return [rest === undefined ? whole : { ...whole, otherwise: rest }];
      }
      const own = [...alias, ...addresses];
      if (own.length > 0) return own;
      const clients = { share, endpoints: [], chosen: endpoint };
      if (rest === undefined) return [{ ...clients, reason: "no-family", answer: UNANSWERED, next: undefined }];
      return [{ ...clients, reason: "preferred", answer: undefined, next: rest }];
    });
  };

  /** The addresses that stand in for those that a member lacks. */
  const standInsFor = (candidates: Candidates, tier: ChosenTier, members: readonly Shares[], lacking: number) => {
    const { families, keepsClients } = candidates.profile;
    if (families === "strict") return undefined;
    const others = members.flatMap(({ addresses }, i) => (i === lacking ? [] : addresses));
    if (others.length > 0) return others;
    return families === "any" && !keepsClients ? laterAddresses(candidates, tier, 1) : undefined;
  };

  return (candidates) => partsOf(candidates).whole();
}

/** Of a profile that keeps its clients: nobody may stand in. */
const KEPT = ofProfile(1, { kind: "nodata" }, "no-family");

function ownShares(own: OwnWord, question: Question): Shares {
  if (own.action === "taken-out") return { ...NOTHING, decided: ofProfile(1, { kind: "nodata" }, "taken-out") };
  if (own.action !== "fallback") return { ...NOTHING, decided: ofProfile(1, { kind: own.action }, "refused-all-down") };
  const answer = answerOf(own.target, question);
  if (answer === undefined) return { ...NOTHING, open: 1 };
  return { ...NOTHING, [answer.kind]: ofProfile(1, answer, "fallback") };
}
