/**
 * Which tiers of a profile health has chosen, whatever is asked, and with which shares of the clients. `docs/steering.md`
 * section 3 is the rule.
 */
import type { Candidate, Candidates } from "./candidates.ts";
import { methods } from "./methods/table.ts";
import type { Reason } from "./fork.ts";
import type { Profile, WhenAllDown } from "./snapshot.ts";
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
  /** Those of later tiers that get a part all the same, taken from what `tiers` have. */
  readonly trickles: readonly Member[];
}

export interface ChosenTier {
  /** Its index among the candidates' tiers. */
  readonly index: number;
  readonly members: readonly Member[];
  readonly reason: Reason;
}

/** A share of the profile's clients, and who gets it: one candidate, or several that are answered together. */
export interface Member {
  /** At least one. */
  readonly candidates: readonly Candidate[];
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

  const trickling = (behind: readonly Candidate[]): readonly Member[] =>
    behind
      .filter((member) => member.endpoint.trickle > 0 && isUp(member))
      .map((member) => ({ candidates: [member], share: member.endpoint.trickle * leftTo(member) }));

  const choose = ({ profile, tiers, fallbackRule }: Candidates): Choice => {
    const { whenAllDown, keepsClients } = profile;
    const chosen: ChosenTier[] = [];
    let open = 1;
    for (const [index, all] of tiers.entries()) {
      const up = all.filter(isUp);
      if (up.length === 0) continue;
      const { members, taken } = drained(profile, up, leftTo);
      chosen.push({ index, members: scaledMembers(members, open), reason: index === 0 ? "preferred" : "failover" });
      open *= 1 - taken;
      if (open === 0) break;
    }
    if (chosen.length > 0) {
      const taken = 1 - open;
      const whole = chosen.map((tier) => ({ ...tier, members: scaledMembers(tier.members, 1 / taken) }));
      const later = tiers.slice(chosen.at(-1)!.index + 1);
      return {
        isUp: true,
        mayServe: true,
        taken: keepsClients ? 1 : taken,
        tiers: whole,
        own: undefined,
        trickles: trickling(later.flat()),
      };
    }
    if (whenAllDown.action !== "serveAll") {
      const fenced = fallbackRule && ({ action: "fenced", kind: fallbackRule.whenNoneCompliant } as const);
      return { isUp: true, mayServe: true, taken: 1, tiers: [], own: fenced ?? whenAllDown, trickles: [] };
    }
    const index = tiers.findIndex((all) => all.some(mayServe));
    if (index === -1) {
      return { isUp: keepsClients, mayServe: keepsClients, taken: 1, tiers: [], own: TAKEN_OUT, trickles: [] };
    }
    const members = undrained(profile, tiers[index]!.filter(mayServe));
    return {
      isUp: keepsClients,
      mayServe: true,
      taken: 1,
      tiers: [{ index, members, reason: "all-down" }],
      own: undefined,
      trickles: [],
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

/** The members of a tier whatever is left to them. */
export function undrained({ method }: Profile, members: readonly Candidate[]): readonly Member[] {
  if (methods[method].isTogether !== true) return byWeight(members);
  return members.length === 0 ? [] : [{ candidates: members, share: 1 }];
}

function byWeight(members: readonly Candidate[]): readonly Member[] {
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  return members.map((member) => ({ candidates: [member], share: member.weight / total }));
}

/** The members of a tier of which some may be drained. It takes as much of the clients as is left to the fullest. */
function drained(
  { method }: Profile,
  members: readonly Candidate[],
  leftTo: (member: Candidate) => number,
): { readonly members: readonly Member[]; readonly taken: number } {
  const left = members.map(leftTo);
  const isTogether = methods[method].isTogether === true;
  return {
    members: isTogether ? drainedTogether(members, left) : drainedByWeight(members, left),
    taken: Math.max(...left),
  };
}

/**
 * Each keeps what is left to it of its own share, and what it gives up goes to those with the most left, by weight. What
 * these cannot take either, since they are drained themselves, goes to later tiers.
 */
function drainedByWeight(members: readonly Candidate[], left: readonly number[]): readonly Member[] {
  const whole = byWeight(members);
  const most = Math.max(...left);
  if (Math.min(...left) === most) return scaledMembers(whole, most);
  const given = whole.reduce((sum, { share }, i) => sum + share * (most - left[i]!), 0);
  const fullest = whole.reduce((sum, { share }, i) => sum + (left[i] === most ? share : 0), 0);
  return whole.map(({ candidates, share }, i) => {
    return { candidates, share: share * left[i]! + (left[i] === most ? (given * share) / fullest : 0) };
  });
}

/** All are together for as many clients as are left to the one with the least, all but that one for those that the next has more. */
function drainedTogether(members: readonly Candidate[], left: readonly number[]): readonly Member[] {
  const steps = [...new Set(left)].toSorted((a, b) => a - b);
  return steps.map((step, i) => ({
    candidates: members.filter((_, member) => left[member]! >= step),
    share: step - (steps[i - 1] ?? 0),
  }));
}

function scaledMembers(members: readonly Member[], factor: number): readonly Member[] {
  return factor === 1 ? members : members.map(({ candidates, share }) => ({ candidates, share: share * factor }));
}

const TAKEN_OUT = { action: "taken-out" } as const;
