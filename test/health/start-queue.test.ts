import { describe, expect, test } from "vitest";
import { createStartQueue, type Begun } from "../../src/health/start-queue.ts";

interface Item {
  readonly name: string;
  readonly silent: boolean;
}

const talks = (name: string): Item => ({ name, silent: false });
const isSilent = (name: string): Item => ({ name, silent: true });

function queueOf(places: number, items: readonly (readonly [due: number, item: Item])[]) {
  const queue = createStartQueue<Item>(places);
  for (const [due, item] of items) queue.push(due, item);
  const beginAll = (now: number): readonly Begun<Item>[] => {
    const begun: Begun<Item>[] = [];
    for (let next = queue.begin(now); next !== undefined; next = queue.begin(now)) begun.push(next);
    return begun;
  };
  return { queue, beginAll };
}

const names = (begun: readonly Begun<Item>[]): string => begun.map(({ item }) => item.name).join("");

describe("StartQueue", () => {
  test("begins what is due, the earliest first, whether it was silent or not", () => {
    const { queue, beginAll } = queueOf(8, [
      [3, talks("c")],
      [1, isSilent("a")],
      [2, talks("b")],
      [4, isSilent("d")],
    ]);
    expect(queue.nextDue()).toBe(1);
    expect(names(beginAll(3))).toBe("abc");
    expect(queue.nextDue()).toBe(4);
  });

  test("has three quarters of the places for those that were silent, all for the others", () => {
    const silent = Array.from("abcdefgh").map((name) => [1, isSilent(name)] as const);
    const others = Array.from("ABCDEFGH").map((name) => [2, talks(name)] as const);
    const { queue, beginAll } = queueOf(8, [...silent, ...others]);
    const begun = beginAll(1);
    expect(begun).toHaveLength(6);
    // No place for the silent that are due now.
    expect(queue.nextDue()).toBe(2);
    expect(beginAll(2)).toHaveLength(2);
    expect(queue.nextDue()).toBeUndefined();
    for (const { place } of begun) queue.end(place, 3);
    expect(beginAll(3)).toHaveLength(6);
    expect(queueOf(8, others).beginAll(2)).toHaveLength(8);
  });

  test("gives one place to those that were silent, however few there are", () => {
    expect(queueOf(1, [[1, isSilent("a")]]).beginAll(1)).toHaveLength(1);
  });

  test("tells who waited for a place, and who for anything else", () => {
    const { queue, beginAll } = queueOf(2, [
      [1, talks("a")],
      [1, talks("b")],
      [5, talks("c")],
    ]);
    const [first, second] = beginAll(4);
    expect([first?.waited, second?.waited]).toEqual([false, false]);
    queue.end(first!.place, 9);
    // A place is there, nobody waits.
    queue.end(second!.place, 10);
    queue.push(10, talks("d"));
    expect(beginAll(12).map(({ item, waited }) => [item.name, waited])).toEqual([
      ["c", true],
      ["d", false],
    ]);
  });

  test("clear leaves those that have begun their places", () => {
    const { queue, beginAll } = queueOf(1, [
      [1, talks("a")],
      [1, talks("b")],
    ]);
    beginAll(1);
    queue.clear();
    queue.push(1, talks("c"));
    expect(beginAll(1)).toEqual([]);
  });
});
