/** The contract of a listener: it binds one address for a transport, hands each message to the answerer of the moment, and stops. */
import { isIPv6 } from "node:net";
import { listenError, type ListenError } from "../../shared/listen-error.ts";
import type { Result } from "../../shared/result.ts";
import type { ListenAddress } from "../../shared/server-settings.ts";
import type { Answerer } from "../answer/answer-query.ts";

/** Octets that a UDP socket is to receive in: about 1,000 queries. The kernel's default holds about 270, less than a burst. */
export const RECEIVE_BUFFER = 1024 * 1024;

export interface Bound {
  /** The address with the port in use. */
  readonly address: ListenAddress;
  /** UDP: octets that the socket receives in; less than wanted where the system has a limit. */
  readonly receiveBuffer: number | undefined;
}

export interface Listener {
  start(): Promise<Result<Bound, ListenError>>;
  /** Answers what has been received, then closes. */
  stop(): Promise<void>;
}

/** The answerer of the current generation; read once for each message. */
export type CurrentAnswerer = () => Answerer;

/** `192.0.2.1:53`, `[2001:db8::1]:53`. */
export function formatAddress({ host, port }: ListenAddress): string {
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
}

export function bindError(cause: NodeJS.ErrnoException, at: ListenAddress, protocol: "UDP" | "TCP"): ListenError {
  return listenError({ errno: cause.code ?? cause.message, address: formatAddress(at), protocol, key: "listen.dns" });
}
