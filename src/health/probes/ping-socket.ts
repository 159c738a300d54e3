/**
 * Ping sockets of Linux (icmp(7), "ICMP socket"): datagrams of ICMP without privileges, where the sysctl
 * net.ipv4.ping_group_range, which counts for IPv6 as well, has a group of the process. Node cannot make one, but reads and
 * writes it like a UDP socket once it has its descriptor, in its event loop.
 */
import { loadLibc, memory, type Libc } from "../../system/libc.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Family } from "./icmp-echo.ts";

// Linux's numbers, the same on x86-64 and arm64: asm-generic/socket.h, linux/in.h, linux/in6.h, asm-generic/fcntl.h.
const SOCK_DGRAM = 2;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const OF_FAMILY = {
  4: { domain: 2, protocol: 1, level: 0, receiveErrors: 11 },
  6: { domain: 10, protocol: 58, level: 41, receiveErrors: 25 },
} as const;

/** Opens ping sockets of this machine. */
export interface PingSockets {
  /** A descriptor, which the caller closes; or why there is none: the name of an errno, such as `EACCES`, or words. */
  readonly open: (family: Family) => Result<number, string>;
  /** Why there will be none, in words; undefined = there are some. */
  readonly refusal: () => string | undefined;
}

interface System {
  readonly platform: NodeJS.Platform;
  readonly arch: NodeJS.Architecture;
  /** Loads libc; throws where it cannot. */
  readonly load: () => Libc;
}

const THIS_SYSTEM: System = { platform: process.platform, arch: process.arch, load: loadLibc };

/** Loads libc when it is first asked. */
export function createPingSockets({ platform, arch, load }: System = THIS_SYSTEM): PingSockets {
  let libc: Result<Libc, string> | undefined;

  function loaded(): Result<Libc, string> {
    if (platform !== "linux") return err(`ping sockets are not available on ${platform}`);
    if (arch !== "x64" && arch !== "arm64") return err(`ping sockets are not available on ${arch}`);
    try {
      return ok(load());
    } catch (cause) {
      return err(`koffi does not load: ${(cause as Error).message.split("\n", 1)[0]}`);
    }
  }

  function open(family: Family): Result<number, string> {
    libc ??= loaded();
    if (!libc.ok) return libc;
    const { socket, setsockopt, errno, errnoName } = libc.value;
    const { domain, protocol, level, receiveErrors } = OF_FAMILY[family];
    const fd = socket(domain, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
    if (fd < 0) return err(errnoName(errno()));
    // IP_RECVERR, IPV6_RECVERR: that a router finds no way to the host is told, and not waited for. Where not, it is.
    const one = memory(4);
    one[0] = 1;
    setsockopt(fd, level, receiveErrors, one, one.length);
    return ok(fd);
  }

  return {
    open,
    refusal() {
      const opened = open(4);
      if (!opened.ok) return opened.error === "EACCES" || opened.error === "EPERM" ? NOT_ALLOWED : opened.error;
      if (libc?.ok === true) libc.value.close(opened.value);
      return undefined;
    },
  };
}

export const NOT_ALLOWED = "net.ipv4.ping_group_range has no group of this process";
