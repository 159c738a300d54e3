/** Clients for DNS over real sockets on loopback, closed when the test has finished. */
import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import type { ListenAddress } from "../../src/server/transport.ts";
import { octets, u16 } from "./query-packet.ts";

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

export async function tcpClient({ host, port }: ListenAddress): Promise<TcpClient> {
  const socket = connect({ host, port, allowHalfOpen: true });
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
