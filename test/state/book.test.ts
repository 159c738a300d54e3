import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { probedState, settledHealth, type EndpointState } from "../../src/routing/health-view.ts";
import { createBook, leftOf, nextChange, type MatchedOverride } from "../../src/state/book.ts";
import type { Override, OverrideAction } from "../../src/state/override.ts";

const START = 1_000_000;
const COUNT = 4;

const overrideOf = (id: number, action: OverrideAction, more: Partial<Override> = {}): Override => {
  return { id, pattern: "", action, since: START, until: undefined, over: 0, reason: undefined, author: "me", ...more };
};

const matched: fc.Arbitrary<readonly MatchedOverride[]> = fc
  .array(
    fc.record({
      action: fc.constantFrom<OverrideAction>("up", "down", "out", "drain"),
      since: fc.integer({ min: START - 20, max: START + 20 }),
      until: fc.option(fc.integer({ min: START - 20, max: START + 200 }), { nil: undefined }),
      over: fc.integer({ min: 0, max: 128 }),
      narrowness: fc.nat({ max: 3 }),
      endpoints: fc.uniqueArray(fc.nat({ max: COUNT - 1 })),
    }),
    { maxLength: 6 },
  )
  .map((all) =>
    all.map(({ narrowness, endpoints, action, ...more }, i) => {
      return { override: overrideOf(i + 1, action, more), narrowness, endpoints: Uint32Array.from(endpoints) };
    }),
  );

/** The state by the rule, one endpoint at a time. */
function ruledState(overrides: readonly MatchedOverride[], endpoint: number, now: number): EndpointState {
  const living = overrides.filter(
    ({ endpoints, override: { until } }) => endpoints.includes(endpoint) && (until === undefined || until > now),
  );
  const narrowest = Math.max(...living.map(({ narrowness }) => narrowness));
  const holder = living.findLast(({ narrowness }) => narrowness === narrowest)?.override;
  if (holder === undefined) return probedState("online");
  if (holder.action !== "drain") return { ...probedState("online"), forced: holder.action };
  const gone = holder.over === 0 ? 64 : Math.floor((64 * Math.max(0, now - holder.since)) / holder.over);
  return gone >= 64
    ? { ...probedState("online"), forced: "out" }
    : { ...probedState("online"), share: (64 - gone) / 64 };
}

describe("createBook", () => {
  test("has all endpoints checking, then as probes find them", () => {
    const book = createBook(2);
    expect([0, 1].map((id) => book.stateOf(id))).toEqual([probedState("checking"), probedState("checking")]);
    expect(book.probe([[1, settledHealth("degraded")]])).toEqual([1]);
    expect(book.probe([[1, settledHealth("degraded")]])).toEqual([]);
    expect([0, 1].map((id) => book.stateOf(id))).toEqual([probedState("checking"), probedState("degraded")]);
  });

  test("the narrower override counts, and of two as narrow the later; it tells all that has changed", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(matched, fc.nat({ max: 250 })), { minLength: 1, maxLength: 4 }), (turns) => {
        const book = createBook(COUNT);
        const ids = Array.from({ length: COUNT }, (_, id) => id);
        book.probe(ids.map((id) => [id, settledHealth("online")]));
        for (const [overrides, later] of turns) {
          const before = ids.map((id) => book.stateOf(id));
          const changed = book.rule(overrides, START + later);
          const wanted = ids.map((id) => ruledState(overrides, id, START + later));
          expect(ids.map((id) => book.stateOf(id))).toEqual(wanted);
          const differs = ids.filter((id) => !isDeepStrictEqual(before[id], wanted[id]));
          expect(changed).toEqual(differs);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("tells who holds an endpoint, and how many each holds", () => {
    const book = createBook(3);
    const wide = { override: overrideOf(2, "out"), narrowness: 1, endpoints: Uint32Array.of(0, 1, 2) };
    const narrow = { override: overrideOf(1, "up"), narrowness: 2, endpoints: Uint32Array.of(1) };
    book.rule([narrow, wide], START);
    expect([0, 1, 2].map((id) => book.holderOf(id)?.id)).toEqual([2, 1, 2]);
    expect([1, 2, 3].map((id) => book.heldBy(id))).toEqual([1, 2, 0]);
  });

  test("a probe changes what is beneath an override, and nothing of it", () => {
    const book = createBook(1);
    book.rule([{ override: overrideOf(1, "up"), narrowness: 1, endpoints: Uint32Array.of(0) }], START);
    expect(book.probe([[0, settledHealth("degraded")]])).toEqual([0]);
    expect(book.stateOf(0)).toEqual({ ...probedState("degraded"), forced: "up" });
  });
});

test.for<[number, number]>([
  [-5, 1],
  [0, 1],
  [9, 1],
  [10, 63 / 64],
  [320, 0.5],
  [639, 1 / 64],
  [640, 0],
  [10_000, 0],
])("leftOf a drain over 640 ms after %d ms: %d", ([later, left]) => {
  expect(leftOf(overrideOf(1, "drain", { over: 640 }), START + later)).toBe(left);
});

describe("nextChange", () => {
  test.for<[string, readonly Override[], number | undefined]>([
    ["nothing changes by itself", [overrideOf(1, "out")], undefined],
    ["an end", [overrideOf(1, "out", { until: START + 9000 })], 9000],
    [
      "the first of several",
      [overrideOf(1, "out", { until: START + 9000 }), overrideOf(2, "up", { until: START + 8000 })],
      8000,
    ],
    ["a step of a drain", [overrideOf(1, "drain", { over: 64_000 })], 1000],
    ["not at once, though steps are short", [overrideOf(1, "drain", { over: 6400 })], 250],
    ["the end of a short drain", [overrideOf(1, "drain", { over: 100 })], 100],
    ["a drain that is over", [overrideOf(1, "drain")], undefined],
  ])("%s", ([, overrides, wanted]) => {
    const next = nextChange(overrides, START);
    expect(next === undefined ? undefined : next - START).toBe(wanted);
  });

  test("is always later than now", () => {
    fc.assert(
      fc.property(matched, fc.nat({ max: 250 }), (all, later) => {
        const now = START + later;
        const living = all.map(({ override }) => override).filter(({ until }) => (until ?? Infinity) > now);
        expect(nextChange(living, now) ?? Infinity).toBeGreaterThan(now);
      }),
    );
  });
});
