/** What a probe by HTTP asks for and looks at beside the status: methods, bodies, redirects, credentials, load. */
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, createServer as createTcpServer } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { HttpMonitor } from "../../../src/health/monitoring.ts";
import { certificate, privateKey } from "../fixtures/certificate.ts";
import { checkOf, httpMonitor } from "../fixtures/monitors.ts";
import { probe } from "../fixtures/probe.ts";
import { listen } from "../fixtures/servers.ts";

/** The outcome of a probe of a server that answers so, and the request that it got. */
async function ask(answer: RequestListener, fields: Partial<HttpMonitor> = {}) {
  const requests: { readonly request: IncomingMessage; readonly body: string }[] = [];
  const port = await listen(
    createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (part: string) => void (body += part));
      request.on("end", () => {
        requests.push({ request, body });
        answer(request, response);
      });
    }),
  );
  const outcome = await probe(checkOf(port), httpMonitor(fields));
  return { outcome, requests, port };
}

const withBody =
  (body: string | Buffer, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    void response.writeHead(200, headers).end(body);

const OK = { ok: true };

describe("httpProbe with a method", () => {
  test("HEAD asks for no body", async () => {
    const { outcome, requests } = await ask(withBody("body"), { method: "HEAD" });
    expect(outcome).toMatchObject(OK);
    expect(requests[0]!.request.method).toBe("HEAD");
  });

  test("POST sends its body, with its length in octets", async () => {
    const headers = { "content-type": "application/json" };
    const { requests } = await ask(withBody(""), { method: "POST", body: '{"grün":1}', headers });
    expect(requests).toMatchObject([
      { body: '{"grün":1}', request: { method: "POST", headers: { "content-length": "11", ...headers } } },
    ]);
  });

  test("POST without a body sends an empty one", async () => {
    const { requests } = await ask(withBody(""), { method: "POST" });
    expect(requests).toMatchObject([{ body: "", request: { method: "POST", headers: { "content-length": "0" } } }]);
  });
});

describe("httpProbe with authorization", () => {
  test("sends it", async () => {
    const { requests } = await ask(withBody(""), { authorization: "Bearer secret" });
    expect(requests[0]!.request.headers.authorization).toBe("Bearer secret");
  });

  test("an endpoint's own header wins", async () => {
    const headers = { authorization: "Bearer own" };
    const { requests } = await ask(withBody(""), { authorization: "Bearer secret", headers });
    expect(requests[0]!.request.headers.authorization).toBe("Bearer own");
  });
});

describe("httpProbe that looks at the body", () => {
  const JSON_BODY = JSON.stringify({ db: "ok", load: 12, parts: [{ up: true }, { up: false }], none: null });

  test.for<[rule: Partial<HttpMonitor>, body: string, reason: string | undefined]>([
    [{ contains: "ok" }, "all is ok", undefined],
    [{ contains: "grün" }, "alles grün", undefined],
    [{ contains: "OK" }, "all is ok", "a body without the text wanted"],
    [{ contains: "ok" }, "", "a body without the text wanted"],
    [{ matches: "^ok$" }, "ok", undefined],
    [{ matches: "grün|blau" }, "alles grün", undefined],
    [{ matches: "^ok$" }, "ok\n", "a body that does not match"],
    [{ matches: "ok" }, "", "a body that does not match"],
    [{ contains: "o", matches: "k" }, "ok", undefined],
    [{ contains: "o", matches: "x" }, "ok", "a body that does not match"],
    [{ json: { path: "$.db", equals: "ok" } }, JSON_BODY, undefined],
    [{ json: { path: "$.db", equals: "ok" } }, `\uFEFF${JSON_BODY}`, undefined],
    [{ json: { path: "$.load", equals: 12 } }, JSON_BODY, undefined],
    [{ json: { path: "$.none", equals: null } }, JSON_BODY, undefined],
    [{ json: { path: "$.none", equals: undefined } }, JSON_BODY, undefined],
    [{ json: { path: "$.parts[*].up", equals: false } }, JSON_BODY, undefined],
    [{ json: { path: "$.db", equals: "down" } }, JSON_BODY, "a body of JSON in which the path selects no such value"],
    [{ json: { path: "$.load", equals: "12" } }, JSON_BODY, "a body of JSON in which the path selects no such value"],
    [{ json: { path: "$.other", equals: undefined } }, JSON_BODY, "a body of JSON in which the path selects nothing"],
    [{ json: { path: "$.db", equals: "ok" } }, "<html>", "a body that is no JSON"],
    [{ json: { path: "$.db", equals: "ok" } }, "", "a body that is no JSON"],
    [{ json: { path: "$..db", equals: "ok" } }, "[".repeat(60_000), "a body that is no JSON"],
    [{ json: { path: "$..db", equals: "ok" } }, "[".repeat(30_000) + "]".repeat(30_000), "a body that is no JSON"],
    // A look is broken off after 40 ms, which the first on a busy machine may take.
  ])("%j of %j: %s", { retry: 5 }, async ([rule, body, reason]) => {
    const { outcome } = await ask(withBody(body), rule);
    expect(outcome).toMatchObject(reason === undefined ? OK : { code: "body", reason });
  });

  test("looks at the status first", async () => {
    const answer: RequestListener = (_request, response) => void response.writeHead(500).end("ok");
    const { outcome } = await ask(answer, { contains: "ok" });
    expect(outcome).toMatchObject({ code: "status", reason: "status 500, wanted 200-299" });
  });

  test("looks at no more than is to be read", async () => {
    const body = `${"x".repeat(2048)}ok`;
    expect(await ask(withBody(body), { contains: "ok", readAtMost: 2050 })).toMatchObject({ outcome: OK });
    expect(await ask(withBody(body), { contains: "ok", readAtMost: 2049 })).toMatchObject({
      outcome: { code: "body", reason: "a body without the text wanted in its first 2049 octets" },
    });
    expect(await ask(withBody(body), { matches: "ok", readAtMost: 2049 })).toMatchObject({
      outcome: { code: "body", reason: "a body that does not match in its first 2049 octets" },
    });
    // A pattern's end is that of what is read.
    expect(await ask(withBody(body), { matches: "^x+$", readAtMost: 2048 })).toMatchObject({ outcome: OK });
  });

  test("a text may come in any parts", async () => {
    const answer: RequestListener = (_request, response) => {
      const parts = ["al", "l is", " o", "k"];
      const next = (): void => {
        const part = parts.shift();
        if (part !== undefined) response.write(part, () => setTimeout(next, 5));
      };
      next();
    };
    // The response never ends: what is wanted has come.
    const { outcome } = await ask(answer, { contains: "all is ok" });
    expect(outcome).toMatchObject(OK);
  });

  test.for([
    ["gzip", gzipSync],
    ["x-gzip", gzipSync],
    ["GZIP", gzipSync],
    ["deflate", deflateSync],
    ["deflate", deflateRawSync],
    ["br", brotliCompressSync],
    ["identity", (body: string) => Buffer.from(body)],
  ] as const)("reads a body in %s", async ([coding, compress]) => {
    const answer = withBody(compress("all is ok"), { "content-encoding": coding });
    const { outcome, requests } = await ask(answer, { matches: "^all is ok$" });
    expect(outcome).toMatchObject(OK);
    expect(requests[0]!.request.headers["accept-encoding"]).toBe("gzip, deflate, br");
  });

  test.for([
    ["zstd", "ok"],
    ["gzip, gzip", gzipSync(gzipSync("ok"))],
    ["gzip", "ok"],
    ["br", "not compressed at all"],
  ] as const)("a body in %s that cannot be decompressed is a failure", async ([coding, body]) => {
    const { outcome } = await ask(withBody(body, { "content-encoding": coding }), { contains: "ok" });
    expect(outcome).toMatchObject({ code: "protocol", reason: "a body that cannot be decompressed" });
  });

  test("asks for no compression where the body is not read", async () => {
    const { requests } = await ask(withBody("ok"));
    expect(requests[0]!.request.headers["accept-encoding"]).toBeUndefined();
  });

  test.for([
    ["a gzip bomb", gzipSync(Buffer.alloc(200_000_000)), "gzip"],
    ["a brotli bomb", brotliCompressSync(Buffer.alloc(200_000_000)), "br"],
    ["gzip members that hold nothing", Buffer.concat(Array.from({ length: 100_000 }, () => gzipSync(""))), "gzip"],
  ] as const)("of %s it decompresses and takes no more than that", async ([, bomb, coding]) => {
    const sent = Promise.withResolvers<number>();
    const answer: RequestListener = (_request, response) => {
      response.writeHead(200, { "content-encoding": coding });
      const { socket } = response;
      response.on("close", () => sent.resolve(socket!.bytesWritten));
      response.end(bomb);
    };
    const before = process.memoryUsage.rss();
    const { outcome } = await ask(answer, { contains: "ok", readAtMost: 65_536 });
    expect(outcome).toMatchObject({ code: "body" });
    expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000);
    await sent.promise;
  });

  test("members of gzip that hold nothing, without end, are an end", async () => {
    const members = Buffer.concat(Array.from({ length: 1000 }, () => gzipSync("")));
    const answer: RequestListener = (_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      const pour = (): void => void (response.destroyed || response.write(members, () => setImmediate(pour)));
      pour();
    };
    const { outcome } = await ask(answer, { contains: "ok", timeout: 5000 });
    expect(outcome).toMatchObject({ code: "body", reason: "a body without the text wanted" });
  });

  test("a pattern and a body that are evil together end as a failure of ours", async () => {
    // The worst for RE2: each state of its automaton is a new one. A congruential generator, so that it is so each time.
    let state = 1;
    const letters = Array.from({ length: 65_536 }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state < 2 ** 31 ? "a" : "b";
    });
    const { outcome } = await ask(withBody(letters.join("")), { matches: "[ab]*a[ab]{900}[^abx]" });
    expect(outcome).toMatchObject({ code: "not-probed", reason: "a body that takes too long to look at" });
  });

  test("a path that goes through a body again and again ends as a failure of ours", async () => {
    const body = JSON.stringify(Array.from({ length: 12_000 }, (_unused, at) => at % 10));
    const { outcome } = await ask(withBody(body), {
      json: { path: "$[?count($[?count($[*]) == 1]) == 1]", equals: 1 },
    });
    expect(outcome).toMatchObject({ code: "not-probed", reason: "a body that takes too long to look at" });
  });

  test("no reason quotes the body", async () => {
    const rules: Partial<HttpMonitor>[] = [{ contains: "x" }, { matches: "x" }, { json: { path: "$.x", equals: 1 } }];
    for (const rule of rules) {
      const { outcome } = await ask(withBody('{"secret": 1}'), rule);
      expect(JSON.stringify(outcome)).not.toContain("secret");
    }
  });
});

