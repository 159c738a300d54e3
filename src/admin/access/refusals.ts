/**
 * Tells of changes that were refused: to the audit and the log. Whoever asks for them in masses fills neither: what is
 * too much is counted, and the next line says how many there were.
 */
import type { Actor, Control } from "../../control/control.ts";
import type { Clock, Logger } from "../../shared/ports.ts";
import { createBuckets } from "./token-buckets.ts";

export interface Refusals {
  tell(actor: Actor, what: string, why: string): void;
}

/** Lines at once, and per second. */
const BURST = 60;
const RATE = 1;

interface Deps {
  readonly control: Pick<Control, "refused">;
  readonly logger: Logger;
  readonly clock: Clock;
}

export function createRefusals({ control, logger, clock }: Deps): Refusals {
  const lines = createBuckets({ burst: BURST, rate: RATE, most: 1 }, clock);
  let untold = 0;
  return {
    tell(actor, what, why) {
      if (lines.take("") > 0) {
        untold++;
        return;
      }
      control.refused(actor, what, untold === 0 ? why : `${why}; ${untold} before it were not kept`);
      logger.warn({ who: actor.name, from: actor.from, what, why, untold }, "a change over the API was refused");
      untold = 0;
    },
  };
}
