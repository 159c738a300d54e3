/** What lies at the path of the state file, and what becomes of it. */
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { versionOf } from "../../../src/state/store/migrations.ts";
import { openForWriting } from "../../../src/state/store/open-file.ts";
import { STEPS } from "../../../src/state/store/schema.ts";
import { MOST_ASIDE } from "../../../src/state/store/set-aside.ts";
import { NOW, openState, override, stateFolder, target, transition, type Opened } from "../../support/state-files.ts";

/** A file with two overrides, a target and much history, closed. */
function kept(file: string): void {
  const { file: state } = openState(file);
  const transitions = Array.from({ length: 3000 }, (_, i) => transition(`p${i % 50}/e`));
  const results = state.commit([
    { kind: "set-override", override: override("a/*") },
    { kind: "set-override", override: override("b/*") },
    { kind: "batch", targets: [target("t")], transitions, alive: 1000 },
  ]);
  expect(results.every(({ ok }) => ok)).toBe(true);
  state.close();
}

/** Overwrites octets with nonsense. */
function spoil(file: string, from: number, length: number): void {
  const octets = readFileSync(file);
  octets.fill(0x5a, from, from + length);
  writeFileSync(file, octets);
}

function patterns({ kept: { overrides } }: Opened): readonly string[] {
  return overrides.map(({ pattern }) => pattern);
}

function aside(file: string): readonly string[] {
  return readdirSync(path.dirname(file)).filter((name) => /\.(?:damaged|newer)-/.test(name));
}

function isServed({ file }: Opened): boolean {
  return file.durable() && file.commit([{ kind: "set-override", override: override() }])[0]!.ok;
}

function count(file: string, table: string): number {
  const database = new DatabaseSync(file, { readOnly: true });
  const row = database.prepare(`SELECT count(*) AS n FROM ${table}`).get();
  database.close();
  return Number(row!["n"]);
}

test("openState: what was kept is there again", () => {
  const file = path.join(stateFolder(), "state.db");
  kept(file);
  const again = openState(file);
  expect(patterns(again)).toEqual(["a/*", "b/*"]);
  expect(again.kept.targets).toEqual([target("t")]);
  expect(again.kept.alive).toBe(1000);
  expect(again.log).toEqual([]);
  expect(aside(file)).toEqual([]);
});

test("openState: commits are synced one by one in a write-ahead log", () => {
  const file = path.join(stateFolder(), "state.db");
  const { file: state } = openState(file);
  const pragma = (name: string): unknown => {
    const value = state.read((connection) => connection.value(`PRAGMA ${name}`));
    return value.ok && value.value;
  };
  expect(pragma("journal_mode")).toBe("wal");
  expect(pragma("synchronous")).toBe(2);
  expect(pragma("auto_vacuum")).toBe(2);
});

test("openState: a new file and its folder are their owner's alone, whatever the umask", () => {
  const before = process.umask(0);
  try {
    const file = path.join(stateFolder(), "state", "state.db");
    const opened = openState(file);
    expect(isServed(opened)).toBe(true);
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
    const names = readdirSync(path.dirname(file)).toSorted();
    expect(names).toEqual(["state.db", "state.db-lock", "state.db-shm", "state.db-wal"]);
    for (const end of ["", "-wal", "-shm", "-lock"]) expect(statSync(file + end).mode & 0o777).toBe(0o600);
  } finally {
    process.umask(before);
  }
});

test("openState: folders above the last one are not made", () => {
  const folder = stateFolder();
  const { file } = openState(path.join(folder, "a", "b", "state.db"));
  expect(file.durable()).toBe(false);
  expect(file.trouble()).toMatchObject({
    code: "cannot-open",
    message: expect.stringContaining(`no folder ${folder}/a`),
  });
  expect(existsSync(path.join(folder, "a"))).toBe(false);
});

test("openState: an empty file is a new one", () => {
  const file = path.join(stateFolder(), "state.db");
  writeFileSync(file, "");
  expect(isServed(openState(file))).toBe(true);
});

test("openState: a symbolic link leads to the file, whose other files lie beside it", () => {
  const folder = stateFolder();
  mkdirSync(path.join(folder, "disk"));
  const real = path.join(folder, "disk", "real.db");
  const link = path.join(folder, "state.db");
  kept(real);
  symlinkSync(real, link);
  const opened = openState(link);
  expect(patterns(opened)).toEqual(["a/*", "b/*"]);
  expect(isServed(opened)).toBe(true);
  expect(readdirSync(folder).toSorted()).toEqual(["disk", "state.db"]);
});

test("openState: a symbolic link that leads nowhere is told", () => {
  const file = path.join(stateFolder(), "state.db");
  symlinkSync("gone/real.db", file);
  const { file: state } = openState(file);
  expect(state.trouble()).toMatchObject({
    code: "cannot-open",
    message: expect.stringContaining("a link to gone/real.db"),
  });
});

const FOREIGN: readonly (readonly [what: string, make: (file: string) => void, told: string])[] = [
  ["a text", (file) => writeFileSync(file, "listen: {}\n".repeat(1000)), "no SQLite database"],
  ["a short text", (file) => writeFileSync(file, "x"), "no SQLite database"],
  ["a directory", (file) => mkdirSync(file), "a directory"],
  ["a pipe", (file) => execFileSync("mkfifo", [file]), "no file, but a device, pipe or socket"],
  [
    "a database of another program",
    (file) => foreignDatabase(file, 0x0f055112),
    "an SQLite database of another program",
  ],
  ["a database of no program", (file) => foreignDatabase(file, 0), "an SQLite database of another program"],
];

