/**
 * What a DNS worker counts: one row of numbers in shared memory per worker, written by that worker alone and summed
 * by the main thread at each scrape. No message, lock or allocation per query.
 */

/** The labels of a row's cells; every row of one generation has the same. */
export interface CounterLabels {
  readonly profiles: readonly string[];
  readonly endpoints: readonly { readonly profile: string; readonly endpoint: string }[];
  /** Reasons of a decision, by index: those of the program, the same whatever the configuration. */
  readonly reasons: readonly string[];
  /** Residency rules with the profiles that they may take endpoints from. */
  readonly filters: readonly { readonly profile: string; readonly rule: string }[];
}

/** Query types with a label of their own; all others count as `other`. */
const TYPE_LABELS = ["A", "AAAA", "CNAME", "NS", "SOA", "MX", "TXT", "SRV", "CAA", "HTTPS", "ANY", "other"] as const;

/** The IANA numbers of `TYPE_LABELS`, without `other`. */
const TYPE_NUMBERS = [1, 28, 5, 2, 6, 15, 16, 33, 257, 65, 255];
const OTHER_TYPE = TYPE_LABELS.length - 1;
const TYPE_INDEX = new Uint8Array(65536).fill(OTHER_TYPE);
for (const [index, number] of TYPE_NUMBERS.entries()) TYPE_INDEX[number] = index;

/** Every response code that geosteer sends, with its IANA number. */
const RCODE_NUMBERS = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  BADVERS: 16,
  BADCOOKIE: 23,
};
const RCODE_LABELS = Object.keys(RCODE_NUMBERS);
const RCODES = RCODE_LABELS.length;
const RCODE_INDEX = new Uint8Array(24);
for (const [index, number] of Object.values(RCODE_NUMBERS).entries()) RCODE_INDEX[number] = index;

/** Events without labels of their own. */
export const EVENT_LABELS = [
  /** Messages without an answer: malformed beyond one, old, over a limit. */
  "dropped",
  "shed",
  "limited",
  /** Answers over a limit that were sent truncated. */
  "slipped",
  "truncated",
  /** Answers that the system did not take. */
  "unsent",
  "exception",
  /** TCP connections: each is opened once and closed once, for one of the causes. */
  "opened",
  "closed-peer",
  "closed-timed-out",
  "closed-evicted",
  "closed-refused",
  "closed-stopped",
] as const;
export type CountedEvent = (typeof EVENT_LABELS)[number];

const EVENT_INDEX = Object.fromEntries(EVENT_LABELS.map((event, index) => [event, index])) as Readonly<
  Record<CountedEvent, number>
>;

export interface Counters {
  /** Counts an answered query. `profile` is the profile's id, -1 for static data and names that are not ours. */
  query(profile: number, type: number, rcode: number): void;
  /** Counts a decision for an endpoint, by the ids of endpoint and reason. */
  decision(endpoint: number, reason: number): void;
  /** Counts a decision that no endpoint answers. */
  decisionWithoutEndpoint(profile: number, reason: number): void;
  /** Counts a decision from which a residency rule has removed endpoints, by the place among `filters`. */
  filtered(filter: number): void;
  event(event: CountedEvent, times?: number): void;
}

/** One row's shared memory. Float64: exact up to 2^53, so it never wraps, and 64-bit machines do not tear it. */
export function createCounterRow(labels: CounterLabels): SharedArrayBuffer {
  return new SharedArrayBuffer(layoutOf(labels).length * Float64Array.BYTES_PER_ELEMENT);
}

interface Layout {
  readonly decisions: number;
  readonly withoutEndpoint: number;
  readonly filters: number;
  readonly events: number;
  readonly length: number;
}

/** Cells: queries by profile (static first), type and rcode; decisions by endpoint and reason; by profile and reason; filters; events. */
function layoutOf({ profiles, endpoints, reasons, filters: pairs }: CounterLabels): Layout {
  const decisions = (profiles.length + 1) * TYPE_LABELS.length * RCODES;
  const withoutEndpoint = decisions + endpoints.length * reasons.length;
  const filters = withoutEndpoint + profiles.length * reasons.length;
  const events = filters + pairs.length;
  return { decisions, withoutEndpoint, filters, events, length: events + EVENT_LABELS.length };
}

