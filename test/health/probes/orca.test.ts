import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { orcaLoad } from "../../../src/health/probes/orca.ts";

const TEXT =
  "TEXT cpu_utilization=0.3, mem_utilization=0.8,application_utilization=1.25, named_metrics.queue=0.4, named_metrics.a.b=.5";
const JSON_TEXT =
  'JSON {"cpu_utilization":0.3,"memUtilization":"0.8","named_metrics":{"queue":0.4,"a.b":0.5},"utilization":{"gpu":0.75}}';

describe("orcaLoad", () => {
  test.for<[header: string | undefined, metric: string, load: number | undefined]>([
    [TEXT, "cpu_utilization", 30],
    [TEXT, "mem_utilization", 80],
    [TEXT, "application_utilization", 125],
    [TEXT, "named_metrics.queue", 40],
    [TEXT, "named_metrics.a.b", 50],
    [TEXT, "eps", undefined],
    [TEXT, "queue", undefined],
    [TEXT, "CPU_UTILIZATION", undefined],
    ["cpu_utilization=0.5", "cpu_utilization", 50],
    ["text cpu_utilization = 5e-1 ", "cpu_utilization", 50],
    // Two headers, joined.
    ["TEXT mem_utilization=1, TEXT cpu_utilization=0.2", "cpu_utilization", 20],
    ["TEXT cpu_utilization=0.2,cpu_utilization=0.9", "cpu_utilization", 20],
    ["TEXT cpu_utilization=0", "cpu_utilization", 0],
    ["TEXT cpu_utilization=NaN", "cpu_utilization", undefined],
    ["TEXT cpu_utilization=inf", "cpu_utilization", undefined],
    ["TEXT cpu_utilization=-0.1", "cpu_utilization", undefined],
    ["TEXT cpu_utilization=1e300", "cpu_utilization", undefined],
    ["TEXT cpu_utilization=0x1", "cpu_utilization", undefined],
    ["TEXT cpu_utilization=", "cpu_utilization", undefined],
    ["TEXT cpu_utilization", "cpu_utilization", undefined],
    ["TEXT", "cpu_utilization", undefined],
    ["", "cpu_utilization", undefined],
    [undefined, "cpu_utilization", undefined],
    ["BIN CZqZmZmZmbk/", "cpu_utilization", undefined],
    [JSON_TEXT, "cpu_utilization", 30],
    [JSON_TEXT, "mem_utilization", 80],
    [JSON_TEXT, "named_metrics.queue", 40],
    [JSON_TEXT, "named_metrics.a.b", 50],
    [JSON_TEXT, "utilization.gpu", 75],
    [JSON_TEXT, "named_metrics", undefined],
    [JSON_TEXT, "named_metrics.none", undefined],
    [JSON_TEXT, "eps", undefined],
    ['JSON {"cpu_utilization":"NaN"}', "cpu_utilization", undefined],
    ['JSON {"cpu_utilization":true}', "cpu_utilization", undefined],
    ['JSON {"cpu_utilization":', "cpu_utilization", undefined],
    ["JSON null", "cpu_utilization", undefined],
    ["JSON {}", "constructor.name", undefined],
  ])("%s: %s is %s", ([header, metric, load]) => {
    const read = orcaLoad(header, metric);
    expect(read && Math.round(read * 1e6) / 1e6).toBe(load);
  });

  const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,10}$/);
  const metrics = fc.dictionary(
    name.map((text) => `named_metrics.${text}`),
    fc.double({ min: 0, max: 1, noNaN: true }),
    {
      minKeys: 1,
    },
  );

  test("reads what was written, as text with either separator or as JSON", () => {
    fc.assert(
      fc.property(metrics, fc.constantFrom(",", ", "), (written, separator) => {
        const text = Object.entries(written)
          .map(([key, value]) => `${key}=${value}`)
          .join(separator);
        const inside = Object.entries(written).map(([key, value]) => [key.slice("named_metrics.".length), value]);
        const json = JSON.stringify({ named_metrics: Object.fromEntries(inside) });
        for (const [key, value] of Object.entries(written)) {
          expect(orcaLoad(`TEXT ${text}`, key)).toBe(value * 100);
          expect(orcaLoad(`JSON ${json}`, key)).toBe(value * 100);
        }
      }),
    );
  });

  test("whatever stands there is a load from 0 on or none", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => `JSON ${json}`),
        ),
        name,
        (header, metric) => {
          const load = orcaLoad(header, metric);
          expect(load === undefined || (Number.isFinite(load) && load >= 0)).toBe(true);
        },
      ),
    );
  });
});
