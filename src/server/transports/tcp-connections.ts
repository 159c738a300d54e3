/**
 * The TCP connections of a worker, whatever address they came in on: how many there may be, which one makes room for
 * another, and how long one may idle (RFC 7766 section 6.2). No sockets: a connection is told to close by a callback.
 *
 * Time is counted in ticks of a timer that runs while there are connections: a worker that was held up for a while
 * does not find all of them timed out.
 */
import { formatIpPrefix, networkOf, parseIpAddress } from "../../shared/ip-address.ts";
import type { TcpLimits } from "../../shared/server-settings.ts";

/** Why a connection has ended. `refused`: no room, and none of the others idle. */
export type TcpCloseCause = "peer" | "timed-out" | "evicted" | "refused" | "stopped";

/** Each connection is opened once and closed once, refused ones too: the difference is how many are open. */
export interface TcpCounters {
  opened(): void;
  closed(cause: TcpCloseCause): void;
}

/** What a connection is about: nothing, the rest of a message that has begun, or answers that the peer is to take. */
export type TcpActivity = "idle" | "receiving" | "answering";

export interface TcpConnection {
  /** Is told that a message was answered, or that the peer has taken its answers: the time-out starts again. */
  progress(): void;
  enter(activity: TcpActivity): void;
  /** Is told that the connection has ended; the first cause counts. */
  closed(cause: TcpCloseCause): void;
}

export interface TcpConnections {
  /** Takes a connection in, or refuses it: undefined = there is no room. `close` ends it at once. */
  admit(address: string, close: () => void): TcpConnection | undefined;
  /** How long a connection may idle from now, in units of 100 ms; 0 = it had better be closed (RFC 7828 section 3.1). */
  keepalive(): number;
}

/** Milliseconds: the unit of RFC 7828, and how late a time-out may come. */
const TICK = 100;
/** Milliseconds that the time-out falls to: longer than a round trip around the world, so that a query may follow. */
const SHORTEST_IDLE = 1000;

interface Entry {
  readonly close: () => void;
  /** The entries of the same client, in the order of `all`. */
  readonly siblings: Set<Entry>;
  readonly client: string;
  activity: TcpActivity;
  /** The tick that the time-out is counted from. */
  since: number;
  /** Whether a message that begins counts as a sign of life: not again before the one before is answered. */
  trusted: boolean;
}

export function createTcpConnections(limits: TcpLimits, counters: TcpCounters): TcpConnections {
  /** All entries by `since`, the earliest first. */
  const all = new Set<Entry>();
  const clients = new Map<string, Set<Entry>>();
  let now = 0;
  let timer: NodeJS.Timeout | undefined;

  /** How long a connection may idle now, in milliseconds. */
  const timeout = (): number => {
    const shortest = Math.min(limits.idle, SHORTEST_IDLE);
    // RFC 7766 section 6.2.3: "the idle period can vary dynamically". Here: with the connections above one half.
    const above = Math.max(0, 2 * all.size - limits.connections);
    return limits.idle - ((limits.idle - shortest) * above) / limits.connections;
  };

  const remove = (entry: Entry, cause: TcpCloseCause): void => {
    if (!all.delete(entry)) return;
    entry.siblings.delete(entry);
    if (entry.siblings.size === 0) clients.delete(entry.client);
    if (all.size === 0) clearInterval(timer);
    counters.closed(cause);
  };

  const end = (entry: Entry, cause: TcpCloseCause): void => {
    remove(entry, cause);
    entry.close();
  };

  const renew = (entry: Entry): void => {
    // What it had sent before it was told to close.
    if (!all.delete(entry)) return;
    all.add(entry);
    entry.siblings.delete(entry);
    entry.siblings.add(entry);
    entry.since = now;
  };

  const tick = (): void => {
    now++;
    for (const entry of all) {
      // The tick that it began in is not a whole one. With each that leaves, the others may stay longer.
      if ((now - entry.since - 1) * TICK < timeout()) return;
      end(entry, "timed-out");
    }
  };

  return {
    admit(address, close) {
      const client = networkOfClient(address);
      const siblings = clients.get(client) ?? new Set();
      counters.opened();
      // RFC 7766 section 6.2.2: "servers MAY impose limits on the number of concurrent TCP connections being handled
      // for any particular client IP address or subnet". Who has too many pays alone.
      const full = siblings.size >= limits.perClient ? siblings : all.size >= limits.connections ? all : undefined;
      if (full !== undefined) {
        const spared = longestIdle(full);
        if (spared === undefined) {
          counters.closed("refused");
          return undefined;
        }
        end(spared, "evicted");
      }
      const entry: Entry = { close, siblings, client, activity: "idle", since: now, trusted: true };
      if (all.size === 0) timer = setInterval(tick, TICK);
      clients.set(client, siblings);
      siblings.add(entry);
      all.add(entry);
      return {
        progress() {
          renew(entry);
          entry.trusted = true;
        },
        enter(activity) {
          // RFC 7766 section 6.2.3: "servers SHOULD reset the idle timeout on the receipt of a full DNS message, rather
          // than on receipt of any part of a DNS message". Nor does one help that was not worth an answer.
          if (activity === "receiving" && entry.activity === "idle" && entry.trusted) {
            renew(entry);
            entry.trusted = false;
          }
          entry.activity = activity;
        },
        closed: (cause) => remove(entry, cause),
      };
    },
    keepalive() {
      // RFC 7828 section 3.3.2: "a timeout of 0 if it deems its local resources are too low to service more TCP
      // keepalive sessions or if it wants clients to close currently open connections".
      return all.size >= limits.connections ? 0 : Math.floor(timeout() / TICK);
    },
  };
}

/**
 * Half a message is no sign of life (RFC 7766 section 6.2.3): or whoever sends one octet would outlast those who have
 * asked and may ask again. Answers that the peer still takes are.
 */
function longestIdle(entries: ReadonlySet<Entry>): Entry | undefined {
  for (const entry of entries) if (entry.activity !== "answering") return entry;
  return undefined;
}

/** RFC 4291 section 2.5.1: interface identifiers have 64 bits, so one host may use every address of a /64. */
function networkOfClient(text: string): string {
  // A link-local peer carries its interface: fe80::1%eth0.
  const address = parseIpAddress(text.split("%", 1)[0]!);
  return address === undefined ? text : formatIpPrefix(networkOf(address, address.family === 4 ? 32 : 64));
}
