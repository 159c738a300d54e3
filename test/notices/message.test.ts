import * as fc from "fast-check";
import { expect, test } from "vitest";
import { messagesOf, packMessage, unpackMessage } from "../../src/notices/message.ts";
import { AT, change, message } from "../support/notice-data.ts";

const changesOf = (count: number) => Array.from({ length: count }, (_, i) => change({ part: `e${i}` }));
const newMessage = () => ({ id: "msg_1", at: AT });

test("messagesOf: one message has the first changes, and says how many more there are", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 120 }), (count, most) => {
      const [one, ...others] = messagesOf(changesOf(count), { most, splits: false }, newMessage);
      expect(others).toEqual([]);
      expect(one!.changes).toEqual(changesOf(count).slice(0, most));
      expect(one!.changes.length + one!.more).toBe(count);
    }),
  );
});

test("messagesOf: where they are split, all are told", () => {
  fc.assert(
    fc.property(fc.nat(300), fc.integer({ min: 1, max: 120 }), (count, most) => {
      const messages = messagesOf(changesOf(count), { most, splits: true }, newMessage);
      expect(messages.flatMap(({ changes }) => changes)).toEqual(changesOf(count));
      for (const { changes, more } of messages) {
        expect(changes.length).toBeGreaterThan(0);
        expect(changes.length).toBeLessThanOrEqual(most);
        expect(more).toBe(0);
      }
    }),
  );
});

test("unpackMessage: what was packed, and nothing else", () => {
  expect(unpackMessage(packMessage(message()))).toEqual(JSON.parse(JSON.stringify(message())));
  expect(["", "null", "[]", "{}", '{"id":1}', "{"].map(unpackMessage)).toEqual(Array(6).fill(undefined));
});
