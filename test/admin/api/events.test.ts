/** `/events` over real sockets: what a client is told, what it has missed, and what many or slow ones cannot do. */
import { once } from "node:events";
import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ControlEvent } from "../../../src/control/control.ts";
import { controlEvent } from "../../../src/admin/api/schemas/event.ts";
import { ask, OPERATOR, startApi, stopServers, type ApiServer } from "../../support/api-server.ts";
import { AT } from "../../support/memory-desk.ts";

let api: ApiServer;

beforeEach(async () => {
  api = await startApi();
});

afterEach(async () => {
  vi.useRealTimers();
  for (const socket of sockets.splice(0)) socket.destroy();
  await stopServers();
});

const sockets: Socket[] = [];

const transition = (subject: string): ControlEvent => ({
  kind: "transition",
  at: AT,
  subject,
  from: "online",
  to: "degraded",
  reason: "refused",
});

interface Followed {
  readonly status: number;
  readonly type: string | undefined;
  readonly closed: () => boolean;
  readonly text: () => string;
}

async function follow(headers: Record<string, string> = {}): Promise<Followed> {
  let text = "";
  let closed = false;
  const asked = request(new URL("/api/v1/events", api.url), { agent: false, headers });
  asked.end();
  const [response] = await once(asked, "response");
  sockets.push(response.socket);
  response.on("data", (octets: Buffer) => (text += octets.toString()));
  response.on("close", () => (closed = true)).on("error", () => {});
  return {
    status: response.statusCode,
    type: response.headers["content-type"],
    closed: () => closed,
    text: () => text,
  };
}

/** The events of a stream, by field. */
function eventsOf(text: string) {
  return text
    .split("\n\n")
    .map((block) =>
      Object.fromEntries(block.split("\n").map((line) => [line.split(":")[0], line.slice(line.indexOf(": ") + 2)])),
    )
    .filter((fields) => fields["event"] !== undefined);
}

describe("what is told", () => {
  test("each event has an id, its kind and its data; before comes how long to wait to come again", async () => {
    const stream = await follow();
    expect(stream).toMatchObject({ status: 200, type: "text/event-stream" });
    await ask(api.url, "/api/v1/overrides", {
      method: "POST",
      token: OPERATOR.token,
      json: { pattern: "p0/e0", action: "out" },
    });
    api.desk.tell(transition("p0"));
    await expect.poll(() => eventsOf(stream.text())).toHaveLength(2);
    expect(stream.text()).toMatch(/^retry: 3000\n\n/);
    const [first, second] = eventsOf(stream.text());
    expect(first).toMatchObject({ event: "override", id: expect.stringMatching(/-1$/) });
    expect(second).toMatchObject({ event: "transition", id: expect.stringMatching(/-2$/) });
    for (const { data, event } of [first!, second!]) {
      const told = controlEvent.parse(JSON.parse(data));
      expect(told).toEqual(JSON.parse(data));
      expect(told.kind).toBe(event);
    }
  });

  test.for<ControlEvent>([
    { kind: "generation", number: 8, at: AT, hash: "00", databases: [], changes: undefined },
    { kind: "reload-refused", at: AT, problems: [{ code: "unknown-key", message: "a\nb" }] },
    { kind: "state", at: AT, state: { file: undefined, durable: false, trouble: "off" } },
  ])("$kind", async (event) => {
    const stream = await follow();
    api.desk.tell(event);
    await expect.poll(() => eventsOf(stream.text())).toHaveLength(1);
    expect(controlEvent.parse(JSON.parse(eventsOf(stream.text())[0]!["data"]))).toEqual(
      JSON.parse(JSON.stringify(event)),
    );
  });

  test("of a load that has changed more than a thousand names no names, of one that was refused twenty problems", async () => {
    const stream = await follow();
    const many = Array.from({ length: 40_000 }, (_, i) => `p${i}`);
    const none = { added: [], removed: [], changed: [] };
    const changes = { profiles: none, endpoints: { ...none, changed: many }, zones: none };
    api.desk.tell({ kind: "generation", number: 8, at: AT, hash: "00", databases: [], changes });
    api.desk.tell({ kind: "reload-refused", at: AT, problems: many.map((code) => ({ code, message: "" })) });
    await expect.poll(() => eventsOf(stream.text())).toHaveLength(2);
    const [generation, refused] = eventsOf(stream.text()).map(({ data }) => JSON.parse(data));
    expect(generation).not.toHaveProperty("changes");
    expect(refused.problems).toHaveLength(20);
  });

  test("a sign of life every 15 seconds", async () => {
    await stopServers();
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    api = await startApi();
    const stream = await follow();
    vi.advanceTimersByTime(15_000);
    await expect.poll(() => stream.text()).toBe("retry: 3000\n\n:\n\n");
  });

  test("a stream goes on beyond the time that an answer may take", async () => {
    await stopServers();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    api = await startApi();
    const stream = await follow();
    vi.advanceTimersByTime(120_000);
    api.desk.tell(transition("p0"));
    await vi.waitFor(() => expect(eventsOf(stream.text())).toHaveLength(1));
  });
});

