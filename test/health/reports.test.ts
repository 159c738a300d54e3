import * as fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createReports, type Report, type Reports } from "../../src/health/reports.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

let now: number;
let reports: Reports;

beforeEach(() => {
  now = 1_000_000;
  const sites = new Map([
    ["shop/fra", "frankfurt"],
    ["shop/par", "paris"],
  ]);
  reports = createReports({ clock: () => now, siteOf: (subject) => sites.get(subject) });
});

const told = (subject = "shop/fra", validFor = MINUTE): string => {
  const verdict = reports.judge(subject, validFor);
  return verdict.ok ? "ok" : `${verdict.code}: ${verdict.reason}`;
};

describe("judge", () => {
  test("before the first report nothing is known, for as long as one would count", () => {
    expect(told()).toBe("not-probed: no report yet");
    now += MINUTE - 1;
    expect(told()).toBe("not-probed: no report yet");
    now += 1;
    expect(told()).toBe("no-report: no report for 60 s");
  });

  test("who begins to be asked for later waits as long", () => {
    told();
    now += 10 * MINUTE;
    expect(told("shop/par")).toBe("not-probed: no report yet");
  });

  test("a report counts until its time is over", () => {
    reports.take({ subject: "shop/fra", up: true });
    now += MINUTE - 1;
    expect(told()).toBe("ok");
    now += 1;
    expect(told()).toBe("no-report: no report for 60 s");
  });

  test("one that was there before anybody asked counts, and is missed when it is over", () => {
    reports.take({ subject: "shop/fra", up: true });
    now += 2 * MINUTE;
    expect(told()).toBe("no-report: no report for 60 s");
  });

  test("a report may count for less than the monitor says, and not for more", () => {
    reports.take({ subject: "shop/fra", up: true, validFor: 10_000 });
    reports.take({ subject: "shop/par", up: true, validFor: DAY });
    now += 9999;
    expect([told(), told("shop/par")]).toEqual(["ok", "ok"]);
    now += 1;
    expect([told(), told("shop/par")]).toEqual(["no-report: no report for 10 s", "ok"]);
    now += MINUTE;
    expect(told("shop/par")).toBe("no-report: no report for 60 s");
  });

  test("down is a failure with its reason, until up is said", () => {
    reports.take({ subject: "shop/fra", up: false, reason: "disk full" });
    expect(told()).toBe("reported-down: reported down: disk full");
    reports.take({ subject: "shop/fra", up: false });
    expect(told()).toBe("reported-down: reported down");
    reports.take({ subject: "shop/fra", up: true });
    expect(told()).toBe("ok");
  });

  test("a down that is too old is no report", () => {
    reports.take({ subject: "shop/fra", up: false, reason: "disk full" });
    now += MINUTE;
    expect(told()).toBe("no-report: no report for 60 s");
  });

  test("a load says nothing of up and down, nor the other way round", () => {
    reports.take({ subject: "shop/fra", load: 70 });
    expect(told()).toBe("not-probed: no report yet");
    reports.take({ subject: "shop/fra", up: false });
    reports.take({ subject: "shop/fra", load: 80 });
    expect(told()).toBe("reported-down: reported down");
    expect(reports.latest("shop/fra")).toMatchObject({ up: { value: false }, load: { value: 80, at: now } });
  });

  test.for<[own: boolean | undefined, site: boolean | undefined, verdict: string]>([
    [true, true, "ok"],
    [true, undefined, "ok"],
    [undefined, true, "ok"],
    [false, true, "reported-down: reported down"],
    [true, false, "reported-down: reported down"],
    [undefined, false, "reported-down: reported down"],
  ])("itself %s and its site %s is %s", ([own, site, verdict]) => {
    if (own !== undefined) reports.take({ subject: "shop/fra", up: own });
    if (site !== undefined) reports.take({ subject: "site:frankfurt", up: site });
    reports.take({ subject: "site:paris", up: site !== true });
    reports.take({ subject: "shop/par", up: own !== true });
    expect(told()).toBe(verdict);
  });

  test("of the words on an endpoint and on its site those that count decide", () => {
    reports.take({ subject: "shop/fra", up: false });
    now += MINUTE;
    reports.take({ subject: "site:frankfurt", up: true });
    expect(told()).toBe("ok");
  });
});

test("onReport is told what was taken, until it ends", () => {
  const listener = vi.fn<(report: Report) => void>(() => expect(reports.latest("shop/fra").load?.value).toBe(3));
  const end = reports.onReport(listener);
  reports.take({ subject: "shop/fra", load: 3 });
  end();
  reports.take({ subject: "shop/fra", load: 4 });
  expect(listener.mock.calls).toEqual([[{ subject: "shop/fra", load: 3 }]]);
});

test("what has not counted for a day is forgotten, and what counts is not", () => {
  for (let i = 0; i < 100; i++) reports.take({ subject: `old/e${i}`, up: true });
  now += DAY / 2;
  reports.take({ subject: "shop/fra", load: 1 });
  now += DAY / 2 + 1;
  told("shop/par");
  expect(reports.latest("old/e0")).toEqual({ up: undefined, load: undefined });
  expect(reports.latest("shop/fra").load?.value).toBe(1);
});

/** What is said of one endpoint without a site, step by step, and asked at the end: a plain reading of the rule. */
test("judge: whatever was reported and forgotten, the last word of its time decides", () => {
  const step = fc.record({ wait: fc.nat(2 * MINUTE), up: fc.option(fc.boolean(), { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.nat(2 * MINUTE), (steps, wait) => {
      let at = 0;
      const book = createReports({ clock: () => at, siteOf: () => undefined });
      book.judge("a/b", MINUTE);
      let last: { readonly up: boolean; readonly at: number } | undefined;
      for (const { wait: before, up } of steps) {
        at += before;
        book.take({ subject: "a/b", up, load: 1 });
        if (up !== undefined) last = { up, at };
      }
      at += wait;
      const verdict = book.judge("a/b", MINUTE);
      const isOver = at - (last?.at ?? 0) >= MINUTE;
      const code = isOver ? "no-report" : last === undefined ? "not-probed" : last.up ? undefined : "reported-down";
      expect(verdict.ok ? undefined : verdict.code).toBe(code);
    }),
  );
});
