import { describe, expect, test } from "vitest";
import type { MetricDescription } from "../../src/telemetry/metric-table.ts";
import { type Sample, writeMetric } from "../../src/telemetry/text-format.ts";
import { parseExposition } from "./parse-exposition.ts";

const METRIC = {
  name: "geosteer_things_total",
  type: "counter",
  help: "Things.",
  labels: ["profile", "reason"],
} as const satisfies MetricDescription;
const UNLABELLED = { ...METRIC, labels: [] } as const;

async function textOf<M extends MetricDescription>(
  metric: M,
  samples: Iterable<Sample<M["labels"][number]>>,
): Promise<string> {
  return Buffer.concat(await writeMetric(metric, samples)).toString();
}

describe("writeMetric", () => {
  test("writes help, type and one line for each sample, labels in the table's order", async () => {
    const samples = [
      { labels: { reason: "method", profile: "shop" }, value: 3 },
      { labels: { profile: "", reason: "fallback" }, value: 0.25 },
    ];
    expect(await textOf(METRIC, samples)).toBe(
      `# HELP geosteer_things_total Things.
# TYPE geosteer_things_total counter
geosteer_things_total{profile="shop",reason="method"} 3
geosteer_things_total{profile="",reason="fallback"} 0.25
`,
    );
  });

  test("writes help and type of a metric without samples", async () => {
    expect(await textOf(METRIC, [])).toBe(
      "# HELP geosteer_things_total Things.\n# TYPE geosteer_things_total counter\n",
    );
  });

  test.for([
    { value: 0, text: "0" },
    { value: 1763805600.5, text: "1763805600.5" },
    { value: 2 ** 53, text: "9007199254740992" },
    { value: 1e-7, text: "1e-7" },
    { value: Infinity, text: "+Inf" },
    { value: -Infinity, text: "-Inf" },
    { value: NaN, text: "NaN" },
  ])("writes the value $value as $text", async ({ value, text }) => {
    const lines = (await textOf(UNLABELLED, [{ labels: {}, value }])).split("\n");
    expect(lines[2]).toBe(`geosteer_things_total ${text}`);
  });

  test.for([
    { value: 'a "quoted" name', text: String.raw`a \"quoted\" name` },
    { value: "back\\slash", text: String.raw`back\\slash` },
    { value: "two\nlines", text: String.raw`two\nlines` },
    { value: "münchen, {de}", text: "münchen, {de}" },
  ])("escapes the label value $text", async ({ value, text }) => {
    const written = await textOf(METRIC, [{ labels: { profile: value, reason: "" }, value: 1 }]);
    expect(written.split("\n")[2]).toBe(`geosteer_things_total{profile="${text}",reason=""} 1`);
  });

  test("writes the series of a histogram, with the bound of a bucket as its last label", async () => {
    const metric = { ...METRIC, name: "geosteer_seconds", type: "histogram", labels: ["monitor"] } as const;
    const labels = { monitor: "web" };
    const samples = [
      { series: "_bucket", labels, le: 0.5, value: 1 },
      { series: "_bucket", labels, le: Infinity, value: 2 },
      { series: "_sum", labels, value: 3.25 },
      { series: "_count", labels, value: 2 },
    ] as const;
    expect((await textOf(metric, samples)).split("\n").slice(2)).toEqual([
      'geosteer_seconds_bucket{monitor="web",le="0.5"} 1',
      'geosteer_seconds_bucket{monitor="web",le="+Inf"} 2',
      'geosteer_seconds_sum{monitor="web"} 3.25',
      'geosteer_seconds_count{monitor="web"} 2',
      "",
    ]);
  });

  test("escapes line feeds and backslashes in the help", async () => {
    expect(await textOf({ ...METRIC, help: "a\\b\nc" }, [])).toContain(String.raw`total a\\b\nc` + "\n");
  });

  test.for([1, 1997, 1998, 1999, 3997, 3998, 3999, 20_000])(
    "writes each of %i samples once, in order",
    async (count) => {
      const metric = parseExposition(await textOf(METRIC, numbered(count))).get(METRIC.name);
      expect([...metric!.samples.values()]).toEqual(Array.from({ length: count }, (_, i) => i));
    },
  );

  test("lets the event loop turn while it writes many samples", async () => {
    let turns = 0;
    const count = (): void => {
      turns += 1;
      turn = setImmediate(count);
    };
    let turn = setImmediate(count);
    await textOf(METRIC, numbered(20_000));
    clearImmediate(turn);
    expect(turns).toBeGreaterThanOrEqual(4);
  });
});

function numbered(count: number) {
  return Array.from({ length: count }, (_, i) => ({ labels: { profile: String(i), reason: "method" }, value: i }));
}
