/**
 * The admin HTTP server: a table of routes on Fastify, read-only and in plain text. It has no authentication: it
 * belongs on a loopback or management address.
 */
import { fastify, type FastifyError, type FastifyInstance } from "fastify";
import { type ListenError, listenError } from "../shared/listen-error.ts";
import type { Logger } from "../shared/ports.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { PLAIN_TEXT, type Route } from "./route.ts";
import { healthRoutes, type Readiness } from "./routes/health.ts";
import { indexRoute, notFoundHandler } from "./routes/index-page.ts";
import { metricsRoutes } from "./routes/metrics.ts";

export interface HttpServerOptions {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
}

export interface HttpServerDeps {
  readonly metrics: Pick<Metrics, "exposition">;
  readonly readiness: Readiness;
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

export function createHttpServer({ host, port }: HttpServerOptions, deps: HttpServerDeps): HttpServer {
  const pages = [...metricsRoutes(deps.metrics), ...healthRoutes(deps.readiness)];
  const server = serverOf([indexRoute(pages), ...pages], deps.logger);
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

function serverOf(routes: readonly Route[], logger: Logger): FastifyInstance {
  const server = fastify({ logger: false, forceCloseConnections: "idle", requestTimeout: REQUEST_TIMEOUT });
  server.addHook("onRequest", async (_request, reply) => {
    reply.header("cache-control", "no-store");
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

function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
