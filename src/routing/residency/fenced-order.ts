/**
 * One profile's order for a client behind the fences of residency rules: endpoints that do not comply are as if they were
 * not written. That comes before health, so nothing behind here can break a fence: no failover, no `serveAll`, no override.
 */
import type { Tier } from "../methods/method.ts";
import { order, type Client, type Ordering } from "../order.ts";
import { covers } from "./covers.ts";

export interface FencedOrder {
  readonly tiers: readonly Tier[];
  /** What would stand in the order but for a rule: by rule, then in the order of the file. */
  readonly removed: readonly { readonly rule: number; readonly position: number }[];
  /** The first rule that the fallback does not comply with; undefined = it may be answered. */
  readonly fallbackRule: number | undefined;
}

export function fencedOrder(ordering: Ordering, client: Client): FencedOrder {
  const fences = ordering.fences.filter(({ clients }) => covers(clients, client));
  if (fences.length === 0) return { tiers: order(ordering, client), removed: [], fallbackRule: undefined };
  const fenced = new Set(fences.flatMap(({ positions }) => positions));
  const placements = ordering.placements.filter(({ position }) => !fenced.has(position));
  const withoutRules = new Set(order(ordering, client).flatMap((tier) => tier.map(({ position }) => position)));
  return {
    tiers: order({ ...ordering, placements }, client),
    removed: fences.flatMap(({ rule, positions }) =>
      positions.flatMap((position) => (withoutRules.has(position) ? [{ rule, position }] : [])),
    ),
    fallbackRule: fences.find(({ fallback }) => fallback)?.rule,
  };
}
