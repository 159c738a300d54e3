import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createCacheBudget } from "../../../src/routing/cache-budget.ts";
import { candidatesFor } from "../../../src/routing/candidates.ts";
import { draw } from "../../../src/routing/draw.ts";
import { createGeography, createGeographyCaches } from "../../../src/routing/geography.ts";
import {
  REASONS,
  reasonThrough,
  type Answer,
  type Fork,
  type Question,
  type Reason,
} from "../../../src/routing/fork.ts";
import { planFor } from "../../../src/routing/plan.ts";
import { newKeeper } from "../../../src/routing/rendezvous.ts";
import { createStatuses } from "../../../src/routing/statuses.ts";
import { compileZones } from "../../../src/server/names/compile-zones.ts";
import { createNames } from "../../../src/server/names/names.ts";
import { createProfileAnswers } from "../../../src/server/answer/profile-answers.ts";
import { RCODE, TYPE } from "../../../src/wire/constants.ts";
import { addressSpace, health, snapshot } from "../../support/arbitraries.ts";
import { leafTableOf } from "../../support/leaf-tables.ts";

const TYPES: Readonly<Record<Question, number>> = { A: TYPE.A, AAAA: TYPE.AAAA, CNAME: TYPE.CNAME };

const RCODES: Readonly<Record<Answer["kind"], number>> = {
  addresses: RCODE.NOERROR,
  alias: RCODE.NOERROR,
  nodata: RCODE.NOERROR,
  nxdomain: RCODE.NXDOMAIN,
  servfail: RCODE.SERVFAIL,
};

/** Draws from a plan level by level. */
function wayThrough(
  plan: Fork,
  random: () => number,
): { readonly answer: Answer; readonly path: readonly number[]; readonly reason: Reason } {
  const { endpoints, reason, answer, next } = draw(plan.branches, random);
  const path = endpoints.map(({ id }) => id);
  if (next === undefined) return { answer, path, reason };
  const inner = wayThrough(next, random);
  return { ...inner, path: [...path, ...inner.path], reason: reasonThrough(reason, inner.reason) };
}

test.for<[string, number | undefined]>([
  ["that keeps them", undefined],
  ["that has no room for any", 0],
])("answer gives each class the outcome of its own plan, with a budget %s", ([, size]) => {
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(snapshot, addressSpace, health, chance, (built, space, view, share) => {
      const [profile] = built.profiles;
      const table = leafTableOf(space, built);
      const budget = createCacheBudget(size);
      const geography = createGeography(built, profile!, table, createGeographyCaches(table, 1, budget));
      const random = (): number => share;
      const parts = {
        snapshot: built,
        names: createNames(compileZones([], { ...built, profiles: [] })),
        health: view,
        random,
        keeper: newKeeper(),
        budget,
      };
      const answers = createProfileAnswers(parts, profile!, geography);
      for (let leaf = 0; leaf < table.ipv4.count; leaf++) {
        budget.settle();
        const clientClass = geography.classOf(4, leaf);
        const candidates = candidatesFor(built, profile!, geography.clientOf(clientClass));
        for (const question of ["A", "AAAA", "CNAME"] as const) {
          const plan = planFor(built, candidates, question, createStatuses(built, view));
          const { answer, path, reason } = wayThrough(plan, random);
          const drawn = answers.answer(clientClass, TYPES[question], 1);
          const given = drawn.answer;
          expect([...drawn.endpoints.subarray(0, drawn.endpointCount)]).toEqual(path);
          expect(REASONS[drawn.reason]).toBe(reason);
          expect(given.rcode).toBe(RCODES[answer.kind]);
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
