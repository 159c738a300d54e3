import { expect, test } from "vitest";
import { waitsText } from "../../../src/cli/text/waits-text.ts";
import type { ProbeWaits } from "../../../src/control/control.ts";

const NOW = Date.parse("2026-11-27T12:00:00Z");
const NONE: ProbeWaits = { recovered: undefined, held: undefined, damped: undefined, failback: undefined };

test.for<[waits: Partial<ProbeWaits> | undefined, text: string]>([
  [undefined, ""],
  [{ failback: "manual" }, "waits for failback"],
  [{ damped: "2026-11-27T12:04:00Z" }, "damped for 4m (2 flaps)"],
  [{ recovered: "2026-11-27T11:57:00Z", failback: "manual" }, "recovered 3m ago, waits for failback"],
  [
    { recovered: "2026-11-27T11:57:00Z", failback: "2026-11-27T12:07:00Z", held: "2026-11-27T12:00:05Z" },
    "recovered 3m ago, held for 5s, fails back in 7m",
  ],
  [{ recovered: "2026-11-27T11:57:00Z" }, "recovered 3m ago, comes back with its next success"],
])("waitsText: %j", ([waits, text]) => {
  expect(waitsText({ waits: waits && { ...NONE, ...waits }, flaps: 2 }, NOW)).toBe(text);
});
