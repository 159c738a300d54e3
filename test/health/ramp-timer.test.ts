import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createRampTimer } from "../../src/health/ramp-timer.ts";

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

/** Steps that are due at these moments. */
function setUp(...moments: number[]) {
  const due = moments;
  const steps: number[] = [];
  const timer = createRampTimer({
    clock: Date.now,
    next: () => Math.min(...due),
    step() {
      steps.push(Date.now());
      while (due.length > 0 && due[0]! <= Date.now()) due.shift();
    },
  });
  return { due, steps, timer };
}

test("steps at each moment that is due, with one timer, and has none behind the last", async () => {
  const { steps, timer } = setUp(100, 250.5, 900);
  timer.arm();
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(900);
  expect(steps).toEqual([100, 251, 900]);
  expect(vi.getTimerCount()).toBe(0);
});

test("has no timer as long as nothing grows", () => {
  const { timer } = setUp();
  timer.arm();
  expect(vi.getTimerCount()).toBe(0);
});

test("what is due earlier moves it, what moves on with each call does not hold it up", async () => {
  const { due, steps, timer } = setUp(1000);
  timer.arm();
  due.unshift(500);
  timer.arm();
  await vi.advanceTimersByTimeAsync(400);
  due[0] = Date.now() + 250;
  timer.arm();
  await vi.advanceTimersByTimeAsync(100);
  expect(steps).toEqual([500]);
});

test("leaves nothing when nothing grows any more, nor after the stop", async () => {
  const { due, steps, timer } = setUp(1000);
  timer.arm();
  due.length = 0;
  timer.arm();
  expect(vi.getTimerCount()).toBe(0);
  due.push(2000);
  timer.arm();
  timer.stop();
  timer.arm();
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(5000);
  expect(steps).toEqual([]);
});