describe("httpProbe that follows redirects", () => {
  const redirecting =
    (to: (port: number) => string, status = 302): RequestListener =>
    (request, response) => {
      if (request.url === "/healthz") response.writeHead(status, { location: to(request.socket.localPort!) }).end("ok");
      else response.writeHead(request.url === "/up" ? 200 : 404).end("all is up");
    };
  const followRedirects = true;

  test.for([
    ["a path", () => "/up"],
    ["a relative path", () => "up"],
    ["a URL of the server name", (port: number) => `http://shop.example.com:${port}/up`],
  ] as const)("to %s, on the same address", async ([, to]) => {
    const { outcome, requests, port } = await ask(redirecting(to), { followRedirects, contains: "all is up" });
    expect(outcome).toMatchObject(OK);
    expect(requests.map(({ request }) => [request.url, request.headers.host])).toEqual([
      ["/healthz", `shop.example.com:${port}`],
      ["/up", `shop.example.com:${port}`],
    ]);
  });

  test("the status counts to which they lead", async () => {
    const { outcome } = await ask(
      redirecting(() => "/gone"),
      { followRedirects, expectedStatus: [[302, 302]] },
    );
    expect(outcome).toMatchObject({ code: "status", reason: "status 404, wanted 302" });
  });

  test("a redirect without a location is a status", async () => {
    const answer: RequestListener = (_request, response) => void response.writeHead(302).end();
    const { outcome } = await ask(answer, { followRedirects });
    expect(outcome).toMatchObject({ code: "status", reason: "status 302, wanted 200-299" });
  });

  test("a redirect elsewhere is a failure that does not tell where", async () => {
    const { outcome } = await ask(
      redirecting(() => "http://evil.example/up"),
      { followRedirects },
    );
    expect(outcome).toMatchObject({ code: "status", reason: "status 302: a redirect to another host" });
  });

  test("a loop ends", async () => {
    const { outcome, requests } = await ask(
      redirecting(() => "/healthz"),
      { followRedirects },
    );
    expect(outcome).toMatchObject({ code: "status", reason: "more than 5 redirects" });
    expect(requests).toHaveLength(6);
  });

  test("from http to https, at the port of https where it is another", async () => {
    const tls = createTlsServer(
      { cert: certificate, key: privateKey },
      (_request, response) => void response.end("ok"),
    );
    const port = await listen(tls);
    // One port speaks both, as the first octet has it: a TLS record of a handshake begins with 22.
    const both = createTcpServer((socket) => {
      socket
        .on("error", () => {})
        .once("data", (octets) => {
          if (octets[0] === 22) {
            socket.pause().unshift(octets);
            tls.emit("connection", socket);
          } else socket.end(`HTTP/1.1 301 x\r\nLocation: https://shop.example.com:${bothPort}/\r\n\r\n`);
        });
    });
    const bothPort: number = await listen(both);
    expect(bothPort).not.toBe(port);
    expect(await probe(checkOf(bothPort), httpMonitor({ followRedirects, contains: "ok" }))).toMatchObject(OK);
  });
});