export function countInto(row: SharedArrayBuffer, labels: CounterLabels): Counters {
  const cells = new Float64Array(row);
  const { decisions, withoutEndpoint, filters, events } = layoutOf(labels);
  const reasons = labels.reasons.length;
  return {
    query(profile, type, rcode) {
      cells[((profile + 1) * TYPE_LABELS.length + TYPE_INDEX[type]!) * RCODES + RCODE_INDEX[rcode]!]! += 1;
    },
    decision(endpoint, reason) {
      cells[decisions + endpoint * reasons + reason]! += 1;
    },
    decisionWithoutEndpoint(profile, reason) {
      cells[withoutEndpoint + profile * reasons + reason]! += 1;
    },
    filtered(filter) {
      cells[filters + filter]! += 1;
    },
    event(event, times = 1) {
      cells[events + EVENT_INDEX[event]]! += times;
    },
  };
}

export interface QueryCount {
  /** The profile's name; "" for static data and names that are not ours. */
  readonly profile: string;
  readonly type: string;
  readonly rcode: string;
  readonly count: number;
}

export interface DecisionCount {
  readonly profile: string;
  /** The endpoint's name; "" where none answers. */
  readonly endpoint: string;
  readonly reason: string;
  readonly count: number;
}

export interface FilterCount {
  readonly profile: string;
  readonly rule: string;
  readonly count: number;
}

export interface CounterReading {
  /** Read from the cells one after the other: there may be a million. */
  readonly queries: Iterable<QueryCount>;
  readonly decisions: Iterable<DecisionCount>;
  /** All of them, at 0 too. */
  readonly filters: Iterable<FilterCount>;
  readonly events: Readonly<Record<CountedEvent, number>>;
}

/** The sums of the cells of these rows, with their labels; of queries and decisions those that are not zero. */
export function readCounters(rows: readonly Float64Array[], labels: CounterLabels): CounterReading {
  const layout = layoutOf(labels);
  const counts = EVENT_LABELS.map((event, index) => [event, sumAt(rows, layout.events + index)] as const);
  return {
    queries: readCells(rows, 0, layout.decisions, (cell) => queryLabels(cell, labels)),
    decisions: readCells(rows, layout.decisions, layout.filters, (cell) => decisionLabels(cell, layout, labels)),
    filters: labels.filters.map((filter, i) => ({ ...filter, count: sumAt(rows, layout.filters + i) })),
    events: Object.fromEntries(counts) as Record<CountedEvent, number>,
  };
}

export interface DecisionSums {
  /** Places in the lists below are places in these. */
  readonly labels: CounterLabels;
  /** Decisions for each endpoint. */
  readonly endpoints: Float64Array;
  /** Decisions that no endpoint answers, for each profile. */
  readonly withoutEndpoint: Float64Array;
}

/** The decisions of these rows, whatever their reason. */
export function sumDecisions(rows: readonly Float64Array[], labels: CounterLabels): DecisionSums {
  const { decisions, withoutEndpoint } = layoutOf(labels);
  const reasons = labels.reasons.length;
  const sums = (from: number, count: number): Float64Array =>
    Float64Array.from({ length: count }, (_, i) => {
      let sum = 0;
      for (let cell = from + i * reasons; cell < from + (i + 1) * reasons; cell++) sum += sumAt(rows, cell);
      return sum;
    });
  return {
    labels,
    endpoints: sums(decisions, labels.endpoints.length),
    withoutEndpoint: sums(withoutEndpoint, labels.profiles.length),
  };
}

function* readCells<T>(
  rows: readonly Float64Array[],
  from: number,
  end: number,
  labelsOf: (cell: number) => T,
): Generator<T & { readonly count: number }> {
  for (let cell = from; cell < end; cell++) {
    const count = sumAt(rows, cell);
    if (count !== 0) yield { ...labelsOf(cell), count };
  }
}

function sumAt(rows: readonly Float64Array[], cell: number): number {
  let sum = 0;
  for (const row of rows) sum += row[cell]!;
  return sum;
}

/** Adds the cells of a row with one set of labels to a sum of rows with another: those of labels that both have. */
export type AddRow = (row: Float64Array, sum: Float64Array) => void;

