/**
 * A UDP socket outside Node's event loop. The main thread opens and closes it, a worker reads and writes it: when a
 * worker dies its successor takes the same socket, with the datagrams that have come in the meantime.
 */
import { isIPv6 } from "node:net";
import { parseIpAddress } from "../../../shared/ip-address.ts";
import type { ListenError } from "../../../shared/listen-error.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { ListenAddress } from "../../../shared/server-settings.ts";
import { bindError, RECEIVE_BUFFER } from "../listener.ts";
import { memory, type Libc } from "../../../system/libc.ts";

export interface BatchSocket {
  readonly fd: number;
  /** The address with the port in use. */
  readonly address: ListenAddress;
  /** Octets that wait for the worker at most, as the kernel counts them. */
  readonly receiveBuffer: number;
}

// Linux's numbers, the same on x86-64 and arm64: include/uapi/asm-generic/socket.h, linux/in.h, linux/in6.h.
const AF_INET = 2;
const AF_INET6 = 10;
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const SO_SNDBUF = 7;
const SO_RCVBUF = 8;
const SO_REUSEPORT = 15;
const SO_RCVTIMEO = 20;
const SO_SNDTIMEO = 21;
const SO_RCVBUFFORCE = 33;
const IPPROTO_IP = 0;
const IP_PKTINFO = 8;
const IP_MTU_DISCOVER = 10;
const IP_PMTUDISC_OMIT = 5;
const IPPROTO_IPV6 = 41;
const IPV6_MTU_DISCOVER = 23;
const IPV6_V6ONLY = 26;
const IPV6_RECVPKTINFO = 49;

/** Milliseconds that a worker waits for a datagram before it looks for messages of the main thread. */
export const WAIT = 100;

/** `shared`: sockets of other workers have the same address (SO_REUSEPORT), and the kernel spreads the datagrams. */
export function openBatchSocket(
  libc: Libc,
  at: ListenAddress,
  { shared }: { readonly shared: boolean },
): Result<BatchSocket, ListenError> {
  const ipv6 = isIPv6(at.host);
  const fd = libc.socket(ipv6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return failure(libc, at);
  const address = socketAddress(at);
  const options: (readonly [level: number, name: number, value: Uint8Array])[] = [
    [SOL_SOCKET, SO_RCVBUF, int(RECEIVE_BUFFER)],
    [SOL_SOCKET, SO_SNDBUF, int(RECEIVE_BUFFER)],
    [SOL_SOCKET, SO_RCVTIMEO, timeval(WAIT)],
    // A full send buffer must not hold a worker.
    [SOL_SOCKET, SO_SNDTIMEO, timeval(WAIT)],
    // Answers stay below every path's MTU (RFC 9715), so forged "fragmentation needed" must not shrink it.
    ipv6
      ? [IPPROTO_IPV6, IPV6_MTU_DISCOVER, int(IP_PMTUDISC_OMIT)]
      : [IPPROTO_IP, IP_MTU_DISCOVER, int(IP_PMTUDISC_OMIT)],
  ];
  if (shared) options.push([SOL_SOCKET, SO_REUSEPORT, int(1)]);
  if (ipv6) options.push([IPPROTO_IPV6, IPV6_V6ONLY, int(1)]);
  if (isWildcard(at)) options.push(ipv6 ? [IPPROTO_IPV6, IPV6_RECVPKTINFO, int(1)] : [IPPROTO_IP, IP_PKTINFO, int(1)]);
  for (const [level, name, value] of options) {
    if (libc.setsockopt(fd, level, name, value, value.length) < 0) return failure(libc, at, fd);
  }
  // Beyond net.core.rmem_max: with CAP_NET_ADMIN alone.
  libc.setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, int(RECEIVE_BUFFER), 4);
  const receiveBuffer = int(0);
  if (libc.getsockopt(fd, SOL_SOCKET, SO_RCVBUF, receiveBuffer, int(4)) < 0) return failure(libc, at, fd);
  if (libc.bind(fd, address, address.length) < 0) return failure(libc, at, fd);
  const length = int(address.length);
  if (libc.getsockname(fd, address, length) < 0) return failure(libc, at, fd);
  return ok({
    fd,
    address: { host: at.host, port: (address[2]! << 8) | address[3]! },
    receiveBuffer: new DataView(receiveBuffer.buffer).getInt32(0, true),
  });
}

/**
 * Takes no more datagrams, and whoever sends one is told so by ICMP. Those that have come can still be read, and answers
 * leave: the socket gets a peer, itself, and the kernel finds it for nobody else. Where that fails it goes on as before.
 */
export function refuseNewcomers(libc: Libc, fd: number): void {
  const address = memory(28);
  const length = int(address.length);
  if (libc.getsockname(fd, address, length) < 0) return;
  libc.connect(fd, address, new DataView(length.buffer).getInt32(0, true));
}

/** Whether the socket takes datagrams for every address of the machine, and must remember which one was asked. */
export function isWildcard({ host }: ListenAddress): boolean {
  return parseIpAddress(host)!.octets.every((octet) => octet === 0);
}

function failure(libc: Libc, at: ListenAddress, fd = -1): Result<BatchSocket, ListenError> {
  const code = libc.errnoName(libc.errno());
  if (fd >= 0) libc.close(fd);
  return err(bindError(Object.assign(new Error(code), { code }), at, "UDP"));
}

/** The address as a sockaddr_in (16 octets) or sockaddr_in6 (28). */
function socketAddress({ host, port }: ListenAddress): Uint8Array {
  const { family, octets } = parseIpAddress(host)!;
  const address = memory(family === 4 ? 16 : 28);
  address[0] = family === 4 ? AF_INET : AF_INET6;
  address[2] = port >> 8;
  address[3] = port & 0xff;
  address.set(octets, family === 4 ? 4 : 8);
  return address;
}

function int(value: number): Uint8Array {
  const octets = memory(4);
  new DataView(octets.buffer).setInt32(0, value, true);
  return octets;
}

/** The time as a struct timeval of two longs. */
function timeval(milliseconds: number): Uint8Array {
  const octets = memory(16);
  const view = new DataView(octets.buffer);
  view.setBigInt64(0, BigInt(Math.floor(milliseconds / 1000)), true);
  view.setBigInt64(8, BigInt((milliseconds % 1000) * 1000), true);
  return octets;
}
