/**
 * The admin HTTP server: a table of routes on Fastify, read-only and in plain text. It has no authentication: it
 * belongs on a loopback or management address. What one client can take of it is bounded: connections, requests on each,
 * the time to send a request and to take the answer.
 */
import { fastify, type FastifyError, type FastifyInstance } from "fastify";
import { type ListenError, listenError } from "../shared/listen-error.ts";
import type { Logger } from "../shared/ports.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { boundConnections } from "./bound-connections.ts";
import { isHostAllowed } from "./host-names.ts";
import { PLAIN_TEXT, type Route } from "./route.ts";
import { healthRoutes, type Health } from "./routes/health.ts";
import { indexRoute, notFoundHandler } from "./routes/index-page.ts";
import { metricsRoutes } from "./routes/metrics.ts";

export interface HttpServerOptions {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
}

export interface HttpServerDeps {
  readonly metrics: Pick<Metrics, "exposition">;
  readonly health: Health;
  /** Names under which it may be asked, beside localhost and addresses: `api.hosts`. */
  readonly hosts: () => readonly string[];
  readonly logger: Logger;
}

export interface HttpServer {
  /** Resolves with the URL that the server listens on. */
  start(): Promise<Result<{ readonly url: string }, ListenError>>;
  /** Requests under way have a second to finish. */
  stop(): Promise<void>;
}

/** Milliseconds; a stop of the whole process takes at most five seconds. */
const STOP_LIMIT = 1000;

/** Milliseconds for a client to send its request: no request here has a body. */
const REQUEST_TIMEOUT = 10_000;
/** Milliseconds between two looks for clients that have taken longer. */
const REQUEST_CHECK_INTERVAL = 1000;

/** Milliseconds from a request until its answer has been taken: Prometheus waits for 10 s. */
const ANSWER_LIMIT = 30_000;

/** Scrapers and health checks are a handful. */
const MOST_CONNECTIONS = 100;

/** Bounds what a client can ask without waiting for answers. */
const REQUESTS_PER_CONNECTION = 100;

/** Octets of a request's head. */
const MAX_HEADER_SIZE = 8192;

export function createHttpServer({ host, port }: HttpServerOptions, deps: HttpServerDeps): HttpServer {
  const pages = [...metricsRoutes(deps.metrics), ...healthRoutes(deps.health)];
  const server = serverOf([indexRoute(pages), ...pages], deps);
  return {
    async start() {
      try {
        return ok({ url: await server.listen({ host, port }) });
      } catch (error) {
        await server.close();
        const errno = errnoOf(error);
        if (errno === undefined) throw error;
        const address = host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
        return err(listenError({ errno, address, protocol: "TCP", key: "listen.http" }));
      }
    },
    async stop() {
      const limit = setTimeout(() => server.server.closeAllConnections(), STOP_LIMIT);
      await server.close();
      clearTimeout(limit);
    },
  };
}

function serverOf(routes: readonly Route[], { hosts, logger }: HttpServerDeps): FastifyInstance {
  const server = fastify({
    logger: false,
    forceCloseConnections: "idle",
    requestTimeout: REQUEST_TIMEOUT,
    maxRequestsPerSocket: REQUESTS_PER_CONNECTION,
    http: { maxHeaderSize: MAX_HEADER_SIZE, connectionsCheckingInterval: REQUEST_CHECK_INTERVAL },
  });
  boundConnections(server.server, MOST_CONNECTIONS);
  server.addHook("onRequest", async (request, reply) => {
    const limit = setTimeout(() => request.raw.socket.destroy(), ANSWER_LIMIT);
    reply.raw.once("close", () => clearTimeout(limit));
    reply.header("cache-control", "no-store").header("x-content-type-options", "nosniff");
    if (isHostAllowed(request.headers.host, hosts())) return undefined;
    // RFC 9110 section 15.5.20: the server is unwilling to answer for the target URI.
    return reply.code(421).type(PLAIN_TEXT).send(NAME_NOT_ALLOWED);
  });
  for (const { path, handler } of routes) server.get(path, handler);
  server.setNotFoundHandler(notFoundHandler(routes));
  server.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).type(PLAIN_TEXT).send(`${error.message}\n`);
    logger.error({ err: error, route: request.routeOptions.url }, "a page of the HTTP server failed");
    return reply.code(500).type(PLAIN_TEXT).send("internal error; the log has the reason\n");
  });
  return server;
}

const NAME_NOT_ALLOWED = "not served under this name: use an IP address or localhost, or list the name in api.hosts\n";

function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