describe("who comes again", () => {
  test("is told what it has missed, and nothing twice", async () => {
    const stream = await follow();
    for (const subject of ["p0", "p1", "p2"]) api.desk.tell(transition(subject));
    await expect.poll(() => eventsOf(stream.text())).toHaveLength(3);
    const again = await follow({ "last-event-id": eventsOf(stream.text())[0]!["id"]! });
    await expect.poll(() => eventsOf(again.text()).map(({ data }) => JSON.parse(data).subject)).toEqual(["p1", "p2"]);
    const last = await follow({ "last-event-id": eventsOf(stream.text())[2]!["id"]! });
    api.desk.tell(transition("p3"));
    await expect.poll(() => eventsOf(last.text()).map(({ data }) => JSON.parse(data).subject)).toEqual(["p3"]);
  });

  test.for(["", "x", "other-1", "-1", "9".repeat(400)])(
    "with the id %j is told that something may be missing",
    async (id) => {
      api.desk.tell(transition("p0"));
      const stream = await follow({ "last-event-id": id });
      await expect.poll(() => eventsOf(stream.text()).map(({ event }) => event)).toEqual(["missed"]);
    },
  );

  test("after more than a thousand events too, and can go on from there", async () => {
    const stream = await follow();
    api.desk.tell(transition("p0"));
    await expect.poll(() => eventsOf(stream.text())).toHaveLength(1);
    const { id } = eventsOf(stream.text())[0]!;
    for (let told = 0; told < 3000; told++) api.desk.tell(transition("p1"));
    const again = await follow({ "last-event-id": id! });
    await expect.poll(() => eventsOf(again.text()).map(({ event }) => event)).toEqual(["missed"]);
    const later = await follow({ "last-event-id": eventsOf(again.text())[0]!["id"]! });
    api.desk.tell(transition("p2"));
    await expect.poll(() => eventsOf(later.text()).map(({ event }) => event)).toEqual(["transition"]);
  });
});

