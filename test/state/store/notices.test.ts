/** What the state file keeps of notices: messages in order, what was told, whatever becomes of the file. */
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { NoticeChange } from "../../../src/state/store/records.ts";
import { createStore, type Store } from "../../../src/state/store/store.ts";
import { DAY, NOW, recordingLogger, stateFolder } from "../../support/state-files.ts";

async function opened(file: string): Promise<Store> {
  const store = createStore(
    { file, keep: 90 * DAY, size: 2 ** 28 },
    { logger: recordingLogger(), clock: () => NOW, onState() {}, onKept() {} },
  );
  onTestFinished(async () => void (await store.stop()));
  await store.open();
  return store;
}

function change(more: Partial<NoticeChange>): NoticeChange {
  return { add: [], remove: [], told: [], ...more };
}

const messageOf = (id: string, notice = "ops") => ({ id, notice, text: `text of ${id}` });
const toldOf = (subject: string, text: string | undefined, notice = "ops") => ({ notice, subject, text });

async function idsIn(store: Store): Promise<readonly string[]> {
  const rows = await store.notices();
  return rows.ok ? rows.value.messages.map(({ id }) => id) : [rows.error.message];
}

async function toldIn(store: Store): Promise<readonly string[]> {
  const rows = await store.notices();
  return rows.ok ? rows.value.told.map(({ notice, subject, text }) => `${notice} ${subject} ${text}`) : [];
}

test("messages stay in order, and are there once; a restart has them", async () => {
  const file = path.join(stateFolder(), "state.db");
  const store = await opened(file);
  await store.changeNotices(change({ add: [messageOf("z"), messageOf("a")] }));
  await store.changeNotices(change({ add: [messageOf("m"), messageOf("z")], remove: ["a"] }));
  expect(await idsIn(store)).toEqual(["z", "m"]);
  await store.stop();
  const next = await opened(file);
  await next.changeNotices(change({ add: [messageOf("b")] }));
  expect(await next.notices()).toMatchObject({
    ok: true,
    value: { messages: [messageOf("z"), messageOf("m"), messageOf("b")] },
  });
});

test("what was told is replaced, or goes", async () => {
  const store = await opened(path.join(stateFolder(), "state.db"));
  await store.changeNotices(change({ told: [toldOf("a", "1"), toldOf("b", "1"), toldOf("a", "1", "chat")] }));
  await store.changeNotices(change({ told: [toldOf("a", "2"), toldOf("b", undefined)] }));
  expect((await toldIn(store)).toSorted()).toEqual(["chat a 1", "ops a 2"]);
});

test("of notices that are no more nothing stays; one can begin anew", async () => {
  const store = await opened(path.join(stateFolder(), "state.db"));
  await store.changeNotices(
    change({ add: [messageOf("a"), messageOf("b", "chat")], told: [toldOf("a", "1", "chat")] }),
  );
  await store.changeNotices(change({ only: ["ops"] }));
  expect([await idsIn(store), await toldIn(store)]).toEqual([["a"], []]);
  await store.changeNotices(change({ reset: ["ops"], add: [messageOf("c")] }));
  expect(await idsIn(store)).toEqual(["c"]);
  await store.changeNotices(change({ only: [] }));
  expect(await idsIn(store)).toEqual([]);
});

test("a file that is no database keeps nothing, and says so", async () => {
  const file = path.join(stateFolder(), "state.db");
  writeFileSync(file, "not a database, but a text that is long enough for it");
  const store = await opened(file);
  expect(await store.changeNotices(change({ add: [messageOf("a")] }))).toMatchObject({ ok: false });
  rmSync(file);
});
