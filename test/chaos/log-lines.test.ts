/** Lines that come in pieces are one; what is no line of a log is counted. */
import { expect, test } from "vitest";
import { createLogLines } from "./log-lines.ts";

const LINE = Buffer.from('{"level":"info","msg":"für alle"}\n');

test("createLogLines: a line may come octet by octet", () => {
  const lines = createLogLines();
  for (const octet of LINE) lines.take(Uint8Array.of(octet));
  expect(lines.entries()).toEqual([{ level: "info", msg: "für alle" }]);
  expect(lines.damaged()).toBe(0);
});

test("createLogLines: half a line with another behind it is damaged; one that has not ended is not, yet", () => {
  const lines = createLogLines();
  lines.take(LINE.subarray(0, 10));
  lines.take(LINE);
  lines.take(LINE.subarray(0, 10));
  expect([lines.entries().length, lines.damaged()]).toEqual([0, 1]);
});
