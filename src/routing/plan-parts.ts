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
}

/** The parts of a profile, worked out once for each. */
export function createParts(question: Question, statuses: Statuses): (candidates: Candidates) => Parts {
  const known = new Map<Candidates, Parts>();
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
    const parts = { shares, fork: (part: Part) => (forks[part] ??= forkOf(candidates.profile, shares[part])) };
    known.set(candidates, parts);
    return parts;
  };
  return partsOf;
}

function ownShares(own: OwnWord, question: Question): Shares {
  if (own.action === "taken-out") return { ...NOTHING, decided: ofProfile(1, { kind: "nodata" }, "taken-out") };
  if (own.action === "fenced") return { ...NOTHING, decided: ofProfile(1, { kind: own.kind }, "fenced") };
  if (own.action !== "fallback") return { ...NOTHING, decided: ofProfile(1, { kind: own.action }, "refused-all-down") };
  const answer = answerOf(own.target, question);
  if (answer === undefined) return { ...NOTHING, open: 1 };
  return { ...NOTHING, [answer.kind]: ofProfile(1, answer, "fallback") };
}
