/** What a scene has shown: its row in the table, and the promises that were broken. */
import type { Bench } from "./scene.ts";
import { sumOf, type Totals } from "./tally.ts";

export interface Row extends Totals {
  readonly scene: string;
  readonly trials: number;
  readonly promises: number;
  /** One line each: trial, promise, what was found. */
  readonly broken: readonly string[];
  /** Milliseconds that a server's main thread was held up at most. */
  readonly longestDelay: number;
  /** Milliseconds. */
  readonly took: number;
}

export interface Report {
  readonly bench: Pick<Bench, "progress" | "promise" | "floodEnded" | "serverEnded">;
  row(): Row;
}

/** Characters of what was found that are told. */
const MOST_FOUND = 1000;

export function createReport(scene: string, show: (line: string) => void): Report {
  let started: number | undefined;
  const trials = new Set<string>();
  const broken: string[] = [];
  const floods: Totals[] = [];
  let promises = 0;
  let longestDelay = 0;
  let took: number | undefined;

  const promise: Bench["promise"] = (trial, what, kept, found) => {
    promises++;
    if (!kept)
      broken.push(`${scene}: ${trial}: ${what}${found === undefined ? "" : `; found ${found.slice(0, MOST_FOUND)}`}`);
  };

  return {
    bench: {
      progress(trial) {
        started ??= performance.now();
        trials.add(trial);
        show(`${scene}: ${trial}`);
      },
      promise,
      floodEnded(trial, flood) {
        const totals = flood.totals();
        floods.push(totals);
        const { sent, lost, wrong } = totals;
        const found = `${lost} lost and ${wrong} wrong of ${sent}: ${flood.examples().slice(0, 4).join("; ")}`;
        promise(trial, "no query is lost or answered wrong", lost + wrong === 0, found);
      },
      serverEnded(server) {
        longestDelay = Math.max(longestDelay, server.longestDelay());
      },
    },
    row() {
      took ??= performance.now() - (started ?? performance.now());
      return { scene, trials: trials.size, promises, broken, longestDelay, took, ...sumOf(floods) };
    },
  };
}

export function tableOf(rows: readonly Row[]): string {
  const head = [
    "scene",
    "trials",
    "promises",
    "broken",
    "queries",
    "lost",
    "wrong",
    "main thread held up, ms",
    "took, s",
  ];
  const lines = rows.map((row) => [
    row.scene,
    ...[row.trials, row.promises, row.broken.length, row.sent, row.lost, row.wrong].map((n) => n.toLocaleString("en")),
    row.longestDelay.toFixed(0),
    (row.took / 1000).toFixed(0),
  ]);
  return [head, head.map((_, i) => (i === 0 ? "---" : "---:")), ...lines]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}
