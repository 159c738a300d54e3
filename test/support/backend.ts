/** A backend that a test can stop and start: connections are refused while it is stopped. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

export interface Backend {
  readonly port: number;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** `slowness`: milliseconds that it takes to answer. */
export async function startBackend(slowness = 0): Promise<Backend> {
  let server: Server;
  let port = 0;
  const start = (): Promise<void> => {
    server = createServer((_, response) => void delay(slowness).then(() => response.end("ok\n")));
    return new Promise((resolve) => {
      server.listen(port, "127.0.0.1", () => {
        ({ port } = server.address() as AddressInfo);
        resolve();
      });
    });
  };
  await start();
  return {
    port,
    start,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
