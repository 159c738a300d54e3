/**
 * The store's thread: whatever waits is written in one commit and then answered; what is kept is tidied when there is
 * nothing else to do. It alone waits for the disk.
 */
import { parentPort, workerData } from "node:worker_threads";
import { err, ok, type Result } from "../../shared/result.ts";
import type { AskedWrite, FromStore, Reading, StoreReport, StoreSetup, ToStore } from "./messages.ts";
import { packTexts, unpackTexts } from "./pack-text.ts";
import { readAudit, readGeneration, readGenerations, readKept, readTransitions } from "./reads.ts";
import type { GenerationTextRecord } from "./records.ts";
import { createStateFile } from "./state-file.ts";
import type { Trouble } from "./trouble.ts";
import type { Write } from "./writes.ts";

/** Milliseconds between two looks at what is too old or too much, and between two chunks of it. */
const TIDY_INTERVAL = 60_000;
const TIDY_PAUSE = 20;
/** Transitions after which it looks at once. */
const MANY_TRANSITIONS = 20_000;
/** Of `size`, what the texts of one generation may take in gzip. */
const MOST_TEXT = 1 / 4;

const port = parentPort!;
const setup = workerData as StoreSetup;

const file = createStateFile(setup, {
  clock: Date.now,
  log: (level, fields, message) => say({ kind: "log", level, fields, message }),
  onReplaced: (kept) => say({ kind: "kept", kept }),
});

/** What is to be done, in this order. */
type Task =
  | { readonly kind: "open"; readonly id: number }
  | { readonly kind: "write"; readonly id: number; readonly write: Write }
  | { readonly kind: "read"; readonly id: number; readonly reading: Reading }
  | { readonly kind: "stop" };

let tasks: Task[] = [];
let transitions = 0;
/** Generations are packed one after the other, beside all else. */
let packing: Promise<void> = Promise.resolve();

port.on("message", (message: ToStore) => {
  if (message.kind === "stop") {
    void packing.then(() => enqueue(message));
    return;
  }
  const { id, asked } = message;
  if (asked.kind !== "write") enqueue({ ...asked, id });
  else if (asked.write.kind !== "new-generation") enqueue({ kind: "write", id, write: asked.write });
  else {
    const { write } = asked;
    packing = packing.then(async () => enqueue({ kind: "write", id, write: await packed(write) }));
  }
});

function enqueue(task: Task): void {
  tasks.push(task);
  // All that has come by then goes into one commit.
  if (tasks.length === 1) setImmediate(work);
}

async function packed({ generation, files }: Extract<AskedWrite, { kind: "new-generation" }>): Promise<Write> {
  const texts = await packTexts(files);
  const octets = texts.reduce((sum, { gzip }) => sum + gzip.length, 0);
  if (octets <= setup.size * MOST_TEXT) return { kind: "generation", generation, texts };
  const fields = { generation: generation.number, octets, size: setup.size };
  const message = "the configuration is too large to be kept as text: raise state.size";
  say({ kind: "log", level: "warn", fields, message });
  return { kind: "generation", generation, texts: [] };
}

function work(): void {
  const todo = tasks;
  tasks = [];
  let group: { readonly id: number; readonly write: Write }[] = [];
  const commit = (): void => {
    if (group.length === 0) return;
    const results = file.commit(group.map(({ write }) => write));
    report();
    for (const [i, { id }] of group.entries()) answer(id, results[i]!);
    group = [];
  };
  for (const task of todo) {
    if (task.kind === "write") {
      if (task.write.kind === "batch") transitions += task.write.transitions.length;
      group.push(task);
      continue;
    }
    commit();
    if (task.kind === "open") {
      const kept = file.open();
      report();
      answer(task.id, ok(kept));
    } else if (task.kind === "read") void read(task.id, task.reading);
    else return end();
  }
  commit();
  if (transitions >= MANY_TRANSITIONS) tidyAfter(0);
}

async function read(id: number, reading: Reading): Promise<void> {
  if (reading.kind === "generation") return answer(id, await generationWithText(reading.number));
  const result = file.read((connection): unknown => {
    if (reading.kind === "kept") return readKept(connection);
    if (reading.kind === "transitions") return readTransitions(connection, reading.query);
    return (reading.kind === "audit" ? readAudit : readGenerations)(connection, reading.query);
  });
  // It may have found damage.
  report();
  return answer(id, result);
}

async function generationWithText(
  number: number | undefined,
): Promise<Result<GenerationTextRecord | undefined, Trouble>> {
  const found = file.read((connection) => readGeneration(connection, number));
  if (!found.ok) return err(found.error);
  if (found.value === undefined) return ok(undefined);
  const { generation, texts } = found.value;
  return ok({ ...generation, files: texts.length === 0 ? undefined : await unpackTexts(texts) });
}

function say(message: FromStore): void {
  port.postMessage(message);
}

function answer(id: number, result: Result<unknown, Trouble>): void {
  say({ kind: "answer", id, result });
}

let reported = "";
function report(): void {
  const now: StoreReport = { durable: file.durable(), trouble: file.trouble(), dropped: file.dropped() };
  const text = JSON.stringify(now);
  if (text === reported) return;
  reported = text;
  say({ kind: "report", report: now });
}

let tidying: NodeJS.Timeout | undefined;
function tidyAfter(pause: number): void {
  clearTimeout(tidying);
  transitions = 0;
  tidying = setTimeout(() => {
    const more = file.tidy();
    report();
    tidyAfter(more ? TIDY_PAUSE : TIDY_INTERVAL);
  }, pause);
}
tidyAfter(TIDY_INTERVAL);

const retrying = setInterval(() => {
  const kept = file.retry();
  report();
  if (kept !== undefined) say({ kind: "kept", kept });
}, setup.retry);

function end(): void {
  clearTimeout(tidying);
  clearInterval(retrying);
  file.close();
  port.close();
}
