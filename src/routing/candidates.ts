/**
 * A profile's candidates for a client: the ordered endpoints before health; nested profiles carry their own candidates.
 * ECS scopes follow from these and nothing else.
 */
import type { Basis } from "./methods/method.ts";
import { order, orderDependsOnClient, orderingOf, type Client } from "./order.ts";
import { counts, profilesWithin } from "./in-service.ts";
import type { Endpoint, Profile, Snapshot } from "./snapshot.ts";

export interface Candidates {
  readonly profile: Profile;
  /** Best first; none is empty. */
  readonly tiers: readonly (readonly Candidate[])[];
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
    const tiers = order(orderingOf(snapshot, at), client).flatMap((tier) => {
      const members = tier.flatMap(({ position, weight, basis }): Candidate[] => {
        const endpoint = at.endpoints[position]!;
        const { target } = endpoint;
        if (target.kind !== "profile") return [{ endpoint, weight, basis, nested: undefined }];
        if (!counts(snapshot, endpoint)) return [];
        const nested = visit(snapshot.profiles[target.profile]!);
        return nested.tiers.length === 0 ? [] : [{ endpoint, weight, basis, nested }];
      });
      return members.length > 0 ? [members] : [];
    });
    const candidates = { profile: at, tiers };
    known.set(at.id, candidates);
    return candidates;
  };
  return visit(profile);
}

/**
 * Equal exactly for equal ordered candidates of one profile: the endpoints in their tiers, with the weights of those that
 * share one, of the profile and of each that is nested in it, once. (An endpoint tells its profile.)
 */
export function candidatesKey(candidates: Candidates): string {
  const all = new Set([candidates]);
  let key = "";
  for (const { tiers } of all) {
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
