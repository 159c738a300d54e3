/**
 * What curl 7.88.1 makes of each response, given to it by a server that then closes: its status, or none. The rows that
 * differ say why.
 */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createStatusReader, type HttpStatus } from "../../../src/health/probes/http-status.ts";

function read(chunks: readonly Uint8Array[]): HttpStatus | undefined {
  const reader = createStatusReader();
  for (const chunk of chunks) {
    const status = reader(chunk);
    if (status !== undefined) return status;
  }
  return undefined;
}

const octets = (text: string): Uint8Array => Buffer.from(text, "latin1");

const CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

const table: readonly (readonly [response: string, curl: number | undefined, ours?: HttpStatus])[] = [
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

describe("createStatusReader", () => {
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
    const reader = createStatusReader();
    const chunk = octets(text!.repeat(Math.ceil(1024 / text!.length)));
    expect(reader(octets(text!))).toBeUndefined();
    let chunks = 1;
    while (reader(text === CONTINUE ? chunk : octets("x".repeat(1024))) === undefined) chunks++;
    expect(chunks).toBeLessThanOrEqual(64);
  });
});
