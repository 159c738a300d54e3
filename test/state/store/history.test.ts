/** What is asked of the state file: newest first, in pages. */
import path from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  readAudit,
  readGeneration,
  readGenerations,
  readKept,
  readTransitions,
  isCursor,
} from "../../../src/state/store/reads.ts";
import type { Page, PageQuery, TransitionRecord } from "../../../src/state/store/records.ts";
import { connect } from "../../../src/state/store/connection.ts";
import { migrate } from "../../../src/state/store/migrations.ts";
import { STEPS } from "../../../src/state/store/schema.ts";
import { createWriter, type Write } from "../../../src/state/store/writes.ts";
import { generation, NOW, openState, stateFolder, target, transition } from "../../support/state-files.ts";

function newFile() {
  const { file } = openState(path.join(stateFolder(), "state.db"));
  return {
    write(write: Write): unknown {
      const [result] = file.commit([write]);
      if (result?.ok !== true) throw new Error(result?.error.message);
      return result.value;
    },
    read<T>(query: Parameters<typeof file.read<T>>[0]): T {
      const result = file.read(query);
      if (!result.ok) throw new Error(result.error.message);
      return result.value;
    },
  };
}

function append(transitions: readonly TransitionRecord[]): Write {
  return { kind: "batch", targets: [], transitions, alive: NOW };
}

/** All pages, one after the other. */
function pages<T>(read: (query: PageQuery) => Page<T>, limit: number): readonly (readonly T[])[] {
  const all: (readonly T[])[] = [];
  let after: string | undefined;
  do {
    const { items, next }: Page<T> = read({ after, limit });
    all.push(items);
    after = next;
  } while (after !== undefined);
  return all;
}

