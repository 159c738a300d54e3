import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CounterRow, createCounterTotals, type Transport } from "../../src/telemetry/counter-totals.ts";
import { type CounterLabels, countInto, createCounterRow, EVENT_LABELS } from "../../src/telemetry/counters.ts";

/** Two generations: in the second `shop` has another index and `payroll` is new. */
const FIRST = labelsOf(["shop", "blog"]);
const SECOND = labelsOf(["payroll", "shop"]);
const A = 1;
const NOERROR = 0;

function labelsOf(profiles: readonly string[], names: readonly string[] = ["one", "two"]): CounterLabels {
  const endpoints = profiles.flatMap((profile) => names.map((endpoint) => ({ profile, endpoint })));
  // A rule of which one endpoint is the reason goes with it.
  const rules = names.length > 1 ? ["eu", "hq"] : ["eu"];
  const filters = profiles.flatMap((profile) => rules.map((rule) => ({ profile, rule })));
  return { profiles, endpoints, reasons: ["method"], filters };
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

  test("has every residency rule of the newest configuration, at 0 too", () => {
    const [before, after] = [rowOf(FIRST), rowOf(SECOND, "tcp")];
    const totals = createCounterTotals();
    totals.add([before]);
    countInto(before.row, FIRST).filtered(1);
    totals.add([after]);
    countInto(after.row, SECOND).filtered(3);
    expect(Array.from(totals.read().filters, ({ profile, rule, count }) => `${profile} ${rule} ${count}`)).toEqual([
      "payroll eu 0",
      "payroll hq 0",
      "shop eu 0",
      "shop hq 2",
    ]);
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

  test("what is gone from the newest labels is gone from the totals, and starts at 0 when it comes back", () => {
    const [first, second, third] = [rowOf(FIRST), rowOf(SECOND), rowOf(labelsOf(["blog", "shop"]))];
    const totals = createCounterTotals();
    const read = () => Array.from(totals.read().queries, ({ profile, count }) => [profile, count]);
    totals.add([first]);
    ask(first, "shop", 2);
    ask(first, "blog", 3);
    totals.add([second]);
    ask(first, "blog");
    ask(first, "shop");
    expect(read()).toEqual([["shop", 3]]);
    totals.retire([first]);
    totals.add([third]);
    totals.retire([second]);
    expect(read()).toEqual([["shop", 3]]);
    ask(third, "blog");
    expect(read()).toEqual([
      ["blog", 1],
      ["shop", 3],
    ]);
  });

  test("labels of a configuration before, for a worker that is replaced, are not the newest", () => {
    const [first, second, again] = [rowOf(FIRST), rowOf(SECOND), rowOf(FIRST)];
    const totals = createCounterTotals();
    totals.add([first]);
    totals.add([second]);
    totals.add([again]);
    ask(again, "blog");
    ask(again, "shop");
    ask(second, "payroll");
    expect(Array.from(totals.read().queries, ({ profile }) => profile)).toEqual(["payroll", "shop"]);
  });

  test("a reading is of its moment, however late it is looked at", () => {
    const [first, second] = [rowOf(FIRST), rowOf(SECOND)];
    const totals = createCounterTotals();
    totals.add([first]);
    ask(first, "blog");
    const { queries } = totals.read();
    ask(first, "blog");
    totals.add([second]);
    totals.retire([first]);
    expect([...queries]).toMatchObject([{ profile: "blog", count: 1 }]);
  });

  test("over any order of queries, reloads and scrapes: all that stays is counted and never falls, nothing else is there", () => {
    const others = fc.uniqueArray(fc.constantFrom<string[]>("blog", "payroll", "mail"));
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ profile: fc.nat(3), worker: fc.nat(5), endpoint: fc.nat(1) }) },
      { weight: 1, arbitrary: fc.record({ others, at: fc.nat(3), shortened: fc.boolean() }) },
      { weight: 1, arbitrary: fc.constant("retire" as const) },
      { weight: 2, arbitrary: fc.constant("scrape" as const) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: "max" }), (steps) => {
        const totals = createCounterTotals();
        let old: CounterRow[] = [];
        let rows = [rowOf(FIRST), rowOf(FIRST), rowOf(FIRST, "tcp")];
        totals.add(rows);
        const counted = { udp: 0, tcp: 0, decided: 0, filtered: 0 };
        const scrapes: { foreign: unknown[]; fallen: unknown[]; read: number[]; counted: number[] }[] = [];
        /** What the last scrape read of labels that have stayed since. */
        let before = new Map<string, number>();
        for (const action of steps) {
          if (action === "retire") {
            totals.retire(old);
            old = [];
          } else if (action === "scrape") {
            const reading = totals.read();
            const read = new Map<string, number>([
              ...Array.from(reading.queries, (q) => [`${q.profile}/ ${q.transport}`, q.count] as const),
              ...Array.from(reading.decisions, (d) => [`${d.profile}/${d.endpoint}`, d.count] as const),
              ...Array.from(reading.filters, (f) => [`${f.profile}:${f.rule}`, f.count] as const),
            ]);
            const names = namesOf(rows[0]!.labels);
            scrapes.push({
              foreign: [...read.keys()].filter((name) => !names.has(name.split(" ")[0]!)),
              fallen: [...before].filter(([name, count]) => (read.get(name) ?? 0) < count),
              read: ["shop/ udp", "shop/ tcp", "shop/one", "shop:eu"].map((name) => read.get(name) ?? 0),
              counted: [counted.udp, counted.tcp, counted.decided, counted.filtered],
            });
            before = read;
          } else if ("worker" in action) {
            // Workers of the generation before still answer.
            const { row, labels, transport } = [...rows, ...old][action.worker] ?? rows[0]!;
            const counters = countInto(row, labels);
            counters.query(action.profile % labels.profiles.length, A, NOERROR);
            if (labels.profiles[action.profile % labels.profiles.length] === "shop") counted[transport]++;
            const endpoint = (2 * action.profile + action.endpoint) % labels.endpoints.length;
            counters.decision(endpoint, 0);
            const chosen = labels.endpoints[endpoint]!;
            if (chosen.profile === "shop" && chosen.endpoint === "one") counted.decided++;
            const filter = (2 * action.profile + action.endpoint) % labels.filters.length;
            counters.filtered(filter);
            const { profile, rule } = labels.filters[filter]!;
            if (profile === "shop" && rule === "eu") counted.filtered++;
          } else {
            const labels = labelsOf(
              action.others.toSpliced(action.at, 0, "shop"),
              action.shortened ? ["one"] : undefined,
            );
            old.push(...rows);
            rows = rows.map(({ transport }) => rowOf(labels, transport));
            totals.add(rows);
            const names = namesOf(labels);
            before = new Map([...before].filter(([name]) => names.has(name.split(" ")[0]!)));
          }
        }
        expect(scrapes.flatMap(({ foreign, fallen }) => [...foreign, ...fallen])).toEqual([]);
        expect(scrapes.map(({ read }) => read)).toEqual(scrapes.map((scrape) => scrape.counted));
      }),
    );
  });
});

/** `shop/` and `shop/one`: what the totals may have of these labels. */
function namesOf({ profiles, endpoints, filters }: CounterLabels): ReadonlySet<string> {
  return new Set<string>([
    ...profiles.map((name) => `${name}/`),
    ...endpoints.map((one) => `${one.profile}/${one.endpoint}`),
    ...filters.map(({ profile, rule }) => `${profile}:${rule}`),
  ]);
}
