import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createFrameReader } from "../../../src/server/transports/tcp-frames.ts";
import { octets, u16 } from "../../support/query-packet.ts";

function framed(...messages: readonly Uint8Array[]): Uint8Array {
  return octets(...messages.flatMap((message) => [u16(message.length), message]));
}

/** The messages in a stream that comes in these chunks. */
function read(chunks: readonly Uint8Array[]): Uint8Array[] {
  const reader = createFrameReader();
  const messages: Uint8Array[] = [];
  for (const chunk of chunks) {
    reader.push(chunk);
    for (let frame = reader.next(); frame !== undefined; frame = reader.next()) messages.push(frame.slice());
  }
  return messages;
}

function chunksOf(stream: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const ends = [...cuts.map((cut) => cut % (stream.length + 1)), stream.length].toSorted((a, b) => a - b);
  return ends.map((end, i) => stream.slice(ends[i - 1] ?? 0, end));
}

const message = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, i) => i & 0xff);

/** Of every size, around those at which the reader makes room, and empty. */
const anyMessage = fc.oneof(
  fc.uint8Array({ maxLength: 300, size: "max" }),
  fc.constantFrom(0, 1, 254, 255, 256, 509, 510, 511, 1022, 1023, 4096, 65_535).map(message),
);

describe("FrameReader", () => {
  test("gives the same messages however the stream is cut, and knows where it stops within one", () => {
    fc.assert(
      fc.property(
        fc.array(anyMessage, { maxLength: 6 }),
        fc.array(fc.nat(), { maxLength: 20, size: "max" }),
        (messages, cuts) => {
          const stream = framed(...messages);
          const reader = createFrameReader();
          const seen: Uint8Array[] = [];
          let at = 0;
          for (const chunk of chunksOf(stream, cuts)) {
            reader.push(chunk);
            for (let frame = reader.next(); frame !== undefined; frame = reader.next()) seen.push(frame.slice());
            at += chunk.length;
            expect(reader.begun()).toBe(at > framed(...seen).length);
          }
          expect(seen).toEqual(messages);
        },
      ),
    );
  });

  test("gives a message whose pieces lie where the ones before have lain", () => {
    const reader = createFrameReader();
    const memory = new Uint8Array(4);
    const seen: Uint8Array[] = [];
    const messages = [message(9), message(2), message(30)];
    for (const chunk of chunksOf(framed(...messages), [3, 6, 9, 13, 16, 20, 24, 28, 32, 36, 40, 44])) {
      memory.fill(0xee).set(chunk);
      reader.push(memory.subarray(0, chunk.length));
      for (let frame = reader.next(); frame !== undefined; frame = reader.next()) seen.push(frame.slice());
    }
    expect(seen).toEqual(messages);
  });

  test("takes memory for what has come, not for what is promised", () => {
    const before = process.memoryUsage().arrayBuffers;
    const readers = Array.from({ length: 1000 }, () => createFrameReader());
    for (const reader of readers) {
      reader.push(Uint8Array.of(0xff, 0xff, 1));
      expect(reader.next()).toBeUndefined();
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2_000_000);
    expect(readers.every((reader) => reader.begun())).toBe(true);
  });

  test("gives them one octet at a time", () => {
    const messages = [message(1), message(0), message(255), message(256), message(600)];
    const stream = framed(...messages);
    expect(read(Array.from(stream, (octet) => Uint8Array.of(octet)))).toEqual(messages);
  });

  test.for([0, 1, 12, 65_535])("gives a message of %d octets, whole and in two", (size) => {
    const stream = framed(message(size), message(3));
    for (const cut of [0, 1, 2, 3, size, size + 1, size + 2, size + 3]) {
      expect(read(chunksOf(stream, [cut]))).toEqual([message(size), message(3)]);
    }
  });

  test("gives nothing of a message whose end has not come", () => {
    expect(read([framed(message(20)).slice(0, -1)])).toEqual([]);
    expect(read([Uint8Array.of(0xff)])).toEqual([]);
    expect(read([Uint8Array.of(0xff, 0xff), message(65_534)])).toEqual([]);
  });

  test("ignores empty chunks", () => {
    const [first, second] = chunksOf(framed(message(20)), [1]);
    expect(read([new Uint8Array(), first!, new Uint8Array(), second!, new Uint8Array()])).toEqual([message(20)]);
  });
});
