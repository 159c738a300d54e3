/**
 * How the clients of a tier are shared among its members, by their weights and by what is left to each. The rule is "How
 * much each takes" in section 3 of `docs/steering.md`.
 */
import type { Candidate } from "./candidates.ts";
import { methods } from "./methods/table.ts";
import type { Profile } from "./snapshot.ts";

/** A share of the profile's clients, and who gets it: one candidate, or several that are answered together. */
export interface Member {
  /** At least one. */
  readonly candidates: readonly Candidate[];
  readonly share: number;
}

/** The members of a tier whatever is left to them. */
export function wholeShares({ method }: Profile, members: readonly Candidate[]): readonly Member[] {
  if (methods[method].isTogether !== true) return byWeight(members);
  return members.length === 0 ? [] : [{ candidates: members, share: 1 }];
}

/** The members of a tier to which something is left; their shares add up to `most`, the most that is left to one of them. */
export function sharesLeft(
  { method }: Profile,
  members: readonly Candidate[],
  left: readonly number[],
  most: number,
): readonly Member[] {
  const shares = methods[method].isTogether === true ? together(members, left) : eachOwn(members, left, most);
  return shares.every(({ share }) => share > 0) ? shares : shares.filter(({ share }) => share > 0);
}

export function scaledMembers(members: readonly Member[], factor: number): readonly Member[] {
  return factor === 1 ? members : members.map(({ candidates, share }) => ({ candidates, share: share * factor }));
}

function byWeight(members: readonly Candidate[]): readonly Member[] {
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  return members.map((member) => ({ candidates: [member], share: member.weight / total }));
}

/**
 * Each keeps what is left to it of its own share, and what it gives up goes to those with the most left, by weight. What
 * these cannot take either goes to later tiers.
 */
function eachOwn(members: readonly Candidate[], left: readonly number[], most: number): readonly Member[] {
  const whole = byWeight(members);
  if (Math.min(...left) === most) return scaledMembers(whole, most);
  const given = whole.reduce((sum, { share }, i) => sum + share * (most - left[i]!), 0);
  const fullest = whole.reduce((sum, { share }, i) => sum + (left[i] === most ? share : 0), 0);
  return whole.map(({ candidates, share }, i) => {
    return { candidates, share: share * left[i]! + (left[i] === most ? (given * share) / fullest : 0) };
  });
}

/** All are together for as many clients as are left to the one with the least, all but that one for those that the next has more. */
function together(members: readonly Candidate[], left: readonly number[]): readonly Member[] {
  const steps = [...new Set(left)].toSorted((a, b) => a - b);
  return steps.map((step, i) => ({
    candidates: members.filter((_, member) => left[member]! >= step),
    share: step - (steps[i - 1] ?? 0),
  }));
}
