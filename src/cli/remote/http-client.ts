/**
 * Questions to a running server over HTTP, by TCP, TLS or a Unix socket: JSON there and back, of bounded size and time.
 * Problems come as RFC 9457 has them.
 */
import { request as httpRequest, type ClientRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { VERSION } from "../../app/version.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { createEventReader, type ServerEvent } from "./event-reader.ts";
import { failure, type Failure } from "./failure.ts";
import type { FoundServer } from "./find-server.ts";
import { refusal, unreached } from "./refusal.ts";

export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

export interface Ask {
  readonly query?: Query | undefined;
  readonly body?: object;
  /** Milliseconds without an octet after which the server is given up; a reload says nothing until it is done. */
  readonly patience?: number;
  /** Answers that are no success by their status, and yet are what was asked for. */
  readonly accept?: readonly number[];
}

export interface Client {
  readonly server: string;
  /** `path`: below `/api/v1`, its names encoded. */
  readonly ask: <T>(method: "GET" | "POST" | "DELETE", path: `/${string}`, ask?: Ask) => Promise<Result<T, Failure>>;
  /** Calls back for each event until it is told to end; resolves with why it ended. */
  readonly events: (onEvent: (event: ServerEvent) => void, signal: AbortSignal) => Promise<Failure | undefined>;
}

/** Octets of an answer; a page of 1,000 endpoints has about half a million, a generation's text has all zone files. */
const MOST = 256 * 2 ** 20;

/** Milliseconds. */
const PATIENCE = 10_000;

/** Milliseconds; the server sends a sign of life more often. */
const SILENCE = 120_000;

export function createClient(found: FoundServer): Client {
  const { address, token } = found;

  function open(method: string, path: string, { query, patience = PATIENCE }: Ask, headers: Headers): ClientRequest {
    const options: RequestOptions = {
      method,
      path: `/api/v1${path}${queryText(query)}`,
      timeout: patience,
      agent: false,
      headers: {
        "user-agent": `geosteer/${VERSION}`,
        ...headers,
        ...(token === undefined ? {} : { authorization: `Bearer ${token.value}` }),
      },
      ...(address.socketPath === undefined
        ? { host: address.url.hostname.replace(/^\[|\]$/g, ""), port: address.url.port || (address.secure ? 443 : 80) }
        : { socketPath: address.socketPath }),
    };
    return address.secure ? httpsRequest(options) : httpRequest(options);
  }

  const cutOff = (what: string): Failure => failure("bad-answer", `${address.text}: ${what}`);

  return {
    server: address.text,
    ask<T>(method: string, path: string, ask: Ask = {}) {
      return new Promise<Result<T, Failure>>((resolve) => {
        const body = ask.body === undefined ? undefined : JSON.stringify(ask.body);
        const sent =
          body === undefined
            ? {}
            : { "content-type": "application/json", "content-length": `${Buffer.byteLength(body)}` };
        const request = open(method, path, ask, { accept: "application/json", ...sent });
        const failed = (why: Failure): void => {
          resolve(err(why));
          request.destroy();
        };
        request.once("timeout", () =>
          failed(
            failure("not-reached", `${found.address.text}: no answer within ${(ask.patience ?? PATIENCE) / 1000} s`),
          ),
        );
        request.on("error", (error) => failed(unreached(found, error)));
        request.once("response", (response) => {
          readBody(response).then(
            (text) => {
              if (text === undefined) return failed(cutOff("its answer is longer than can be"));
              resolve(answerOf<T>(found, response, text, ask.accept ?? []));
            },
            () => failed(cutOff("its answer was cut off")),
          );
        });
        request.end(body);
      });
    },
    events(onEvent, signal) {
      return new Promise((resolve) => {
        const request = open("GET", "/events", { patience: SILENCE }, { accept: "text/event-stream" });
        const ended = (why: Failure | undefined): void => {
          resolve(why);
          request.destroy();
        };
        signal.addEventListener("abort", () => ended(undefined), { once: true });
        request.once("timeout", () => ended(cutOff("it fell silent")));
        request.on("error", (error) => ended(unreached(found, error)));
        request.once("response", (response) => {
          if (response.statusCode !== 200) {
            void readBody(response).then(
              (text) => ended(refusal(found, response, text ?? "")),
              () => ended(undefined),
            );
            return;
          }
          const read = createEventReader(onEvent);
          response.setEncoding("utf8");
          response.on("data", (text: string) => {
            if (!read(text)) ended(cutOff("an event is longer than can be"));
          });
          response.once("error", () => ended(cutOff("it ended")));
          response.once("end", () => ended(cutOff("it ended")));
        });
        request.end();
      });
    },
  };
}

type Headers = Readonly<Record<string, string>>;

function queryText(query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([key, value]) => {
    const values = value === undefined ? [] : typeof value === "object" ? value : [value];
    return values.map((one): [string, string] => [key, String(one)]);
  });
  return pairs.length === 0 ? "" : `?${String(new URLSearchParams(pairs))}`;
}

/** The whole text of an answer; undefined = too long. */
async function readBody(response: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MOST) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function answerOf<T>(
  found: FoundServer,
  response: IncomingMessage,
  text: string,
  accept: readonly number[],
): Result<T, Failure> {
  const { statusCode = 0, headers } = response;
  const isExpected = (statusCode >= 200 && statusCode < 300) || accept.includes(statusCode);
  const isJson = /^application\/json\b/.test(headers["content-type"] ?? "");
  if (!isExpected || (accept.includes(statusCode) && !isJson)) return err(refusal(found, response, text));
  const notJson = failure("no-api", `${found.address.text}: what answers there is no geosteer with an API at /api/v1`);
  if (!isJson) return err(notJson);
  try {
    return ok(JSON.parse(text) as T);
  } catch {
    return err(
      failure("bad-answer", `${found.address.text}: the answer is no JSON; is something between here and the server?`),
    );
  }
}