describe("what many clients cannot do", () => {
  test("64 follow, one more is told to come later, until one has gone", async () => {
    const streams = await Promise.all(Array.from({ length: 64 }, () => follow()));
    const told = await ask(api.url, "/api/v1/events");
    expect(told).toMatchObject({ status: 503, body: { code: "too-many-streams" } });
    expect(told.headers["retry-after"]).toBe("30");
    api.desk.tell(transition("p0"));
    await expect.poll(() => streams.filter((stream) => eventsOf(stream.text()).length === 1)).toHaveLength(64);
    sockets[0]!.destroy();
    await expect
      .poll(async () => {
        const stream = await follow();
        return stream.status;
      })
      .toBe(200);
  });

  test("10,000 that open one keep nobody from the pages, and those who follow go on", async () => {
    const early = await follow();
    const { port } = new URL(api.url);
    let refused = 0;
    const waits: number[] = [];
    const flooding = { goesOn: true };
    const flood = async (client: number): Promise<void> => {
      for (let opened = 0; opened < 100; opened++) {
        const socket = connect({ port: Number(port), host: "127.0.0.1", localAddress: `127.0.1.${client + 1}` });
        socket.on("error", () => {});
        socket.on("data", (octets: Buffer) => {
          if (/^HTTP\/1\.1 (?:503|429) /.test(octets.toString("latin1"))) refused++;
          if (!octets.toString("latin1").startsWith("HTTP/1.1 200")) socket.destroy();
        });
        socket.write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        sockets.push(socket);
        await Promise.race([once(socket, "data"), once(socket, "close")]).catch(() => {});
      }
    };
    const scrape = async (): Promise<void> => {
      while (flooding.goesOn) {
        for (const page of ["/livez", "/metrics"]) {
          const began = performance.now();
          expect((await ask(api.url, page)).status).toBe(200);
          waits.push(performance.now() - began);
        }
        await sleep(20);
      }
    };
    const scraping = scrape();
    await Promise.all(Array.from({ length: 100 }, (_, client) => flood(client)));
    flooding.goesOn = false;
    await scraping;
    expect(refused).toBeGreaterThan(9000);
    expect(waits.length).toBeGreaterThan(10);
    api.desk.tell(transition("p0"));
    await expect.poll(() => eventsOf(early.text())).toHaveLength(1);
  }, 60_000);

  test("one that does not read is closed, and nobody waits for it", async () => {
    const { port } = new URL(api.url);
    const slow = connect(Number(port), "127.0.0.1").on("error", () => {});
    slow.write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await once(slow, "data");
    slow.pause();
    sockets.push(slow);
    const quick = await follow();
    const long = { ...transition("p0"), reason: "x".repeat(1000) } as ControlEvent;
    for (let told = 1; told <= 20; told++) {
      for (let each = 0; each < 1000; each++) api.desk.tell(long);
      await expect.poll(() => quick.text().split("\n\n").length, { timeout: 10_000 }).toBe(told * 1000 + 2);
    }
    expect(quick.closed()).toBe(false);
    let octets = 0;
    slow.on("data", (chunk: Buffer) => (octets += chunk.length)).resume();
    await expect.poll(() => slow.closed, { timeout: 10_000 }).toBe(true);
    expect(octets).toBeLessThan(15_000_000);
  }, 30_000);

  test("one that has stopped reading is closed with the second sign of life, however little waits", async () => {
    await stopServers();
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    api = await startApi();
    const { port } = new URL(api.url);
    const slow = connect(Number(port), "127.0.0.1").on("error", () => {});
    slow.write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await once(slow, "data");
    slow.pause();
    sockets.push(slow);
    const long = { ...transition("p0"), reason: "x".repeat(100_000) } as ControlEvent;
    // More than the kernel takes, and less than may wait.
    for (let told = 0; told < 75; told++) {
      api.desk.tell(long);
      await sleep(2);
    }
    vi.advanceTimersByTime(15_000);
    vi.advanceTimersByTime(15_000);
    await expect.poll(async () => (await follow()).status).toBe(200);
    slow.resume();
    await expect.poll(() => slow.closed, { timeout: 5000 }).toBe(true);
  });

  test("a stop ends all streams within a second, and the desk is followed no more", async () => {
    const streams = await Promise.all(Array.from({ length: 64 }, () => follow()));
    expect(api.desk.followers()).toBe(1);
    const before = performance.now();
    await stopServers();
    expect(performance.now() - before).toBeLessThan(900);
    await expect.poll(() => streams.every(({ closed }) => closed())).toBe(true);
    expect(api.desk.followers()).toBe(0);
  });
});
