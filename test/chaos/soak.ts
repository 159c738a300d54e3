/**
 * `--soak`: mixed load for as long as one likes, and whether memory grows meanwhile. Queries over UDP and TCP, scrapes,
 * good and bad reloads in turn, a backend that comes and goes.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Chance } from "../fuzz/chance.ts";
import { KINDS, putBad } from "./bad-files.ts";
import { growthOf, type Sample } from "./growth.ts";
import { plot } from "./plot.ts";
import { promiseOnline } from "./probing.ts";
import type { Bench } from "./scene.ts";
import { residentMemory, type Server } from "./server.ts";
import { serve, type Serving } from "./serving.ts";
import { FILES } from "./world.ts";

export interface SoakOptions {
  /** Milliseconds. */
  readonly duration: number;
  readonly chance: Chance;
}

const PLOT = path.resolve(import.meta.dirname, "../../docs/memory.svg");

/** Milliseconds between samples at most; there are some hundred in a short run too. */
const SAMPLE = 10_000;
/** Milliseconds between a good reload and a bad one. */
const RELOAD = 2000;
/** Milliseconds that the backend is up, and down. */
const FLAP = 5000;
/** Milliseconds between scrapes that are no samples. */
const SCRAPE = 1000;

const SOAK = "soak";

/** What is measured, each in octets. */
const MEASURES = {
  "resident memory": (server: Server) => residentMemory(server),
  "V8 heap used": async (server: Server) => (await server.metrics())?.value("nodejs_heap_size_used_bytes"),
  "external memory": async (server: Server) => (await server.metrics())?.value("nodejs_external_memory_bytes"),
} as const;

type Measure = keyof typeof MEASURES;

const COLOURS: Readonly<Record<Measure, string>> = {
  "resident memory": "#3b7dd8",
  "V8 heap used": "#d8703b",
  "external memory": "#3ba86a",
};

export async function soak(bench: Bench, { duration, chance }: SoakOptions): Promise<void> {
  const serving = await serve(bench, SOAK);
  const { server } = serving;
  const started = performance.now();
  const isOver = (): boolean => performance.now() - started >= duration || server.exit() !== undefined;
  const samples = new Map<Measure, Sample[]>(measures().map((measure) => [measure, []]));
  let reloads = 0;

  const every = async (interval: number, act: () => Promise<void> | void): Promise<void> => {
    while (!isOver()) {
      await delay(interval);
      await act();
    }
  };
  const sample = async (): Promise<void> => {
    const at = (performance.now() - started) / 1000;
    for (const measure of measures()) {
      const value = await MEASURES[measure](server);
      if (value !== undefined && !Number.isNaN(value)) samples.get(measure)?.push({ at, value });
    }
    bench.progress(`${SOAK} ${at.toFixed(0)} s, ${mebibytes(residentMemory(server))}, ${reloads} reloads`);
  };
  await Promise.all([
    every(Math.min(SAMPLE, duration / 100), sample),
    every(SCRAPE, async () => void (await server.metrics())),
    every(FLAP, () => flap(serving)),
    every(RELOAD, async () => {
      await reloadPair(serving, chance);
      reloads += 2;
    }),
  ]);
  await promiseOnline(bench, SOAK, server);
  await serving.end();
  tell(bench, samples, { duration, reloads });
}

const measures = (): readonly Measure[] => Object.keys(MEASURES) as Measure[];

async function flap({ world }: Serving): Promise<void> {
  await world.spare.stop();
  await delay(FLAP);
  await world.spare.start();
}

async function reloadPair({ world, server }: Serving, chance: Chance): Promise<void> {
  const file = chance.pick(FILES);
  const undo = await putBad(chance.pick(KINDS), world.places[file]);
  await reload(server);
  await undo();
  world.restore(file);
  await delay(RELOAD);
  await reload(server);
}

/** Milliseconds; the default of `limits.load.time`. */
const LOAD_LIMIT = 120_000;

async function reload(server: Server): Promise<void> {
  const from = server.mark();
  server.signal("SIGHUP");
  await server.told(from, ({ msg }) => /generation|new configuration/.test(msg), LOAD_LIMIT);
}

interface Run {
  readonly duration: number;
  readonly reloads: number;
}

function tell(bench: Bench, samples: ReadonlyMap<Measure, readonly Sample[]>, { duration, reloads }: Run): void {
  const minutes = (duration / 60_000).toFixed(0);
  console.log(`\n${minutes} minutes of 500 queries a second with ${reloads} reloads, every other one a bad file:\n`);
  const whole = growthOf(samples.get("resident memory") ?? []).mean;
  for (const [measure, all] of samples) {
    const { mean, perHour, uncertainty, grows } = growthOf(all, whole);
    const rate = `${percent(perHour)} (± ${percent(uncertainty)}) of resident memory an hour`;
    console.log(`- ${measure}: ${mebibytes(all[0]?.value)} at first, ${mebibytes(mean)} in the end, ${rate}`);
    bench.promise(SOAK, `${measure} does not grow`, !grows, rate);
  }
  const lines = [...samples].map(([name, all]) => ({
    name,
    colour: COLOURS[name],
    points: all.map(({ at, value }) => [at / 60, value / 2 ** 20] as const),
  }));
  const title = `Memory under mixed load with ${reloads} reloads`;
  writeFileSync(PLOT, plot({ title, x: "minutes", y: "MiB", lines }));
}

const mebibytes = (octets = Number.NaN): string => `${(octets / 2 ** 20).toFixed(0)} MiB`;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
