import { statSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { LOCK_WAIT } from "../../../src/state/store/connection.ts";
import { readKept } from "../../../src/state/store/reads.ts";
import type { StateFile } from "../../../src/state/store/state-file.ts";
import type { Write } from "../../../src/state/store/writes.ts";
import {
  DAY,
  generation,
  NOW,
  openState,
  override,
  stateFolder,
  target,
  transition,
} from "../../support/state-files.ts";

function history(at: number, length: number): Write {
  const transitions = Array.from({ length }, (_, i) => transition(`profile-${i % 20}/endpoint`, at));
  return { kind: "batch", targets: [], transitions, alive: at };
}

function audit(at: number): Write {
  return { kind: "audit", entry: { at, who: "ada", from: "control socket", what: `at ${at}`, result: "done" } };
}

function generationOf(number: number, at: number, octets = 10): Write {
  const { archive, ...record } = generation(number, `hash ${number}`, new Uint8Array(octets).fill(7), at);
  return { kind: "generation", generation: record, archive };
}

function tidied(file: StateFile): number {
  let chunks = 0;
  while (file.tidy()) if (++chunks > 100_000) throw new Error("it never ends");
  return chunks;
}

function numbers(file: StateFile, sql: string): readonly number[] {
  const rows = file.read((c) => c.all(sql));
  if (!rows.ok) throw new Error(rows.error.message);
  return rows.value.map((row) => Number(Object.values(row)[0]));
}

function occupied(file: string): number {
  return statSync(file).size + statSync(`${file}-wal`).size;
}

test("tidy: what is older than is kept goes, of generations all but the last", () => {
  const { file } = openState(path.join(stateFolder(), "state.db"), { keep: 10 * DAY });
  const old = NOW - 11 * DAY;
  file.commit([
    history(old, 2400),
    history(NOW - 9 * DAY, 3),
    audit(old),
    audit(NOW),
    generationOf(1, old),
    generationOf(2, old),
  ]);
  expect(tidied(file)).toBeGreaterThan(2);
  expect(numbers(file, "SELECT at FROM transitions")).toEqual(Array(3).fill(NOW - 9 * DAY));
  expect(numbers(file, "SELECT at FROM audit")).toEqual([NOW]);
  expect(numbers(file, "SELECT number FROM generations")).toEqual([2]);
  expect(numbers(file, "SELECT count(*) FROM texts")).toEqual([1]);
  expect(tidied(file)).toBe(0);
});

test("tidy: above its size the oldest goes, whatever it is, and the file shrinks", () => {
  const file = path.join(stateFolder(), "state.db");
  const size = 2 ** 20;
  const { file: state } = openState(file, { size });
  const at = (day: number): number => NOW - (20 - day) * DAY;
  state.commit([
    { kind: "set-override", override: override() },
    { kind: "batch", targets: [target("t")], transitions: [], alive: 1 },
    generationOf(1, at(0), 100_000),
    audit(at(1)),
    history(at(2), 20_000),
    audit(at(3)),
    generationOf(2, at(4), 100_000),
    history(at(5), 1000),
    generationOf(3, at(6), 100_000),
  ]);
  expect(occupied(file)).toBeGreaterThan(2 * size);
  tidied(state);
  expect(occupied(file)).toBeLessThanOrEqual(size);
  // Not more than is needed.
  expect(occupied(file)).toBeGreaterThan(size / 2);
  expect(numbers(state, "SELECT DISTINCT at FROM transitions")).toEqual([at(2), at(5)]);
  expect(numbers(state, "SELECT at FROM audit")).toEqual([at(3)]);
  expect(numbers(state, "SELECT number FROM generations")).toEqual([1, 2, 3]);
  const texts = state.read((c) => c.all("SELECT hash FROM texts").map(({ hash }) => hash));
  expect(texts).toEqual({ ok: true, value: ["hash 2", "hash 3"] });
  expect(state.read(readKept)).toMatchObject({
    value: { overrides: [{ pattern: "shop/*" }], targets: [target("t")], generation: 3 },
  });
  expect(state.trouble()).toBeUndefined();
});

test("tidy: what always stays may be more than its size; history is then left out, and counted", () => {
  const { file } = openState(path.join(stateFolder(), "state.db"), { size: 100_000 });
  file.commit([generationOf(1, NOW, 300_000), history(NOW, 50)]);
  tidied(file);
  expect(numbers(file, "SELECT count(*) FROM transitions")).toEqual([0]);
  expect(numbers(file, "SELECT count(*) FROM texts")).toEqual([1]);
  expect(file.trouble()).toMatchObject({ code: "oversize", message: expect.stringContaining("raise it") });
  expect(file.durable()).toBe(true);
  file.commit([history(NOW, 50)]);
  expect(numbers(file, "SELECT count(*) FROM transitions")).toEqual([0]);
  expect(file.dropped()).toBe(50);
  expect(file.commit([{ kind: "set-override", override: override() }])[0]).toMatchObject({ ok: true });
});

test("tidy: a program that goes on reading keeps the file from shrinking; that is told until it ends", () => {
  const file = path.join(stateFolder(), "state.db");
  const size = 2 ** 20;
  const { file: state } = openState(file, { size });
  state.commit([history(NOW, 100)]);
  const reader = new DatabaseSync(file, { readOnly: true });
  reader.exec("BEGIN; SELECT count(*) FROM transitions");
  for (let i = 0; i < 30; i++) state.commit([history(NOW, 2000)]);
  tidied(state);
  expect(state.trouble()).toMatchObject({ code: "oversize", message: expect.stringContaining("a program") });
  // Nobody waits for it: an override would wait too.
  const from = performance.now();
  state.tidy();
  expect(performance.now() - from).toBeLessThan(LOCK_WAIT);
  expect(state.commit([{ kind: "set-override", override: override() }])[0]).toMatchObject({ ok: true });
  reader.close();
  tidied(state);
  expect(state.trouble()).toBeUndefined();
  expect(occupied(file)).toBeLessThanOrEqual(size);
});

test("tidy: one chunk leaves most for the next", () => {
  const { file } = openState(path.join(stateFolder(), "state.db"), { keep: DAY });
  file.commit([history(NOW - 2 * DAY, 5000)]);
  expect(file.tidy()).toBe(true);
  expect(numbers(file, "SELECT count(*) FROM transitions")).toEqual([4000]);
});

test("tidy: history that comes faster than old history goes is left out; the file stays within bounds", () => {
  const file = path.join(stateFolder(), "state.db");
  const size = 2 ** 20;
  const { file: state } = openState(file, { size });
  let largest = 0;
  for (let i = 0; i < 40; i++) {
    state.commit([history(NOW, 2000)]);
    state.tidy();
    largest = Math.max(largest, statSync(file).size);
  }
  expect(state.dropped()).toBeGreaterThan(0);
  expect(largest).toBeLessThan(3 * size);
  tidied(state);
  expect(state.trouble()).toBeUndefined();
  expect(occupied(file)).toBeLessThanOrEqual(size);
});
