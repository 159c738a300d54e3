import { expect, test } from "vitest";
import { createBuckets } from "../../../src/admin/access/token-buckets.ts";

function bucketsAt(rules = { burst: 3, rate: 2, most: 10 }) {
  const time = { now: 1_000_000 };
  return { time, buckets: createBuckets(rules, () => time.now) };
}

test("take: as many at once as the burst, then the seconds to wait", () => {
  const { buckets } = bucketsAt();
  expect([1, 2, 3, 4].map(() => buckets.take("a"))).toEqual([0, 0, 0, 0.5]);
});

test("take: who waits as long as it is told gets one, and who does not has taken nothing", () => {
  const { time, buckets } = bucketsAt();
  for (let taken = 0; taken < 10; taken++) buckets.take("a");
  time.now += 499;
  expect(buckets.take("a")).toBeGreaterThan(0);
  time.now += 1;
  expect(buckets.take("a")).toBe(0);
});

test("take: a bucket never holds more than the burst", () => {
  const { time, buckets } = bucketsAt();
  buckets.take("a");
  time.now += 3_600_000;
  expect([1, 2, 3, 4].map(() => buckets.take("a"))).toEqual([0, 0, 0, 0.5]);
});

test("take: a clock that steps back gives nothing and takes nothing", () => {
  const { time, buckets } = bucketsAt();
  for (let taken = 0; taken < 3; taken++) buckets.take("a");
  time.now -= 3_600_000;
  expect(buckets.take("a")).toBe(0.5);
});

test("take: one client's is not another's", () => {
  const { buckets } = bucketsAt();
  for (let taken = 0; taken < 4; taken++) buckets.take("a");
  expect(buckets.take("b")).toBe(0);
});

test("look: takes nothing", () => {
  const { buckets } = bucketsAt();
  for (let looked = 0; looked < 10; looked++) expect(buckets.look("a")).toBe(0);
  for (let taken = 0; taken < 3; taken++) buckets.take("a");
  expect(buckets.look("a")).toBe(0.5);
});

test("for one bucket too many, the one that was used the longest ago is forgotten", () => {
  const { buckets } = bucketsAt({ burst: 1, rate: 1, most: 2 });
  buckets.take("a");
  buckets.take("b");
  buckets.take("a");
  buckets.take("c");
  expect(["a", "b", "c"].map((client) => buckets.look(client) > 0)).toEqual([true, false, true]);
});
