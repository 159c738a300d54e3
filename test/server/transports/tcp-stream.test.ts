/** What needs a peer whose every octet is counted; `tcp.test.ts` has the rest over real sockets. */
import { once } from "node:events";
import type { Socket } from "node:net";
import { duplexPair, type Duplex } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createTcpConnections } from "../../../src/server/transports/tcp-connections.ts";
import { BATCH, serveStream, type TcpStream } from "../../../src/server/transports/tcp-stream.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

/** Of the event loop; `expect.poll` would move the time. */
const turn = (): Promise<unknown> => new Promise(setImmediate);

interface Served {
  readonly stream: TcpStream;
  readonly socket: Socket;
  readonly peer: Duplex;
  readonly closed: readonly string[];
  readonly answered: () => number;
}

/** An answer of 60,000 octets is more than is written without the peer taking it. */
function served(answerSize = 60_000): Served {
  const closed: string[] = [];
  let answered = 0;
  const connections = createTcpConnections(
    { connections: 10, perClient: 10, idle: 10_000 },
    { opened() {}, closed: (cause) => void closed.push(cause) },
  );
  const [near, peer] = duplexPair({ highWaterMark: BATCH });
  const socket = Object.assign(near, { remoteAddress: "192.0.2.1" }) as unknown as Socket;
  const stream = serveStream(socket, { answerer: () => () => (answered++, answerSize), connections })!;
  return { stream, socket, peer, closed, answered: () => answered };
}

const QUERY = [0, 1, 1];

test("serveStream counts the time-out from when the peer has taken its answers", async () => {
  const { socket, peer, closed } = served();
  peer.write(Uint8Array.of(...QUERY));
  while (!socket.writableNeedDrain) await turn();
  vi.advanceTimersByTime(9000);
  peer.resume();
  while (socket.writableNeedDrain) await turn();
  vi.advanceTimersByTime(10_000);
  expect(closed).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(closed).toEqual(["timed-out"]);
});

test("serveStream spares a peer that takes its answers slowly but steadily", async () => {
  const { peer, closed, answered } = served();
  peer.write(Uint8Array.of(...Array.from({ length: 20 }, () => QUERY).flat()));
  for (let taken = 1; taken < 20; taken++) {
    while (answered() < taken) await turn();
    vi.advanceTimersByTime(9000);
    expect(answered()).toBe(taken);
    peer.read();
  }
  expect(closed).toEqual([]);
});

test("serveStream answers nothing that comes after its end", async () => {
  const { stream, peer, answered } = served();
  const ended = vi.fn<() => void>();
  peer.on("end", ended).resume();
  peer.write(Uint8Array.of(...QUERY));
  while (answered() === 0) await turn();
  stream.end("stopped");
  peer.write(Uint8Array.of(...QUERY));
  while (ended.mock.calls.length === 0) await turn();
  expect(answered()).toBe(1);
});

test("serveStream answers no more than the peer takes, however few octets it is at a time", async () => {
  const { peer, answered } = served(1000);
  for (let i = 0; i < 200; i++) {
    peer.write(Uint8Array.of(...QUERY));
    await turn();
  }
  // Those that the peer's side and ours have room for.
  expect(answered()).toBeLessThan(50);
  peer.resume();
  while (answered() < 200) await turn();
});

test("serveStream counts the time-out from the first octet of a message", async () => {
  const { socket, peer, closed } = served();
  vi.advanceTimersByTime(9000);
  const received = once(socket, "data");
  peer.write(Uint8Array.of(0));
  await received;
  vi.advanceTimersByTime(10_000);
  expect(closed).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(closed).toEqual(["timed-out"]);
});

test("serveStream answers nothing more to a peer that is gone", async () => {
  const { socket, peer, answered } = served();
  peer.write(Uint8Array.of(...QUERY, ...QUERY));
  while (!socket.writableNeedDrain) await turn();
  // The next answer waits for its turn when the connection ends.
  socket.once("drain", () => socket.destroy());
  peer.resume();
  while (!socket.destroyed) await turn();
  for (let i = 0; i < 5; i++) await turn();
  expect(answered()).toBe(1);
});