describe("httpProbe with a load source", () => {
  test.for<
    [load: NonNullable<HttpMonitor["load"]>, headers: Record<string, string>, body: string, reading: number | undefined]
  >([
    [{ kind: "orca", metric: "cpu_utilization" }, { "endpoint-load-metrics": "TEXT cpu_utilization=0.5" }, "", 50],
    [{ kind: "orca", metric: "eps" }, { "endpoint-load-metrics": "TEXT cpu_utilization=0.5" }, "", undefined],
    [{ kind: "orca", metric: "cpu_utilization" }, {}, "", undefined],
    [{ kind: "header", name: "X-Load" }, { "x-load": "42%" }, "", 42],
    [{ kind: "header", name: "x-load" }, { "x-load": "much" }, "", undefined],
    [{ kind: "json", path: "$.load" }, {}, '{"load": 42.5}', 42.5],
    [{ kind: "json", path: "$.parts[*].load" }, {}, '{"parts": [{"load": "7 %"}, {"load": 9}]}', 7],
    [{ kind: "json", path: "$.load" }, {}, '{"load": null}', undefined],
    [{ kind: "json", path: "$.load" }, {}, "no JSON", undefined],
  ])("%j of %j and %j is %s", async ([load, headers, body, reading]) => {
    const { outcome, requests } = await ask(withBody(body, headers), { load });
    expect(outcome).toEqual({
      ok: true,
      ...(reading !== undefined && { load: reading }),
      durationMs: expect.any(Number),
    });
    const asked = requests[0]!.request.headers["endpoint-load-metrics-format"];
    expect(asked).toBe(load.kind === "orca" ? "text" : undefined);
  });

  test("a failure tells of no load", async () => {
    const answer: RequestListener = (_request, response) => void response.writeHead(503, { "x-load": "42" }).end();
    const { outcome } = await ask(answer, { load: { kind: "header", name: "x-load" } });
    expect(outcome).toMatchObject({ code: "status" });
    expect(outcome).not.toHaveProperty("load");
  });
});

describe("httpProbe with proxyProtocol", () => {
  test.for(["http", "https"] as const)("begins %s with the header", async (protocol) => {
    const answer: RequestListener = (_request, response) => void response.end();
    const behind = await listen(
      protocol === "https" ? createTlsServer({ cert: certificate, key: privateKey }, answer) : createServer(answer),
    );
    let header = Buffer.alloc(0);
    // A balancer: takes the header, and passes the rest on.
    const port = await listen(
      createTcpServer((socket) => {
        const onward = connect(behind, "127.0.0.1");
        for (const either of [socket, onward]) either.on("error", () => {});
        onward.pipe(socket);
        socket.on("data", (octets) => {
          const taken = octets.subarray(0, 16 - header.length);
          header = Buffer.concat([header, taken]);
          onward.write(octets.subarray(taken.length));
        });
        socket.on("end", () => onward.end());
      }),
    );
    expect(await probe(checkOf(port), httpMonitor({ protocol, proxyProtocol: true }))).toMatchObject(OK);
    expect(header.toString("latin1")).toBe("\r\n\r\n\0\r\nQUIT\n\x20\0\0\0");
  });
});
