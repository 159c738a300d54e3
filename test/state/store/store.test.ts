/** The store as the main thread has it: acknowledgements, batches, and what befalls its thread. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Kept } from "../../../src/state/store/records.ts";
import { createStore, type Store, type StoreDeps, type StoreOptions } from "../../../src/state/store/store.ts";
import { MOST_WAITING } from "../../../src/state/store/waiting-batch.ts";
import {
  DAY,
  generation,
  NOW,
  override,
  recordingLogger,
  stateFolder,
  target,
  transition,
} from "../../support/state-files.ts";

interface Scene {
  readonly store: Store;
  readonly file: string;
  readonly lines: readonly string[];
  readonly told: readonly Kept[];
}

function newStore(
  file = path.join(stateFolder(), "state.db"),
  options: Partial<StoreOptions> = {},
  deps: Partial<StoreDeps> = {},
): Scene {
  const logger = recordingLogger();
  const told: Kept[] = [];
  const store = createStore(
    { file, keep: 90 * DAY, size: 2 ** 28, ...options },
    { logger, clock: () => NOW, onState() {}, onKept: (kept) => told.push(kept), ...deps },
  );
  onTestFinished(async () => void (await store.stop()));
  return { store, file, lines: logger.lines, told };
}

const MORTAL = new URL("children/mortal-thread.ts", import.meta.url);

function audit(what: string, result = ""): Parameters<Store["appendAudit"]>[0] {
  return { at: NOW, who: "ada", from: "here", what, result };
}

test("createStore: all that is kept is there after a restart", async () => {
  const { store, file } = newStore();
  expect(await store.open()).toEqual({ overrides: [], targets: [], alive: undefined, generation: undefined });
  expect(store.state()).toEqual({ durable: true, trouble: undefined, dropped: 0 });
  const [first, second] = [override("a/*"), override("b/*")];
  expect(await store.setOverride(first)).toEqual({ ok: true, value: undefined });
  await store.setOverride(second);
  expect(await store.clearOverrides([first.id, 9999])).toEqual({ ok: true, value: [first.id] });
  expect(await store.addGeneration(generation(1, "h", "zones: {}"))).toEqual({ ok: true, value: 1 });
  expect(await store.appendAudit(audit("reload", "done"))).toEqual({ ok: true, value: undefined });
  store.putTargets([target("t"), target("u")]);
  store.keepTargets(["t"]);
  store.appendTransitions([transition("shop"), transition("shop/fra")]);
  await store.stop();

  const { store: next } = newStore(file);
  expect(await next.open()).toEqual({
    overrides: [second],
    targets: [target("t")],
    alive: NOW,
    generation: 1,
  });
  expect(await next.transitions({ subject: "shop/fra" })).toEqual({
    ok: true,
    value: { items: [transition("shop/fra")], next: undefined },
  });
  const whole = { ok: true, value: generation(1, "h", "zones: {}") };
  expect(await next.lastGood()).toEqual(whole);
  expect(await next.generation(1)).toEqual(whole);
  expect(await next.generation(7)).toEqual({ ok: true, value: undefined });
  expect(await next.generations({})).toMatchObject({ value: { items: [{ number: 1, hash: "h" }] } });
  expect(await next.audit({})).toMatchObject({ value: { items: [audit("reload", "done")] } });
});

test("createStore: what is batched is kept within a second, without a stop", async () => {
  const { store } = newStore();
  await store.open();
  store.appendTransitions([transition("shop")]);
  await vi.waitFor(async () => expect(await store.transitions({})).toMatchObject({ value: { items: [{}] } }));
});

test("transitions: a cursor that no page has given is refused", async () => {
  const { store } = newStore();
  await store.open();
  expect(await store.transitions({ after: "1; DROP TABLE audit" })).toMatchObject({ error: { code: "bad-cursor" } });
});

/** Commits in a write-ahead log: frames that say how large the file is after them (fileformat2.html, 4.1). */
function commitsIn(log: Buffer): number {
  if (log.length === 0) return 0;
  const frame = 24 + log.readUInt32BE(8);
  let commits = 0;
  for (let at = 32; at + frame <= log.length; at += frame) if (log.readUInt32BE(at + 4) > 0) commits++;
  return commits;
}

test("createStore: writes that wait together share commits", async () => {
  const { store, file } = newStore();
  await store.open();
  const before = commitsIn(readFileSync(`${file}-wal`));
  const results = await Promise.all(Array.from({ length: 500 }, () => store.setOverride(override())));
  expect(results.every(({ ok }) => ok)).toBe(true);
  const commits = commitsIn(readFileSync(`${file}-wal`)) - before;
  expect(commits).toBeGreaterThan(0);
  expect(commits).toBeLessThan(50);
});

test("createStore: more questions than can wait are refused at once", async () => {
  const { store } = newStore();
  await store.open();
  const results = await Promise.all(Array.from({ length: 1500 }, () => store.setOverride(override())));
  const failed = results.flatMap((result) => (result.ok ? [] : [result.error.code]));
  expect(failed).toEqual(Array(500).fill("busy"));
});

test("createStore: a burst of a million transitions delays no override, and leaves out and counts what has no room", async () => {
  const { store, lines } = newStore();
  await store.open();
  const batch = Array.from({ length: 10_000 }, (_, i) => transition(`profile-${i % 100}/endpoint`));
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 100; i++) store.appendTransitions(batch);
  expect(store.state().dropped).toBe(1_000_000 - MOST_WAITING);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * 2 ** 20);
  await delay(300);
  let waited = 0;
  for (let i = 0; i < 20; i++) {
    const from = performance.now();
    expect((await store.setOverride(override())).ok).toBe(true);
    waited = Math.max(waited, performance.now() - from);
  }
  // It waits for one batch at most, not for 25 of them.
  expect(waited).toBeLessThan(2000);
  await vi.waitFor(() => {
    expect(lines).toEqual([
      `error: history is left out: more came than could be kept {"transitions":${1_000_000 - MOST_WAITING}}`,
    ]);
  });
});

