/** The commands that ask a server: what they ask for, what they print, and how they end. */
import { describe, expect, test } from "vitest";
import type { Changes, EndpointStatus, OverrideStatus } from "../../src/control/control.ts";
import { audit } from "../../src/cli/commands/audit.ts";
import { failback } from "../../src/cli/commands/failback.ts";
import { generations } from "../../src/cli/commands/generations.ts";
import { history } from "../../src/cli/commands/history.ts";
import { clearOverride, drain, listOverrides, override } from "../../src/cli/commands/override.ts";
import { probe } from "../../src/cli/commands/probe.ts";
import { report, type ReportOptions } from "../../src/cli/commands/report.ts";
import { reload } from "../../src/cli/commands/reload.ts";
import { status } from "../../src/cli/commands/status.ts";
import type { Desk, Ended } from "../../src/cli/remote/desk.ts";
import { type Answers, controlServer, json, paged, problem } from "../support/control-server.ts";
import {
  ago,
  ENDPOINTS,
  endpointStatus,
  GENERATION,
  OVERRIDE,
  OVERVIEW,
  PLAN,
  profileStatus,
  PROFILES,
  SITES,
} from "../support/control-data.ts";
import { atServer, type DeskSettings, type Printed } from "../support/desk.ts";

interface Ran extends Printed {
  readonly asked: readonly string[];
  readonly bodies: readonly unknown[];
}

async function run(answers: Answers, act: (desk: Desk) => Promise<Ended>, settings: DeskSettings = {}): Promise<Ran> {
  const { address, asked } = await controlServer(answers);
  const printed = await atServer(address, act, settings);
  return { ...printed, asked: asked.map(({ line }) => line), bodies: asked.map(({ body }) => body) };
}

const DONE = { ok: true, value: 0 };
const FAILED = { ok: true, value: 1 };

