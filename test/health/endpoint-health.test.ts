import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judge, judgeParts, partsDown, targetsOf, type Judged } from "../../src/health/endpoint-health.ts";
import type { Formula } from "../../src/health/monitoring.ts";
import type { ProbedStatus } from "../../src/routing/health-view.ts";
import { atLeast, not, probe } from "./fixtures/endpoints.ts";

const at = (statuses: readonly ProbedStatus[]) => (target: number) => ({ status: statuses[target]!, since: 0 });
const statusOf = (formula: Formula<number>, statuses: readonly ProbedStatus[]) => judge(formula, at(statuses)).status;

const [up, down, unknown] = ["online", "degraded", "checking"] as const;
const [a, b, c] = [probe(0), probe(1), probe(2)];

describe("judge", () => {
  test.for<[what: string, formula: Formula<number>, statuses: readonly ProbedStatus[], wanted: ProbedStatus]>([
    ["a probe is what its target is", a, [down], down],
    ["all: one that is down decides, whatever is unknown", atLeast(2, a, b), [down, unknown], down],
    ["all: one that is unknown leaves it open", atLeast(2, a, b), [up, unknown], unknown],
    ["any: one that is up decides, whatever is unknown", atLeast(1, a, b), [up, unknown], up],
    ["any: one that is unknown leaves it open", atLeast(1, a, b), [down, unknown], unknown],
    ["at least 2 of 3: enough are up", atLeast(2, a, b, c), [up, up, unknown], up],
    ["at least 2 of 3: the unknown one would be enough", atLeast(2, a, b, c), [up, down, unknown], unknown],
    ["at least 2 of 3: with the unknown one it is not enough", atLeast(2, a, b, c), [down, down, unknown], down],
    ["not: a failure is wanted", not(a), [up], down],
    ["not: and there is one", not(a), [down], up],
    ["not: what is unknown stays so", not(a), [unknown], unknown],
  ])("%s", ([, formula, statuses, wanted]) => {
    expect(statusOf(formula, statuses)).toBe(wanted);
  });

  const TARGETS = 4;
  const { formula } = fc.letrec<{ formula: Formula<number> }>((tie) => ({
    formula: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.nat({ max: TARGETS - 1 }).map(probe),
      tie("formula").map(not),
      fc
        .array(tie("formula"), { minLength: 1, maxLength: 4 })
        .chain((of) => fc.integer({ min: 1, max: of.length }).map((count) => atLeast(count, ...of))),
    ),
  }));
  const readOnce = formula.filter((one) => new Set(targetsOf(one)).size === targetsOf(one).length);
  const statuses = fc.array(fc.constantFrom(up, down, unknown), { minLength: TARGETS, maxLength: TARGETS });

  /** All ways that what is unknown could be. */
  const worlds = ([first, ...rest]: readonly ProbedStatus[]): readonly (readonly boolean[])[] => {
    if (first === undefined) return [[]];
    const own = first === unknown ? [true, false] : [first === up];
    return worlds(rest).flatMap((world) => own.map((isUp) => [isUp, ...world]));
  };
  const holds = (one: Formula<number>, world: readonly boolean[]): boolean => {
    if (one.kind === "probe") return world[one.check]!;
    if (one.kind === "not") return !holds(one.of, world);
    return one.of.filter((member) => holds(member, world)).length >= one.count;
  };
  const decided = (one: Formula<number>, found: readonly ProbedStatus[]): ProbedStatus => {
    const all = new Set(worlds(found).map((world) => holds(one, world)));
    return all.size > 1 ? unknown : all.has(true) ? up : down;
  };

  test("is what all ways agree on that the unknown ones could be, where no target comes twice", () => {
    fc.assert(
      fc.property(readOnce, statuses, (one, found) => {
        expect(statusOf(one, found)).toBe(decided(one, found));
      }),
      { numRuns: 2000 },
    );
  });

  test("is never against what all ways agree on", () => {
    fc.assert(
      fc.property(formula, statuses, (one, found) => {
        expect([decided(one, found), unknown]).toContain(statusOf(one, found));
      }),
      { numRuns: 2000 },
    );
  });

  test("its time is the earliest at which it was so, if nothing was otherwise before", () => {
    const moments = fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: TARGETS, maxLength: TARGETS });
    fc.assert(
      fc.property(readOnce, statuses, moments, (one, found, since) => {
        const judged = judge(one, (target) => ({ status: found[target]!, since: since[target]! }));
        if (judged.status === unknown) return;
        const then = (now: number) => found.map((status, target) => (since[target]! <= now ? status : unknown));
        expect(statusOf(one, then(judged.since))).toBe(judged.status);
        expect(statusOf(one, then(judged.since - 1))).toBe(unknown);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("parts", () => {
  const part = (status: ProbedStatus): Judged => ({ status, since: 0 });

  test.for<[parts: readonly ProbedStatus[], wanted: ProbedStatus, down: number]>([
    [[up], up, 0],
    [[down], down, 0],
    [[up, down], up, 0b10],
    [[down, up, down], up, 0b101],
    [[down, down], down, 0],
    [[down, unknown], unknown, 0b1],
    [[up, unknown], up, 0],
    [[unknown, unknown], unknown, 0],
  ])("%o: %s, and the bits of those that leave the answer are %i", ([parts, wanted, bits]) => {
    expect(judgeParts(parts.map(part)).status).toBe(wanted);
    expect(partsDown(parts)).toBe(bits);
  });
});
