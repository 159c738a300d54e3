/** Messages out of a TCP stream: each behind its length in two octets (RFC 1035 section 4.2.2). */

export interface FrameReader {
  /** Takes octets that have come, once `next` has none left of the chunk before. */
  push(chunk: Uint8Array): void;
  /** The next whole message, good until the next call; undefined where its end has not come. */
  next(): Uint8Array | undefined;
  /** Whether `next` has stopped within a message. */
  begun(): boolean;
}

/** Octets of a message's length. */
const PREFIX = 2;
/** Octets that the first piece of a message gets room for: most queries whole. */
const FIRST_ROOM = 512;

const NONE = new Uint8Array();

export function createFrameReader(): FrameReader {
  let chunk: Uint8Array = NONE;
  let at = 0;
  /** The start of a message whose end has not come, with its length; `filled` octets, 0 = there is none. */
  let pending: Uint8Array = NONE;
  let filled = 0;

  /** Takes up to `size` octets of the message from the chunk. True when all of them have come. */
  const fill = (size: number): boolean => {
    const end = Math.min(size, filled + chunk.length - at);
    if (end > pending.length) {
      // As much as has come and as much again, whatever length is promised: two octets must not cost 64 KiB.
      const room = new Uint8Array(Math.min(PREFIX + 0xffff, Math.max(FIRST_ROOM, end * 2)));
      room.set(pending.subarray(0, filled));
      pending = room;
    }
    const taken = chunk.subarray(at, at + end - filled);
    pending.set(taken, filled);
    at += taken.length;
    filled = end;
    return filled === size;
  };

  return {
    push(octets) {
      chunk = octets;
      at = 0;
    },
    next() {
      if (filled === 0) {
        const whole = frameAt(chunk, at);
        if (whole !== undefined) {
          at += PREFIX + whole.length;
          return whole;
        }
      }
      if (at < chunk.length) {
        if (fill(Math.max(PREFIX, filled)) && fill(PREFIX + lengthOf(pending, 0))) {
          const message = pending.subarray(PREFIX, filled);
          pending = NONE;
          filled = 0;
          return message;
        }
      }
      chunk = NONE;
      at = 0;
      return undefined;
    },
    begun: () => filled > 0,
  };
}

/** The whole message at this offset; undefined where its end has not come. */
function frameAt(chunk: Uint8Array, at: number): Uint8Array | undefined {
  if (at + PREFIX > chunk.length) return undefined;
  const end = at + PREFIX + lengthOf(chunk, at);
  return end > chunk.length ? undefined : chunk.subarray(at + PREFIX, end);
}

function lengthOf(octets: Uint8Array, at: number): number {
  return (octets[at]! << 8) | octets[at + 1]!;
}
