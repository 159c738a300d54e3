/**
 * Collects this thread's garbage at once. A generation that is over leaves much of it, shared memory too, to threads that
 * allocate next to nothing from then on, and so would not collect it for a long time.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

type Collect = (options?: { readonly type: "minor" }) => void;

let collect: Collect | undefined;

function collector(): Collect {
  if (collect === undefined) {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as Collect;
  }
  return collect;
}

/** Frees what nobody holds any more. Takes some ten milliseconds. */
export function collectGarbage(): void {
  collector()();
}

/** Frees what was made lately and nobody holds any more. Takes about a millisecond. */
export function collectYoung(): void {
  collector()({ type: "minor" });
}
