/**
 * Why a socket could not be bound, as a coded failure with one line for the operator: the same for DNS and HTTP.
 * https://man7.org/linux/man-pages/man2/bind.2.html and socket.2 name the errnos.
 */

export const LISTEN_ERROR_CODES = ["port-in-use", "port-privileged", "address-not-available", "listen-failed"] as const;
export type ListenErrorCode = (typeof LISTEN_ERROR_CODES)[number];

export interface ListenError {
  readonly code: ListenErrorCode;
  /** One line: the address, what is wrong, what to do. */
  readonly message: string;
}

export interface ListenAttempt {
  /** Node's name of the errno, such as `EADDRINUSE`. */
  readonly errno: string;
  /** Address and port as in the configuration: `127.0.0.1:8053`, `[::1]:53`. */
  readonly address: string;
  readonly protocol: "UDP" | "TCP";
  /** The configuration key that holds the address: `listen.dns`. */
  readonly key: string;
}

export function listenError({ errno, address, protocol, key }: ListenAttempt): ListenError {
  const code = CODES.get(errno) ?? "listen-failed";
  return { code, message: `${address} ${protocol}: ${EXPLANATIONS[code]({ errno, key })}` };
}

const CODES: ReadonlyMap<string, ListenErrorCode> = new Map([
  ["EADDRINUSE", "port-in-use"],
  ["EACCES", "port-privileged"],
  ["EADDRNOTAVAIL", "address-not-available"],
  // An IPv6 address on a machine without IPv6.
  ["EAFNOSUPPORT", "address-not-available"],
]);

type Explanation = (attempt: Pick<ListenAttempt, "errno" | "key">) => string;

const EXPLANATIONS: Readonly<Record<ListenErrorCode, Explanation>> = {
  "port-in-use": ({ key }) => `the port is in use; stop the other server or change ${key}`,
  "port-privileged": ({ key }) =>
    `this user may not use the port; grant CAP_NET_BIND_SERVICE or change ${key} to a port from 1024 up`,
  "address-not-available": ({ key }) => `this machine does not have the address; change ${key} to one that it has`,
  "listen-failed": ({ errno, key }) => `listening failed with ${errno}; check ${key}`,
};
