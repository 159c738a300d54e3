/**
 * The promise of a fence: whatever is up, down, forced or drained, a client whom a rule covers gets nothing that does not
 * comply with it. Held against configurations of every kind, with the rule read anew from what is written.
 */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { candidatesFor } from "../../../src/routing/candidates.ts";
import { isInService } from "../../../src/routing/in-service.ts";
import type { Client } from "../../../src/routing/order.ts";
import { outcomesOf, type Outcome } from "../../../src/routing/outcomes.ts";
import { type Question } from "../../../src/routing/fork.ts";
import { planFor } from "../../../src/routing/plan.ts";
import { covers } from "../../../src/routing/residency/covers.ts";
import type { Labels, Profile, ResidencyRule, Snapshot } from "../../../src/routing/snapshot.ts";
import { createStatuses } from "../../../src/routing/statuses.ts";
import { mayFail } from "../../../src/routing/targets.ts";
import { client, snapshot, states } from "../../support/arbitraries.ts";

const question = fc.constantFrom<Question[]>("A", "AAAA", "CNAME");

const worlds = fc.tuple(snapshot, client, states, question).map(([built, asker, view, type]) => {
  const profile = built.profiles[0]!;
  const candidates = candidatesFor(built, profile, asker);
  const outcomes = outcomesOf(planFor(built, candidates, type, createStatuses(built, view)));
  return { built, profile, asker, candidates, outcomes };
});

/** What is answered: an endpoint's labels and profile, or a fallback's. */
function answering(built: Snapshot, asked: Profile, { path, beside, reason, answer }: Outcome) {
  const last = path.at(-1);
  if (reason === "fallback") {
    const decider = last?.target.kind === "profile" ? built.profiles[last.target.profile]! : asked;
    const { whenAllDown } = decider;
    return [{ profile: decider.id, labels: (whenAllDown.action === "fallback" && whenAllDown.labels) || {} }];
  }
  return answer.kind === "addresses" || answer.kind === "alias" ? [last!, ...beside] : [];
}

/** By the rule as it is written: all that is required, nothing that is forbidden. */
function breaks({ require, forbid }: ResidencyRule, labels: Labels): boolean {
  const has = (label: string, values: readonly string[]): boolean => values.some((value) => labels[label] === value);
  return (
    !Object.entries(require).every(([label, values]) => has(label, values)) ||
    Object.entries(forbid).some(([label, values]) => has(label, values))
  );
}

function rulesFor({ residency }: Snapshot, profile: number, asker: Client): readonly ResidencyRule[] {
  return residency.filter(({ profiles, clients }) => profiles.includes(profile) && covers(clients, asker));
}

test("no answer breaks a rule that covers the client, whatever probes and operators say", () => {
  let fenced = 0;
  fc.assert(
    fc.property(worlds, ({ built, profile, asker, candidates, outcomes }) => {
      if (candidates.removedBy.length > 0) fenced++;
      for (const outcome of outcomes) {
        for (const { profile: owner, labels } of answering(built, profile, outcome)) {
          expect(rulesFor(built, owner, asker).filter((rule) => breaks(rule, labels))).toEqual([]);
        }
      }
    }),
    { numRuns: 5000 },
  );
  expect(fenced).toBeGreaterThan(500);
});

test("whom no rule covers gets what he would get without rules", () => {
  fc.assert(
    fc.property(snapshot, client, states, question, (built, asker, view, type) => {
      fc.pre(!built.residency.some(({ clients }) => covers(clients, asker)));
      const free = { ...built, profiles: built.profiles.map((one) => ({ ...one, fences: [] })) };
      const outcomes = (of: Snapshot) =>
        outcomesOf(planFor(of, candidatesFor(of, of.profiles[0]!, asker), type, createStatuses(of, view))).map(
          ({ probability, path, reason, answer }) => [probability, path.map(({ id }) => id), reason, answer],
        );
      expect(outcomes(built)).toEqual(outcomes(free));
    }),
    { numRuns: 500 },
  );
});

test("an endpoint that complies with all rules is never removed, and what is removed breaks the rule that is told", () => {
  fc.assert(
    fc.property(worlds, ({ built, asker, candidates }) => {
      const all = new Set([candidates]);
      for (const { tiers, empty, removed } of all) {
        for (const { nested } of [...tiers.flat(), ...empty]) if (nested !== undefined) all.add(nested);
        for (const { endpoint, rule } of removed) {
          expect(breaks(rule, endpoint.labels)).toBe(true);
          expect(rulesFor(built, endpoint.profile, asker)).toContain(rule);
          expect(candidates.removedBy).toContain(built.residency.indexOf(rule));
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test("SERVFAIL is the answer only where it may be, and the word of a rule is that of one that covers the client", () => {
  fc.assert(
    fc.property(worlds, ({ built, profile, asker, outcomes }) => {
      const fails = outcomes.some(({ answer }) => answer.kind === "servfail");
      expect(fails && !mayFail(built, profile)).toBe(false);
      const words = built.residency
        .filter(({ clients }) => covers(clients, asker))
        .map(({ whenNoneCompliant }) => whenNoneCompliant);
      const told = outcomes.flatMap(({ reason, answer }) => (reason === "fenced" ? [answer.kind] : []));
      expect(words).toEqual(expect.arrayContaining(told));
    }),
    { numRuns: 2000 },
  );
});

test("the rules that a profile is fenced by are those that ever remove something from it", () => {
  fc.assert(
    fc.property(worlds, ({ built, profile, candidates }) => {
      fc.pre(isInService(built, profile));
      const names = candidates.removedBy.map((rule) => built.residency[rule]!.name);
      expect(profile.fencedBy).toEqual(expect.arrayContaining(names));
    }),
    { numRuns: 1000 },
  );
});
