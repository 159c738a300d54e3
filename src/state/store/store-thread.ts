/**
 * The store's thread: whatever waits is written in one commit and then answered; what is kept is tidied when there is
 * nothing else to do. It alone waits for the disk.
 */
import { parentPort, workerData } from "node:worker_threads";
import { ok, type Result } from "../../shared/result.ts";
import type { FromStore, Reading, StoreReport, StoreSetup, ToStore } from "./messages.ts";
import { readAudit, readGeneration, readGenerations, readKept, readNotices, readTransitions } from "./reads.ts";
import { createStateFile } from "./state-file.ts";
import type { Trouble } from "./trouble.ts";
import type { Write } from "./writes.ts";

/** Milliseconds between two looks at what is too old or too much. */
const TIDY_INTERVAL = 60_000;
/** Times as long as a chunk of it took until the next: most overrides then meet none. */
const TIDY_PAUSE = 4;
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

port.on("message", (message: ToStore) => {
  if (message.kind === "stop") return enqueue(message);
  const { id, asked } = message;
  enqueue(asked.kind === "write" ? { kind: "write", id, write: fitting(asked.write) } : { ...asked, id });
});

function enqueue(task: Task): void {
  tasks.push(task);
  // All that has come by then goes into one commit.
  if (tasks.length === 1) setImmediate(work);
}

/** A generation without its texts where these would take too much of the file. */
function fitting(write: Write): Write {
  if (write.kind !== "generation" || write.archive === undefined) return write;
  const octets = write.archive.length;
  if (octets <= setup.size * MOST_TEXT) return write;
  const fields = { generation: write.generation.number, octets, size: setup.size };
  const message = "the configuration is too large to be kept as text: raise state.size";
  say({ kind: "log", level: "warn", fields, message });
  return { ...write, archive: undefined };
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
    } else if (task.kind === "read") read(task.id, task.reading);
    else return end();
  }
  commit();
  if (transitions >= MANY_TRANSITIONS) tidyAfter(0);
}

function read(id: number, reading: Reading): void {
  const result = file.read((connection): unknown => {
    if (reading.kind === "kept") return readKept(connection);
    if (reading.kind === "notices") return readNotices(connection);
    if (reading.kind === "generation") return readGeneration(connection, reading.number);
    if (reading.kind === "transitions") return readTransitions(connection, reading.query);
    return (reading.kind === "audit" ? readAudit : readGenerations)(connection, reading.query);
  });
  // It may have found damage.
  report();
  answer(id, result);
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
    const from = performance.now();
    const more = file.tidy();
    report();
    tidyAfter(more ? TIDY_PAUSE * (performance.now() - from) : TIDY_INTERVAL);
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
