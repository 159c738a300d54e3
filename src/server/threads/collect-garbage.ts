/**
 * Collects this thread's garbage at once. A generation that is over leaves much of it, shared memory too, to threads that
 * allocate next to nothing from then on, and so would not collect it for a long time.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

let collect: (() => void) | undefined;

/** Frees what nobody holds any more. Takes some ten milliseconds. */
export function collectGarbage(): void {
  if (collect === undefined) {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as () => void;
  }
  collect();
}
