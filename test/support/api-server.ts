/** A server of the API over a desk in memory, and requests to it over real sockets. */
import { request as plainRequest, type IncomingHttpHeaders } from "node:http";
import { request as secureRequest } from "node:https";
import { text } from "node:stream/consumers";
import {
  createHttpServer,
  type HttpServer,
  type HttpServerDeps,
  type HttpServerOptions,
} from "../../src/admin/http-server.ts";
import { type NewToken, newToken, TOKEN_OCTETS } from "../../src/admin/tokens/new-token.ts";
import type { Role } from "../../src/admin/tokens/role.ts";
import { createTokenTable } from "../../src/admin/tokens/token-table.ts";
import type { LogFields, Logger } from "../../src/shared/ports.ts";
import { createMemoryDesk, type MemoryDesk } from "./memory-desk.ts";

export interface Logged extends LogFields {
  readonly message: string;
}

export function memoryLogger(): Logger & { readonly lines: Logged[] } {
  const lines: Logged[] = [];
  const log = (fields: LogFields, message: string): void => void lines.push({ ...fields, message });
  return { lines, debug: log, info: log, warn: log, error: log };
}

/** A token whose octets are all the same. */
export function tokenOf(name: string, role: Role, octet: number, reportsOf?: readonly string[]): NewToken {
  const made = newToken(name, role, new Uint8Array(TOKEN_OCTETS).fill(octet), reportsOf);
  if (!made.ok) throw new Error(made.error);
  return made.value;
}

export const READER = tokenOf("reader", "read", 1);
export const OPERATOR = tokenOf("operator", "operate", 2);
/** May report of p0/e0 and of the site munich. */
export const REPORTER = tokenOf("reporter", "report", 3, ["p0/e0", "site:munich"]);
export const TOKEN_FILE = `${READER.line}\n${OPERATOR.line}\n${REPORTER.line}\n`;

export interface ApiServer {
  readonly server: HttpServer;
  readonly desk: MemoryDesk;
  readonly log: Logged[];
  readonly url: string;
  readonly control: string | undefined;
}

const running = new Set<HttpServer>();

export async function stopServers(): Promise<void> {
  const all = [...running];
  running.clear();
  await Promise.all(all.map((server) => server.stop()));
}

export interface ApiServerOptions extends Omit<HttpServerOptions, "http"> {
  readonly host?: string;
  readonly desk?: MemoryDesk;
  readonly deps?: Partial<HttpServerDeps>;
}

export async function startApi({
  host = "127.0.0.1",
  desk = createMemoryDesk(),
  deps,
  ...options
}: ApiServerOptions = {}): Promise<ApiServer> {
  const logger = memoryLogger();
  const tokens = createTokenTable({ logger });
  tokens.replace(TOKEN_FILE, "tokens");
  const server = createHttpServer(
    { http: { host, port: 0 }, ...options },
    {
      metrics: {
        exposition: async () => ({ contentType: "text/plain; version=0.0.4", body: [Buffer.from("geosteer_up 1\n")] }),
      },
      health: { readiness: () => [], stale: () => undefined },
      hosts: () => [],
      logger,
      control: desk,
      tokens,
      ...deps,
    },
  );
  running.add(server);
  const started = await server.start();
  if (!started.ok) throw new Error(started.error.message);
  return { server, desk, log: logger.lines, url: started.value.url!, control: started.value.control };
}

export interface Ask {
  readonly method?: string;
  readonly token?: string;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** The certificate that is trusted. */
  readonly ca?: string;
}

export interface Told {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The text as JSON; undefined where it is none. */
  readonly body: any;
}

/** `at`: a URL, or the path of a Unix socket. */
export function ask(
  at: string,
  path: string,
  { method = "GET", token, json, body, headers, ca }: Ask = {},
): Promise<Told> {
  const sent = json === undefined ? body : JSON.stringify(json);
  const all: Record<string, string> = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(json !== undefined && { "content-type": "application/json" }),
    ...headers,
  };
  const options = { method, headers: all, agent: false as const };
  const request = at.startsWith("/")
    ? plainRequest({ ...options, socketPath: at, path })
    : at.startsWith("https:")
      ? secureRequest(new URL(path, at), { ...options, ...(ca !== undefined && { ca }) })
      : plainRequest(new URL(path, at), options);
  return new Promise((resolve, reject) => {
    request.on("error", reject);
    request.on("response", (response) => {
      text(response).then((told) => {
        resolve({ status: response.statusCode!, headers: response.headers, text: told, body: parsed(told) });
      }, reject);
    });
    request.end(sent);
  });
}

function parsed(told: string): unknown {
  try {
    return JSON.parse(told);
  } catch {
    return undefined;
  }
}
