import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBodyReader, framingOf, type Framing } from "../../../src/health/probes/http-body.ts";

const octets = (text: string): Buffer => Buffer.from(text, "latin1");

function read(framing: Exclude<Framing, "bad">, parts: readonly Uint8Array[]): [body: string, state: string] {
  let body = "";
  const reader = createBodyReader(framing, (part) => void (body += Buffer.from(part).toString("latin1")));
  let state = "more";
  for (const part of parts) {
    state = reader(part);
    if (state !== "more") break;
  }
  return [body, state];
}

describe("framingOf", () => {
  test.for<[string, number, Record<string, string>, Framing]>([
    ["GET", 200, {}, "close"],
    ["GET", 200, { "content-length": "5" }, { length: 5 }],
    ["GET", 200, { "content-length": "5, 5" }, { length: 5 }],
    ["GET", 200, { "content-length": "5, 6" }, "bad"],
    ["GET", 200, { "content-length": "-5" }, "bad"],
    ["GET", 200, { "content-length": "five" }, "bad"],
    ["GET", 200, { "content-length": "" }, "bad"],
    ["GET", 200, { "content-length": "9".repeat(30) }, "bad"],
    ["GET", 200, { "transfer-encoding": "Chunked" }, "chunked"],
    ["GET", 200, { "transfer-encoding": "chunked", "content-length": "5" }, "chunked"],
    ["GET", 200, { "transfer-encoding": "gzip, chunked" }, "bad"],
    ["HEAD", 200, { "content-length": "5" }, "none"],
    ["GET", 204, { "content-length": "5" }, "none"],
    ["GET", 304, { "transfer-encoding": "chunked" }, "none"],
    ["POST", 500, { "content-length": "0" }, { length: 0 }],
  ])("%s, %d, %j: %j", ([method, status, fields, framing]) => {
    expect(framingOf(method, status, new Map(Object.entries(fields)))).toEqual(framing);
  });
});

describe("createBodyReader", () => {
  test.for<[string, Exclude<Framing, "bad">, string, string, string]>([
    ["to the close", "close", "abc", "abc", "more"],
    ["of no octets", "none", "abc", "", "end"],
    ["of a length", { length: 2 }, "abc", "ab", "end"],
    ["of a length that is not reached", { length: 4 }, "abc", "abc", "more"],
    ["of length 0", { length: 0 }, "", "", "end"],
    ["in chunks", "chunked", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "abcde", "end"],
    ["in chunks with LF endings", "chunked", "3\nabc\n0\n\n", "abc", "end"],
    ["in chunks with extensions and a trailer", "chunked", "3;a=b\r\nabc\r\n0;c\r\nX: y\r\n\r\n", "abc", "end"],
    [
      "in chunks with sizes in capitals, zeros and spaces",
      "chunked",
      "0003 \r\nabc\r\nA\r\n0123456789\r\n0\r\n",
      "abc0123456789",
      "end",
    ],
    ["without chunks", "chunked", "0\r\n\r\n", "", "end"],
    ["in chunks that end early", "chunked", "5\r\nabc", "abc", "more"],
    ["with a size that is none", "chunked", "3\r\nabc\r\nxyz\r\n", "abc", "bad"],
    ["with a negative size", "chunked", "-3\r\nabc\r\n", "", "bad"],
    ["with an empty size", "chunked", "\r\nabc\r\n", "", "bad"],
    ["with a size beyond all measure", "chunked", `${"f".repeat(9)}\r\n`, "", "bad"],
    ["with a chunk that is longer than its size", "chunked", "2\r\nabc\r\n0\r\n\r\n", "ab", "bad"],
    ["with an endless extension", "chunked", `3;${"x".repeat(2000)}`, "", "bad"],
    ["with zeros without end", "chunked", "0".repeat(2000), "", "bad"],
  ])("reads a body %s", ([, framing, text, body, state]) => {
    expect(read(framing, [octets(text)])).toEqual([body, state]);
    // Octet by octet, with nothing at first: a body may have ended with the head.
    const single = [...octets(text)].map((octet) => Uint8Array.of(octet));
    expect(read(framing, [new Uint8Array(), ...single])).toEqual([body, state]);
  });

  test("reads what was cut into chunks, however they come", () => {
    const parts = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 20 });
    fc.assert(
      fc.property(parts, fc.array(fc.nat({ max: 200 }), { maxLength: 20 }), (chunks, cuts) => {
        const written = chunks.flatMap((chunk) => [octets(`${chunk.length.toString(16)}\r\n`), chunk, octets("\r\n")]);
        const all = Buffer.concat([...written, octets("0\r\n\r\n")]);
        const places = [0, ...cuts, all.length].toSorted((a, b) => a - b);
        const pieces = places.slice(1).map((end, i) => all.subarray(places[i], end));
        expect(read("chunked", pieces)).toEqual([Buffer.concat(chunks).toString("latin1"), "end"]);
      }),
    );
  });

  test("gives up on chunks with much between them", () => {
    const chunk = `1;${"x".repeat(1000)}\r\na\r\n`;
    const [body, state] = read("chunked", [octets(chunk.repeat(1000))]);
    expect(state).toBe("bad");
    expect(body.length).toBeLessThan(70);
  });

  test("any octets come to an end or ask for more, and no more is body than has come", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (garbage) => {
        const [body, state] = read("chunked", [garbage]);
        expect(["more", "end", "bad"]).toContain(state);
        expect(body.length).toBeLessThanOrEqual(garbage.length);
      }),
    );
  });
});
