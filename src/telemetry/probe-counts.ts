/**
 * What probes have reported since the start, by monitor. A monitor that is gone takes its series with it.
 *
 * Not prom-client's: its writer would hold the main thread where each of 10,000 profiles has a monitor of its own, and
 * to take a series away it must be told all of its labels.
 */
import type { Sample } from "./text-format.ts";

export interface FinishedProbe {
  readonly monitor: string;
  /** `success` or the code of the failure. */
  readonly outcome: string;
  /** Milliseconds. */
  readonly duration: number;
}

export interface ProbeCounts {
  add(probe: FinishedProbe): void;
  /** Forgets all monitors but these. */
  keep(monitors: ReadonlySet<string>): void;
  outcomes(): Iterable<Sample<"monitor" | "outcome">>;
  /** The histograms, in seconds. */
  durations(): Iterable<Sample<"monitor">>;
}

/** Seconds: from a neighbour on the same network to 10 s, the longest timeout that Azure allows. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Infinity] as const;

interface MonitorCounts {
  readonly outcomes: Map<string, number>;
  /** Probes that took at most as long as each of `BUCKETS` says. */
  readonly atMost: number[];
  /** Milliseconds. */
  sum: number;
}

export function createProbeCounts(): ProbeCounts {
  const counts = new Map<string, MonitorCounts>();
  return {
    add({ monitor, outcome, duration }) {
      let own = counts.get(monitor);
      if (own === undefined) {
        own = { outcomes: new Map(), atMost: BUCKETS.map(() => 0), sum: 0 };
        counts.set(monitor, own);
      }
      own.outcomes.set(outcome, (own.outcomes.get(outcome) ?? 0) + 1);
      own.sum += duration;
      for (const [index, le] of BUCKETS.entries()) if (duration / 1000 <= le) own.atMost[index]! += 1;
    },
    keep(monitors) {
      for (const monitor of counts.keys()) if (!monitors.has(monitor)) counts.delete(monitor);
    },
    *outcomes() {
      for (const [monitor, { outcomes }] of counts) {
        for (const [outcome, value] of outcomes) yield { labels: { monitor, outcome }, value };
      }
    },
    *durations() {
      // All of a monitor at once: its series must agree, and probes end while others are written.
      for (const [monitor, own] of counts) yield* histogram(monitor, own);
    },
  };
}

function histogram(monitor: string, { atMost, sum }: MonitorCounts): readonly Sample<"monitor">[] {
  const labels = { monitor };
  return [
    ...BUCKETS.map((le, index) => ({ series: "_bucket" as const, labels, le, value: atMost[index]! })),
    { series: "_sum", labels, value: sum / 1000 },
    { series: "_count", labels, value: atMost.at(-1)! },
  ];
}
