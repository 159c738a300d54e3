/** What is carried over from a damaged file into a new one: the vital tables that are whole. */
import type { SQLInputValue } from "node:sqlite";
import type { Connection } from "./connection.ts";
import { STEPS, VITAL } from "./schema.ts";
import { versionOf } from "./migrations.ts";

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

/** Of a file of this version; what cannot be read is left out. */
export function takeVital(connection: Connection): Vital {
  const rows = (table: string): readonly (readonly SQLInputValue[])[] => {
    try {
      if (versionOf(connection) !== STEPS.length || !isWhole(connection, table)) return [];
      return connection.all(`SELECT * FROM ${table} ${LAST_ONLY[table] ?? ""}`).map((row) => Object.values(row));
    } catch {
      return [];
    }
  };
  return Object.fromEntries(VITAL.map((table) => [table, rows(table)]));
}

export function putVital(connection: Connection, vital: Vital): void {
  connection.transact(() => {
    for (const [table, rows] of Object.entries(vital)) {
      for (const row of rows) connection.run(`INSERT INTO ${table} VALUES (${row.map(() => "?").join()})`, ...row);
    }
  });
}
