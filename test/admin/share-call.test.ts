import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { shareCall } from "../../src/admin/share-call.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A call that takes 100 ms and tells how many there were; every one from `failing` on fails. */
function counting(failing = Infinity) {
  let calls = 0;
  const call = vi.fn<() => Promise<number>>(async () => {
    const number = ++calls;
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    if (number >= failing) throw new Error("failed");
    return number;
  });
  return { call, ask: shareCall(call) };
}

test("all who ask while a call runs get what it returns", async () => {
  const { ask } = counting();
  const first = ask();
  await vi.advanceTimersByTimeAsync(60);
  const joined = [ask(), ask()];
  await vi.advanceTimersByTimeAsync(40);
  expect(await Promise.all([first, ...joined])).toEqual([1, 1, 1]);
});

test("a call that has ended is not shared, and the next rests as long as it took", async () => {
  const { call, ask } = counting();
  const first = ask();
  await vi.advanceTimersByTimeAsync(100);
  await first;
  const next = [ask(), ask()];
  await vi.advanceTimersByTimeAsync(99);
  expect(call).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(101);
  expect(await Promise.all(next)).toEqual([2, 2]);
});

test("a call after the rest begins at once", async () => {
  const { call, ask } = counting();
  void ask();
  await vi.advanceTimersByTimeAsync(200);
  void ask();
  expect(call).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(100);
});

test("a failure is shared too, and the next call is another", async () => {
  const { ask } = counting(1);
  const outcomes = Promise.allSettled([ask(), ask()]);
  await vi.advanceTimersByTimeAsync(100);
  expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  const next = Promise.allSettled([ask()]);
  await vi.advanceTimersByTimeAsync(200);
  expect(await next).toMatchObject([{ status: "rejected" }]);
});
