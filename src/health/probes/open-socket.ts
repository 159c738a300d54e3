/**
 * A fresh connection to the probed host, with TLS where asked for, or why there is none. All addresses of a host are
 * tried in turn. Nothing is kept for the next probe: no connection, no TLS session.
 */
import { connect, type LookupFunction, type Socket } from "node:net";
import { connect as connectTls, type ConnectionOptions } from "node:tls";
import { attemptMs } from "./attempt.ts";
import { networkFailure, timedOut, tlsFailure } from "./network-failure.ts";
import type { ProbedHost, ProbeFailure } from "./probe.ts";

/** The signal closes the socket for as long as it lives; whoever gets the socket closes it. */
export function openSocket(
  { addresses, port }: ProbedHost,
  timeoutMs: number,
  signal: AbortSignal,
  tls?: ConnectionOptions,
): Promise<{ readonly ok: true; readonly socket: Socket } | ProbeFailure> {
  return new Promise((resolve) => {
    const address = {
      ...(addresses.length === 1 ? { host: addresses[0]! } : { host: "endpoint", lookup: found(addresses) }),
      port,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: attemptMs(timeoutMs, addresses.length),
    };
    const socket = tls === undefined ? connect(address) : connectTls({ ...tls, ...address });
    const opened = (): void => resolve({ ok: true, socket });
    const fail = (failure: ProbeFailure): void => {
      socket.destroy();
      resolve(failure);
    };
    let connected = false;
    socket.once("connect", () => {
      connected = true;
      if (tls === undefined) opened();
    });
    socket.once("secureConnect", opened);
    // Stays on: an error after the promise is settled must not be an uncaught one.
    socket.on("error", (error) => fail(connected ? tlsFailure(error) : networkFailure(error)));
    signal.addEventListener(
      "abort",
      () => fail(timedOut(connected ? "no TLS handshake" : "no connection", timeoutMs)),
      { once: true },
    );
  });
}

/** Stands in for the look-up of a name whose addresses are known. */
function found(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  return (_name, _options, callback) => callback(null, all);
}

/**
 * Milliseconds after which a connection is closed whose last octets the other side does not take, and how many are
 * waited for at a time: their probes have ended, and they need file descriptors all the same.
 */
const CLOSE_MS = 1000;
const MAX_CLOSING = 16;
let closing = 0;

/** Closes a connection as its protocol does: TLS says that it ends (close_notify, RFC 8446 section 6.1). */
export function closeSocket(socket: Socket): void {
  if (closing >= MAX_CLOSING) socket.destroy();
  if (socket.destroyed) return;
  closing++;
  const late = setTimeout(() => socket.destroy(), CLOSE_MS);
  socket.once("close", () => {
    closing--;
    clearTimeout(late);
  });
  socket.destroySoon();
}
