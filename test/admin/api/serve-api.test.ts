/** What each route of the API takes and gives: status, body, and the problems of wrong requests. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { API_ROUTES } from "../../../src/admin/api/routes/table.ts";
import { PROBLEM_STATUS } from "../../../src/admin/api/problems.ts";
import { problem } from "../../../src/admin/api/schemas/problem.ts";
import { CONTROL_PROBLEMS, type ControlProblemCode, type ReloadOutcome } from "../../../src/control/control.ts";
import { ok } from "../../../src/shared/result.ts";
import { ask, OPERATOR, startApi, stopServers, type ApiServer, type Ask } from "../../support/api-server.ts";
import { AT, createMemoryDesk } from "../../support/memory-desk.ts";

let api: ApiServer;

beforeEach(async () => {
  api = await startApi();
});
afterEach(stopServers);

function asked(path: string, options: Ask = {}) {
  return ask(api.url, `/api/v1${path}`, options);
}

const override = { pattern: "p0/e0", action: "out" };

/** A request for each operation. */
const REQUESTS: Readonly<Record<string, readonly [path: string, options?: Ask]>> = {
  getStatus: ["/status"],
  listProfiles: ["/profiles?status=online&site=munich&limit=2"],
  getProfile: ["/profiles/p1"],
  listEndpoints: ["/endpoints?profile=p0&site=munich&label=provider%3Down&status=online"],
  listSites: ["/sites"],
  explain: [
    "/explain?name=p0.gtm.example.com&client=203.0.113.7&type=aaaa&resolver=2001:db8::1&subnet=false&down=p0/e0&down=p0/e1",
  ],
  listTransitions: ["/history?subject=p0/e0&since=2026-11-27T00:00:00Z"],
  listGenerations: ["/generations"],
  getGeneration: ["/generations/7"],
  diffGenerations: ["/generations/6/diff/7"],
  listAudit: ["/audit?limit=1000"],
  listDatabases: ["/databases"],
  listOverrides: ["/overrides"],
  setOverride: [
    "/overrides",
    { method: "POST", json: { ...override, for: "2h", over: "0s", reason: "x", force: true } },
  ],
  clearOverrides: ["/overrides?pattern=p0/e0", { method: "DELETE" }],
  clearOverride: ["/overrides/1", { method: "DELETE" }],
  reload: ["/reload", { method: "POST", json: {} }],
  probe: ["/probe", { method: "POST", json: { endpoint: "p0/e1" } }],
  failback: ["/endpoints/p0/e1/failback", { method: "POST", json: {} }],
  report: [
    "/reports",
    { method: "POST", json: { subject: "p0/e1", up: false, load: 99.5, reason: "zu heiß", validFor: "90s" } },
  ],
  listNotices: ["/notices"],
  testNotice: ["/notices/ops/test", { method: "POST", json: {} }],
  getOpenApi: ["/openapi.json"],
};

const ROUTES = API_ROUTES.filter(({ operationId }) => operationId !== "followEvents");

test.for(ROUTES.map((route) => [route.operationId, route] as const))(
  "%s answers as its schema says, and with nothing more",
  async ([operationId, route]) => {
    if (route.method === "DELETE") await asked("/overrides", { method: "POST", token: OPERATOR.token, json: override });
    const [path, options] = REQUESTS[operationId]!;
    const told = await asked(path, { token: OPERATOR.token, ...options });
    expect(told.text).not.toContain("undefined");
    const shape = route.answers[told.status];
    expect(told.headers["content-type"]).toMatch(/^application\/json/);
    expect(shape?.schema.parse(told.body)).toEqual(told.body);
  },
);

