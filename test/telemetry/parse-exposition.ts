/** Reads Prometheus' text format 0.0.4 strictly, as the tests' own reader: it shares nothing with the writer. */

export interface ParsedMetric {
  readonly help: string;
  readonly type: string;
  /** By the whole series: `name{label="value"}`. */
  readonly samples: Map<string, number>;
}

const SERIES = /^([a-zA-Z_:][\w:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*"(?:,(?!\})|(?=\})))*\})? (\S+)$/;
const VALUE = /^(?:NaN|Nan|[+-]Inf|-?\d+(?:\.\d+)?(?:e[+-]\d+)?)$/;

/** By name; throws on a line that the format does not allow and on a series or metric that occurs twice. */
export function parseExposition(body: string): Map<string, ParsedMetric> {
  if (!body.endsWith("\n")) throw new Error("the last line does not end");
  const metrics = new Map<string, ParsedMetric>();
  let help: readonly [name: string, text: string] = ["", ""];
  let current: ParsedMetric | undefined;
  for (const line of body.split("\n")) {
    const [, keyword, name, text] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (keyword === "HELP") help = [name!, text!];
    else if (keyword === "TYPE") {
      if (metrics.has(name!)) throw new Error(`${name} occurs twice`);
      if (help[0] !== name) throw new Error(`${name} has no help`);
      current = { help: help[1], type: text!, samples: new Map() };
      metrics.set(name, current);
    } else if (line !== "") {
      const [, sampleName, labels = "", value] = SERIES.exec(line) ?? [];
      if (sampleName === undefined || !VALUE.test(value!)) throw new Error(`not a sample: ${line}`);
      if (current === undefined) throw new Error(`a sample before any type: ${line}`);
      const series = sampleName + labels;
      if (current.samples.has(series)) throw new Error(`${series} occurs twice`);
      current.samples.set(series, Number(value));
    }
  }
  return metrics;
}
