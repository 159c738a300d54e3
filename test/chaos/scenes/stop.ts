/** SIGTERM while files are being loaded. */
import { setTimeout as delay } from "node:timers/promises";
import type { Bench, Scene } from "../scene.ts";
import { runServer } from "../server.ts";
import { serve } from "../serving.ts";
import { createWorld, put } from "../world.ts";

const RELOADING = "during a reload";
const STARTING = "during the start";

export const stop: Scene = {
  name: "stop",
  trials: [RELOADING, STARTING],
  async run(bench, trials) {
    for (const trial of trials) await runs[trial]?.(bench);
  },
};

/** Milliseconds in which a load has begun and is not over. */
const UNDER_WAY = 400;

/** Some seconds of reading. */
const LONG_ZONE = `$TTL 60\n@ SOA a b 7 1 1 1 1\n@ NS ns.example.net.\n${"x A 192.0.2.1\n".repeat(500_000)}`;

const runs: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  async [RELOADING](bench) {
    const serving = await serve(bench, RELOADING);
    put(serving.world.places["zone file"].path, LONG_ZONE);
    serving.server.signal("SIGHUP");
    await delay(UNDER_WAY);
    await serving.end();
  },

  async [STARTING](bench) {
    bench.progress(STARTING);
    const world = await createWorld(bench.folder);
    put(world.places["zone file"].path, LONG_ZONE);
    const server = runServer({ file: world.places.configuration.path, http: world.http });
    await delay(2 * UNDER_WAY);
    // Before it listens for signals, the system ends it.
    const { took, code, signal } = await server.stop();
    const found = `${(took / 1000).toFixed(1)} s, exit code ${code}, signal ${signal}`;
    bench.promise(STARTING, "SIGTERM ends it within 5 s", code === 0 || signal === "SIGTERM", found);
    await world.close();
  },
};
