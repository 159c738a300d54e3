/** Brings a file to the version that this program writes, forward and in order, each step in a transaction. */
import { connect, type Connection } from "./connection.ts";

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

/** Whether it has all tables and indexes that these steps make, with the same columns; it may have more. */
export function hasSchemaOf(connection: Connection, steps: readonly string[]): boolean {
  const model = connect(":memory:", { timeout: 0 });
  migrate(model, steps);
  const wanted = shapesIn(model);
  model.close();
  const found = new Set(shapesIn(connection));
  return wanted.every((shape) => found.has(shape));
}

/** `table life: id INTEGER 0 1,alive INTEGER 1 0`. */
function shapesIn(connection: Connection): readonly string[] {
  const shapes = connection.all(`
    SELECT concat(type, ' ', name, ': ', (
      SELECT group_concat(concat_ws(' ', name, type, "notnull", pk)) FROM pragma_table_xinfo(sqlite_schema.name)
    )) AS shape FROM sqlite_schema`);
  return shapes.map(({ shape }) => shape as string);
}
