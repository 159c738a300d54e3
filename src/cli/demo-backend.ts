/**
 * A small HTTP server for the demo. `POST /stop` makes it as good as dead: every connection is cut until
 * `POST /start`. It runs in the demo's own process, so the newcomer has nothing to clean up.
 */
import { createServer } from "node:http";
import { listenError, type ListenError } from "../shared/listen-error.ts";
import { err, ok, type Result } from "../shared/result.ts";

const HOST = "127.0.0.1";

export function createDemoBackend(name: string, port: number): Promise<Result<{ readonly port: number }, ListenError>> {
  let stopped = false;
  const server = createServer((request, response) => {
    const control = request.method === "POST" ? request.url : undefined;
    if (control === "/stop" || control === "/start") {
      stopped = control === "/stop";
      response.end(`${name} is ${stopped ? "stopped" : "started"}\n`);
    } else if (stopped) request.socket.destroy();
    else response.end(`${name}\n`);
  });
  server.unref();
  return new Promise((resolve) => {
    server.once("error", ({ code, message }: NodeJS.ErrnoException) => {
      const address = `${HOST}:${port}`;
      resolve(err(listenError({ errno: code ?? message, address, protocol: "TCP", key: "the demo's ports" })));
    });
    server.listen(port, HOST, () => {
      const address = server.address();
      resolve(ok({ port: typeof address === "object" && address !== null ? address.port : port }));
    });
  });
}
