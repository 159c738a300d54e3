/**
 * Which tiers of a profile health has chosen, whatever is asked, and with which shares of the clients. `docs/steering.md`
 * section 3 is the rule.
 */
import type { Candidate, Candidates } from "./candidates.ts";
import { methods } from "./methods/table.ts";
import type { Reason } from "./fork.ts";
import type { WhenAllDown } from "./snapshot.ts";
import type { Statuses } from "./statuses.ts";
import { scaledMembers, sharesLeft, wholeShares, type Member } from "./tier-shares.ts";

/** Which tiers health has chosen, for all types alike. */
export interface Choice {
  /** Whether a profile around this one takes it for up. */
  readonly isUp: boolean;
  /** Whether there is anything to answer with, be it down. */
  readonly mayServe: boolean;
  /** 0 to 1: what it takes of its clients. A profile around it gives the rest to others, if it has any. */
  readonly taken: number;
  /** In order; several where those that are up leave clients to later ones. None: `own` is the answer. */
  readonly tiers: readonly ChosenTier[];
  readonly own: OwnWord | undefined;
  /** Those of later tiers that get a part all the same, taken from what `tiers` have. */
  readonly trickles: readonly Member[];
  /** 0 to 1: what is left to one that is up. 0: others get its clients, and it stands in for nobody. */
  readonly leftTo: LeftTo;
}

type LeftTo = (member: Candidate) => number;

export interface ChosenTier {
  /** Its index among the candidates' tiers. */
  readonly index: number;
  readonly members: readonly Member[];
  readonly reason: Reason;
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
  const unloaded = new Map<Candidates, number>();

  const isUp = ({ endpoint, nested }: Candidate): boolean =>
    statuses.isEligible(endpoint) &&
    (nested === undefined || statuses.forcedOf(endpoint) === "up" || choiceOf(nested).isUp) &&
    mayServe({ endpoint, nested });
  const mayServe = ({ endpoint, nested }: Pick<Candidate, "endpoint" | "nested">): boolean =>
    statuses.forcedOf(endpoint) !== "out" && (nested === undefined || choiceOf(nested).mayServe);

  /** What is left to it of the clients that are its own. */
  const leftTo: LeftTo = ({ endpoint, nested }) =>
    statuses.shareOf(endpoint) * statuses.loadOf(endpoint) * (nested === undefined ? 1 : choiceOf(nested).taken);
  /** The same where load does not count. Above 0. */
  const leftUnloaded: LeftTo = ({ endpoint, nested }) =>
    statuses.shareOf(endpoint) * (nested === undefined ? 1 : takenUnloaded(nested));
  const takenUnloaded = (candidates: Candidates): number => {
    let taken = unloaded.get(candidates);
    if (taken === undefined) {
      const choice = choiceOf(candidates);
      const isKnown = choice.taken === 1 || (choice.leftTo === leftUnloaded && choice.taken > 0);
      taken = isKnown ? choice.taken : walk(candidates, leftUnloaded).taken;
      unloaded.set(candidates, taken);
    }
    return taken;
  };

  /** Tier by tier, as long as there are clients whom those that are up have left. */
  const walk = ({ profile, tiers }: Candidates, left: LeftTo): Walk => {
    const chosen: ChosenTier[] = [];
    let open = 1;
    let isFirstUp = true;
    for (const [index, all] of tiers.entries()) {
      const up = all.filter(isUp);
      if (up.length === 0) continue;
      const parts = up.map(left);
      const most = Math.max(...parts);
      if (most > 0) {
        const members = scaledMembers(sharesLeft(profile, up, parts, most), open);
        chosen.push({ index, members, reason: index === 0 ? "preferred" : isFirstUp ? "failover" : "spill" });
        open *= 1 - most;
        if (open === 0) break;
      }
      isFirstUp = false;
    }
    return { chosen, taken: 1 - open, isAnyUp: chosen.length > 0 || !isFirstUp };
  };

  const choose = (candidates: Candidates): Choice => {
    const { profile, tiers } = candidates;
    const first = methods[profile.method].keepsLoad === true ? leftUnloaded : leftTo;
    const found = walk(candidates, first);
    if (!found.isAnyUp) return whenNoneIsUp(candidates);
    // Those that are up are overloaded, all of them: there is nobody to spare them for.
    const isCritical = found.taken === 0;
    const left = isCritical ? leftUnloaded : first;
    const { chosen, taken } = isCritical ? walk(candidates, left) : found;
    const later = tiers.slice(chosen.at(-1)!.index + 1).flat();
    return {
      isUp: true,
      mayServe: true,
      taken: profile.keepsClients ? 1 : found.taken,
      tiers: chosen.map((tier) => ({ ...tier, members: scaledMembers(tier.members, 1 / taken) })),
      own: undefined,
      trickles: later
        .filter((member) => member.endpoint.trickle > 0 && isUp(member) && left(member) > 0)
        .map((member) => ({ candidates: [member], share: member.endpoint.trickle * left(member) })),
      leftTo: left,
    };
  };

  const whenNoneIsUp = ({ profile, tiers, fallbackRule }: Candidates): Choice => {
    const { whenAllDown, keepsClients } = profile;
    const whole = { taken: 1, trickles: [], leftTo: leftUnloaded } as const;
    if (whenAllDown.action !== "serveAll") {
      const fenced = fallbackRule && ({ action: "fenced", kind: fallbackRule.whenNoneCompliant } as const);
      return { ...whole, isUp: true, mayServe: true, tiers: [], own: fenced ?? whenAllDown };
    }
    const index = tiers.findIndex((all) => all.some(mayServe));
    if (index === -1) return { ...whole, isUp: keepsClients, mayServe: keepsClients, tiers: [], own: TAKEN_OUT };
    const members = wholeShares(profile, tiers[index]!.filter(mayServe));
    const served = [{ index, members, reason: "all-down" }] as const;
    return { ...whole, isUp: keepsClients, mayServe: true, tiers: served, own: undefined };
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

interface Walk {
  /** Their shares add up to `taken`. */
  readonly chosen: readonly ChosenTier[];
  readonly taken: number;
  /** Whether anybody is, be there something left to him or not. */
  readonly isAnyUp: boolean;
}

const TAKEN_OUT = { action: "taken-out" } as const;
