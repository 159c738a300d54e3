/**
 * The API on Fastify: for each route who may, how often, what is read, what is asked of the desk and how the answer is
 * written. Whatever goes wrong is a problem of RFC 9457.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Actor, Answer, Control } from "../../control/control.ts";
import type { Clock } from "../../shared/ports.ts";
import { isForeignPage } from "../access/foreign-page.ts";
import { formatPeer, peerNetwork } from "../access/peer-network.ts";
import type { Refusals } from "../access/refusals.ts";
import { createBuckets, type BucketRules } from "../access/token-buckets.ts";
import { callerOf, type Caller, type Door, NO_TOKEN, type NoCaller } from "../access/who-asks.ts";
import type { TokenTable } from "../tokens/token-table.ts";
import { API, type ApiRoute, type Reply } from "./api-route.ts";
import type { EventStreams } from "./event-streams.ts";
import { jsonStream } from "./json-pieces.ts";
import { openApiDocument } from "./openapi.ts";
import type { ApiProblem } from "./problems.ts";
import { partsOf } from "./request-parts.ts";
import { EVENTS, OPENAPI } from "./routes/events.ts";
import { API_ROUTES } from "./routes/table.ts";
import { sendProblem } from "./send-problem.ts";

/** Requests of one client, and of all: a page of 1000 entries takes some milliseconds of the main thread. */
const PER_CLIENT: BucketRules = { burst: 100, rate: 50, most: 10_000 };
const ALTOGETHER: BucketRules = { burst: 200, rate: 100, most: 1 };

/** Wrong tokens of one client. */
const FAILURES: BucketRules = { burst: 10, rate: 1 / 6, most: 10_000 };

export interface ApiDeps {
  readonly control: Control;
  /** Undefined = no token is known. */
  readonly tokens: Pick<TokenTable, "find"> | undefined;
  readonly streams: EventStreams;
  readonly refusals: Refusals;
  readonly clock: Clock;
  /** The user at the other end of the control socket. */
  readonly userOf: (request: FastifyRequest) => string;
  /** Takes a request that goes on for long out of the bounds of the short ones. */
  readonly goOn: (request: FastifyRequest) => void;
}

let document: string | undefined;

export function serveApi(server: FastifyInstance, door: Door, deps: ApiDeps): void {
  const { control, streams } = deps;
  const guard = createGuard(door, deps);

  const answer = async (route: ApiRoute, request: FastifyRequest, reply: FastifyReply, actor: Actor) => {
    if (route === OPENAPI) return reply.type("application/json").send((document ??= JSON.stringify(openApiDocument())));
    const parts = partsOf(route, request);
    if (!parts.ok) return sendProblem(reply, parts.error);
    if (route.handle === undefined) return follow(request, reply);
    const asked = { control, actor, ...parts.value } as Parameters<NonNullable<ApiRoute["handle"]>>[0];
    return sendAnswer(reply, route, await route.handle(asked));
  };

  const follow = (request: FastifyRequest, reply: FastifyReply) => {
    if (!streams.hasRoom()) {
      return sendProblem(reply, {
        code: "too-many-streams",
        message: "as many clients follow the events as can: come again later",
      });
    }
    deps.goOn(request);
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    const lastId = request.headers["last-event-id"];
    streams.open(reply.raw, typeof lastId === "string" ? lastId : undefined);
    return reply;
  };

  server.removeAllContentTypeParsers();
  const parseJson = server.getDefaultJsonParser("error", "error");
  server.addContentTypeParser("application/json", { parseAs: "string" }, (request, text, done) => {
    if (text === "") done(null, undefined);
    else void parseJson(request, text as string, done);
  });
  for (const route of API_ROUTES) {
    const caller = new WeakMap<FastifyRequest, Caller>();
    server.route({
      method: route.method,
      url: urlOf(route),
      exposeHeadRoute: route !== EVENTS,
      async onRequest(request, reply) {
        const judged = guard(route, request);
        if (!("actor" in judged)) return sendProblem(reply, judged);
        caller.set(request, judged);
        return undefined;
      },
      handler: (request, reply) => answer(route, request, reply, caller.get(request)!.actor),
    });
  }
  for (const [url, methods] of otherMethods()) {
    server.route({
      method: methods.others,
      url,
      handler: (_request, reply) =>
        sendProblem(reply.header("allow", methods.own.join(", ")), {
          code: "wrong-method",
          message: `the path has no such method, wanted ${methods.own.join(", ")}`,
        }),
    });
  }
}

