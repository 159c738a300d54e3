/**
 * Who is at the other end of a Unix socket: the kernel tells (SO_PEERCRED, unix(7)), Node does not. Nobody can claim to
 * be another. Linux alone; elsewhere nobody is known.
 */
import { loadLibc, memory, type Libc } from "../system/libc.ts";

/** socket.h of x86-64 and arm64. */
const SOL_SOCKET = 1;
const SO_PEERCRED = 17;

/** `struct ucred`: process, user and group, 32 bits each. */
const UCRED = 12;
const USER_AT = 4;

/** The user id behind a socket's descriptor; undefined where it cannot be known. Loads libc when it is first asked. */
export function createPeerUser(): (descriptor: number) => number | undefined {
  let libc: Libc | undefined;
  let isMissing = process.platform !== "linux" || !["x64", "arm64"].includes(process.arch);
  return (descriptor) => {
    if (isMissing) return undefined;
    try {
      libc ??= loadLibc();
    } catch {
      isMissing = true;
      return undefined;
    }
    const credentials = memory(UCRED);
    const length = memory(4);
    new DataView(length.buffer).setUint32(0, UCRED, true);
    if (libc.getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, credentials, length) < 0) return undefined;
    return new DataView(credentials.buffer).getUint32(USER_AT, true);
  };
}
