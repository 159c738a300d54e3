/** What is reached, by brute force: every state of health through the engine itself. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { candidatesFor } from "../../../src/routing/candidates.ts";
import { probedState, probedView, type EndpointState, type HealthView } from "../../../src/routing/health-view.ts";
import { profilesWithin } from "../../../src/routing/in-service.ts";
import type { Client } from "../../../src/routing/order.ts";
import { outcomesOf, type Outcome } from "../../../src/routing/outcomes.ts";
import { planFor } from "../../../src/routing/plan.ts";
import { withResidency, type NamingRule } from "../../../src/routing/residency/fences.ts";
import { outcomeKey, QUESTIONS, reachOf, type Reach } from "../../../src/routing/residency/reach.ts";
import { isTold } from "../../../src/routing/residency/wane-events.ts";
import type { Endpoint, LabelTerms, Profile, Snapshot, Wanes } from "../../../src/routing/snapshot.ts";
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
  return givenIn(
    built,
    asker,
    probedView((id) => (isDown(id) ? "degraded" : "online")),
  );
}

function givenIn(built: Snapshot, asker: Client, health: HealthView): ReadonlySet<string> {
  const root = built.profiles[0]!;
  const candidates = candidatesFor(built, root, asker);
  const statuses = createStatuses(built, health);
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

/** Each kind is of few endpoints: states are many. */
const MOST_WANING = 2;
const MOST_PROBED_WANING = 4;

/** Some endpoints wane, so that each kind meets each other. */
const waningGraph = fc
  .tuple(graph, fc.array(fc.nat({ max: 6 }), { minLength: 3, maxLength: 8 }))
  .map(([[built, asker], picks]): readonly [Snapshot, Client] => {
    const within = profilesWithin(built, built.profiles[0]!).flatMap(({ endpoints }) => endpoints);
    const probed = new Set(within.filter(isTold).slice(0, MOST_PROBED_WANING));
    const waning = new Map<Endpoint, Wanes>();
    for (const [i, endpoint] of within.entries()) {
      const pick = picks[i % picks.length]!;
      const wanes = {
        load: pick === 1 || pick === 2,
        ramp: (pick === 3 || pick === 2) && probed.has(endpoint),
        addresses: pick === 4 && probed.has(endpoint) && endpoint.target.kind === "address",
      };
      if (Object.values(wanes).includes(true) && waning.size < MOST_WANING) waning.set(endpoint, wanes);
    }
    const changed = mapped(built, (endpoint) => ({
      ...endpoint,
      isProbed: probed.has(endpoint),
      wanes: waning.get(endpoint) ?? NEVER_WANES,
    }));
    return [changed, asker];
  });

const NEVER_WANES = { load: false, ramp: false, addresses: false } as const;

/** All states that one endpoint may be in. */
function statesOf(endpoint: Endpoint): readonly EndpointState[] {
  const { wanes, target } = endpoint;
  const [ipv4, ipv6] = target.kind === "address" ? [target.ipv4.length, target.ipv6.length] : [0, 0];
  const losses = wanes.addresses && ipv4 > 0 && ipv6 > 0 ? [0, 2 ** ipv4 - 1, (2 ** ipv6 - 1) * 2 ** ipv4] : [0];
  return (isTold(endpoint) ? (["online", "degraded"] as const) : (["online"] as const)).flatMap((status) =>
    (wanes.load ? [1, 0.5, 0] : [1]).flatMap((load) =>
      (wanes.ramp ? [1, 0.5] : [1]).flatMap((share) =>
        losses.map((addressesDown) => ({ ...probedState(status), load, share, addressesDown })),
      ),
    ),
  );
}

function byAllStates(built: Snapshot, asker: Client): ReadonlySet<string> {
  const within = profilesWithin(built, built.profiles[0]!).flatMap(({ endpoints }) => endpoints);
  let all: readonly ReadonlyMap<number, EndpointState>[] = [new Map()];
  for (const endpoint of within) {
    const own = statesOf(endpoint);
    if (own.length > 1) all = all.flatMap((before) => own.map((state) => new Map(before).set(endpoint.id, state)));
  }
  const online = probedState("online");
  return new Set(all.flatMap((states) => [...givenIn(built, asker, { stateOf: (id) => states.get(id) ?? online })]));
}

describe("reachOf where endpoints wane: by load, on their return, and address by address", () => {
  test.for([1, 2, 3, 4])("for random graphs, part %i", { timeout: 300_000 }, (part) => {
    fc.assert(
      fc.property(waningGraph, ([built, asker]) => {
        const reach = reachOf(built, candidatesFor(built, built.profiles[0]!, asker));
        expect(reach.isExact).toBe(true);
        expect(reached(reach)).toEqual([...byAllStates(built, asker)].toSorted());
      }),
      { numRuns: 200, seed: (fc.readConfigureGlobal().seed ?? 0) + part },
    );
  });
});

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
