/**
 * The engine and the controller in a loop with resolvers that keep answers and endpoints whose load follows them, in
 * virtual time. `npm run sim:load` is the same with a real server.
 */
import { describe, expect, test } from "vitest";
import { afterReading, shareOf, unknownLoad, type LoadState } from "../../../src/health/load/load-control.ts";
import { candidatesFor } from "../../../src/routing/candidates.ts";
import { probedState } from "../../../src/routing/health-view.ts";
import { outcomesOf } from "../../../src/routing/outcomes.ts";
import { planFor } from "../../../src/routing/plan.ts";
import { createStatuses } from "../../../src/routing/statuses.ts";
import { demandOfDay, FLASH } from "../../sim/load/demand.ts";
import { createResolvers } from "../../sim/load/resolvers.ts";
import { locationOf } from "../../support/leaf-tables.ts";
import { ip, snapshotOf, type ProfileSpec } from "../../support/snapshot.ts";
import { RULES } from "./plant.ts";

interface World {
  readonly profiles: Readonly<Record<string, ProfileSpec>>;
  /** What each endpoint can do; those with a load. The others can do anything. */
  readonly capacities: Readonly<Record<string, number>>;
  /** At a time in seconds. */
  readonly demand: (time: number) => number;
  readonly seconds: number;
  readonly resolvers?: number;
}

interface Moment {
  readonly time: number;
  /** The part of all clients that each endpoint has. */
  readonly parts: ReadonlyMap<string, number>;
  /** Per cent, of those with a capacity. */
  readonly loads: ReadonlyMap<string, number>;
}

/** Seconds. */
const TTL = 60;
const INTERVAL = 10;

function run({ profiles, capacities, demand, seconds, resolvers: count = 20_000 }: World): readonly Moment[] {
  const snapshot = snapshotOf({ profiles });
  const client = { address: ip("192.0.2.1"), location: locationOf("DE"), placedBy: "client" as const };
  const candidates = candidatesFor(snapshot, snapshot.profiles[0]!, client);
  const random = drawsFrom(7);
  const resolvers = createResolvers(count, TTL, random);
  const states = new Map<string, LoadState>(Object.keys(capacities).map((name) => [name, unknownLoad(0)]));
  const moments: Moment[] = [];

  /** What is answered now, with the sum of the probabilities up to each. */
  const answers = () => {
    const view = {
      stateOf(id: number) {
        const state = states.get(snapshot.endpoints[id]!.name);
        return { ...probedState("online"), load: state === undefined ? 1 : shareOf(state) };
      },
    };
    let sum = 0;
    return outcomesOf(planFor(snapshot, candidates, "A", createStatuses(snapshot, view))).map(
      ({ probability, path }) => ({ upTo: (sum += probability), name: path.at(-1)!.name }),
    );
  };

  let answered = answers();
  for (let time = 0; time < seconds; time++) {
    for (const id of resolvers.asking(time)) {
      const lot = random();
      resolvers.answer(id, (answered.find(({ upTo }) => lot < upTo) ?? answered.at(-1)!).name);
    }
    const parts = new Map(snapshot.endpoints.map(({ name }) => [name, resolvers.partOf(name)]));
    const loads = new Map(
      Object.entries(capacities).map(([name, capacity]) => {
        return [name, (100 * demand(time) * parts.get(name)!) / capacity];
      }),
    );
    moments.push({ time, parts, loads });
    if (time % INTERVAL !== 0) continue;
    const before = [...states.values()].map(shareOf).join(" ");
    for (const [name, state] of states) {
      const reading = Math.min(1000, loads.get(name)!);
      states.set(name, afterReading(state, reading, { rules: RULES, ttl: TTL * 1000, now: time * 1000 }));
    }
    if ([...states.values()].map(shareOf).join(" ") !== before) answered = answers();
  }
  return moments;
}

/** mulberry32: the same draws each time. */
function drawsFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How far the part of an endpoint is from its mean at most. */
function swingOf(moments: readonly Moment[], name: string): number {
  const parts = moments.map((moment) => moment.parts.get(name)!);
  const mean = parts.reduce((sum, part) => sum + part, 0) / parts.length;
  return Math.max(...parts.map((part) => Math.abs(part - mean)));
}

