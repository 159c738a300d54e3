/**
 * What a DNS worker counts: one row of numbers in shared memory per worker, written by that worker alone and summed
 * by the main thread at each scrape. No message, lock or allocation per query.
 */

/** The labels of a row's cells; every row of one generation has the same. */
export interface CounterLabels {
  readonly profiles: readonly string[];
  readonly endpoints: readonly { readonly profile: string; readonly endpoint: string }[];
  /** Reasons of a decision, by index. */
  readonly reasons: readonly string[];
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
  event(event: CountedEvent, times?: number): void;
}

/** One row's shared memory. Float64: exact up to 2^53, so it never wraps, and 64-bit machines do not tear it. */
export function createCounterRow(labels: CounterLabels): SharedArrayBuffer {
  return new SharedArrayBuffer(layoutOf(labels).length * Float64Array.BYTES_PER_ELEMENT);
}

interface Layout {
  readonly decisions: number;
  readonly withoutEndpoint: number;
  readonly events: number;
  readonly length: number;
}

/** Cells: queries by profile (static first), type and rcode; decisions by endpoint and reason; by profile and reason; events. */
function layoutOf({ profiles, endpoints, reasons }: CounterLabels): Layout {
  const decisions = (profiles.length + 1) * TYPE_LABELS.length * RCODES;
  const withoutEndpoint = decisions + endpoints.length * reasons.length;
  const events = withoutEndpoint + profiles.length * reasons.length;
  return { decisions, withoutEndpoint, events, length: events + EVENT_LABELS.length };
}

export function countInto(row: SharedArrayBuffer, labels: CounterLabels): Counters {
  const cells = new Float64Array(row);
  const { decisions, withoutEndpoint, events } = layoutOf(labels);
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

export interface CounterReading {
  readonly queries: readonly QueryCount[];
  readonly decisions: readonly DecisionCount[];
  readonly events: Readonly<Record<CountedEvent, number>>;
}

/** The cells of a row that are not zero, with their labels. */
export function readCounters(row: SharedArrayBuffer, labels: CounterLabels): CounterReading {
  const cells = new Float64Array(row);
  const layout = layoutOf(labels);
  const queries: QueryCount[] = [];
  const decisions: DecisionCount[] = [];
  for (let cell = 0; cell < layout.events; cell++) {
    const count = cells[cell]!;
    if (count === 0) continue;
    if (cell < layout.decisions) queries.push({ ...queryLabels(cell, labels), count });
    else decisions.push({ ...decisionLabels(cell, layout, labels), count });
  }
  const counts = EVENT_LABELS.map((event, index) => [event, cells[layout.events + index]!] as const);
  return { queries, decisions, events: Object.fromEntries(counts) as Record<CountedEvent, number> };
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
