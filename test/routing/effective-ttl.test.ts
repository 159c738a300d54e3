import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { candidatesFor } from "../../src/routing/candidates.ts";
import { effectiveTtl, nearestChange, ttlAt } from "../../src/routing/effective-ttl.ts";
import { probedState, type EndpointState } from "../../src/routing/health-view.ts";
import { createStatuses } from "../../src/routing/statuses.ts";
import { locationOf } from "../support/leaf-tables.ts";
import { ip, snapshotOf, type ProfileSpec } from "../support/snapshot.ts";

const RANGE = { ttl: 300, minTtl: 20 };

describe("ttlAt", () => {
  test("docs/steering.md: steps of as large a part each", () => {
    expect([0, 1, 4, 5, 8, 10, 15].map((step) => ttlAt(RANGE, step))).toEqual([300, 250, 146, 122, 71, 49, 20]);
  });

  test("is max when stable, min when about to change, and never rises between", () => {
    const range = fc
      .tuple(fc.integer({ min: 1, max: 2 ** 31 - 1 }), fc.integer({ min: 1, max: 2 ** 31 - 1 }))
      .map(([a, b]) => ({ ttl: Math.max(a, b), minTtl: Math.min(a, b) }));
    fc.assert(
      fc.property(range, (of) => {
        const all = Array.from({ length: 16 }, (_, step) => ttlAt(of, step));
        expect([all[0], all[15]]).toEqual([of.ttl, of.minTtl]);
        expect(all).toEqual(all.toSorted((a, b) => b - a));
      }),
    );
  });
});

describe("effectiveTtl", () => {
  const nested: Readonly<Record<string, ProfileSpec>> = {
    p: { ...RANGE, endpoints: { n: { nested: "q" }, z: { trickle: 0.1 }, y: {}, free: { monitored: false } } },
    q: { endpoints: { a: {}, b: {} } },
  };
  const near = (step: number, more: Partial<EndpointState> = {}): EndpointState => {
    return { ...probedState("online"), ttlStep: step, ...more };
  };
  const told = (profiles: Readonly<Record<string, ProfileSpec>>, states: Readonly<Record<string, EndpointState>>) => {
    const built = snapshotOf({ profiles });
    const statuses = createStatuses(built, {
      stateOf: (id) => states[built.endpoints[id]!.name] ?? probedState("online"),
    });
    const client = { address: ip("192.0.2.1"), location: locationOf("DE"), placedBy: "client" as const };
    const candidates = candidatesFor(built, built.profiles[0]!, client);
    const { endpoint } = nearestChange(built, candidates, statuses);
    return `${effectiveTtl(built, candidates, statuses)} ${endpoint?.name ?? "-"}`;
  };
  const down = probedState("degraded");
  const { z: _, ...withoutTrickle } = nested["p"]!.endpoints;
  const cold = { ...nested, p: { ...RANGE, endpoints: withoutTrickle } };
  test.for<[what: string, states: Readonly<Record<string, EndpointState>>, wanted: string, profiles?: typeof nested]>([
    ["all stable", {}, "300 -"],
    ["the one that answers", { a: near(5) }, "122 a"],
    ["of several the nearest", { a: near(5), z: near(15) }, "20 z"],
    ["one behind the last that is chosen counts for nothing", { b: near(15), y: near(15) }, "300 -"],
    ["one that trickles counts", { z: near(4) }, "146 z"],
    ["one that comes back counts, before those that are chosen", { a: near(10, { status: "degraded" }) }, "49 a"],
    ["whoever gets a part by load", { a: near(0, { load: 0.5 }), b: near(8) }, "71 b"],
    [
      "all where none is up",
      { a: down, b: down, z: down, y: near(15, { status: "degraded" }), free: { ...down, forced: "down" } },
      "20 y",
    ],
    ["not one that an operator has a word on", { a: near(15, { forced: "up" }) }, "300 -"],
    ["nor one that is not probed", { a: down, b: down, y: down, free: near(15) }, "300 -", cold],
    ["a fixed one", { a: near(15) }, "60 a", { ...nested, p: { endpoints: nested["p"]!.endpoints } }],
    ["out of service", { a: near(15) }, "300 -", { ...nested, p: { ...nested["p"]!, enabled: false } }],
  ])("%s", ([, states, wanted, profiles = nested]) => {
    expect(told(profiles, states)).toBe(wanted);
  });
});
