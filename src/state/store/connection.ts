/** One connection to an SQLite file, with each statement prepared once. */
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from "node:sqlite";

export type Row = Record<string, SQLOutputValue>;

export interface Connection {
  /** Runs statements that give no rows. */
  exec(sql: string): void;
  /** Returns how many rows it has changed. */
  run(sql: string, ...values: SQLInputValue[]): number;
  get(sql: string, ...values: SQLInputValue[]): Row | undefined;
  all(sql: string, ...values: SQLInputValue[]): Row[];
  /** The one value of one row. */
  value(sql: string, ...values: SQLInputValue[]): SQLOutputValue | undefined;
  /** Does it in one transaction, or does nothing and throws. */
  transact<T>(work: () => T): T;
  close(): void;
}

/** Milliseconds that another program's lock on the state file is waited for. */
export const LOCK_WAIT = 1000;

export interface ConnectionOptions {
  /** Milliseconds that a lock of another program is waited for. */
  readonly timeout: number;
  readonly readOnly?: boolean;
  /** Whether the schema is protected from statements; it is where nothing is said. */
  readonly defensive?: boolean;
}

export function connect(file: string | URL, options: ConnectionOptions): Connection {
  const database = new DatabaseSync(file, { defensive: true, ...options });
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    exec: (sql) => database.exec(sql),
    run: (sql, ...values) => Number(prepared(sql).run(...values).changes),
    get: (sql, ...values) => prepared(sql).get(...values),
    all: (sql, ...values) => prepared(sql).all(...values),
    value(sql, ...values) {
      const row = prepared(sql).get(...values);
      return row === undefined ? undefined : Object.values(row)[0];
    },
    transact(work) {
      database.exec("BEGIN IMMEDIATE");
      try {
        const value = work();
        database.exec("COMMIT");
        return value;
      } catch (cause) {
        // Some failures have rolled it back already.
        if (database.isTransaction) database.exec("ROLLBACK");
        throw cause;
      }
    },
    close() {
      if (database.isOpen) database.close();
    },
  };
}
