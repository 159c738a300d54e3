/**
 * Bounds the connections of the admin server. For one more, the one that has asked for nothing the longest is closed:
 * who opens many and leaves them idle keeps nobody else out, a liveness check least of all. Connections that go on for
 * long are let go, and are bounded by whoever serves them.
 */
import type { Server } from "node:http";
import type { Socket } from "node:net";

export interface BoundConnections {
  /** Counts the connection no more. */
  readonly letGo: (socket: Socket) => void;
  /** Those too that have not agreed on TLS yet, of which Node's HTTP server knows nothing. */
  readonly closeAll: () => void;
}

export function boundConnections(server: Server, most: number): BoundConnections {
  /** Who has connected or asked last comes last. */
  const connections = new Map<unknown, Socket>();
  server.on("connection", (socket: Socket) => {
    const key = keyOf(socket);
    connections.set(key, socket);
    socket.once("close", () => {
      if (connections.get(key) === socket) connections.delete(key);
    });
    if (connections.size <= most) return;
    const [longest] = connections;
    connections.delete(longest![0]);
    longest![1].destroy();
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
