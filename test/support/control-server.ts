/** A real HTTP server that answers the command line as a geosteer would, from data that a test gives. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

export interface Asked {
  /** `GET /status?x=1`: below `/api/v1`. */
  readonly line: string;
  readonly token: string | undefined;
  readonly body: unknown;
}

export interface ControlServer {
  /** As `--server` has it. */
  readonly address: string;
  readonly asked: readonly Asked[];
  readonly close: () => void;
}

/** What is answered to `GET /status`: a value is its JSON, a function does it itself. */
export type Answers = Readonly<Record<string, object | ((request: IncomingMessage, response: ServerResponse) => void)>>;

/** Listens on a port of its own, or on a Unix socket. A question without an answer is refused as a path that is unknown. */
export async function controlServer(answers: Answers, socket?: string): Promise<ControlServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const [path, query] = (request.url ?? "").replace("/api/v1", "").split("?");
      const line = `${request.method} ${path}`;
      asked.push({
        line: query === undefined ? line : `${line}?${decodeURIComponent(query)}`,
        token: request.headers.authorization,
        body: body === "" ? undefined : JSON.parse(body),
      });
      const answer = answers[line];
      if (typeof answer === "function") answer(request, response);
      else if (answer === undefined) problem(404, "unknown-path", `${path}: nothing is there`)(request, response);
      else json(200, answer)(request, response);
    });
  });
  if (socket === undefined) server.listen(0, "127.0.0.1");
  else server.listen(socket);
  await once(server, "listening");
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(close);
  const address =
    socket === undefined ? `http://127.0.0.1:${(server.address() as AddressInfo).port}` : `unix:${socket}`;
  return { address, asked, close };
}

export function json(status: number, body: unknown) {
  return (_request: unknown, response: ServerResponse): void => {
    response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
  };
}

/** RFC 9457. */
export function problem(status: number, code: string, detail: string) {
  return (_request: unknown, response: ServerResponse): void => {
    const body = JSON.stringify({ type: "about:blank", title: code, status, code, detail });
    response.writeHead(status, { "content-type": "application/problem+json" }).end(body);
  };
}

/** A list in pages of two, as `after` asks for them. */
export function paged(items: readonly unknown[]) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const after = Number(new URL(request.url!, "http://localhost").searchParams.get("after") ?? 0);
    const next = after + 2 < items.length ? String(after + 2) : undefined;
    json(200, { items: items.slice(after, after + 2), next })(request, response);
  };
}
