import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changesBetween, changesInBrief, type Described } from "../../src/control/changes.ts";
import type { Changes } from "../../src/control/control.ts";

/** By name: a number for what is said of it, and its parts; ids are positions. */
type Profiles = Readonly<
  Record<string, { readonly is: number; readonly endpoints?: Readonly<Record<string, number>> }>
>;

function generation(profiles: Profiles, zones: Readonly<Record<string, string>> = {}): Described {
  const endpoints: number[] = [];
  const described = Object.entries(profiles).map(([name, profile], id) => ({
    id,
    name,
    endpoints: Object.entries(profile.endpoints ?? {}).map(([endpoint, digest]) => {
      return { id: endpoints.push(digest) - 1, name: endpoint };
    }),
  }));
  const own = Object.values(profiles).map(({ is }) => is);
  return {
    profiles: described,
    digests: { profiles: Float64Array.from(own), endpoints: Float64Array.from(endpoints) },
    zones: Object.entries(zones).map(([name, digest]) => ({ name, digest })),
  };
}

function changes(before: Described, after: Described): Changes {
  const work = changesBetween(before, after);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

const NONE = { added: [], removed: [], changed: [] };

describe("changesBetween", () => {
  const first = generation(
    { shop: { is: 1, endpoints: { a: 1, b: 2 } }, web: { is: 2, endpoints: { a: 3 } } },
    { "a.example": "x", "b.example": "y" },
  );

  test("of a generation and itself: nothing", () => {
    expect(changes(first, first)).toEqual({ profiles: NONE, endpoints: NONE, zones: NONE });
  });

  test("order is no change", () => {
    const turned = generation(
      { web: { is: 2, endpoints: { a: 3 } }, shop: { is: 1, endpoints: { b: 2, a: 1 } } },
      { "b.example": "y", "a.example": "x" },
    );
    expect(changes(first, turned)).toEqual({ profiles: NONE, endpoints: NONE, zones: NONE });
  });

  test("a profile that comes or goes does so with its endpoints", () => {
    const second = generation(
      { shop: { is: 1, endpoints: { a: 1, b: 2 } }, api: { is: 9, endpoints: { x: 9, y: 9 } } },
      { "a.example": "x", "b.example": "y" },
    );
    expect(changes(first, second)).toEqual({
      profiles: { added: ["api"], removed: ["web"], changed: [] },
      endpoints: { added: ["api/x", "api/y"], removed: ["web/a"], changed: [] },
      zones: NONE,
    });
  });

  test("a profile has changed by its own word alone, an endpoint by its own", () => {
    const second = generation(
      { shop: { is: 7, endpoints: { a: 1, b: 2 } }, web: { is: 2, endpoints: { a: 8, c: 9 } } },
      { "a.example": "z", "c.example": "y" },
    );
    expect(changes(first, second)).toEqual({
      profiles: { added: [], removed: [], changed: ["shop"] },
      endpoints: { added: ["web/c"], removed: [], changed: ["web/a"] },
      zones: { added: ["c.example"], removed: ["b.example"], changed: ["a.example"] },
    });
  });

  test("what is added one way is removed the other way, and what has changed has changed both ways", () => {
    const name = fc.constantFrom("a", "b", "c", "constructor", "__proto__");
    const endpoints = fc.dictionary(name, fc.nat(2), { noNullPrototype: true });
    const profiles = fc.dictionary(name, fc.record({ is: fc.nat(2), endpoints }), { noNullPrototype: true });
    const zones = fc.dictionary(name, fc.constantFrom("x", "y"), { noNullPrototype: true });
    const described = fc.tuple(profiles, zones).map(([p, z]) => generation(p, z));
    const sorted = (names: readonly string[]) => names.toSorted();
    fc.assert(
      fc.property(described, described, (one, other) => {
        const [there, back] = [changes(one, other), changes(other, one)];
        for (const kind of ["profiles", "endpoints", "zones"] as const) {
          expect(sorted(there[kind].added)).toEqual(sorted(back[kind].removed));
          expect(sorted(there[kind].removed)).toEqual(sorted(back[kind].added));
          expect(sorted(there[kind].changed)).toEqual(sorted(back[kind].changed));
        }
      }),
    );
  });

  test("lets others go first often enough: 10,000 profiles are compared in slices", () => {
    const many = generation(Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`p${i}`, { is: i }])));
    expect([...changesBetween(many, many)].length).toBeGreaterThan(5);
  });
});

test("changesInBrief has counts and the first names, of what there is", () => {
  const names = ["a", "b", "c", "d", "e", "f", "g"];
  const found = { profiles: { added: names, removed: [], changed: ["x"] }, endpoints: NONE, zones: NONE };
  expect(changesInBrief(found)).toEqual({
    profiles: { added: { count: 7, first: ["a", "b", "c", "d", "e"] }, changed: { count: 1, first: ["x"] } },
  });
  expect(changesInBrief({ profiles: NONE, endpoints: NONE, zones: NONE })).toEqual({});
});
