import { probedView } from "../../src/routing/health-view.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { candidatesFor } from "../../src/routing/candidates.ts";
import { draw } from "../../src/routing/draw.ts";
import { planFor } from "../../src/routing/plan.ts";
import { createStatuses } from "../../src/routing/statuses.ts";
import { client, health, snapshot } from "../support/arbitraries.ts";
import { locationOf } from "../support/leaf-tables.ts";
import { ip, snapshotOf } from "../support/snapshot.ts";

const question = fc.constantFrom("A" as const, "AAAA" as const, "CNAME" as const);
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** Outcomes that differ in nothing but their probability. */
function outcomes(...probabilities: readonly number[]): readonly { readonly probability: number }[] {
  return probabilities.map((probability) => ({ probability }));
}

describe("draw", () => {
  test.for([
    [[1], 0, 0],
    [[1], 0.999, 0],
    [[0.25, 0.75], 0, 0],
    [[0.25, 0.75], 0.2499, 0],
    [[0.25, 0.75], 0.25, 1],
    [[0.25, 0.75], 0.999, 1],
    [[0.5, 0.25, 0.25], 0.7, 1],
    [[0.5, 0.25, 0.25], 0.75, 2],
  ] as const)("from %j takes at %f outcome %i", ([probabilities, random, expected]) => {
    const choices = outcomes(...probabilities);
    expect(choices.indexOf(draw(choices, () => random))).toBe(expected);
  });

  test("gives the last outcome what rounding leaves", () => {
    const choices = outcomes(...Array.from({ length: 10 }, () => 0.1));
    expect(choices.indexOf(draw(choices, () => 1 - Number.EPSILON / 2))).toBe(9);
  });

  test("asks for no chance where there is no choice", () => {
    const unexpected = (): number => expect.unreachable("no choice, no chance");
    expect(draw(outcomes(1), unexpected).probability).toBe(1);
  });

  test("takes each outcome as often as its weight says", () => {
    const weights = { a: 1, b: 2, c: 997 };
    const endpoints = Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, { weight }]));
    const built = snapshotOf({ profiles: { shop: { method: "weighted", endpoints } } });
    const client = { address: ip("192.0.2.1"), location: locationOf(""), placedBy: "client" as const };
    const candidates = candidatesFor(built, built.profiles[0]!, client);
    const plan = planFor(
      built,
      candidates,
      "A",
      createStatuses(
        built,
        probedView(() => "online"),
      ),
    );
    // A comb over [0, 1) in place of chance: counts are exact but for the teeth at the borders.
    const teeth = 10_000;
    const counts = new Map<string, number>();
    for (let i = 0; i < teeth; i++) {
      const { name } = draw(plan.branches, () => (i + 0.5) / teeth).endpoints[0]!;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    for (const [name, weight] of Object.entries(weights)) {
      expect(Math.abs(counts.get(name)! - (teeth * weight) / 1000)).toBeLessThanOrEqual(1);
    }
  });
});

test("draw takes of a fork's branches the one in whose share of [0, 1) the chance lies", () => {
  fc.assert(
    fc.property(snapshot, client, health, question, chance, (built, asker, view, type, random) => {
      const [profile] = built.profiles;
      const plan = planFor(built, candidatesFor(built, profile!, asker), type, createStatuses(built, view));
      const taken = plan.branches.indexOf(draw(plan.branches, () => random));
      expect(taken).toBeGreaterThanOrEqual(0);
      const before = plan.branches.slice(0, taken).reduce((sum, { probability }) => sum + probability, 0);
      const isLast = taken === plan.branches.length - 1;
      expect(random).toBeGreaterThanOrEqual(before - 1e-9);
      expect(random).toBeLessThan((isLast ? 1 : before + plan.branches[taken]!.probability) + 1e-9);
    }),
  );
});
