/** Servers that do what none should, over HTTP/1.1 with a body that is wanted: each costs a bounded time and has its failure. */
import { createServer, type Socket } from "node:net";
import { describe, expect, test } from "vitest";
import type { HttpMonitor } from "../../../src/health/monitoring.ts";
import { dripping, pouring, say, saying } from "../fixtures/misbehaving.ts";
import { checkOf, httpMonitor } from "../fixtures/monitors.ts";
import { probe } from "../fixtures/probe.ts";
import { listen } from "../fixtures/servers.ts";

const OK = "HTTP/1.1 200 OK\r\n";
const READ: Partial<HttpMonitor> = { contains: "ok", timeout: 400 };

describe("httpProbe that wants a body succeeds", () => {
  test.for<[what: string, answer: (socket: Socket) => void]>([
    ["with LF endings", say("HTTP/1.1 200 OK\nContent-Length: 2\n\nok")],
    ["with a body that ends with the connection", say(`${OK}\r\nok`)],
    ["of HTTP/1.0", say("HTTP/1.0 200 OK\r\n\r\nok")],
    ["behind interim responses", say(`HTTP/1.1 103 x\r\nA: b\r\n\r\nHTTP/1.1 100 x\r\n\r\n${OK}\r\nok`)],
    ["with the same length twice", say(`${OK}Content-Length: 2\r\nContent-Length: 2\r\n\r\nok`)],
    ["with fields that are none", say(`${OK}no colon\r\n: x\r\n folded\r\n\r\nok`)],
    ["with more than its length", say(`${OK}Content-Length: 2\r\n\r\nok and more`)],
    ["in chunks", say(`${OK}Transfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n`)],
    ["with the text before a bad chunk", say(`${OK}Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\nxyz\r\n`)],
    ["with the text before the connection is cut", say(`${OK}Content-Length: 100\r\n\r\nok`)],
    ["with the text before an endless body", pouring(`${OK}\r\nok`, "x")],
    ["with the text at once, and then nothing", (socket) => void socket.write(`${OK}Content-Length: 100\r\n\r\nok`)],
    ["that drips", dripping(`${OK}\r\no`, "k", 20)],
    ["in which the connection half closed", (socket) => void setTimeout(() => socket.end(`${OK}\r\nok`), 50)],
  ])("%s", async ([, answer]) => {
    const port = await listen(saying(answer));
    expect(await probe(checkOf(port), httpMonitor({ ...READ, timeout: 5000 }))).toMatchObject({ ok: true });
  });
});

describe("httpProbe that wants a body fails", () => {
  const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`;

  test.for<[what: string, answer: (socket: Socket) => void, code: string, reason: string]>([
    ["of HTTP/0.9", say("<html>ok</html>"), "protocol", "not an HTTP response"],
    ["of another protocol", say("220 ok ESMTP\r\n"), "protocol", "not an HTTP response"],
    ["of nothing", say(""), "reset", "connection closed before an answer"],
    ["of half a head", say(OK), "reset", "connection closed before an answer"],
    ["that is cut short", say(`${OK}Content-Length: 9\r\n\r\no`), "reset", "connection closed within the body"],
    ["whose chunks are cut short", say(`${CHUNKED}9\r\no`), "reset", "connection closed within the body"],
    ["without the last chunk", say(`${CHUNKED}1\r\no\r\n`), "reset", "connection closed within the body"],
    [
      "with a length that is none",
      say(`${OK}Content-Length: x\r\n\r\nok`),
      "protocol",
      "a body whose length or coding cannot be read",
    ],
    [
      "with two lengths",
      say(`${OK}Content-Length: 1\r\nContent-Length: 2\r\n\r\nok`),
      "protocol",
      "a body whose length or coding cannot be read",
    ],
    ["with a size that is none", say(`${CHUNKED}xyz\r\nok\r\n`), "protocol", "a body whose chunks cannot be read"],
    [
      "with a size beyond all measure",
      say(`${CHUNKED}${"f".repeat(40)}\r\nok\r\n`),
      "protocol",
      "a body whose chunks cannot be read",
    ],
    [
      "with a coding nobody asked for",
      say(`${OK}Transfer-Encoding: gzip\r\n\r\nok`),
      "protocol",
      "a body whose length or coding cannot be read",
    ],
    [
      "without a text before its length",
      say(`${OK}Content-Length: 2\r\n\r\nnonok`),
      "body",
      "a body without the text wanted",
    ],
    ["that is empty", say(`${OK}Content-Length: 0\r\n\r\n`), "body", "a body without the text wanted"],
    ["of a status that has none", say("HTTP/1.1 204 x\r\n\r\nok"), "body", "a body without the text wanted"],
    ["with an endless head", pouring(OK, "A: b\r\n"), "protocol", "no head in the first 64 KiB"],
    ["with an endless field", pouring(`${OK}A: `, "b"), "protocol", "no head in the first 64 KiB"],
    [
      "with interim responses without end",
      pouring("", "HTTP/1.1 100 x\r\n\r\n"),
      "protocol",
      "no head in the first 64 KiB",
    ],
    ["that is endless", pouring(`${OK}\r\n`, "x"), "body", "a body without the text wanted in its first 65536 octets"],
    ["of endless chunks", pouring(CHUNKED, "1\r\nx\r\n"), "protocol", "a body whose chunks cannot be read"],
    ["of an endless extension", pouring(`${CHUNKED}1;`, "x"), "protocol", "a body whose chunks cannot be read"],
    ["whose head drips", dripping(OK, "a", 20), "timeout", "connected, but no response within 400 ms"],
    ["that drips", dripping(`${OK}\r\n`, "x", 20), "timeout", "no end of the body within 400 ms"],
    ["that never comes", (socket) => void socket.write(`${OK}\r\n`), "timeout", "no end of the body within 400 ms"],
    [
      "that is reset before the answer",
      (socket) => void socket.resetAndDestroy(),
      "reset",
      "connection reset before an answer",
    ],
    [
      "that is reset within the body",
      (socket) => void socket.write(`${OK}\r\no`, () => setTimeout(() => socket.resetAndDestroy(), 20)),
      "reset",
      "connection reset before an answer",
    ],
  ])("%s", async ([, answer, code, reason]) => {
    const closed = Promise.withResolvers<void>();
    const server = saying(answer);
    server.on("connection", (socket) => void socket.once("close", closed.resolve));
    const port = await listen(server);
    expect(await probe(checkOf(port), httpMonitor(READ))).toMatchObject({ code, reason });
    await closed.promise;
  });

  test("where the connection is taken and nothing said", async () => {
    const port = await listen(createServer((socket) => void socket.on("error", () => {})));
    expect(await probe(checkOf(port), httpMonitor(READ))).toMatchObject({
      code: "timeout",
      reason: "connected, but no response within 400 ms",
    });
  });
});

describe("httpProbe with rules for the end of a body", () => {
  test.for<[what: string, rule: Partial<HttpMonitor>]>([
    ["a pattern", { matches: "ok" }],
    ["a JSON path", { json: { path: "$", equals: undefined } }],
    ["a load in JSON", { load: { kind: "json", path: "$" } }],
  ])("%s waits for it", async ([, rule]) => {
    const port = await listen(saying((socket) => void socket.write(`${OK}Content-Length: 3\r\n\r\nok`)));
    expect(await probe(checkOf(port), httpMonitor({ ...rule, timeout: 200 }))).toMatchObject({
      code: "timeout",
      reason: "no end of the body within 200 ms",
    });
  });
});