describe("what the desk is asked", () => {
  test("pages go on where the one before ended", async () => {
    const first = await asked("/endpoints?limit=4");
    expect(first.body.items).toHaveLength(4);
    const second = await asked(`/endpoints?limit=4&after=${first.body.next}`);
    expect(second.body.items.map(({ profile }: { profile: string }) => profile)).toEqual(["p2", "p2"]);
    expect(second.body).not.toHaveProperty("next");
  });

  test("a page has 100 entries where none are asked for", async () => {
    await stopServers();
    api = await startApi({ desk: createMemoryDesk({ profiles: 300 }) });
    expect((await asked("/profiles")).body.items).toHaveLength(100);
    expect((await asked("/profiles?limit=1000")).body.items).toHaveLength(300);
  });

  test("since counts back from now, or is an instant", async () => {
    api.desk.transitions = [
      {
        at: new Date(Date.now() - 3_600_000).toISOString(),
        subject: "p0",
        from: "online",
        to: "degraded",
        reason: undefined,
      },
      { at: AT, subject: "p1", from: "online", to: "degraded", reason: undefined },
    ];
    const subjects = async (since: string) =>
      (await asked(`/history?since=${since}`)).body.items.map(({ subject }: { subject: string }) => subject);
    expect(await subjects("30m")).not.toContain("p0");
    expect(await subjects("2h")).toContain("p0");
    expect(await subjects(AT)).toContain("p1");
  });

  test("an override is set with its durations in milliseconds, 201, and told to the log of the desk", async () => {
    const json = { ...override, action: "drain", for: "2h", over: "10m" };
    const told = await asked("/overrides", { method: "POST", token: OPERATOR.token, json });
    expect(told.status).toBe(201);
    expect(told.body.override).toMatchObject({ until: "2026-11-27T22:04:43.000Z", over: 600, author: "operator" });
    expect((await asked("/overrides")).body.items).toEqual([told.body.override]);
    expect(api.desk.done).toEqual(["operator 127.0.0.1 override p0/e0 drain"]);
  });

  test("a dry run changes nothing, 200", async () => {
    const told = await asked("/overrides", {
      method: "POST",
      token: OPERATOR.token,
      json: { ...override, dryRun: true },
    });
    expect(told.status).toBe(200);
    expect(told.body.hits).toEqual([{ endpoint: "p0/e0", status: "online" }]);
    expect(api.desk.overrides()).toEqual([]);
    expect(api.desk.done).toEqual([]);
  });

  test.for(["/overrides/2", "/overrides?pattern=p0/e1"])("DELETE %s clears that one alone", async (path) => {
    for (const pattern of ["p0/e0", "p0/e1"]) {
      await asked("/overrides", { method: "POST", token: OPERATOR.token, json: { ...override, pattern } });
    }
    const told = await asked(path, { method: "DELETE", token: OPERATOR.token });
    expect(told.body.cleared).toMatchObject([{ id: 2 }]);
    expect(api.desk.overrides()).toMatchObject([{ id: 1 }]);
  });

  test("a reload that is refused answers 422 with the problems", async () => {
    const problems = [{ code: "unknown-key", message: "a.yaml:1:1 …" }];
    api.desk.nextReload = { taken: false, generation: 7, problems, changes: undefined };
    const told = await asked("/reload", { method: "POST", token: OPERATOR.token, json: {} });
    expect(told.status).toBe(422);
    expect(told.body).toEqual({ taken: false, generation: 7, problems });
  });

  test("a reload may take longer than an answer may, and is then answered", async () => {
    await stopServers();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    api = await startApi();
    const { promise, resolve } = Promise.withResolvers<ReloadOutcome>();
    const begun = vi.fn<() => void>();
    api.desk.reload = async () => {
      begun();
      return ok(await promise);
    };
    const told = asked("/reload", { method: "POST", token: OPERATOR.token, json: {} });
    await vi.waitFor(() => expect(begun).toHaveBeenCalledTimes(1));
    vi.advanceTimersByTime(3_600_000);
    resolve(api.desk.nextReload);
    expect((await told).status).toBe(200);
    vi.useRealTimers();
  });

  test("a reload needs no body, only to say that it would be JSON", async () => {
    const headers = { "content-type": "application/json; charset=utf-8" };
    expect((await asked("/reload", { method: "POST", token: OPERATOR.token, headers })).status).toBe(200);
  });

  test.for([
    ["/profiles/nowhere", "unknown-profile"],
    ["/generations/99", "unknown-generation"],
  ])("%s is %s", async ([path, code]) => {
    const told = await asked(path!);
    expect(told.status).toBe(404);
    expect(told.body.code).toBe(code);
  });

  test("what is unknown to a change is 404, and an override that matches nothing 409", async () => {
    const post = { method: "POST", token: OPERATOR.token };
    expect(await asked("/overrides/9", { method: "DELETE", token: OPERATOR.token })).toMatchObject({ status: 404 });
    expect(await asked("/probe", { ...post, json: { endpoint: "p0/nobody" } })).toMatchObject({ status: 404 });
    const told = await asked("/overrides", { ...post, json: { ...override, pattern: "site:nowhere" } });
    expect(told).toMatchObject({
      status: 409,
      body: { code: "matches-nothing", message: "site:nowhere matches no endpoint" },
    });
  });

  test.for(Object.keys(CONTROL_PROBLEMS) as ControlProblemCode[])(
    "its problem %s has a status and a body",
    async (code) => {
      api.desk.fail(code);
      const told = await asked("/history");
      expect(told.status).toBe(PROBLEM_STATUS[code]);
      expect(told.status).toBeGreaterThanOrEqual(400);
      expect(told.headers["content-type"]).toMatch(/^application\/problem\+json/);
      expect(problem.parse(told.body)).toEqual(told.body);
      expect(told.body).toMatchObject({ code, title: CONTROL_PROBLEMS[code], status: told.status });
    },
  );

  test("it may fail in a way that nobody expects: 500, logged, and nothing told", async () => {
    api.desk.overview = () => {
      throw new Error("secret");
    };
    const told = await asked("/status");
    expect(told).toMatchObject({ status: 500, body: { code: "internal" } });
    expect(told.text).not.toContain("secret");
    expect(api.log).toMatchObject([{ err: new Error("secret"), route: "/api/v1/status" }]);
  });
});

