/**
 * Shares of a profile's clients, before they are probabilities: what becomes of each, and the sums that keep them whole.
 */
import type { Among, Answer, Branch, Fork, Reason } from "./fork.ts";
import type { Profile } from "./snapshot.ts";

/**
 * The parts of what a profile answers, since each means something else to the profiles around it:
 * - `alias`: hosts. A resolver that has the CNAME uses it for every type (RFC 1034 section 3.6.2), so their share is the
 *   same for all types, and they never stand in for addresses;
 * - `addresses` of the asked type;
 * - `decided`: NODATA and SERVFAIL that nobody may stand in for.
 */
const PARTS = ["alias", "addresses", "decided"] as const;
export type Part = (typeof PARTS)[number];

/** A branch before its probability is known: its share of the profile's clients. */
export type Share = Omit<Branch, "probability"> & { readonly share: number; readonly otherwise?: Fork };

/** The shares of all parts and what is open add up to 1, or to a member's share of its tier. */
export interface Shares extends Readonly<Record<Part, readonly Share[]>> {
  /** The share of those chosen without an address of the asked type: others may stand in. */
  readonly open: number;
}

/** What becomes of clients whom nobody takes. */
export const UNANSWERED: Answer = { kind: "nodata" };

export const NOTHING: Shares = { alias: [], addresses: [], decided: [], open: 0 };

/**
 * The members of a tier after their open shares have gone to the addresses of the others, in proportion to those. What a
 * nested profile leaves open it leaves to others, not to itself.
 */
export function withStandIns(members: readonly Shares[]): readonly Shares[] {
  const own = members.map(({ addresses }) => sumOf(addresses));
  const all = own.reduce((sum, share) => sum + share, 0);
  /** What each member gives to each unit of the others' addresses. */
  const given = members.map(({ open }, i) => (all > own[i]! ? open / (all - own[i]!) : 0));
  const allGiven = given.reduce((sum, share) => sum + share, 0);
  return members.map((shares, i) => ({
    ...shares,
    addresses: scaled(shares.addresses, 1 + allGiven - given[i]!),
    open: all > own[i]! ? 0 : shares.open,
  }));
}

export function joined(members: readonly Shares[]): Shares {
  return {
    alias: members.flatMap(({ alias }) => alias),
    addresses: members.flatMap(({ addresses }) => addresses),
    decided: members.flatMap(({ decided }) => decided),
    open: members.reduce((sum, { open }) => sum + open, 0),
  };
}

export function scaledShares({ alias, addresses, decided, open }: Shares, factor: number): Shares {
  return {
    alias: scaled(alias, factor),
    addresses: scaled(addresses, factor),
    decided: scaled(decided, factor),
    open: open * factor,
  };
}

export function scaled(shares: readonly Share[], factor: number): readonly Share[] {
  return shares.map((share) => ({ ...share, share: share.share * factor }));
}

/** An answer of the profile's own for a share of its clients; none for none. */
export function ofProfile(share: number, answer: Answer, reason: Reason): readonly Share[] {
  return share === 0 ? [] : [{ share, endpoints: [], reason, answer, next: undefined }];
}

export function sumOf(shares: readonly Share[]): number {
  return shares.reduce((sum, { share }) => sum + share, 0);
}

export function forkOf(profile: Profile, all: readonly Share[], among: Among = "members"): Fork {
  const total = sumOf(all);
  const shares = profile.sticky === undefined ? all : merged(all);
  return {
    profile,
    among,
    branches: shares.map(({ share, ...branch }) => ({ ...branch, probability: share / total }) as Branch),
  };
}

/** One share for all that an endpoint answers, for whatever reason: a client keeps to the endpoint. */
function merged(shares: readonly Share[]): readonly Share[] {
  const found = new Map<string, Share>();
  for (const share of shares) {
    const key = `${share.endpoints.map(({ id }) => id).join(" ")}/${share.chosen?.id}`;
    const known = found.get(key);
    found.set(key, known === undefined ? share : { ...known, share: known.share + share.share });
  }
  return [...found.values()];
}
