/** What is reached, by brute force: every state of health through the engine itself. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { candidatesFor } from "../../../src/routing/candidates.ts";
import { probedView } from "../../../src/routing/health-view.ts";
import { profilesWithin } from "../../../src/routing/in-service.ts";
import type { Client } from "../../../src/routing/order.ts";
import { outcomesOf, type Outcome } from "../../../src/routing/outcomes.ts";
import { planFor } from "../../../src/routing/plan.ts";
import { withResidency, type NamingRule } from "../../../src/routing/residency/fences.ts";
import { outcomeKey, QUESTIONS, reachOf, type Reach } from "../../../src/routing/residency/reach.ts";
import { isTold } from "../../../src/routing/residency/up-events.ts";
import type { Endpoint, LabelTerms, Profile, Snapshot } from "../../../src/routing/snapshot.ts";
import { createStatuses } from "../../../src/routing/statuses.ts";
import { client, snapshot } from "../../support/arbitraries.ts";

/** More probed endpoints than this have too many states: the others count as never probed. */
const MOST_PROBED = 7;

const labels = fc.array(fc.constantFrom({ j: "EU" }, { j: "EU" }, { j: "US" }, {}), { minLength: 5, maxLength: 5 });

const rule: fc.Arbitrary<NamingRule> = fc.record({
  name: fc.constant("r"),
  named: fc.subarray([0, 1, 2, 3], { minLength: 1 }),
  clients: fc.record({
    all: fc.boolean(),
    regions: fc.constantFrom([], ["DE"], ["GEO-EU"]),
    groupings: fc.constant([]),
    networks: fc.constant([]),
    unknown: fc.boolean(),
    resolverOnly: fc.boolean(),
  }),
  require: fc.constantFrom<LabelTerms>({ j: ["EU"] }, { j: ["EU", "US"] }, {}),
  forbid: fc.constantFrom<LabelTerms>({}, { j: ["US"] }),
  whenNoneCompliant: fc.constantFrom("nodata", "servfail"),
});

const graph = fc
  .tuple(snapshot, client, labels, fc.array(rule, { maxLength: 2 }))
  .map(([built, asker, all, rules]): readonly [Snapshot, Client] => {
    const labelled = mapped(bounded(built), (endpoint) => ({ ...endpoint, labels: all[endpoint.id % all.length]! }));
    const named = rules.map((one) => ({ ...one, named: one.named.filter((id) => id < built.profiles.length) }));
    // In place of the rules that it has.
    const { residency: _, ...rest } = labelled;
    const profiles = rest.profiles.map((profile): Profile => ({ ...profile, fences: [], fencedBy: [] }));
    return [withResidency({ ...rest, profiles }, named), asker];
  });

function mapped(built: Snapshot, change: (endpoint: Endpoint) => Endpoint): Snapshot {
  return {
    ...built,
    endpoints: built.endpoints.map(change),
    profiles: built.profiles.map((profile): Profile => ({ ...profile, endpoints: profile.endpoints.map(change) })),
  };
}

function bounded(built: Snapshot): Snapshot {
  const within = profilesWithin(built, built.profiles[0]!).flatMap(({ endpoints }) => endpoints);
  const probed = within.filter(isTold);
  const kept = new Set(probed.filter((_, i) => i < MOST_PROBED));
  return mapped(built, (endpoint) => ({ ...endpoint, isProbed: kept.has(endpoint) }));
}

function keysOf(root: Profile, { profiles }: Snapshot, { answer, path, beside }: Outcome): readonly string[] {
  if (answer.kind !== "addresses" && answer.kind !== "alias") return [answer.kind];
  const last = path.at(-1);
  if (last === undefined || last.target.kind === "profile") {
    const profile = last?.target.kind === "profile" ? profiles[last.target.profile]! : root;
    return [outcomeKey({ kind: "fallback", profile })];
  }
  return [last, ...beside].map((endpoint) => outcomeKey({ kind: "endpoint", endpoint }));
}

