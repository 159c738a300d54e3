/** Whether a new leaf table knows the places of far fewer addresses: a database of another kind, or half of one. */
import type { KnownPlaces } from "../geo/known-places.ts";

/** A loss of more than so much of what was known is told. Databases lose and win a few per mille from week to week. */
const MOST_LOST = 0.1;

export interface LostPlaces {
  readonly family: "IPv4" | "IPv6";
  /** Percent of the address space whose place was known, and is. */
  readonly before: number;
  readonly now: number;
}

export function lostPlaces(before: KnownPlaces["share"], now: KnownPlaces["share"]): readonly LostPlaces[] {
  const families = [
    { family: "IPv4", before: before.ipv4, now: now.ipv4 },
    { family: "IPv6", before: before.ipv6, now: now.ipv6 },
  ] as const;
  return families
    .filter((share) => share.now < share.before * (1 - MOST_LOST))
    .map((share) => ({ family: share.family, before: percent(share.before), now: percent(share.now) }));
}

function percent(share: number): number {
  return Number((share * 100).toPrecision(3));
}
