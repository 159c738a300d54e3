/**
 * A client that asks at a fixed rate over UDP, and once a second over TCP, and knows what became of each query. Slow on
 * purpose: it is to notice what is lost, not to be the load that loses it.
 */
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { createTally, LOST, sumOf, type Question, type Totals } from "./tally.ts";

export interface Flood {
  /** Asks no more, and resolves when all that was asked is answered or lost. */
  stop(): Promise<void>;
  totals(): Totals;
  /** Queries that were answered over UDP. */
  answeredOverUdp(): number;
  examples(): readonly string[];
}

export interface FloodOptions {
  readonly port: number;
  readonly questions: readonly Question[];
  /** Queries per second over UDP. */
  readonly rate?: number;
  /** Whether it also asks over TCP; it does by default. */
  readonly overTcp?: boolean;
  /** The client's address. */
  readonly from?: string;
}

/** Queries per second. */
const RATE = 500;
/** Milliseconds between two queries over TCP. */
const TCP_EVERY = 1000;
/** Milliseconds between two looks at what is due: timers are too coarse for one query each. */
const TICK = 4;

export async function startFlood(options: FloodOptions): Promise<Flood> {
  const { port, questions, rate = RATE, overTcp = true, from = "127.0.0.1" } = options;
  const udp = createTally();
  const tcp = createTally();
  const socket = createSocket({ type: "udp4", recvBufferSize: 2 ** 20 });
  socket.bind(0, from);
  await once(socket, "listening");
  socket.on("message", (packet) => udp.receive(packet));
  const started = performance.now();
  let turn = 0;
  let tcpTurn = 0;

  const tick = (): void => {
    const now = performance.now();
    for (; turn < ((now - started) * rate) / 1000; turn++) {
      socket.send(udp.ask(questions[turn % questions.length]!, now), port, "127.0.0.1", () => {});
    }
    const dueOverTcp = overTcp ? (now - started) / TCP_EVERY : 0;
    for (; tcpTurn < dueOverTcp; tcpTurn++) {
      askOverTcp(port, from, tcp.ask(questions[tcpTurn % questions.length]!, now), (answer) => tcp.receive(answer));
    }
    udp.expire(now);
    tcp.expire(now);
  };
  const timer = setInterval(tick, TICK);

  return {
    async stop() {
      clearInterval(timer);
      const limit = performance.now() + LOST;
      while (udp.waiting() + tcp.waiting() > 0 && performance.now() < limit) await delay(TICK);
      udp.expire(limit + LOST);
      tcp.expire(limit + LOST);
      close(socket);
    },
    totals: () => sumOf([udp.totals(), tcp.totals()]),
    answeredOverUdp: () => udp.totals().answered + udp.totals().wrong,
    examples: () => [...udp.examples(), ...tcp.examples().map((example) => `over TCP, ${example}`)],
  };
}

function close(socket: Socket): void {
  socket.removeAllListeners("message");
  socket.close();
}

function askOverTcp(port: number, from: string, query: Uint8Array, onAnswer: (answer: Uint8Array) => void): void {
  const socket = connect({ port, host: "127.0.0.1", localAddress: from });
  let received = Buffer.alloc(0);
  socket.setTimeout(LOST, () => socket.destroy());
  // What is refused or reset is a query that gets no answer.
  socket.on("error", () => {});
  socket.write(Buffer.concat([Buffer.of(query.length >> 8, query.length & 255), query]));
  socket.on("data", (octets) => {
    received = Buffer.concat([received, octets]);
    if (received.length < 2 || received.length < 2 + received.readUInt16BE()) return;
    socket.end();
    onAnswer(received.subarray(2, 2 + received.readUInt16BE()));
  });
}
