/** `npm run chaos`: does to a real server what must not stop or blind it. `--help` tells the options. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { createChance } from "../fuzz/chance.ts";
import { createReport, tableOf } from "./report.ts";
import { parseDuration } from "../../src/config/text/duration.ts";
import type { Bench, Scene } from "./scene.ts";
import { scenes } from "./scenes/table.ts";
import { soak } from "./soak.ts";

const HELP = `Usage: npm run chaos -- [options]

Puts bad files, readers that stop, dead resolvers, full disks, used-up descriptors, stepping clocks and halts in the way
of a real server that is asked 500 times a second. Tells each promise that is broken, and then ends with 1.

  --short          some trials of each scene, drawn by the seed; about a minute
  --only WORD      scenes and trials with this in their name; may be given again
  --soak DURATION  mixed load for so long (30m), and whether memory grows; draws docs/memory.svg. No scenes
  --seed N         what chance begins with; default 1
  --list           the names of all scenes and trials
  --strict-delay   the main thread held up for more than 50 ms is a broken promise; for machines that are not shared
  --help           this text`;

/** Milliseconds. */
const LONGEST_DELAY = 50;

/** Scenes at a time of the short form; most of the time they wait. */
const SHORT_LANES = 3;

const SOAK_LIMITS = { min: "1m", max: "7d" } as const;

const { values } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    only: { type: "string", multiple: true, default: [] },
    soak: { type: "string" },
    seed: { type: "string", default: "1" },
    list: { type: "boolean", default: false },
    "strict-delay": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

// Of a scene that broke off, servers and clients go on.
process.exit(await main());

async function main(): Promise<number> {
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (!/^\d+$/.test(values.seed)) return misused(`--seed ${values.seed} is no number`);
  const duration = values.soak === undefined ? undefined : parseDuration(values.soak, SOAK_LIMITS);
  if (duration?.ok === false) return misused(`--soak ${values.soak}: ${duration.error.what}`);
  const chosen = duration !== undefined ? [soakFor(duration.value)] : chosenScenes();
  if (chosen.length === 0) return misused("no trial has such a name; --list tells all");
  if (values.list) {
    for (const { scene, trials } of chosen)
      console.log([scene.name, ...trials.map((trial) => `  ${trial}`)].join("\n"));
    return 0;
  }
  return run(chosen);
}

function chosenScenes(): readonly Chosen[] {
  return scenes
    .map((scene, index) => ({ scene, trials: chosenTrials(scene, index) }))
    .filter(({ trials }) => trials.length > 0);
}

function soakFor(duration: number): Chosen {
  const chance = createChance(Number(values.seed));
  const scene = { name: "soak", trials: ["soak"], run: (bench: Bench) => soak(bench, { duration, chance }) };
  return { scene, trials: scene.trials };
}

function misused(what: string): number {
  console.error(`${what}\n\n${HELP}`);
  return 2;
}

function chosenTrials({ name, trials, sample }: Scene, index: number): readonly string[] {
  if (values.only.length > 0) {
    const words = values.only.map((word) => word.toLowerCase());
    return trials.filter((trial) => words.some((word) => `${name}: ${trial}`.toLowerCase().includes(word)));
  }
  return values.short && sample !== undefined ? sample(createChance(Number(values.seed), index)) : trials;
}

interface Chosen {
  readonly scene: Scene;
  readonly trials: readonly string[];
}

async function run(chosen: readonly Chosen[]): Promise<number> {
  const scratch = mkdtempSync(path.join(tmpdir(), "geosteer-chaos-"));
  process.once("exit", () => rmSync(scratch, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  const own = monitorEventLoopDelay({ resolution: 10 });
  own.enable();
  const reports = chosen.map(({ scene }) => createReport(scene.name, show));
  const waiting = [...chosen.entries()];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, { scene, trials }] = next;
      const report = reports[index]!;
      const folder = path.join(scratch, String(index));
      mkdirSync(folder);
      try {
        await scene.run({ short: values.short, folder, ...report.bench }, trials);
      } catch (cause) {
        report.bench.promise("all", "the scene comes to its end", false, (cause as Error).stack);
      }
      const { longestDelay } = report.row();
      const what = `the main thread is never held up for more than ${LONGEST_DELAY} ms`;
      if (values["strict-delay"]) {
        report.bench.promise("all", what, longestDelay <= LONGEST_DELAY, `${longestDelay.toFixed(0)} ms`);
      }
      show("");
      for (const line of report.row().broken) console.log(`BROKEN ${line}`);
    }
  };
  await Promise.all(Array.from({ length: values.short ? SHORT_LANES : 1 }, lane));
  console.log(`\n${tableOf(reports.map((report) => report.row()))}\n`);
  console.log(
    `This process was held up for ${(own.max / 1e6).toFixed(0)} ms at most: the machine's share of all delays.`,
  );
  const broken = reports.reduce((sum, report) => sum + report.row().broken.length, 0);
  console.log(broken === 0 ? "all promises kept" : `promises broken: ${broken} (seed ${values.seed})`);
  return broken === 0 ? 0 : 1;
}

/** On the terminal's last line. */
function show(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${line.slice(0, process.stderr.columns - 1)}`);
}
