/** Clients for DNS over real sockets on loopback, and a TCP server for them, closed when the test has finished. */
import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, onTestFinished } from "vitest";
import type { Answerer } from "../../src/server/answer/answer-query.ts";
import { createTcpConnections, type TcpCloseCause } from "../../src/server/transports/tcp-connections.ts";
import { createTcp } from "../../src/server/transports/tcp.ts";
import type { Listener } from "../../src/server/transports/listener.ts";
import { octets, u16 } from "./query-packet.ts";
import type { ListenAddress, TcpLimits } from "../../src/shared/server-settings.ts";

export interface UdpClient {
  readonly socket: UdpSocket;
  send(packet: Uint8Array): void;
  /** The next datagram; rejects after a while without one. */
  receive(): Promise<Uint8Array>;
  /** Datagrams that have come and were not asked for yet. */
  readonly unread: readonly Uint8Array[];
}

/** Milliseconds; loopback takes less than one. */
const PATIENCE = 5000;

export async function udpClient({ host, port }: ListenAddress): Promise<UdpClient> {
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
  onTestFinished(() => void socket.close());
  const unread: Uint8Array[] = [];
  let wake: () => void = () => {};
  socket.on("message", (packet) => {
    unread.push(Uint8Array.from(packet));
    wake();
  });
  socket.bind(0, host);
  await once(socket, "listening");
  return {
    socket,
    unread,
    send: (packet) => socket.send(packet, port, host),
    receive: () => next(unread, (resume) => (wake = resume), "no datagram came"),
  };
}

export interface TcpClient {
  readonly socket: Socket;
  /** Each behind its length, in one write. */
  send(...packets: readonly Uint8Array[]): void;
  /** The next message; rejects after a while without one, or where the stream ends before. */
  receive(): Promise<Uint8Array>;
  readonly unread: readonly Uint8Array[];
  /** Resolves when the server has closed its side, or the whole connection. */
  readonly ended: Promise<void>;
}

/** `from`: an address of this machine, such as 127.0.0.2. */
export async function tcpClient({ host, port }: ListenAddress, from?: string): Promise<TcpClient> {
  const socket = connect({ host, port, allowHalfOpen: true, ...(from === undefined ? {} : { localAddress: from }) });
  onTestFinished(() => void socket.destroy());
  const unread: Uint8Array[] = [];
  let stream = Buffer.alloc(0);
  let wake: () => void = () => {};
  socket.on("data", (chunk) => {
    stream = Buffer.concat([stream, chunk]);
    while (stream.length >= 2 && stream.length >= 2 + stream.readUInt16BE()) {
      const end = 2 + stream.readUInt16BE();
      unread.push(Uint8Array.from(stream.subarray(2, end)));
      stream = stream.subarray(end);
    }
    wake();
  });
  socket.on("error", () => {});
  const ended = new Promise<void>((resolve) => {
    socket.once("end", resolve);
    socket.once("close", () => resolve());
  });
  await once(socket, "connect");
  return {
    socket,
    unread,
    ended,
    send: (...packets) => void socket.write(octets(...packets.flatMap((packet) => [u16(packet.length), packet]))),
    receive: () => next(unread, (resume) => (wake = resume), "no message came"),
  };
}

export interface TcpServer {
  readonly transport: Listener;
  readonly address: ListenAddress;
  /** Connections that are open. */
  readonly open: () => number;
  /** Why the others have ended, in this order. */
  readonly closed: readonly TcpCloseCause[];
}

/** Fails the test at its end where not every connection was counted once as opened and once as closed. */
export async function tcpServer(
  answerer: Answerer,
  { host = "127.0.0.1", ...limits }: Partial<TcpLimits> & { readonly host?: string } = {},
): Promise<TcpServer> {
  let opened = 0;
  const closed: TcpCloseCause[] = [];
  const connections = createTcpConnections(
    { connections: 4000, perClient: 4000, idle: 10_000, ...limits },
    { opened: () => void opened++, closed: (cause) => void closed.push(cause) },
  );
  const transport = createTcp({ host, port: 0 }, { answerer: () => answerer, connections });
  const result = await transport.start();
  if (!result.ok) throw new Error(result.error.message);
  onTestFinished(async () => {
    await transport.stop();
    // A socket tells that it is closed after the server has.
    await expect.poll(() => closed.length).toBe(opened);
  });
  return { transport, address: result.value.address, open: () => opened - closed.length, closed };
}

async function next(
  unread: Uint8Array[],
  onWake: (resume: () => void) => void,
  complaint: string,
): Promise<Uint8Array> {
  const deadline = Date.now() + PATIENCE;
  while (unread.length === 0) {
    const left = deadline - Date.now();
    if (left <= 0) throw new Error(complaint);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, left);
      onWake(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
  return unread.shift()!;
}
