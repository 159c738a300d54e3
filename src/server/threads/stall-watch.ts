/**
 * A worker that one query keeps for ever answers nobody, and says nothing: it never comes back to where it would. So a
 * word of shared memory tells which query it is busy with, 0 = none, and the main thread looks at it from time to time.
 *
 * A worker that has been given up never goes on: it is terminated, and koffi ends the whole process when its thread is
 * terminated in a system call. There is none within the answerer, and whoever leaves it late waits for its end there.
 */
import type { Answerer } from "../answer/answer-query.ts";

export interface StallWatch {
  /**
   * To be called by `lookRegularly`. Milliseconds that the worker has spent on one query, once it is given up for
   * that: from now on it waits for its end. 0 = it goes on.
   */
  look(): number;
  /** Starts to count anew: the time that has passed says nothing of the worker. */
  forget(): void;
}

/** Milliseconds. */
const LOOK_INTERVAL = 250;
/** Milliseconds that a look may come late before it tells more of the machine, or of a stopped process, than of a worker. */
const LATE = 100;
/** A whole second, or a little more. A query takes microseconds, the worst that is known a few milliseconds. */
const LOOKS = 4;

/** Octets, and the word in their midst: it has a cache line of its own, or workers would slow each other down. */
const MEMORY = 128;
const WORD = 16;
const NO_QUERY = 0;
const GIVEN_UP = -1;
/** Queries are told apart by a number that is neither of the two. */
const LAST_NUMBER = 0x7fffffff;

/** What a worker and its watch share. */
export function createQueryWord(): SharedArrayBuffer {
  return new SharedArrayBuffer(MEMORY);
}

export function createStallWatch(memory: SharedArrayBuffer): StallWatch {
  const words = new Int32Array(memory);
  let seen = NO_QUERY;
  let looks = 0;
  return {
    look() {
      const query = Atomics.load(words, WORD);
      if (query !== seen || query <= NO_QUERY) {
        seen = query;
        looks = 0;
        return 0;
      }
      looks++;
      if (looks < LOOKS || Atomics.compareExchange(words, WORD, query, GIVEN_UP) !== query) return 0;
      return looks * LOOK_INTERVAL;
    },
    forget() {
      looks = 0;
    },
  };
}

/** Looks as often as a watch needs it; `late`: this thread was held up, and so may all others have been. */
export function lookRegularly(look: (late: boolean) => void): NodeJS.Timeout {
  let due = performance.now() + LOOK_INTERVAL;
  return setInterval(() => {
    const now = performance.now();
    const late = now > due + LATE;
    due = now + LOOK_INTERVAL;
    look(late);
  }, LOOK_INTERVAL).unref();
}

/** The worker's end: tells of each query, and does not come back from one for which the worker has been given up. */
export function tellQueries(answer: Answerer, memory: SharedArrayBuffer): Answerer {
  const words = new Int32Array(memory);
  let number = NO_QUERY;
  return (packet, length, peer, out, traits) => {
    number = number === LAST_NUMBER ? 1 : number + 1;
    words[WORD] = number;
    const size = answer(packet, length, peer, out, traits);
    if (Atomics.compareExchange(words, WORD, number, NO_QUERY) !== number) waitForEnd(words);
    return size;
  };
}

function waitForEnd(words: Int32Array): never {
  for (;;) Atomics.wait(words, WORD, GIVEN_UP);
}
