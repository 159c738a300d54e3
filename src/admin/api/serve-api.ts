/**
 * The API on Fastify: for each route what is read, what is asked of the desk and how the answer is written. Who may is
 * `guard.ts`. Whatever goes wrong is a problem of RFC 9457.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Actor, Answer, Control } from "../../control/control.ts";
import type { Caller, Door } from "../access/who-asks.ts";
import { API, type ApiRoute, type Reply } from "./api-route.ts";
import type { EventStreams } from "./event-streams.ts";
import { createGuard, type GuardDeps } from "./guard.ts";
import { jsonStream } from "./json-pieces.ts";
import { openApiDocument } from "./openapi.ts";
import { PROBLEM_STATUS } from "./problems.ts";
import { partsOf } from "./request-parts.ts";
import { EVENTS, OPENAPI } from "./routes/events.ts";
import { API_ROUTES } from "./routes/table.ts";
import { sendProblem } from "./send-problem.ts";

export interface ApiDeps extends GuardDeps {
  readonly control: Control;
  readonly streams: EventStreams;
  /** Takes a request that goes on for long out of the bounds of the short ones. */
  readonly goOn: (request: FastifyRequest) => void;
  /** Lets a request take its time until the function that is returned is called. */
  readonly pause: (request: FastifyRequest) => () => void;
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
    const goOn = route.isSlow === true ? deps.pause(request) : undefined;
    const answered = await route.handle(asked);
    goOn?.();
    if (!answered.ok && PROBLEM_STATUS[answered.error.code] === 403) {
      deps.refusals.tell(actor, `${route.method} ${route.path}`, answered.error.message);
    }
    return sendAnswer(reply, route, answered);
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
    for (const [name, value] of Object.entries(reply.getHeaders())) reply.raw.setHeader(name, value ?? "");
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
    const callers = new WeakMap<FastifyRequest, Caller>();
    server.route({
      method: route.method,
      url: urlOf(route),
      exposeHeadRoute: route !== EVENTS,
      async onRequest(request, reply) {
        const judged = guard(route, request);
        if (!("actor" in judged)) return sendProblem(reply, judged);
        callers.set(request, judged);
        return undefined;
      },
      handler: (request, reply) => answer(route, request, reply, callers.get(request)!.actor),
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
