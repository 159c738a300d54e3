/**
 * One connection: queries out of the stream, answers into it in the order of the queries, and no faster than the peer
 * takes them (RFC 7766 section 6.2.1.1). How long it may stay is for `tcp-connections.ts` to say.
 */
import type { Socket } from "node:net";
import { TCP } from "../answer/traits.ts";
import type { TcpCloseCause, TcpConnections } from "./tcp-connections.ts";
import { createFrameReader } from "./tcp-frames.ts";
import { textPeer } from "./text-peer.ts";
import type { CurrentAnswerer } from "./listener.ts";

export interface TcpStream {
  /** Answers what has been received, then says goodbye. */
  end(cause: TcpCloseCause): void;
}

/** Octets of a message's length. */
const PREFIX = 2;
/**
 * Octets of answers after which the peer is to take them, and others get a turn. More would save little, and thousands
 * of peers that never read hold as much each.
 */
export const BATCH = 16 * 1024;

/** One buffer for the thread: an answer is copied before the next one is written. */
const batch = new Uint8Array(BATCH + PREFIX + TCP.longest);

/** Serves a connection; undefined = there was no room for it, and it has been closed. */
export function serveStream(
  socket: Socket,
  { answerer, connections }: { readonly answerer: CurrentAnswerer; readonly connections: TcpConnections },
): TcpStream | undefined {
  // A peer that resets is gone; "close" follows.
  socket.on("error", () => {});
  const { remoteAddress } = socket;
  // No address: it was gone before it was accepted.
  const connection = remoteAddress && connections.admit(remoteAddress, () => socket.destroy());
  if (!connection) {
    socket.destroy();
    return undefined;
  }
  const frames = createFrameReader();
  const peer = textPeer();
  peer.address = remoteAddress;
  let cause: TcpCloseCause = "peer";
  /** Whether the rest of what has been received waits for its turn. */
  let waiting = false;
  let ending = false;

  /** Fills the batch with answers to the next messages, each behind its length. The number of octets. */
  const fillBatch = (): number => {
    let size = 0;
    while (size < BATCH) {
      const message = frames.next();
      if (message === undefined) break;
      peer.keepalive = connections.keepalive();
      const length = answerer()(message, message.length, peer, batch.subarray(size + PREFIX), TCP);
      if (length === 0) continue;
      batch[size] = length >> 8;
      batch[size + 1] = length & 0xff;
      size += PREFIX + length;
    }
    return size;
  };

  const answer = (): void => {
    const size = fillBatch();
    if (size > 0) connection.progress();
    // RFC 7766 section 8: length and message "to the TCP layer at the same time".
    const taken = size === 0 || socket.write(Buffer.from(batch.subarray(0, size)));
    waiting = size >= BATCH || !taken;
    if (waiting) {
      // Who does not read gets no more answers and is not read from either.
      connection.enter("answering");
      socket.pause();
      if (taken) answerLater();
      return;
    }
    connection.enter(frames.begun() ? "receiving" : "idle");
    if (ending) socket.end();
    socket.resume();
  };

  /** Goes on after others had a turn: a peer that reads as fast as it asks must not hold them up. */
  const answerLater = (): void => {
    setImmediate(() => {
      if (!socket.destroyed) answer();
    });
  };

  socket.on("drain", () => {
    connection.progress();
    answerLater();
  });
  socket.on("data", (chunk: Buffer) => {
    if (ending) return;
    frames.push(chunk);
    answer();
  });
  const end = (): void => {
    ending = true;
    if (!waiting) socket.end();
  };
  socket.on("end", end);
  socket.on("close", () => connection.closed(cause));

  return {
    end(why) {
      cause = why;
      end();
    },
  };
}
