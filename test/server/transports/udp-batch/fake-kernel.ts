/**
 * The system calls of the batched transport over plain memory, as Linux documents them for 64-bit little-endian
 * machines: recvmmsg(2), sendmmsg(2), recvmsg(2), cmsg(3), ip(7), ipv6(7). Written from the manual pages, not from the
 * code under test, so that a field in the wrong place shows. Failures and the age of datagrams are the test's to choose.
 */
import type { Libc } from "../../../../src/system/libc.ts";
import { formatIpAddress, parseIpAddress } from "../../../../src/shared/ip-address.ts";

export interface Datagram {
  /** The peer. */
  readonly peer: string;
  readonly port: number;
  readonly packet: Uint8Array;
  /** The address that it was sent to and the interface that it came through; told where the socket asks for control data. */
  readonly local?: string;
  readonly interface?: number;
}

export interface FakeKernel {
  readonly libc: Libc;
  /** What recvmmsg gives from now on, batch by batch. */
  arrive(fd: number, datagrams: readonly Datagram[]): void;
  /** What sendmmsg has sent, and what it was asked to send from where. */
  readonly sent: Datagram[];
  /** Calls so far, by name. */
  readonly calls: Readonly<Record<"recvmmsg" | "sendmmsg" | "poll", number>>;
  /** The errno with which the next sendings fail, one for each message; 0 = it is sent. */
  readonly sendErrors: number[];
  /** The errno with which the next receptions fail. */
  readonly receiveErrors: number[];
  /** What SIOCGSTAMPNS says, in milliseconds; undefined = it fails. */
  receivedAt: number | undefined;
}

const HEADER = 64;
const EAGAIN = 11;
const ENOENT = 2;
const SIOCGSTAMPNS = 0x8907;
/** How far apart the arrays lie: none reaches into the next. */
const STRIDE = 1n << 24n;

