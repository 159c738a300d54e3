/** Who may: each request over a real socket, and what of it is kept. */
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { API_ROUTES } from "../../../src/admin/api/routes/table.ts";
import { createTokenTable } from "../../../src/admin/tokens/token-table.ts";
import {
  ask,
  memoryLogger,
  OPERATOR,
  READER,
  REPORTER,
  startApi,
  stopServers,
  TOKEN_FILE,
  type ApiServer,
  type Ask,
} from "../../support/api-server.ts";

const WRONG = OPERATOR.token.replace(/..$/, "xx");

const change: Ask = { method: "POST", json: { pattern: "p0/e0", action: "out" } };

let api: ApiServer;

afterEach(async () => {
  vi.useRealTimers();
  await stopServers();
});

describe("on loopback", () => {
  beforeEach(async () => {
    api = await startApi();
  });

  test("reading is open", async () => {
    expect((await ask(api.url, "/api/v1/status")).status).toBe(200);
  });

  test("behind a proxy it is not", async () => {
    const told = await ask(api.url, "/api/v1/status", { headers: { "x-forwarded-for": "127.0.0.1" } });
    expect(told).toMatchObject({ status: 401, body: { code: "unauthorized" } });
    expect(told.headers["www-authenticate"]).toBe('Bearer realm="geosteer"');
  });

  test("a wrong token is told, though none is needed", async () => {
    expect(await ask(api.url, "/api/v1/status", { token: WRONG })).toMatchObject({ status: 401 });
  });

  test.for(
    API_ROUTES.filter(({ role }) => role === "operate").map(
      ({ method, path, operationId }) => [operationId, method, path] as const,
    ),
  )("%s needs a token", async ([, method, route]) => {
    const path = `/api/v1${route.replace("{id}", "1")}`;
    expect(await ask(api.url, path, { method, ...(method === "POST" && { json: {} }) })).toMatchObject({
      status: 401,
      body: { code: "unauthorized" },
    });
    expect(api.desk.refusals).toEqual([
      `no token 127.0.0.1 ${method} ${route}: a change needs a token of the role operate, wanted the header authorization: Bearer TOKEN; or ask over the control socket`,
    ]);
    expect(api.log).toMatchObject([{ who: "no token", from: "127.0.0.1", what: `${method} ${route}` }]);
  });

  test("a change with a token is its own", async () => {
    expect((await ask(api.url, "/api/v1/overrides", { ...change, token: OPERATOR.token })).status).toBe(201);
    expect(api.desk.done).toEqual(["operator 127.0.0.1 override p0/e0 out"]);
    expect(api.desk.refusals).toEqual([]);
  });

  test("a token that may read changes nothing: 403, kept with its name", async () => {
    const told = await ask(api.url, "/api/v1/overrides", { ...change, token: READER.token });
    expect(told).toMatchObject({
      status: 403,
      body: { code: "forbidden", message: "the role of the token reader is read, wanted operate" },
    });
    expect(api.desk.done).toEqual([]);
    expect(api.desk.refusals).toEqual([
      "reader 127.0.0.1 POST /overrides: the role of the token reader is read, wanted operate",
    ]);
  });

  test("a wrong token changes nothing, and is nowhere to be read", async () => {
    const told = await ask(api.url, "/api/v1/overrides", { ...change, token: WRONG });
    expect(told).toMatchObject({ status: 401, body: { code: "unauthorized" } });
    expect(api.desk.refusals).toHaveLength(1);
    const kept = JSON.stringify([api.log, api.desk.refusals, told.body]);
    expect(kept).not.toContain(WRONG);
    expect(kept).not.toContain(WRONG.slice(0, 20));
  });

  test.for<[what: string, headers: Record<string, string>]>([
    ["a page of another site", { origin: "https://evil.example" }],
    ["a page of nowhere", { origin: "null" }],
    ["what the browser says is of another site", { "sec-fetch-site": "cross-site" }],
  ])("%s is refused, with a token too", async ([, headers]) => {
    for (const asked of [change, { method: "GET" }]) {
      const told = await ask(api.url, "/api/v1/overrides", { ...asked, token: OPERATOR.token, headers });
      expect(told).toMatchObject({ status: 403, body: { code: "cross-site" } });
      expect(told.headers).not.toHaveProperty("access-control-allow-origin");
    }
    expect(api.desk.done).toEqual([]);
    expect(api.desk.refusals).toHaveLength(1);
  });

  test("a change without a body must be said to be JSON too: a form can send it without", async () => {
    const told = await ask(api.url, "/api/v1/reload", { method: "POST", token: OPERATOR.token });
    expect(told).toMatchObject({ status: 415, body: { code: "wrong-content-type" } });
    expect(api.desk.done).toEqual([]);
  });

  test("no page of another site is let ask first (CORS preflight)", async () => {
    const headers = { origin: "https://evil.example", "access-control-request-method": "DELETE" };
    const told = await ask(api.url, "/api/v1/overrides", { method: "OPTIONS", headers });
    expect(told.status).toBeGreaterThanOrEqual(400);
    expect(Object.keys(told.headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
  });

  test("a name that leads here and is none of ours is refused, with a problem", async () => {
    const told = await ask(api.url, "/api/v1/status", { headers: { host: "evil.example" } });
    expect(told).toMatchObject({ status: 421, body: { code: "wrong-host" } });
  });
});

test("listening on all addresses, reading needs a token from everywhere", async () => {
  api = await startApi({ host: "0.0.0.0" });
  const url = api.url.replace("0.0.0.0", "127.0.0.1");
  expect(await ask(url, "/api/v1/status")).toMatchObject({ status: 401, body: { code: "unauthorized" } });
  expect((await ask(url, "/api/v1/status", { token: READER.token })).status).toBe(200);
  expect((await ask(url, "/metrics")).status).toBe(200);
  expect((await ask(url, "/livez")).status).toBe(200);
});

test("tokens of a file that has changed count from the next request on; those of a broken one never", async () => {
  const tokens = createTokenTable({ logger: memoryLogger() });
  tokens.replace(TOKEN_FILE, "tokens");
  api = await startApi({ deps: { tokens } });
  const status = async () =>
    (await ask(api.url, "/api/v1/reload", { method: "POST", json: {}, token: OPERATOR.token })).status;
  expect(await status()).toBe(200);
  tokens.replace("operator operate", "tokens");
  expect(await status()).toBe(200);
  tokens.replace(READER.line, "tokens");
  expect(await status()).toBe(401);
});

describe("who guesses", () => {
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    api = await startApi();
  });

  const guess = async () => (await ask(api.url, "/api/v1/status", { token: WRONG })).status;

  test("has ten guesses, then one every six seconds", async () => {
    for (let guessed = 0; guessed < 10; guessed++) expect(await guess()).toBe(401);
    const told = await ask(api.url, "/api/v1/status", { token: WRONG });
    expect(told).toMatchObject({ status: 429, body: { code: "too-many-failures" } });
    expect(told.headers["retry-after"]).toBe("6");
    vi.setSystemTime(Date.now() + 6001);
    expect(await guess()).toBe(401);
    expect(await guess()).toBe(429);
  });

  test("learns nothing from then on: a right token is not looked at", async () => {
    for (let guessed = 0; guessed < 10; guessed++) await guess();
    expect((await ask(api.url, "/api/v1/status", { token: OPERATOR.token })).status).toBe(429);
  });

  test("locks nobody out of what needs no token, nor of the pages", async () => {
    for (let guessed = 0; guessed < 12; guessed++) await guess();
    expect((await ask(api.url, "/api/v1/status")).status).toBe(200);
    expect((await ask(api.url, "/livez")).status).toBe(200);
    expect((await ask(api.url, "/metrics")).status).toBe(200);
  });

  test("who has no token at all guesses nothing", async () => {
    for (let asked = 0; asked < 20; asked++) await ask(api.url, "/api/v1/reload", { method: "POST", json: {} });
    expect((await ask(api.url, "/api/v1/reload", { method: "POST", json: {}, token: OPERATOR.token })).status).toBe(
      200,
    );
  });

  test("whoever asks too much waits, and the pages do not", async () => {
    const statuses: number[] = [];
    for (let asked = 0; asked < 110; asked++) statuses.push((await ask(api.url, "/api/v1/databases")).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(100);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
    expect((await ask(api.url, "/livez")).status).toBe(200);
  });
});

describe("over the control socket", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "geosteer-"));
    api = await startApi({ control: path.join(folder, "control.sock") });
  });
  afterEach(() => rm(folder, { recursive: true }));

  test("everything is allowed without a token, to the control socket", async () => {
    expect((await ask(api.control!, "/api/v1/overrides", change)).status).toBe(201);
    expect(api.desk.done).toEqual(["control socket control socket override p0/e0 out"]);
  });

  test("the user is told where the machine tells who that is", async () => {
    const peerUser = vi.fn<(descriptor: number) => number>(() => 1000);
    const other = await startApi({ control: path.join(folder, "other.sock"), deps: { peerUser } });
    await ask(other.control!, "/api/v1/overrides", change);
    expect(other.desk.done).toEqual(["uid:1000 control socket override p0/e0 out"]);
    expect(peerUser.mock.calls.every(([descriptor]) => descriptor > 2)).toBe(true);
  });

  test("no name is wrong: no page of the web comes there", async () => {
    const socket = connect(api.control!);
    socket.write("GET /api/v1/status HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 /);
  });

  test("wrong tokens elsewhere do not matter here, nor does one that is sent here", async () => {
    for (let guessed = 0; guessed < 12; guessed++) await ask(api.url, "/api/v1/status", { token: WRONG });
    expect((await ask(api.control!, "/api/v1/reload", { method: "POST", json: {}, token: WRONG })).status).toBe(200);
  });

  test("a change must be said to be JSON, as everywhere", async () => {
    const told = await ask(api.control!, "/api/v1/overrides", { ...change, headers: { "content-type": "text/plain" } });
    expect(told.status).toBe(415);
  });
});

