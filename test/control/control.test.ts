/** The desk as its faces use it: what is seen of a generation, and what overrides make of it. */
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import type { Actor, AskedOverride } from "../../src/control/control.ts";
import { createControl, type ControlDeps, type Desk } from "../../src/control/create-control.ts";
import { MOST_OVERRIDES } from "../../src/control/overrides.ts";
import { err, ok } from "../../src/shared/result.ts";
import type { Override } from "../../src/state/override.ts";
import type { NewAuditRecord } from "../../src/state/store/records.ts";
import { recordingLogger } from "../support/recording-logger.ts";
import { servedOf, type TestServed } from "../support/served.ts";
import type { ProfileSpec } from "../support/snapshot.ts";

const ADA: Actor = { name: "ada", from: "192.0.2.1" };
const START = Date.parse("2026-01-01T12:00:00Z");

const munich = { site: "munich", labels: { provider: "own" } };
const profiles: Record<string, ProfileSpec> = {
  shop: {
    names: ["shop.gtm.example.com"],
    endpoints: { fra: { address: ["192.0.2.1"], ...munich }, par: { address: ["192.0.2.2", "2001:db8::2"] } },
  },
  api: { names: ["api.gtm.example.com"], endpoints: { own: { nested: "shop" }, spare: { host: "spare.example.net" } } },
  alone: { endpoints: { fra: { address: ["192.0.2.1"], ...munich } } },
};

/** A store in memory; `durable` says whether it keeps anything. */
function memoryStore() {
  const kept = new Map<number, Override>();
  const audit: NewAuditRecord[] = [];
  const store = {
    durable: true,
    kept,
    audit,
    state: () => ({
      file: "/state/geosteer.db",
      durable: store.durable,
      trouble: store.durable ? undefined : "disk full",
    }),
    setOverride: async (override: Override) => store.durable && kept.set(override.id, override) === kept,
    clearOverrides: async (ids: readonly number[]) => {
      if (store.durable) for (const id of ids) kept.delete(id);
      return store.durable;
    },
    appendTransitions: vi.fn<(records: readonly unknown[]) => void>(),
    appendAudit: async (record: NewAuditRecord) => audit.push(record) > 0,
  };
  return store;
}

