import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countInto, createCounterRow, EVENT_LABELS, readCounters } from "../../src/telemetry/counters.ts";
import type { Counters, CounterLabels } from "../../src/telemetry/counters.ts";

const LABELS: CounterLabels = {
  profiles: ["shop", "payroll"],
  endpoints: [
    { profile: "shop", endpoint: "ireland" },
    { profile: "shop", endpoint: "virginia" },
    { profile: "payroll", endpoint: "berlin" },
  ],
  reasons: ["method", "fallback"],
  filters: [
    { profile: "payroll", rule: "eu" },
    { profile: "payroll", rule: "hq" },
  ],
};

const NO_EVENTS = Object.fromEntries(EVENT_LABELS.map((event) => [event, 0]));

/** What is read of a fresh row after some events. */
function readingAfter(count: (counters: Counters) => void, labels = LABELS) {
  const row = createCounterRow(labels);
  count(countInto(row, labels));
  const { queries, decisions, filters, events } = readCounters([new Float64Array(row)], labels);
  return { queries: [...queries], decisions: [...decisions], filters: [...filters], events };
}

describe("readCounters", () => {
  test("of a fresh row has no query and no decision, and every filter and event at 0", () => {
    expect(readingAfter(() => {})).toEqual({
      queries: [],
      decisions: [],
      filters: LABELS.filters.map((filter) => ({ ...filter, count: 0 })),
      events: NO_EVENTS,
    });
  });

  test.for([
    { profile: 0, type: 1, rcode: 0, labels: { profile: "shop", type: "A", rcode: "NOERROR" } },
    { profile: 1, type: 28, rcode: 3, labels: { profile: "payroll", type: "AAAA", rcode: "NXDOMAIN" } },
    { profile: -1, type: 1, rcode: 5, labels: { profile: "", type: "A", rcode: "REFUSED" } },
    { profile: -1, type: 257, rcode: 0, labels: { profile: "", type: "CAA", rcode: "NOERROR" } },
    { profile: 1, type: 255, rcode: 4, labels: { profile: "payroll", type: "ANY", rcode: "NOTIMP" } },
    { profile: 0, type: 65, rcode: 2, labels: { profile: "shop", type: "HTTPS", rcode: "SERVFAIL" } },
    { profile: 0, type: 0, rcode: 1, labels: { profile: "shop", type: "other", rcode: "FORMERR" } },
    { profile: 1, type: 65535, rcode: 16, labels: { profile: "payroll", type: "other", rcode: "BADVERS" } },
  ])("names a query of profile $profile, type $type, rcode $rcode", ({ profile, type, rcode, labels }) => {
    const { queries } = readingAfter((counters) => {
      counters.query(profile, type, rcode);
    });
    expect(queries).toEqual([{ ...labels, count: 1 }]);
  });

  test("names a decision by the endpoint's profile, the endpoint and the reason", () => {
    const { decisions } = readingAfter((counters) => {
      counters.decision(2, 1);
    });
    expect(decisions).toEqual([{ profile: "payroll", endpoint: "berlin", reason: "fallback", count: 1 }]);
  });

  test("names a decision that no endpoint answers by profile and reason", () => {
    const { decisions } = readingAfter((counters) => {
      counters.decisionWithoutEndpoint(1, 0);
    });
    expect(decisions).toEqual([{ profile: "payroll", endpoint: "", reason: "method", count: 1 }]);
  });

  test("names a residency rule and the profile that it took from", () => {
    const { filters } = readingAfter((counters) => {
      counters.filtered(1);
    });
    expect(filters).toEqual([
      { profile: "payroll", rule: "eu", count: 0 },
      { profile: "payroll", rule: "hq", count: 1 },
    ]);
  });

  test("of a configuration without profiles still has queries and events", () => {
    const labels: CounterLabels = { profiles: [], endpoints: [], reasons: ["method"], filters: [] };
    const reading = readingAfter((counters) => {
      counters.query(-1, 6, 16);
      counters.event("dropped");
    }, labels);
    expect(reading).toEqual({
      queries: [{ profile: "", type: "SOA", rcode: "BADVERS", count: 1 }],
      decisions: [],
      filters: [],
      events: { ...NO_EVENTS, dropped: 1 },
    });
  });

  test("sums events by label and never mixes cells", () => {
    fc.assert(
      fc.property(fc.array(counted(), { maxLength: 200, size: "max" }), (events) => {
        const expected = new Map<string, number>();
        const reading = readingAfter((counters) => {
          for (const { key, count } of events) {
            count(counters);
            expected.set(key, (expected.get(key) ?? 0) + 1);
          }
        });
        expect(sumsOf(reading)).toEqual(expected);
      }),
    );
  });
});