describe("a body of 100 MB", () => {
  beforeEach(async () => {
    api = await startApi();
  });

  /** Sends as long as it may; returns the status line, and the octets that went out. */
  async function pour(head: string, chunk: Buffer): Promise<{ answer: string; sent: number }> {
    const { port, hostname } = new URL(api.url);
    const socket = connect(Number(port), hostname);
    let answer = "";
    socket.on("data", (octets) => (answer += octets.toString("latin1"))).on("error", () => {});
    socket.write(head);
    while (!socket.destroyed && socket.bytesWritten < 100_000_000) {
      if (!socket.write(chunk)) await Promise.race([once(socket, "drain"), once(socket, "close")]).catch(() => {});
    }
    if (!socket.destroyed) socket.end();
    if (!socket.closed) await once(socket, "close").catch(() => {});
    return { answer, sent: socket.bytesWritten };
  }

  const megabyte = Buffer.alloc(1_000_000, "x");
  const head = (more: string, token = OPERATOR.token) =>
    `POST /api/v1/overrides HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\n${more}\r\n\r\n`;

  test.for<[what: string, head: string, status: RegExp]>([
    ["that is announced", head("Content-Length: 100000000"), /^HTTP\/1\.1 413 /],
    ["without the right to", head("Content-Length: 100000000", WRONG), /^HTTP\/1\.1 401 /],
  ])("%s is cut off early", async ([, head, status]) => {
    const { answer, sent } = await pour(head, megabyte);
    // A reset may overtake it.
    expect(answer === "" || status.test(answer)).toBe(true);
    expect(sent).toBeLessThan(20_000_000);
    expect((await ask(api.url, "/api/v1/status")).status).toBe(200);
  });

  test("that comes in pieces is cut off early", async () => {
    const piece = Buffer.concat([Buffer.from("f4240\r\n"), megabyte, Buffer.from("\r\n")]);
    const { sent } = await pour(head("Transfer-Encoding: chunked"), piece);
    expect(sent).toBeLessThan(20_000_000);
  });

  test("is answered 413 to a client that waits for the answer", async () => {
    const { port, hostname } = new URL(api.url);
    const socket = connect(Number(port), hostname);
    socket.write(head("Content-Length: 100000000"));
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('"code":"body-too-large"');
  });

  test("what is not larger than 64 KiB is read", async () => {
    const body = JSON.stringify({ pattern: "p0/e0", action: "out" }).padEnd(64 * 1024, " ");
    const headers = { "content-type": "application/json" };
    const send = (body: string) =>
      ask(api.url, "/api/v1/overrides", { method: "POST", token: OPERATOR.token, body, headers });
    expect((await send(body)).status).toBe(201);
    expect((await send(`${body} `)).status).toBe(413);
  });
});

