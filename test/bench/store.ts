/**
 * `npm run bench:store`: how long an override waits until it is durable, and what the store costs the main thread: idle,
 * under 10,000 transitions a second, and while a file that is above its size shrinks.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { createStore, type Store } from "../../src/state/store/store.ts";

const SECONDS = 10;
const RATE = 10_000;
/** Milliseconds between two lots of transitions, and between two overrides. */
const LOT = 10;
const PAUSE = 20;
const PROFILES = 1000;
const MIB = 2 ** 20;

const folder = mkdtempSync(path.join(tmpdir(), "geosteer-store-"));
process.on("exit", () => rmSync(folder, { recursive: true }));

function newStore(file: string, size: number): Store {
  const say = (fields: object, message: string): void => console.log(`  ${message}`, fields);
  const logger = { debug: say, info: say, warn: say, error: say };
  return createStore({ file, keep: 1e10, size }, { logger, clock: Date.now, onState() {}, onKept() {} });
}

function append(store: Store, count: number): void {
  const at = Date.now();
  store.appendTransitions(
    Array.from({ length: count }, () => ({
      at,
      subject: `profile-${Math.floor(Math.random() * PROFILES)}/endpoint-${Math.floor(Math.random() * 4)}`,
      from: "online",
      to: "degraded",
      reason: "connection refused by the other side",
    })),
  );
}

function at(sorted: readonly number[], share: number): string {
  return `${sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1)} ms`;
}

/** Overrides one after the other while so many transitions come a second. */
async function measure(name: string, file: string, store: Store, rate: number): Promise<void> {
  const loop = monitorEventLoopDelay({ resolution: 1 });
  const waits: number[] = [];
  const cpu = process.cpuUsage();
  const began = performance.now();
  const end = began + SECONDS * 1000;
  let appended = 0;
  const appending = setInterval(() => {
    const due = Math.round(((performance.now() - began) / 1000) * rate);
    append(store, due - appended);
    appended = due;
  }, LOT);
  loop.enable();
  while (performance.now() < end) {
    const from = performance.now();
    const id = waits.length + 1;
    const set = await store.setOverride({
      id,
      pattern: "shop/*",
      action: "out",
      since: Date.now(),
      until: undefined,
      over: 0,
      reason: undefined,
      author: "bench",
    });
    if (!set.ok) throw new Error(set.error.message);
    waits.push(performance.now() - from);
    await store.clearOverrides([id]);
    await delay(PAUSE);
  }
  loop.disable();
  clearInterval(appending);
  const { user, system } = process.cpuUsage(cpu);
  const sorted = waits.toSorted((a, b) => a - b);
  const loopDelay = (nanoseconds: number): string => `${(nanoseconds / 1e6).toFixed(1)} ms`;
  console.log(`${name}
  override durable after: median ${at(sorted, 0.5)}, p99 ${at(sorted, 0.99)}, longest ${at(sorted, 1)} (${waits.length})
  event loop of main: p99 ${loopDelay(loop.percentile(99))}, longest ${loopDelay(loop.max)}
  transitions: ${appended}, left out: ${store.state().dropped}; CPU of all threads: ${((user + system) / SECONDS / 1e4).toFixed(0)} %
  file: ${(statSync(file).size / MIB).toFixed(1)} MiB and ${(statSync(`${file}-wal`).size / MIB).toFixed(1)} MiB of log; memory: ${(process.memoryUsage().rss / MIB).toFixed(0)} MiB`);
}

async function scene(name: string, size: number, rate: number, before = 0): Promise<void> {
  const file = path.join(folder, `${name}.db`);
  const store = newStore(file, size);
  await store.open();
  for (let left = before; left > 0; left -= RATE) {
    append(store, RATE);
    await delay(400);
  }
  await measure(name, file, store, rate);
  const from = performance.now();
  const ended = await store.stop();
  console.log(`  stopped ${ended ? "" : "NOT "}in ${(performance.now() - from).toFixed(0)} ms`);
}

await scene("idle", 256 * MIB, 0);
await scene("10,000 transitions a second", 256 * MIB, RATE);
await scene("10,000 transitions a second, above its size", 32 * MIB, RATE, 200_000);
