/** Reloads as they can be followed where there is no log to read: by metrics alone. */
import { soon } from "./ask.ts";
import type { Bench } from "./scene.ts";
import type { Server } from "./server.ts";

/** Milliseconds for a small configuration on a busy machine. */
const RELOADED = 15_000;

/** A good configuration is in place. */
export async function promiseReload(bench: Bench, trial: string, server: Server): Promise<void> {
  const generation = async (): Promise<number> =>
    (await server.metrics())?.value("geosteer_config_generation") ?? Number.NaN;
  const before = await generation();
  server.signal("SIGHUP");
  const took = await soon(RELOADED, async () => (await generation()) > before);
  bench.promise(trial, "a reload is done", took !== undefined, `generation ${before} before`);
  const success = (await server.metrics())?.value("geosteer_config_last_load_success");
  bench.promise(trial, "config_last_load_success is 1", success === 1, String(success));
}

export async function promiseMetrics(bench: Bench, trial: string, server: Server): Promise<void> {
  const found = await server.metrics();
  bench.promise(trial, "metrics are told within 2 s", found !== undefined && found.took < 2000, `${found?.took} ms`);
}
