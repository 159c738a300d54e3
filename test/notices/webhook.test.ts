/** Webhooks against receivers over real sockets, good ones and bad ones. The clock and chance alone are the tests'. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { SubjectState } from "../../src/control/subject-states.ts";
import type { KeptWebhook } from "../../src/notices/notice-store.ts";
import { LIFETIME } from "../../src/notices/retry.ts";
import { createWebhook, type Webhook, type WebhookDeps } from "../../src/notices/webhook.ts";
import { NOTICE_KINDS, type NoticeSettings } from "../../src/shared/notice-settings.ts";
import type { NoticeChange } from "../../src/state/store/records.ts";
import { endpoint, message } from "../support/notice-data.ts";
import { recordingLogger } from "../support/recording-logger.ts";
import { isSignedBy } from "../support/verify-webhook.ts";
import { answer, type Behaviour, type Receiver, startReceiver } from "../support/webhook-receiver.ts";

const KEY = Buffer.alloc(32, 7);

describe("createWebhook", () => {
  let receiver: Receiver;
  let webhook: Webhook;
  let states: readonly SubjectState[];
  let skipped: number;
  let log: ReturnType<typeof recordingLogger>;
  let written: NoticeChange[];

  const settingsFor = (url: string, more: Partial<NoticeSettings> = {}): NoticeSettings => ({
    name: "ops",
    url: `${url}/hook/s3cret`,
    format: "json",
    secrets: [KEY],
    on: NOTICE_KINDS,
    only: [],
    gather: 20,
    timeout: 5000,
    ca: undefined,
    headers: { "x-team": "ops" },
    ...more,
  });

  let nextId = 0;
  const depsWith = (more: Partial<WebhookDeps> = {}): WebhookDeps => ({
    clock: () => Date.now() + skipped,
    random: () => 0.999_999,
    logger: log.logger,
    store: { changeNotices: async (change) => written.push(change) > 0 },
    states: () => [states],
    server: () => "ns1",
    newId: () => `msg_${++nextId}`,
    ...more,
  });

  /** One that has been told that all is well. */
  const start = (
    more: Partial<NoticeSettings> = {},
    kept: KeptWebhook = { messages: [], told: new Map() },
    deps: Partial<WebhookDeps> = {},
  ): Webhook => {
    webhook = createWebhook(settingsFor(receiver.url, more), kept, depsWith(deps));
    return webhook;
  };

  const receive = async (...behaviours: readonly Behaviour[]): Promise<void> => {
    receiver = await startReceiver(...behaviours);
  };

  /** Something changes, and the webhook is told. */
  const become = (...now: readonly SubjectState[]): void => {
    states = now;
    webhook.poke();
  };

  const changesIn = (body: string): readonly string[] => {
    const { data } = JSON.parse(body) as { data: { changes: { subject: string; from: string; to: string }[] } };
    return data.changes.map(({ subject, from, to }) => `${subject}: ${from} -> ${to}`);
  };
  const told = (): readonly (readonly string[])[] => receiver.received.map(({ body }) => changesIn(body));
  const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 10_000, interval: 5 });
  const untilReceived = (count: number): Promise<void> =>
    until(() => expect(receiver.received.length).toBeGreaterThanOrEqual(count));

  beforeEach(() => {
    states = [];
    skipped = 0;
    log = recordingLogger();
    written = [];
  });
  afterEach(async () => {
    webhook.stop();
    await receiver.stop();
  });

  test("a message is signed, and forgotten once it is taken", async () => {
    await receive();
    start();
    become(endpoint("fra", "degraded", { reason: "status 503" }));
    await until(() => expect(webhook.counts().delivered).toBe(1));
    const [{ path, headers, body }] = receiver.received as [Receiver["received"][number]];
    expect(path).toBe("/hook/s3cret");
    expect(headers).toMatchObject({ "content-type": "application/json", "x-team": "ops" });
    expect(isSignedBy(KEY, headers, body)).toBe(true);
    expect(Math.abs(Number(headers["webhook-timestamp"]) - Date.now() / 1000)).toBeLessThan(60);
    expect(changesIn(body)).toEqual(["shop/fra: online -> degraded"]);
    const id = String(headers["webhook-id"]);
    // It was kept before it was sent.
    expect(written.map(({ add, remove }) => [add.map((one) => one.id), remove])).toEqual([
      [[id], []],
      [[], [id]],
    ]);
    expect(webhook.status()).toMatchObject({ queued: 0, delivered: 1, failingSince: undefined, lastError: undefined });
  });

  // A disk that is slow has a message given up while what comes after it is being kept.
  test("what is given up while something else is kept is not taken for told", async () => {
    let refuse: (() => void) | undefined;
    await receive((response) => void (refuse = () => response.writeHead(410).end()));
    const kept = Promise.withResolvers<boolean>();
    let stored = 0;
    const store = {
      changeNotices: async (change: NoticeChange): Promise<boolean> =>
        change.add.length > 0 && stored++ > 0 ? kept.promise : true,
    };
    start({}, undefined, { store });
    become(endpoint("fra", "degraded"));
    await until(() => expect(refuse).toBeDefined());
    become(endpoint("fra", "degraded"), endpoint("muc", "degraded"));
    await until(() => expect(stored).toBe(2));
    refuse!();
    await until(() => expect(webhook.status().gone).toBe(true));
    kept.resolve(true);
    await until(() => expect(webhook.status().queued).toBe(1));
    expect([...webhook.kept().told!.values()].map(({ part }) => part)).toEqual(["muc"]);
  });

  test("one message tells of a burst; what is back by then is left out", async () => {
    await receive();
    start({ gather: 150 });
    become(endpoint("fra", "degraded"));
    become(endpoint("fra", "degraded"), endpoint("ber", "degraded"));
    become(endpoint("fra", "online"), endpoint("ber", "degraded"), endpoint("par", "degraded"));
    await untilReceived(1);
    become(endpoint("ber", "online"), endpoint("par", "degraded"));
    await untilReceived(2);
    expect(told()).toEqual([
      ["shop/ber: online -> degraded", "shop/par: online -> degraded"],
      ["shop/ber: degraded -> online"],
    ]);
  });

  test("what is so before anything was told is not told, and what comes then is", async () => {
    await receive();
    states = [endpoint("fra", "degraded")];
    start({}, { messages: [], told: undefined });
    await until(() => expect(webhook.kept().told?.size).toBe(1));
    become(endpoint("fra", "degraded"), endpoint("ber", "degraded"));
    await untilReceived(1);
    expect(told()).toEqual([["shop/ber: online -> degraded"]]);
  });

  test("it waits until it is known how all is", async () => {
    await receive();
    let known = false;
    start({}, undefined, { states: () => (known ? [states] : undefined) });
    become(endpoint("fra", "degraded"));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(receiver.received).toEqual([]);
    known = true;
    await untilReceived(1);
  });

  const HANG: Behaviour = () => {};
  const RESET: Behaviour = (_, socket) => void socket.resetAndDestroy();
  const CLOSE: Behaviour = (_, socket) => void socket.destroy();
  const NO_HTTP: Behaviour = (_, socket) => void socket.end("220 smtp.example.com ESMTP\r\n");
  const CUT: Behaviour = (_, socket) => void socket.end("HTTP/1.1 20");
  const LONG_HEAD: Behaviour = (_, socket) => void socket.write(`HTTP/1.1 200 OK\r\nx: ${"a".repeat(1e6)}\r\n\r\n`);

  test.for<[string, Behaviour, RegExp]>([
    ["status 500", answer(500), /^status 500$/],
    ["status 404", answer(404), /^status 404$/],
    [
      "a redirect, which is not followed",
      answer(302, { location: "/elsewhere" }),
      /^status 302: redirects are not followed$/,
    ],
    ["a hang", HANG, /^no answer within 0.2s$/],
    ["a reset", RESET, /^connection (?:reset|closed without an answer)$/],
    ["a close", CLOSE, /^connection closed without an answer$/],
    ["another protocol", NO_HTTP, /^the answer is no HTTP$/],
    ["a head that is cut off", CUT, /^(?:connection closed without an answer|the answer is no HTTP)$/],
    ["a head without end", LONG_HEAD, /^(?:the head of the answer is too long|the answer is no HTTP)$/],
  ])("after %s the same message comes again, signed anew, and those behind it wait", async ([, bad, expected]) => {
    await receive(bad, answer(204));
    start({ timeout: bad === HANG ? 200 : 5000 });
    become(endpoint("fra", "degraded"));
    await until(() => expect(webhook.counts().failed).toBe(1));
    expect(webhook.status()).toMatchObject({
      queued: 1,
      lastError: expect.stringMatching(expected) as unknown,
      failingSince: expect.any(String) as unknown,
      nextTry: expect.any(String) as unknown,
    });
    become(endpoint("fra", "degraded"), endpoint("ber", "degraded"));
    await until(() => expect(webhook.status().queued).toBe(2));
    expect(receiver.received).toHaveLength(1);
    skipped += 10_000;
    await until(() => expect(webhook.counts().delivered).toBe(2));
    const [first, again, next] = receiver.received;
    expect(again!.headers["webhook-id"]).toBe(first!.headers["webhook-id"]);
    expect(again!.body).toBe(first!.body);
    expect(isSignedBy(KEY, again!.headers, again!.body)).toBe(true);
    expect(changesIn(next!.body)).toEqual(["shop/ber: online -> degraded"]);
    expect(receiver.mostAtATime()).toBe(1);
    expect(webhook.status()).toMatchObject({ queued: 0, failingSince: undefined, lastError: undefined });
  });

  test("a body without end does not hold it up", async () => {
    await receive((response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write("x".repeat(65_536)), 1);
      response.once("close", () => clearInterval(timer));
    }, answer(200));
    start();
    become(endpoint("fra", "degraded"));
    await until(() => expect(webhook.counts().delivered).toBe(1));
    become();
    await untilReceived(2);
  });

  test("nobody listens there", async () => {
    await receive();
    await receiver.stop();
    start();
    become(endpoint("fra", "degraded"));
    await until(() => expect(webhook.status().lastError).toBe("connection refused"));
  });

  test("Retry-After is kept, up to an hour", async () => {
    await receive(answer(429, { "retry-after": "1800" }), answer(503, { "retry-after": "999999" }), answer(204));
    start();
    become(endpoint("fra", "degraded"));
    const waitOf = (): number => (Date.parse(webhook.status().nextTry!) - Date.now() - skipped) / 1000;
    await until(() => expect(webhook.counts().failed).toBe(1));
    expect(waitOf()).toBeGreaterThan(1700);
    expect(waitOf()).toBeLessThanOrEqual(1800);
    skipped += 1_801_000;
    webhook.addOlder([]);
    await until(() => expect(webhook.counts().failed).toBe(2));
    expect(waitOf()).toBeGreaterThan(3500);
    expect(waitOf()).toBeLessThanOrEqual(3600);
  });

  test("410: nothing is sent any more until a test is taken, which then tells what has changed", async () => {
    await receive(answer(410), answer(204));
    start();
    become(endpoint("fra", "degraded"));
    await until(() => expect(webhook.status()).toMatchObject({ gone: true, queued: 0, dropped: 1 }));
    become(endpoint("fra", "degraded"), endpoint("ber", "degraded"));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(receiver.received).toHaveLength(1);
    expect(await webhook.test()).toMatchObject({ ok: true, status: 204 });
    await untilReceived(3);
    expect(told().at(-1)).toEqual(["shop/fra: online -> degraded", "shop/ber: online -> degraded"]);
    expect(webhook.status().gone).toBe(false);
  });

  test("after a day a message is given up, and what is still so is told anew", async () => {
    await receive(answer(500), answer(204));
    start();
    become(endpoint("fra", "degraded"), endpoint("ber", "degraded"));
    await until(() => expect(webhook.counts().failed).toBe(1));
    states = [endpoint("fra", "degraded")];
    skipped += LIFETIME + 1000;
    webhook.addOlder([]);
    await untilReceived(2);
    expect(webhook.counts().dropped).toBe(1);
    expect(told()[1]).toEqual(["shop/fra: online -> degraded"]);
    expect(receiver.received[1]!.headers["webhook-id"]).not.toBe(receiver.received[0]!.headers["webhook-id"]);
  });

  test("what was kept is sent first, with the id that it had", async () => {
    await receive();
    const kept = [message({ id: "msg_old", at: Date.now() }), message({ id: "msg_newer", at: Date.now() })];
    start({}, { messages: kept, told: new Map() });
    become(endpoint("fra", "degraded"));
    await untilReceived(3);
    expect(receiver.received.slice(0, 2).map(({ headers }) => headers["webhook-id"])).toEqual(["msg_old", "msg_newer"]);
  });

  test("what is not kept durably is sent all the same", async () => {
    await receive();
    start({}, undefined, { store: { changeNotices: async () => false } });
    become(endpoint("fra", "degraded"));
    await until(() => expect(webhook.counts().delivered).toBe(1));
    expect(told()).toEqual([["shop/fra: online -> degraded"]]);
  });

  test("test: what the receiver says is the answer; nothing waits for it", async () => {
    await receive(answer(403), answer(200));
    start();
    expect(await webhook.test()).toMatchObject({ notice: "ops", ok: false, status: 403, reason: "status 403" });
    expect(webhook.status()).toMatchObject({ queued: 0, failingSince: undefined });
    expect(await webhook.test()).toMatchObject({ ok: true, status: 200, reason: undefined });
    expect(JSON.parse(receiver.received[1]!.body)).toMatchObject({ data: { test: true, changes: [] } });
  });

  test("test: one at a time", async () => {
    await receive((response) => setTimeout(() => response.end(), 100));
    start();
    const first = webhook.test();
    expect(await webhook.test()).toBe("busy");
    expect(await first).toMatchObject({ ok: true });
  });

  test("no line of the log and no status has the URL or a secret", async () => {
    await receive(answer(500), answer(410));
    start();
    become(endpoint("fra", "degraded"));
    await until(() => expect(webhook.counts().failed).toBe(1));
    skipped += 10_000;
    webhook.addOlder([]);
    await until(() => expect(webhook.status().gone).toBe(true));
    const all = JSON.stringify([log.lines, webhook.status(), written]);
    expect(all).toContain("410");
    expect(all).not.toContain("s3cret");
    expect(all).not.toContain("x-team");
  });

  test("stop: what is under way is left as it is, to be sent by the next life", async () => {
    await receive(HANG);
    start();
    become(endpoint("fra", "degraded"));
    await untilReceived(1);
    webhook.stop();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(webhook.kept().messages).toHaveLength(1);
    expect(written.flatMap(({ remove }) => remove)).toEqual([]);
  });
});
