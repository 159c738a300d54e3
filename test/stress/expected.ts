/**
 * What the server must answer, worked out before it starts: the scope of every leaf by definition, and who may be served
 * there. Shares with the server how a file becomes a leaf table and how a place orders endpoints, but nothing that is kept
 * or found on the way of a query.
 */
import { findSpot, newSpot } from "../../src/geo/find-leaf.ts";
import { candidatesFor, candidatesKey, type Candidates } from "../../src/routing/candidates.ts";
import type { LeafTable, Leaves } from "../../src/routing/leaf-table.ts";
import { placeAt } from "../../src/routing/places.ts";
import type { Profile, Snapshot } from "../../src/routing/snapshot.ts";
import { formatIpAddress } from "../../src/shared/ip-address.ts";
import { naiveScopes } from "../support/naive-scopes.ts";

export interface Expected {
  readonly scope: number;
  /** One of them is answered. */
  readonly addresses: readonly string[];
}

/** `words`: the subnet's address, IPv4 in the first. */
export type ExpectedOf = (profile: number, family: 4 | 6, words: Uint32Array) => Expected;

interface ByLeaf {
  readonly scopes: Readonly<Record<4 | 6, Uint8Array>>;
  readonly served: (place: number) => readonly string[];
  /** The profiles that hosts of this one lead to. */
  readonly behind: readonly number[];
}

/** Where all endpoints are up, and not all of IPv4 is alike. */
export function expectedAnswers(snapshot: Snapshot, table: LeafTable): ExpectedOf {
  const profiles: ByLeaf[] = [];
  const profileAt = (name: string): number => snapshot.profiles.findIndex(({ names }) => names.includes(name));
  const byLeaf = (profile: Profile): ByLeaf => {
    const { places, ipv4, ipv6, ipv4Inside } = table;
    const known = Array.from({ length: places.country.length }, (_, place) => {
      const candidates = candidatesFor(snapshot, profile, placeAt(places, place));
      return { key: place === ipv4Inside ? "mixed" : candidatesKey(candidates), first: firstTier(candidates) };
    });
    const kinds = (leaves: Leaves): readonly string[] => Array.from(leaves.places, (place) => known[place]!.key);
    return {
      scopes: { 4: naiveScopes(ipv4, kinds(ipv4)), 6: naiveScopes(ipv6, kinds(ipv6)) },
      served: (place) =>
        known[place]!.first.flatMap((target) => profiles[profileAt(target)]?.served(place) ?? [target]),
      behind: profile.endpoints.flatMap(({ target }) => (target.kind === "host" ? [profileAt(target.host)] : [])),
    };
  };
  profiles.push(...snapshot.profiles.map(byLeaf));
  const spot = newSpot();
  return (profile, family, words) => {
    findSpot(table, family, words, spot);
    const { served, behind } = profiles[profile]!;
    const scopes = [profile, ...behind].map((id) => profiles[id]!.scopes[spot.family][spot.leaf]!);
    const leaves = spot.family === 4 ? table.ipv4 : table.ipv6;
    return { scope: Math.max(...scopes) + spot.offset, addresses: served(leaves.places[spot.leaf]!) };
  };
}

/** Addresses, and names of hosts. */
function firstTier({ tiers: [first = []] }: Candidates): readonly string[] {
  return first.flatMap(({ endpoint: { target }, nested }) => {
    if (target.kind === "host") return [target.host];
    return target.kind === "address" ? target.ipv4.map(formatIpAddress) : firstTier(nested!);
  });
}
