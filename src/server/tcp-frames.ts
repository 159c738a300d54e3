/** Messages out of a TCP stream: each behind its length in two octets (RFC 1035 section 4.2.2). */

export interface FrameReader {
  /** Octets that have come, once `next` has none left of those before. */
  push(chunk: Uint8Array): void;
  /** The next whole message, good until the next call; undefined where its end has not come. */
  next(): Uint8Array | undefined;
}

/** Octets of the length. */
const PREFIX = 2;

const NONE = new Uint8Array();

export function createFrameReader(): FrameReader {
  let chunk: Uint8Array = NONE;
  let at = 0;
  /** The start of a message whose end has not come, in memory of its whole size as far as that is known. */
  let pending: Uint8Array | undefined;
  let filled = 0;

  return {
    push(octets) {
      chunk = octets;
      at = 0;
    },
    next() {
      while (at < chunk.length) {
        if (pending === undefined) {
          const whole = frameAt(chunk, at);
          if (whole !== undefined) {
            at += PREFIX + whole.length;
            return whole;
          }
          pending = new Uint8Array(PREFIX);
          filled = 0;
        }
        const take = Math.min(pending.length - filled, chunk.length - at);
        pending.set(chunk.subarray(at, at + take), filled);
        filled += take;
        at += take;
        if (filled === PREFIX && pending.length === PREFIX) {
          const frame: Uint8Array = new Uint8Array(PREFIX + lengthOf(pending, 0));
          frame.set(pending);
          pending = frame;
        }
        if (filled < pending.length) continue;
        const message = pending.subarray(PREFIX);
        pending = undefined;
        return message;
      }
      chunk = NONE;
      return undefined;
    },
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
