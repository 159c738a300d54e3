/** Whoever reads the log stops reading, goes away, or has no room left. */
import { openSync, closeSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { promiseProbes } from "../probing.ts";
import { promiseMetrics, promiseReload } from "../reloading.ts";
import type { Bench, Scene } from "../scene.ts";
import { serve, type Serving } from "../serving.ts";
import { put } from "../world.ts";

const STOPS = "its reader stops reading";
const LEAVES = "its reader goes away";
const FULL = "the disk is full";

/** Milliseconds that nobody reads. */
const UNREAD = { short: 8000, long: 60_000 };

export const logReader: Scene = {
  name: "log",
  trials: [STOPS, LEAVES, FULL],
  async run(bench, trials) {
    for (const trial of trials) await runs[trial]?.(bench);
  },
};

const runs: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  async [STOPS](bench) {
    const serving = await serve(bench, STOPS);
    const { server, world } = serving;
    const before = server.mark();
    server.pauseLog();
    const until = performance.now() + (bench.short ? UNREAD.short : UNREAD.long);
    while (performance.now() < until) await chatter(serving);
    // A busy machine has said less by then than what may wait.
    while (performance.now() < until + PATIENCE && !((await droppedBy(serving)) > 0)) await chatter(serving);
    world.restore("configuration");
    await promiseProbes(bench, STOPS, world);
    await promiseMetrics(bench, STOPS, server);
    await promiseReload(bench, STOPS, server);
    const dropped = await droppedBy(serving);
    bench.promise(STOPS, "lines that nobody reads are dropped and counted", dropped > 0, String(dropped));

    server.resumeLog();
    await delay(SETTLED);
    const from = server.mark();
    bench.promise(STOPS, "what was written before comes out", from > before);
    await promiseReload(bench, STOPS, server);
    const entry = await server.told(from, ({ msg }) => msg === "serving a new generation", SETTLED);
    bench.promise(STOPS, "new lines come again", entry !== undefined);
    bench.promise(STOPS, "lines are whole", server.damagedLines() === 0, `${server.damagedLines()} damaged`);

    server.pauseLog();
    for (let i = 0; i < 3; i++) await chatter(serving);
    await serving.end();
  },

  async [LEAVES](bench) {
    const serving = await serve(bench, LEAVES);
    serving.server.closeLog();
    await chatter(serving);
    await promiseWork(bench, LEAVES, serving);
    await serving.end();
  },

  async [FULL](bench) {
    const log = openSync("/dev/full", "w");
    const serving = await serve(bench, FULL, { server: { log } });
    closeSync(log);
    await chatter(serving);
    await promiseWork(bench, FULL, serving);
    await serving.end();
  },
};

async function droppedBy({ server }: Serving): Promise<number> {
  return (await server.metrics())?.value("geosteer_log_lines_dropped_total") ?? 0;
}

/** Milliseconds in which lines have to be dropped at last. */
const PATIENCE = 30_000;

/** Milliseconds for what has waited to come out. */
const SETTLED = 2000;

/** Octets of a name in a problem that is logged. */
const LONG = 10_000;

/** A reload that has much to say, and a backend that comes or goes. */
async function chatter({ server, world }: Serving): Promise<void> {
  const problems = Array.from({ length: 50 }, (_, i) => `  ? ${"x".repeat(LONG)}${i}\n  : 1\n`);
  put(world.places.configuration.path, `zones: {}\nlog:\n${problems.join("")}`);
  server.signal("SIGHUP");
  await world.spare.stop();
  await delay(500);
  await world.spare.start();
}

async function promiseWork(bench: Bench, trial: string, { server, world }: Serving): Promise<void> {
  world.restore("configuration");
  await promiseProbes(bench, trial, world);
  await promiseMetrics(bench, trial, server);
  await promiseReload(bench, trial, server);
}
