/** Brings a file to the version that this program writes, forward and in order, each step in a transaction. */
import type { Connection } from "./connection.ts";

/** The version of a file: how many of the steps it has taken. */
export function versionOf(connection: Connection): number {
  return Number(connection.value("PRAGMA user_version"));
}

/** `steps[n]` leads from version n to n + 1. */
export function migrate(connection: Connection, steps: readonly string[]): void {
  for (const [from, step] of steps.entries()) {
    if (from < versionOf(connection)) continue;
    connection.transact(() => {
      connection.exec(step);
      connection.exec(`PRAGMA user_version = ${from + 1}`);
    });
  }
}
