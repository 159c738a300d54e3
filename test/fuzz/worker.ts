/** The thread that fuzzes: the targets in turn, until their time or cases are over, or it is told to stop. */
import { parentPort, workerData } from "node:worker_threads";
import { readCorpus } from "./corpus.ts";
import { createFuzzer, type Failure, type Fuzzer } from "./fuzzer.ts";
import { stateFolder } from "./state.ts";
import type { Target } from "./target.ts";
import { targets } from "./targets/table.ts";
import { createWatch } from "./watch.ts";

export interface WorkerOptions {
  readonly targets: readonly string[];
  /** Of targets that have no state. */
  readonly seed: number;
  /** Of each target; undefined = as many as there is time for. */
  readonly cases: number | undefined;
  /** Undefined = as long as the cases take. */
  readonly seconds: number | undefined;
  readonly folder: string;
  readonly watch: SharedArrayBuffer;
}

export type WorkerMessage =
  | {
      readonly kind: "progress";
      readonly target: string;
      /** In all runs, and in this one. */
      readonly cases: number;
      readonly ran: number;
      /** Milliseconds that these took. */
      readonly took: number;
      readonly kept: number;
      readonly marks: number;
    }
  | {
      readonly kind: "failure";
      readonly target: string;
      readonly file: string;
      readonly octets: number;
      readonly seed: number;
      readonly caseNumber: number;
      readonly variant: number;
      /** With its stack. */
      readonly cause: string;
    };

/** Milliseconds of a target until the next one's turn. */
const TURN = 1000;
/** Cases between two looks at the clock. */
const BLOCK = 100;
/** Milliseconds between two savings. */
const SAVE = 30_000;

interface Run {
  readonly target: Target;
  readonly fuzzer: Fuzzer;
  readonly end: number;
  ran: number;
  took: number;
}

const options = workerData as WorkerOptions;
const watch = createWatch(options.watch);
const folder = stateFolder(options.folder);

const tell = (message: WorkerMessage): void => parentPort?.postMessage(message);

function startRun(name: string, index: number): Run {
  const target = targets[name]!();
  const state = folder.load(name) ?? { seed: options.seed, cases: 0, kept: [] };
  const started = performance.now();
  const fuzzer = createFuzzer(target, {
    state,
    corpus: readCorpus(target).map(({ input }) => input),
    onTrial: (trial) => watch.show(index, trial),
    onFailure: (failure) => tell(failureMessage(target, state.seed, failure)),
  });
  const run = { target, fuzzer, end: state.cases + (options.cases ?? Infinity), ran: 0, took: 0 };
  tellProgress(run);
  run.took = performance.now() - started;
  return run;
}

function failureMessage(target: Target, seed: number, failure: Failure): WorkerMessage {
  const { key, cause, caseNumber, variant, input } = failure;
  return {
    kind: "failure",
    target: target.name,
    file: folder.saveFailure(target, key, failure),
    octets: input.length,
    seed,
    caseNumber,
    variant,
    cause: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
  };
}

function tellProgress({ target, fuzzer, ran, took }: Run): void {
  const { cases, kept } = fuzzer.state();
  tell({ kind: "progress", target: target.name, cases, ran, took, kept: kept.length, marks: fuzzer.marks });
}

/** Whether there is more to do. */
function takeTurn(run: Run, deadline: number): boolean {
  const started = performance.now();
  const until = Math.min(deadline, started + TURN);
  let left = run.end - run.fuzzer.state().cases;
  while (left > 0 && performance.now() < until && !watch.stopped()) {
    const block = Math.min(BLOCK, left);
    run.fuzzer.run(block);
    run.ran += block;
    left -= block;
  }
  run.took += performance.now() - started;
  tellProgress(run);
  return left > 0;
}

let runs = options.targets.map(startRun);
for (const run of runs) run.took = 0;
const all = runs;
const deadline = performance.now() + (options.seconds ?? Infinity) * 1000;
let saved = performance.now();
const save = (): void => {
  for (const { target, fuzzer } of all) folder.save(target.name, fuzzer.state());
};
while (runs.length > 0 && performance.now() < deadline && !watch.stopped()) {
  runs = runs.filter((run) => takeTurn(run, deadline));
  if (performance.now() < saved + SAVE) continue;
  saved = performance.now();
  save();
}
save();