test("open: where the file cannot be used that is said, nothing is acknowledged, and all else goes on", async () => {
  const folder = stateFolder();
  const states: string[] = [];
  const onState: StoreDeps["onState"] = ({ trouble }) => states.push(trouble?.code ?? "none");
  const { store, lines } = newStore(path.join(folder, "a/b/state.db"), {}, { onState });
  expect(await store.open()).toMatchObject({ overrides: [] });
  expect(store.state()).toMatchObject({ durable: false, trouble: { code: "cannot-open" } });
  expect(await store.setOverride(override())).toMatchObject({ ok: false, error: { code: "cannot-open" } });
  expect(await store.lastGood()).toMatchObject({ ok: false });
  store.appendTransitions([transition("shop")]);
  await delay(300);
  expect(states).toEqual(["cannot-open"]);
  expect(lines).toEqual([expect.stringContaining(`there is no folder ${folder}/a`)]);
  await store.stop();
  expect(await store.setOverride(override())).toMatchObject({ ok: false, error: { code: "stopped" } });
});

test("createStore: a thread that dies leaves no question open and is replaced, with all that was acknowledged", async () => {
  const { store, lines, told } = newStore(undefined, {}, { entry: MORTAL });
  await store.open();
  await store.setOverride(override("kept/*"));
  const [died, ...others] = await Promise.all([
    store.appendAudit(audit("die")),
    store.setOverride(override()),
    store.transitions({}),
  ]);
  expect([died, ...others].map((result) => !result.ok && result.error.code)).toEqual(Array(3).fill("thread-ended"));
  expect(store.state()).toMatchObject({ durable: false, trouble: { code: "thread-ended" } });
  expect(lines[0]).toContain("made to die");
  await vi.waitFor(() => expect(store.state().durable).toBe(true), 5000);
  await vi.waitFor(() => expect(told.length).toBe(1));
  expect(told[0]!.overrides.map(({ pattern }) => pattern)).toContain("kept/*");
  expect(await store.setOverride(override())).toMatchObject({ ok: true });
  expect(lines.at(-1)).toContain("state is kept again");
});

test(
  "createStore: a disk that does not answer is told, and what was given up and kept after all",
  { timeout: 30_000 },
  async () => {
    const { store, told } = newStore(undefined, {}, { entry: MORTAL });
    await store.open();
    const hung = store.appendAudit(audit("hang", "7000"));
    const from = performance.now();
    expect(await store.setOverride(override("late/*"))).toMatchObject({ ok: false, error: { code: "stalled" } });
    expect(performance.now() - from).toBeLessThan(6500);
    expect(await hung).toMatchObject({ ok: false, error: { code: "stalled" } });
    expect(store.state()).toMatchObject({ durable: false, trouble: { code: "stalled" } });
    const again = performance.now();
    expect(await store.setOverride(override())).toMatchObject({ ok: false, error: { code: "stalled" } });
    expect(performance.now() - again).toBeLessThan(100);

    await vi.waitFor(() => expect(store.state().durable).toBe(true), 5000);
    await vi.waitFor(() => expect(told.length).toBeGreaterThan(0));
    expect(told.at(-1)!.overrides.map(({ pattern }) => pattern)).toEqual(["late/*"]);
  },
);

test("stop: a disk that does not answer is not waited for, and nobody who asked is left waiting", async () => {
  const { store } = newStore(undefined, {}, { entry: MORTAL });
  await store.open();
  const hung = store.appendAudit(audit("hang", "4000"));
  const from = performance.now();
  expect(await store.stop()).toBe(false);
  expect(performance.now() - from).toBeLessThan(2000);
  expect(await hung).toMatchObject({ ok: false, error: { code: "stopped" } });
});

test("stop: a store that was never opened stops too", async () => {
  const { store, file } = newStore();
  expect(await store.stop()).toBe(true);
  expect(existsSync(file)).toBe(false);
});

/** Another process that has the file. */
async function otherServer(file: string): Promise<ChildProcess> {
  const writer = path.join(import.meta.dirname, "children/writer.ts");
  const other = spawn(process.execPath, [writer, file, "2", `${file}.lines`], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void other.kill("SIGKILL"));
  let output = "";
  other.stdout.on("data", (data: Buffer) => (output += data.toString()));
  await vi.waitFor(() => expect(output).toContain("end"), 10_000);
  return other;
}

test.for(["SIGKILL", undefined] as const)(
  "createStore: the second of two servers says who has the file, and takes it over once the first has ended (%s)",
  { timeout: 30_000 },
  async (signal) => {
    const file = path.join(stateFolder(), "state.db");
    const other = await otherServer(file);
    const { store, told } = newStore(file, { retry: 100 });
    const kept = await store.open();
    expect(kept.overrides.length).toBe(1);
    const { durable, trouble } = store.state();
    expect(durable).toBe(false);
    expect(trouble?.code).toBe("locked");
    const owner = existsSync("/proc/locks") ? `geosteer, process ${other.pid}` : "another geosteer";
    expect(trouble?.message).toContain(`(${owner})`);
    expect(await store.setOverride(override())).toMatchObject({ ok: false, error: { code: "locked" } });

    if (signal === undefined) other.stdin!.end();
    else other.kill(signal);
    await once(other, "exit");
    await vi.waitFor(() => expect(store.state().durable).toBe(true), 5000);
    expect(told.at(-1)?.overrides).toEqual(kept.overrides);
    expect(await store.setOverride(override())).toMatchObject({ ok: true });
  },
);
