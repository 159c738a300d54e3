/**
 * The sum of all workers' counter rows since the start, by label. A reload replaces the rows by rows with other
 * labels: `retire` folds the old ones into a base, so that totals never go back and nothing counts twice.
 */
import type { CountedEvent, CounterLabels, DecisionCount, QueryCount } from "./counters.ts";
import { createCounterRow, EVENT_LABELS, readCounters } from "./counters.ts";

export const TRANSPORTS = ["udp", "tcp"] as const;
export type Transport = (typeof TRANSPORTS)[number];

export interface CounterRow {
  readonly row: SharedArrayBuffer;
  /** The labels of the cells. The rows of a generation share one object, and are summed before they are read. */
  readonly labels: CounterLabels;
  readonly transport: Transport;
}

export interface QueryTotal extends QueryCount {
  readonly transport: Transport;
}

/** The totals, one entry per set of labels. Labels that never occurred are absent, events aside. */
export interface CounterTotalsReading {
  readonly queries: Iterable<QueryTotal>;
  readonly decisions: Iterable<DecisionCount>;
  readonly events: Readonly<Record<Transport, Readonly<Record<CountedEvent, number>>>>;
}

export interface CounterTotals {
  /** Counts these rows from now on; before a worker writes to them. */
  add(rows: readonly CounterRow[]): void;
  /** Takes the rows into the totals, once no worker writes to them any more. What is written later is lost. */
  retire(rows: readonly CounterRow[]): void;
  read(): CounterTotalsReading;
}

export function createCounterTotals(): CounterTotals {
  const live = new Map<SharedArrayBuffer, CounterRow>();
  const everAdded = new WeakSet<SharedArrayBuffer>();
  const retired = emptySums();
  return {
    add(rows) {
      for (const counterRow of rows) {
        if (everAdded.has(counterRow.row)) continue;
        everAdded.add(counterRow.row);
        live.set(counterRow.row, counterRow);
      }
    },
    retire(rows) {
      addRows(
        retired,
        rows.filter(({ row }) => live.delete(row)),
      );
    },
    read() {
      const sums = copyOf(retired);
      addRows(sums, [...live.values()]);
      return { queries: sums.queries.values(), decisions: sums.decisions.values(), events: sums.events };
    },
  };
}

interface Sums {
  readonly queries: Map<string, QueryTotal>;
  readonly decisions: Map<string, DecisionCount>;
  readonly events: Readonly<Record<Transport, Record<CountedEvent, number>>>;
}

function emptySums(): Sums {
  const events = Object.fromEntries(EVENT_LABELS.map((event) => [event, 0])) as Record<CountedEvent, number>;
  return { queries: new Map(), decisions: new Map(), events: { udp: { ...events }, tcp: { ...events } } };
}

function copyOf({ queries, decisions, events }: Sums): Sums {
  return {
    queries: new Map(queries),
    decisions: new Map(decisions),
    events: { udp: { ...events.udp }, tcp: { ...events.tcp } },
  };
}

function addRows(sums: Sums, rows: readonly CounterRow[]): void {
  for (const [labels, sameLabels] of Map.groupBy(rows, (row) => row.labels)) {
    for (const [transport, group] of Map.groupBy(sameLabels, (row) => row.transport)) {
      const reading = readCounters(sumOfCells(group, labels), labels);
      for (const query of reading.queries) {
        // Names hold no NUL, so the joined labels are unambiguous.
        addTo(sums.queries, `${query.profile}\0${query.type}\0${query.rcode}\0${transport}`, { ...query, transport });
      }
      for (const decision of reading.decisions) {
        addTo(sums.decisions, `${decision.profile}\0${decision.endpoint}\0${decision.reason}`, decision);
      }
      for (const event of EVENT_LABELS) sums.events[transport][event] += reading.events[event];
    }
  }
}

function addTo<T extends { readonly count: number }>(sums: Map<string, T>, key: string, total: T): void {
  const sum = sums.get(key);
  sums.set(key, sum === undefined ? total : { ...sum, count: sum.count + total.count });
}

/** Adding plain numbers first is what keeps a scrape of many profiles and workers short. */
function sumOfCells(rows: readonly CounterRow[], labels: CounterLabels): SharedArrayBuffer {
  const [first, ...others] = rows;
  if (first !== undefined && others.length === 0) return first.row;
  const sum = createCounterRow(labels);
  const cells = new Float64Array(sum);
  for (const { row } of rows) {
    const counts = new Float64Array(row);
    for (let cell = 0; cell < cells.length; cell++) cells[cell]! += counts[cell]!;
  }
  return sum;
}
