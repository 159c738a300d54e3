import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createDueQueue } from "../../src/health/due-queue.ts";

describe("createDueQueue", () => {
  test("hands out nothing before it is due", () => {
    const queue = createDueQueue<string>();
    queue.push(20, "later");
    queue.push(10, "sooner");
    expect(queue.nextDue()).toBe(10);
    expect(queue.popDue(9)).toBeUndefined();
    expect(queue.popDue(10)).toEqual({ due: 10, item: "sooner" });
    expect(queue.popDue(19)).toBeUndefined();
    queue.clear();
    expect(queue.nextDue()).toBeUndefined();
  });

  test("hands out the earliest first, whatever the order of pushes and pops", () => {
    const commands = fc.array(fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constant("pop" as const)), {
      maxLength: 200,
      size: "max",
    });
    fc.assert(
      fc.property(commands, (sequence) => {
        const queue = createDueQueue<number>();
        let model: number[] = [];
        const popped: (number | undefined)[] = [];
        const expected: (number | undefined)[] = [];
        for (const command of sequence) {
          if (command === "pop") {
            popped.push(queue.popDue(50)?.due);
            expected.push(model.shift());
          } else {
            queue.push(command, command);
            model = [...model, command].toSorted((a, b) => a - b);
          }
          expect(queue.nextDue()).toBe(model[0]);
        }
        expect(popped).toEqual(expected);
      }),
    );
  });
});
