/** An order in one line: members of a tier side by side, tiers in order, what is nested in brackets. */
import type { Candidates } from "../../src/routing/candidates.ts";
import type { Tier } from "../../src/routing/methods/method.ts";

/** `a b > c`: a and b share the clients, c comes after them. */
export function tiersText(tiers: readonly Tier[]): string {
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
