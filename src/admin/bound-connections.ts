/**
 * Bounds the connections of the admin server. Of those that are too many, the ones that have asked for nothing the longest
 * are closed: who opens many and leaves them idle keeps nobody else out, a liveness check least of all. Before, each that
 * has connected has a moment to be read: a flood would close others before they are. Connections that go on for long are
 * let go, and are bounded by whoever serves them.
 */
import type { Server } from "node:http";
import type { Socket } from "node:net";

export interface BoundConnections {
  /** Counts the connection no more. */
  readonly letGo: (socket: Socket) => void;
  /** Those too that have not agreed on TLS yet, of which Node's HTTP server knows nothing. */
  readonly closeAll: () => void;
}

/** Milliseconds that there may be too many. */
const MOMENT = 50;
/** As many times `most` are closed at once. */
const FAR_TOO_MANY = 2;

export function boundConnections(server: Server, most: number): BoundConnections {
  /** Who has connected or asked last comes last. */
  const connections = new Map<unknown, Socket>();
  let isTrimming = false;

  const trim = (bound: number): void => {
    for (const [key, socket] of connections) {
      if (connections.size <= bound) return;
      connections.delete(key);
      socket.destroy();
    }
  };
  const trimSoon = (): void => {
    if (isTrimming) return;
    isTrimming = true;
    // Where the thread was held up the time is over before anything is read; what is to be read comes before immediates.
    const trimAfterReading = (): void => {
      isTrimming = false;
      trim(most);
    };
    setTimeout(() => setImmediate(trimAfterReading), MOMENT).unref();
  };

  server.on("connection", (socket: Socket) => {
    const key = keyOf(socket);
    connections.set(key, socket);
    socket.once("close", () => {
      if (connections.get(key) === socket) connections.delete(key);
    });
    trim(FAR_TOO_MANY * most);
    if (connections.size > most) trimSoon();
  });
  server.on("request", ({ socket }) => {
    const key = keyOf(socket);
    const connection = connections.get(key);
    if (connections.delete(key)) connections.set(key, connection!);
  });
  return {
    letGo: (socket) => void connections.delete(keyOf(socket)),
    closeAll() {
      for (const socket of connections.values()) socket.destroy();
    },
  };
}

/** With TLS a request comes on another socket than that which connected; the port of the peer is the same. */
function keyOf(socket: Socket): unknown {
  const { remoteAddress, remotePort } = socket;
  return remotePort === undefined ? socket : `${remoteAddress} ${remotePort}`;
}
