import { once } from "node:events";
import { Worker } from "node:worker_threads";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readWords } from "../../../src/shared/address-words.ts";
import {
  ANSWER,
  createRateLimiter,
  createRateLimitTable,
  DROP,
  SEND,
  TRUNCATE,
} from "../../../src/server/answer/rate-limit.ts";
import type { AnswerClass, RateLimiter, Verdict } from "../../../src/server/answer/rate-limit.ts";
import { parseIpAddress, parseIpPrefix, type IpPrefix } from "../../../src/shared/ip-address.ts";
import type { RateLimitRules } from "../../../src/shared/server-settings.ts";
import { wireName } from "../../support/query-packet.ts";

const RULES: RateLimitRules = {
  responses: 5,
  nodata: 5,
  nxdomains: 5,
  referrals: 5,
  errors: 5,
  amplified: 0,
  all: 0,
  server: 0,
  window: 15,
  slip: 0,
  ipv4Prefix: 24,
  ipv6Prefix: 56,
  entries: 1024,
  exempt: [],
};
const UNLIMITED = { responses: 0, nodata: 0, nxdomains: 0, referrals: 0, errors: 0 };
const KEY = Uint32Array.of(0x2545f491, 0x9e3779b9);
const START = Date.UTC(2026, 6, 31);

function tableFor({ entries }: RateLimitRules): SharedArrayBuffer {
  return createRateLimitTable(entries, KEY, START);
}

interface Asked {
  readonly from?: string;
  readonly answer?: AnswerClass;
  readonly name?: string;
  /** Milliseconds since the start. */
  readonly at?: number;
}

/** Asks a limiter, `times` times at one moment. */
function asker(limiter: RateLimiter): (asked?: Asked, times?: number) => readonly Verdict[] {
  const words = new Uint32Array(4);
  return ({ from = "192.0.2.1", answer = ANSWER.positive, name = "www.example", at = 0 } = {}, times = 1) => {
    const { family, octets } = parseIpAddress(from)!;
    readWords(octets, 0, octets.length, words);
    const wire = wireName(name);
    const hash = limiter.hashName(wire, 0, wire.length);
    return Array.from({ length: times }, () => limiter.judge(family, words, answer, hash, START + at));
  };
}

function askLimiter(changes: Partial<RateLimitRules> = {}): ReturnType<typeof asker> {
  const rules = { ...RULES, ...changes };
  return asker(createRateLimiter({ rules, memory: tableFor(rules) }));
}

function prefixes(...texts: readonly string[]): readonly IpPrefix[] {
  return texts.map((text) => parseIpPrefix(text) as IpPrefix);
}

function sent(verdicts: readonly Verdict[]): number {
  return verdicts.filter((verdict) => verdict === SEND).length;
}

function times(verdict: Verdict, count: number): readonly Verdict[] {
  return Array<Verdict>(count).fill(verdict);
}

