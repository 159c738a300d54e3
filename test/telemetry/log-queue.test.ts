import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createLogQueue, END_LIMIT, type LogQueue, MOST_WAITING } from "../../src/telemetry/log-queue.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const KIB = 1024;

interface Reader {
  /** Octets that it takes before it refuses. */
  room: number;
  /** The error of a refusal. */
  code: string;
  readonly taken: string;
  /** Milliseconds that the queue has blocked for it. */
  readonly paused: number;
}

/** A queue before a reader; a gap of 3 lines is the line `gap 3`. */
function queueBefore(start: Partial<Reader>): { readonly queue: LogQueue; readonly reader: Reader } {
  let taken = "";
  let paused = 0;
  const reader = {
    room: Infinity,
    code: "EAGAIN",
    ...start,
    get taken() {
      return taken;
    },
    get paused() {
      return paused;
    },
  };
  const queue = createLogQueue({
    writeSome(octets) {
      const count = Math.min(octets.length, reader.room);
      if (count === 0) throw Object.assign(new Error(reader.code), { code: reader.code });
      taken += Buffer.from(octets.subarray(0, count)).toString("latin1");
      reader.room -= count;
      return count;
    },
    onGap: (lines) => queue.write(`gap ${lines}\n`),
    pause: (milliseconds) => void (paused += milliseconds),
  });
  return { queue, reader };
}

function lineOf(name: string, octets: number): string {
  return `${name} ${"x".repeat(octets - name.length - 2)}\n`;
}

/** What the reader has, each line by its name. */
function names({ taken }: Reader): string[] {
  return taken
    .split("\n")
    .slice(0, -1)
    .map((line) => (line.startsWith("gap") ? line : line.split(" ")[0]!));
}

describe("createLogQueue", () => {
  test("writes a line before it returns", () => {
    const { queue, reader } = queueBefore({});
    queue.write("one\n");
    expect(reader.taken).toBe("one\n");
    expect(vi.getTimerCount()).toBe(0);
  });

  test("writes the rest of a line first when the reader has room again", () => {
    const { queue, reader } = queueBefore({ room: 6 });
    queue.write("first\n");
    queue.write("second\n");
    reader.room = 3;
    vi.advanceTimersByTime(20);
    queue.write("third\n");
    expect(reader.taken).toBe("first\nsec");
    reader.room = Infinity;
    vi.advanceTimersByTime(20);
    expect(reader.taken).toBe("first\nsecond\nthird\n");
  });

  test("drops and counts what is beyond the bound, and says so once where the gap is", () => {
    const { queue, reader } = queueBefore({ room: 0 });
    queue.write(lineOf("1", MOST_WAITING));
    for (const name of ["2", "3", "4"]) queue.write(lineOf(name, 10));
    expect(queue.dropped()).toBe(3);
    reader.room = Infinity;
    vi.advanceTimersByTime(20);
    queue.write(lineOf("5", 10));
    expect(names(reader)).toEqual(["1", "gap 3", "5"]);
    expect(queue.dropped()).toBe(3);
  });

  test("takes no line into a gap before it has been told of", () => {
    const { queue, reader } = queueBefore({ room: 0 });
    queue.write(lineOf("1", MOST_WAITING));
    queue.write(lineOf("2", 10));
    reader.room = MOST_WAITING / 2;
    vi.advanceTimersByTime(20);
    queue.write(lineOf("3", 10));
    reader.room = Infinity;
    vi.advanceTimersByTime(20);
    expect(names(reader)).toEqual(["1", "gap 2"]);
  });

  test("a line longer than the bound waits alone", () => {
    const { queue, reader } = queueBefore({ room: 0 });
    queue.write(lineOf("1", 2 * MOST_WAITING));
    queue.write(lineOf("2", 10));
    reader.room = Infinity;
    vi.advanceTimersByTime(20);
    expect(names(reader)).toEqual(["1", "gap 1"]);
  });

  test("tries again after a full disk as after a full pipe", () => {
    const { queue, reader } = queueBefore({ room: 0, code: "ENOSPC" });
    queue.write("one\n");
    vi.advanceTimersByTime(1000);
    reader.room = Infinity;
    vi.advanceTimersByTime(20);
    expect(reader.taken).toBe("one\n");
  });

  test.for([
    { code: "EAGAIN", least: END_LIMIT, most: END_LIMIT + 20, why: "the reader may have room in a moment" },
    { code: "ENOSPC", least: 0, most: 0, why: "it is not for a moment" },
    { code: "EPIPE", least: 0, most: 0, why: "nobody reads" },
  ])("end: blocks from $least to $most ms on $code: $why", ({ code, least, most }) => {
    const { queue, reader } = queueBefore({ room: 0, code });
    queue.write("one\n");
    queue.end();
    expect(reader.paused).toBeGreaterThanOrEqual(least);
    expect(reader.paused).toBeLessThanOrEqual(most);
  });

  test("end: writes what waits, and the gap behind it", () => {
    const { queue, reader } = queueBefore({ room: 0 });
    queue.write(lineOf("1", MOST_WAITING));
    queue.write(lineOf("2", 10));
    reader.room = Infinity;
    queue.end();
    expect(names(reader)).toEqual(["1", "gap 1"]);
    expect(reader.paused).toBe(0);
  });

  test("whatever the reader does: whole lines in order, each gap as long as it says, memory bounded", () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant("line"), size: fc.integer({ min: 20, max: 300 * KIB }) }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant("room"), size: fc.nat(400 * KIB) }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant("wait"), size: fc.nat(60) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("fault"), size: fc.nat(1) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: "max" }), (steps) => {
        const { queue, reader } = queueBefore({ room: 0 });
        let lines = 0;
        let octets = 0;
        let most = 0;
        for (const { kind, size } of steps) {
          if (kind === "line") {
            const dropped = queue.dropped();
            queue.write(lineOf(String(lines++), size));
            if (queue.dropped() === dropped) octets += size;
          } else if (kind === "room") reader.room += size;
          else if (kind === "wait") vi.advanceTimersByTime(size);
          else reader.code = size === 0 ? "EAGAIN" : "ENOSPC";
          most = Math.max(most, octets - reader.taken.length);
        }
        reader.room = Infinity;
        vi.advanceTimersByTime(20);
        const told = names(reader).flatMap((name) => (name.startsWith("gap") ? Number(name.slice(4)) : []));
        // A gap is as many lines that have no name.
        const read = names(reader).flatMap((name) =>
          name.startsWith("gap") ? Array<undefined>(Number(name.slice(4))).fill(undefined) : Number(name),
        );
        expect(read).toEqual([...Array(lines).keys()].map((line) => (read[line] === undefined ? undefined : line)));
        expect(told.reduce((sum, count) => sum + count, 0)).toBe(queue.dropped());
        expect(most).toBeLessThanOrEqual(MOST_WAITING);
        expect(vi.getTimerCount()).toBe(0);
      }),
      { numRuns: 200 },
    );
  });
});
