/**
 * One door of the admin server: Fastify with the pages, and what a single client can take of it bounded: connections,
 * requests on each, the time to send a request and to take the answer.
 */
import { createServer as createPlainServer, type Server, type ServerOptions } from "node:http";
import { createServer as createSecureServer, type Server as SecureServer } from "node:https";
import { fastify, type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Logger } from "../shared/ports.ts";
import type { Door } from "./access/who-asks.ts";
import { type ApiProblem, PROBLEM_STATUS, rawProblem } from "./api/problems.ts";
import { isApiPath, LARGEST_BODY, NOTHING_HERE, problemOf, sendProblem } from "./api/send-problem.ts";
import { boundConnections } from "./bound-connections.ts";
import { isHostAllowed } from "./host-names.ts";
import type { SecureOptions } from "./listeners/certificate.ts";
import { PLAIN_TEXT, type Page, type Route } from "./route.ts";
import { notFoundText } from "./routes/index-page.ts";

export interface DoorOptions {
  readonly door: Door;
  readonly pages: readonly Route[];
  /** What an unknown path is answered with. */
  readonly listed: readonly Page[];
  /** Undefined = without TLS. */
  readonly secure: SecureOptions | undefined;
}

export interface DoorDeps {
  readonly hosts: () => readonly string[];
  readonly logger: Logger;
}

export interface OpenDoor {
  readonly server: FastifyInstance;
  /** Takes a request that goes on for long out of the bounds of the short ones. */
  readonly goOn: (request: FastifyRequest) => void;
  /** Lets a request take its time until the function that is returned is called. */
  readonly pause: (request: FastifyRequest) => () => void;
  readonly closeConnections: () => void;
  readonly setSecure: (secure: SecureOptions) => void;
}

/** Milliseconds for a client to send its request. */
const REQUEST_TIMEOUT = 10_000;
/** Milliseconds between two looks for clients that have taken longer. */
const REQUEST_CHECK_INTERVAL = 1000;

/** Milliseconds for a client to agree on TLS. */
const HANDSHAKE_TIMEOUT = 10_000;

/** Milliseconds from a request until its answer has been taken: Prometheus waits for 10 s. */
const ANSWER_LIMIT = 30_000;

/** Scrapers, health checks and operators are a handful. */
const MOST_CONNECTIONS = 100;

/** Bounds what a client can ask without waiting for answers. */
const REQUESTS_PER_CONNECTION = 100;

/** Octets of a request's head. */
const MAX_HEADER_SIZE = 8192;

/** UTF-16 code units of a part of a path: names of profiles and endpoints are shorter. */
const LONGEST_PART = 500;

/**
 * Nothing here is a page with scripts, and nothing is for pages of others. No HSTS (RFC 6797): it would bind every port
 * of the host's name, and other servers listen there.
 */
const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
} as const;

export function openDoor({ door, pages, listed, secure }: DoorOptions, { hosts, logger }: DoorDeps): OpenDoor {
  let secureServer: SecureServer | undefined;
  const server = fastify({
    logger: false,
    forceCloseConnections: "idle",
    bodyLimit: LARGEST_BODY,
    routerOptions: { maxParamLength: LONGEST_PART },
    serverFactory(handler) {
      const made =
        secure === undefined
          ? createPlainServer(LIMITS, handler)
          : (secureServer = createSecureServer({ ...LIMITS, ...secure, handshakeTimeout: HANDSHAKE_TIMEOUT }, handler));
      made.maxRequestsPerSocket = REQUESTS_PER_CONNECTION;
      return made as Server;
    },
    frameworkErrors: (_error, _request, reply) =>
      void refuse(reply.headers(HEADERS), { code: "malformed", message: "the path cannot be read" }),
    clientErrorHandler(error, socket) {
      if (socket.writable) socket.write(rawProblem(unreadable(error)));
      // When that is written, whether the client goes or not.
      socket.destroySoon();
    },
  });
  const connections = boundConnections(server.server, MOST_CONNECTIONS);
  const limits = new WeakMap<FastifyRequest, NodeJS.Timeout>();
  const beginLimit = (request: FastifyRequest): void => {
    limits.set(
      request,
      setTimeout(() => request.raw.socket.destroy(), ANSWER_LIMIT),
    );
  };
  const endLimit = (request: FastifyRequest): void => clearTimeout(limits.get(request));
  server.addHook("onRequest", async (request, reply) => {
    beginLimit(request);
    reply.raw.once("close", () => endLimit(request));
    reply.headers(HEADERS);
    // A web page reaches no Unix socket.
    if (door.kind === "control" || isHostAllowed(request.headers.host, hosts())) return undefined;
    return refuse(reply, { code: "wrong-host", message: NAME_NOT_ALLOWED });
  });
  for (const { path, handler } of pages) server.get(path, handler);
  server.setNotFoundHandler((request, reply) =>
    isApiPath(request.url)
      ? sendProblem(reply, NOTHING_HERE)
      : reply.code(404).type(PLAIN_TEXT).send(notFoundText(listed)),
  );
  server.setErrorHandler<FastifyError>((error, request, reply) => {
    const problem = problemOf(error);
    if (problem.code === "internal") {
      logger.error({ err: error, route: request.routeOptions.url }, "a page of the HTTP server failed");
    }
    return refuse(reply, problem, error.statusCode);
  });
  return {
    server,
    goOn(request) {
      endLimit(request);
      connections.letGo(request.raw.socket);
    },
    pause(request) {
      endLimit(request);
      return () => {
        if (!request.raw.socket.destroyed) beginLimit(request);
      };
    },
    closeConnections() {
      server.server.closeAllConnections();
      connections.closeAll();
    },
    setSecure: (renewed) => secureServer?.setSecureContext(renewed),
  };
}

const LIMITS: ServerOptions = {
  maxHeaderSize: MAX_HEADER_SIZE,
  requestTimeout: REQUEST_TIMEOUT,
  connectionsCheckingInterval: REQUEST_CHECK_INTERVAL,
  keepAliveTimeout: 72_000,
};

/** For a page in plain text the status may be another than the API's: Fastify's own. */
function refuse(reply: FastifyReply, problem: ApiProblem, status?: number): FastifyReply {
  if (isApiPath(reply.request.url)) return sendProblem(reply, problem);
  return reply
    .code(status ?? PROBLEM_STATUS[problem.code])
    .type(PLAIN_TEXT)
    .send(`${problem.message}\n`);
}

const NAME_NOT_ALLOWED = "not served under this name: use an IP address or localhost, or list the name in api.hosts";

/** https://nodejs.org/api/http.html#event-clienterror */
function unreadable({ code }: NodeJS.ErrnoException): ApiProblem {
  if (code === "HPE_HEADER_OVERFLOW") {
    return {
      code: "header-too-large",
      message: `the head of the request is too long, wanted ${MAX_HEADER_SIZE} octets at most`,
    };
  }
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return { code: "request-timeout", message: `the request did not come within ${REQUEST_TIMEOUT / 1000} seconds` };
  }
  return { code: "malformed", message: "this is no HTTP request" };
}
