/** What `main.ts` runs: scenes, each of trials that it can be asked for one by one. */
import type { Chance } from "../fuzz/chance.ts";
import type { Flood } from "./flood.ts";
import type { Server } from "./server.ts";

export interface Scene {
  readonly name: string;
  readonly trials: readonly string[];
  /** Those of the short form; all of them where there is none. */
  readonly sample?: (chance: Chance) => readonly string[];
  run(bench: Bench, trials: readonly string[]): Promise<void>;
}

/** What a scene works with, and tells what it has seen. */
export interface Bench {
  /** Whether there is little time. */
  readonly short: boolean;
  /** A folder of its own, which is there. */
  readonly folder: string;
  /** What is being tried, for who waits. */
  progress(trial: string): void;
  /** A promise, and what was found where it is broken. */
  promise(trial: string, what: string, kept: boolean, found?: string): void;
  /** No query of the flood was lost or answered wrong. Called once for each flood, when it has stopped. */
  floodEnded(trial: string, flood: Flood): void;
  /** What the server says of its main thread counts for this scene. */
  serverEnded(server: Pick<Server, "longestDelay">): void;
}

/** Stops the server, which must be there to be stopped. */
export async function promiseStop(bench: Bench, trial: string, server: Server): Promise<void> {
  const exit = server.exit();
  bench.promise(trial, "the process is alive", exit === undefined, `${JSON.stringify(exit)}: ${server.stderr()}`);
  if (exit !== undefined) return;
  const { took, code, signal } = await server.stop();
  const found = `${(took / 1000).toFixed(1)} s, exit code ${code}, signal ${signal}`;
  bench.promise(trial, "SIGTERM ends it within 5 s, with exit code 0", code === 0, found);
}