/** Who asks, or why they are turned away. */
function createGuard(door: Door, { tokens, refusals, clock, userOf }: ApiDeps) {
  const perClient = createBuckets(PER_CLIENT, clock);
  const altogether = createBuckets(ALTOGETHER, clock);
  const failures = createBuckets(FAILURES, clock);

  const tooOften = (client: string): ApiProblem | undefined => {
    // Who asks too much takes nothing of what is for all.
    const wait = perClient.take(client) || altogether.take("");
    return wait === 0
      ? undefined
      : { code: "too-many-requests", message: "more is asked than is answered: ask again in a second" };
  };

  const identify = (request: FastifyRequest): Caller | NoCaller | "too-many-failures" => {
    if (door.kind === "control") return { actor: { name: userOf(request), from: "control socket" }, role: "operate" };
    const { socket, headers } = request.raw;
    const client = peerNetwork(socket.remoteAddress);
    if (headers.authorization !== undefined && failures.look(client) > 0) return "too-many-failures";
    const caller = callerOf(door, tokens, socket.remoteAddress, headers);
    if (caller === "wrong-token") failures.take(client);
    return caller;
  };

  return (route: ApiRoute, request: FastifyRequest): Caller | ApiProblem => {
    const { method, headers, socket } = request.raw;
    const often = tooOften(peerNetwork(socket.remoteAddress));
    if (often !== undefined) return often;
    const caller = identify(request);
    const problem = problemWith(route, caller, method, headers);
    if (problem === undefined) return caller as Caller;
    if (route.role === "operate") {
      const actor =
        typeof caller === "string" ? { name: NAMES[caller], from: formatPeer(socket.remoteAddress) } : caller.actor;
      refusals.tell(actor, `${route.method} ${route.path}`, problem.message);
    }
    return problem;
  };
}

/** Of those who are nobody, for the audit. */
const NAMES = { "no-token": NO_TOKEN, "wrong-token": "wrong token", "too-many-failures": "wrong token" } as const;

function problemWith(
  { role, method, body }: ApiRoute,
  caller: Caller | keyof typeof NAMES,
  used: string | undefined,
  headers: FastifyRequest["raw"]["headers"],
): ApiProblem | undefined {
  if (isForeignPage(used ?? method, headers)) {
    return { code: "cross-site", message: "a page of another site has made the browser ask: not answered" };
  }
  if (caller === "no-token") return { code: "unauthorized", message: WANTS_TOKEN[role] };
  if (caller === "wrong-token")
    return {
      code: "unauthorized",
      message: "the token is not known: it is none of those in the file that api.tokens names",
    };
  if (caller === "too-many-failures")
    return { code: "too-many-failures", message: "too many wrong tokens came from this address: ask again later" };
  if (role === "operate" && caller.role !== "operate") {
    return caller.actor.name === NO_TOKEN
      ? { code: "unauthorized", message: WANTS_TOKEN.operate }
      : { code: "forbidden", message: `the role of the token ${caller.actor.name} is ${caller.role}, wanted operate` };
  }
  // Not before, or who may not ask would learn what they may ask. A simple request (Fetch standard) has another type.
  if (body !== undefined && !/^application\/json *(?:;|$)/i.test(headers["content-type"] ?? "")) {
    return {
      code: "wrong-content-type",
      message: "the body is not said to be JSON, wanted the header content-type: application/json",
    };
  }
  return undefined;
}

const WANTS_TOKEN = {
  read: "reading from here needs a token, wanted the header authorization: Bearer TOKEN, with a token of the file that api.tokens names",
  operate:
    "a change needs a token of the role operate, wanted the header authorization: Bearer TOKEN; or ask over the control socket",
} as const;

function sendAnswer(reply: FastifyReply, { answers }: ApiRoute, answer: Answer<Reply>): FastifyReply {
  if (!answer.ok) return sendProblem(reply, answer.error);
  const { status, body } = answer.value;
  const isLarge = answers[status]?.isLarge ?? false;
  return reply
    .code(status)
    .type("application/json")
    .send(isLarge ? jsonStream(body) : JSON.stringify(body));
}

function urlOf({ path }: ApiRoute): string {
  return API + path.replaceAll(/\{(\w+)\}/g, ":$1");
}

function otherMethods(): ReadonlyMap<string, { readonly own: readonly string[]; readonly others: string[] }> {
  const byUrl = Map.groupBy(API_ROUTES, urlOf);
  return new Map(
    [...byUrl].map(([url, routes]) => {
      const own = routes.flatMap(({ method }) =>
        method === "GET" && !routes.includes(EVENTS) ? [method, "HEAD"] : [method],
      );
      const others = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"].filter((method) => !own.includes(method));
      return [url, { own, others }];
    }),
  );
}
