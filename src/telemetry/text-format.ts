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
  /** Which series of a histogram it belongs to. */
  readonly series?: "_bucket" | "_sum" | "_count";
  /** The inclusive upper bound of a bucket. */
  readonly le?: number;
}

/** Samples written between two turns of the event loop: a few milliseconds. */
const SLICE = 2000;

/** The metric in slices of octets. The first sample is asked for in a turn of its own. */
export async function writeMetric<M extends MetricDescription>(
  metric: M,
  samples: Iterable<Sample<M["labels"][number]>>,
): Promise<readonly Buffer[]> {
  const slices: Buffer[] = [];
  let lines = [`# HELP ${metric.name} ${escapeHelp(metric.help)}`, `# TYPE ${metric.name} ${metric.type}`];
  const endSlice = (): void => {
    slices.push(Buffer.from(`${lines.join("\n")}\n`));
    lines = [];
  };
  await nextTurn();
  for (const { series = "", labels, le, value } of samples) {
    lines.push(`${metric.name}${series}${labelText(metric.labels, labels, le)} ${valueText(value)}`);
    if (lines.length < SLICE) continue;
    endSlice();
    await nextTurn();
  }
  if (lines.length > 0) endSlice();
  return slices;
}

function labelText(names: readonly string[], values: Readonly<Record<string, string>>, le: number | undefined): string {
  const labels = names.map((name) => `${name}="${escapeLabelValue(values[name]!)}"`);
  if (le !== undefined) labels.push(`le="${valueText(le)}"`);
  return labels.length === 0 ? "" : `{${labels.join(",")}}`;
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