describe("wrong requests", () => {
  const post = { method: "POST", token: OPERATOR.token } as const;

  test.for<[path: string, options: Ask, message: string]>([
    ["/profiles?limit=0", {}, '?limit: found "0", wanted a whole number from 1 to 1000'],
    ["/profiles?limit=1001", {}, '?limit: found "1001", wanted a whole number from 1 to 1000'],
    ["/profiles?limit=many", {}, '?limit: found "many", wanted a whole number from 1 to 1000'],
    ["/profiles?sort=name", {}, "?sort: unknown key, wanted status, site, after, limit"],
    ["/status?verbose=1", {}, "?verbose: unknown key, wanted none"],
    ["/profiles?status=up", {}, '?status: found "up", wanted a status: online, degraded, checking'],
    ["/explain?name=x", {}, "?client: is missing, wanted an IPv4 or IPv6 address, such as 203.0.113.7"],
    ["/explain?name=x&client=localhost", {}, '?client: found "localhost", wanted an IPv4'],
    ["/explain?name=x&client=::1&type=mx", {}, '?type: found "mx", wanted A, AAAA, CNAME'],
    ["/explain?name=x&client=::1&down=p0", {}, '?down: found "p0", wanted PROFILE/ENDPOINT'],
    ["/explain?name=x&client=::1&subnet=no", {}, '?subnet: found "no", wanted'],
    ["/endpoints?label=provider", {}, '?label: found "provider", wanted KEY=VALUE'],
    ["/history?since=yesterday", {}, '?since: found "yesterday", wanted a duration back from now'],
    ["/generations/x", {}, 'number: found "x", wanted the number of a generation'],
    ["/overrides", { method: "DELETE" }, "?pattern: is missing, wanted a pattern of endpoints"],
    ["/overrides", { ...post, json: {} }, "pattern: is missing, wanted a pattern of endpoints"],
    [
      "/overrides",
      { ...post, json: { ...override, action: "off" } },
      'action: found "off", wanted up, down, out, drain',
    ],
    [
      "/overrides",
      { ...post, json: { ...override, for: 7200 } },
      "for: found 7200, wanted a duration with its unit from 1s to 3650d",
    ],
    [
      "/overrides",
      { ...post, json: { ...override, for: "2 hours" } },
      'for: found "2 hours", wanted a duration with its unit',
    ],
    ["/overrides", { ...post, json: { ...override, for: "0s" } }, 'for: found "0s", wanted a duration with its unit'],
    ["/overrides", { ...post, json: { ...override, force: "yes" } }, 'force: found "yes", wanted true or false'],
    [
      "/overrides",
      { ...post, json: { ...override, until: "x" } },
      "until: unknown key, wanted pattern, action, for, over",
    ],
    ["/overrides", { ...post, json: [] }, "body: found a list, wanted an object"],
    ["/overrides", { ...post, json: { ...override, pattern: "x".repeat(501) } }, 'pattern: found "xxxx'],
    ["/reports", { ...post, json: { subject: "p0/e0" } }, "body: found an object, wanted at least one of up and load"],
    [
      "/reports",
      { ...post, json: { subject: "p0", up: true } },
      'subject: found "p0", wanted PROFILE/ENDPOINT or site:NAME',
    ],
    ["/reports", { ...post, json: { subject: "p0/e0/x", up: true } }, "subject: "],
    ["/reports", { ...post, json: { subject: "label:a=b", up: true } }, "subject: "],
    ["/reports", { ...post, json: { subject: "p0/e0", up: "yes" } }, 'up: found "yes", wanted true or false'],
    [
      "/reports",
      { ...post, json: { subject: "p0/e0", load: -1 } },
      "load: found -1, wanted a number of per cent from 0 to 10000",
    ],
    ["/reports", { ...post, json: { subject: "p0/e0", load: "7" } }, "load: "],
    [
      "/reports",
      { ...post, body: '{"subject":"p0/e0","load":1e999}', headers: { "content-type": "application/json" } },
      "load: ",
    ],
    ["/reports", { ...post, json: { subject: "p0/e0", up: true, reason: "a\nb" } }, "reason: "],
    ["/reports", { ...post, json: { subject: "p0/e0", up: true, reason: "\u202eabc" } }, "reason: "],
    ["/reports", { ...post, json: { subject: "p0/e0", up: true, reason: "x".repeat(201) } }, "reason: "],
    ["/reports", { ...post, json: { subject: "p0/e0", up: true, validFor: "2d" } }, "validFor: "],
    ["/probe", { ...post, json: { endpoint: "p0" } }, 'endpoint: found "p0", wanted PROFILE/ENDPOINT'],
  ])("%s %o is 400: %s", async ([path, options, message]) => {
    const told = await asked(path, { token: OPERATOR.token, ...options });
    expect(told).toMatchObject({ status: 400, body: { code: "bad-request" } });
    expect(told.body.message).toContain(message);
    expect(told.body.message.length).toBeLessThan(600);
    expect(told.body.detail).toBe(told.body.message);
    expect(api.desk.done).toEqual([]);
  });

  test("a body that is no JSON is malformed", async () => {
    const told = await asked("/overrides", { ...post, body: "{", headers: { "content-type": "application/json" } });
    expect(told).toMatchObject({ status: 400, body: { code: "malformed" } });
  });

  test("a body that is nested as deep as can be is refused like any other", async () => {
    for (const body of [
      "[".repeat(60_000),
      `${"[".repeat(30_000)}${"]".repeat(30_000)}`,
      `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`,
    ]) {
      const told = await asked("/overrides", { ...post, body, headers: { "content-type": "application/json" } });
      expect(told).toMatchObject({ status: 400 });
    }
  });

  test("a body that would change the prototype of what reads it is malformed", async () => {
    const body = '{"pattern":"p0/e0","action":"out","__proto__":{"force":true}}';
    const told = await asked("/overrides", { ...post, body, headers: { "content-type": "application/json" } });
    expect(told).toMatchObject({ status: 400, body: { code: "malformed" } });
  });

  test.for([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
    undefined,
  ])("a body of the type %s is 415: a page of another site can send those without being asked", async (type) => {
    const headers = type === undefined ? {} : { "content-type": type };
    const told = await asked("/overrides", { ...post, body: JSON.stringify(override), headers });
    expect(told).toMatchObject({ status: 415, body: { code: "wrong-content-type" } });
    expect(api.desk.done).toEqual([]);
  });

  test.for([
    ["POST", "/status", "GET, HEAD"],
    ["PUT", "/overrides", "GET, HEAD, POST, DELETE"],
    ["GET", "/reload", "POST"],
    ["HEAD", "/events", "GET"],
  ])("%s %s is 405 and says which there are", async ([method, path, allow]) => {
    const told = await asked(path!, { method: method! });
    expect(told.status).toBe(405);
    expect(told.headers["allow"]).toBe(allow);
  });

  test.for(["/", "/nothing", "/status/", "/profiles/a/b/c"])("%s is 404 with a problem", async (path) => {
    const told = await asked(path);
    expect(told).toMatchObject({ status: 404, body: { code: "unknown-path" } });
  });

  test.for(["/%zz", `/profiles/${"x".repeat(600)}`])("%s gets a problem of the client's", async (path) => {
    const told = await asked(path);
    expect(told.headers["content-type"]).toMatch(/^application\/problem\+json/);
    expect(told.status).toBeGreaterThanOrEqual(400);
    expect(told.status).toBeLessThan(500);
  });
});

test("HEAD answers as GET does, without the body", async () => {
  const told = await asked("/status", { method: "HEAD" });
  expect(told).toMatchObject({ status: 200, text: "" });
});

test("answers are for nobody else: no cache, no sniffing, no frames, no other site, and no word of HSTS", async () => {
  const { headers } = await asked("/status");
  expect(headers).toMatchObject({
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
  });
  expect(headers).not.toHaveProperty("access-control-allow-origin");
  expect(headers).not.toHaveProperty("strict-transport-security");
});

test("/ lists the routes of the API beside the pages", async () => {
  const { text } = await ask(api.url, "/");
  expect(text).toMatch(/^GET +\/metrics +metrics for Prometheus$/m);
  for (const { method, path } of API_ROUTES) expect(text).toContain(`${method} /api/v1${path}`);
});

test("without a desk there is no API", async () => {
  const { url } = await startApi({ deps: { control: undefined } });
  expect(await ask(url, "/api/v1/status")).toMatchObject({ status: 404, body: { code: "unknown-path" } });
  expect((await ask(url, "/")).text).not.toContain("/api/");
});
