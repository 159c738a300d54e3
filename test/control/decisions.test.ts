import { expect, test } from "vitest";
import { createRecentDecisions } from "../../src/control/decisions.ts";
import type { Outline } from "../../src/routing/outline.ts";
import type { CounterLabels } from "../../src/telemetry/counters.ts";

const labels = (): CounterLabels => ({ profiles: ["shop"], endpoints: ["shop/a"], reasons: ["preferred"] }) as never;
const OUTLINE = { endpoints: [{ id: 0 }] } as unknown as Outline;

function counted() {
  const state = { labels: labels(), total: 0, now: 0 };
  const recent = createRecentDecisions(
    () => ({ labels: state.labels, endpoints: [state.total], withoutEndpoint: [0] }) as never,
    { clock: () => state.now },
  );
  return {
    /** A minute in which so many are decided, and a sample at its end. */
    minute: (decisions: number): void => {
      state.total += decisions;
      state.now += 60_000;
      recent.sample();
    },
    reload: (): void => {
      state.labels = labels();
      state.now += 60_000;
    },
    read: (): number => {
      state.now += 60_000;
      return recent.of(OUTLINE).ofEndpoint(0);
    },
  };
}

test("what was decided in the first minutes counts for as long as in any", () => {
  const { minute, read } = counted();
  const seen = [3, 0, 0, 0, 0, 0].map((decisions) => {
    minute(decisions);
    return read();
  });
  expect(seen).toEqual([3, 3, 3, 3, 0, 0]);
});

test("a burst counts while a sample from before it is kept", () => {
  const { minute, read } = counted();
  for (let i = 0; i < 10; i++) minute(1);
  expect(read()).toBe(4);
});

test("after a reload it begins anew", () => {
  const { minute, reload, read } = counted();
  minute(7);
  reload();
  expect(read()).toBe(0);
  minute(2);
  expect(read()).toBe(2);
});
