import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createFrameReader } from "../../src/server/tcp-frames.ts";
import { octets, u16 } from "../support/query-packet.ts";

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

describe("FrameReader", () => {
  test("gives the same messages however the stream is cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 }),
        fc.array(fc.nat(), { maxLength: 20 }),
        (messages, cuts) => {
          expect(read(chunksOf(framed(...messages), cuts))).toEqual(messages);
        },
      ),
    );
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