describe("status", () => {
  const answers = {
    "GET /status": OVERVIEW,
    "GET /profiles": paged(PROFILES),
    "GET /profiles/shop": PROFILES[0]!,
    "GET /profiles/none": problem(404, "unknown-profile", "none: no such profile"),
    "GET /sites": { items: SITES },
    "GET /endpoints": paged(ENDPOINTS),
  };

  test("tells of the server, and of the profiles in the worst trouble first", async () => {
    const { text, ended } = await run(answers, (desk) => status(desk, undefined, {}), { width: 80 });
    expect(ended).toEqual(DONE);
    expect(text).toMatch(/^geosteer 0\.1\.0, ready, generation 12/);
    expect(text.split("\n").slice(-5)).toEqual([
      expect.stringMatching(/^PROFILE/),
      expect.stringMatching(/^api /),
      expect.stringMatching(/^payroll /),
      expect.stringMatching(/^shop /),
      "",
    ]);
  });

  test("lists 20 of many, and with --all all", async () => {
    const many = Array.from({ length: 50 }, (_, i) =>
      profileStatus(`p${i}`, i % 2 === 0 ? {} : { status: "degraded", allDown: i === 49 ? "nodata" : undefined }),
    );
    const profiles = { "GET /status": OVERVIEW, "GET /profiles": paged(many) };
    const first = await run(profiles, (desk) => status(desk, undefined, {}));
    expect(first.text.match(/^p\d+ .*/gm)).toHaveLength(20);
    expect(first.text).toMatch(/^NAME|PROFILE.*\np49 .*all down: nodata\np1 /m);
    expect(first.text).toMatch(/\n30 more, 5 of them in trouble; --all lists them\n$/);
    const all = await run(profiles, (desk) => status(desk, undefined, { all: true }));
    expect(all.text.match(/^p\d+ .*/gm)).toHaveLength(50);
    expect(all.text).not.toContain("more,");
  });

  test("--json is one line with what the text is made of", async () => {
    const { text } = await run(answers, (desk) => status(desk, undefined, {}), { json: true });
    expect(text.match(/\n/g)).toHaveLength(1);
    expect(JSON.parse(text)).toMatchObject({
      overview: { generation: 12 },
      profiles: [{ profile: "api" }, { profile: "payroll" }, { profile: "shop" }],
      more: 0,
    });
  });

  test("PROFILE lists its endpoints, page by page under one head", async () => {
    const { text, asked } = await run(answers, (desk) => status(desk, "shop", {}), { width: 80 });
    expect(text).toMatch(/^Profile {5}shop \(performance\), online for 2h 30m\n/);
    expect(text.match(/^ENDPOINT /gm)).toHaveLength(1);
    expect(text.match(/^(?:munich|ireland|virginia|tokyo|apac) /gm)).toHaveLength(5);
    expect(asked).toEqual([
      "GET /profiles/shop",
      "GET /endpoints?profile=shop&limit=1000",
      "GET /endpoints?profile=shop&after=2&limit=1000",
      "GET /endpoints?profile=shop&after=4&limit=1000",
    ]);
  });

  test("PROFILE --json is one line of both", async () => {
    const { text } = await run(answers, (desk) => status(desk, "shop", {}), { json: true });
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify({ profile: PROFILES[0], endpoints: ENDPOINTS })));
  });

  test("site:NAME lists the endpoints there, with their profiles", async () => {
    const { text, asked } = await run(answers, (desk) => status(desk, "site:munich", {}));
    expect(text).toMatch(/^Site {8}munich at 48\.14, 11\.58\n/);
    expect(text).toMatch(/^shop\/munich /m);
    expect(asked[1]).toBe("GET /endpoints?site=munich&limit=1000");
  });

  test("PROFILE/ENDPOINT tells all of one, wherever it is listed", async () => {
    const { text } = await run(answers, (desk) => status(desk, "shop/apac", {}));
    expect(text).toMatch(/^Endpoint {4}shop\/apac, online for 2h 30m, served\nTarget {6}profile shop-apac\n/);
    const { text: one } = await run(answers, (desk) => status(desk, "shop/apac", {}), { json: true });
    expect(JSON.parse(one)).toEqual(JSON.parse(JSON.stringify(ENDPOINTS.at(-1))));
  });

  test.for([
    ["none", "unknown-profile", "none: no such profile"],
    ["shop/none", "unknown-endpoint", "shop/none: no such endpoint; geosteer status shop lists those that there are"],
    ["site:munch", "refused", "site:munch: no such site; did you mean site:munich?"],
    ["site:x", "refused", "site:x: no such site; there are munich, dublin"],
  ] as const)("%s: nothing is printed but what is wrong", async ([subject, code, message]) => {
    expect(await run(answers, (desk) => status(desk, subject, {}))).toMatchObject({
      text: "",
      ended: { ok: false, error: { code, message, exit: 1 } },
    });
  });

  test("what an endpoint waits for stands behind its last probe", async () => {
    const [probe] = endpointStatus("shop", "a").probes;
    const waits = { recovered: ago(240), held: undefined, damped: ago(-600), failback: undefined, manual: true };
    const waiting = endpointStatus("shop", "a", {
      status: "degraded",
      probes: [{ ...probe!, status: "degraded", flaps: 3, waits }],
    });
    const told = "12 ms, 8s ago; recovered 4m ago, damped for 10m (3 flaps), waits for failback";
    const one = { "GET /profiles/shop": PROFILES[0]!, "GET /endpoints": { items: [waiting] } };
    expect((await run(one, (desk) => status(desk, "shop", {}))).text).toContain(told);
    expect((await run(one, (desk) => status(desk, "shop/a", {}))).text).toContain(told);
  });

  test("what says nothing of an endpoint is told apart from its failures", async () => {
    const [probe] = endpointStatus("shop", "a").probes;
    const last = { at: ago(8), milliseconds: 1, ok: false, code: "not-probed", reason: "no ping" };
    const unasked = { "GET /endpoints": { items: [endpointStatus("shop", "a", { probes: [{ ...probe!, last }] })] } };
    const { text } = await run(unasked, (desk) => status(desk, "shop/a", {}));
    expect(text).toContain("Last probe  not probed: no ping, 8s ago\n");
  });

  test("what keeps it from being probed since the start", async () => {
    const [probe] = endpointStatus("shop", "a").probes;
    const last = { at: ago(8), milliseconds: 1, ok: false, code: "not-probed", reason: "no ping" };
    const old = endpointStatus("shop", "a", { restored: true, probes: [{ ...probe!, last }] });
    const { text } = await run({ "GET /endpoints": { items: [old] } }, (desk) => status(desk, "shop/a", {}));
    expect(text).toContain("Last probe  not probed: no ping, 8s ago\n");
  });

  test("how much an endpoint has of its clients that is on its way back", async () => {
    const growing = { "GET /endpoints": { items: [endpointStatus("shop", "a", { ramp: 0.25 })] } };
    const { text } = await run(growing, (desk) => status(desk, "shop/a", {}));
    expect(text).toContain("Ramp        25 % of its clients so far\n");
  });

  test("what the server calls things does not reach the terminal as it is", async () => {
    const bad: EndpointStatus = endpointStatus("shop", "a", {
      reason: "x\u001b[2J",
      probes: [
        {
          monitor: "web",
          target: "t",
          status: "degraded",
          since: ago(1),
          last: { at: ago(1), milliseconds: 1, ok: false, code: "other", reason: "x\u001b[2J" },
          failures: 4,
          successes: 0,
          flaps: 0,
          waits: undefined,
        },
      ],
    });
    const one = { "GET /profiles/shop": PROFILES[0]!, "GET /endpoints": { items: [bad] } };
    const { text } = await run(one, (desk) => status(desk, "shop", {}));
    expect(text).not.toContain("\u001b");
  });
});

