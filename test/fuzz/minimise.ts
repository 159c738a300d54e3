/** The smallest input that still fails, as far as leaving out and simplifying one piece after another leads. */

/** Tries; a failure that stays long after so many is short enough to look at. */
const MOST_TRIES = 5000;

/** `plain` is the octet that says least. */
export function minimise(input: Uint8Array, plain: number, fails: (candidate: Uint8Array) => boolean): Uint8Array {
  let smallest = input;
  let tries = 0;
  const isBetter = (candidate: Uint8Array): boolean => {
    if (tries++ >= MOST_TRIES || !fails(candidate)) return false;
    smallest = candidate;
    return true;
  };
  for (;;) {
    const before = smallest;
    for (let size = Math.ceil(smallest.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      // From the end, where leaving out moves nothing else.
      for (let at = smallest.length - size; at >= 0; at -= size) isBetter(without(smallest, at, size));
    }
    for (let at = 0; at < smallest.length; at++) {
      if (smallest[at] !== plain) isBetter(smallest.with(at, plain));
    }
    if (smallest === before || tries >= MOST_TRIES) return smallest;
  }
}

function without(octets: Uint8Array, at: number, size: number): Uint8Array {
  const rest = new Uint8Array(octets.length - size);
  rest.set(octets.subarray(0, at));
  rest.set(octets.subarray(at + size), at);
  return rest;
}
