/** What the engine does grows with the profiles and their endpoints, never with the ways through them. */
import { probedState, probedView } from "../../src/routing/health-view.ts";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { candidatesFor } from "../../src/routing/candidates.ts";
import { isInService } from "../../src/routing/in-service.ts";
import { outcomesOf } from "../../src/routing/outcomes.ts";
import { type Fork } from "../../src/routing/fork.ts";
import { planFor } from "../../src/routing/plan.ts";
import type { Snapshot } from "../../src/routing/snapshot.ts";
import { createStatuses } from "../../src/routing/statuses.ts";
import { ladder, LEVELS, WIDTH } from "../support/ladder.ts";
import { locationOf } from "../support/leaf-tables.ts";
import { ip, snapshotOf, type EndpointSpec, type ProfileSpec } from "../support/snapshot.ts";

const asker = { address: ip("192.0.2.1"), location: locationOf(""), placedBy: "client" as const };
const online = probedView(() => "online");

/** The same snapshot, which counts how often somebody asks for a profile's endpoints. */
function counted(snapshot: Snapshot): { readonly snapshot: Snapshot; readonly asked: () => number } {
  let asked = 0;
  const profiles = snapshot.profiles.map((profile) => ({
    ...profile,
    get endpoints() {
      asked++;
      return profile.endpoints;
    },
  }));
  return { snapshot: { ...snapshot, profiles }, asked: () => asked };
}

test("isInService looks at each profile once, and never again", () => {
  const { snapshot, asked } = counted(ladder({ enabled: false }));
  for (let time = 0; time < 2; time++) expect(isInService(snapshot, snapshot.profiles[0]!)).toBe(false);
  expect(asked()).toBe(LEVELS);
});

test("candidatesFor makes one Candidates of a profile, wherever it stands", () => {
  const snapshot = ladder({});
  let level = candidatesFor(snapshot, snapshot.profiles[0]!, asker);
  for (let depth = 1; depth < LEVELS; depth++) {
    const beneath = new Set(level.tiers.flat().map(({ nested }) => nested));
    expect(beneath.size).toBe(1);
    level = [...beneath][0]!;
  }
  expect(level.tiers.flat()).toHaveLength(WIDTH);
});

test.for([
  ["in all", {}, "online"],
  ["of a family that nobody has", { minHealthyIPv6: 1 }, "degraded"],
] as const)("Statuses.of counts what is healthy %s once for each endpoint", ([, top, expected]) => {
  const { snapshot, asked } = counted(ladder({}, top));
  isInService(snapshot, snapshot.profiles[0]!);
  const before = asked();
  const statuses = createStatuses(snapshot, online);
  for (const endpoint of snapshot.endpoints.slice(0, WIDTH)) expect(statuses.of(endpoint)).toBe(expected);
  // For its status, and once for each family of a profile.
  expect(asked() - before).toBeLessThanOrEqual((WIDTH + 2) * LEVELS);
});

test("planFor chooses in each profile once, and makes one Fork of it", () => {
  const snapshot = ladder({});
  const candidates = candidatesFor(snapshot, snapshot.profiles[0]!, asker);
  const statuses = createStatuses(snapshot, online);
  let asked = 0;
  const isEligible: typeof statuses.isEligible = (endpoint) => {
    asked++;
    return statuses.isEligible(endpoint);
  };
  let fork = planFor(snapshot, candidates, "A", { ...statuses, isEligible });
  expect(asked).toBe(WIDTH * LEVELS);
  for (let depth = 1; depth < LEVELS; depth++) {
    expect(fork.branches).toHaveLength(WIDTH);
    const beneath = new Set(fork.branches.map(({ next }) => next));
    expect(beneath.size).toBe(1);
    fork = [...beneath][0]!;
  }
});

