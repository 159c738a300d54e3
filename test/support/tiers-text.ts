/** An order in one line: members of a tier side by side, tiers in order, what is nested in brackets. */
import type { Candidates } from "../../src/routing/candidates.ts";
import type { Placed, Positioned } from "../../src/routing/methods/method.ts";
import { methods } from "../../src/routing/methods/table.ts";
import type { Endpoint, Location, Profile } from "../../src/routing/snapshot.ts";

export interface Ranked extends Omit<Placed, "position"> {
  readonly endpoint: Endpoint;
}

/** The tiers of a profile's method, whatever its endpoints' networks and service. */
export function methodOrder(
  { method, policy, endpoints }: Pick<Profile, "method" | "policy" | "endpoints">,
  location: Location,
): readonly (readonly Ranked[])[] {
  const placements = endpoints.map(({ placement }, position): Positioned => ({ position, placement }));
  return methods[method]
    .order(placements, policy, location)
    .map((tier) => tier.map(({ position, ...placed }) => ({ ...placed, endpoint: endpoints[position]! })));
}

/** `a b > c`: a and b share the clients, c comes after them. */
export function tiersText(tiers: readonly (readonly Ranked[])[]): string {
  return tiers.map((tier) => tier.map(({ endpoint }) => endpoint.name).join(" ")).join(" > ");
}

/** `eu(berlin > paris) > world`. */
export function candidatesText({ tiers }: Candidates): string {
  return tiers
    .map((tier) =>
      tier.map(({ endpoint, nested }) => endpoint.name + (nested ? `(${candidatesText(nested)})` : "")).join(" "),
    )
    .join(" > ");
}
