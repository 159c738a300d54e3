/**
 * What the pure core takes from the outside world, as types. The app layer hands in the real ones,
 * tests hand in fixed ones.
 */

/** Tells the time, in milliseconds since the Unix epoch. */
export type Clock = () => number;

/** Draws a uniform number in [0, 1), as `Math.random` does. */
export type Random = () => number;

export type LogFields = Readonly<Record<string, unknown>>;

export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Writes a constant sentence plus fields; nothing that came from the network above `debug`. */
export interface Logger {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}
