import { createServer } from "node:http";
import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { buffer, text } from "node:stream/consumers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createHttpServer, type HttpServer, type HttpServerDeps } from "../../src/admin/http-server.ts";
import type { LogFields } from "../../src/shared/ports.ts";
import type { Exposition } from "../../src/telemetry/metrics.ts";

const servers: HttpServer[] = [];
const logged: LogFields[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  logged.length = 0;
});

const QUIET: HttpServerDeps = {
  metrics: { exposition: async () => expositionOf("geosteer_up 1\n") },
  health: { readiness: () => [], stale: () => undefined },
  hosts: () => [],
  logger: { debug: log, info: log, warn: log, error: log },
};

function expositionOf(...slices: readonly string[]): Exposition {
  return { contentType: "text/plain; version=0.0.4", body: slices.map((slice) => Buffer.from(slice)) };
}

/** The health of a server with these reasons not to be ready. */
function notReady(...reasons: readonly string[]): Pick<HttpServerDeps, "health"> {
  return { health: { ...QUIET.health, readiness: () => reasons } };
}

function log(fields: LogFields): void {
  logged.push(fields);
}

function serverOf(deps: Partial<HttpServerDeps> = {}, http = { host: "127.0.0.1", port: 0 }): HttpServer {
  const server = createHttpServer({ http }, { ...QUIET, ...deps });
  servers.push(server);
  return server;
}

async function startedUrl(server: HttpServer): Promise<string> {
  const started = await server.start();
  if (!started.ok) throw new Error(started.error.message);
  return started.value.url!;
}

async function get(path: string, deps: Partial<HttpServerDeps> = {}, init: RequestInit = {}): Promise<Response> {
  return await fetch(new URL(path, await startedUrl(serverOf(deps))), init);
}

describe("routes", () => {
  test("/metrics answers the exposition with its content type", async () => {
    const response = await get("/metrics");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4");
    expect(await response.text()).toBe("geosteer_up 1\n");
  });

  test("/livez answers ok even when not ready", async () => {
    const response = await get("/livez", notReady("worker 1 has not acknowledged generation 2"));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("ok\n");
  });

  test("/readyz answers ok when nothing speaks against it", async () => {
    const response = await get("/readyz");
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("ok\n");
  });

  test("/readyz answers 503 with each reason on a line", async () => {
    const response = await get("/readyz", notReady("worker 1 is starting", "worker 2 is starting"));
    expect(response.status).toBe(503);
    expect(await response.text()).toBe("worker 1 is starting\nworker 2 is starting\n");
  });

  test("/readyz asks anew each time", async () => {
    let reasons = ["starting"];
    const url = new URL(
      "/readyz",
      await startedUrl(serverOf({ health: { ...QUIET.health, readiness: () => reasons } })),
    );
    expect((await fetch(url)).status).toBe(503);
    reasons = [];
    expect((await fetch(url)).status).toBe(200);
  });

  test.for([
    { what: "ready", reasons: [], status: 200, text: "ok\nstale: the last load failed\n" },
    { what: "not ready", reasons: ["starting"], status: 503, text: "starting\nstale: the last load failed\n" },
  ])("/readyz says that a configuration is stale, and is $status when $what", async ({ reasons, status, text }) => {
    const response = await get("/readyz", {
      health: { readiness: () => reasons, stale: () => "the last load failed" },
    });
    expect(response.status).toBe(status);
    expect(await response.text()).toBe(text);
  });

  test("/ lists the other pages", async () => {
    const response = await get("/");
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(`geosteer

GET /metrics  metrics for Prometheus
GET /livez    200 while the process runs
GET /readyz   200 when all queries are answered as configured, otherwise 503 and the reasons
`);
  });

  test.for([
    { what: "an unknown path", path: "/healthz", init: {} },
    { what: "another method", path: "/metrics", init: { method: "POST", body: "x" } },
    { what: "another method with an empty body", path: "/livez", init: { method: "DELETE" } },
  ])("$what gets 404 and the list of pages", async ({ path, init }) => {
    const response = await get(path, {}, init);
    expect(response.status).toBe(404);
    expect(await response.text()).toMatch(/^no such page; there are:\n\nGET \/ +this list\nGET \/metrics /);
  });

  test.for([
    { path: "/metrics", status: 200 },
    { path: "/livez", status: 200 },
    { path: "/readyz", status: 503 },
    { path: "/", status: 200 },
    { path: "/nothing", status: 404 },
  ])("HEAD $path answers $status without a body", async ({ path, status }) => {
    const response = await get(path, notReady("starting"), { method: "HEAD" });
    expect(response.status).toBe(status);
    expect(Number(response.headers.get("content-length"))).toBeGreaterThan(0);
    expect(await response.text()).toBe("");
  });

  test.for(["/", "/metrics", "/livez", "/readyz"])("%s is not to be cached", async (path) => {
    expect((await get(path)).headers.get("cache-control")).toBe("no-store");
  });
});