describe("judge", () => {
  test("sends a second's worth at once, and drops what is more", () => {
    expect(askLimiter()({}, 8)).toEqual([...times(SEND, 5), ...times(DROP, 3)]);
  });

  test("sends a rate without end that is not above the limit", () => {
    const ask = askLimiter();
    for (let at = 0; at < 100_000; at += 200) expect(ask({ at })).toEqual([SEND]);
  });

  test("pays out no more than one second of good conduct", () => {
    const ask = askLimiter();
    ask({}, 5);
    expect(sent(ask({ at: 400 }, 10))).toBe(2);
    expect(sent(askLimiter()({ at: 3_600_000 }, 10))).toBe(5);
  });

  test("drops all while a flood goes on", () => {
    const ask = askLimiter();
    expect(sent(ask({}, 100))).toBe(5);
    for (let at = 50; at < 30_000; at += 50) expect(ask({ at })).toEqual([DROP]);
  });

  test.for([1, 15, 3600])("forgets a flood after a window of %d s, and not before", (window) => {
    const flooded = askLimiter({ window });
    flooded({}, 5 * (window + 10));
    // One answer more than the income of the window: the account is to cover it as well.
    expect(flooded({ at: window * 1000 + 199 })).toEqual([DROP]);
    const waited = askLimiter({ window });
    waited({}, 5 * (window + 10));
    expect(waited({ at: window * 1000 + 200 }, 2)).toEqual([SEND, DROP]);
  });

  test("with a window of 0 knows no debt", () => {
    const ask = askLimiter({ window: 0 });
    ask({}, 100);
    expect(ask({ at: 200 }, 2)).toEqual([SEND, DROP]);
  });

  test.for<[slip: number, pattern: readonly Verdict[]]>([
    [0, [DROP, DROP, DROP, DROP, DROP, DROP]],
    [1, [TRUNCATE, TRUNCATE, TRUNCATE, TRUNCATE, TRUNCATE, TRUNCATE]],
    [2, [DROP, TRUNCATE, DROP, TRUNCATE, DROP, TRUNCATE]],
    [3, [DROP, DROP, TRUNCATE, DROP, DROP, TRUNCATE]],
  ])("with slip %d truncates every so many-th over the limit", ([slip, pattern]) => {
    expect(askLimiter({ slip })({}, 11).slice(5)).toEqual(pattern);
  });

  test.for<[rate: keyof typeof UNLIMITED, answer: AnswerClass]>([
    ["responses", ANSWER.positive],
    ["nodata", ANSWER.nodata],
    ["nxdomains", ANSWER.nxdomain],
    ["referrals", ANSWER.referral],
    ["errors", ANSWER.error],
  ])("limits by `%s` its class of answers alone", ([rate, answer]) => {
    const ask = askLimiter({ ...UNLIMITED, [rate]: 3 });
    for (const other of Object.values(ANSWER)) {
      expect(sent(ask({ answer: other }, 10))).toBe(other === answer ? 3 : 10);
    }
  });

  test("keeps an account for each class and name, and one for all errors of a network", () => {
    const ask = askLimiter();
    for (const answer of Object.values(ANSWER)) {
      expect(sent(ask({ answer, name: "www.example" }, 10))).toBe(5);
      expect(sent(ask({ answer, name: "mail.example" }, 10))).toBe(answer === ANSWER.error ? 0 : 5);
    }
  });

  test.for<[rules: Partial<RateLimitRules>, first: string, other: string, shared: boolean]>([
    [{}, "192.0.2.1", "192.0.2.255", true],
    [{}, "192.0.2.1", "192.0.3.1", false],
    [{}, "192.0.2.1", "c000:201::", false],
    [{}, "2001:db8:0:aa00::1", "2001:db8:0:aaff:ffff::", true],
    [{}, "2001:db8:0:aa00::1", "2001:db8:0:ab00::1", false],
    [{ ipv4Prefix: 32 }, "192.0.2.1", "192.0.2.2", false],
    [{ ipv4Prefix: 1 }, "192.0.2.1", "255.0.2.1", true],
    [{ ipv4Prefix: 0 }, "10.0.2.1", "255.0.2.1", true],
    [{ ipv6Prefix: 128 }, "2001:db8::1", "2001:db8::2", false],
    [{ ipv6Prefix: 64 }, "2001:db8::1", "2001:db8::ffff:0:0:2", true],
    [{ ipv6Prefix: 32 }, "2001:db8::1", "2001:db8:ffff::1", true],
    [{ ipv6Prefix: 32 }, "2001:db8::1", "2001:db9::1", false],
  ])("%o: %s and %s share an account: %s", ([rules, first, other, shared]) => {
    const ask = askLimiter(rules);
    expect(sent(ask({ from: first }, 10))).toBe(5);
    expect(sent(ask({ from: other }, 10))).toBe(shared ? 0 : 5);
  });

  test.for<[exempt: string, from: string, expected: boolean]>([
    ["192.0.2.0/24", "192.0.2.200", true],
    ["192.0.2.0/24", "192.0.3.1", false],
    ["192.0.2.7", "192.0.2.7", true],
    ["192.0.2.7", "192.0.2.6", false],
    ["0.0.0.0/0", "203.0.113.1", true],
    ["0.0.0.0/0", "2001:db8::1", false],
    ["2001:db8::/33", "2001:db8:7fff::1", true],
    ["2001:db8::/33", "2001:db8:8000::1", false],
    ["2001:db8::1", "2001:db8::1", true],
    ["2001:db8::1", "2001:db8::2", false],
  ])("exempt %s: from %s everything is sent: %s", ([exempt, from, expected]) => {
    const ask = askLimiter({ exempt: prefixes("10.0.0.0/8", "2001:dead::/32", exempt) });
    expect(sent(ask({ from }, 10))).toBe(expected ? 10 : 5);
  });

  test("a flood from one network leaves another alone", () => {
    const ask = askLimiter({ slip: 2, server: 1000 });
    for (let at = 0; at < 20_000; at += 250) {
      ask({ from: "192.0.2.9", at }, 500);
      expect(ask({ from: "198.51.100.1", at })).toEqual([SEND]);
    }
  });
});

