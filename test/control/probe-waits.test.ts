import { expect, test } from "vitest";
import { flapsTold, waitsTold } from "../../src/control/probe-waits.ts";
import type { ProbeWaits } from "../../src/control/control.ts";
import { neverProbed, type ProbeState, type TargetRules } from "../../src/health/probe-state.ts";

const NOW = Date.parse("2026-11-27T12:00:00Z");
const MINUTE = 60_000;
const rules: TargetRules = {
  interval: 30_000,
  toleratedFailures: 3,
  window: undefined,
  recoverAfter: 2,
  hold: 0,
  damping: undefined,
  failback: "auto",
};
const damping = { window: 10 * MINUTE, max: 30 * MINUTE };
const NONE = { recovered: undefined, held: undefined, damped: undefined, failback: undefined };

test.for<[what: string, state: Partial<ProbeState>, more: Partial<TargetRules>, told: Partial<ProbeWaits> | undefined]>(
  [
    ["it is online", { status: "online", flaps: 3 }, { damping, failback: "manual" }, undefined],
    ["it has nothing to wait for", { flaps: 3 }, {}, undefined],
    ["it is held for 5 of 10 minutes", {}, { hold: 10 * MINUTE }, { held: "2026-11-27T12:05:00.000Z" }],
    ["its hold is over", {}, { hold: 5 * MINUTE }, undefined],
    ["three flaps make 8 minutes of 1", { flaps: 3 }, { damping }, { damped: "2026-11-27T12:03:00.000Z" }],
    ["two flaps made 4", { flaps: 2 }, { damping }, undefined],
    ["nobody has it come back", {}, { failback: "manual" }, { failback: "manual" }],
    ["it has not recovered, so no time runs", {}, { failback: 10 * MINUTE }, undefined],
    [
      "it has recovered two minutes ago",
      { recovered: NOW - 2 * MINUTE },
      { failback: 10 * MINUTE },
      { recovered: "2026-11-27T11:58:00.000Z", failback: "2026-11-27T12:08:00.000Z" },
    ],
    [
      "its next success brings it back",
      { recovered: NOW - 2 * MINUTE },
      { failback: MINUTE },
      { recovered: "2026-11-27T11:58:00.000Z" },
    ],
  ],
)("waitsTold: where %s", ([, more, moreRules, told]) => {
  const state: ProbeState = { ...neverProbed(NOW - 5 * MINUTE), status: "degraded", ...more };
  expect(waitsTold(state, { ...rules, ...moreRules }, NOW)).toEqual(told && { ...NONE, ...told });
});

test.for<[status: ProbeState["status"], minutes: number, more: Partial<TargetRules>, flaps: number]>([
  ["degraded", 60, { damping }, 3],
  ["online", 9, { damping }, 3],
  ["online", 25, { damping }, 1],
  ["online", 99, { damping }, 0],
  ["degraded", 1, {}, 0],
])("flapsTold: %s for %d minutes", ([status, minutes, more, flaps]) => {
  const state: ProbeState = { ...neverProbed(NOW - minutes * MINUTE), status, flaps: 3 };
  expect(flapsTold(state, { ...rules, ...more }, NOW)).toBe(flaps);
});
