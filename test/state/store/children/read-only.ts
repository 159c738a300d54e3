/**
 * Opens a state file that its user may not write, then lets him: `node read-only.ts FILE PATH`, where PATH is what may not
 * be written, the file or its folder. Root may write anything, and becomes another user. Says what came of it as JSON.
 */
import { chmodSync, chownSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createStore } from "../../../../src/state/store/store.ts";

const NOBODY = 65_534;

const [, , file = "", closed = ""] = process.argv;
const silent = (): void => {};
const logger = { debug: silent, info: silent, warn: silent, error: silent };
const store = createStore(
  { file, keep: 1e10, size: 2 ** 28, retry: 50 },
  { logger, clock: Date.now, onState: silent, onKept: silent },
);
// Its thread has loaded what it needs once it answers.
await store.transitions({});
const folder = path.dirname(file);
const mode = statSync(closed).mode & 0o777;
chmodSync(closed, mode & 0o555);
if (process.getuid!() === 0) {
  for (const name of readdirSync(folder)) chownSync(path.join(folder, name), NOBODY, NOBODY);
  chownSync(folder, NOBODY, NOBODY);
  process.setgid!(NOBODY);
  process.setuid!(NOBODY);
}
const set = (): ReturnType<typeof store.setOverride> =>
  store.setOverride({
    id: 1_000_000,
    pattern: "b/*",
    action: "out",
    since: 0,
    until: undefined,
    over: 0,
    reason: undefined,
    author: "x",
  });

const kept = await store.open();
const state = store.state();
const refused = await set();
const history = await store.transitions({});
chmodSync(closed, mode);
const from = performance.now();
while (!store.state().durable && performance.now() - from < 5000) await delay(20);
const taken = await set();
await store.stop();
console.log(
  JSON.stringify({
    overrides: kept.overrides.length,
    durable: state.durable,
    trouble: state.trouble?.code,
    message: state.trouble?.message,
    refused: refused.ok ? "no" : refused.error.code,
    history: history.ok && history.value.items.length,
    taken: taken.ok,
  }),
);
