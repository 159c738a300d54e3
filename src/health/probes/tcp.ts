/**
 * TCP probe: a text is sent and another one comes back, over TLS or without. Where none is expected, success is a
 * completed handshake (RFC 9293 section 3.5), that of TLS included. Texts are UTF-8; what comes back is compared octet
 * by octet, whatever it is.
 */
import type { Socket } from "node:net";
import type { TcpMonitor } from "../monitoring.ts";
import { networkFailure, timedOut } from "./network-failure.ts";
import { closeSocket, openSocket } from "./open-socket.ts";
import type { Probe, ProbeVerdict } from "./probe.ts";
import { finishedHandshake } from "./tls.ts";

/** Octets that are looked at. */
const MOST_OCTETS = 64 * 1024;

export const tcpProbe: Probe<TcpMonitor> = async (host, monitor, signal) => {
  const { timeout, proxyProtocol, tls, send, expect } = monitor;
  const secured = tls && { rules: tls, name: host.serverName };
  const opened = await openSocket(host, timeout, signal, { proxyProtocol, tls: secured });
  if (!opened.ok) return opened;
  const { socket } = opened;
  if (expect === undefined) {
    if (tls !== undefined) return finishedHandshake(socket, signal);
    socket.destroy();
    return { ok: true };
  }
  const verdict = await exchange(socket, { send, expect: Buffer.from(expect) }, timeout, signal);
  closeSocket(socket.pause());
  return verdict;
};

interface Exchange {
  readonly send: string | undefined;
  readonly expect: Buffer;
}

function exchange(
  socket: Socket,
  { send, expect }: Exchange,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<ProbeVerdict> {
  return new Promise((resolve) => {
    let octets = 0;
    /** The end of what came, in which the text may begin. */
    let tail: Buffer = Buffer.alloc(0);
    const without = (why: string): void => resolve({ ok: false, code: "body", reason: `${why} the expected text` });
    socket.on("data", (chunk: Buffer) => {
      const came = Buffer.concat([tail, chunk.subarray(0, MOST_OCTETS - octets)]);
      octets += chunk.length;
      tail = came.subarray(Math.max(0, came.length - expect.length + 1));
      if (came.includes(expect)) resolve({ ok: true });
      else if (octets >= MOST_OCTETS) without("64 KiB came without");
    });
    socket.once("end", () => {
      if (octets > 0) without("connection closed before");
      else resolve({ ok: false, code: "reset", reason: "connection closed before an answer" });
    });
    socket.once("error", (error) => resolve(networkFailure(error)));
    const late = (): void => {
      resolve(
        timedOut(octets === 0 ? "connected, but no answer" : "an answer came, but not the expected text", timeoutMs),
      );
    };
    if (signal.aborted) late();
    signal.addEventListener("abort", late, { once: true });
    if (send !== undefined) socket.write(send);
  });
}
