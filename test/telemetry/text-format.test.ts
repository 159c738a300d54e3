import { describe, expect, test } from "vitest";
import type { MetricDescription } from "../../src/telemetry/metric-table.ts";
import { writeMetric } from "../../src/telemetry/text-format.ts";
import { parseExposition } from "./parse-exposition.ts";

const METRIC = {
  name: "geosteer_things_total",
  type: "counter",
  help: "Things.",
  labels: ["profile", "reason"],
} as const satisfies MetricDescription;
const UNLABELLED = { ...METRIC, labels: [] } as const;

describe("writeMetric", () => {
  test("writes help, type and one line for each sample, labels in the table's order", async () => {
    const samples = [
      { labels: { reason: "method", profile: "shop" }, value: 3 },
      { labels: { profile: "", reason: "fallback" }, value: 0.25 },
    ];
    expect(await writeMetric(METRIC, samples)).toBe(
      `# HELP geosteer_things_total Things.
# TYPE geosteer_things_total counter
geosteer_things_total{profile="shop",reason="method"} 3
geosteer_things_total{profile="",reason="fallback"} 0.25
`,
    );
  });

  test("writes help and type of a metric without samples", async () => {
    expect(await writeMetric(METRIC, [])).toBe(
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
    const lines = (await writeMetric(UNLABELLED, [{ labels: {}, value }])).split("\n");
    expect(lines[2]).toBe(`geosteer_things_total ${text}`);
  });

  test.for([
    { value: 'a "quoted" name', text: String.raw`a \"quoted\" name` },
    { value: "back\\slash", text: String.raw`back\\slash` },
    { value: "two\nlines", text: String.raw`two\nlines` },
    { value: "münchen, {de}", text: "münchen, {de}" },
  ])("escapes the label value $text", async ({ value, text }) => {
    const written = await writeMetric(METRIC, [{ labels: { profile: value, reason: "" }, value: 1 }]);
    expect(written.split("\n")[2]).toBe(`geosteer_things_total{profile="${text}",reason=""} 1`);
  });

  test("escapes line feeds and backslashes in the help", async () => {
    expect(await writeMetric({ ...METRIC, help: "a\\b\nc" }, [])).toContain(String.raw`total a\\b\nc` + "\n");
  });

  test.for([1, 4997, 4998, 4999, 9997, 9998, 9999, 20_000])(
    "writes each of %i samples once, in order",
    async (count) => {
      const metric = parseExposition(await writeMetric(METRIC, numbered(count))).get(METRIC.name);
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
    await writeMetric(METRIC, numbered(20_000));
    clearImmediate(turn);
    expect(turns).toBeGreaterThanOrEqual(4);
  });
});

function numbered(count: number) {
  return Array.from({ length: count }, (_, i) => ({ labels: { profile: String(i), reason: "method" }, value: i }));
}
