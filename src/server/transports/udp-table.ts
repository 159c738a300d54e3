/**
 * The kernel's table of UDP sockets, /proc/net/udp and udp6 (proc_pid_net(5)): who else has an address, and what was
 * dropped because a receive buffer was full. It tells so of all sockets, Node's too, whose options Node does not read.
 * Where there is no such table nothing is known.
 */
import { open } from "node:fs/promises";
import { parseIpAddress } from "../../shared/ip-address.ts";
import type { ListenAddress } from "../../shared/server-settings.ts";

export interface UdpSocketRow {
  readonly inode: string;
  /** Datagrams for which there was no room. */
  readonly drops: number;
}

/** Octets that are read of a table at most: of some 32,000 sockets. */
const LIMIT = 4 * 1024 * 1024;
const CHUNK = 64 * 1024;

/** The sockets bound to exactly this address that take datagrams of everybody; undefined where nobody tells. */
export async function udpSocketsAt(address: ListenAddress): Promise<readonly UdpSocketRow[] | undefined> {
  const { family } = parseIpAddress(address.host)!;
  try {
    return socketsIn(await readStart(family === 4 ? "/proc/net/udp" : "/proc/net/udp6"), address);
  } catch {
    return undefined;
  }
}

/** From the text of the table. */
export function socketsIn(table: string, address: ListenAddress): readonly UdpSocketRow[] {
  const local = addressText(address);
  const rows: UdpSocketRow[] = [];
  for (const line of table.split("\n")) {
    if (!line.includes(local)) continue;
    const [, at, , state, , , , , , inode = "", , , drops] = line.trim().split(/\s+/);
    if (at === local && state === UNCONNECTED) rows.push({ inode, drops: Number(drops) });
  }
  return rows;
}

/** TCP_CLOSE: of UDP, a socket without a peer. */
const UNCONNECTED = "07";

/** Words of the address as the kernel has them in memory, read as numbers of this machine; all of ours are little-endian. */
function addressText({ host, port }: ListenAddress): string {
  const { octets } = parseIpAddress(host)!;
  let text = "";
  for (let word = 0; word < octets.length; word += 4) {
    for (let octet = word + 3; octet >= word; octet--) text += hexadecimal(octets[octet]!, 2);
  }
  return `${text}:${hexadecimal(port, 4)}`;
}

function hexadecimal(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, "0");
}

async function readStart(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const chunks: Buffer[] = [];
    for (let size = 0; size < LIMIT;) {
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, null);
      if (bytesRead === 0) break;
      chunks.push(buffer.subarray(0, bytesRead));
      size += bytesRead;
    }
    return Buffer.concat(chunks).toString("latin1");
  } finally {
    await handle.close();
  }
}

export interface KernelDrops {
  /** Datagrams dropped since the start, for all sockets that were ever seen; never less than before. */
  read(addresses: readonly ListenAddress[]): Promise<number | undefined>;
}

/** Remembers sockets that are gone, as those of a worker that has died: what they have dropped stays dropped. */
export function createKernelDrops(socketsAt = udpSocketsAt): KernelDrops {
  /** By inode. None is forgotten: a socket is out of sight while it has a peer, as one that is being closed has. */
  const seen = new Map<string, number>();
  let total = 0;
  /** Whoever asks meanwhile gets the same: an older table must not come behind a newer one. */
  let reading: Promise<number | undefined> | undefined;

  const read = async (addresses: readonly ListenAddress[]): Promise<number | undefined> => {
    const tables = await Promise.all(addresses.map((address) => socketsAt(address)));
    if (tables.includes(undefined)) return undefined;
    for (const { inode, drops } of tables.flatMap((rows) => rows ?? [])) {
      const before = seen.get(inode) ?? 0;
      // Less than before: another socket has got the number.
      total += drops < before ? drops : drops - before;
      seen.set(inode, drops);
    }
    return total;
  };

  return {
    read(addresses) {
      reading ??= read(addresses).finally(() => (reading = undefined));
      return reading;
    },
  };
}
