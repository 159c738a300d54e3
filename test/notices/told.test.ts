import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SubjectState } from "../../src/control/subject-states.ts";
import {
  type Change,
  compareWith,
  isTrouble,
  keyOf,
  type ToldStates,
  withChanges,
  withoutChanges,
} from "../../src/notices/told.ts";
import { AT, endpoint, stateOf } from "../support/notice-data.ts";

const ALL = () => true;

function compare(told: ToldStates, states: readonly SubjectState[], isWanted: (state: SubjectState) => boolean = ALL) {
  const comparison = compareWith(told, isWanted);
  for (const state of states) comparison.see([state]);
  return comparison.end(AT);
}

function toldAfter(...states: readonly SubjectState[]): ToldStates {
  return withChanges(new Map(), compare(new Map(), states).changes);
}

function inShort({ changes }: { readonly changes: readonly Change[] }): readonly string[] {
  return changes.map(({ kind, part, from, state }) => `${kind} ${part ?? ""}: ${from} -> ${state}`);
}

describe("compareWith", () => {
  const down = toldAfter(endpoint("fra", "degraded"));

  test.for<[string, ToldStates, readonly SubjectState[], readonly string[]]>([
    ["what is well and was is left out", new Map(), [endpoint("fra", "online")], []],
    [
      "what is newly in trouble is told",
      new Map(),
      [endpoint("fra", "degraded")],
      ["endpoint fra: online -> degraded"],
    ],
    ["what is in trouble and was told so is left out", down, [endpoint("fra", "degraded")], []],
    ["what is well again is told", down, [endpoint("fra", "online")], ["endpoint fra: degraded -> online"]],
    [
      "what is taken out of use is well, with its word",
      down,
      [endpoint("fra", "disabled")],
      ["endpoint fra: degraded -> disabled"],
    ],
    ["what is not known yet stays as it was told", down, [endpoint("fra", "checking")], []],
    ["what is not known and was well is left out", new Map(), [endpoint("fra", "checking")], []],
    ["what is there no more is removed", down, [], ["endpoint fra: degraded -> removed"]],
    [
      "a worse state is another one",
      toldAfter(stateOf("profile", undefined, "degraded")),
      [stateOf("profile", undefined, "down")],
      ["profile : degraded -> down"],
    ],
    ["a refused reload", new Map(), [stateOf("reload", undefined, "refused")], ["reload : taken -> refused"]],
  ])("%s", ([, told, states, expected]) => {
    expect(inShort(compare(told, states))).toEqual(expected);
  });

  test("what is down comes first, what is well again last", () => {
    const states = [endpoint("ber", "online"), endpoint("fra", "degraded"), stateOf("region", "DE", "down")];
    expect(inShort(compare(toldAfter(endpoint("ber", "degraded")), states))).toEqual([
      "region DE: up -> down",
      "endpoint fra: online -> degraded",
      "endpoint ber: degraded -> online",
    ]);
  });

  test("what the webhook is not for any more is forgotten without a word", () => {
    const { changes, forget } = compare(down, [endpoint("fra", "degraded")], () => false);
    expect(changes).toEqual([]);
    expect(forget).toEqual([...down.keys()]);
  });
});

const kinds = ["endpoint", "profile", "region", "rule"] as const;
const someStates = fc.uniqueArray(
  fc
    .record({
      kind: fc.constantFrom(...kinds),
      part: fc.constantFrom("a", "b", "c"),
      state: fc.constantFrom("online", "degraded", "down", "checking", "disabled"),
    })
    .map(({ kind, part, state }) => stateOf(kind, part, state)),
  { selector: keyOf },
);

test("compareWith: what was told in all is how things are, where that is known", () => {
  fc.assert(
    fc.property(fc.array(someStates, { maxLength: 12 }), (rounds) => {
      let told: ToldStates = new Map();
      /** What somebody knows who has read all messages: of each subject the last state. */
      const read = new Map<string, string>();
      for (const states of rounds) {
        const { changes } = compare(told, states);
        for (const change of changes) {
          // A message never tells what its reader knows.
          expect(read.get(keyOf(change)) ?? "well").toBe(isTrouble(change.from) ? change.from : "well");
          read.set(keyOf(change), isTrouble(change.state) ? change.state : "well");
        }
        told = withChanges(told, changes);
        for (const state of states) {
          if (state.state === "checking") continue;
          expect(read.get(keyOf(state)) ?? "well").toBe(isTrouble(state.state) ? state.state : "well");
        }
        // What has gone is not left in trouble.
        const there = new Set(states.map(keyOf));
        expect([...read].filter(([key, state]) => !there.has(key) && state !== "well")).toEqual([]);
        // And nothing is left over.
        expect(inShort(compare(told, states))).toEqual([]);
      }
    }),
  );
});

test("withoutChanges: what was given up is told anew, as far as nothing newer was told", () => {
  fc.assert(
    fc.property(someStates, someStates, someStates, (before, given, now) => {
      const first = withChanges(new Map(), compare(new Map(), before).changes);
      const { changes } = compare(first, given);
      const undone = withoutChanges(withChanges(first, changes), changes);
      expect(new Map([...undone].map(([key, { state }]) => [key, state]))).toEqual(
        new Map([...first].map(([key, { state }]) => [key, state])),
      );
      // With a later message that was delivered, its word stands.
      const later = compare(withChanges(first, changes), now).changes;
      const after = withoutChanges(withChanges(withChanges(first, changes), later), changes);
      const wrong = later.filter((one) => isTrouble(one.state) && after.get(keyOf(one))?.state !== one.state);
      expect(wrong).toEqual([]);
    }),
  );
});
