/**
 * A fresh connection to the checked host, with TLS where asked for, or why there is none. Names are looked up as the
 * operating system does (`/etc/hosts` included), and all addresses of a name are tried (RFC 8305). Nothing is kept
 * for the next probe: no connection, no TLS session, no looked-up address.
 */
import { connect, type Socket } from "node:net";
import { connect as connectTls, type ConnectionOptions } from "node:tls";
import type { EndpointCheck } from "../../routing/snapshot.ts";
import { networkFailure, timedOut, tlsFailure } from "./network-failure.ts";
import type { ProbeFailure } from "./probe.ts";

/** The signal closes the socket for as long as it lives; whoever gets the socket destroys it. */
export function openSocket(
  check: EndpointCheck,
  timeoutMs: number,
  signal: AbortSignal,
  tls?: ConnectionOptions,
): Promise<{ readonly ok: true; readonly socket: Socket } | ProbeFailure> {
  return new Promise((resolve) => {
    const address = { host: check.host, port: check.port };
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
