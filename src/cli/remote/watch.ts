/**
 * A command's text again and again, whenever something happened and every few seconds: on a terminal in place of the one
 * before, until q or Ctrl-C; in a pipe one after the other, for as long as somebody reads.
 */
import { setTimeout as delay } from "node:timers/promises";
import { ok, type Result } from "../../shared/result.ts";
import { EXIT } from "../exit-codes.ts";
import { printProblems } from "../print-problems.ts";
import { screenOf } from "../text/screen.ts";
import { visible } from "../text/visible.ts";
import type { Desk, Ended } from "./desk.ts";
import type { Failure } from "./failure.ts";
import type { Client } from "./http-client.ts";

type Show = (desk: Desk) => Promise<Result<void, Failure>>;

/** Milliseconds from one text to the next, where nothing happens. */
const EVERY = 5000;
/** A text is followed by a pause of so many times what it took: watching is never what keeps a server busy. */
const PAUSE = 10;
/** Milliseconds in which what happens is taken together. */
const GATHER = 250;

/** A new screen without a cursor, and the one before again. */
const ENTER = "\u001B[?1049h\u001B[?25l";
const LEAVE = "\u001B[?25h\u001B[?1049l";

/** Ends with the first text's failure; later ones are shown, and asked again. */
export async function watch(desk: Desk, show: Show): Promise<Ended> {
  const { stdin, stdout } = process;
  const ending = new AbortController();
  const { signal } = ending;
  const end = (): void => ending.abort();
  let wake = (): void => {};
  const changed = (): void => wake();
  signal.addEventListener("abort", changed);
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, end);

  const first = await timed(desk, show);
  if (!first.shown.ok) return first.shown;
  const inPlace = isInPlace(desk);
  if (inPlace) stdout.write(ENTER + first.shown.value);
  if (stdin.isTTY) listenForKeys(end);
  stdout.on("resize", changed);
  void follow(desk.client, changed, signal);

  for (let { took } = first; !signal.aborted;) {
    const woken = new Promise<void>((resolve) => (wake = resolve));
    await Promise.race([woken, sleep(EVERY, signal)]);
    await sleep(Math.max(GATHER, PAUSE * took), signal);
    if (signal.aborted) break;
    const next = await timed(desk, show);
    ({ took } = next);
    if (next.shown.ok) stdout.write(next.shown.value);
    else if (inPlace) stdout.write(pictureOf(`${visible(next.shown.error.message)}\n`));
    else printProblems([next.shown.error]);
  }
  if (inPlace) stdout.write(LEAVE);
  if (stdin.isTTY) stdin.setRawMode(false).destroy();
  return ok(EXIT.done);
}

/** Programs read one line after the other, whatever they read from. */
function isInPlace({ json }: Desk): boolean {
  return process.stdout.isTTY && !json;
}

interface Timed {
  /** What is still to be written. */
  readonly shown: Result<string, Failure>;
  /** Milliseconds. */
  readonly took: number;
}

async function timed(desk: Desk, show: Show): Promise<Timed> {
  const begun = desk.now();
  const shown = isInPlace(desk) ? await drawOver(desk, show) : await drawBelow(desk, show);
  return { shown, took: desk.now() - begun };
}

async function drawBelow(desk: Desk, show: Show): Promise<Result<string, Failure>> {
  const shown = await show(desk);
  // An empty line ends one text.
  return shown.ok ? ok(desk.json ? "" : "\n") : shown;
}

async function drawOver(desk: Desk, show: Show): Promise<Result<string, Failure>> {
  const parts: string[] = [];
  let lines = 0;
  const print = (part: string): Promise<void> => {
    if (lines <= process.stdout.rows) parts.push(part);
    lines += part.split("\n").length - 1;
    return Promise.resolve();
  };
  const shown = await show({ ...desk, print, screen: screenOf(process.stdout) });
  return shown.ok ? ok(pictureOf(parts.join(""))) : shown;
}

/** As much of a text as the terminal holds, over what stands there. */
function pictureOf(text: string): string {
  const lines = text.trimEnd().split("\n");
  const most = process.stdout.rows - 1;
  const rest = lines.length > most ? `… ${lines.length - most + 1} more lines; ` : "";
  const shown = lines.length > most ? lines.slice(0, most - 1) : lines;
  const foot = `${rest}q or Ctrl-C ends`;
  return `\u001B[H${[...shown, foot].map((line) => `${line}\u001B[K`).join("\r\n")}\u001B[J`;
}

/** q, Q, and what a raw terminal sends for Ctrl-C and Ctrl-D. */
const END: ReadonlySet<number> = new Set([0x71, 0x51, 0x03, 0x04]);

function listenForKeys(end: () => void): void {
  const { stdin } = process;
  stdin.setRawMode(true);
  stdin.on("data", (keys: Buffer) => {
    if (keys.some((key) => END.has(key))) end();
  });
}

/** Calls back when something happens there, for as long as it takes; a server that went away may come back. */
async function follow(client: Client, changed: () => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await client.events(changed, signal);
    await sleep(EVERY, signal);
  }
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return delay(milliseconds, undefined, { signal }).catch(() => {});
}