describe("judge and the rate of all answers to a network", () => {
  test("lets 1,000 names of one network pass no more than one", () => {
    const ask = askLimiter({ all: 7 });
    const verdicts = Array.from({ length: 1000 }, (_, i) => ask({ name: `n${i}.example` })).flat();
    expect(verdicts).toEqual([...times(SEND, 7), ...times(DROP, 993)]);
  });

  test("counts answers of all classes together, and networks apart", () => {
    const ask = askLimiter({ all: 7 });
    const classes = Object.values(ANSWER).flatMap((answer) => ask({ answer }, 2));
    expect(classes).toEqual([...times(SEND, 7), ...times(DROP, 3)]);
    expect(sent(ask({ from: "192.0.3.1" }, 10))).toBe(5);
  });

  test("counts what the name's own account keeps back", () => {
    const ask = askLimiter({ all: 7 });
    expect(sent(ask({}, 7))).toBe(5);
    expect(ask({ name: "other.example" })).toEqual([DROP]);
  });

  test("truncates every so many-th over it", () => {
    const ask = askLimiter({ ...UNLIMITED, all: 2, slip: 2 });
    expect(ask({}, 6)).toEqual([SEND, SEND, DROP, TRUNCATE, DROP, TRUNCATE]);
  });

  test("holds alone too, and not for those who are exempt", () => {
    const ask = askLimiter({ ...UNLIMITED, all: 7, exempt: prefixes("10.0.0.0/8") });
    expect(sent(ask({}, 10))).toBe(7);
    expect(sent(ask({ from: "10.0.0.1" }, 10))).toBe(10);
  });
});

describe("judgeAmplified", () => {
  const limiterOf = (changes: Partial<RateLimitRules>): RateLimiter => {
    const rules = { ...RULES, ...UNLIMITED, amplified: 3, ...changes };
    return createRateLimiter({ rules, memory: tableFor(rules) });
  };
  const judge = (limiter: RateLimiter, from: string, count: number, at = 0): readonly Verdict[] => {
    const words = new Uint32Array(4);
    const { family, octets } = parseIpAddress(from)!;
    readWords(octets, 0, octets.length, words);
    return Array.from({ length: count }, () => limiter.judgeAmplified(family, words, START + at));
  };

  test("limits those of a network, apart from all others", () => {
    const limiter = limiterOf({ slip: 2, all: 5 });
    expect(judge(limiter, "192.0.2.1", 6)).toEqual([SEND, SEND, SEND, DROP, TRUNCATE, DROP]);
    expect(sent(judge(limiter, "192.0.3.1", 6))).toBe(3);
    expect(sent(judge(limiter, "2001:db8::1", 6))).toBe(3);
    expect(sent(asker(limiter)({ from: "192.0.2.1" }, 6))).toBe(5);
    expect(sent(judge(limiter, "192.0.2.200", 2, 20_000))).toBe(2);
  });

  test("limits nobody who is exempt", () => {
    expect(sent(judge(limiterOf({ exempt: prefixes("192.0.2.0/24") }), "192.0.2.1", 6))).toBe(6);
  });

  test.for<[changes: Partial<RateLimitRules>, all: boolean, amplified: boolean]>([
    [{}, false, true],
    [{ amplified: 0 }, false, false],
    [{ all: 1 }, true, true],
    [{ server: 1 }, true, true],
    [{ nxdomains: 1, amplified: 0 }, true, false],
  ])("%o: judgesAll is %s, judgesAmplified %s", ([changes, judgesAll, judgesAmplified]) => {
    expect(limiterOf(changes)).toMatchObject({ judgesAll, judgesAmplified });
  });
});

