/** DNS over TCP (RFC 7766) on one address: connections come in, and are served until they idle or are in the way. */
import { createServer, type Socket } from "node:net";
import { err, ok } from "../../shared/result.ts";
import type { ListenAddress } from "../../shared/server-settings.ts";
import type { TcpConnections } from "./tcp-connections.ts";
import { BATCH, serveStream, type TcpStream } from "./tcp-stream.ts";
import { bindError, type CurrentAnswerer, type Listener } from "./listener.ts";

/**
 * Connections that the kernel keeps until they are accepted: its own default for the most (net.core.somaxconn). libuv
 * accepts one in each turn of the loop, and the kernel lets one that finds no place here try again after a second.
 */
const BACKLOG = 4096;
/** Milliseconds that a stopping server waits for answers to leave. */
const STOP_LIMIT = 1000;

export interface TcpDeps {
  readonly answerer: CurrentAnswerer;
  /** The worker's connections, shared by the listeners of all its addresses. */
  readonly connections: TcpConnections;
}

/** Out of file descriptors, new connections are closed as they come (libuv keeps one in reserve for that); it goes on. */
export function createTcp({ host, port }: ListenAddress, deps: TcpDeps): Listener {
  const open = new Map<Socket, TcpStream>();

  const server = createServer({ allowHalfOpen: true, noDelay: true, highWaterMark: BATCH }, (socket) => {
    const stream = serveStream(socket, deps);
    if (stream === undefined) return;
    open.set(socket, stream);
    socket.on("close", () => open.delete(socket));
  });

  return {
    start: () =>
      new Promise((resolve) => {
        // Stays: one that comes later, such as a failed accept, concerns one connection alone.
        server.on("error", (cause: NodeJS.ErrnoException) => {
          resolve(err(bindError(cause, { host, port }, "TCP")));
        });
        server.listen({ host, port, ipv6Only: true, backlog: BACKLOG }, () => {
          const bound = server.address();
          const used = typeof bound === "object" && bound !== null ? bound.port : port;
          resolve(ok({ address: { host, port: used }, receiveBuffer: undefined }));
        });
      }),
    stop: () =>
      new Promise((resolve) => {
        const limit = setTimeout(() => {
          for (const socket of open.keys()) socket.destroy();
        }, STOP_LIMIT);
        server.close(() => {
          clearTimeout(limit);
          resolve();
        });
        // What has been received is read in the turn of the loop between the two; then each side says goodbye.
        setImmediate(() => {
          setImmediate(() => {
            for (const stream of open.values()) stream.end("stopped");
          });
        });
      }),
  };
}