/** Seconds that a load was above a limit, the longest time without a break. */
function longestOver(moments: readonly Moment[], name: string, limit: number): number {
  let longest = 0;
  let now = 0;
  for (const { loads } of moments) {
    now = loads.get(name)! > limit ? now + 1 : 0;
    longest = Math.max(longest, now);
  }
  return longest;
}

const [premises, cloud] = [{ address: ["192.0.2.1"] }, { address: ["192.0.2.2"] }];

describe("on the premises first, burst to the cloud, and back", () => {
  const DAY = 14_400;
  const day = run({
    profiles: { p: { method: "priority", endpoints: { premises, cloud } } },
    capacities: { premises: 1 },
    demand: (time) => demandOfDay(time / DAY),
    // Up to four in the next morning.
    seconds: (28 / 24) * DAY,
  });
  const at = (hour: number): Moment => day[Math.round((hour / 24) * DAY)]!;

  test("the premises are not critical for longer than two TTLs, and after the flash crowd has come not at all", () => {
    expect(longestOver(day, "premises", RULES.critical)).toBeLessThanOrEqual(2 * TTL);
    const flash = FLASH.from * DAY;
    const others = day.filter(({ time }) => time < flash || time > flash + 4 * TTL);
    expect(longestOver(others, "premises", RULES.critical)).toBe(0);
  });

  test("they are filled first: nothing is in the cloud while the demand is below low, and they are busy when something is", () => {
    const early = day.filter(({ time }) => time > 2 * TTL && demandOfDay(time / DAY) < 0.65 && time < DAY / 2);
    expect(Math.max(...early.map(({ parts }) => parts.get("cloud")!))).toBe(0);
    const busy = day.filter(({ time }) => demandOfDay(time / DAY) > 1 && time > FLASH.to * DAY + 20 * TTL);
    expect(Math.min(...busy.map(({ loads }) => loads.get("premises")!))).toBeGreaterThan(65);
  });

  test("they have all clients back at night", () => {
    expect(at(16).parts.get("cloud")).toBeGreaterThan(0.4);
    expect(at(26).parts.get("cloud")).toBe(0);
  });
});

describe("a demand that stays", () => {
  const settled = (world: Omit<World, "seconds">): readonly Moment[] => run({ ...world, seconds: 5400 }).slice(1800);

  test.for([0.5, 0.8, 1.2, 1.75, 3, 5])("of %d does not swing between premises and cloud", (demand) => {
    const profiles = { p: { method: "priority", endpoints: { premises, cloud } } } as const;
    const moments = settled({ profiles, capacities: { premises: 1 }, demand: () => demand });
    expect(swingOf(moments, "premises")).toBeLessThanOrEqual(0.05);
    expect(longestOver(moments, "premises", RULES.critical)).toBe(0);
  });

  const [a, b, c] = [{ address: ["192.0.2.1"] }, { address: ["192.0.2.2"] }, { address: ["192.0.2.3"] }];

  test.for([1, 1.5, 2, 3])("of %d does not swing between two of one tier with a load each", (demand) => {
    const profiles = {
      p: { method: "weighted", endpoints: { a, b, c: { ...c, standby: true } } },
    } as const;
    const moments = settled({ profiles, capacities: { a: 1, b: 0.8 }, demand: () => demand });
    expect(swingOf(moments, "a")).toBeLessThanOrEqual(0.05);
    expect(swingOf(moments, "b")).toBeLessThanOrEqual(0.05);
    expect(longestOver(moments, "a", RULES.critical)).toBe(0);
    expect(longestOver(moments, "b", RULES.critical)).toBe(0);
  });

  test.for([0.8, 1.2, 2, 4])("of %d does not swing between two tiers with a load each", (demand) => {
    const profiles = { p: { method: "priority", endpoints: { a, b, c } } } as const;
    const moments = settled({ profiles, capacities: { a: 1, b: 1 }, demand: () => demand });
    for (const name of ["a", "b"]) {
      expect(swingOf(moments, name)).toBeLessThanOrEqual(0.05);
      expect(longestOver(moments, name, RULES.critical)).toBe(0);
    }
  });

  test.for([1, 1.5, 3])("of %d does not swing between two who have nobody else", (demand) => {
    const profiles = { p: { method: "weighted", endpoints: { a, b } } } as const;
    const moments = settled({ profiles, capacities: { a: 1, b: 1 }, demand: () => demand });
    expect(swingOf(moments, "a")).toBeLessThanOrEqual(0.05);
  });
});
