/** Prometheus probes, asked of real HTTP servers that answer as Prometheus does, or not at all as it does. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { gzipSync } from "node:zlib";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import type { PrometheusMonitor } from "../../../src/health/monitoring.ts";
import { instantQuery } from "../../../src/health/probes/instant-query.ts";
import { filledQuery } from "../../../src/health/probes/prometheus.ts";
import { checkOf, prometheusMonitor } from "../fixtures/monitors.ts";
import { probe, runProbe } from "../fixtures/probe.ts";
import { closedTcpPort, listen } from "../fixtures/servers.ts";

const check = checkOf(0, { host: "192.0.2.1", subject: "shop/fra" });

const sample = (value: unknown) => ({ metric: { __name__: "up" }, value: [1_700_000_000.123, value] });
const vector = (...values: readonly unknown[]) => success("vector", values.map(sample));
const success = (resultType: string, result: unknown) =>
  JSON.stringify({ status: "success", data: { resultType, result } });

type Serve = (request: IncomingMessage, response: ServerResponse) => void;

async function urlOf(serve: Serve): Promise<string> {
  return `http://127.0.0.1:${await listen(createServer(serve))}`;
}

const say =
  (body: string | Buffer, status = 200, headers: Readonly<Record<string, string>> = {}): Serve =>
  (_, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
  };

async function ask(serve: Serve, fields: Partial<PrometheusMonitor> = {}) {
  return probe(check, prometheusMonitor({ url: await urlOf(serve), ...fields }));
}

describe("prometheus", () => {
  test.for<[value: string, bounds: Partial<PrometheusMonitor>, code: string | undefined, reason?: string]>([
    ["1", {}, undefined],
    ["0", {}, "value", "value 0, wanted another than 0"],
    ["-0", {}, "value", "value 0, wanted another than 0"],
    ["-3.5e-2", {}, undefined],
    ["+Inf", {}, undefined],
    ["0.91", { below: 0.9 }, "value", "value 0.91, wanted below 0.9"],
    ["0.9", { below: 0.9 }, "value", "value 0.9, wanted below 0.9"],
    ["0.89", { below: 0.9 }, undefined],
    ["2", { above: 2 }, "value", "value 2, wanted above 2"],
    ["2.5", { above: 2 }, undefined],
    ["3", { above: 2, below: 3 }, "value", "value 3, wanted above 2 and below 3"],
    ["2.5", { above: 2, below: 3 }, undefined],
    ["0", { below: 1 }, undefined],
    ["-Inf", { above: 0 }, "value", "value -Infinity, wanted above 0"],
    ["NaN", { below: 1 }, "not-probed", "Prometheus: the value is NaN"],
    ["NaN", {}, "not-probed", "Prometheus: the value is NaN"],
  ])("%s within %o", async ([value, bounds, code, reason]) => {
    const expected = code === undefined ? { ok: true } : { ok: false, code, reason };
    expect(await ask(say(vector(value)), bounds)).toMatchObject(expected);
    expect(await ask(say(success("scalar", [1_700_000_000, value])), bounds)).toMatchObject(expected);
  });

  test("a query that selects nothing is a failure: it may select what is up", async () => {
    expect(await ask(say(vector()))).toMatchObject({ ok: false, code: "no-value", reason: "no value" });
  });

  test.for<[what: string, serve: Serve, reason: string]>([
    ["several samples", say(vector("1", "1")), "2 samples, wanted one"],
    ["a range vector", say(success("matrix", [])), "a range vector, wanted one value"],
    ["a text", say(success("string", [1, "up"])), "a text, wanted one value"],
    [
      "a native histogram",
      say(success("vector", [{ metric: {}, histogram: [1, { count: "1", sum: "1" }] }])),
      "a histogram, wanted one value",
    ],
    [
      "a query that is refused",
      say(JSON.stringify({ status: "error", errorType: "bad_data", error: "parse error <b>" }), 400),
      "status 400 (bad_data)",
    ],
    ["an error without a type that is known", say('{"status":"error","errorType":"<b>"}'), "status 200"],
    ["503", say("overloaded", 503), "status 503"],
    ["success of another status", say(vector("1"), 500), "status 500"],
    ["wrong credentials", say("", 401), "status 401"],
    ["a redirect, which is not followed", say("", 302, { location: "/" }), "status 302"],
    ["no JSON", say("<html>"), "not an answer of Prometheus"],
    ["nothing", say(""), "not an answer of Prometheus"],
    ["null", say("null"), "not an answer of Prometheus"],
    ["JSON of another kind", say('{"status":"success","data":null}'), "not an answer of Prometheus"],
    ["samples of another kind", say(success("vector", [null])), "not an answer of Prometheus"],
    ["a value of another kind", say(success("vector", [{ value: 3 }])), "not an answer of Prometheus"],
    ["a value that is a number", say(vector(1)), "not an answer of Prometheus"],
    ["a value that is no number", say(vector("0x10")), "not an answer of Prometheus"],
    ["an empty value", say(vector("")), "not an answer of Prometheus"],
    ["compressed octets that nobody asked for", say(gzipSync(vector("1"))), "not an answer of Prometheus"],
    ["too much", say(" ".repeat(2 * 1024 * 1024)), "no answer (UND_ERR_RES_EXCEEDED_MAX_SIZE)"],
    [
      "an answer that is cut off",
      (_, response) => void response.writeHead(200).write("{", () => response.destroy()),
      "no answer (UND_ERR_SOCKET)",
    ],
  ])("%s says nothing of the endpoint", async ([, serve, reason]) => {
    const told = { ok: false, code: "not-probed", reason: `Prometheus: ${reason}` };
    expect(await ask(serve)).toMatchObject(told);
  });

  test("a server that is not there says nothing of the endpoint", async () => {
    const monitor = prometheusMonitor({ url: `http://127.0.0.1:${await closedTcpPort()}` });
    const reason = "Prometheus: no answer (ECONNREFUSED)";
    expect(await probe(check, monitor)).toMatchObject({ ok: false, code: "not-probed", reason });
  });

  test.for<[what: string, serve: Serve]>([
    ["says nothing", () => {}],
    ["never ends", (_, response) => void response.write("{")],
    [
      "drips",
      (_, response) => {
        const timer = setInterval(() => response.write(" "), 20);
        response.on("close", () => clearInterval(timer));
      },
    ],
  ])("one that %s is given up in time", async ([, serve]) => {
    const told = { ok: false, code: "not-probed", reason: "Prometheus: no answer in time" };
    expect(await ask(serve, { timeout: 300 })).toMatchObject(told);
  });

  test("what is no HTTP is told by the name of its error", async () => {
    const port = await listen(createTcpServer((socket) => socket.end("SSH-2.0-OpenSSH\r\n").on("error", () => {})));
    const verdict = await probe(check, prometheusMonitor({ url: `http://127.0.0.1:${port}` }));
    expect(verdict).toMatchObject({ code: "not-probed", reason: "Prometheus: no answer (HTTPParserError)" });
  });

  test("the query is what is written, about the endpoint, with the credentials that are given", async () => {
    const seen: string[] = [];
    const url = await urlOf((request, response) => {
      void text(request).then((body) => {
        seen.push(`${request.method} ${request.url}`, request.headers.authorization ?? "none", body);
        response.end(vector("1"));
      });
    });
    const expression = 'up{instance="%{host}:9100", job="%{profile}/%{endpoint}"} > 0 and 1 % 2 == 1';
    const monitor = prometheusMonitor({ url: `${url}/prom`, expression, authorization: "Bearer abc" });
    expect(await probe(check, monitor)).toMatchObject({ ok: true });
    const [line, authorization, body] = seen;
    expect([line, authorization]).toEqual(["POST /prom/api/v1/query", "Bearer abc"]);
    expect([...new URLSearchParams(body)]).toEqual([
      ["query", 'up{instance="192.0.2.1:9100", job="shop/fra"} > 0 and 1 % 2 == 1'],
    ]);
  });

  test("one server has eight connections at most, and all are answered", async () => {
    let open = 0;
    let most = 0;
    const url = await urlOf((_, response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        response.end(vector("1"));
      }, 20);
    });
    const signal = AbortSignal.timeout(30_000);
    const all = Array.from({ length: 40 }, () => instantQuery(url, "up", undefined, signal));
    expect(new Set((await Promise.all(all)).map(({ kind }) => kind))).toEqual(new Set(["value"]));
    expect(most).toBe(8);
  });

  test("a probe that is left ends its request", async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const { promise: asked, resolve: seen } = Promise.withResolvers<void>();
    const url = await urlOf((request) => {
      seen();
      request.socket.on("close", () => resolve());
    });
    const running = runProbe(check, prometheusMonitor({ url }));
    await asked;
    running.abort();
    await running.outcome;
    await closed;
    expect(await running.outcome).toMatchObject({ code: "not-probed" });
  });
});

describe("filledQuery", () => {
  test("what would end its quotes is written by its number", () => {
    const host = "a\"b'c\\d`e";
    expect(filledQuery('up{a="%{host}"}', { host, port: 0, subject: undefined })).toBe(
      'up{a="a\\U00000022b\\U00000027c\\U0000005cd\\U00000060e"}',
    );
  });
});
