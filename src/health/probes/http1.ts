/**
 * One request over HTTP/1.1 (RFC 9112) on a fresh connection, and as much of its response as is wanted. Read by our own
 * readers (`http-head.ts`, `http-body.ts`), not by llhttp: they are as tolerant as curl, so a probe fails where clients do,
 * stop at the status line where nothing else is wanted, and count each octet.
 */
import type { Socket } from "node:net";
import { collectBody, type BodyCollector } from "./collect-body.ts";
import { createBodyReader, framingOf, type BodyReader } from "./http-body.ts";
import { createHeadReader, type HttpHead } from "./http-head.ts";
import { CLOSED, CUT, protocolFailure } from "./http-message.ts";
import type { Answered, HttpRequest, Wanted } from "./http-message.ts";
import { networkFailure, timedOut } from "./network-failure.ts";

/** The socket stays open: whoever called closes it. */
export function exchangeHttp1(
  socket: Socket,
  request: HttpRequest,
  wanted: Wanted,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<Answered> {
  return new Promise((resolve) => {
    const readHead = createHeadReader(wanted);
    let collector: BodyCollector | undefined;
    let readBody: BodyReader | undefined;
    /** Nothing more is needed of the connection. */
    let hasBody = false;
    let endsWithConnection = false;

    const settle = (answered: Answered): void => {
      socket.pause();
      collector?.discard();
      resolve(answered);
    };
    const late = (): void => {
      settle(timedOut(collector === undefined ? "connected, but no response" : "no end of the body", timeoutMs));
    };

    function onHead({ status, fields, rest }: HttpHead): void {
      if (!wanted.bodyOf(status, fields)) return settle({ ok: true, answer: { status, fields, body: undefined } });
      const framing = framingOf(request.method, status, fields);
      if (framing === "bad") return settle(protocolFailure("a body whose length or coding cannot be read"));
      endsWithConnection = framing === "close";
      collector = collectBody(fields.get("content-encoding"), wanted, (body) => {
        if (body === "undecodable") settle(protocolFailure("a body that cannot be decompressed"));
        else settle({ ok: true, answer: { status, fields, body } });
      });
      const known = collector;
      readBody = createBodyReader(framing, (part) => known.write(part));
      onBody(rest);
    }

    function onBody(octets: Uint8Array): void {
      const state = readBody!(octets);
      if (state === "bad") settle(protocolFailure("a body whose chunks cannot be read"));
      if (state !== "end") return;
      hasBody = true;
      socket.pause();
      collector!.end();
    }

    socket.on("data", (octets: Buffer) => {
      if (readBody !== undefined) return onBody(octets);
      const head = readHead(octets);
      if (head === "not-http") settle(protocolFailure("not an HTTP response"));
      else if (head === "too-long")
        settle(protocolFailure(`no ${wanted.fields ? "head" : "status"} in the first 64 KiB`));
      else if (head !== undefined) onHead(head);
    });
    socket.once("end", () => {
      if (collector === undefined) settle(CLOSED);
      else if (endsWithConnection) collector.end();
      else if (!hasBody) settle(CUT);
    });
    socket.once("error", (error) => {
      if (!hasBody) settle(networkFailure(error));
    });
    if (signal.aborted) late();
    signal.addEventListener("abort", late, { once: true });
    socket.write(octetsOf(request));
  });
}

function octetsOf({ method, authority, path, headers, body }: HttpRequest): Buffer {
  // RFC 9112 section 9.6: "close" tells the server that no other request follows.
  const fields = { host: authority, connection: "close", ...headers };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`, "latin1");
  return method === "POST" ? Buffer.concat([head, Buffer.from(body)]) : head;
}