function reached({ outcomes }: Reach): readonly string[] {
  return outcomes
    .flatMap((outcome) => outcome.questions.map((question) => `${question} ${outcomeKey(outcome)}`))
    .toSorted();
}

/** The outcomes of one state. */
function given(built: Snapshot, asker: Client, isDown: (endpoint: number) => boolean): ReadonlySet<string> {
  const root = built.profiles[0]!;
  const candidates = candidatesFor(built, root, asker);
  const statuses = createStatuses(
    built,
    probedView((id) => (isDown(id) ? "degraded" : "online")),
  );
  return new Set(
    QUESTIONS.flatMap((question) =>
      outcomesOf(planFor(built, candidates, question, statuses))
        .flatMap((outcome) => keysOf(root, built, outcome))
        .map((key) => `${question} ${key}`),
    ),
  );
}

function byBruteForce(built: Snapshot, asker: Client): ReadonlySet<string> {
  const within = profilesWithin(built, built.profiles[0]!).flatMap(({ endpoints }) => endpoints);
  const bits = new Map(within.filter(isTold).map(({ id }, i) => [id, 1 << i]));
  const found = new Set<string>();
  for (let state = 0; state < 2 ** bits.size; state++) {
    for (const key of given(built, asker, (id) => ((bits.get(id) ?? 0) & state) !== 0)) found.add(key);
  }
  return found;
}

describe("reachOf: what some state of health makes the engine answer, and nothing else", () => {
  const runs = { numRuns: 625 };
  test.for([1, 2, 3, 4, 5, 6, 7, 8])("for random graphs, part %i", (part) => {
    fc.assert(
      fc.property(graph, ([built, asker]) => {
        const reach = reachOf(built, candidatesFor(built, built.profiles[0]!, asker));
        expect(reach.isExact).toBe(true);
        expect(reached(reach)).toEqual([...byBruteForce(built, asker)].toSorted());
      }),
      { ...runs, seed: (fc.readConfigureGlobal().seed ?? 0) + part },
    );
  });

  test("each is given while those are down that it names", () => {
    fc.assert(
      fc.property(graph, ([built, asker]) => {
        for (const outcome of reachOf(built, candidatesFor(built, built.profiles[0]!, asker)).outcomes) {
          const down = new Set(outcome.whileDown.map(({ id }) => id));
          const answers = outcome.questions.map((question) => `${question} ${outcomeKey(outcome)}`);
          const told = given(built, asker, (id) => down.has(id));
          expect(answers.some((answer) => told.has(answer))).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("without the means to tell, all that there is counts", () => {
    fc.assert(
      fc.property(graph, ([built, asker]) => {
        const candidates = candidatesFor(built, built.profiles[0]!, asker);
        const coarse = reachOf(built, candidates, { budget: { nodes: 3, steps: 1 } });
        const exact = reached(reachOf(built, candidates));
        expect(reached(coarse)).toEqual(expect.arrayContaining([...exact]));
        expect(!coarse.isExact || reached(coarse).length === exact.length).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("with distances in any order: all that clients who differ in their distances alone may reach", () => {
    const points = fc.array(
      fc.record({ latitude: fc.integer({ min: -80, max: 80 }), longitude: fc.integer({ min: -179, max: 179 }) }),
      { minLength: 2, maxLength: 3 },
    );
    fc.assert(
      fc.property(graph, points, ([built, asker], all) => {
        const root = built.profiles[0]!;
        const askers = all.map((point) => ({ ...asker, location: { ...asker.location, point } }));
        const any = reachOf(built, candidatesFor(built, root, askers[0]!), { anyDistance: true });
        const each = askers.flatMap((one) => reached(reachOf(built, candidatesFor(built, root, one))));
        expect(reached(any)).toEqual(expect.arrayContaining(each));
      }),
      { numRuns: 1500 },
    );
  });
});
