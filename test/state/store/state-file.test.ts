/** What befalls a state file while it is in use. */
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import type { Write } from "../../../src/state/store/writes.ts";
import { readOverrides, readTransitions } from "../../../src/state/store/reads.ts";
import { openState, override, stateFolder, target, transition } from "../../support/state-files.ts";

function set(pattern: string): Extract<Write, { kind: "set-override" }> {
  return { kind: "set-override", override: override(pattern) };
}

const SET = set("shop/*");

function batch(transitions = 10): Write {
  return {
    kind: "batch",
    targets: [target("t")],
    transitions: Array.from({ length: transitions }, (_, i) => transition(`p${i % 7}/e`)),
    alive: 5,
  };
}

/** The patterns in the file as another program sees them. */
function inFile(file: string): readonly string[] {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = database.prepare("SELECT pattern FROM overrides ORDER BY id").all();
  database.close();
  return rows.map(({ pattern }) => pattern as string);
}

test("commit: what it gives is in the file for others to read, at once", () => {
  const file = path.join(stateFolder(), "state.db");
  const { file: state } = openState(file);
  const [done, cleared] = state.commit([SET, { kind: "clear-overrides", ids: [9999] }, batch()]);
  expect(done).toEqual({ ok: true, value: undefined });
  expect(cleared).toEqual({ ok: true, value: [] });
  expect(inFile(file)).toEqual(["shop/*"]);
});

test("commit: an override with the id of another takes its place; clearing tells which there were", () => {
  const file = path.join(stateFolder(), "state.db");
  const { file: state } = openState(file);
  const [first, other] = [set("shop/*"), set("other/*")];
  state.commit([first, other]);
  state.commit([{ ...other, override: { ...other.override, pattern: "again/*" } }]);
  expect(inFile(file)).toEqual(["shop/*", "again/*"]);
  const { id } = other.override;
  expect(state.commit([{ kind: "clear-overrides", ids: [id, id + 1000] }])[0]).toEqual({ ok: true, value: [id] });
  expect(inFile(file)).toEqual(["shop/*"]);
});

test("commit: times become whole milliseconds", () => {
  const { file: state } = openState(path.join(stateFolder(), "state.db"));
  const exact = { ...override(), since: 1000.4, until: 2000.6, over: 0.5 };
  expect(state.commit([{ kind: "set-override", override: exact }])[0]).toMatchObject({ ok: true });
  expect(state.read(readOverrides)).toEqual({ ok: true, value: [{ ...exact, since: 1000, until: 2001, over: 1 }] });
});

test("commit: a write that breaks takes no other of its group with it", () => {
  const opened = openState(path.join(stateFolder(), "state.db"));
  const broken = { kind: "set-override", override: { ...override(), pattern: null as unknown as string } } as const;
  const results = opened.file.commit([SET, broken, set("b/*")]);
  expect(results.map(({ ok }) => ok)).toEqual([true, false, true]);
  expect(opened.log).toEqual(["a fault of geosteer: something could not be kept"]);
  expect(opened.file.durable()).toBe(true);
});

test.for(["deleted", "moved", "replaced by another"])(
  "commit: a file that is %s meanwhile is begun anew, with the overrides that were acknowledged",
  (how) => {
    const file = path.join(stateFolder(), "state.db");
    const other = path.join(stateFolder(), "state.db");
    openState(other).file.commit([set("other/*")]);
    const { file: state, log, replaced } = openState(file);
    const gone = set("gone/*");
    state.commit([SET, gone]);
    state.commit([{ kind: "clear-overrides", ids: [gone.override.id] }]);
    if (how === "moved") renameSync(file, `${file}.moved`);
    else rmSync(file);
    if (how === "replaced by another") renameSync(other, file);
    const [again] = state.commit([set("late/*")]);
    expect(again).toMatchObject({ ok: true });
    expect(inFile(file)).toEqual(["shop/*", "late/*"]);
    expect(log).toEqual(["the state file was moved or deleted while it was in use; a new one is begun"]);
    expect(replaced.map(({ overrides }) => overrides.map(({ pattern }) => pattern))).toEqual([["shop/*"]]);
  },
);

