/**
 * What curl 7.88.1 makes of each response, given to it by a server that then closes: its status, or none. The rows that
 * differ say why.
 */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createHeadReader, type HeadFailure, type HttpHead } from "../../../src/health/probes/http-head.ts";

function readHead(chunks: readonly Uint8Array[], fields: boolean): HttpHead | HeadFailure | undefined {
  const reader = createHeadReader({ fields });
  for (const [at, chunk] of chunks.entries()) {
    const head = reader(chunk);
    if (typeof head === "string") return head;
    if (head !== undefined) return { ...head, rest: Buffer.concat([head.rest, ...chunks.slice(at + 1)]) };
  }
  return undefined;
}

type Status = number | HeadFailure;

function read(chunks: readonly Uint8Array[], fields = false): Status | undefined {
  const head = readHead(chunks, fields);
  return typeof head === "object" ? head.status : head;
}

const octets = (text: string): Uint8Array => Buffer.from(text, "latin1");

const CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

const table: readonly (readonly [response: string, curl: number | undefined, ours?: Status])[] = [
  ["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200],
  ["HTTP/1.0 200 OK\r\n\r\n", 200],
  [`${CONTINUE}HTTP/1.1 200 OK\r\n\r\n`, 200],
  [`${CONTINUE}HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n`, 204],
  ["HTTP/1.1 100\n\nHTTP/1.1 503 x\n\n", 503],
  ["HTTP/1.1 200 OK\nContent-Length: 0\n\n", 200],
  ["HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n", 200],
  ["HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", 200],
  [`HTTP/1.1 200 OK\r\nX: ${"y".repeat(20_000)}\r\n\r\n`, 200],
  [`HTTP/1.1 200 OK\r\n${"X: y\r\n".repeat(10_000)}\r\n`, 200],
  ["HTTP/1.1 200 OK\r\nX: y\r\n", 200],
  ["HTTP/1.1 200 OK\r\n", 200],
  ["HTTP/1.1 200\r\n\r\n", 200],
  ["HTTP/1.1 200OK\r\n\r\n", 200],
  ["HTTP/1.1  200 OK\r\n\r\n", 200],
  [`HTTP/1.1 200 ${"r".repeat(5000)}\r\n\r\n`, 200],
  ["HTTP/1.1 200 OK\r\r\n\r\r\n", 200],
  ["http/1.1 200 OK\r\n\r\n", 200],
  ["HTTP/2 200\r\n\r\n", 200],
  ["HTTP/2.0 200 OK\r\n\r\n", 200],
  ["HTTP/1.1 999 odd\r\n\r\n", 999],
  ["HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", 101],
  // curl reads the status, and then fails on a field or on the body: nothing that says of the endpoint what a status does.
  ["HTTP/1.1 200 OK\r\n A: b\r\n\r\n", undefined, 200],
  ["HTTP/1.1 200 OK\r\nno colon\r\n\r\n", undefined, 200],
  ["HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx", undefined, 200],
  ["HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n", undefined, 200],
  ["HTTP/1.1 200 OK\r\nX: \0\r\n\r\n", undefined, 200],
  // curl has a limit of 300 KB; interim responses are not answers.
  [CONTINUE.repeat(3000) + "HTTP/1.1 200 OK\r\n\r\n", 200, "too-long"],
  ["HTTP/1.1 200 OK", undefined],
  ["HTTP/1.1 200", undefined],
  ["HTTP", undefined],
  ["", undefined],
  [CONTINUE, undefined],
  ["HTTP/1.1 100 Continue\r\n", undefined],
  ["HTTP/1.1 2000 OK\r\n\r\n", undefined, "not-http"],
  ["HTTP/1.1 20 OK\r\n\r\n", undefined, "not-http"],
  ["HTTP/1.1 099 odd\r\n\r\n", undefined, "not-http"],
  ["HTTP/1.1 abc OK\r\n\r\n", undefined, "not-http"],
  ["HTTP/1.1\t200 OK\r\n\r\n", undefined, "not-http"],
  ["HTTP/1.2 200 OK\r\n\r\n", undefined, "not-http"],
  ["HTTP/1 200 OK\r\n\r\n", undefined, "not-http"],
  ["HTTP/3 200 OK\r\n\r\n", undefined, "not-http"],
  ["HTTP/0.9 200 OK\r\n\r\n", undefined, "not-http"],
  ["  HTTP/1.1 200 OK\r\n\r\n", undefined, "not-http"],
  ["\r\nHTTP/1.1 200 OK\r\n\r\n", undefined, "not-http"],
  [`${CONTINUE}\r\nHTTP/1.1 200 OK\r\n\r\n`, undefined, "not-http"],
  ["ICY 200 OK\r\n\r\n", undefined, "not-http"],
  ["<html>hi</html>", undefined, "not-http"],
  ["SSH-2.0-OpenSSH_9.9\r\n", undefined, "not-http"],
  ["\x15\x03\x01\x00\x02\x02\x0a", undefined, "not-http"],
];

describe("createHeadReader", () => {
  test.for(table.map(([response, curl, ours = curl]) => [response.slice(0, 70), ours, response] as const))(
    "%j is %s",
    ([, status, response]) => {
      expect(read([octets(response)])).toBe(status);
    },
  );

  test("reads the same however the octets come", () => {
    const responses = fc.constantFrom(...table.map(([response]) => octets(response)));
    fc.assert(
      fc.property(responses, fc.array(fc.nat({ max: 100 }), { maxLength: 20 }), (response, cuts) => {
        const places = [0, ...cuts, response.length].toSorted((a, b) => a - b);
        const chunks = places.slice(1).map((end, i) => response.slice(places[i], end));
        expect(read(chunks)).toBe(read([response]));
      }),
    );
  });

  test.for([
    ["line", "HTTP/1.1 200 "],
    ["field", "HTTP/1.1 100 Continue\r\nX: "],
    ["interim", CONTINUE],
  ])("gives up on an endless %s after 64 KiB", ([, text]) => {
    const reader = createHeadReader({ fields: false });
    const chunk = octets(text!.repeat(Math.ceil(1024 / text!.length)));
    expect(reader(octets(text!))).toBeUndefined();
    let chunks = 1;
    while (reader(text === CONTINUE ? chunk : octets("x".repeat(1024))) === undefined) chunks++;
    expect(chunks).toBeLessThanOrEqual(64);
  });

  /** With fields the head is to be whole. */
  const whole = table.filter(([response]) => /\r?\n\r?\n|\r\r\n\r\r\n/.test(response));

  test.for(whole.map(([response, curl, ours = curl]) => [response.slice(0, 70), ours, response] as const))(
    "reads the same status of %j where the fields are wanted",
    ([, status, response]) => {
      const wanted = response.length > 64 * 1024 ? "too-long" : status;
      expect(read([octets(response)], true)).toBe(wanted);
    },
  );

  const HEAD = "HTTP/1.1 200 OK\r\n";

  test.for<[head: string, fields: Record<string, string>, rest: string]>([
    [`${HEAD}Content-Length: 2\r\n\r\nok`, { "content-length": "2" }, "ok"],
    [`${HEAD}A: b\nC:d\n\n\nok`, { a: "b", c: "d" }, "\nok"],
    [`${HEAD}A: b\r\n c\r\n\td\r\n\r\n`, { a: "b c d" }, ""],
    [`${HEAD} a: b\r\nc: d\r\n\r\n`, { c: "d" }, ""],
    [`${HEAD}X-Load : 7 \r\nX-LOAD:8\r\n\r\n`, { "x-load": "7, 8" }, ""],
    [`${HEAD}no colon\r\n: no name\r\na b: c\r\nd: e: f\r\n\r\n`, { d: "e: f" }, ""],
    [`${CONTINUE.replace("\r\n\r\n", "\r\nA: b\r\n\r\n")}${HEAD}C: d\r\n\r\n`, { c: "d" }, ""],
    [`${HEAD}\r\n`, {}, ""],
    [`${HEAD}__proto__: x\r\n\r\n`, { ["__proto__"]: "x" }, ""],
  ])("reads the fields of %j, and leaves the rest", ([response, fields, rest]) => {
    for (const parts of [[octets(response)], Array.from(octets(response), (octet) => Uint8Array.of(octet))]) {
      const head = readHead(parts, true) as HttpHead;
      expect([...head.fields]).toEqual(Object.entries(fields));
      expect(Buffer.from(head.rest).toString("latin1")).toBe(rest);
    }
  });

  test("keeps 8 KiB of a field", () => {
    const head = readHead([octets(`${HEAD}a: ${"x".repeat(20_000)}\r\n\r\n`)], true) as HttpHead;
    expect(head.fields.get("a")).toHaveLength(8192 - "a: ".length);
  });
});