describe("history", () => {
  const transitions = [
    { at: ago(42), subject: "api/a", from: "online", to: "degraded", reason: "connect-refused" },
    { at: ago(42), subject: "api", from: "online", to: "degraded" },
    { at: ago(3600), subject: "shop/munich", from: "checking", to: "online" },
  ];

  test("of all, over pages", async () => {
    const { text, asked, ended } = await run({ "GET /history": paged(transitions) }, (desk) =>
      history(desk, undefined, {}),
    );
    expect(ended).toEqual(DONE);
    expect(text).toBe(
      [
        "AT                    SUBJECT  FROM    TO        REASON",
        "2026-11-27 20:04:01Z  api/a    online  degraded  connect-refused",
        "2026-11-27 20:04:01Z  api      online  degraded",
        "2026-11-27 19:04:43Z  shop/munich  checking  online",
        "",
      ].join("\n"),
    );
    expect(asked[0]).toBe("GET /history?limit=1000");
  });

  test("of one, and of a time", async () => {
    const { text, asked } = await run({ "GET /history": paged([]) }, (desk) =>
      history(desk, "shop/munich", { since: 86_400_000 }),
    );
    expect(text).toBe("no change of the status of shop/munich since 2026-11-26 20:04:43Z is kept\n");
    expect(asked).toEqual(["GET /history?subject=shop/munich&since=2026-11-26T20:04:43.000Z&limit=1000"]);
  });

  test("--json is a list", async () => {
    const { text } = await run({ "GET /history": paged(transitions) }, (desk) => history(desk, undefined, {}), {
      json: true,
    });
    expect(JSON.parse(text)).toEqual(transitions);
    const { text: none } = await run({ "GET /history": paged([]) }, (desk) => history(desk, undefined, {}), {
      json: true,
    });
    expect(JSON.parse(none)).toEqual([]);
  });

  test("without a state file it says so", async () => {
    const { ended } = await run({ "GET /history": problem(404, "no-store", "state.file is off") }, (desk) =>
      history(desk, undefined, {}),
    );
    expect(ended).toEqual({ ok: false, error: { code: "no-store", message: "state.file is off", exit: 1 } });
  });
});

describe("generations", () => {
  test("the list", async () => {
    const first = { ...GENERATION, number: 1, changes: undefined };
    const { text } = await run({ "GET /generations": paged([GENERATION, first]) }, (desk) =>
      generations(desk, undefined, undefined, {}),
    );
    expect(text).toBe(
      [
        "NUMBER  AT                    HASH          CHANGED",
        "    12  2026-11-27 20:03:13Z  9f86d081884c  profiles ~1, endpoints +1 −2",
        "     1  2026-11-27 20:03:13Z  9f86d081884c",
        "",
      ].join("\n"),
    );
  });

  test("the text of one", async () => {
    const files = [
      { file: "geosteer.yaml", text: "zones: {}\n\tx\n" },
      { file: "a.zone", text: "@ SOA\u001b[2J\n\n" },
    ];
    const { text } = await run({ "GET /generations/12": { ...GENERATION, files } }, (desk) =>
      generations(desk, 12, undefined, {}),
    );
    expect(text).toBe(
      [
        `# generation 12, 2026-11-27 20:03:13Z, SHA-256 ${GENERATION.hash}`,
        "# geosteer.yaml",
        "zones: {}",
        "\tx",
        "",
        "# a.zone",
        String.raw`@ SOA\u001b[2J`,
        "",
      ].join("\n"),
    );
  });

  test("what one has that another has not", async () => {
    const diff = { from: 11, to: 12, text: "--- 11\n+++ 12\n@@ -1 +1 @@\n-a\n+b\n" };
    const { text } = await run({ "GET /generations/11/diff/12": diff }, (desk) => generations(desk, 11, 12, {}));
    expect(text).toBe(diff.text);
    const { text: none } = await run({ "GET /generations/11/diff/12": { ...diff, text: "" } }, (desk) =>
      generations(desk, 11, 12, {}),
    );
    expect(none).toBe("generations 11 and 12 have the same text\n");
  });
});

