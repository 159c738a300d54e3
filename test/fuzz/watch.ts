/**
 * Memory that the fuzzing thread shares with the one that watches it: the input on trial, so that one which does not come
 * back, or takes the thread with it, is known; and whether to stop.
 */
import type { Trial } from "./fuzzer.ts";

/** Octets; what is longer is known by its start. */
const ROOM = 70_000;
const [BEAT, STOP, TARGET, VARIANT, LENGTH] = [0, 1, 2, 3, 4] as const;
const WORDS = 5;

export interface Watch {
  readonly memory: SharedArrayBuffer;
  /** By the fuzzing thread, before each trial. */
  show(target: number, trial: Trial): void;
  shown(): Trial & { readonly target: number };
  /** Another number as long as trials end. */
  beat(): number;
  stop(): void;
  stopped(): boolean;
}

export function createWatch(memory = new SharedArrayBuffer(WORDS * 4 + ROOM)): Watch {
  const words = new Int32Array(memory, 0, WORDS);
  const octets = new Uint8Array(memory, WORDS * 4);
  return {
    memory,
    show(target, { input, variant }) {
      words[TARGET] = target;
      words[VARIANT] = variant;
      words[LENGTH] = Math.min(input.length, ROOM);
      octets.set(input.length > ROOM ? input.subarray(0, ROOM) : input);
      Atomics.add(words, BEAT, 1);
    },
    shown: () => ({ target: words[TARGET]!, variant: words[VARIANT]!, input: octets.slice(0, words[LENGTH]) }),
    beat: () => Atomics.load(words, BEAT),
    stop: () => void Atomics.store(words, STOP, 1),
    stopped: () => Atomics.load(words, STOP) === 1,
  };
}
