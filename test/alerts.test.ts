/** The alert rules of docs/prometheus ask for metrics that there are, and each is proven; the interop suite runs the proof. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { METRICS, type MetricDescription } from "../src/telemetry/metric-table.ts";

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly description: string; readonly runbook?: string };
}

interface Proof {
  readonly tests: readonly {
    readonly input_series: readonly { readonly series: string }[];
    readonly alert_rule_test: readonly { readonly alertname: string; readonly exp_alerts: readonly unknown[] }[];
  }[];
}

function read(file: string): unknown {
  return parse(readFileSync(new URL(`../docs/prometheus/${file}`, import.meta.url), "utf8"));
}

const { groups } = read("alerts.yaml") as { readonly groups: readonly { readonly rules: readonly Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const { tests } = read("alerts.test.yaml") as Proof;
const metrics = new Map<string, MetricDescription>(Object.values(METRICS).map((metric) => [metric.name, metric]));

/** Each metric that a text names, with the labels that it asks for: `geosteer_x{a="b"}`. */
function metricsIn(text: string): readonly { readonly name: string; readonly labels: readonly string[] }[] {
  return [...text.matchAll(/\b(geosteer_\w+)(?:\{([^}]*)\})?/g)].map(([, name, selector = ""]) => ({
    name: name!,
    labels: [...selector.matchAll(/(\w+)\s*(?:=~|!=|=)/g)].map(([, label]) => label!),
  }));
}

/** What Prometheus adds. */
const OF_TARGETS = ["job", "instance"];

test("there are rules", () => {
  expect(rules.length).toBeGreaterThan(10);
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
});

describe.for(rules)("$alert", ({ alert, expr, labels, annotations }) => {
  test("asks for metrics and labels that are exported", () => {
    for (const { name, labels: asked } of metricsIn(expr)) {
      expect([...metrics.keys()]).toContain(name);
      expect([...OF_TARGETS, ...metrics.get(name)!.labels]).toEqual(expect.arrayContaining([...asked]));
    }
  });

  test("says how bad it is, and what to do", () => {
    expect(["page", "ticket"]).toContain(labels.severity);
    expect(annotations.summary).not.toBe("");
    const { runbook = "docs/commands.md" } = annotations;
    expect(existsSync(fileURLToPath(new URL(`../${runbook}`, import.meta.url)))).toBe(true);
  });

  test("is proven to fire, and to keep quiet", () => {
    const proofs = tests.flatMap((each) => each.alert_rule_test).filter(({ alertname }) => alertname === alert);
    expect(proofs.map(({ exp_alerts: fired }) => fired.length).toSorted((a, b) => a - b)).toEqual(
      expect.arrayContaining([0, 1]),
    );
  });
});

test("the proofs use the labels that the metrics have", () => {
  for (const { name, labels } of tests.flatMap((each) =>
    each.input_series.flatMap(({ series }) => metricsIn(series)),
  )) {
    expect(OF_TARGETS.concat(metrics.get(name)!.labels)).toEqual(expect.arrayContaining([...labels]));
  }
});