describe("createControl", () => {
  let served: TestServed;
  let store: ReturnType<typeof memoryStore>;
  let desk: Desk;

  const deps = (more: Partial<ControlDeps> = {}): ControlDeps => ({
    version: "1.2.3",
    clock: Date.now,
    logger: recordingLogger().logger,
    loads: { ofEndpoint: () => undefined, ofSite: () => undefined },
    store: {
      ...store,
      setOverride: (override) => store.setOverride(override),
      clearOverrides: (ids) => store.clearOverrides(ids),
      transitions: async () => err("no history here"),
      generations: async () => ok({ items: [], next: undefined }),
      audit: async () => ok({ items: [], next: undefined }),
      state: () => store.state(),
    },
    served: () => [served],
    notices: { list: () => [], test: () => undefined },
    onLook: () => {},
    decisions: () => ({
      labels: {
        profiles: Object.keys(profiles),
        endpoints: served.outline.endpoints.map(({ name, profile }) => ({
          profile: served.outline.profiles[profile]!.name,
          endpoint: name,
        })),
        reasons: [],
        filters: [],
      },
      endpoints: Float64Array.of(30, 10, 5, 0, 0),
      withoutEndpoint: Float64Array.of(0, 0, 0),
    }),
    server: () => ({
      startedAt: START,
      ready: true,
      notices: [],
      lastLoad: { at: START, success: true, problems: [] },
      dns: ["127.0.0.1:53"],
      udp: "batch",
    }),
    reload: async () => ({ taken: true, generation: 2, problems: [], changes: undefined }),
    probe: () => undefined,
    release: () => undefined,
    report: () => 1,
    explain: async () => err({ code: "unknown-name", message: "no" }),
    texts: {
      generation: async () => err({ code: "unknown-generation", message: "no" }),
      diff: async () => err({ code: "unknown-generation", message: "no" }),
    },
    ...more,
  });

  beforeEach(() => {
    vi.useFakeTimers({ now: START });
    onTestFinished(() => void vi.useRealTimers());
    const location = [48.14, 11.58] as const;
    served = servedOf({ profiles }, 1, [{ name: "munich", location, labels: { provider: "own" } }]);
    store = memoryStore();
    desk = createControl(deps());
    onTestFinished(() => desk.stop());
    desk.rollUp.follow(served);
  });

  describe("report", () => {
    const report = vi.fn<ControlDeps["report"]>(() => 2);
    const limited = (...reportsOf: string[]): Actor => ({ ...ADA, reportsOf });

    beforeEach(() => {
      report.mockClear();
      desk = createControl(deps({ report }));
      onTestFinished(() => desk.stop());
    });

    test.for(["shop/fra", "site:munich"])("of %s is handed on, and no audit has it", (subject) => {
      const asked = { subject, up: false, load: 70, reason: "disk full", validFor: 90_000 };
      expect(desk.report(asked, ADA)).toEqual(ok({ subject, at: "2026-01-01T12:00:00.000Z", probes: 2 }));
      expect(report).toHaveBeenCalledExactlyOnceWith(asked);
      expect(store.audit).toEqual([]);
    });

    test.for([
      ["shop/frq", "unknown-endpoint", "shop has no endpoint frq; did you mean fra?"],
      ["shop/fra/x", "unknown-endpoint", "shop has no endpoint fra/x; there are fra, par"],
      ["shpo/fra", "unknown-profile", "shpo is no profile; did you mean shop?"],
      ["site:munch", "unknown-site", "munch is no site; did you mean munich?"],
      ["site:", "unknown-site", "nothing is no site; there are munich"],
      ["*/*", "unknown-profile", "* is no profile; there are shop, api, alone"],
    ] as const)("of %s is refused", ([subject, code, message]) => {
      expect(desk.report({ subject, up: true }, ADA)).toEqual(err({ code, message }));
      expect(report).not.toHaveBeenCalled();
    });

    test.for<[may: readonly string[], subject: string, isTaken: boolean]>([
      [["shop/fra"], "shop/fra", true],
      [["shop/fra"], "shop/par", false],
      [["shop/par", "shop/*"], "shop/fra", true],
      [["*/fra"], "alone/fra", true],
      [["*/*"], "site:munich", false],
      [["site:munich"], "site:munich", true],
      [["site:munich"], "shop/fra", true],
      [["site:munich"], "shop/par", false],
      [["site:paris"], "shop/par", false],
      [[], "shop/fra", false],
    ])("who may of %o: %s %s", ([may, subject, isTaken]) => {
      const answer = desk.report({ subject, up: true }, limited(...may));
      expect(answer.ok ? true : answer.error.code).toBe(isTaken || "not-its-subject");
      expect(report).toHaveBeenCalledTimes(isTaken ? 1 : 0);
    });

    test("who may of some is not told what else there is", () => {
      const actor = limited("shop/*");
      expect(desk.report({ subject: "shop/frq", up: true }, actor)).toEqual(
        err({ code: "unknown-endpoint", message: "shop/frq is not there" }),
      );
      const refused = err({ code: "not-its-subject", message: "the token ada may not report of this subject" });
      expect(desk.report({ subject: "api/own", up: true }, actor)).toEqual(refused);
      expect(desk.report({ subject: "api/nobody", up: true }, actor)).toEqual(refused);
    });

    test("while it starts there is nothing to report to", () => {
      desk = createControl(deps({ report, served: () => [] }));
      expect(desk.report({ subject: "shop/fra", up: true }, ADA)).toMatchObject({ error: { code: "stopping" } });
    });
  });

  const set = async (pattern: string, action: AskedOverride["action"], more: Partial<AskedOverride> = {}) =>
    desk.override({ pattern, action, ...more }, ADA);
  const endpoint = (path: string) => desk.endpoints({}).items.find((one) => `${one.profile}/${one.endpoint}` === path)!;
  const problemOf = async (answer: Promise<{ readonly ok: boolean; readonly error?: unknown }>) => {
    return (await answer).error as { readonly code: string; readonly message: string } | undefined;
  };

  test("tells of an endpoint its status, site, labels, target, share and what is nested", () => {
    expect(endpoint("shop/fra")).toMatchObject({
      status: "online",
      eligible: true,
      forced: undefined,
      site: "munich",
      labels: { provider: "own" },
      target: { kind: "address", text: "192.0.2.1" },
      share: 0.75,
      nested: undefined,
    });
    expect(endpoint("api/own")).toMatchObject({
      target: { kind: "profile", text: "shop" },
      share: 1,
      nested: { endpoints: { online: 2 }, eligible: { all: 2, ipv4: 2, ipv6: 1 } },
    });
    expect(endpoint("alone/fra").share).toBeUndefined();
  });

  test("tells of a profile its counts, and what it answers with nothing up", async () => {
    expect(desk.profile("shop")).toMatchObject({
      ok: true,
      value: { status: "online", endpoints: { online: 2 }, eligible: { all: 2, ipv4: 2, ipv6: 1 }, allDown: undefined },
    });
    desk.rollUp.look(served.probe({ "shop/fra": "degraded", "shop/par": "degraded" }));
    await vi.advanceTimersByTimeAsync(1);
    expect(desk.profile("shop")).toMatchObject({
      value: { status: "degraded", eligible: { all: 0 }, allDown: "all are served as if they were up" },
    });
    expect(desk.profile("shpo")).toEqual({
      ok: false,
      error: { code: "unknown-profile", message: "shpo is no profile; did you mean shop?" },
    });
  });

  test("rolls a site up", async () => {
    await set("alone/fra", "out", { force: true });
    expect(desk.sites()).toEqual([
      {
        site: "munich",
        labels: { provider: "own" },
        location: [48.14, 11.58],
        profiles: 2,
        endpoints: { online: 2 },
        eligible: 1,
        forced: 1,
      },
    ]);
  });

  test("filters, and gives pages that lead to all", () => {
    const names = (query: Parameters<Desk["endpoints"]>[0]): readonly string[] =>
      desk.endpoints(query).items.map((one) => `${one.profile}/${one.endpoint}`);
    expect(names({ site: "munich" })).toEqual(["shop/fra", "alone/fra"]);
    expect(names({ label: "provider=own", profile: "shop" })).toEqual(["shop/fra"]);
    expect(names({ status: "degraded" })).toEqual([]);
    const seen: string[] = [];
    for (let after: string | undefined, pages = 0; pages < 9; pages++) {
      const page = desk.endpoints({ limit: 2, after });
      seen.push(...page.items.map((one) => `${one.profile}/${one.endpoint}`));
      after = page.next;
      if (after === undefined) break;
    }
    expect(seen).toEqual(["shop/fra", "shop/par", "api/own", "api/spare", "alone/fra"]);
    expect(desk.profiles({ limit: 2 })).toMatchObject({
      items: [{ profile: "shop" }, { profile: "api" }],
      next: "api",
    });
    expect(desk.profiles({ after: "api" }).items.map(({ profile }) => profile)).toEqual(["alone"]);
    expect(desk.profiles({ site: "munich" }).items.map(({ profile }) => profile)).toEqual(["shop", "alone"]);
  });

  test("an override holds its endpoints at once, is kept and told, and its author and reason with it", async () => {
    const events: unknown[] = [];
    desk.subscribe((event) => void events.push(event));
    const done = await set("shop/fra", "out", { for: 3_600_000, reason: "new switches" });
    expect(done).toMatchObject({
      ok: true,
      value: {
        hits: [{ endpoint: "shop/fra", status: "online", heldBy: undefined }],
        emptied: 0,
        override: {
          id: 1,
          author: "ada",
          reason: "new switches",
          until: "2026-01-01T13:00:00.000Z",
          holds: 1,
          kept: true,
        },
      },
    });
    expect(endpoint("shop/fra")).toMatchObject({
      status: "online",
      eligible: false,
      forced: { action: "out", override: 1 },
    });
    expect(store.kept.get(1)).toMatchObject({ pattern: "shop/fra", author: "ada" });
    expect(store.audit).toMatchObject([
      { who: "ada", what: "out shop/fra for 3600s (new switches)", result: "done: override 1" },
    ]);
    expect(events).toMatchObject([{ kind: "override", change: "set" }]);
  });

  test("an override ends by itself", async () => {
    await set("shop/fra", "out", { for: 60_000 });
    await vi.advanceTimersByTimeAsync(59_000);
    expect(endpoint("shop/fra").eligible).toBe(false);
    await vi.advanceTimersByTimeAsync(1001);
    expect(endpoint("shop/fra")).toMatchObject({ eligible: true, forced: undefined });
    expect(desk.overrides()).toEqual([]);
    expect(store.kept.size).toBe(0);
  });

  test("a drain falls step by step, then is out", async () => {
    await set("shop/fra", "drain", { over: 640_000 });
    await vi.advanceTimersByTimeAsync(320_001);
    expect(endpoint("shop/fra")).toMatchObject({ eligible: true, forced: { action: "drain", left: 0.5 } });
    expect(served.states.view.stateOf(0).share).toBe(0.5);
    await vi.advanceTimersByTimeAsync(320_000);
    expect(endpoint("shop/fra")).toMatchObject({ eligible: false, forced: { left: 0 } });
  });

  test("the narrower override goes on to hold, and the plan says so", async () => {
    await set("shop/fra", "up");
    expect(await set("site:munich", "down", { force: true })).toMatchObject({
      value: {
        hits: [{ endpoint: "shop/fra", heldBy: 1 }, { endpoint: "alone/fra" }],
        override: { matches: 2, holds: 1 },
      },
    });
  });

  test("a plan does nothing; what would empty a profile is refused, and done when it is forced", async () => {
    expect(desk.planOverride({ pattern: "site:munich", action: "out" })).toMatchObject({
      ok: true,
      value: {
        hitCount: 2,
        emptied: 1,
        profiles: [
          { profile: "alone", eligible: [], allDown: "no records (NODATA): all are taken out" },
          { profile: "shop", eligible: ["par"] },
          { profile: "api", eligible: ["own", "spare"] },
        ],
      },
    });
    expect(desk.overrides()).toEqual([]);
    expect(await problemOf(set("site:munich", "out"))).toEqual({
      code: "would-empty",
      message: "it would leave no endpoint up in alone (then no records (NODATA): all are taken out)",
    });
    expect(endpoint("shop/fra").eligible).toBe(true);
    expect((await set("site:munich", "out", { force: true })).ok).toBe(true);
  });

  test("what would leave the clients of a residency rule nothing is refused too, and the status says so when it is done", async () => {
    const eu = { labels: { jurisdiction: "EU" } };
    served = servedOf({
      profiles: {
        payroll: { endpoints: { munich: eu, ireland: eu, virginia: {}, reports: { nested: "reports" } } },
        reports: { endpoints: { virginia: {} } },
      },
      residency: { "eu-personal-data": { clients: ["EU"], profiles: ["payroll"], require: { jurisdiction: ["EU"] } } },
    });
    desk.rollUp.follow(served);
    expect(await set("payroll/munich", "out")).toMatchObject({
      value: { emptied: 0, profiles: [{ profile: "payroll", rulesDown: [] }] },
    });
    expect(await problemOf(set("payroll/ireland", "out"))).toEqual({
      code: "would-empty",
      message: "it would leave no endpoint up in payroll for the clients of residency rule eu-personal-data",
    });
    expect(await problemOf(set("payroll/ireland", "drain", { over: 60_000 }))).toMatchObject({ code: "would-empty" });
    expect(desk.profile("payroll")).toMatchObject({ value: { rulesDown: [] } });
    expect(await set("payroll/ireland", "out", { force: true })).toMatchObject({
      value: { emptied: 1, profiles: [{ profile: "payroll", allDown: undefined, rulesDown: ["eu-personal-data"] }] },
    });
    expect(desk.profiles({}).items).toMatchObject([
      { profile: "payroll", eligible: { all: 2 }, allDown: undefined, rulesDown: ["eu-personal-data"] },
      { profile: "reports", rulesDown: [] },
    ]);
    // What is down already is not emptied once more.
    expect(desk.planOverride({ pattern: "payroll/virginia", action: "out" })).toMatchObject({
      value: { emptied: 0, profiles: [{ rulesDown: ["eu-personal-data"] }] },
    });
  });

  test("a refusal names only what it would empty, not what is empty already", async () => {
    await set("alone/fra", "out", { force: true });
    served.probe({ "shop/par": "degraded" });
    expect(await problemOf(set("site:munich", "out"))).toEqual({
      code: "would-empty",
      message: "it would leave no endpoint up in shop (then all are served as if they were up)",
    });
  });

  test.for<[string, AskedOverride, string, string]>([
    ["no pattern", { pattern: "shop", action: "out" }, "bad-pattern", "for all endpoints of a profile write shop/*"],
    ["nothing", { pattern: "shop/fro", action: "out" }, "matches-nothing", "did you mean shop/fra?"],
    ["no site", { pattern: "site:munchen", action: "out" }, "matches-nothing", "did you mean site:munich?"],
    [
      "no label",
      { pattern: "label:provider=aws", action: "out" },
      "matches-nothing",
      "did you mean label:provider=own?",
    ],
    [
      "a label far from any",
      { pattern: "label:kind=quite-another", action: "out" },
      "matches-nothing",
      "there are label:provider=own",
    ],
    ["no action", { pattern: "shop/fra", action: "off" as "out" }, "bad-request", "there are up, down, out, drain"],
  ])(
    "refuses a pattern that is %s, says what was meant, and keeps that in the audit",
    async ([, asked, code, hint]) => {
      const problem = await problemOf(desk.override(asked, ADA));
      expect(problem).toMatchObject({ code, message: expect.stringContaining(hint) });
      expect(store.audit).toMatchObject([{ who: "ada", result: expect.stringContaining(code) }]);
    },
  );

  test("one that is pending catches what appears later", async () => {
    expect((await set("new/*", "out", { pending: true })).ok).toBe(true);
    served = servedOf({ profiles: { ...profiles, new: { endpoints: { a: {} } } } }, 2);
    desk.ruling.tell(served);
    desk.rollUp.follow(served);
    expect(endpoint("new/a")).toMatchObject({ eligible: false, forced: { action: "out" } });
  });

  test("clears one by its id, or all of a pattern", async () => {
    await set("shop/fra", "down");
    await set("shop/fra", "up");
    await set("shop/par", "up");
    expect(await desk.clearOverrides({ pattern: "shop/fra" }, ADA)).toMatchObject({
      ok: true,
      value: { cleared: [{ id: 1 }, { id: 2 }], kept: true },
    });
    expect((await desk.clearOverrides({ id: 3 }, ADA)).ok).toBe(true);
    expect(await problemOf(desk.clearOverrides({ id: 3 }, ADA))).toEqual({
      code: "unknown-override",
      message: "no override with the id 3; there is none",
    });
    expect(endpoint("shop/fra").forced).toBeUndefined();
  });

  test("what was set and cleared while the disk kept nothing is kept when it keeps again", async () => {
    await set("shop/fra", "out");
    store.durable = false;
    await set("api/spare", "down");
    expect(await desk.clearOverrides({ id: 1 }, ADA)).toMatchObject({ ok: true, value: { kept: false } });
    expect([...store.kept.keys()]).toEqual([1]);
    store.durable = true;
    desk.ruling.settle();
    await vi.waitFor(() => expect([...store.kept.keys()]).toEqual([2]));
    expect(desk.overrides()).toMatchObject([{ id: 2, kept: true }]);
  });

  test("what was cleared does not come back with a file that still has it; another one of its number does", async () => {
    await set("shop/fra", "out");
    await set("api/spare", "down");
    store.durable = false;
    const [first, second] = desk.ruling.list();
    await desk.clearOverrides({ id: 1 }, ADA);
    await desk.clearOverrides({ id: 2 }, ADA);
    store.durable = true;
    desk.ruling.merge([first!, { ...second!, since: 7, author: "bob" }]);
    expect(desk.overrides()).toMatchObject([{ id: 2, author: "bob" }]);
    await vi.waitFor(() => expect([...store.kept.keys()]).toEqual([2]));
  });

  test("with a disk that keeps nothing an override takes effect, and says that it is not kept", async () => {
    store.durable = false;
    expect(await set("shop/fra", "out")).toMatchObject({ ok: true, value: { override: { kept: false } } });
    expect(endpoint("shop/fra").eligible).toBe(false);
    expect(desk.overview()).toMatchObject({ state: { durable: false }, notices: ["state: disk full"] });
    store.durable = true;
    desk.ruling.merge([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(desk.overrides()).toMatchObject([{ kept: true }]);
    expect(store.kept.size).toBe(1);
  });

  test("a file that comes into use later brings its overrides, and those without a file get other numbers", async () => {
    store.durable = false;
    await set("shop/fra", "out");
    store.durable = true;
    const old = { pattern: "shop/par", action: "up", since: 1, until: undefined, over: 0, reason: undefined } as const;
    desk.ruling.merge([{ ...old, id: 1, author: "bob" }]);
    await vi.advanceTimersByTimeAsync(1);
    expect(desk.overrides().map(({ id, pattern, kept }) => [id, pattern, kept])).toEqual([
      [1, "shop/par", true],
      [2, "shop/fra", true],
    ]);
  });

  test("a disk that does not answer holds nobody up for long", async () => {
    store.setOverride = () => new Promise(() => {});
    const asked = set("shop/fra", "out");
    await vi.advanceTimersByTimeAsync(2001);
    expect(await asked).toMatchObject({ ok: true, value: { override: { kept: false } } });
  });

  test("restores overrides, but for those that have ended, and goes on with their numbers", async () => {
    const old = {
      pattern: "shop/fra",
      action: "out",
      over: 0,
      since: START - 9000,
      reason: undefined,
      author: "bob",
    } as const;
    desk.ruling.restore([
      { ...old, id: 4, until: undefined },
      { ...old, id: 7, until: START - 1 },
    ]);
    desk.ruling.tell(served);
    expect(desk.overrides()).toMatchObject([{ id: 4, author: "bob", kept: true, holds: 1 }]);
    expect(await set("shop/par", "up")).toMatchObject({ value: { override: { id: 8 } } });
  });

  test("has a limit of overrides", async () => {
    const old = {
      pattern: "shop/fra",
      action: "up",
      over: 0,
      since: 1,
      until: undefined,
      reason: undefined,
      author: "x",
    } as const;
    desk.ruling.restore(Array.from({ length: MOST_OVERRIDES }, (_, i) => ({ ...old, id: i + 1 })));
    expect(await problemOf(set("shop/par", "up"))).toMatchObject({ code: "too-many-overrides" });
  });

  test("probes an endpoint that is probed, and says why not of another", async () => {
    expect(await problemOf(desk.probe("shop/fra", ADA))).toMatchObject({ code: "not-probed" });
    expect(await problemOf(desk.probe("shop/fro", ADA))).toMatchObject({
      code: "unknown-endpoint",
      message: "shop has no endpoint fro; did you mean fra?",
    });
    expect(await problemOf(desk.probe("shpo/fra", ADA))).toMatchObject({ code: "unknown-profile" });
  });

  test("says while it starts that it cannot yet", async () => {
    const starting = createControl(deps({ served: () => [] }));
    onTestFinished(() => starting.stop());
    expect(await starting.override({ pattern: "shop/fra", action: "out" }, ADA)).toMatchObject({
      error: { code: "stopping" },
    });
    expect(starting.endpoints({})).toEqual({ items: [], next: undefined });
    expect(starting.overview()).toMatchObject({ generation: 0, profiles: {} });
  });

  test("logs what was refused nowhere: who refuses it does", () => {
    const { logger, lines } = recordingLogger();
    const other = createControl(deps({ logger }));
    onTestFinished(() => other.stop());
    other.refused(ADA, "POST /api/v1/overrides", "wrong role");
    expect(lines).toEqual([]);
    expect(store.audit).toHaveLength(1);
  });

  test("keeps who reloads and what was refused", async () => {
    await desk.reload(ADA);
    desk.refused(ADA, "POST /api/v1/overrides", "wrong role");
    expect(store.audit.map(({ what, result }) => `${what}: ${result}`)).toEqual([
      "reload: done: generation 2",
      "POST /api/v1/overrides: wrong role",
    ]);
  });
});
