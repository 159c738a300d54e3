import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createQuietTime } from "../../../src/app/watch/quiet-time.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** When it is quiet after touches at these times, in milliseconds. */
function quietAt(touches: readonly number[], cancelAt?: number): readonly number[] {
  const found: number[] = [];
  const start = performance.now();
  const quiet = createQuietTime({ quiet: 500, longest: 5000 }, () => found.push(performance.now() - start));
  for (const at of touches) setTimeout(() => quiet.touch(), at);
  if (cancelAt !== undefined) setTimeout(() => quiet.cancel(), cancelAt);
  vi.advanceTimersByTime(60_000);
  return found;
}

const every = (step: number, until: number) => Array.from({ length: until / step }, (_, i) => i * step);

test.for<[what: string, touches: readonly number[], quiet: readonly number[]]>([
  ["nothing", [], []],
  ["one touch", [0], [500]],
  ["touches that follow each other", [0, 400, 800], [1300]],
  ["two that do not", [0, 600], [500, 1100]],
  ["touches without end: at the latest five seconds after the first", every(400, 8000), [5000, 8100]],
])("createQuietTime: %s", ([, touches, quiet]) => {
  expect(quietAt(touches)).toEqual(quiet);
});

test("createQuietTime: what is cancelled never comes, and counts for nothing later", () => {
  expect(quietAt([0], 300)).toEqual([]);
  expect(quietAt([0, 400, 800, 1200], 900)).toEqual([1700]);
});
