import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Failure } from "../../../src/cli/remote/failure.ts";
import { type Client, createClient } from "../../../src/cli/remote/http-client.ts";
import { pages } from "../../../src/cli/remote/pages.ts";
import { parseServerAddress } from "../../../src/cli/remote/server-address.ts";
import type { Result } from "../../../src/shared/result.ts";
import { type Answers, controlServer, json, paged, problem } from "../../support/control-server.ts";
import { freePort } from "../../support/free-port.ts";
import { certificate, privateKey } from "../../health/fixtures/certificate.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "geosteer-"));
  writeFileSync(path.join(folder, "file"), "");
});

afterAll(() => rmSync(folder, { recursive: true }));

function clientOf(server: string, token?: string): Client {
  const address = parseServerAddress(server, "--server");
  if (!address.ok) throw new Error(address.error.message);
  const from = "GEOSTEER_TOKEN";
  return createClient({ address: address.value, token: token === undefined ? undefined : { value: token, from } });
}

/** What a question about the status fails with. */
async function failureOf(server: string, token?: string): Promise<Failure> {
  const asked = await clientOf(server, token).ask("GET", "/status");
  if (asked.ok) throw new Error("it did not fail");
  return asked.error;
}

async function failureWith(answers: Answers, token?: string): Promise<Failure> {
  const { address } = await controlServer(answers);
  const failed = await failureOf(address, token);
  return { ...failed, message: failed.message.replaceAll(address, "SERVER") };
}

describe("createClient: asks", () => {
  test.for(["TCP", "a Unix socket"] as const)("over %s, with its token, a query and a body", async (kind) => {
    const socket = kind === "TCP" ? undefined : path.join(folder, "control.sock");
    const { address, asked } = await controlServer({ "POST /probe": { ok: true } }, socket);
    const answer = await clientOf(address, "t0ken").ask("POST", "/probe", {
      query: { one: 1, two: ["a b", "c/d"], none: undefined },
      body: { endpoint: "shop/munich" },
    });
    expect(answer).toEqual({ ok: true, value: { ok: true } });
    expect(asked).toEqual([
      { line: "POST /probe?one=1&two=a+b&two=c/d", token: "Bearer t0ken", body: { endpoint: "shop/munich" } },
    ]);
  });

  test("over TLS a server whose certificate nobody vouches for is not trusted", async () => {
    const server = createTlsServer({ key: privateKey, cert: certificate }, json(200, {}));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    expect(await failureOf(`https://127.0.0.1:${port}`)).toMatchObject({
      code: "not-trusted",
      exit: 3,
      message: `https://127.0.0.1:${port}: its certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT); NODE_EXTRA_CA_CERTS=FILE adds an authority`,
    });
    expect(await failureOf(`http://127.0.0.1:${port}`)).toMatchObject({ code: "not-reached", exit: 3 });
  });

  test("a status that is said to be an answer is one", async () => {
    const { address } = await controlServer({ "POST /reload": json(422, { taken: false }) });
    const client = clientOf(address);
    expect(await client.ask("POST", "/reload", { accept: [422] })).toEqual({ ok: true, value: { taken: false } });
    expect(await client.ask("POST", "/reload")).toMatchObject({ ok: false });
  });
});

