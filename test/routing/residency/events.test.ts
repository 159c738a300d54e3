import { describe, expect, test } from "vitest";
import { candidatesFor } from "../../../src/routing/candidates.ts";
import { ALWAYS, createEvents, NEVER } from "../../../src/routing/residency/events.ts";
import { reachOf } from "../../../src/routing/residency/reach.ts";
import { locationOf } from "../../support/leaf-tables.ts";
import { ip, snapshotOf, type EndpointSpec, type ProfileSpec } from "../../support/snapshot.ts";

describe("createEvents", () => {
  const { isUp, and, or, not, any, atLeast, fewestDown } = createEvents();
  const [a, b, c] = [isUp(0), isUp(1), isUp(2)] as const;

  test.for<[what: string, one: number, other: number]>([
    ["both ways round", and(a, b), and(b, a)],
    ["De Morgan", not(or(a, b)), and(not(a), not(b))],
    ["twice not", not(not(and(a, or(b, c)))), and(a, or(b, c))],
    ["what cannot be", and(a, not(a)), NEVER],
    ["what must be", or(a, not(a)), ALWAYS],
    ["one of none", any([]), NEVER],
    ["at least none", atLeast(0, [a, b]), ALWAYS],
    ["at least one", atLeast(1, [a, b, c]), any([a, b, c])],
    ["at least two of three", atLeast(2, [a, b, c]), any([and(a, b), and(a, c), and(b, c)])],
    ["at least all", atLeast(3, [a, b, c]), and(a, and(b, c))],
    ["more than there are", atLeast(4, [a, b, c]), NEVER],
    ["events that hang together", atLeast(2, [a, a, and(a, b)]), a],
  ])("equal events are one number: %s", ([, one, other]) => {
    expect(one).toBe(other);
  });

  test.for<[what: string, event: number, expected: readonly number[] | undefined]>([
    ["nothing need be down", or(a, b), []],
    ["one of two", or(and(not(a), not(b)), not(c)), [2]],
    ["all", and(not(a), and(not(b), not(c))), [0, 1, 2]],
    ["it never happens", NEVER, undefined],
  ])("fewestDown: %s", ([, event, expected]) => {
    expect(fewestDown(event)).toEqual(expected);
  });

  test("what a budget does not allow is told", () => {
    const small = createEvents({ nodes: 5, steps: 100 });
    expect(small.isSpent()).toBe(false);
    small.any([0, 1, 2, 3].map(small.isUp));
    expect(small.isSpent()).toBe(true);
  });
});

test.for<[what: string, profile: Partial<ProfileSpec>]>([
  ["one behind the other", { method: "priority" }],
  ["one behind the other, each for those without addresses", { method: "priority", families: "any" }],
  ["side by side", { method: "weighted" }],
])("reachOf: the work for 2,000 endpoints fits the budget: %s", ([, profile]) => {
  const endpoints = Array.from({ length: 2000 }, (_, i): [string, EndpointSpec] => [
    `e${i}`,
    { address: [i % 2 === 0 ? "192.0.2.1" : "2001:db8::1"], priority: i + 1 },
  ]);
  const built = snapshotOf({ profiles: { p: { ...profile, endpoints: Object.fromEntries(endpoints) } } });
  const asker = { address: ip("192.0.2.1"), location: locationOf("DE"), placedBy: "client" as const };
  const { isExact, outcomes } = reachOf(built, candidatesFor(built, built.profiles[0]!, asker));
  expect(isExact).toBe(true);
  expect(outcomes).toHaveLength(2001);
});
