/** Where cases put their servers: addresses of loopback of their own, and an end for all that was started. */
import { spawn } from "node:child_process";
import { createSocket, type RemoteInfo, type Socket as UdpSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { endWithUs } from "../chaos/end-with-us.ts";

export interface Stage {
  readonly folder: string;
  /** One that nobody else has. */
  address(): string;
  /** Also of `node:http`, `node:https` and `node:http2`. Returns the port. */
  listen(server: Server, host: string, port?: number): Promise<number>;
  listenUdp(host: string, onMessage: OnMessage, port?: number): Promise<number>;
  /**
   * Of a server whose process is stopped: connections are taken by the system, and nothing is said; or none is taken, since
   * its accept backlog is full.
   */
  listenStopped(host: string, isFull: boolean): Promise<number>;
  /** A program of sh(1); returns its path. */
  script(name: string, text: string, mode?: number): string;
  atEnd(stop: () => unknown): void;
  end(): Promise<void>;
}

export type OnMessage = (message: Buffer, from: RemoteInfo, socket: UdpSocket) => void;

/** Nothing listens here, whatever the address of loopback. */
export const CLOSED = 9;

export function createStage(): Stage {
  const ends: (() => unknown)[] = [];
  const folder = mkdtempSync(path.join(tmpdir(), "geosteer-e2e-"));
  // Another network for each process: 127.0 is where others live.
  const network = 1 + (process.pid % 254);
  let last = 0;
  const atEnd = (stop: () => unknown): void => void ends.push(stop);
  return {
    folder,
    atEnd,
    address() {
      last++;
      return `127.${network}.${last >> 7}.${(last & 127) + 1}`;
    },
    async listen(server, host, port = 0) {
      server.listen(port, host);
      await once(server, "listening");
      atEnd(() => {
        server.close();
        if ("closeAllConnections" in server && typeof server.closeAllConnections === "function")
          server.closeAllConnections();
      });
      return (server.address() as AddressInfo).port;
    },
    async listenUdp(host, onMessage, port = 0) {
      const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
      socket.on("message", (message, from) => onMessage(message, from, socket)).bind(port, host);
      await once(socket, "listening");
      atEnd(() => socket.close());
      return socket.address().port;
    },
    async listenStopped(host, isFull) {
      const backlog = isFull ? 1 : 511;
      const code = `require("net").createServer().listen(${JSON.stringify({ port: 0, host, backlog })}, function () {
        console.log(this.address().port);
      });`;
      const child = spawn(process.execPath, ["-e", code], { stdio: ["ignore", "pipe", "inherit"] });
      endWithUs(child);
      atEnd(() => child.kill("SIGKILL"));
      const [said] = await once(child.stdout, "data");
      child.kill("SIGSTOP");
      const port = Number(said);
      // The system takes one more than the backlog says.
      const places = isFull ? backlog + 1 : 0;
      for (let i = 0; i < places; i++) {
        const socket = connect(port, host).on("error", () => {});
        atEnd(() => socket.destroy());
        await once(socket, "connect");
      }
      return port;
    },
    script(name, text, mode = 0o755) {
      const file = path.join(folder, name);
      writeFileSync(file, `#!/bin/sh\n${text}\n`, { mode });
      return file;
    },
    async end() {
      for (const stop of ends.toReversed()) await stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
