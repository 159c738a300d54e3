/**
 * In what endpoints may be less than up without being down, as events beside those of their status: their load, their
 * return, and addresses that are down by themselves. Of how much less only counts whether anything is gone, and whether
 * anything is left: `choices.ts` asks no more to tell who gets clients at all.
 */
import { MOST_ADDRESSES } from "../health-view.ts";
import type { Endpoint } from "../snapshot.ts";
import { ALWAYS, NEVER, type Event, type Events } from "./events.ts";

/** What is up or not. The second of a pair says which of two it is where the first is down. */
export interface Variable {
  readonly endpoint: Endpoint;
  readonly kind: VariableKind;
}

export type VariableKind = "status" | "load" | "critical" | "ramp" | "ipv4" | "ipv6";

/** In the order of the endpoints. */
export function variablesOf(endpoints: readonly Endpoint[]): readonly Variable[] {
  return endpoints.flatMap((endpoint) => kindsOf(endpoint).map((kind) => ({ endpoint, kind })));
}

function kindsOf(endpoint: Endpoint): readonly VariableKind[] {
  const { load, ramp } = endpoint.wanes;
  return [
    ...(isTold(endpoint) ? (["status"] as const) : []),
    ...(load ? (["load", "critical"] as const) : []),
    ...(ramp ? (["ramp"] as const) : []),
    ...(mayLackFamily(endpoint) ? (["ipv4", "ipv6"] as const) : []),
  ];
}

/** Whether probes tell its status. */
export function isTold({ isProbed, target }: Endpoint): boolean {
  return isProbed && target.kind !== "profile";
}

/** Not one of a single family: somebody has to answer. */
function mayLackFamily({ wanes, target }: Endpoint): boolean {
  if (!wanes.addresses || target.kind !== "address") return false;
  const { ipv4, ipv6 } = target;
  return ipv4.length > 0 && ipv6.length > 0 && ipv4.length + ipv6.length <= MOST_ADDRESSES;
}

export interface WaneEvents {
  readonly isOnline: (endpoint: Endpoint) => Event;
  /** That it takes all its clients; by its return alone where load does not count. */
  readonly takesAll: (endpoint: Endpoint) => Event;
  readonly takesAllUnloaded: (endpoint: Endpoint) => Event;
  readonly isCritical: (endpoint: Endpoint) => Event;
  /** That it has none of its addresses of the family left. Never true of both. */
  readonly lacks: (endpoint: Endpoint, family: 4 | 6) => Event;
}

export function createWaneEvents(variables: readonly Variable[], { isUp, and, not }: Events): WaneEvents {
  const places = new Map<Endpoint, Partial<Record<VariableKind, number>>>();
  for (const [place, { endpoint, kind }] of variables.entries()) {
    places.set(endpoint, { ...places.get(endpoint), [kind]: place });
  }
  /** Always up: what has no variable. */
  const has = (endpoint: Endpoint, kind: VariableKind): Event => {
    const place = places.get(endpoint)?.[kind];
    return place === undefined ? ALWAYS : isUp(place);
  };
  const takesAllUnloaded = (endpoint: Endpoint): Event => has(endpoint, "ramp");
  return {
    isOnline: (endpoint) => has(endpoint, "status"),
    takesAllUnloaded,
    takesAll: (endpoint) => and(has(endpoint, "load"), takesAllUnloaded(endpoint)),
    isCritical: (endpoint) => and(not(has(endpoint, "load")), not(has(endpoint, "critical"))),
    lacks(endpoint, family) {
      const lacksIpv4 = not(has(endpoint, "ipv4"));
      if (lacksIpv4 === NEVER) return NEVER;
      return family === 4 ? lacksIpv4 : and(not(lacksIpv4), not(has(endpoint, "ipv6")));
    },
  };
}