export function createFakeKernel(): FakeKernel {
  const bases = new Map<ArrayBufferLike, bigint>();
  const queues = new Map<number, Datagram[]>();
  const sent: Datagram[] = [];
  const sendErrors: number[] = [];
  const receiveErrors: number[] = [];
  const calls = { recvmmsg: 0, sendmmsg: 0, poll: 0 };
  let errno = 0;
  const fail = (number: number): number => {
    errno = number;
    return -1;
  };
  const addressOf = ({ buffer, byteOffset }: Uint8Array): bigint => {
    const base = bases.get(buffer) ?? STRIDE * BigInt(bases.size + 1);
    bases.set(buffer, base);
    return base + BigInt(byteOffset);
  };
  const memoryAt = (address: bigint, length: number): Uint8Array => {
    for (const [buffer, base] of bases) {
      const offset = Number(address - base);
      if (offset >= 0 && offset + length <= buffer.byteLength) return new Uint8Array(buffer, offset, length);
    }
    throw new Error(`EFAULT: ${length} octets at ${address}`);
  };
  const fieldsOf = (headers: Uint8Array, place: number): DataView =>
    new DataView(headers.buffer, headers.byteOffset + place * HEADER, HEADER);
  /** struct msghdr: name, namelen, iov, iovlen, control, controllen; behind it the length of the message. */
  const receive = (fields: DataView, { peer, port, packet, local, interface: index = 0 }: Datagram): void => {
    const name = socketAddress(peer, port);
    const capacity = fields.getUint32(8, true);
    memoryAt(fields.getBigUint64(0, true), capacity).set(name.subarray(0, capacity));
    fields.setUint32(8, name.length, true);
    if (fields.getBigUint64(24, true) !== 1n) throw new Error("one io vector for each message");
    const vector = viewOf(memoryAt(fields.getBigUint64(16, true), 16));
    const room = Number(vector.getBigUint64(8, true));
    memoryAt(vector.getBigUint64(0, true), room).set(packet.subarray(0, room));
    fields.setUint32(56, Math.min(packet.length, room), true);
    const control = local === undefined ? new Uint8Array() : packetInfo(local, index);
    const controlRoom = Number(fields.getBigUint64(40, true));
    // ip(7), recvmsg(2): control data without room is cut, and MSG_CTRUNC says so.
    const fits = controlRoom >= control.length;
    if (fits && control.length > 0) memoryAt(fields.getBigUint64(32, true), control.length).set(control);
    fields.setBigUint64(40, fits ? BigInt(control.length) : 0n, true);
  };
  const send = (fields: DataView): void => {
    const name = memoryAt(fields.getBigUint64(0, true), fields.getUint32(8, true));
    const vector = viewOf(memoryAt(fields.getBigUint64(16, true), 16));
    const packet = memoryAt(vector.getBigUint64(0, true), Number(vector.getBigUint64(8, true)));
    const length = Number(fields.getBigUint64(40, true));
    const control = length === 0 ? {} : readPacketInfo(memoryAt(fields.getBigUint64(32, true), length));
    sent.push({ ...readSocketAddress(name), packet: Uint8Array.from(packet), ...control });
  };

  const kernel: FakeKernel = {
    sent,
    calls,
    sendErrors,
    receiveErrors,
    receivedAt: undefined,
    arrive: (fd, datagrams) => void queues.set(fd, [...(queues.get(fd) ?? []), ...datagrams]),
    libc: {
      socket: () => 3,
      setsockopt: () => 0,
      getsockopt: () => 0,
      bind: () => 0,
      connect: () => 0,
      getsockname: () => 0,
      close: () => 0,
      recvmmsg(fd, headers, count) {
        calls.recvmmsg++;
        const failure = receiveErrors.shift();
        if (failure !== undefined) return fail(failure);
        const datagrams = queues.get(fd)?.splice(0, count) ?? [];
        for (const [place, datagram] of datagrams.entries()) receive(fieldsOf(headers, place), datagram);
        return datagrams.length > 0 ? datagrams.length : fail(EAGAIN);
      },
      sendmmsg(_fd, headers, count) {
        calls.sendmmsg++;
        for (let place = 0; place < count; place++) {
          const failure = sendErrors[0] ?? 0;
          // sendmmsg(2): an error is told only where it is the first message's; else how many were sent before it.
          if (failure !== 0 && place > 0) return place;
          sendErrors.shift();
          if (failure !== 0) return fail(failure);
          send(fieldsOf(headers, place));
        }
        return count;
      },
      poll() {
        calls.poll++;
        return 0;
      },
      ioctl(_fd, request, argument) {
        if (request !== SIOCGSTAMPNS || kernel.receivedAt === undefined) return fail(ENOENT);
        const seconds = Math.floor(kernel.receivedAt / 1000);
        viewOf(argument).setBigInt64(0, BigInt(seconds), true);
        viewOf(argument).setBigInt64(8, BigInt(Math.floor((kernel.receivedAt - seconds * 1000) * 1e6)), true);
        return 0;
      },
      errno: () => errno,
      errnoName: (number) => `errno ${number}`,
      addressOf,
    },
  };
  return kernel;
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function octetsOf(address: string): Uint8Array {
  return parseIpAddress(address)!.octets;
}

/** ip(7): family, port, address. ipv6(7): family, port, flow, address, scope. */
function socketAddress(host: string, port: number): Uint8Array {
  const octets = octetsOf(host);
  const name = new Uint8Array(octets.length === 4 ? 16 : 28);
  viewOf(name).setUint16(0, octets.length === 4 ? 2 : 10, true);
  viewOf(name).setUint16(2, port);
  name.set(octets, octets.length === 4 ? 4 : 8);
  return name;
}

function readSocketAddress(name: Uint8Array): { readonly peer: string; readonly port: number } {
  const family = viewOf(name).getUint16(0, true);
  const peer =
    family === 2 && name.length === 16
      ? textOf(name, 4, 4)
      : family === 10 && name.length === 28
        ? textOf(name, 8, 16)
        : "";
  if (peer === "") throw new Error(`EINVAL: a peer of family ${family} in ${name.length} octets`);
  return { peer, port: viewOf(name).getUint16(2) };
}

/** cmsg(3): length, level, type; then in_pktinfo (interface, local, destination) or in6_pktinfo (destination, interface). */
function packetInfo(local: string, index: number): Uint8Array {
  const octets = octetsOf(local);
  const [length, space, level, type] = octets.length === 4 ? [28, 32, 0, 8] : [36, 40, 41, 50];
  const control = new Uint8Array(space);
  const view = viewOf(control);
  view.setBigUint64(0, BigInt(length), true);
  view.setInt32(8, level, true);
  view.setInt32(12, type, true);
  control.set(octets, octets.length === 4 ? 20 : 16);
  if (octets.length === 4) control.set(octets, 24);
  view.setInt32(octets.length === 4 ? 16 : 32, index, true);
  return control;
}

function readPacketInfo(control: Uint8Array): { readonly local: string; readonly interface: number } {
  const view = viewOf(control);
  const kind = [Number(view.getBigUint64(0, true)), view.getInt32(8, true), view.getInt32(12, true)].join(" ");
  if (kind === "28 0 8" && control.length === 32)
    return { local: textOf(control, 20, 4), interface: view.getInt32(16, true) };
  if (kind === "36 41 50" && control.length === 40)
    return { local: textOf(control, 16, 16), interface: view.getInt32(32, true) };
  throw new Error(`EINVAL: control data ${kind} in ${control.length} octets`);
}

function textOf(memory: Uint8Array, at: number, length: 4 | 16): string {
  return formatIpAddress({ family: length === 4 ? 4 : 6, octets: memory.slice(at, at + length) });
}
