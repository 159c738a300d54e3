/** The clock of the machine steps by a day, forth and back: `step-clock.ts`, which the server loads, does it. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { setTimeout as delay } from "node:timers/promises";
import { askUdp } from "../../support/dns-client.ts";
import { ednsOption } from "../../support/query-packet.ts";
import { startFlood } from "../flood.ts";
import { promiseOnline, promiseProbes } from "../probing.ts";
import { promiseReload } from "../reloading.ts";
import type { Scene } from "../scene.ts";
import { serve } from "../serving.ts";

const STEPS = "it steps by a day";

/** Milliseconds. */
const DAY = 86_400_000;
/** Milliseconds of each time. */
const STAY = { short: 2500, long: 10_000 };
/** Milliseconds that a load may be old when it is asked for. */
const RECENT = 20_000;

export const clock: Scene = {
  name: "clock",
  trials: [STEPS],
  async run(bench, [trial = STEPS]) {
    const shift = path.join(bench.folder, "shift");
    const step = (by: number): void => writeFileSync(shift, String(by));
    step(0);
    const program = pathToFileURL(path.join(import.meta.dirname, "../step-clock.ts"));
    const serving = await serve(bench, trial, {
      // The flood is exempt; who asks ten times a second is far below the limit, and of a network of its own.
      dns: ", rateLimit: { responses: 30, exempt: [127.0.0.1] }",
      flood: { rate: 200 },
      server: { environment: { NODE_OPTIONS: `--import=${program.href}`, GEOSTEER_CLOCK_SHIFT: shift } },
    });
    const { server, world } = serving;
    const few = await startFlood({ port: world.dns, questions: world.questions, rate: 10, from: "127.9.9.9" });
    let cookie: Uint8Array = CLIENT_COOKIE;
    for (const by of [DAY, 0, -DAY, 0]) {
      step(by);
      await delay(bench.short ? STAY.short : STAY.long);
      // The cookie is from before the step.
      const answer = await askUdp(
        { host: "127.0.0.1", port: world.dns },
        { name: "www.example.org", edns: { data: ednsOption(10, cookie) } },
      ).catch(() => undefined);
      const found = JSON.stringify(answer ?? "no answer");
      bench.promise(trial, "a cookie from before is answered", answer?.answers.length === 1, found);
      cookie = Buffer.from(answer?.edns?.cookie ?? "", "hex");
      await promiseReload(bench, trial, server);
      const told = (await server.metrics())?.value("geosteer_config_last_load_timestamp_seconds") ?? Number.NaN;
      const off = Math.abs(told * 1000 - (Date.now() + by));
      bench.promise(trial, "the time of the last load is wall time", off < RECENT, `${(off / 1000).toFixed(0)} s off`);
    }
    await promiseOnline(bench, trial, server);
    await promiseProbes(bench, trial, world);
    await few.stop();
    bench.floodEnded(trial, few);
    await serving.end();
  },
};

/** RFC 7873: the client's part. */
const CLIENT_COOKIE = Uint8Array.of(8, 7, 6, 5, 4, 3, 2, 1);