describe("judge and the rate of the server", () => {
  test("sends as many as the rate says at any load, and truncates the others", () => {
    const ask = askLimiter({ ...UNLIMITED, server: 10 });
    const from = (i: number): string => `10.0.${i}.1`;
    const first = Array.from({ length: 30 }, (_, i) => ask({ from: from(i) })).flat();
    expect(first).toEqual([...times(SEND, 10), ...times(TRUNCATE, 20)]);
    // 1,200 a second where 300 are allowed.
    const busy = askLimiter({ ...UNLIMITED, server: 300 });
    const verdicts = Array.from({ length: 12_000 }, (_, i) => busy({ at: i / 1.2 })[0]);
    expect(sent(verdicts as Verdict[])).toBeCloseTo(10 * 300 + 300, -2);
  });

  test("does not send what the client's own account drops", () => {
    const ask = askLimiter({ server: 7 });
    expect(ask({}, 10)).toEqual([...times(SEND, 5), ...times(DROP, 5)]);
    expect(ask({ from: "10.0.0.1" }, 3)).toEqual([SEND, SEND, TRUNCATE]);
  });

  test("neither limits nor counts who is exempt", () => {
    const ask = askLimiter({ server: 3, exempt: prefixes("10.0.0.0/8") });
    expect(sent(ask({ from: "10.0.0.1" }, 100))).toBe(100);
    expect(ask({}, 4)).toEqual([SEND, SEND, SEND, TRUNCATE]);
    expect(ask({ from: "10.0.0.1" })).toEqual([SEND]);
  });
});

describe("judge and the clock", () => {
  test("one that stands still earns nothing", () => {
    expect(sent(askLimiter()({ at: 500 }, 10_000))).toBe(5);
  });

  test("one that steps back by less than a second costs no debt", () => {
    const ask = askLimiter();
    for (let at = 0; at < 60_000; at += 1000) {
      expect(ask({ at: at + 900 }, 2)).toEqual([SEND, SEND]);
      expect(ask({ at: at + 100 }, 2)).toEqual([SEND, SEND]);
    }
  });

  test("one that steps back by less than a second forgets no debt", () => {
    const ask = askLimiter();
    ask({ at: 1000 }, 100);
    expect(ask({ at: 0 })).toEqual([DROP]);
  });

  test.for([2000, 3_600_000, 10 * 365 * 86_400_000])(
    "one that is set back by %d ms starts all accounts anew",
    (back) => {
      const ask = askLimiter({ server: 100 });
      ask({ at: 50 }, 100);
      const verdicts = ask({ at: 50 - back }, 10);
      expect(verdicts).toEqual([...times(SEND, 5), ...times(DROP, 5)]);
      expect(ask({ from: "10.0.0.1", at: 50 - back }, 6)).toEqual([...times(SEND, 5), DROP]);
    },
  );

  test("one that leaps ahead pays out a second", () => {
    const ask = askLimiter();
    ask({}, 100);
    expect(sent(ask({ at: 10 * 365 * 86_400_000 }, 10))).toBe(5);
  });
});

/** The account as BIND documents it, in thousandths of an answer: whole numbers, so that it is exact. */
function exactBucket({ responses: rate, window, slip }: RateLimitRules): (at: number) => Verdict {
  let balance = rate * 1000;
  let before = 0;
  let limited = 0;
  return (at) => {
    balance = Math.min(rate * 1000, balance + rate * (at - before)) - 1000;
    before = at;
    if (balance >= 0) return SEND;
    balance = Math.max(balance, -rate * 1000 * window);
    limited++;
    return slip > 0 && limited % slip === 0 ? TRUNCATE : DROP;
  };
}

const anyRules = fc
  .record({ responses: fc.integer({ min: 1, max: 1000 }), window: fc.integer({ min: 1, max: 20 }), slip: fc.nat(10) })
  .map((some) => ({ ...RULES, ...some }));
const anyPause = fc.oneof(fc.nat(20), fc.nat(1500), fc.nat(40_000));
const anyBurst = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 1500 }));
const anyTraffic = fc.array(fc.tuple(anyPause, anyBurst, fc.nat(1)), { maxLength: 40, size: "max" });

test("judge agrees with an exact token bucket, whichever of two limiters on one table is asked", () => {
  fc.assert(
    fc.property(anyRules, anyTraffic, (rules, traffic) => {
      const memory = tableFor(rules);
      const askers = [1, 2].map(() => asker(createRateLimiter({ rules, memory })));
      const bucket = exactBucket(rules);
      let at = 0;
      for (const [pause, burst, which] of traffic) {
        at += pause;
        const expected = Array.from({ length: burst }, () => bucket(at));
        expect(askers[which]!({ at }, burst)).toEqual(expected);
      }
    }),
    { numRuns: 150 },
  );
});

