import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createStartQueue, type Begun, type Waiting } from "../../src/health/start-queue.ts";

interface Item extends Waiting {
  readonly name: string;
}

const talks = (name: string, host = name, placesOfHost = 8): Item => ({ name, silent: false, host, placesOfHost });
const isSilent = (name: string, host = name, placesOfHost = 8): Item => ({ name, silent: true, host, placesOfHost });

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
    for (const one of begun) queue.end(one, 3);
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
    expect([first?.waitedFor, second?.waitedFor]).toEqual([undefined, undefined]);
    queue.end(first!, 9);
    // A place is there, nobody waits.
    queue.end(second!, 10);
    queue.push(10, talks("d"));
    expect(beginAll(12).map(({ item, waitedFor }) => [item.name, waitedFor])).toEqual([
      ["c", "place"],
      ["d", undefined],
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

  test("has so many of one host under way as it has places, whatever is free; the earliest of those that wait is next", () => {
    const atA = Array.from("abcd").map((name, i) => [i + 1, talks(name, "A", 2)] as const);
    const { queue, beginAll } = queueOf(8, [...atA, [5, talks("e", "B", 2)]]);
    const begun = beginAll(5);
    expect(names(begun)).toBe("abe");
    queue.end(begun[0]!, 6);
    const [next, ...others] = beginAll(6);
    expect(next).toMatchObject({ item: { name: "c" }, due: 3, waitedFor: "host" });
    expect(others).toEqual([]);
    queue.end(begun[1]!, 7);
    expect(beginAll(7)).toMatchObject([{ item: { name: "d" }, due: 4 }]);
    expect(queue.nextDue()).toBeUndefined();
  });

  test("never has more under way than there are places, of a kind or of a host, and loses nobody", () => {
    const items = fc.array(fc.record({ due: fc.nat(20), silent: fc.boolean(), host: fc.constantFrom("A", "B", "C") }));
    fc.assert(
      fc.property(
        items,
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 3 }),
        (all, places, placesOfHost) => {
          const queue = createStartQueue<Item>(places);
          for (const [i, { due, silent, host }] of all.entries())
            queue.push(due, { name: `${i}`, silent, host, placesOfHost });
          const under: Begun<Item>[] = [];
          const done = new Set<string>();
          for (let now = 0; done.size < all.length; now++) {
            expect(now).toBeLessThan(21 + 2 * all.length);
            for (let next = queue.begin(now); next !== undefined; next = queue.begin(now)) {
              expect(next.due).toBeLessThanOrEqual(now);
              under.push(next);
            }
            expect(under.length).toBeLessThanOrEqual(places);
            expect(under.filter(({ place }) => place === "silent").length).toBeLessThanOrEqual(
              Math.max(1, Math.floor(places * 0.75)),
            );
            for (const host of "ABC") {
              expect(under.filter(({ item }) => item.host === host).length).toBeLessThanOrEqual(placesOfHost);
            }
            const [ended] = under.splice(0, 1);
            if (ended === undefined) continue;
            expect(done.has(ended.item.name)).toBe(false);
            done.add(ended.item.name);
            queue.end(ended, now);
          }
        },
      ),
    );
  });
});