describe("names", () => {
  /** The status line and body of a request that says it is for `host`. */
  async function askAs(host: string, path: string, deps: Partial<HttpServerDeps> = {}): Promise<string> {
    const url = new URL(await startedUrl(serverOf(deps)));
    const socket = connect(Number(url.port), url.hostname);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    return text(socket);
  }

  test.for(["/metrics", "/livez", "/readyz", "/", "/nothing"])("%s is refused under a foreign name", async (path) => {
    const answer = await askAs("evil.example", path);
    expect(answer).toMatch(/^HTTP\/1\.1 421 /);
    expect(answer).toContain("api.hosts");
    expect(answer).not.toContain("geosteer_up");
  });

  test("one that is configured is served, from the next request on", async () => {
    let hosts = ["ns1.example"];
    expect(await askAs("ns1.example:8053", "/livez", { hosts: () => hosts })).toMatch(/^HTTP\/1\.1 200 /);
    hosts = [];
    expect(await askAs("ns1.example:8053", "/livez", { hosts: () => hosts })).toMatch(/^HTTP\/1\.1 421 /);
  });
});

describe("what one client can take", () => {
  /** More than the kernel holds for a connection that nobody reads. */
  const LARGE = Array<string>(200).fill("x".repeat(100_000));

  afterEach(() => void vi.useRealTimers());

  /** Asks and does not read. */
  function askAndStall(url: string, path = "/metrics"): Socket {
    const { port, hostname } = new URL(url);
    const socket = connect(Number(port), hostname)
      .pause()
      .on("error", () => {});
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`);
    sockets.push(socket);
    return socket;
  }

  /** Whether the other side still has it open. */
  async function wasCut(socket: Socket): Promise<boolean> {
    const octets = await buffer(socket).catch(() => Buffer.alloc(0));
    return octets.length < 20_000_000;
  }

  const sockets: Socket[] = [];
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });

  test("50 scrapers at a time get one exposition, which is made once", async () => {
    let made = 0;
    const begun = Promise.withResolvers<void>();
    const exposition = async () => {
      made++;
      await begun.promise;
      return expositionOf(LARGE[0]!, `${made}\n`);
    };
    const url = new URL("/metrics", await startedUrl(serverOf({ metrics: { exposition } })));
    const asked = Array.from({ length: 50 }, async () => (await fetch(url)).text());
    await expect.poll(() => made).toBe(1);
    setTimeout(begun.resolve, 200);
    const bodies = await Promise.all(asked);
    expect(new Set(bodies.map((body) => body.length))).toEqual(new Set([100_002]));
    expect(made).toBe(1);
  });

  test("an answer that is not taken within the limit ends the connection", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const sent = vi.fn<() => Exposition>(() => expositionOf(...LARGE));
    const url = await startedUrl(serverOf({ metrics: { exposition: async () => sent() } }));
    const socket = askAndStall(url);
    await vi.waitFor(() => expect(sent).toHaveBeenCalledTimes(1));
    vi.advanceTimersByTime(29_999);
    expect((await fetch(new URL("/livez", url))).status).toBe(200);
    vi.advanceTimersByTime(1);
    expect(await wasCut(socket)).toBe(true);
  });

  test("an answer that is taken ends no connection later", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const url = await startedUrl(serverOf());
    await (await fetch(new URL("/metrics", url))).text();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("for a fifth exposition, who still reads the first is cut off, and nobody else", async () => {
    let made = 0;
    const exposition = async () => {
      made++;
      return expositionOf(...LARGE);
    };
    const url = await startedUrl(serverOf({ metrics: { exposition } }));
    const readers: Socket[] = [];
    for (let number = 1; number <= 5; number++) {
      readers.push(askAndStall(url));
      await expect.poll(() => made).toBe(number);
    }
    const rest = readers.map((reader) => wasCut(reader));
    expect(await Promise.all(rest.slice(0, 2))).toEqual([true, false]);
  });

  test("one connection more than the bound closes the one that has asked for nothing the longest", async () => {
    const url = await startedUrl(serverOf());
    const { port, hostname } = new URL(url);
    const open = async (): Promise<Socket> => {
      const socket = connect(Number(port), hostname).on("error", () => {});
      sockets.push(socket);
      await once(socket, "connect");
      return socket;
    };
    const [first, second] = [await open(), await open()];
    for (let more = 2; more < 100; more++) await open();
    first.write("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await once(first, "data");
    second.resume();
    expect((await fetch(new URL("/livez", url))).status).toBe(200);
    // Who asks for nothing at all is closed later, whether there is room or not.
    await expect.poll(() => second.closed, { timeout: 3000 }).toBe(true);
    first.write("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await once(first, "data");
  });

  test("the hundred-and-first request on a connection is not answered", async () => {
    const { port, hostname } = new URL(await startedUrl(serverOf()));
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    socket.write("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(101));
    let answers = "";
    socket.on("data", (chunk: Buffer) => (answers += chunk.toString()));
    await expect.poll(() => answers).toMatch(/^HTTP\/1\.1 503 /m);
    expect(answers.match(/^HTTP\/1\.1 200 /gm)).toHaveLength(100);
  });

  test("a head that is too long is refused", async () => {
    const { port, hostname } = new URL(await startedUrl(serverOf()));
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    socket.write(`GET /livez HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(9000)}\r\n\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe("errors", () => {
  test("of a page answer 500 without details and are logged with the route", async () => {
    const failure = new Error("secret detail");
    const response = await get("/metrics?token=x", { metrics: { exposition: () => Promise.reject(failure) } });
    expect(response.status).toBe(500);
    expect(await response.text()).toBe("internal error; the log has the reason\n");
    expect(logged).toEqual([{ err: failure, route: "/metrics" }]);
  });

  test.for([
    { what: "a path that does not decode", path: "/%zz", init: {} },
    {
      what: "a body of an unknown type",
      path: "/metrics",
      init: { method: "POST", body: "<a/>", headers: { "content-type": "text/xml" } },
    },
    {
      what: "a body that is no JSON",
      path: "/metrics",
      init: { method: "POST", body: "{", headers: { "content-type": "application/json" } },
    },
  ])("of a client are not logged: $what", async ({ path, init }) => {
    const response = await get(path, {}, init);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(logged).toEqual([]);
  });

  test("of the HTTP syntax get 400 and leave the server running", async () => {
    const url = new URL(await startedUrl(serverOf()));
    const socket = connect(Number(url.port), url.hostname);
    socket.end("\u0016\u0003\u0001 no HTTP\r\n\r\n");
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 400 /);
    expect((await fetch(new URL("/livez", url))).status).toBe(200);
  });
});

describe("start", () => {
  test("on port 0 says the URL with the port that it got", async () => {
    const url = await startedUrl(serverOf());
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
    expect((await fetch(url)).status).toBe(200);
  });

  test("returns port-in-use when another server has the port", async () => {
    const other = createServer();
    await once(other.listen(0, "127.0.0.1"), "listening");
    const { port } = other.address() as AddressInfo;
    expect(await serverOf({}, { host: "127.0.0.1", port }).start()).toEqual({
      ok: false,
      error: {
        code: "port-in-use",
        message: `127.0.0.1:${port} TCP: the port is in use; stop the other server or change listen.http`,
      },
    });
    other.close();
  });

  // 192.0.2.0/24 and 2001:db8::/32 are for documentation (RFC 5737, RFC 3849): no machine has them.
  test.for([
    { host: "192.0.2.1", address: "192.0.2.1:8053" },
    { host: "2001:db8::1", address: "[2001:db8::1]:8053" },
  ])("returns address-not-available for $host", async ({ host, address }) => {
    expect(await serverOf({}, { host, port: 8053 }).start()).toMatchObject({
      ok: false,
      error: { code: "address-not-available", message: expect.stringContaining(`${address} TCP: `) },
    });
  });
});

describe("stop", () => {
  test("frees the port at once though a client keeps its connection open", async () => {
    const server = serverOf();
    const url = new URL(await startedUrl(server));
    const socket = connect(Number(url.port), url.hostname);
    socket.write("GET /livez HTTP/1.1\r\nHost: geosteer\r\n\r\n");
    await once(socket, "data");
    const before = performance.now();
    await server.stop();
    expect(performance.now() - before).toBeLessThan(900);
    const again = serverOf({}, { host: url.hostname, port: Number(url.port) });
    expect((await again.start()).ok).toBe(true);
  });

  test("lets a request under way finish", async () => {
    const asked = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const exposition = async () => {
      asked.resolve();
      await release.promise;
      return expositionOf("late\n");
    };
    const server = serverOf({ metrics: { exposition } });
    const response = fetch(new URL("/metrics", await startedUrl(server)));
    await asked.promise;
    const stopped = server.stop();
    release.resolve();
    expect(await (await response).text()).toBe("late\n");
    await stopped;
  });

  test("ends a request that does not finish within the limit", async () => {
    const asked = Promise.withResolvers<void>();
    const exposition = () => {
      asked.resolve();
      return new Promise<never>(() => {});
    };
    const server = serverOf({ metrics: { exposition } });
    const outcome = fetch(new URL("/metrics", await startedUrl(server))).catch((error: unknown) => error);
    await asked.promise;
    await server.stop();
    expect(await outcome).toBeInstanceOf(TypeError);
  });

  test("does nothing before start, after a failed start and the second time", async () => {
    await serverOf().stop();
    const failed = serverOf({}, { host: "192.0.2.1", port: 8053 });
    expect((await failed.start()).ok).toBe(false);
    await failed.stop();
    const server = serverOf();
    await startedUrl(server);
    await server.stop();
    await server.stop();
  });
});
