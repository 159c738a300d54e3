import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createEventReader, type ServerEvent } from "../../../src/cli/remote/event-reader.ts";

function eventsOf(...pieces: readonly string[]): readonly ServerEvent[] {
  const events: ServerEvent[] = [];
  const read = createEventReader((event) => events.push(event));
  for (const piece of pieces) read(piece);
  return events;
}

test.for([
  ["one", "event: transition\ndata: {}\n\n", [{ kind: "transition", data: "{}" }]],
  ["without a kind", "data: x\n\n", [{ kind: "message", data: "x" }]],
  ["data over lines", "data: a\ndata: b\n\n", [{ kind: "message", data: "a\nb" }]],
  ["a comment, as a sign of life", ": hello\n\n", []],
  ["no data", "event: x\n\n", []],
  ["fields that are not used", "id: 7\nretry: 10\ndata: x\n\n", [{ kind: "message", data: "x" }]],
  ["\\r\\n", "event: a\r\ndata: x\r\n\r\n", [{ kind: "a", data: "x" }]],
  [
    "\\r",
    "data: x\r\rdata: y\r\r\n",
    [
      { kind: "message", data: "x" },
      { kind: "message", data: "y" },
    ],
  ],
  ["a colon in the data, and no space before", "data:a: b\n\n", [{ kind: "message", data: "a: b" }]],
  ["one that has not ended", "data: x\n", []],
] as const)("createEventReader: %s", ([, text, events]) => {
  expect(eventsOf(text)).toEqual(events);
});

test("createEventReader: the same wherever the stream is cut", () => {
  const text = "event: a\r\ndata: x\r\n\r\n: hello\n\ndata: y\n\ndata: z\r\rdata: u\n\n";
  const whole = eventsOf(text);
  expect(whole).toHaveLength(4);
  fc.assert(
    fc.property(fc.array(fc.nat(text.length)), (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
      expect(eventsOf(...places.slice(1).map((end, i) => text.slice(places[i], end)))).toEqual(whole);
    }),
  );
});

test("createEventReader: an event that does not end is not kept", () => {
  const read = createEventReader(() => {});
  expect(read("data: short\n\n")).toBe(true);
  expect(read(`data: ${"x".repeat(2 ** 20)}`)).toBe(false);
  const lines = createEventReader(() => {});
  expect(lines("data: xxxxxxxx\n".repeat(100_000))).toBe(false);
});
