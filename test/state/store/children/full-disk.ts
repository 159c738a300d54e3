/**
 * Writes a state file until the disk takes no more, then makes room by deleting FILLER and writes on:
 * `node full-disk.ts FILE FILLER`. Says what came of it as JSON.
 */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { createStore, type Store } from "../../../../src/state/store/store.ts";

const [, , file = "", filler = ""] = process.argv;
const lines: string[] = [];
const log = (_: object, message: string): void => void lines.push(message);
let nextId = 1;
const troubles: (string | undefined)[] = [];

function newStore(): Store {
  return createStore(
    { file, keep: 1e10, size: 2 ** 28, retry: 50 },
    {
      logger: { debug: log, info: log, warn: log, error: log },
      clock: Date.now,
      onState: ({ trouble }) => troubles.push(trouble?.code),
      onKept() {},
    },
  );
}

function set(store: Store): ReturnType<Store["setOverride"]> {
  const override = {
    id: nextId++,
    pattern: "shop/*",
    action: "out",
    since: 0,
    until: undefined,
    over: 0,
    author: "ada",
  } as const;
  return store.setOverride({ ...override, reason: "x".repeat(10_000) });
}

const store = newStore();
await store.open();
await set(store);
if (filler !== "") {
  try {
    writeFileSync(filler, Buffer.alloc(2 ** 24));
  } catch {
    // Full.
  }
}
let acknowledged = 1;
let failure: string | undefined;
while (failure === undefined && acknowledged < 2000) {
  const result = await set(store);
  if (result.ok) acknowledged++;
  else failure = result.error.code;
}
const durable = store.state().durable;
// Batches fail too, and are tried again.
store.appendTransitions([{ at: 1, subject: "shop", from: "online", to: "degraded", reason: undefined }]);
await delay(400);
if (existsSync(filler)) rmSync(filler);
const from = performance.now();
let late = await set(store);
while (!late.ok && performance.now() - from < 5000) {
  await delay(20);
  late = await set(store);
}
if (late.ok) acknowledged++;
await delay(600);
const transitions = await store.transitions({});
await store.stop();
const again = newStore();
const kept = (await again.open()).overrides.length;
await again.stop();
const found = transitions.ok ? transitions.value.items.length : transitions.error;
console.log(JSON.stringify({ acknowledged, failure, durable, late: late.ok, found, kept, troubles, lines }));
