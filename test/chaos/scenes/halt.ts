/** SIGSTOP: the machine sleeps, a virtual one is moved, or a debugger holds the process. */
import { setTimeout as delay } from "node:timers/promises";
import { addressesOf, soon } from "../ask.ts";
import { startFlood } from "../flood.ts";
import { promiseOnline, promiseProbes } from "../probing.ts";
import { promiseReload } from "../reloading.ts";
import type { Scene } from "../scene.ts";
import { serve } from "../serving.ts";

const HALTED = "SIGSTOP";

/** Milliseconds. */
const HALT = { short: 4000, long: 15_000 };
/** Milliseconds from SIGCONT to an answer. */
const AT_ONCE = 500;
/** Milliseconds for what was halted to come to a wrong verdict. */
const AFTERWARDS = 2500;

export const halt: Scene = {
  name: "halt",
  trials: [HALTED],
  async run(bench, [trial = HALTED]) {
    // One failure is enough, and most of the time a probe is under way.
    const serving = await serve(bench, trial, { toleratedFailures: 0, slowness: 500 });
    const { server, world } = serving;
    await delay(1000);
    // What is asked meanwhile is too old for an answer afterwards.
    await serving.endFlood();
    server.signal("SIGSTOP");
    await delay(bench.short ? HALT.short : HALT.long);
    server.signal("SIGCONT");
    const query = { name: "www.example.org" } as const;
    const took = await soon(AT_ONCE, async () => (await addressesOf(world.dns, query)) === "192.0.2.80");
    bench.promise(trial, "it answers at once", took !== undefined && took <= AT_ONCE, `after ${took?.toFixed(0)} ms`);
    const flood = await startFlood({ port: world.dns, questions: world.questions });
    server.forgiveDelay();
    await delay(AFTERWARDS);
    await promiseOnline(bench, trial, server);
    await promiseProbes(bench, trial, world);
    await promiseReload(bench, trial, server);
    await flood.stop();
    bench.floodEnded(trial, flood);
    await serving.end();
  },
};
