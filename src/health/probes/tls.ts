/**
 * TLS probe: the handshake (RFC 8446) alone, and what the monitor wants of the certificate (`tls-options.ts`). Nothing is
 * sent or read above it.
 */
import type { Socket } from "node:net";
import type { TlsMonitor } from "../monitoring.ts";
import { networkFailure } from "./network-failure.ts";
import { closeSocket, openSocket } from "./open-socket.ts";
import type { Probe, ProbeVerdict } from "./probe.ts";

export const tlsProbe: Probe<TlsMonitor> = async (host, { tls, proxyProtocol, timeout }, signal) => {
  const opened = await openSocket(host, timeout, signal, { proxyProtocol, tls: { rules: tls, name: host.serverName } });
  return opened.ok ? finishedHandshake(opened.socket, signal) : opened;
};

/** Milliseconds that a server may take to say that it does not want this client. */
const REFUSAL_MS = 1000;

/**
 * In TLS 1.3 the client is done first: that the server wants a certificate, or another one, it tells only then. Whoever
 * says anything else, such as a session ticket, or ends the connection as it is asked to, has taken the client. Closes
 * the socket.
 */
export function finishedHandshake(socket: Socket, signal: AbortSignal): Promise<ProbeVerdict> {
  return new Promise((resolve) => {
    const end = (verdict: ProbeVerdict): void => {
      clearTimeout(patience);
      signal.removeEventListener("abort", taken);
      resolve(verdict);
      closeSocket(socket.pause());
    };
    const taken = (): void => end({ ok: true });
    const patience = setTimeout(taken, REFUSAL_MS);
    signal.addEventListener("abort", taken, { once: true });
    socket.once("session", taken);
    socket.once("data", taken);
    socket.once("close", taken);
    socket.once("error", (error) => {
      const failure = networkFailure(error);
      // Whoever has what he wants of a handshake may also cut it off.
      if (failure.code === "tls") end(failure);
      else taken();
    });
    socket.end();
  });
}
