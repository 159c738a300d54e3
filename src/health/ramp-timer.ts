/** One timer for the shares of all endpoints that come back; none while none does. */
import type { Clock } from "../shared/ports.ts";

export interface RampTimer {
  /** Waits for the next step, which may be another one than before. */
  arm(): void;
  stop(): void;
}

export interface RampTimerDeps {
  readonly clock: Clock;
  /** When a share grows next; Infinity = none does. */
  readonly next: (now: number) => number;
  /** Has the shares grow that are due. */
  readonly step: () => void;
}

export function createRampTimer({ clock, next, step }: RampTimerDeps): RampTimer {
  let timer: NodeJS.Timeout | undefined;
  let due = Number.POSITIVE_INFINITY;
  let isStopped = false;

  const arm = (): void => {
    if (isStopped) return;
    const now = clock();
    const at = next(now);
    // One that fires before its time does nothing; one that moved on with each call never would.
    if (timer !== undefined && due <= at && at !== Number.POSITIVE_INFINITY) return;
    clearTimeout(timer);
    timer = undefined;
    due = at;
    if (at === Number.POSITIVE_INFINITY) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        step();
        arm();
      },
      Math.max(0, Math.ceil(at - now)),
    );
  };

  return {
    arm,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
