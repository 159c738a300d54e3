/** An operator's word on endpoints, against what configuration and probes say of them. */

/**
 * - `up`: served whatever probes say;
 * - `down`: as degraded, served under `whenAllDown` at most;
 * - `out`: as disabled, never served, not even when all are down;
 * - `drain`: its share of the clients falls to nothing over a time, then as `out`.
 */
export const OVERRIDE_ACTIONS = ["up", "down", "out", "drain"] as const;
export type OverrideAction = (typeof OVERRIDE_ACTIONS)[number];

export interface Override {
  /** Given in order: the higher one is the later one. */
  readonly id: number;
  /** The subjects, as `subject-pattern.ts` reads them. */
  readonly pattern: string;
  readonly action: OverrideAction;
  /** Milliseconds since the Unix epoch. */
  readonly since: number;
  /** When it ends by itself, in milliseconds since the Unix epoch; undefined = when it is cleared. */
  readonly until: number | undefined;
  /** drain: milliseconds from `since` until nothing is left; 0 = at once. */
  readonly over: number;
  readonly reason: string | undefined;
  /** Who has set it: the name of a token, or a user of this machine. */
  readonly author: string;
}