describe("reload", () => {
  test("tells what is served now, and what changed", async () => {
    const taken = { taken: true, generation: 13, problems: [], changes: GENERATION.changes as Changes };
    const { text, ended, asked, bodies } = await run({ "POST /reload": taken }, reload);
    expect({ ended, asked, bodies }).toEqual({ ended: DONE, asked: ["POST /reload"], bodies: [{}] });
    expect(text).toBe(
      "generation 13 serves\nChanged     1 profile: shop\nAdded       1 endpoint: shop/apac\nRemoved     2 endpoints: shop/oldenburg, shop/trier\n",
    );
  });

  test("one that is refused fails", async () => {
    const refused = { taken: false, generation: 12, problems: [{ code: "unknown-key", message: "a.yaml:3:1 x" }] };
    const { text, ended } = await run({ "POST /reload": json(422, refused) }, reload, { json: true });
    expect(ended).toEqual(FAILED);
    expect(JSON.parse(text)).toEqual(refused);
  });
});

describe("probe", () => {
  const good = { monitor: "web", target: "https://203.0.113.10:443", ok: true, milliseconds: 12.4 };
  const bad = { ...good, target: "https://203.0.113.11:443", ok: false, reason: "connect-refused" };
  const isUp = "https://203.0.113.10:443 (web): ok after 12 ms\n";
  const isDown = "https://203.0.113.11:443 (web): failed: connect-refused after 12 ms\n";

  const unasked = { ...bad, code: "not-probed", reason: "no ping" };

  test.for([
    [
      "checking",
      [unasked],
      "https://203.0.113.11:443 (web): not probed: no ping after 12 ms\nshop/munich is checking\n",
      1,
    ],
    ["online", [good], `${isUp}shop/munich is online\n`, 0],
    ["degraded", [bad], `${isDown}shop/munich is degraded\n`, 1],
    ["online", [good, bad], `${isUp}${isDown}shop/munich is online\n`, 1],
  ] as const)("%s, %o", async ([status, probes, wanted, exit]) => {
    const answers = { "POST /probe": { endpoint: "shop/munich", status, probes } };
    const { text, ended, bodies } = await run(answers, (desk) => probe(desk, "shop/munich"));
    expect({ text, ended, bodies }).toEqual({
      text: wanted,
      ended: { ok: true, value: exit },
      bodies: [{ endpoint: "shop/munich" }],
    });
  });
});

describe("failback", () => {
  const target = { monitor: "web", target: "https://203.0.113.10:443", back: true, shared: [], sharedCount: 0 };
  const PATH = "POST /endpoints/shop/munich/failback";

  test.for([
    [[target], "https://203.0.113.10:443 (web): back\nshop/munich is online\n"],
    [
      [{ ...target, shared: ["rest/a", "rest/b"], sharedCount: 5 }],
      "https://203.0.113.10:443 (web): back, for rest/a, rest/b and 3 more too\nshop/munich is online\n",
    ],
    [
      [target, { ...target, monitor: "port", back: false, reason: "its latest probe failed" }],
      "https://203.0.113.10:443 (web): back\nhttps://203.0.113.10:443 (port): not back: its latest probe failed\nshop/munich is online\n",
    ],
  ] as const)("%o", async ([targets, wanted]) => {
    const answers = { [PATH]: { endpoint: "shop/munich", status: "online", targets } };
    const { text, ended } = await run(answers, (desk) => failback(desk, "shop/munich"));
    expect({ text, ended }).toEqual({ text: wanted, ended: DONE });
  });

  test("--json prints what the server has answered", async () => {
    const report = { endpoint: "shop/munich", status: "online", targets: [target] };
    const { text } = await run({ [PATH]: report }, (desk) => failback(desk, "shop/munich"), { json: true });
    expect(JSON.parse(text)).toEqual(report);
  });

  test("a refusal is told", async () => {
    const message = "shop/munich has nothing that could come back: https://203.0.113.10:443: it is online";
    const { ended } = await run({ [PATH]: problem(409, "not-recovered", message) }, (desk) =>
      failback(desk, "shop/munich"),
    );
    expect(ended).toMatchObject({ ok: false });
  });
});