describe("createRateLimitTable", () => {
  test.for([
    [1, 8],
    [8, 8],
    [9, 16],
    [100_000, 131_072],
  ] as const)("for %d accounts has memory for %d, of 16 octets", ([entries, count]) => {
    expect(createRateLimitTable(entries, KEY, START).byteLength).toBe(192 + count * 16);
  });

  test("has room for many accounts at a time", () => {
    const ask = askLimiter({ entries: 100_000 });
    const from = (i: number): string => `10.${i >> 8}.${i & 255}.1`;
    for (let i = 0; i < 20_000; i++) ask({ from: from(i) }, 6);
    let limited = 0;
    for (let i = 0; i < 20_000; i++) limited += 1 - sent(ask({ from: from(i) }));
    expect(limited).toBe(20_000);
  });

  test.for([8, 1024])("with %d accounts keeps those in debt through millions of networks", (entries) => {
    const rules = { ...RULES, entries };
    const memory = tableFor(rules);
    const limiter = createRateLimiter({ rules, memory });
    const ask = asker(limiter);
    ask({}, 100);
    const words = new Uint32Array(4);
    let unsent = 0;
    for (let i = 0; i < 2_000_000; i++) {
      words[0] = 0x0a000000 + (i << 8);
      if (limiter.judge(4, words, ANSWER.positive, 0, START + (i >> 8)) !== SEND) unsent++;
    }
    expect(unsent).toBe(0);
    expect(ask({ at: 2_000_000 >> 8 })).toEqual([DROP]);
  });

  test("gives a new account nothing of the one whose place it takes", () => {
    const ask = askLimiter({ entries: 8, slip: 2 });
    const networks = Array.from({ length: 16 }, (_, i) => `10.0.${i}.1`);
    for (const from of networks) expect(ask({ from }, 6)).toEqual([...times(SEND, 5), DROP]);
  });

  test("of another key puts names elsewhere", () => {
    const name = wireName("www.example");
    const hashes = [KEY, Uint32Array.of(KEY[0]!, 1), Uint32Array.of(1, KEY[1]!)].map((key) =>
      createRateLimiter({ rules: RULES, memory: createRateLimitTable(8, key, START) }).hashName(name, 0, name.length),
    );
    expect(new Set(hashes).size).toBe(3);
  });

  test("keeps accounts when a limiter with other rules takes over", () => {
    const memory = tableFor(RULES);
    asker(createRateLimiter({ rules: RULES, memory }))({}, 100);
    const after = asker(createRateLimiter({ rules: { ...RULES, responses: 100 }, memory }));
    expect(after({ at: 14_000 })).toEqual([DROP]);
    expect(after({ at: 17_000 })).toEqual([SEND]);
  });
});

test("hashName of an ancestor is the hash of the ancestor's own name", () => {
  const { hashName } = createRateLimiter({ rules: RULES, memory: tableFor(RULES) });
  const [name, ancestor] = [wireName("a.random.www.example"), wireName("www.example")];
  const start = name.length - ancestor.length;
  expect(hashName(name, start, name.length)).toBe(hashName(ancestor, 0, ancestor.length));
  expect(hashName(name, 0, name.length)).not.toBe(hashName(ancestor, 0, ancestor.length));
});

test("createRateLimiter: threads that share a table share its limit", async () => {
  const rules = { ...RULES, responses: 1000 };
  const memory = tableFor(rules);
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const module = new URL("../../../src/server/answer/rate-limit.ts", import.meta.url).href;
  const workers = [1, 2].map(
    () =>
      new Worker(
        `const { parentPort, workerData: { rules, memory, gate, now } } = require("node:worker_threads");
         import(${JSON.stringify(module)}).then(({ createRateLimiter, SEND }) => {
           const limiter = createRateLimiter({ rules, memory });
           const words = Uint32Array.of(0xc0000201, 0, 0, 0);
           let sent = 0;
           Atomics.add(gate, 0, 1);
           while (Atomics.load(gate, 0) < 2);
           for (let i = 0; i < 200_000; i++) if (limiter.judge(4, words, 0, 0, now) === SEND) sent++;
           parentPort.postMessage(sent);
         });`,
        { eval: true, workerData: { rules, memory, gate, now: START } },
      ),
  );
  const counts = await Promise.all(workers.map(async (worker) => (await once(worker, "message"))[0] as number));
  await Promise.all(workers.map((worker) => worker.terminate()));
  const total = counts[0]! + counts[1]!;
  expect(total).toBeGreaterThanOrEqual(1000);
  // Two debits at one moment may count as one; a thread that is held up between reading and writing may forget some.
  expect(total).toBeLessThan(4000);
  expect(createRateLimiter({ rules, memory }).judge(4, Uint32Array.of(0xc0000201), ANSWER.positive, 0, START)).toBe(
    DROP,
  );
});
