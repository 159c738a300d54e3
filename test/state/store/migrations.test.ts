import path from "node:path";
import { expect, test } from "vitest";
import { connect, type Connection } from "../../../src/state/store/connection.ts";
import { migrate, versionOf } from "../../../src/state/store/migrations.ts";
import { readKept } from "../../../src/state/store/reads.ts";
import { STEPS, VITAL } from "../../../src/state/store/schema.ts";
import { stateFolder } from "../../support/state-files.ts";

/** Version 1 has a note, version 2 an author for it, version 3 no longer a place. */
const MADE_UP = [
  "CREATE TABLE notes (note TEXT, place TEXT)",
  "ALTER TABLE notes ADD COLUMN author TEXT; UPDATE notes SET author = 'unknown'",
  "ALTER TABLE notes DROP COLUMN place",
];

function connection(): Connection {
  return connect(path.join(stateFolder(), "state.db"), { timeout: 0 });
}

test.for([0, 1, 2, 3])("migrate: a file of version %d gets the steps that it lacks, in their order", (version) => {
  const file = connection();
  migrate(file, MADE_UP.slice(0, version));
  if (version > 0) file.exec("INSERT INTO notes (note) VALUES ('kept')");
  migrate(file, MADE_UP);
  expect(versionOf(file)).toBe(3);
  const note = { note: "kept", author: version === 1 ? "unknown" : null };
  expect(file.all("SELECT * FROM notes").map((row) => ({ ...row }))).toEqual(version === 0 ? [] : [note]);
  file.close();
});

test("migrate: a step that fails leaves the version before it, whole", () => {
  const file = connection();
  const broken = [MADE_UP[0]!, "ALTER TABLE notes ADD COLUMN author TEXT; INSERT INTO missing VALUES (1)"];
  expect(() => migrate(file, broken)).toThrow("no such table");
  expect(versionOf(file)).toBe(1);
  expect(file.all("SELECT name FROM pragma_table_info('notes')").map(({ name }) => name)).toEqual(["note", "place"]);
  migrate(file, MADE_UP);
  expect(versionOf(file)).toBe(3);
  file.close();
});

test("STEPS: version 1 is what has been released", () => {
  const file = connection();
  migrate(file, STEPS.slice(0, 1));
  const columns = file
    .all("SELECT m.name AS t, c.name AS c FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'")
    .map((row) => `${String(row["t"])}.${String(row["c"])}`)
    .filter((name) => !name.startsWith("sqlite_"));
  expect(columns.toSorted()).toEqual(
    `audit.at audit.id audit.result audit.source audit.what audit.who
    generations.at generations.changes generations.databases generations.hash generations.number
    life.alive life.id
    overrides.action overrides.author overrides.id overrides.over overrides.pattern overrides.reason overrides.since overrides.until
    targets.failures targets.key targets.last_failure targets.since targets.status targets.successes
    texts.archive texts.hash
    transitions.at transitions.endpoint transitions.from_status transitions.id transitions.profile transitions.reason transitions.to_status`.split(
      /\s+/,
    ),
  );
  file.close();
});

test("STEPS: states of probe targets from version 1 have nothing to wait for", () => {
  const file = connection();
  migrate(file, STEPS.slice(0, 1));
  file.exec("INSERT INTO targets VALUES ('k', 'degraded', 1000, 4, 0, 'refused')");
  migrate(file, STEPS);
  expect(readKept(file).targets).toEqual([
    {
      key: "k",
      status: "degraded",
      since: 1000,
      failures: 4,
      successes: 0,
      lastFailure: "refused",
      recovered: undefined,
      window: 0,
      returned: false,
      flaps: 0,
    },
  ]);
  file.close();
});

test("VITAL: each is a table, and history is none of them", () => {
  const file = connection();
  migrate(file, STEPS);
  for (const table of VITAL) expect(file.value(`SELECT count(*) FROM ${table}`)).toBe(0);
  expect(VITAL).not.toContain("transitions");
  file.close();
});
