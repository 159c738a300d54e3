/** What is carried over from a damaged file into a new one: the vital tables that are whole. */
import type { SQLInputValue } from "node:sqlite";
import { connect, type Connection } from "./connection.ts";
import { versionOf } from "./migrations.ts";
import { VITAL } from "./schema.ts";

/** Rows by table. */
export type Vital = Readonly<Record<string, readonly (readonly SQLInputValue[])[]>>;

/** The last generation alone is carried over. */
const LAST_ONLY: Readonly<Record<string, string>> = {
  generations: "WHERE number = (SELECT max(number) FROM generations)",
  texts: "WHERE hash = (SELECT hash FROM generations ORDER BY number DESC LIMIT 1)",
};

export function isWhole(connection: Connection, table: string): boolean {
  return connection.value(`PRAGMA quick_check('${table}')`) === "ok";
}

/** Nothing of a file of another version than this; what cannot be read is left out. */
export function takeVital(file: string, version: number): Vital {
  let connection: Connection | undefined;
  try {
    connection = connect(file, { timeout: 0, defensive: false });
    // As sqlite3's .recover does: a file that is shorter than its header says is read as far as it goes.
    connection.exec("PRAGMA writable_schema = ON");
    const from = connection;
    if (versionOf(from) !== version) return {};
    return Object.fromEntries(VITAL.map((table) => [table, rowsOf(from, table)]));
  } catch {
    return {};
  } finally {
    connection?.close();
  }
}

function rowsOf(connection: Connection, table: string): Vital[string] {
  try {
    if (!isWhole(connection, table)) return [];
    return connection.all(`SELECT * FROM ${table} ${LAST_ONLY[table] ?? ""}`).map((row) => Object.values(row));
  } catch {
    return [];
  }
}

export function putVital(connection: Connection, vital: Vital): void {
  connection.transact(() => {
    for (const [table, rows] of Object.entries(vital)) {
      for (const row of rows) connection.run(`INSERT INTO ${table} VALUES (${row.map(() => "?").join()})`, ...row);
    }
  });
}