describe("report", () => {
  test.for<[options: ReportOptions, probes: number, body: object, text: string]>([
    [{ down: true, reason: "disk full" }, 1, { up: false, reason: "disk full" }, "shop/munich: reported down\n"],
    [
      { up: true, load: 70.5, validFor: "90s" },
      2,
      { up: true, load: 70.5, validFor: "90s" },
      "shop/munich: reported up, load 70.5 %\n",
    ],
    [{ load: 0 }, 0, { load: 0 }, "shop/munich: reported load 0 %\n"],
    [{ up: true }, 0, { up: true }, "shop/munich: reported up; no monitor of protocol push looks at it\n"],
  ])("%o", async ([options, probes, body, wanted]) => {
    const answers = { "POST /reports": { subject: "shop/munich", at: ago(0), probes } };
    const { text, ended, bodies } = await run(answers, (desk) => report(desk, "shop/munich", options));
    expect({ text, ended, bodies }).toEqual({
      text: wanted,
      ended: DONE,
      bodies: [{ subject: "shop/munich", ...body }],
    });
  });

  test("as JSON it is what the server says", async () => {
    const told = { subject: "shop/munich", at: ago(0), probes: 1 };
    const { text } = await run({ "POST /reports": told }, (desk) => report(desk, "shop/munich", { up: true }), {
      json: true,
    });
    expect(JSON.parse(text)).toEqual(told);
  });
});

describe("override and drain", () => {
  const set = { ...PLAN, override: OVERRIDE };

  test("what is asked for is passed on, and what was set is told", async () => {
    const { text, ended, bodies } = await run({ "POST /overrides": set }, (desk) =>
      drain(desk, "site:dublin", { over: "10m", for: "2h", reason: "cooling is out" }),
    );
    expect(ended).toEqual(DONE);
    expect(bodies).toEqual([
      {
        pattern: "site:dublin",
        action: "drain",
        for: "2h",
        over: "10m",
        reason: "cooling is out",
        pending: false,
        force: false,
        dryRun: false,
      },
    ]);
    expect(text).toMatch(/^2 endpoints\n/);
    expect(text).toMatch(
      /\n\noverride 7: site:dublin drain over 10m, for 2h; geosteer override clear 7 takes it back\n$/,
    );
  });

  test("--dry-run sets nothing", async () => {
    const { text, ended, bodies } = await run({ "POST /overrides": PLAN }, (desk) =>
      override(desk, "shop/*", "out", { dryRun: true }),
    );
    expect(ended).toEqual(DONE);
    expect(bodies).toMatchObject([{ action: "out", dryRun: true }]);
    expect(text).toMatch(/\nnothing was set: this was a dry run\n$/);
  });

  test.for([
    [false, 1],
    [true, 0],
  ] as const)("--dry-run of what empties a profile, with --force %s, ends with %i", async ([force, exit]) => {
    const { ended } = await run({ "POST /overrides": { ...PLAN, emptied: 1 } }, (desk) =>
      override(desk, "shop/*", "out", { dryRun: true, force }),
    );
    expect(ended).toEqual({ ok: true, value: exit });
  });

  test("list", async () => {
    const { text } = await run({ "GET /overrides": { items: [OVERRIDE] } }, listOverrides, { width: 80 });
    expect(text).toMatch(/^ID +PATTERN .*\n 7 +site:dublin +drain, 40 % left .*cooling is out\n$/);
    const { text: none } = await run({ "GET /overrides": { items: [] } }, listOverrides);
    expect(none).toBe("no override is set\n");
  });

  test.for([
    ["7", "DELETE /overrides/7", "DELETE /overrides/7"],
    ["site:dublin", "DELETE /overrides", "DELETE /overrides?pattern=site:dublin"],
  ] as const)("clear %s", async ([which, route, line]) => {
    const cleared: OverrideStatus[] = [OVERRIDE];
    const { text, asked } = await run({ [route]: { cleared, kept: true } }, (desk) => clearOverride(desk, which));
    expect(asked).toEqual([line]);
    expect(text).toBe("cleared override 7: site:dublin drain over 10m, for 2h\n");
  });
});

test("audit", async () => {
  const entries = [
    { id: 2, at: ago(42), who: "ada", from: "control socket", what: "override shop/fra out for 2h", result: "done" },
    { id: 1, at: ago(43), who: "grafana", from: "192.0.2.7", what: "reload", result: "forbidden" },
  ];
  const { text } = await run({ "GET /audit": paged(entries) }, audit, { width: 80 });
  expect(text).toBe(
    [
      "AT                    WHO      FROM      WHAT                          RESULT",
      "2026-11-27 20:04:01Z  ada      control…  override shop/fra out for 2h  done",
      "2026-11-27 20:04:00Z  grafana  192.0.2…  reload                        forbidden",
      "",
    ].join("\n"),
  );
});