function foreignDatabase(file: string, id: number): void {
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA application_id = ${id}; CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)`);
  database.close();
}

test.for(FOREIGN)("openState: %s is left alone, and told", ([, make, told]) => {
  const file = path.join(stateFolder(), "state.db");
  make(file);
  const before = statSync(file);
  const { file: state, kept: found } = openState(file);
  expect(state.durable()).toBe(false);
  expect(state.trouble()).toMatchObject({ code: "foreign", message: expect.stringContaining(`it is ${told}`) });
  expect(found.overrides).toEqual([]);
  expect(state.commit([{ kind: "set-override", override: override() }])[0]).toMatchObject({
    error: { code: "foreign" },
  });
  expect(statSync(file)).toMatchObject({ ino: before.ino, size: before.size, mtimeMs: before.mtimeMs });
  expect(readdirSync(path.dirname(file))).toEqual(["state.db"]);
  // Once it is out of the way.
  rmSync(file, { recursive: true });
  expect(state.retry()).toBeDefined();
  expect(state.durable()).toBe(true);
});

test("openForWriting: a file of an older version is brought forward, with all that is in it", () => {
  const file = path.join(stateFolder(), "state.db");
  kept(file);
  const steps = [...STEPS, "ALTER TABLE audit ADD COLUMN note TEXT", "CREATE TABLE later (x TEXT) STRICT"];
  for (let i = 0; i < 2; i++) {
    const opened = openForWriting(file, false, { now: () => NOW, log: expect.unreachable, steps });
    if (!opened.ok) throw new Error(opened.error.message);
    expect(versionOf(opened.value)).toBe(steps.length);
    expect(opened.value.value("SELECT count(*) FROM overrides")).toBe(2);
    expect(opened.value.value("SELECT count(note) FROM audit")).toBe(0);
    opened.value.close();
  }
  // What this program says of it.
  expect(openState(file).log).toEqual(["the state file is of a newer version and set aside; a new one is begun"]);
});

test("openState: a file of a newer version is set aside, whole", () => {
  const file = path.join(stateFolder(), "state.db");
  kept(file);
  const newer = new DatabaseSync(file);
  newer.exec("PRAGMA user_version = 99; CREATE TABLE later (x)");
  newer.close();
  const opened = openState(file);
  expect(opened.kept.overrides).toEqual([]);
  expect(isServed(opened)).toBe(true);
  expect(opened.log).toEqual(["the state file is of a newer version and set aside; a new one is begun"]);
  expect(aside(file)).toEqual(["state.db.newer-2026-11-27T20-04-43Z"]);
  expect(count(path.join(path.dirname(file), aside(file)[0]!), "overrides")).toBe(2);
});

function alter(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

const DAMAGE: readonly (readonly [what: string, damage: (file: string) => void, survives: boolean])[] = [
  ["the name of its format overwritten", (file) => spoil(file, 0, 16), false],
  ["its header overwritten", (file) => spoil(file, 0, 100), false],
  ["its first page overwritten", (file) => spoil(file, 0, 4096), false],
  [
    "a page in the middle overwritten",
    (file) => spoil(file, Math.floor(statSync(file).size / 8192) * 4096, 4096),
    true,
  ],
  ["half of it cut off", (file) => truncateSync(file, Math.floor(statSync(file).size / 2)), true],
  ["all but its header cut off", (file) => truncateSync(file, 100), false],
  ["cut down to three octets", (file) => truncateSync(file, 3), false],
  ["a table taken out", (file) => alter(file, "DROP TABLE transitions"), true],
  ["a table altered", (file) => alter(file, "ALTER TABLE audit ADD COLUMN x TEXT"), true],
  ["zeros for all of it", (file) => writeFileSync(file, Buffer.alloc(statSync(file).size)), false],
];

test.for(DAMAGE)("openState: a file with %s is set aside, and what is whole of it goes on", ([, damage, survives]) => {
  const file = path.join(stateFolder(), "state.db");
  kept(file);
  damage(file);
  const opened = openState(file);
  expect(opened.log).toEqual(["the state file is damaged and set aside; a new one is begun"]);
  expect(aside(file)).toEqual(["state.db.damaged-2026-11-27T20-04-43Z"]);
  expect(patterns(opened)).toEqual(survives ? ["a/*", "b/*"] : []);
  expect(opened.kept.targets).toEqual(survives ? [target("t")] : []);
  expect(isServed(opened)).toBe(true);
  // The new one is a good one.
  opened.file.close();
  const again = openState(file);
  expect(again.log).toEqual([]);
  expect(again.kept.overrides.length).toBe(survives ? 3 : 1);
});

test("openState: a damaged file that geosteer has not locked before is its own where its header still says so", () => {
  const file = path.join(stateFolder(), "state.db");
  kept(file);
  rmSync(`${file}-lock`);
  spoil(file, 0, 16);
  expect(openState(file).log).toEqual(["the state file is damaged and set aside; a new one is begun"]);
});

test("openState: a disk that damages file after file is not filled with them", () => {
  const file = path.join(stateFolder(), "state.db");
  for (let i = 0; i < MOST_ASIDE; i++) {
    writeFileSync(`${file}.damaged-2026-11-0${i + 1}T00-00-00Z`, "");
  }
  kept(file);
  spoil(file, 0, 100);
  const { file: state } = openState(file);
  expect(state.trouble()?.code).toBe("damaged-often");
  expect(aside(file).length).toBe(MOST_ASIDE);
});

test("openState: two that are set aside in one second have names of their own", () => {
  const file = path.join(stateFolder(), "state.db");
  for (let i = 0; i < 2; i++) {
    kept(file);
    spoil(file, 0, 100);
    openState(file).file.close();
  }
  expect(aside(file).toSorted()).toEqual([
    "state.db.damaged-2026-11-27T20-04-43Z",
    "state.db.damaged-2026-11-27T20-04-43Z-2",
  ]);
});
