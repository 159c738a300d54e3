/**
 * Bounds the connections of the admin server. For one more, the one that has asked for nothing the longest is closed:
 * who opens many and leaves them idle keeps nobody else out, a liveness check least of all.
 */
import type { Server } from "node:http";
import type { Socket } from "node:net";

export function boundConnections(server: Server, most: number): void {
  /** Who has connected or asked last comes last. */
  const connections = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    connections.add(socket);
    socket.once("close", () => connections.delete(socket));
    const [longest] = connections;
    if (connections.size > most) {
      connections.delete(longest!);
      longest!.destroy();
    }
  });
  server.on("request", ({ socket }) => {
    if (connections.delete(socket)) connections.add(socket);
  });
}
