import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createLoadBook, type WatchedLoad } from "../../../src/health/load/load-book.ts";
import type { LoadSource } from "../../../src/health/monitoring.ts";
import type { InstantAnswer } from "../../../src/health/probes/instant-query.ts";
import { RULES } from "./plant.ts";

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const PUSH: LoadSource = { kind: "push" };
const HEADER: LoadSource = { kind: "header", name: "x-load" };
const prometheus = (query: string, authorization?: string): LoadSource => {
  return { kind: "prometheus", url: "http://p:9090", query, authorization, interval: 10_000 };
};

function load(name: string, source: LoadSource, rest: Partial<WatchedLoad> = {}): WatchedLoad {
  return { name, source, rules: RULES, ttl: 60_000, endpoints: [name], targets: [], ...rest };
}

function bookOf(...loads: readonly WatchedLoad[]) {
  const changed: (readonly string[])[] = [];
  const warnings: string[] = [];
  const asked: { readonly query: string; readonly signal: AbortSignal; answer(is: InstantAnswer): void }[] = [];
  const log = (_fields: unknown, message: string): void => void warnings.push(message);
  const book = createLoadBook({
    clock: Date.now,
    logger: { debug() {}, info: log, warn: log, error: log },
    query: (_url, query, _authorization, signal) =>
      new Promise((resolve) => asked.push({ query, signal, answer: resolve })),
    onChange: (endpoints) => changed.push(endpoints),
  });
  book.update(loads);
  return { book, changed, warnings, asked };
}

const wait = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

describe("reports", () => {
  test("leave an endpoint, or all endpoints of a site, a share; those without a load have all", () => {
    const { book, changed } = bookOf(load("p/a", PUSH), load("site:s", PUSH, { endpoints: ["p/b", "q/c"] }));
    book.reported("p/a", 80);
    book.reported("site:s", 85);
    expect(["p/a", "p/b", "q/c", "p/d"].map((name) => book.shareOf(name))).toEqual([0.5, 0.25, 0.25, 1]);
    expect(changed).toEqual([["p/a"], ["p/b", "q/c"]]);
    expect(book.ofEndpoint("q/c")).toMatchObject({ name: "site:s", value: 85, at: 1_000_000, taken: 1 });
    expect(book.ofSite("s")).toEqual(book.ofEndpoint("p/b"));
  });

  test("are for loads that are told by reports", () => {
    const { book } = bookOf(load("p/a", HEADER));
    book.reported("p/a", 80);
    book.reported("p/b", 80);
    expect(book.readings()).toMatchObject([{ name: "p/a", value: undefined, taken: 0, ignored: 0 }]);
  });

  test.for([NaN, -1, 1001, Infinity])("of %d are counted and change nothing", (value) => {
    const { book, changed } = bookOf(load("p/a", PUSH));
    book.reported("p/a", 60);
    book.reported("p/a", value);
    expect(book.readings()).toMatchObject([{ value: 60, taken: 1, ignored: 1, share: 1 }]);
    expect(changed).toEqual([]);
  });
});

describe("probes", () => {
  test("are one load, the mean of what each told last, as long as it counts", async () => {
    const { book } = bookOf(load("site:s", HEADER, { endpoints: ["p/a", "p/b"], targets: ["x", "y"] }));
    book.probed("x", 40);
    expect(book.ofSite("s")?.value).toBe(40);
    book.probed("y", 20);
    expect(book.ofSite("s")?.value).toBe(30);
    book.probed("z", 900);
    await wait(61);
    book.probed("x", 50);
    expect(book.ofSite("s")).toMatchObject({ value: 50, taken: 3 });
  });

  test("that succeed without a load are told, and make no reading", () => {
    const { book } = bookOf(load("p/a", HEADER, { targets: ["x"] }));
    book.probed("x", undefined);
    expect(book.ofEndpoint("p/a")).toMatchObject({ value: undefined, taken: 0, ignored: 1 });
  });
});

describe("Prometheus", () => {
  test("is asked once an interval, once for all loads of one query", async () => {
    const { book, asked } = bookOf(load("p/a", prometheus("up")), load("p/b", prometheus("up")), load("p/c", PUSH));
    await wait(0);
    expect(asked.map(({ query }) => query)).toEqual(["up"]);
    asked[0]!.answer({ kind: "value", value: 80 });
    await wait(9);
    expect(["p/a", "p/b", "p/c"].map((name) => book.shareOf(name))).toEqual([0.5, 0.5, 1]);
    expect(asked.length).toBe(1);
    await wait(1);
    expect(asked.length).toBe(2);
  });

  test("that does not answer is left to its time, and then asked again", async () => {
    const { asked, warnings } = bookOf(load("p/a", prometheus("up")));
    await wait(9.9);
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([false]);
    await wait(0.1);
    expect(asked[0]!.signal.aborted).toBe(true);
    asked[0]!.answer({ kind: "failed", reason: "no answer in time" });
    await wait(0.1);
    expect(asked.length).toBe(2);
    expect(warnings).toEqual(["Prometheus tells no load"]);
  });

  test("is asked no more once it is not wanted, and what it says then counts for nobody", async () => {
    const { book, asked } = bookOf(load("p/a", prometheus("up")));
    await wait(0);
    book.update([load("p/a", PUSH)]);
    expect(asked[0]!.signal.aborted).toBe(true);
    asked[0]!.answer({ kind: "value", value: 89 });
    await wait(30);
    expect(book.ofEndpoint("p/a")).toMatchObject({ value: undefined, share: 1 });
    expect(asked.length).toBe(1);
  });
});

describe("silence", () => {
  test("for longer than maxAge leaves all to health, and is told once", async () => {
    const { book, changed, warnings } = bookOf(load("p/a", PUSH));
    book.reported("p/a", 80);
    await wait(30);
    book.reported("p/a", 80);
    await wait(59);
    expect(book.ofEndpoint("p/a")).toMatchObject({ isStale: false, share: 0.5 });
    await wait(2);
    expect(book.ofEndpoint("p/a")).toMatchObject({ isStale: true, share: 1, value: 80 });
    expect(changed).toEqual([["p/a"], ["p/a"]]);
    await wait(600);
    expect(warnings).toEqual(["no load is told any more: health alone decides"]);
    book.reported("p/a", 50);
    expect(warnings.at(-1)).toBe("a load is told again");
    await wait(61);
    expect(book.ofEndpoint("p/a")?.isStale).toBe(true);
  });
});

describe("update", () => {
  test("keeps what is known as long as what tells it is the same", () => {
    const { book } = bookOf(load("p/a", PUSH), load("p/b", HEADER, { targets: ["x"] }), load("p/c", PUSH));
    for (const name of ["p/a", "p/c"]) book.reported(name, 80);
    book.probed("x", 80);
    const other: LoadSource = { kind: "header", name: "x-other" };
    book.update([load("p/a", PUSH, { rules: { ...RULES, low: 10 } }), load("p/b", other, { targets: ["x"] })]);
    expect(book.readings().map(({ name, value, share }) => [name, value, share])).toEqual([
      ["p/a", 80, 0.5],
      ["p/b", undefined, 1],
    ]);
    expect(book.shareOf("p/c")).toBe(1);
  });
});

test("stop leaves no timer", async () => {
  const { book, asked } = bookOf(load("p/a", prometheus("up")), load("p/b", PUSH));
  await wait(0);
  asked[0]!.answer({ kind: "value", value: 1 });
  await wait(1);
  book.stop();
  expect(vi.getTimerCount()).toBe(0);
});