interface Counted {
  /** The labels that the event must be read with. */
  readonly key: string;
  readonly count: (counters: Counters) => void;
}

const TYPES = new Map([
  [1, "A"],
  [2, "NS"],
  [5, "CNAME"],
  [6, "SOA"],
  [15, "MX"],
  [16, "TXT"],
  [28, "AAAA"],
  [33, "SRV"],
  [65, "HTTPS"],
  [255, "ANY"],
  [257, "CAA"],
]);
const RCODES = new Map([
  [0, "NOERROR"],
  [1, "FORMERR"],
  [2, "SERVFAIL"],
  [3, "NXDOMAIN"],
  [4, "NOTIMP"],
  [5, "REFUSED"],
  [16, "BADVERS"],
]);

/** Any one event that a worker can count. */
function counted(): fc.Arbitrary<Counted> {
  const type = fc.oneof(fc.constantFrom(...TYPES.keys()), fc.integer({ min: 0, max: 65535 }));
  const profile = fc.integer({ min: 0, max: LABELS.profiles.length - 1 });
  const endpoint = fc.integer({ min: 0, max: LABELS.endpoints.length - 1 });
  const reason = fc.integer({ min: 0, max: LABELS.reasons.length - 1 });
  return fc.oneof(
    fc.tuple(fc.oneof(fc.constant(-1), profile), type, fc.constantFrom(...RCODES.keys())).map(([p, t, r]) => ({
      key: `query ${LABELS.profiles[p] ?? ""} ${TYPES.get(t) ?? "other"} ${RCODES.get(r)}`,
      count: (counters: Counters) => counters.query(p, t, r),
    })),
    fc.nat({ max: LABELS.filters.length - 1 }).map((f) => ({
      key: `filtered ${LABELS.filters[f]!.profile} ${LABELS.filters[f]!.rule}`,
      count: (counters: Counters) => counters.filtered(f),
    })),
    fc.tuple(endpoint, reason).map(([e, r]) => ({
      key: `decision ${LABELS.endpoints[e]?.profile} ${LABELS.endpoints[e]?.endpoint} ${LABELS.reasons[r]}`,
      count: (counters: Counters) => counters.decision(e, r),
    })),
    fc.tuple(profile, reason).map(([p, r]) => ({
      key: `decision ${LABELS.profiles[p]}  ${LABELS.reasons[r]}`,
      count: (counters: Counters) => counters.decisionWithoutEndpoint(p, r),
    })),
    fc.constantFrom(...EVENT_LABELS).map((event) => ({
      key: `event ${event}`,
      count: (counters: Counters) => counters.event(event),
    })),
  );
}

function sumsOf({ queries, decisions, filters, events }: ReturnType<typeof readingAfter>): Map<string, number> {
  return new Map([
    ...queries.map((q) => [`query ${q.profile} ${q.type} ${q.rcode}`, q.count] as const),
    ...decisions.map((d) => [`decision ${d.profile} ${d.endpoint} ${d.reason}`, d.count] as const),
    ...filters
      .filter(({ count }) => count > 0)
      .map(({ profile, rule, count }) => [`filtered ${profile} ${rule}`, count] as const),
    ...EVENT_LABELS.filter((event) => events[event] > 0).map((event) => [`event ${event}`, events[event]] as const),
  ]);
}
