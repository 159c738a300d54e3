import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CounterRow, createCounterTotals, type Transport } from "../../src/telemetry/counter-totals.ts";
import { type CounterLabels, countInto, createCounterRow, EVENT_LABELS } from "../../src/telemetry/counters.ts";

/** Two generations: in the second `shop` has another index and `payroll` is new. */
const FIRST = labelsOf(["shop", "blog"]);
const SECOND = labelsOf(["payroll", "shop"]);
const A = 1;
const NOERROR = 0;

function labelsOf(profiles: readonly string[]): CounterLabels {
  const endpoints = profiles.flatMap((profile) => ["one", "two"].map((endpoint) => ({ profile, endpoint })));
  return { profiles, endpoints, reasons: ["method"] };
}

function rowOf(labels: CounterLabels, transport: Transport = "udp"): CounterRow {
  return { row: createCounterRow(labels), labels, transport };
}

function ask({ row, labels }: CounterRow, profile: string, times = 1): void {
  const counters = countInto(row, labels);
  for (let i = 0; i < times; i++) counters.query(labels.profiles.indexOf(profile), A, NOERROR);
}

describe("createCounterTotals", () => {
  test("sums the rows of all workers and keeps the transports apart", () => {
    const rows = [rowOf(FIRST), rowOf(FIRST), rowOf(FIRST, "tcp")] as const;
    const totals = createCounterTotals();
    totals.add(rows);
    ask(rows[0], "shop", 2);
    ask(rows[1], "shop", 3);
    ask(rows[2], "shop", 4);
    for (const { row, labels } of rows) countInto(row, labels).event("truncated");
    const reading = totals.read();
    expect([...reading.queries]).toEqual([
      { profile: "shop", type: "A", rcode: "NOERROR", transport: "udp", count: 5 },
      { profile: "shop", type: "A", rcode: "NOERROR", transport: "tcp", count: 4 },
    ]);
    const none = Object.fromEntries(EVENT_LABELS.map((event) => [event, 0]));
    expect(reading.events).toEqual({ udp: { ...none, truncated: 2 }, tcp: { ...none, truncated: 1 } });
  });

  test("sums decisions over transports", () => {
    const rows = [rowOf(FIRST), rowOf(FIRST, "tcp")];
    const totals = createCounterTotals();
    totals.add(rows);
    for (const { row, labels } of rows) countInto(row, labels).decision(3, 0);
    expect([...totals.read().decisions]).toEqual([{ profile: "blog", endpoint: "two", reason: "method", count: 2 }]);
  });

  test("adds rows of two generations by label while both are in use", () => {
    const [before, after] = [rowOf(FIRST), rowOf(SECOND)];
    const totals = createCounterTotals();
    totals.add([before, after]);
    ask(before, "shop", 2);
    ask(after, "shop", 3);
    expect([...totals.read().queries]).toMatchObject([{ profile: "shop", count: 5 }]);
  });

  test("keeps what a retired row counted, and loses what is written to it later", () => {
    const row = rowOf(FIRST);
    const totals = createCounterTotals();
    totals.add([row]);
    ask(row, "shop");
    totals.retire([row]);
    ask(row, "shop");
    expect([...totals.read().queries]).toMatchObject([{ profile: "shop", count: 1 }]);
  });

  test.for([
    { again: "retired twice", steps: ["add", "retire", "retire"] },
    { again: "added twice", steps: ["add", "add"] },
    { again: "added after it was retired", steps: ["add", "retire", "add"] },
    { again: "retired without having been added, then added", steps: ["retire", "add"] },
  ] as const)("counts a row once that is $again", ({ steps }) => {
    const row = rowOf(FIRST);
    ask(row, "shop");
    const totals = createCounterTotals();
    for (const step of steps) totals[step]([{ ...row }]);
    expect([...totals.read().queries]).toMatchObject([{ profile: "shop", count: 1 }]);
  });

  test("reads what was counted, never less than before, over any order of queries, reloads and scrapes", () => {
    const profile = fc.constantFrom("shop", "blog", "payroll", "");
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ kind: fc.constant("query"), profile, worker: fc.nat(2) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("publish"), profiles: fc.uniqueArray(profile) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("retire") }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("scrape") }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: "max" }), (steps) => {
        const totals = createCounterTotals();
        let old: CounterRow[] = [];
        let rows = [rowOf(FIRST), rowOf(FIRST), rowOf(FIRST, "tcp")];
        totals.add(rows);
        const counted = new Map<string, number>();
        const scrapes: { read: readonly (readonly [string, number])[]; expected: Map<string, number> }[] = [];
        for (const { kind, ...args } of steps) {
          if ("worker" in args) {
            const row = rows[args.worker]!;
            ask(row, args.profile);
            const name = row.labels.profiles.includes(args.profile) ? args.profile : "";
            const key = `${name} ${row.transport}`;
            counted.set(key, (counted.get(key) ?? 0) + 1);
          } else if ("profiles" in args) {
            const labels = labelsOf(args.profiles.filter((name) => name !== ""));
            old.push(...rows);
            rows = rows.map(({ transport }) => rowOf(labels, transport));
            totals.add(rows);
          } else if (kind === "retire") {
            totals.retire(old);
            old = [];
          } else {
            const read = Array.from(totals.read().queries, (q) => [`${q.profile} ${q.transport}`, q.count] as const);
            scrapes.push({ read, expected: new Map(counted) });
          }
        }
        expect(scrapes.map(({ read }) => new Map(read))).toEqual(scrapes.map(({ expected }) => expected));
        expect(scrapes.map(({ read }) => read.length)).toEqual(scrapes.map(({ expected }) => expected.size));
      }),
    );
  });
});
