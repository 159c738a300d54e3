import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { packMessage } from "../../src/notices/message.ts";
import { createQueue } from "../../src/notices/queue.ts";
import { message } from "../support/notice-data.ts";

const SIZE = packMessage(message({ id: "msg_0" })).length;

function ids(messages: readonly { readonly id: string }[]): readonly string[] {
  return messages.map(({ id }) => id);
}

describe("createQueue", () => {
  test("the oldest gives way, but not the one that is being sent", () => {
    const queue = createQueue({ messages: 2, characters: 1e9 });
    const [a, b, c, d] = ["msg_a", "msg_b", "msg_c", "msg_d"].map((id) => message({ id }));
    queue.add([a!, b!]);
    expect(ids(queue.add([c!]))).toEqual(["msg_a"]);
    queue.setSending(true);
    expect(ids(queue.add([d!]))).toEqual(["msg_c"]);
    expect(ids(queue.all())).toEqual(["msg_b", "msg_d"]);
  });

  test("older messages come before all others", () => {
    const queue = createQueue();
    queue.add([message({ id: "msg_b" })]);
    queue.addOlder([message({ id: "msg_a" })]);
    expect(queue.first()?.id).toBe("msg_a");
  });

  test("whatever is done: within both bounds, in order, nothing lost but what gave way", () => {
    const step = fc.oneof(fc.record({ add: fc.integer({ min: 1, max: 4 }) }), fc.constant("take" as const));
    fc.assert(
      fc.property(
        fc.array(step),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 5 }),
        (steps, most, sizes) => {
          const queue = createQueue({ messages: most, characters: sizes * (SIZE + 8) });
          let next = 0;
          const gone: string[] = [];
          for (const one of steps) {
            if (one === "take") {
              const first = queue.first();
              if (first !== undefined) {
                queue.remove(first.id);
                gone.push(first.id);
              }
            } else {
              const added = Array.from({ length: one.add }, () => message({ id: `msg_${next++}` }));
              gone.push(...ids(queue.add(added)));
            }
            const left = queue.all();
            expect(left.length).toBeLessThanOrEqual(most);
            const characters = left.reduce((sum, each) => sum + packMessage(each).length, 0);
            expect(left.length <= 1 || characters <= sizes * (SIZE + 8)).toBe(true);
            expect([...gone, ...ids(left)]).toEqual(Array.from({ length: next }, (_, i) => `msg_${i}`));
          }
        },
      ),
    );
  });
});
