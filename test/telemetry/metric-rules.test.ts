import { expect, test } from "vitest";
import { brokenRules } from "./metric-rules.ts";
import { parseExposition } from "./parse-exposition.ts";

const broken = (body: string): readonly string[] => brokenRules(parseExposition(body));

test.for<[what: string, name: string, type: string, sample: string, wanted: string]>([
  ["a gauge named as a counter", "x_active_total", "gauge", "1", 'non-counter metrics should not have "_total" suffix'],
  ["a counter that is not", "x_queries", "counter", "1", 'counter metrics should have "_total" suffix'],
  ["a part of no histogram", "x_count", "gauge", "1", 'the suffix "_count" is a histogram\'s'],
  ["another unit", "x_lag_milliseconds", "gauge", "1", 'use base unit "seconds" instead of "milliseconds"'],
  ["a short unit", "x_lag_ms", "gauge", "1", 'metric names should not contain abbreviated units: "ms"'],
  ["a type in the name", "x_gauge_y", "gauge", "1", "metric name should not include type 'gauge'"],
  ["another case", "x_queueSize", "gauge", "1", "metric names should be written in 'snake_case' not 'camelCase'"],
])("brokenRules tells %s", ([, name, type, sample, wanted]) => {
  expect(broken(`# HELP ${name} Help.\n# TYPE ${name} ${type}\n${name} ${sample}\n`)).toEqual([`${name} ${wanted}`]);
});

test.for<[label: string, wanted: string]>([
  ["le", 'the label "le" is a histogram\'s'],
  ["quantile", 'the label "quantile" is a summary\'s'],
  ["targetName", "label names should be in 'snake_case'"],
])("brokenRules tells the label %s of a gauge", ([label, wanted]) => {
  expect(broken(`# HELP x Help.\n# TYPE x gauge\nx{a="1",${label}="1"} 1\n`)).toEqual([`x ${wanted}`]);
});
