/**
 * The rules that `promtool check metrics` holds metrics to (promlint of client_golang 1.14, as of Prometheus 2.42), read
 * anew: what breaks them is told as it tells it, a line each.
 */
import type { ParsedMetric } from "./parse-exposition.ts";

type Rule = (name: string, metric: ParsedMetric, labels: ReadonlySet<string>) => string | false | undefined;

/** Units that are not those of the base, as parts of a name, and what to use. */
const OTHER_UNITS: ReadonlyMap<string, string> = new Map([
  ...["minutes", "hours", "days", "weeks", "milliseconds", "microseconds", "nanoseconds"].map(
    (unit) => [unit, "seconds"] as const,
  ),
  ...["kelvin", "fahrenheit"].map((unit) => [unit, "celsius"] as const),
  ...["kilometers", "centimeters", "millimeters", "miles", "inches", "feet", "yards"].map(
    (unit) => [unit, "meters"] as const,
  ),
  ...["bits", "kibibytes", "mebibytes", "gibibytes", "kilobytes", "megabytes", "gigabytes"].map(
    (unit) => [unit, "bytes"] as const,
  ),
  ["calories", "joules"],
  ["percents", "ratio"],
  ["percent", "ratio"],
]);

const ABBREVIATIONS = new Set(["s", "ms", "us", "ns", "sec", "b", "kb", "mb", "gb", "tb", "pb", "m", "h", "d"]);
const TYPES = ["gauge", "counter", "summary", "histogram"];
const CAMEL_CASE = /[a-z][A-Z]/;

const isOneOf = (type: string, ...types: readonly string[]): boolean => types.includes(type);

const RULES: readonly Rule[] = [
  (_, { help }) => help.trim() === "" && "no help text",
  (name, { type }) => {
    const isTotal = name.endsWith("_total");
    if (type === "counter") return !isTotal && 'counter metrics should have "_total" suffix';
    return isTotal && 'non-counter metrics should not have "_total" suffix';
  },
  (name, { type }) => {
    const suffix = ["_bucket", "_count", "_sum"].find((one) => name.endsWith(one));
    return !isOneOf(type, "histogram", "summary") && suffix && `the suffix "${suffix}" is a histogram's`;
  },
  (_, { type }, labels) => type !== "histogram" && labels.has("le") && 'the label "le" is a histogram\'s',
  (_, { type }, labels) => type !== "summary" && labels.has("quantile") && 'the label "quantile" is a summary\'s',
  (name) => {
    const unit = name.split("_").find((part) => OTHER_UNITS.has(part));
    return unit && `use base unit "${OTHER_UNITS.get(unit)}" instead of "${unit}"`;
  },
  (name) => {
    const unit = name.split("_").find((part) => ABBREVIATIONS.has(part));
    return unit && `metric names should not contain abbreviated units: "${unit}"`;
  },
  (name) => {
    const type = name.split("_").find((part) => TYPES.includes(part));
    return type && `metric name should not include type '${type}'`;
  },
  (name) => name.includes(":") && "metric names should not contain ':'",
  (name) => CAMEL_CASE.test(name) && "metric names should be written in 'snake_case' not 'camelCase'",
  (_, __, labels) => [...labels].some((label) => CAMEL_CASE.test(label)) && "label names should be in 'snake_case'",
];

export function brokenRules(metrics: ReadonlyMap<string, ParsedMetric>): readonly string[] {
  return [...metrics].flatMap(([name, metric]) => {
    const labels = new Set([...metric.samples.keys()].flatMap(labelsOf));
    return RULES.flatMap((rule) => {
      const broken = rule(name, metric, labels);
      return broken === false || broken === undefined || broken === "" ? [] : [`${name} ${broken}`];
    });
  });
}

function labelsOf(series: string): readonly string[] {
  return [...series.matchAll(/[{,](\w+)="/g)].map(([, label]) => label!);
}