export function addRowBetween(from: CounterLabels, to: CounterLabels): AddRow {
  const runs = commonRuns(from, to);
  return (row, sum) => {
    for (const { source, target, length } of runs) {
      for (let cell = 0; cell < length; cell++) {
        const count = row[source + cell]!;
        // Most are 0: what is not written takes no memory.
        if (count !== 0) sum[target + cell]! += count;
      }
    }
  };
}

/** Cells in a row that have the same labels in both layouts. */
interface Run {
  readonly source: number;
  readonly target: number;
  length: number;
}

function commonRuns(from: CounterLabels, to: CounterLabels): readonly Run[] {
  const source = layoutOf(from);
  if (from === to) return [{ source: 0, target: 0, length: source.length }];
  const target = layoutOf(to);
  const runs: Run[] = [];
  const add = (at: number, wanted: number, length: number): void => {
    const last = runs.at(-1);
    if (last !== undefined && at === last.source + last.length && wanted === last.target + last.length) {
      last.length += length;
    } else runs.push({ source: at, target: wanted, length });
  };
  const perProfile = TYPE_LABELS.length * RCODES;
  const reasons = from.reasons.length;
  const profileAt = finder(
    to.profiles,
    (name) => name,
    (one, other) => one === other,
  );
  const endpointAt = finder(
    to.endpoints,
    ({ profile, endpoint }) => `${profile}/${endpoint}`,
    (one, other) => one.endpoint === other.endpoint && one.profile === other.profile,
  );
  const profiles = from.profiles.map(profileAt);
  add(0, 0, perProfile);
  for (const [index, other] of profiles.entries()) {
    if (other !== undefined) add((index + 1) * perProfile, (other + 1) * perProfile, perProfile);
  }
  for (const [index, endpoint] of from.endpoints.entries()) {
    const other = endpointAt(endpoint);
    if (other !== undefined) add(source.decisions + index * reasons, target.decisions + other * reasons, reasons);
  }
  for (const [index, other] of profiles.entries()) {
    if (other === undefined) continue;
    add(source.withoutEndpoint + index * reasons, target.withoutEndpoint + other * reasons, reasons);
  }
  const filterAt = finder(
    to.filters,
    ({ profile, rule }) => `${profile}/${rule}`,
    (one, other) => one.rule === other.rule && one.profile === other.profile,
  );
  for (const [index, filter] of from.filters.entries()) {
    const other = filterAt(filter);
    if (other !== undefined) add(source.filters + index, target.filters + other, 1);
  }
  add(source.events, target.events, EVENT_LABELS.length);
  return runs;
}

/** Finds the place of an item. Items are mostly asked for in their order: then no key is made of any. */
function finder<T>(items: readonly T[], keyOf: (item: T) => string, areSame: (one: T, other: T) => boolean) {
  let places: Map<string, number> | undefined;
  let next = 0;
  return (item: T): number | undefined => {
    if (next < items.length && areSame(items[next]!, item)) return next++;
    places ??= new Map(items.map((one, index) => [keyOf(one), index]));
    const place = places.get(keyOf(item));
    if (place !== undefined) next = place + 1;
    return place;
  };
}

function queryLabels(cell: number, labels: CounterLabels): Omit<QueryCount, "count"> {
  const byType = Math.floor(cell / RCODES);
  const profile = Math.floor(byType / TYPE_LABELS.length) - 1;
  return {
    profile: labels.profiles[profile] ?? "",
    type: TYPE_LABELS[byType % TYPE_LABELS.length]!,
    rcode: RCODE_LABELS[cell % RCODES]!,
  };
}

function decisionLabels(cell: number, layout: Layout, labels: CounterLabels): Omit<DecisionCount, "count"> {
  const reasons = labels.reasons.length;
  if (cell < layout.withoutEndpoint) {
    const at = cell - layout.decisions;
    return { ...labels.endpoints[Math.floor(at / reasons)]!, reason: labels.reasons[at % reasons]! };
  }
  const at = cell - layout.withoutEndpoint;
  return { profile: labels.profiles[Math.floor(at / reasons)]!, endpoint: "", reason: labels.reasons[at % reasons]! };
}
