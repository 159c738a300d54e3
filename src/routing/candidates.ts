/**
 * A profile's candidates for a client: the ordered endpoints before health; nested profiles carry their own candidates.
 * ECS scopes follow from these and nothing else.
 */
import type { Basis } from "./methods/method.ts";
import { orderDependsOnClient, orderingOf, type Client } from "./order.ts";
import { counts, profilesWithin } from "./in-service.ts";
import { fencedOrder } from "./residency/fenced-order.ts";
import type { Endpoint, Profile, ResidencyRule, Snapshot } from "./snapshot.ts";

export interface Candidates {
  readonly profile: Profile;
  /** Best first; none is empty. */
  readonly tiers: readonly (readonly Candidate[])[];
  /** Endpoints of this profile that would be candidates but for a residency rule; of several rules, once for each. */
  readonly removed: readonly Removed[];
  /** Endpoints whose profile has no candidates for the client, which has them left out: with what it would have had. */
  readonly empty: readonly { readonly endpoint: Endpoint; readonly nested: Candidates }[];
  /** The rules that have removed something, here or in a nested profile: indices in `Snapshot.residency`, ascending. */
  readonly removedBy: readonly number[];
  /** The first rule that the fallback does not comply with: it says what is answered in its place. */
  readonly fallbackRule: ResidencyRule | undefined;
}

export interface Removed {
  readonly endpoint: Endpoint;
  readonly rule: ResidencyRule;
}

export interface Candidate {
  readonly endpoint: Endpoint;
  /** Share within the tier, relative to its siblings'. */
  readonly weight: number;
  readonly basis: Basis;
  /** Where the endpoint is a profile: that profile's candidates for the same client, at least one. */
  readonly nested: Candidates | undefined;
}

/** A profile that is nested several times has one `Candidates`, the same object wherever it stands. */
export function candidatesFor(snapshot: Snapshot, profile: Profile, client: Client): Candidates {
  const known = new Map<number, Candidates>();
  const visit = (at: Profile): Candidates => {
    const seen = known.get(at.id);
    if (seen !== undefined) return seen;
    const { tiers: ordered, removed, fallbackRule } = fencedOrder(orderingOf(snapshot, at), client);
    const empty: { endpoint: Endpoint; nested: Candidates }[] = [];
    const removedBy = new Set(removed.map(({ rule }) => rule));
    const tiers = ordered.flatMap((tier) => {
      const members = tier.flatMap(({ position, weight, basis }): Candidate[] => {
        const endpoint = at.endpoints[position]!;
        const { target } = endpoint;
        if (target.kind !== "profile") return [{ endpoint, weight, basis, nested: undefined }];
        if (!counts(snapshot, endpoint)) return [];
        const nested = visit(snapshot.profiles[target.profile]!);
        for (const rule of nested.removedBy) removedBy.add(rule);
        if (nested.tiers.length > 0) return [{ endpoint, weight, basis, nested }];
        empty.push({ endpoint, nested });
        return [];
      });
      return members.length > 0 ? [members] : [];
    });
    const candidates = {
      profile: at,
      tiers,
      removed: removed.map(({ rule, position }) => {
        return { endpoint: at.endpoints[position]!, rule: snapshot.residency[rule]! };
      }),
      empty,
      removedBy: [...removedBy].toSorted((a, b) => a - b),
      fallbackRule: fallbackRule === undefined ? undefined : snapshot.residency[fallbackRule],
    };
    known.set(at.id, candidates);
    return candidates;
  };
  return visit(profile);
}

/**
 * Equal exactly for equal ordered candidates of one profile: the endpoints in their tiers, with the weights of those that
 * share one, of the profile and of each that is nested in it, once. (An endpoint tells its profile.) And equal only where
 * the same residency rules have removed something, which is counted, and have a word in place of a fallback.
 */
export function candidatesKey(candidates: Candidates): string {
  const all = new Set([candidates]);
  let key = candidates.removedBy.length === 0 ? "" : `without ${candidates.removedBy.join(",")} `;
  for (const { tiers, fallbackRule } of all) {
    if (fallbackRule !== undefined && tiers.length > 0) key += `!${fallbackRule.name} `;
    for (const tier of tiers) {
      for (const { endpoint, weight, nested } of tier) {
        key += tier.length === 1 || weight === 1 ? `${endpoint.id} ` : `${endpoint.id}*${weight} `;
        if (nested !== undefined) all.add(nested);
      }
      key += ">";
    }
  }
  return key;
}

/** Whether the client's place or address can change the candidates, here or in a nested profile. */
export function placeMatters(snapshot: Snapshot, profile: Profile): boolean {
  return profilesWithin(snapshot, profile).some((within) => orderDependsOnClient(orderingOf(snapshot, within)));
}
