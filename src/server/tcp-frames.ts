/** Messages out of a TCP stream: each behind its length in two octets (RFC 1035 section 4.2.2). */

export interface FrameReader {
  /** Gives each whole message to `onMessage`; it is good for the time of the call. */
  push(chunk: Uint8Array, onMessage: (message: Uint8Array) => void): void;
}

/** Octets of the length. */
const PREFIX = 2;

export function createFrameReader(): FrameReader {
  /** The start of a message whose end has not come, in memory of its whole size as far as that is known. */
  let pending: Uint8Array | undefined;
  let filled = 0;

  return {
    push(chunk, onMessage) {
      let at = 0;
      while (at < chunk.length) {
        if (pending === undefined) {
          const whole = frameAt(chunk, at);
          if (whole !== undefined) {
            onMessage(whole);
            at += PREFIX + whole.length;
            continue;
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
        onMessage(message);
      }
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
