/**
 * A worker that one query keeps for ever answers nobody, and says nothing: it never comes back to where it would. So two
 * words of shared memory tell which queries it is busy with, those of one batch, and how many it has begun; the main
 * thread looks at them from time to time.
 *
 * A worker that has been given up never goes on: it is terminated, and koffi ends the whole process when its thread is
 * terminated in a system call. There is none while a batch is answered, and whoever ends one late waits for its end there.
 */
import type { Answerer } from "../answer/answer-query.ts";
import type { Busy } from "../transports/udp-batch/serve-batches.ts";

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

/** Octets, and the words in their midst: they have a cache line of their own, or workers would slow each other down. */
const MEMORY = 192;
const BATCH = 16;
const QUERY = 17;
const NO_BATCH = 0;
const GIVEN_UP = -1;
/** Batches are told apart by a number that is neither of the two. */
const LAST_NUMBER = 0x7fffffff;

/** What a worker and its watch share. */
export function createBusyWords(): SharedArrayBuffer {
  return new SharedArrayBuffer(MEMORY);
}

export function createStallWatch(memory: SharedArrayBuffer): StallWatch {
  const words = new Int32Array(memory);
  let seenBatch = NO_BATCH;
  let seenQuery = 0;
  let looks = 0;
  return {
    look() {
      const batch = Atomics.load(words, BATCH);
      const query = Atomics.load(words, QUERY);
      if (batch !== seenBatch || query !== seenQuery || batch <= NO_BATCH) {
        seenBatch = batch;
        seenQuery = query;
        looks = 0;
        return 0;
      }
      looks++;
      if (looks < LOOKS || Atomics.compareExchange(words, BATCH, batch, GIVEN_UP) !== batch) return 0;
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

/** The worker's end: what it is told of its batches. */
export function createBusy(memory: SharedArrayBuffer): Busy {
  const words = new Int32Array(memory);
  let batch = NO_BATCH;
  let query = 0;
  return {
    begin() {
      batch = batch === LAST_NUMBER ? 1 : batch + 1;
      words[BATCH] = batch;
    },
    next() {
      query = (query + 1) | 0;
      // Not atomic, which would take ten times as long: it is seen sooner or later.
      words[QUERY] = query;
    },
    end() {
      if (Atomics.compareExchange(words, BATCH, batch, NO_BATCH) === batch) return;
      for (;;) Atomics.wait(words, BATCH, GIVEN_UP);
    },
  };
}

/** An answerer for those who answer one query at a time: each is a batch. */
export function tellQueries(answer: Answerer, busy: Busy): Answerer {
  return (packet, length, peer, out, traits) => {
    busy.begin();
    const size = answer(packet, length, peer, out, traits);
    busy.end();
    return size;
  };
}
