/**
 * A fresh connection to the probed host, with a PROXY header and TLS where asked for, or why there is none. All addresses
 * of a host are tried in turn. Nothing is kept for the next probe: no connection, no TLS session.
 */
import { connect, type LookupFunction, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { attemptMs } from "./attempt.ts";
import { networkFailure, timedOut, tlsFailure } from "./network-failure.ts";
import type { ProbedHost, ProbeFailure } from "./probe.ts";
import { PROXY_HEADER } from "./proxy-header.ts";
import { certificateFailure, tlsOptions, type Securing } from "./tls-options.ts";

/** What follows upon the TCP handshake, in this order. */
export interface Opening {
  /** Whether the connection begins with a header of the PROXY protocol. */
  readonly proxyProtocol?: boolean;
  readonly tls?: Securing | undefined;
}

export type Opened = { readonly ok: true; readonly socket: Socket } | ProbeFailure;

/** The signal closes the socket for as long as it lives; whoever gets the socket closes it. It is a `TLSSocket` with TLS. */
export function openSocket(
  { addresses, port }: Pick<ProbedHost, "addresses" | "port">,
  timeoutMs: number,
  signal: AbortSignal,
  { proxyProtocol = false, tls }: Opening = {},
): Promise<Opened> {
  return new Promise((resolve) => {
    const tcp = connect({
      ...(addresses.length === 1 ? { host: addresses[0]! } : { host: "endpoint", lookup: found(addresses) }),
      port,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: attemptMs(timeoutMs, addresses.length),
    });
    let socket = tcp;
    const fail = (failure: ProbeFailure): void => {
      socket.destroy();
      tcp.destroy();
      resolve(failure);
    };
    let connected = false;
    // Stays on: an error after the promise is settled must not be an uncaught one.
    tcp.on("error", (error) => fail(connected && tls !== undefined ? tlsFailure(error) : networkFailure(error)));
    tcp.once("connect", () => {
      connected = true;
      if (proxyProtocol) tcp.write(PROXY_HEADER);
      if (tls === undefined) resolve({ ok: true, socket });
      else socket = secure(tcp, tls, resolve, fail);
    });
    signal.addEventListener(
      "abort",
      () => fail(timedOut(connected ? "no TLS handshake" : "no connection", timeoutMs)),
      { once: true },
    );
  });
}

/** The handshake over a connection. */
function secure(
  tcp: Socket,
  tls: Securing,
  resolve: (opened: Opened) => void,
  fail: (failure: ProbeFailure) => void,
): Socket {
  let secured: TLSSocket;
  try {
    secured = connectTls({ ...tlsOptions(tls), socket: tcp });
  } catch {
    fail({ ok: false, code: "not-probed", reason: "certificates or a key of the monitor that cannot be used" });
    return tcp;
  }
  secured.on("error", (error) => fail(tlsFailure(error)));
  secured.once("secureConnect", () => {
    const failure = certificateFailure(secured, tls.rules, Date.now());
    if (failure === undefined) resolve({ ok: true, socket: secured });
    else fail(failure);
  });
  return secured;
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
