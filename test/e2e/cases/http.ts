/** Over HTTP/1.1: heads, bodies, connections and redirects. */
import { createServer, type RequestListener } from "node:http";
import { createServer as createTcpServer, type Server, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { dripping, pouring, say, saying } from "../../health/fixtures/misbehaving.ts";
import { behindProxyProtocol } from "../../health/fixtures/proxied.ts";
import { down, SHORT, timeoutFor, UP, type Case, type Expected } from "../case.ts";
import { CLOSED } from "../stage.ts";

type Keys = Readonly<Record<string, unknown>>;

/** What speaks once asked; a server; or the number of a port. */
type Served = ((socket: Socket) => void) | { readonly create: () => Server } | number;

function http(what: string, served: Served, keys: Keys, first: Expected, host?: string): Case {
  return {
    what: `http: ${what}`,
    first,
    async cast(stage) {
      const address = host ?? stage.address();
      const port = typeof served === "number" ? served : await stage.listen(serverOf(served), address);
      const monitor = { protocol: "http", port, timeout: timeoutFor(first), ...keys };
      return { monitor, endpoint: { address }, answer: [address] };
    },
  };
}

function serverOf(served: Exclude<Served, number>): Server {
  return typeof served === "function" ? saying(served) : served.create();
}

const serving = (answer: RequestListener) => ({ create: () => createServer(answer) });

const OK = "HTTP/1.1 200 OK\r\n";
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`;
const READ = { contains: "ok" };
const none: Keys = {};

const bomb = ((): Buffer => {
  const member = gzipSync(Buffer.alloc(8_000_000));
  return Buffer.concat(Array.from({ length: 100 }, () => member));
})();

const redirecting = (location: string) =>
  serving((request, response) => {
    if (request.url === "/up") response.end("ok");
    else response.writeHead(302, { location }).end();
  });

const JSON_OK = { json: { path: "$.db", equals: "ok" } };
const NO_TEXT = "a body without the text wanted";
const UNREADABLE = "a body whose length or coding cannot be read";
const NO_RESPONSE = "connected, but no response within 1000 ms";
const CLOSED_EARLY = "connection closed before an answer";

export const httpCases: readonly Case[] = [
  http("a good answer", say(`${OK}Content-Length: 2\r\n\r\nok`), none, UP),
  http("a good body", say(`${OK}Content-Length: 2\r\n\r\nok`), READ, UP),
  http("over IPv6", say(`${OK}\r\nok`), READ, { ...UP, answer: () => ["0:0:0:0:0:0:0:1"] }, "::1"),
  http("LF line ends", say("HTTP/1.1 200 OK\nContent-Length: 2\n\nok"), READ, UP),
  http("HTTP/1.0", say("HTTP/1.0 200 OK\r\n\r\nok"), READ, UP),
  http("1xx before the answer", say(`HTTP/1.1 103 x\r\nA: b\r\n\r\nHTTP/1.1 100 x\r\n\r\n${OK}\r\nok`), READ, UP),
  http("1xx without end", pouring("", "HTTP/1.1 100 x\r\n\r\n"), READ, down("protocol", "no head in the first 64 KiB")),
  http("HTTP/0.9", say("<html>ok</html>"), none, down("protocol", "not an HTTP response")),
  http("another protocol", say("SSH-2.0-OpenSSH_9.9\r\n"), none, down("protocol", "not an HTTP response")),
  http(
    "503",
    serving((_, r) => void r.writeHead(503).end()),
    none,
    down("status", "status 503, wanted 200"),
  ),
  http("an endless body that nobody reads", pouring(`${OK}\r\n`, "x"), none, UP),
  http("an endless body", pouring(`${OK}\r\n`, "x"), READ, down("body", `${NO_TEXT} in its first 65536 octets`)),
  http("a dripping body", dripping(`${OK}\r\n`, "x", 50), READ, down("timeout", "no end of the body within 1000 ms")),
  http(
    "a body that never comes",
    (socket) => void socket.write(`${OK}\r\n`),
    READ,
    down("timeout", "no end of the body within 1000 ms"),
  ),
  http("a dripping head", dripping(OK, "a", 50), READ, down("timeout", NO_RESPONSE)),
  http("a dripping status line", dripping("HTTP/1.", "1", 50), none, down("timeout", NO_RESPONSE)),
  http("an endless head", pouring(OK, "A: b\r\n"), READ, down("protocol", "no head in the first 64 KiB")),
  http("an endless field", pouring(`${OK}A: `, "b"), READ, down("protocol", "no head in the first 64 KiB")),
  http("a huge head", say(`${OK}A: ${"b".repeat(60_000)}\r\n\r\nok`), READ, UP),
  http(
    "a gzip bomb",
    serving((_, r) => void r.writeHead(200, { "content-encoding": "gzip" }).end(bomb)),
    READ,
    down("body", `${NO_TEXT} in its first 65536 octets`),
  ),
  http(
    "garbage in place of gzip",
    serving((_, r) => void r.writeHead(200, { "content-encoding": "gzip" }).end("ok")),
    READ,
    down("protocol", "a body that cannot be decompressed"),
  ),
  http(
    "a body cut short",
    say(`${OK}Content-Length: 9\r\n\r\no`),
    READ,
    down("reset", "connection closed within the body"),
  ),
  http("two lengths", say(`${OK}Content-Length: 1\r\nContent-Length: 2\r\n\r\nok`), READ, down("protocol", UNREADABLE)),
  http(
    "a size of a chunk beyond measure",
    say(`${CHUNKED}${"f".repeat(40)}\r\nok\r\n`),
    READ,
    down("protocol", "a body whose chunks cannot be read"),
  ),
  http("endless chunks", pouring(CHUNKED, "1\r\nx\r\n"), READ, down("protocol", "a body whose chunks cannot be read")),
  http("a body without the text", say(`${OK}\r\nnone`), READ, down("body", NO_TEXT)),
  http(
    "a body that does not match",
    say(`${OK}\r\nnone`),
    { matches: "^ok$" },
    down("body", "a body that does not match"),
  ),
  http(
    "a pattern that a backtracking engine would hang on",
    say(`${OK}\r\n${"a".repeat(50_000)}!`),
    { matches: "^(a+)+$" },
    down("body", "a body that does not match"),
  ),
  http("JSON as wanted", say(`${OK}\r\n{"db":"ok"}`), JSON_OK, UP),
  http(
    "JSON of another value",
    say(`${OK}\r\n{"db":"down"}`),
    JSON_OK,
    down("body", "a body of JSON in which the path selects no such value"),
  ),
  http(
    "JSON nested 30,000 deep",
    say(`${OK}\r\n${"[".repeat(30_000)}${"]".repeat(30_000)}`),
    { json: { path: "$..db" } },
    down("body", "a body that is no JSON"),
  ),
  http("nothing listens", CLOSED, none, down("refused", "connection refused")),
  http("silence", (socket) => void socket.resume(), none, down("timeout", NO_RESPONSE)),
  http(
    "a reset before the answer",
    (socket) => void socket.resetAndDestroy(),
    none,
    down("reset", "connection reset before an answer"),
  ),
  http(
    "a reset in place of a connection",
    { create: () => createTcpServer((socket) => void socket.resetAndDestroy()) },
    none,
    down("reset", /^connection (?:reset|closed) before an answer$/),
  ),
  http(
    "a reset after the answer",
    (socket) => void socket.write(`${OK}\r\nok`, () => setTimeout(() => socket.resetAndDestroy(), 50)),
    none,
    UP,
  ),
  http(
    "a reset within the body",
    (socket) => void socket.write(`${OK}\r\no`, () => setTimeout(() => socket.resetAndDestroy(), 50)),
    READ,
    down("reset", "connection reset before an answer"),
  ),
  http("a close before the answer", (socket) => void socket.end(), none, down("reset", CLOSED_EARLY)),
  http("half closed", (socket) => void setTimeout(() => socket.end(`${OK}\r\nok`), 50), READ, UP),
  http("a redirect that is not followed", redirecting("/up"), none, down("status", "status 302, wanted 200")),
  http("a redirect", redirecting("/up"), { followRedirects: true }, UP),
  http("a redirect loop", redirecting("/again"), { followRedirects: true }, down("status", "more than 5 redirects")),
  http(
    "a redirect elsewhere",
    redirecting("http://192.0.2.99/"),
    { followRedirects: true },
    down("status", "status 302: a redirect to another host"),
  ),
  http(
    "behind the PROXY protocol",
    { create: () => behindProxyProtocol((socket) => void socket.once("data", () => socket.end(`${OK}\r\nok`))) },
    { proxyProtocol: true, ...READ },
    UP,
  ),
  http(
    "behind the PROXY protocol, without its header",
    { create: () => behindProxyProtocol((socket) => void socket.end(`${OK}\r\nok`)) },
    READ,
    down("reset", /^connection (?:reset|closed) before an answer$/),
  ),
  {
    what: "http: half open, its machine is gone",
    first: down("timeout", NO_RESPONSE),
    async cast(stage) {
      const address = stage.address();
      const port = await stage.listenStopped(address, false);
      return { monitor: { protocol: "http", port, timeout: SHORT }, endpoint: { address }, answer: [address] };
    },
  },
  {
    what: "http: goes down while it is watched",
    first: UP,
    second: down("status", "status 500, wanted 200"),
    async cast(stage) {
      const address = stage.address();
      let status = 200;
      const port = await stage.listen(
        createServer((_, response) => void response.writeHead(status).end()),
        address,
      );
      const turn = (): void => void (status = 500);
      return { monitor: { protocol: "http", port }, endpoint: { address }, answer: [address], turn };
    },
  },
  {
    what: "http: comes back while it is watched",
    first: down("status", "status 500, wanted 200"),
    second: UP,
    async cast(stage) {
      const address = stage.address();
      let status = 500;
      const port = await stage.listen(
        createServer((_, response) => void response.writeHead(status).end()),
        address,
      );
      const turn = (): void => void (status = 200);
      return { monitor: { protocol: "http", port }, endpoint: { address }, answer: [address], turn };
    },
  },
];