test("a head that is too long, or no HTTP, gets a problem", async () => {
  api = await startApi();
  const { port, hostname } = new URL(api.url);
  for (const [sent, status] of [
    [`GET /api/v1/status HTTP/1.1\r\nX: ${"x".repeat(9000)}\r\n\r\n`, 431],
    ["\u0016\u0003\u0001 no HTTP\r\n\r\n", 400],
  ] as const) {
    const socket = connect(Number(port), hostname);
    socket.write(sent);
    const answer = await text(socket);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toContain("Content-Type: application/problem+json");
    expect(JSON.parse(answer.split("\r\n\r\n")[1]!)).toMatchObject({ status });
  }
});

describe("a token of the role report", () => {
  const report = (json: object, token: string) => ask(api.url, "/api/v1/reports", { method: "POST", json, token });

  beforeEach(async () => {
    api = await startApi();
  });

  test.for(["p0/e0", "site:munich"])("reports of %s, and no audit has it", async (subject) => {
    expect(await report({ subject, up: true }, REPORTER.token)).toMatchObject({ status: 200, body: { subject } });
    expect([api.desk.done, api.desk.refusals, api.log]).toEqual([[], [], []]);
  });

  test("may not of another subject, which is kept", async () => {
    const told = await report({ subject: "p1/e0", up: true }, REPORTER.token);
    expect(told).toMatchObject({ status: 403, body: { code: "not-its-subject" } });
    expect(api.desk.refusals).toEqual([
      "reporter 127.0.0.1 POST /reports: The token may report of other subjects alone.",
    ]);
  });

  test.for(API_ROUTES.filter(({ role }) => role !== "report").map(({ method, path }) => [method, path] as const))(
    "may not %s %s",
    async ([method, route]) => {
      const path = `/api/v1${route.replaceAll(/\{\w+\}/g, "1")}`;
      const asked = { method, token: REPORTER.token, ...(method === "POST" && { json: {} }) };
      expect(await ask(api.url, path, asked)).toMatchObject({ status: 403, body: { code: "forbidden" } });
    },
  );

  test("who operates reports too, and who reads does not", async () => {
    expect((await report({ subject: "p1/e0", up: true }, OPERATOR.token)).status).toBe(200);
    expect(await report({ subject: "p0/e0", up: true }, READER.token)).toMatchObject({
      status: 403,
      body: { message: "the role of the token reader is read, wanted report" },
    });
  });

  test("without a token nobody reports, on loopback neither", async () => {
    const told = await ask(api.url, "/api/v1/reports", { method: "POST", json: { subject: "p0/e0", up: true } });
    expect(told).toMatchObject({ status: 401, body: { code: "unauthorized" } });
    expect(api.desk.refusals).toHaveLength(1);
  });
});
