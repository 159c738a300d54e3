/**
 * What becomes of the clients of a profile for one question: the members that health has chosen answer, stand in for each
 * other, or leave it to the profiles around. `docs/steering.md` section 4 is the rule.
 */
import { formatIpAddress, type IpAddress } from "../shared/ip-address.ts";
import { answerOf } from "./answer-of.ts";
import type { Candidate, Candidates } from "./candidates.ts";
import { createChoices, undrained, type ChosenTier, type Member, type OwnWord } from "./choices.ts";
import { methods } from "./methods/table.ts";
import type { Fork, Question, Reason } from "./plan.ts";
import {
  forkOf,
  joined,
  NOTHING,
  ofProfile,
  scaled,
  scaledShares,
  sumOf,
  withStandIns,
  type Part,
  type Share,
  type Shares,
} from "./shares.ts";
import type { Endpoint, Profile } from "./snapshot.ts";
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
  const sharesOf = (profile: Profile, members: readonly Member[], reason: Reason): readonly Shares[] =>
    members.map(({ candidates, share }): Shares => {
      const [{ endpoint, nested }, ...others] = candidates as readonly [Candidate, ...Candidate[]];
      if (others.length > 0) return scaledShares(together(profile, candidates, reason), share);
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
  const addressesOf = ({ target }: Endpoint): readonly IpAddress[] => {
    const answer = target.kind === "address" ? answerOf(target, question) : undefined;
    return answer?.kind === "addresses" ? answer.addresses : [];
  };

  /** The addresses of the first of the tiers behind a chosen one that has any, as one share of `open`. */
  const laterAddresses = ({ profile, tiers }: Candidates, { index, reason }: ChosenTier, open: number) => {
    const areDown = reason === "all-down";
    for (const later of tiers.slice(index + 1)) {
      const members = undrained(profile, later.filter(areDown ? mayServe : isUp));
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
    const { tiers, own, trickles } = choiceOf(candidates);
    if (own !== undefined) return ownShares(own, question);
    const chosen = joined(tiers.map((tier) => sharesOfTier(candidates, tier)));
    return trickles.length === 0 ? chosen : withTrickles(candidates.profile, chosen, trickles);
  };
  /** What those lack that trickle goes to the addresses of the chosen; never the other way. */
  const withTrickles = (profile: Profile, chosen: Shares, trickles: readonly Member[]): Shares => {
    const own = joined(sharesOf(profile, trickles, "trickle"));
    const rest = scaledShares(chosen, 1 - trickles.reduce((sum, { share }) => sum + share, 0));
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
    const parts = { shares, fork: (part: Part) => (forks[part] ??= forkOf(candidates.profile, shares[part])) };
    known.set(candidates, parts);
    return parts;
  };
  return partsOf;
}

function ownShares(own: OwnWord, question: Question): Shares {
  if (own.action === "taken-out") return { ...NOTHING, decided: ofProfile(1, { kind: "nodata" }, "taken-out") };
  if (own.action !== "fallback") return { ...NOTHING, decided: ofProfile(1, { kind: own.action }, "refused-all-down") };
  const answer = answerOf(own.target, question);
  if (answer === undefined) return { ...NOTHING, open: 1 };
  return { ...NOTHING, [answer.kind]: ofProfile(1, answer, "fallback") };
}

/** Records of a set differ (RFC 2181 section 5). */
function distinct(addresses: readonly IpAddress[]): readonly IpAddress[] {
  return [...new Map(addresses.map((address) => [formatIpAddress(address), address])).values()];
}
