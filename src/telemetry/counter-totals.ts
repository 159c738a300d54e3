/**
 * The sums of all workers' counter rows since the start, by the labels of the newest configuration. A reload replaces
 * the rows by rows with other labels. What the old ones counted goes over to the labels that stay, so totals of these
 * never go back and nothing counts twice; profiles and endpoints that are gone take their totals with them.
 */
import type {
  CountedEvent,
  CounterLabels,
  CounterReading,
  DecisionCount,
  DecisionSums,
  FilterCount,
  QueryCount,
} from "./counters.ts";
import { type AddRow, addRowBetween, createCounterRow, readCounters, sumDecisions } from "./counters.ts";

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

/** The totals, one entry per set of labels. Labels that never occurred are absent, those of filters and events aside. */
export interface CounterTotalsReading {
  readonly queries: Iterable<QueryTotal>;
  readonly decisions: Iterable<DecisionCount>;
  readonly filters: Iterable<FilterCount>;
  readonly events: Readonly<Record<Transport, Readonly<Record<CountedEvent, number>>>>;
}

export interface CounterTotals {
  /**
   * Counts these rows from now on; before a worker writes to them. Labels that come for the first time are those of the
   * newest configuration.
   */
  add(rows: readonly CounterRow[]): void;
  /** Takes the rows into the totals, once no worker writes to them any more. What is written later is lost. */
  retire(rows: readonly CounterRow[]): void;
  /** The totals at this moment, however late they are looked at. */
  read(): CounterTotalsReading;
  /** Of these the decisions, whatever their reason. */
  decisions(): DecisionSums;
}

export function createCounterTotals(): CounterTotals {
  const live = new Map<SharedArrayBuffer, CounterRow>();
  const everAdded = new WeakSet<SharedArrayBuffer>();
  const everUsed = new WeakSet<CounterLabels>();
  let newest: CounterLabels = { profiles: [], endpoints: [], reasons: [], filters: [] };
  /** What rows that are no longer live have counted. */
  let retired: Sums = emptySums(newest);
  /** From each set of labels to the newest. */
  let adders = new WeakMap<CounterLabels, AddRow>();

  const addTo = (sums: Sums, { row, labels, transport }: CounterRow): void => {
    let adder = adders.get(labels);
    if (adder === undefined) {
      adder = addRowBetween(labels, newest);
      adders.set(labels, adder);
    }
    adder(new Float64Array(row), sums[transport]);
  };

  const follow = (labels: CounterLabels): void => {
    const moved = emptySums(labels);
    const adder = addRowBetween(newest, labels);
    for (const transport of TRANSPORTS) adder(retired[transport], moved[transport]);
    newest = labels;
    retired = moved;
    adders = new WeakMap();
  };

  const sum = (): Sums => {
    const sums = { udp: retired.udp.slice(), tcp: retired.tcp.slice() };
    for (const counterRow of live.values()) addTo(sums, counterRow);
    return sums;
  };

  return {
    add(rows) {
      for (const counterRow of rows) {
        const { row, labels } = counterRow;
        if (everAdded.has(row)) continue;
        everAdded.add(row);
        live.set(row, counterRow);
        // A worker that is replaced may be given the labels of a configuration before.
        if (!everUsed.has(labels)) follow(labels);
        everUsed.add(labels);
      }
    },
    retire(rows) {
      for (const counterRow of rows) if (live.delete(counterRow.row)) addTo(retired, counterRow);
    },
    read: () => readSums(sum(), newest),
    decisions() {
      const { udp, tcp } = sum();
      return sumDecisions([udp, tcp], newest);
    },
  };
}

/** The cells of all rows of a transport together, in the order of the newest labels. */
type Sums = Readonly<Record<Transport, Float64Array>>;

function emptySums(labels: CounterLabels): Sums {
  return { udp: new Float64Array(createCounterRow(labels)), tcp: new Float64Array(createCounterRow(labels)) };
}

function readSums({ udp, tcp }: Sums, labels: CounterLabels): CounterTotalsReading {
  const readings = { udp: readCounters([udp], labels), tcp: readCounters([tcp], labels) };
  const { decisions, filters } = readCounters([udp, tcp], labels);
  return {
    queries: queriesOf(readings),
    decisions,
    filters,
    events: { udp: readings.udp.events, tcp: readings.tcp.events },
  };
}

function* queriesOf(readings: Readonly<Record<Transport, CounterReading>>): Generator<QueryTotal> {
  for (const transport of TRANSPORTS) {
    for (const query of readings[transport].queries) yield { ...query, transport };
  }
}
