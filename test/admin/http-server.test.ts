import { createServer } from "node:http";
import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createHttpServer, type HttpServer, type HttpServerDeps } from "../../src/admin/http-server.ts";
import type { LogFields } from "../../src/shared/ports.ts";

const servers: HttpServer[] = [];
const logged: LogFields[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  logged.length = 0;
});

const QUIET: HttpServerDeps = {
  metrics: { exposition: async () => ({ contentType: "text/plain; version=0.0.4", body: "geosteer_up 1\n" }) },
  readiness: () => [],
  logger: { debug: log, info: log, warn: log, error: log },
};

function log(fields: LogFields): void {
  logged.push(fields);
}

function serverOf(deps: Partial<HttpServerDeps> = {}, options = { host: "127.0.0.1", port: 0 }): HttpServer {
  const server = createHttpServer(options, { ...QUIET, ...deps });
  servers.push(server);
  return server;
}

async function startedUrl(server: HttpServer): Promise<string> {
  const started = await server.start();
  if (!started.ok) throw new Error(started.error.message);
  return started.value.url;
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
    const response = await get("/livez", { readiness: () => ["worker 1 has not acknowledged generation 2"] });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("ok\n");
  });

  test("/readyz answers ok when nothing speaks against it", async () => {
    const response = await get("/readyz");
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("ok\n");
  });

  test("/readyz answers 503 with each reason on a line", async () => {
    const response = await get("/readyz", { readiness: () => ["worker 1 is starting", "worker 2 is starting"] });
    expect(response.status).toBe(503);
    expect(await response.text()).toBe("worker 1 is starting\nworker 2 is starting\n");
  });

  test("/readyz asks anew each time", async () => {
    let reasons = ["starting"];
    const url = new URL("/readyz", await startedUrl(serverOf({ readiness: () => reasons })));
    expect((await fetch(url)).status).toBe(503);
    reasons = [];
    expect((await fetch(url)).status).toBe(200);
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
    const response = await get(path, { readiness: () => ["starting"] }, { method: "HEAD" });
    expect(response.status).toBe(status);
    expect(Number(response.headers.get("content-length"))).toBeGreaterThan(0);
    expect(await response.text()).toBe("");
  });

  test.for(["/", "/metrics", "/livez", "/readyz"])("%s is not to be cached", async (path) => {
    expect((await get(path)).headers.get("cache-control")).toBe("no-store");
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
      return { contentType: "text/plain", body: "late\n" };
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
