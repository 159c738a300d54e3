/** `npm run fuzz`: fuzzes the targets of `targets/table.ts` and says what was found. `--help` tells the options. */
import path from "node:path";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { fileContent, readInput } from "./corpus.ts";
import { stateFolder } from "./state.ts";
import type { Target } from "./target.ts";
import { targets } from "./targets/table.ts";
import { createWatch, type Watch } from "./watch.ts";
import type { WorkerMessage, WorkerOptions } from "./worker.ts";

const HELP = `Usage: npm run fuzz -- [options]

Tries made-up and mutated inputs until time is over. Goes on where the last run stopped. Ends with 1 after a failure.

  --target NAME   one of: ${Object.keys(targets).join(", ")}; may be given again. Default: all, in turn
  --seconds N     how long; default 60
  --cases N       how many of each target, instead of a time
  --seed N        what chance begins with; default 1. One seed gives the same cases in the same order
  --state DIR     where progress, kept inputs and failures are; default .fuzz
  --fresh         begin anew: forget the progress of these targets
  --replay FILE   try the input of a file, under all circumstances; its folder names the target
  --help          this text`;

/** Milliseconds that one trial may last; the slowest take less than one. */
const HANG = 30_000;
/** Milliseconds between two looks at the thread. */
const LOOK = 1000;

const { values } = parseArgs({
  options: {
    target: { type: "string", multiple: true, default: [] },
    seconds: { type: "string" },
    cases: { type: "string" },
    seed: { type: "string" },
    state: { type: "string", default: ".fuzz" },
    fresh: { type: "boolean", default: false },
    replay: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) console.log(HELP);
else if (values.replay === undefined) process.exitCode = await fuzz();
else process.exitCode = replay(values.replay);

async function fuzz(): Promise<number> {
  const names = values.target.length > 0 ? values.target : Object.keys(targets);
  const unknown = names.find((name) => !Object.hasOwn(targets, name));
  if (unknown !== undefined) return misused(`no target ${unknown}`);
  const [seconds, cases, seed] = [values.seconds, values.cases, values.seed].map(numberOf);
  if ([seconds, cases, seed].some(Number.isNaN)) return misused("not a number");
  const folder = stateFolder(values.state);
  for (const name of names) {
    if (values.fresh) folder.clear(name);
    const known = folder.load(name)?.seed;
    if (known !== undefined && seed !== undefined && known !== seed) {
      return misused(`${values.state} has cases of seed ${known}: --fresh, or another --state`);
    }
  }
  const watch = createWatch();
  return watched(watch, {
    targets: names,
    seed: seed ?? 1,
    cases,
    seconds: seconds ?? (cases === undefined ? 60 : undefined),
    folder: values.state,
    watch: watch.memory,
  });
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

function misused(what: string): number {
  console.error(`${what}\n\n${HELP}`);
  return 2;
}

/** The exit code. */
async function watched(watch: Watch, options: WorkerOptions): Promise<number> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: options });
  const ended = Promise.withResolvers<void>();
  const progress = new Map<string, string>();
  let failures = 0;
  let lastBeat = 0;
  let still = 0;

  let isLost = false;

  const lost = (why: string): void => {
    if (isLost) return;
    isLost = true;
    const { target, input, variant } = watch.shown();
    const { name, form } = targets[options.targets[target]!]!();
    const file = stateFolder(options.folder).saveFailure({ name, form }, why, { input, variant });
    failures++;
    report(name, `${why}\n  input, as it was tried: ${file} (${input.length} octets, circumstances ${variant})`, file);
  };
  worker.on("message", (message: WorkerMessage) => {
    if (message.kind === "progress") {
      progress.set(message.target, progressText(message));
      show([...progress.values()].join("  "));
      return;
    }
    failures++;
    const { target, file, octets, seed, caseNumber, variant, cause } = message;
    const origin = caseNumber < 0 ? "an input known before" : `case ${caseNumber} of seed ${seed}`;
    report(target, `${cause}\n  ${origin}, circumstances ${variant}; smallest input: ${file} (${octets} octets)`, file);
  });
  worker.on("error", (cause: Error) => lost(`the thread ended: ${cause.stack ?? cause.message}`));
  worker.on("exit", (code) => {
    if (code !== 0) lost(`the thread ended with ${code}`);
    ended.resolve();
  });
  const look = setInterval(() => {
    const beat = watch.beat();
    still = beat === lastBeat && beat > 0 ? still + LOOK : 0;
    lastBeat = beat;
    if (still < HANG) return;
    clearInterval(look);
    lost("a trial that does not end");
    void worker.terminate();
  }, LOOK);
  process.once("SIGINT", () => watch.stop());
  process.once("SIGTERM", () => watch.stop());
  await ended.promise;
  clearInterval(look);
  show("");
  for (const line of progress.values()) console.log(line);
  console.log(failures === 0 ? "nothing found" : `failures: ${failures}`);
  return failures === 0 ? 0 : 1;
}

function progressText({ target, cases, ran, took, kept, marks }: WorkerMessage & { kind: "progress" }): string {
  const rate = took > 0 ? Math.round(ran / (took / 1000)) : 0;
  return `${target} ${cases} (${rate}/s, ${kept} kept, ${marks} marks)`;
}

/** On the terminal's last line. */
function show(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${line.slice(0, process.stderr.columns - 1)}`);
}

function report(target: string, what: string, file: string): void {
  show("");
  console.log(`FAILED ${target}: ${what}
  again:  npm run fuzz -- --replay ${file}
  commit: move it to test/fuzz/corpus/${target}/ under a name that says what it is; npm test replays it from then on\n`);
}

function replay(file: string): number {
  const name = values.target[0] ?? path.basename(path.dirname(path.resolve(file)));
  const target = targets[name]?.();
  if (target === undefined) return misused(`no target ${name}`);
  const input = readInput(file);
  console.log(Buffer.from(fileContent(target.form, input)).toString());
  for (let variant = 0; variant < target.variants; variant++) {
    try {
      console.log(variant, triedMarks(target, input, variant));
    } catch (cause) {
      console.log(variant, cause);
      return 1;
    }
  }
  return 0;
}

function triedMarks(target: Target, input: Uint8Array, variant: number): string {
  return target.check(input, variant).join(" | ");
}
