import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createCacheBudget } from "../../../src/routing/cache-budget.ts";
import { candidatesFor } from "../../../src/routing/candidates.ts";
import { draw } from "../../../src/routing/draw.ts";
import { createGeography, createGeographyCaches } from "../../../src/routing/geography.ts";
import { planFor, REASONS, type Question } from "../../../src/routing/plan.ts";
import { compileZones } from "../../../src/server/names/compile-zones.ts";
import { createNames } from "../../../src/server/names/names.ts";
import { createProfileAnswers } from "../../../src/server/answer/profile-answers.ts";
import { TYPE } from "../../../src/wire/constants.ts";
import { addressSpace, health, snapshot } from "../../support/arbitraries.ts";
import { leafTableOf } from "../../support/leaf-tables.ts";

const TYPES: Readonly<Record<Question, number>> = { A: TYPE.A, AAAA: TYPE.AAAA, CNAME: TYPE.CNAME };

test.for<[string, number | undefined]>([
  ["that keeps them", undefined],
  ["that has no room for any", 0],
])("answer gives each class the outcome of its own plan, with a budget %s", ([, size]) => {
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(snapshot, addressSpace, health, chance, (built, space, view, drawn) => {
      const [profile] = built.profiles;
      const table = leafTableOf(space, built);
      const budget = createCacheBudget(size);
      const geography = createGeography(built, profile!, table, createGeographyCaches(table, 1, budget));
      const random = (): number => drawn;
      const parts = {
        snapshot: built,
        names: createNames(compileZones([], { ...built, profiles: [] })),
        health: view,
        random,
        budget,
      };
      const answers = createProfileAnswers(parts, profile!, geography);
      for (let leaf = 0; leaf < table.ipv4.count; leaf++) {
        budget.settle();
        const klass = geography.classOf(4, leaf);
        const candidates = candidatesFor(built, profile!, geography.clientOf(klass));
        for (const question of ["A", "AAAA", "CNAME"] as const) {
          const { outcomes } = planFor(built, candidates, question, view);
          const { answer, path, reason } = draw(outcomes, random);
          const given = answers.answer(klass, TYPES[question], 1);
          expect(given.endpoints).toEqual(path.map(({ id }) => id));
          expect(REASONS[given.reason]).toBe(reason);
          const records = answer.kind === "addresses" ? answer.addresses.length : answer.kind === "alias" ? 1 : 0;
          expect(given.answers?.count ?? 0).toBe(records);
          const data = answer.kind === "addresses" ? answer.addresses.at(-1)!.octets : new Uint8Array();
          expect(given.answers?.octets.slice(given.answers.octets.length - data.length) ?? data).toEqual(data);
        }
      }
    }),
    { numRuns: 100 },
  );
});