describe("createClient: nobody answers", () => {
  test("a port that nobody listens on", async () => {
    const server = `http://127.0.0.1:${await freePort()}`;
    expect(await failureOf(server)).toEqual({
      code: "not-reached",
      exit: 3,
      message: `${server}: nobody listens there; is geosteer running, and is this its listen.http?`,
    });
  });

  test.for([
    ["that is not there", "none.sock", "no such socket; is geosteer running with this configuration?"],
    ["that is a file", "file", "nobody listens on this socket any more; is geosteer running?"],
    ["whose path is too long", "x".repeat(120), "the path is longer than that of a socket may be (107 octets)"],
  ] as const)("a socket %s", async ([, name, why]) => {
    const server = `unix:${path.join(folder, name)}`;
    expect(await failureOf(server)).toEqual({ code: "not-reached", exit: 3, message: `${server}: ${why}` });
  });

  test.for([
    ["a server that says nothing", () => {}],
    [
      "a server that stops in the middle",
      (write: (text: string) => void) => write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"),
    ],
  ] as const)("%s", async ([, answer]) => {
    const server = createTcpServer((socket) => {
      socket.on("error", () => {});
      answer((text) => void socket.write(text));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const asked = await clientOf(address).ask("GET", "/status", { patience: 200 });
    expect(asked).toEqual({
      ok: false,
      error: { code: "not-reached", exit: 3, message: `${address}: no answer within 0.2 s` },
    });
  });

  test("a server that speaks something else", async () => {
    const server = createTcpServer((socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n")).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    expect(await failureOf(`http://127.0.0.1:${port}`)).toMatchObject({ code: "not-reached", exit: 3 });
    expect(await failureOf(`https://127.0.0.1:${port}`)).toMatchObject({ code: "not-reached", exit: 3 });
  });
});

describe("createClient: the answer is no", () => {
  test.for([
    [
      "a token is wanted",
      problem(401, "unauthorized", "this needs a token"),
      undefined,
      {
        code: "not-allowed",
        exit: 4,
        message: "SERVER: it wants a token: --token-file FILE or GEOSTEER_TOKEN; geosteer token makes one",
      },
    ],
    [
      "the token is not known",
      problem(401, "unauthorized", "wrong token"),
      "abc",
      { code: "not-allowed", exit: 4, message: "SERVER: the server does not know the token of GEOSTEER_TOKEN" },
    ],
    [
      "the role is not enough",
      problem(403, "forbidden", "ada has the role read; this needs operate"),
      "abc",
      {
        code: "not-allowed",
        exit: 4,
        message: "SERVER: not allowed with the token of GEOSTEER_TOKEN: ada has the role read; this needs operate",
      },
    ],
    [
      "the profile is unknown",
      problem(404, "unknown-profile", "shp: no such profile; did you mean shop?"),
      undefined,
      { code: "unknown-profile", exit: 1, message: "shp: no such profile; did you mean shop?" },
    ],
    [
      "a profile would be emptied",
      problem(409, "would-empty", "shop would have no endpoint left"),
      undefined,
      {
        code: "would-empty",
        exit: 1,
        message:
          "shop would have no endpoint left; --dry-run shows what would be answered, --force sets it nevertheless",
      },
    ],
    [
      "it is stopping",
      problem(503, "stopping", "geosteer is stopping"),
      undefined,
      { code: "stopping", exit: 1, message: "geosteer is stopping; try again in a moment" },
    ],
    [
      "it failed, and does not say why",
      json(500, {}),
      undefined,
      { code: "refused", exit: 1, message: "SERVER: the server failed (HTTP 500)" },
    ],
    [
      "another server has no such page",
      json(404, {}),
      undefined,
      {
        code: "no-api",
        exit: 3,
        message: "SERVER: what answers there has no such page (HTTP 404); is it geosteer, and as new as this command?",
      },
    ],
  ] as const)("%s", async ([, answer, token, wanted]) => {
    expect(await failureWith({ "GET /status": answer }, token)).toEqual(wanted);
  });

  test.for([
    ["a page of HTML", "text/html", "<html>", { code: "no-api", exit: 3 }],
    ["JSON that is cut", "application/json", '{"a"', { code: "bad-answer", exit: 1 }],
  ] as const)("%s is no answer", async ([, type, body, wanted]) => {
    const failed = await failureWith({
      "GET /status": (_, response) => void response.writeHead(200, { "content-type": type }).end(body),
    });
    expect(failed).toMatchObject(wanted);
  });

  test("an answer without an end is not kept", async () => {
    let sent = 0;
    const failed = await failureWith({
      "GET /status": (_, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        const block = Buffer.alloc(2 ** 22, " ");
        const write = (): void => {
          while (!response.destroyed && response.write(block)) sent += block.length;
          sent += block.length;
        };
        response.on("drain", write).on("error", () => {});
        write();
      },
    });
    expect(failed).toEqual({ code: "bad-answer", exit: 1, message: "SERVER: its answer is longer than can be" });
    expect(sent).toBeLessThan(300 * 2 ** 20);
  });
});

describe("createClient: events", () => {
  test("come as they happen, until they are told to end", async () => {
    const { address } = await controlServer({
      "GET /events": (_, response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write("event: transition\ndata: 1\n\n");
        setTimeout(() => response.write("event: override\ndata: 2\n\n"), 20);
      },
    });
    const ending = new AbortController();
    const seen: string[] = [];
    const ended = await clientOf(address).events(({ kind, data }) => {
      seen.push(`${kind} ${data}`);
      if (seen.length === 2) ending.abort();
    }, ending.signal);
    expect({ ended, seen }).toEqual({ ended: undefined, seen: ["transition 1", "override 2"] });
  });

  test.for([
    ["the server ends them", (_: unknown, response: { end: () => void }) => response.end(), "bad-answer"],
    ["there are too many readers", problem(503, "too-many-streams", "100 follow already"), "too-many-streams"],
    ["nobody may", problem(401, "unauthorized", "no"), "not-allowed"],
  ] as const)("%s", async ([, answer, code]) => {
    const { address } = await controlServer({ "GET /events": answer });
    expect(await clientOf(address).events(() => {}, new AbortController().signal)).toMatchObject({ code });
  });
});

describe("pages", () => {
  async function allOf(
    answers: Answers,
    most?: number,
  ): Promise<{ readonly got: unknown[]; readonly asked: string[] }> {
    const { address, asked } = await controlServer(answers);
    const got: unknown[] = [];
    for await (const page of pages(clientOf(address), "/audit", { q: 1 }, most) as AsyncIterable<
      Result<{ readonly items: readonly unknown[] }, Failure>
    >) {
      got.push(page.ok ? page.value.items : page.error.code);
    }
    return { got, asked: asked.map(({ line }) => line) };
  }

  test("follow each other to the last", async () => {
    expect(await allOf({ "GET /audit": paged([1, 2, 3, 4, 5]) })).toEqual({
      got: [[1, 2], [3, 4], [5]],
      asked: ["GET /audit?q=1&limit=1000", "GET /audit?q=1&after=2&limit=1000", "GET /audit?q=1&after=4&limit=1000"],
    });
  });

  test("end after as many entries as are wanted", async () => {
    const { got, asked } = await allOf({ "GET /audit": paged([1, 2, 3, 4, 5]) }, 3);
    expect(got).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(asked.at(-1)).toBe("GET /audit?q=1&after=2&limit=1");
  });

  test("end at a failure, and where a server would have them go on for ever", async () => {
    expect((await allOf({})).got).toEqual(["unknown-path"]);
    expect((await allOf({ "GET /audit": { items: [1], next: "x" } })).got).toEqual([[1], "bad-answer"]);
    expect((await allOf({ "GET /audit": { items: [], next: "x" } })).got).toEqual(["bad-answer"]);
  });
});
