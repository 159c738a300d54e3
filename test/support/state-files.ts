/** State files for tests: folders that go away, what was logged, and files of all kinds. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { Logger } from "../../src/shared/ports.ts";
import type { Override } from "../../src/state/override.ts";
import { createStateFile, type StateFile } from "../../src/state/store/state-file.ts";
import type { Kept, NewGeneration, TargetRecord, TransitionRecord } from "../../src/state/store/records.ts";

export const NOW = Date.UTC(2026, 10, 27, 20, 4, 43);
export const DAY = 86_400_000;

export function stateFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "geosteer-state-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Opened {
  readonly file: StateFile;
  /** What was in it. */
  readonly kept: Kept;
  /** The messages that were logged. */
  readonly log: readonly string[];
  /** What it said that other files held. */
  readonly replaced: readonly Kept[];
}

export interface OpenOptions {
  readonly keep?: number;
  readonly size?: number;
  readonly now?: () => number;
}

/** In this thread. */
export function openState(
  file: string,
  { keep = 90 * DAY, size = 2 ** 28, now = () => NOW }: OpenOptions = {},
): Opened {
  const log: string[] = [];
  const replaced: Kept[] = [];
  const state = createStateFile(
    { file, keep, size },
    { clock: now, log: (_, __, message) => log.push(message), onReplaced: (kept) => replaced.push(kept) },
  );
  onTestFinished(() => state.close());
  return { file: state, kept: state.open(), log, replaced };
}

/** Keeps the lines. */
export function recordingLogger(): Logger & { readonly lines: string[] } {
  const lines: string[] = [];
  const at = (level: string) => (fields: object, message: string) => {
    lines.push(`${level}: ${message} ${JSON.stringify(fields)}`);
  };
  return { lines, debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

let lastId = 0;

/** With an id of its own. */
export function override(pattern = "shop/*"): Override {
  return {
    id: ++lastId,
    pattern,
    action: "out",
    since: NOW,
    until: undefined,
    over: 0,
    reason: "works",
    author: "ada",
  };
}

export function target(key: string): TargetRecord {
  return {
    key,
    status: "degraded",
    since: NOW - 1000,
    failures: 0,
    successes: 2,
    lastFailure: "refused",
    recovered: NOW - 500,
    window: 0b101,
    returned: true,
    flaps: 2,
  };
}

export function transition(subject: string, at = NOW): TransitionRecord {
  return { at, subject, from: "online", to: "degraded", reason: "refused" };
}

export function generation(number: number, hash: string, archive: string | Uint8Array, at = NOW): NewGeneration {
  return { number, at, hash, databases: [], changes: undefined, archive: new Uint8Array(Buffer.from(archive)) };
}