test("commit: a write-ahead log that is deleted meanwhile loses nothing", () => {
  const file = path.join(stateFolder(), "state.db");
  const { file: state } = openState(file);
  state.commit([SET]);
  rmSync(`${file}-wal`);
  expect(state.commit([set("late/*")])[0]).toMatchObject({ ok: true });
  expect(inFile(file)).toEqual(["shop/*", "late/*"]);
  expect(state.commit([set("third/*")])[0]).toMatchObject({ ok: true });
  expect(inFile(file)).toEqual(["shop/*", "late/*", "third/*"]);
});

test("commit: a file that is damaged meanwhile is set aside once that shows, and overrides go on", () => {
  const file = path.join(stateFolder(), "state.db");
  const first = openState(file).file;
  first.commit([SET, batch(20_000)]);
  first.close();
  const { file: state, log } = openState(file);
  // Beyond what the check and the cache have seen.
  const octets = readFileSync(file);
  octets.fill(0x5a, 4096);
  writeFileSync(file, octets);
  let tries = 0;
  while (log.length === 0 && tries++ < 100) expect(state.commit([batch(500)])[0]).toMatchObject({ ok: true });
  expect(log).toEqual(["the state file is damaged and set aside; a new one is begun"]);
  expect(state.durable()).toBe(true);
  expect(inFile(file)).toEqual(["shop/*"]);
});

test("read: damage that a query finds is told, and the next query is answered by a new file", () => {
  const file = path.join(stateFolder(), "state.db");
  const first = openState(file).file;
  first.commit([SET, batch(20_000)]);
  first.close();
  const { file: state, log, replaced } = openState(file);
  truncateSync(file, 8192);
  const query = () => state.read((connection) => readTransitions(connection, { limit: 1000 }));
  expect(query()).toMatchObject({ ok: false, error: { code: "damaged" } });
  expect(log).toEqual(["the state file is damaged and set aside; a new one is begun"]);
  expect(query()).toEqual({ ok: true, value: { items: [], next: undefined } });
  expect(replaced.length).toBe(1);
  expect(inFile(file)).toEqual(["shop/*"]);
});

test(
  "commit: another program's lock is waited for, then told, and what was asked is not done",
  { timeout: 10_000 },
  () => {
    const file = path.join(stateFolder(), "state.db");
    const { file: state } = openState(file);
    state.commit([SET]);
    const other = new DatabaseSync(file);
    other.exec("BEGIN IMMEDIATE");
    expect(state.commit([SET])[0]).toMatchObject({ ok: false, error: { code: "locked" } });
    expect(state.durable()).toBe(false);
    other.exec("COMMIT");
    other.close();
    expect(inFile(file)).toEqual(["shop/*"]);
    expect(state.commit([batch()])[0]).toMatchObject({ ok: true });
    expect(state.durable()).toBe(true);
    expect(state.trouble()).toBeUndefined();
  },
);

test("openState: a second server says who has the file, reads it, and follows its overrides until it has it itself", () => {
  const file = path.join(stateFolder(), "state.db");
  const first = openState(file).file;
  first.commit([SET, batch()]);
  const { file: second, kept } = openState(file);
  const owner = existsSync("/proc/locks") ? `geosteer, process ${process.pid}` : "another geosteer";
  expect(second.trouble()).toMatchObject({ code: "locked", message: expect.stringContaining(`(${owner})`) });
  expect(second.durable()).toBe(false);
  expect(kept.overrides.map(({ pattern }) => pattern)).toEqual(["shop/*"]);
  expect(kept.targets).toEqual([target("t")]);
  expect(second.commit([SET])[0]).toMatchObject({ ok: false, error: { code: "locked" } });
  expect(second.read(readOverrides)).toMatchObject({ ok: true });

  expect(second.retry()).toBeUndefined();
  first.commit([set("later/*")]);
  expect(second.retry()?.overrides.length).toBe(2);
  expect(second.retry()).toBeUndefined();
  first.close();
  expect(second.retry()?.overrides.length).toBe(2);
  expect(second.durable()).toBe(true);
  expect(second.commit([SET])[0]).toMatchObject({ ok: true });
});

test("close: leaves one file, whole, and its lock file", () => {
  const folder = stateFolder();
  const file = path.join(folder, "state.db");
  const { file: state } = openState(file);
  state.commit([SET, batch(5000)]);
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
  state.close();
  expect(readdirSync(folder).toSorted()).toEqual(["state.db", "state.db-lock"]);
  expect(inFile(file)).toEqual(["shop/*"]);
});