test("planFor has no more branches of multivalue than endpoints and steps of drains, each with maxAnswers", () => {
  const names = Array.from({ length: 300 }, (_, i) => `e${i}`);
  const endpoints = Object.fromEntries(names.map((name, i) => [name, { address: [`192.0.${i >> 8}.${i & 255}`] }]));
  const snapshot = snapshotOf({ profiles: { shop: { method: "multivalue", maxAnswers: 10, endpoints } } });
  const candidates = candidatesFor(snapshot, snapshot.profiles[0]!, asker);
  const steps = [1, 0.5, 0.25];
  const drained = createStatuses(snapshot, {
    stateOf: (id) => ({ ...probedState("online"), share: steps[id % steps.length]! }),
  });
  const sizes = [createStatuses(snapshot, online), drained].map((statuses) => {
    const { branches } = planFor(snapshot, candidates, "A", statuses);
    expect(new Set(branches.map((branch) => branch.endpoints.length))).toEqual(new Set([10]));
    return branches.length;
  });
  expect(sizes).toEqual([300, 300 + 200 + 100]);
});

test("outcomesOf follows each Fork once", () => {
  const snapshot = ladder({});
  const [profile] = snapshot.profiles;
  const [endpoint] = snapshot.endpoints;
  let asked = 0;
  let fork: Fork = {
    profile: profile!,
    among: "members",
    branches: [
      {
        probability: 1,
        endpoints: [endpoint!],
        reason: "preferred",
        answer: { kind: "addresses", addresses: [] },
        next: undefined,
      },
    ],
  };
  for (let level = 1; level < LEVELS; level++) {
    const next = fork;
    const branch = {
      probability: 1 / WIDTH,
      endpoints: [endpoint!],
      reason: "preferred",
      answer: undefined,
      next,
    } as const;
    const branches = Array.from({ length: WIDTH }, () => branch);
    fork = {
      profile: profile!,
      among: "members",
      get branches() {
        asked++;
        return branches;
      },
    };
  }
  expect(outcomesOf(fork)).toMatchObject([{ probability: 1, reason: "preferred" }]);
  expect(asked).toBe(LEVELS - 1);
});

/** Profiles that lead on to any of those behind them, or to addresses. */
const graphs = fc
  .array(fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 10 })
  .map((profiles) => {
    const last = profiles.length - 1;
    const specs = profiles.map((steps, at): [string, ProfileSpec] => {
      const endpoints = steps.map((step, i): [string, EndpointSpec] => {
        const to = at + 1 + step;
        return [`e${i}`, to <= last ? { nested: `p${to}` } : { address: ["192.0.2.1"] }];
      });
      return [`p${at}`, { method: "weighted", endpoints: Object.fromEntries(endpoints) }];
    });
    return snapshotOf({ profiles: Object.fromEntries(specs) });
  });

test("of any graph, no endpoint is looked at more often than once for each profile, reason and step of the work", () => {
  fc.assert(
    fc.property(
      graphs,
      fc.array(fc.constantFrom("online", "degraded"), { minLength: 60, maxLength: 60 }),
      (plain, health) => {
        const { snapshot, asked } = counted(plain);
        let eligible = 0;
        const statuses = createStatuses(
          snapshot,
          probedView((id) => health[id]!),
        );
        const plan = planFor(snapshot, candidatesFor(snapshot, snapshot.profiles[0]!, asker), "A", {
          ...statuses,
          isEligible(endpoint) {
            eligible++;
            return statuses.isEligible(endpoint);
          },
        });
        const outcomes = outcomesOf(plan);
        expect(eligible).toBeLessThanOrEqual(snapshot.endpoints.length);
        expect(outcomes.length).toBeLessThanOrEqual(snapshot.endpoints.length * 2);
        // In service, candidates, status, two families; each time from each profile once.
        expect(asked()).toBeLessThanOrEqual(5 * snapshot.profiles.length + snapshot.endpoints.length);
      },
    ),
    { numRuns: 300 },
  );
});
