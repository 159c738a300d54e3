/**
 * Which tiers of a profile health has chosen, whatever is asked, and with which shares of the clients. `docs/steering.md`
 * section 3 is the rule.
 */
import type { Candidate, Candidates } from "./candidates.ts";
import type { Reason } from "./plan.ts";
import type { WhenAllDown } from "./snapshot.ts";
import type { Statuses } from "./statuses.ts";

/** Which tiers health has chosen, for all types alike. */
export interface Choice {
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

export interface ChosenTier {
  /** Its index among the candidates' tiers. */
  readonly index: number;
  readonly members: readonly Member[];
  readonly reason: Reason;
}

/** A candidate with its share of the profile's clients. */
export interface Member {
  readonly candidate: Candidate;
  readonly share: number;
}

/** What a profile says of which no candidate is up, or none may be served. */
export type OwnWord =
  | Exclude<WhenAllDown, { readonly action: "serveAll" }>
  | { readonly action: "taken-out" }
  /** In place of a fallback that a residency rule does not let the client have. */
  | { readonly action: "fenced"; readonly kind: "nodata" | "servfail" };

export interface Choices {
  /** Each profile is looked at once. */
  readonly choiceOf: (candidates: Candidates) => Choice;
  readonly isUp: (candidate: Candidate) => boolean;
  readonly mayServe: (candidate: Candidate) => boolean;
}

export function createChoices(statuses: Statuses): Choices {
  const choices = new Map<Candidates, Choice>();

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

  return { choiceOf, isUp, mayServe };
}

/** A tier's members with the shares that their weights give them. */
export function byWeight(members: readonly Candidate[]): readonly Member[] {
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
