/** Patterns as they are matched before a generation is taken. */
import { expect, test } from "vitest";
import { createAround } from "../../src/routing/profiles-around.ts";
import type { Override } from "../../src/state/override.ts";
import { createStates, matchAll } from "../../src/state/states.ts";
import { snapshotOf } from "../support/snapshot.ts";

const outline = snapshotOf({
  profiles: {
    shop: { endpoints: { fra: { address: ["192.0.2.1"] }, par: { address: ["192.0.2.2"] } } },
    api: { endpoints: { fra: { address: ["192.0.2.3"] } } },
  },
});

test("matchAll: each pattern once, one a turn", () => {
  const matching = matchAll(outline, ["*/fra", "shop/*", "*/fra"]);
  expect([matching.next().done, matching.next().done]).toEqual([false, false]);
  const { value } = matching.next();
  expect([...value!].map(([pattern, { endpoints }]) => [pattern, ...endpoints])).toEqual([
    ["*/fra", 0, 2],
    ["shop/*", 0, 1],
  ]);
});

test("createStates: what was matched before is not matched again", () => {
  const override: Override = {
    id: 1,
    pattern: "*/fra",
    action: "out",
    since: 0,
    until: undefined,
    over: 0,
    reason: undefined,
    author: "me",
  };
  const matches = new Map([["*/fra", { narrowness: 1, endpoints: Uint32Array.of(1) }]]);
  const states = createStates(outline, createAround(outline), matches);
  states.rule([override], 0);
  expect([0, 1, 2].map((id) => states.view.stateOf(id).forced)).toEqual([undefined, "out", undefined]);
});
