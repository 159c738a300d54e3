/** Asks one server many things at once over UDP; a lost datagram is sent again. */
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readAnswer, type Answer } from "./answer.ts";
import type { RunningServer } from "./run-server.ts";

export interface Asker {
  /** At most 150 at once: more than a server's receive buffer takes would be lost. */
  ask(query: Uint8Array): Promise<Answer>;
  close(): void;
}

/** Milliseconds. */
const PATIENCE = 200;
const TRIES = 10;

interface Waiting {
  readonly query: Uint8Array;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (cause: Error) => void;
  sent: number;
  tries: number;
}

export async function createAsker({ kind, port }: RunningServer): Promise<Asker> {
  const socket = createSocket("udp4");
  socket.connect(port, "127.0.0.1");
  await once(socket, "connect");
  const waiting = new Map<number, Waiting>();
  let id = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    for (const [id, one] of waiting) {
      if (now - one.sent < PATIENCE) continue;
      one.sent = now;
      if (++one.tries <= TRIES) socket.send(one.query);
      else {
        waiting.delete(id);
        one.reject(new Error(`${kind.name} has stopped answering`));
      }
    }
  }, PATIENCE / 2);
  socket.on("message", (packet) => {
    const id = packet.readUInt16BE();
    const one = waiting.get(id);
    if (one === undefined) return;
    waiting.delete(id);
    one.resolve(readAnswer(packet));
  });
  return {
    ask: (query) =>
      new Promise((resolve, reject) => {
        do id = (id + 1) & 0xffff;
        while (waiting.has(id));
        const copy = query.slice();
        copy[0] = id >> 8;
        copy[1] = id & 0xff;
        waiting.set(id, { query: copy, resolve, reject, sent: performance.now(), tries: 1 });
        socket.send(copy);
      }),
    close() {
      clearInterval(timer);
      socket.close();
    },
  };
}
