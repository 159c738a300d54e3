/**
 * One metric and its samples in Prometheus' text format 0.0.4
 * (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format). prom-client writes the metrics that
 * it keeps itself. Those that are read at scrape time can have 300,000 samples: its writer would hold the main thread
 * for about a second, and a probe whose answer waits that long looks late. This one takes a tenth, in slices.
 */
import type { MetricDescription } from "./metric-table.ts";

export interface Sample<Label extends string> {
  readonly labels: Readonly<Record<Label, string>>;
  readonly value: number;
}

/** Samples written between two turns of the event loop: a few milliseconds. */
const SLICE = 5000;

export async function writeMetric<M extends MetricDescription>(
  metric: M,
  samples: Iterable<Sample<M["labels"][number]>>,
): Promise<string> {
  const slices: string[] = [];
  let lines = [`# HELP ${metric.name} ${escapeHelp(metric.help)}`, `# TYPE ${metric.name} ${metric.type}`];
  for (const { labels, value } of samples) {
    lines.push(`${metric.name}${labelText(metric.labels, labels)} ${valueText(value)}`);
    if (lines.length < SLICE) continue;
    slices.push(lines.join("\n"));
    lines = [];
    await nextTurn();
  }
  return `${[...slices, ...lines].join("\n")}\n`;
}

function labelText(names: readonly string[], values: Readonly<Record<string, string>>): string {
  if (names.length === 0) return "";
  return `{${names.map((name) => `${name}="${escapeLabelValue(values[name]!)}"`).join(",")}}`;
}

/** "Backslash, double-quote and line feed characters must be escaped." */
function escapeLabelValue(value: string): string {
  return /[\\"\n]/.test(value) ? escapeHelp(value).replaceAll('"', '\\"') : value;
}

/** In HELP lines backslash and line feed alone are escaped. */
function escapeHelp(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

/** "Value is a float represented as required by Go's ParseFloat()", with +Inf and -Inf for the infinities. */
function valueText(value: number): string {
  if (value === Infinity) return "+Inf";
  return value === -Infinity ? "-Inf" : String(value);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
