/**
 * The names of this machine's hosts file (hosts(5)), which come before the DNS. Read again when the file has changed.
 * A file that is no regular file, or too long to be read at once, counts as empty, and the log says so.
 */
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";
import { parseIpAddress } from "../../shared/ip-address.ts";
import type { Clock, Logger } from "../../shared/ports.ts";

/** The addresses of a name in lower case without final dot; undefined = the file does not have it. */
export type HostsFile = (name: string) => readonly string[] | undefined;

/** Milliseconds for which the file is not looked at again. */
const RECHECK_MS = 1000;

/** Octets; reading that much takes this thread some ten milliseconds. */
const MAX_OCTETS = 128 * 1024;

export function createHostsFile(path: string, { clock, logger }: { clock: Clock; logger: Logger }): HostsFile {
  let hosts: ReadonlyMap<string, readonly string[]> = new Map();
  let version: string | undefined;
  let checkedAt = Number.NEGATIVE_INFINITY;
  return (name) => {
    const now = clock();
    if (now - checkedAt >= RECHECK_MS) {
      checkedAt = now;
      const found = versionOf(path);
      if (found !== version) {
        version = found;
        const text = found === undefined ? "" : readText(path);
        if (text === undefined)
          logger.warn({ file: path }, "the hosts file is not used: not a regular file, or too long");
        hosts = parseHosts(text ?? "");
      }
    }
    return hosts.get(name);
  };
}

/** Name → addresses, from the text of a hosts file. Lines that cannot be read are skipped. */
export function parseHosts(text: string): ReadonlyMap<string, readonly string[]> {
  const hosts = new Map<string, Set<string>>();
  for (const line of text.split("\n")) {
    const [address = "", ...names] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (parseIpAddress(address) === undefined) continue;
    for (const name of names) {
      const key = name.toLowerCase().replace(/\.$/, "");
      const addresses = hosts.get(key);
      if (addresses === undefined) hosts.set(key, new Set([address]));
      else addresses.add(address);
    }
  }
  return new Map([...hosts].map(([name, addresses]) => [name, [...addresses]]));
}

/** Equal for two looks at the same text; undefined = there is no such file. */
function versionOf(path: string): string | undefined {
  try {
    const { ino, size, mtimeMs } = statSync(path);
    return `${ino} ${size} ${mtimeMs}`;
  } catch {
    return undefined;
  }
}

function readText(path: string): string | undefined {
  let file: number | undefined;
  try {
    // A FIFO would hold this thread until somebody writes.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const { size } = fstatSync(file);
    if (!fstatSync(file).isFile() || size > MAX_OCTETS) return undefined;
    const octets = Buffer.alloc(size);
    return octets.toString("utf8", 0, readSync(file, octets));
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
