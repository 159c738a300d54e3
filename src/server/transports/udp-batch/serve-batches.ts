/**
 * The loop of a batched UDP worker: recvmmsg, answer each in place, sendmmsg. It blocks its thread, which has no event
 * loop while it runs; messages of the main thread are looked for between batches.
 */
import type { Counters } from "../../../telemetry/counters.ts";
import type { Answerer } from "../../answer/answer-query.ts";
import type { Peer } from "../../answer/peer.ts";
import { UDP } from "../../answer/traits.ts";
import { memory, type Libc } from "../../../system/libc.ts";
import { BATCH, createMessageSlots, type MessageSlots } from "./message-slots.ts";
import { WAIT } from "./socket.ts";

export interface WorkerSocket {
  readonly fd: number;
  readonly wildcard: boolean;
}

/** Is told of what is answered, in between system calls. */
export interface Busy {
  /** A batch has come. */
  begin(): void;
  /** The next of its queries is answered. */
  next(): void;
  /** All are; returns once the batch may be sent. */
  end(): void;
}

export interface BatchDuties {
  /** Reads messages of the main thread; false = stop. */
  readonly attend: () => boolean;
  readonly answerer: () => Answerer;
  readonly counters: () => Counters;
  readonly busy: Busy;
}

export interface Batches {
  /** Serves until `attend` says stop. */
  serve(): void;
  /** Answers what has been received, for `DRAIN_LIMIT` at most. */
  drain(): void;
}

const MSG_DONTWAIT = 0x40;
const MSG_WAITFORONE = 0x10000;
const EINTR = 4;
const EAGAIN = 11;
const POLLIN = 1;
/** ioctl that tells when the datagram last received came in: struct timespec, CLOCK_REALTIME. socket(7). */
const SIOCGSTAMPNS = 0x8907;
/**
 * Milliseconds after which no resolver waits for an answer: PowerDNS Recursor and Unbound ask again within 1.5 s.
 * Only a worker that was held up for so long meets such datagrams; it lets them go until it meets newer ones.
 */
const USEFUL = 1500;

/**
 * Milliseconds that draining may take. A full buffer takes some ten; more only where newcomers cannot be refused and a
 * flood goes on.
 */
const DRAIN_LIMIT = 500;

export function createBatches(libc: Libc, sockets: readonly WorkerSocket[], duties: BatchDuties): Batches {
  const lines = sockets.map((socket) => createLine(libc, socket, duties));
  const tryAll = (): number => lines.reduce((sum, line) => sum + line.turn(MSG_DONTWAIT), 0);
  // One socket: the kernel waits in recvmmsg. Several: they are tried in turn, and poll waits when all are empty.
  const waiting = pollAll(libc, sockets);
  const turn = (): void => {
    if (lines.length === 1) lines[0]!.turn(MSG_WAITFORONE);
    else if (tryAll() === 0) waiting();
  };
  return {
    serve() {
      while (duties.attend()) turn();
    },
    drain() {
      const deadline = performance.now() + DRAIN_LIMIT;
      while (tryAll() > 0 && performance.now() < deadline);
    },
  };
}

interface Line {
  /** Answers one batch. The number of datagrams received. */
  turn(flags: number): number;
}

function createLine(libc: Libc, { fd, wildcard }: WorkerSocket, { answerer, counters, busy }: BatchDuties): Line {
  const slots = createMessageSlots(libc, { withControl: wildcard });
  const { packets, answers } = slots;
  const isStale = staleness(libc, fd);
  let used = BATCH;
  let slot = 0;
  const peer: Peer = { readAddress: (words) => slots.peerAddress(slot, words), keepalive: -1 };

  return {
    turn(flags) {
      slots.reset(used);
      const received = libc.recvmmsg(fd, slots.received, BATCH, flags, null);
      if (received <= 0) {
        const errno = received < 0 ? libc.errno() : EAGAIN;
        if (errno !== EAGAIN && errno !== EINTR) throw new Error(`recvmmsg: ${libc.errnoName(errno)}`);
        used = 0;
        return 0;
      }
      used = received;
      // A batch that is not full was waited for.
      if (received === BATCH && isStale()) {
        counters().event("shed", received);
        return received;
      }
      const answer = answerer();
      let replies = 0;
      busy.begin();
      for (slot = 0; slot < received; slot++) {
        // Nobody can be answered at port 0.
        if (slots.peerPort(slot) === 0) {
          counters().event("dropped");
          continue;
        }
        busy.next();
        const size = answer(packets[slot]!, slots.packetLength(slot), peer, answers[slot]!, UDP);
        if (size > 0) slots.reply(replies++, slot, size);
      }
      busy.end();
      const unsent = send(libc, fd, slots, replies);
      if (unsent > 0) counters().event("unsent", unsent);
      return received;
    },
  };
}

/** The number of replies that could not be sent. */
function send(libc: Libc, fd: number, slots: MessageSlots, replies: number): number {
  let unsent = 0;
  for (let at = 0; at < replies;) {
    const sent = libc.sendmmsg(fd, slots.toSend(at), replies - at, 0);
    if (sent > 0) {
      at += sent;
      continue;
    }
    const errno = sent < 0 ? libc.errno() : 0;
    if (errno === EINTR) continue;
    // The buffer has been full for `WAIT`: one such wait is enough.
    if (errno === EAGAIN) return unsent + replies - at;
    // A reply that cannot be sent (no route) is a lost datagram; the others are not.
    unsent++;
    at++;
  }
  return unsent;
}

/** Whether the newest datagram of the last batch is too old to be worth an answer. */
function staleness(libc: Libc, fd: number): () => boolean {
  const stamp = memory(16);
  const view = new DataView(stamp.buffer);
  // The first call makes the kernel take the time of each datagram from now on.
  libc.ioctl(fd, SIOCGSTAMPNS, stamp);
  return () => {
    if (libc.ioctl(fd, SIOCGSTAMPNS, stamp) < 0) return false;
    const received = view.getUint32(0, true) * 1000 + view.getUint32(8, true) / 1e6;
    return Date.now() - received > USEFUL;
  };
}

/** Waits until one of the sockets has a datagram, or for `WAIT` milliseconds. */
function pollAll(libc: Libc, sockets: readonly WorkerSocket[]): () => void {
  // struct pollfd: fd (4), events (2), revents (2).
  const fds = memory(sockets.length * 8);
  const view = new DataView(fds.buffer);
  for (const [i, { fd }] of sockets.entries()) {
    view.setInt32(i * 8, fd, true);
    view.setInt16(i * 8 + 4, POLLIN, true);
  }
  return () => void libc.poll(fds, sockets.length, WAIT);
}
