/** Over TCP, with what is sent and expected. */
import { createServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { issued, issuedKey } from "../../health/fixtures/issued-certificates.ts";
import { dripping, pouring } from "../../health/fixtures/misbehaving.ts";
import { behindProxyProtocol } from "../../health/fixtures/proxied.ts";
import { casesOf, down, UP, type Case } from "../case.ts";
import { CLOSED, type Stage } from "../stage.ts";

const tcp = casesOf("tcp");

/** From the connection on. */
const speaking = (speak: (socket: Socket) => void) => (stage: Stage, address: string) =>
  stage.listen(
    createServer((socket) => speak(socket.on("error", () => {}).resume())),
    address,
  );

const PONG = { send: "PING\r\n", expect: "+PONG" };

export const tcpCases: readonly Case[] = [
  tcp(
    "a connection",
    speaking(() => {}),
    {},
    UP,
  ),
  tcp("nothing listens", () => CLOSED, {}, down("refused", "connection refused")),
  tcp(
    "a full accept backlog",
    (stage, address) => stage.listenStopped(address, true),
    {},
    down("timeout", "no connection within 1000 ms"),
  ),
  tcp("half open, and nothing is expected", (stage, address) => stage.listenStopped(address, false), {}, UP),
  tcp(
    "half open",
    (stage, address) => stage.listenStopped(address, false),
    PONG,
    down("timeout", "connected, but no answer within 1000 ms"),
  ),
  tcp(
    "the answer",
    speaking((socket) => void socket.write("+PONG\r\n")),
    PONG,
    UP,
  ),
  tcp(
    "an answer octet by octet",
    speaking((socket) => dripping("+P", "ONG", 30)(socket)),
    PONG,
    UP,
  ),
  tcp(
    "another answer",
    speaking((socket) => void socket.write("-LOADING\r\n")),
    PONG,
    down("timeout", "an answer came, but not the expected text within 1000 ms"),
  ),
  tcp(
    "another answer, and the end",
    speaking((socket) => void socket.end("-ERR\r\n")),
    PONG,
    down("body", "connection closed before the expected text"),
  ),
  tcp(
    "the end",
    speaking((socket) => void socket.end()),
    PONG,
    down("reset", "connection closed before an answer"),
  ),
  tcp(
    "a reset",
    speaking((socket) => void socket.resetAndDestroy()),
    PONG,
    down("reset", "connection reset before an answer"),
  ),
  tcp(
    "octets without end",
    speaking((socket) => pouring("", "x")(socket)),
    PONG,
    down("body", "64 KiB came without the expected text"),
  ),
  tcp(
    "TLS",
    (stage, address) =>
      stage.listen(
        createTlsServer({ cert: issued, key: issuedKey }, (socket) => void socket.on("error", () => {}).write("+PONG")),
        address,
      ),
    { tls: true, expect: "+PONG" },
    UP,
  ),
  tcp(
    "no TLS",
    speaking((socket) => void socket.write("+PONG\r\n")),
    { tls: true, expect: "+PONG" },
    down("tls", /^TLS handshake failed/),
  ),
  tcp(
    "behind the PROXY protocol",
    (stage, address) =>
      stage.listen(
        behindProxyProtocol((socket) => void socket.end("+PONG")),
        address,
      ),
    { proxyProtocol: true, ...PONG },
    UP,
  ),
];
