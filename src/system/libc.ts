/**
 * The one door to libc, through koffi: the socket calls that Node does not have. Linux with glibc or musl, 64 bits,
 * little-endian; `server/transports/udp-batch/self-test.ts` proves that the layouts used here are those of the running system.
 */
import { createRequire } from "node:module";
import type * as Koffi from "koffi";

const require = createRequire(import.meta.url);

/** Results below 0: failed, and `errno()` says why. An array stands for its memory, and lives as long as the call. */
export interface Libc {
  readonly socket: (domain: number, type: number, protocol: number) => number;
  readonly setsockopt: (fd: number, level: number, name: number, value: Uint8Array, length: number) => number;
  readonly getsockopt: (fd: number, level: number, name: number, value: Uint8Array, length: Uint8Array) => number;
  readonly bind: (fd: number, address: Uint8Array, length: number) => number;
  readonly connect: (fd: number, address: Uint8Array, length: number) => number;
  readonly getsockname: (fd: number, address: Uint8Array, length: Uint8Array) => number;
  readonly close: (fd: number) => number;
  readonly recvmmsg: (fd: number, headers: Uint8Array, count: number, flags: number, timeout: null) => number;
  readonly sendmmsg: (fd: number, headers: Uint8Array, count: number, flags: number) => number;
  readonly poll: (fds: Uint8Array, count: number, milliseconds: number) => number;
  readonly ioctl: (fd: number, request: number, argument: Uint8Array) => number;
  readonly errno: () => number;
  /** The name of an errno, as Node writes it: `EADDRINUSE`. */
  readonly errnoName: (number: number) => string;
  /**
   * The memory address of the octets, for a structure. The garbage collector does not see it there: whoever writes it
   * must hold the array for as long as the structure is used. Only for memory that does not move: `memory()`.
   */
  readonly addressOf: (octets: Uint8Array) => bigint;
}

/** Throws where koffi cannot load or libc lacks a function; the caller falls back. */
export function loadLibc(): Libc {
  // Not imported: where koffi is missing or its binary does not load, everything else must.
  const koffi = require("koffi") as typeof Koffi;
  const library = koffi.load(null);
  const names = new Map(Object.entries(koffi.os.errno).map(([name, number]) => [number, name]));
  return {
    socket: library.func("int socket(int, int, int)"),
    setsockopt: library.func("int setsockopt(int, int, int, void *, uint32_t)"),
    getsockopt: library.func("int getsockopt(int, int, int, void *, void *)"),
    bind: library.func("int bind(int, void *, uint32_t)"),
    connect: library.func("int connect(int, void *, uint32_t)"),
    getsockname: library.func("int getsockname(int, void *, void *)"),
    close: library.func("int close(int)"),
    recvmmsg: library.func("int recvmmsg(int, void *, uint32_t, int, void *)"),
    sendmmsg: library.func("int sendmmsg(int, void *, uint32_t, int)"),
    poll: library.func("int poll(void *, uint64_t, int)"),
    ioctl: library.func("int ioctl(int, uint64_t, void *)"),
    errno: () => koffi.errno(),
    errnoName: (number) => names.get(number) ?? `errno ${number}`,
    addressOf: (octets) => koffi.address(octets),
  };
}

/** Zeroed memory that never moves: an ArrayBuffer of its own, since V8 keeps small arrays in its heap. */
export function memory(octets: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new ArrayBuffer(Math.max(octets, 128)), 0, octets);
}