test("readTransitions: pages bring all that is asked for, once, the latest first", () => {
  const subject = fc.constantFrom("a", "a/x", "a/y", "b", "b/x", "aa/x");
  const records = fc.array(fc.record({ subject, at: fc.nat({ max: 50 }) }), { maxLength: 30 });
  const query = fc.record({
    subject: fc.option(fc.constantFrom("a", "a/x", "b", "none"), { nil: undefined }),
    since: fc.option(fc.nat({ max: 60 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(records, query, fc.integer({ min: 1, max: 40 }), (all, { subject: asked, since }, limit) => {
      // In memory: there are many.
      const file = connect(":memory:", { timeout: 0 });
      migrate(file, STEPS);
      // In no order of time: the clock may be set back.
      const transitions = all.map(({ subject: of, at }, i) => ({ ...transition(of, at), reason: `${i}` }));
      createWriter(file)(append(transitions));
      const found = pages((page) => readTransitions(file, { ...page, subject: asked, since }), limit);
      file.close();
      const wanted = transitions.filter(
        ({ subject: of, at }) =>
          (asked === undefined || of === asked || of.startsWith(`${asked}/`)) && at >= (since ?? 0),
      );
      expect(found.flat()).toEqual(wanted.toReversed());
      expect(found.slice(0, -1).every(({ length }) => length === limit)).toBe(true);
    }),
  );
});

test("readTransitions: pages are not moved by what comes meanwhile", () => {
  const file = newFile();
  file.write(append([transition("a"), transition("b"), transition("c")]));
  const first = file.read((c) => readTransitions(c, { limit: 2 }));
  file.write(append([transition("d")]));
  expect(file.read((c) => readTransitions(c, { after: first.next })).items.map((one) => one.subject)).toEqual(["a"]);
});

test.for([
  [undefined, 100],
  [0, 1],
  [1000, 1000],
  [1e9, 1000],
] as const)("readTransitions: a limit of %s gives %d entries", ([limit, length]) => {
  const file = newFile();
  file.write(append(Array.from({ length: 1500 }, () => transition("a"))));
  expect(file.read((c) => readTransitions(c, { limit })).items.length).toBe(length);
});

test.for(["", "-1", "1e3", "1;", "12345678901234567"])("isCursor: %o is none", (text) => {
  expect(isCursor(text)).toBe(false);
});

test("readAudit: entries with ids that are theirs", () => {
  const file = newFile();
  for (const what of ["one", "two", "three"]) {
    file.write({ kind: "audit", entry: { at: NOW, who: "ada", from: "192.0.2.1", what, result: "done" } });
  }
  const found = pages((page) => file.read((c) => readAudit(c, page)), 2);
  expect(found.map((items) => items.map(({ what }) => what))).toEqual([["three", "two"], ["one"]]);
  expect(new Set(found.flat().map(({ id }) => id)).size).toBe(3);
  expect(found[1]![0]).toMatchObject({ at: NOW, who: "ada", from: "192.0.2.1", result: "done" });
});

function add(file: ReturnType<typeof newFile>, number: number, hash: string, text: string): unknown {
  const { archive, ...record } = generation(number, hash, text);
  return file.write({ kind: "generation", generation: record, archive });
}

test("readGeneration: the archive comes back as it was; that of one hash lies there once", () => {
  const file = newFile();
  expect(add(file, 1, "h1", "one\0")).toBe(1);
  expect(add(file, 2, "h1", "one\0")).toBe(2);
  expect(add(file, 3, "h2", "")).toBe(3);
  const archiveOf = (number: number | undefined): string =>
    Buffer.from(file.read((c) => readGeneration(c, number))!.archive!).toString();
  expect(archiveOf(1)).toBe("one\0");
  expect(archiveOf(2)).toBe("one\0");
  expect(archiveOf(undefined)).toBe("");
  expect(file.read((c) => c.value("SELECT count(*) FROM texts"))).toBe(2);
  expect(file.read((c) => readGeneration(c, 99))).toBeUndefined();
});

test("readGeneration: an archive in shared memory is kept too", () => {
  const file = newFile();
  const archive = new Uint8Array(new SharedArrayBuffer(3)).fill(7);
  file.write({ kind: "generation", generation: generation(1, "h", ""), archive });
  expect(file.read((c) => readGeneration(c, 1))!.archive).toEqual(new Uint8Array([7, 7, 7]));
});

test("readGenerations: numbers go on from the highest, whatever number is asked for", () => {
  const file = newFile();
  expect(add(file, 5, "h", "")).toBe(5);
  expect(add(file, 1, "h", "")).toBe(6);
  expect(add(file, 9, "h", "")).toBe(9);
  const found = pages((page) => file.read((c) => readGenerations(c, page)), 2);
  expect(found.map((items) => items.map(({ number }) => number))).toEqual([[9, 6], [5]]);
  expect(file.read(readKept).generation).toBe(9);
});

test("readGenerations: databases and changes come back as they were", () => {
  const file = newFile();
  const none = { added: [], removed: [], changed: [] };
  const changes = { profiles: { ...none, added: ["shop"] }, endpoints: none, zones: none };
  const record = { number: 1, at: NOW, hash: "h", databases: [{ database: "country.mmdb", built: NOW - 5 }], changes };
  file.write({ kind: "generation", generation: record, archive: undefined });
  expect(file.read((c) => readGenerations(c, {})).items).toEqual([record]);
});

test("readKept: states of targets are those last put, without those that are not kept", () => {
  const file = newFile();
  const put = (...keys: string[]): Write => ({ kind: "batch", targets: keys.map(target), transitions: [], alive: 7 });
  file.write(put("a", "b", "c"));
  file.write({ kind: "batch", targets: [{ ...target("a"), failures: 9 }], transitions: [], alive: 8.6 });
  file.write({ kind: "keep-targets", keys: ["a", "c", "d"] });
  const { targets, alive } = file.read(readKept);
  expect(targets).toEqual([{ ...target("a"), failures: 9 }, target("c")]);
  expect(alive).toBe(9);
});

test("readKept: rows that geosteer has not written are left out", () => {
  const { file } = openState(path.join(stateFolder(), "state.db"));
  file.read((c) =>
    c.exec(`INSERT INTO overrides VALUES (1, 'a/*', 'explode', 0, NULL, 0, NULL, 'x');
      INSERT INTO targets VALUES ('k', 'on fire', 0, 0, 0, NULL, NULL, 0, 0, 0)`),
  );
  expect(file.read(readKept)).toMatchObject({ value: { overrides: [], targets: [] } });
});
