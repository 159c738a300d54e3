/** Who asks for a route and whether they are answered: rights, pages of other sites, and how often. */
import type { FastifyRequest } from "fastify";
import type { Clock } from "../../shared/ports.ts";
import { isForeignPage } from "../access/foreign-page.ts";
import { formatPeer, peerNetwork } from "../access/peer-network.ts";
import type { Refusals } from "../access/refusals.ts";
import { createBuckets, type BucketRules } from "../access/token-buckets.ts";
import { callerOf, type Caller, type Door, NO_TOKEN, type NoCaller } from "../access/who-asks.ts";
import { allows } from "../tokens/role.ts";
import type { TokenTable } from "../tokens/token-table.ts";
import type { ApiRoute } from "./api-route.ts";
import type { ApiProblem } from "./problems.ts";

export interface GuardDeps {
  /** Undefined = no token is known. */
  readonly tokens: Pick<TokenTable, "find"> | undefined;
  readonly refusals: Refusals;
  readonly clock: Clock;
  /** The user at the other end of the control socket. */
  readonly userOf: (request: FastifyRequest) => string;
}

/** Requests of one client; and those of all that are answered: a page of 1000 entries takes milliseconds. */
const PER_CLIENT: BucketRules = { burst: 100, rate: 50, most: 10_000 };
const ALTOGETHER: BucketRules = { burst: 200, rate: 100, most: 1 };

/** Reports of all: thousands of machines send them, and leave what people ask for. */
const REPORTS: BucketRules = { burst: 2000, rate: 1000, most: 1 };

/** Wrong tokens of one client. */
const FAILURES: BucketRules = { burst: 10, rate: 1 / 6, most: 10_000 };

/** Who asks, or why they are turned away. */
export function createGuard(door: Door, { tokens, refusals, clock, userOf }: GuardDeps) {
  const perClient = createBuckets(PER_CLIENT, clock);
  const altogether = createBuckets(ALTOGETHER, clock);
  const reports = createBuckets(REPORTS, clock);
  const failures = createBuckets(FAILURES, clock);

  const identify = (request: FastifyRequest, client: string): Caller | Nobody => {
    if (door.kind === "control") return { actor: { name: userOf(request), from: "control socket" }, role: "operate" };
    const { socket, headers } = request.raw;
    if (headers.authorization !== undefined && failures.look(client) > 0) return "too-many-failures";
    const caller = callerOf(door, tokens, socket.remoteAddress, headers);
    if (caller === "wrong-token") failures.take(client);
    return caller;
  };

  return (route: ApiRoute, request: FastifyRequest): Caller | ApiProblem => {
    const { remoteAddress } = request.raw.socket;
    const client = peerNetwork(remoteAddress);
    if (perClient.take(client) > 0) return TOO_OFTEN;
    const caller = identify(request, client);
    const problem = problemWith(route, caller, request);
    // Who is turned away takes nothing of what is for all.
    const ofAll = route.role === "report" ? reports : altogether;
    if (problem === undefined) return ofAll.take("") > 0 ? TOO_OFTEN : (caller as Caller);
    if (route.role !== "read") {
      const actor =
        typeof caller === "string" ? { name: NAMES[caller], from: formatPeer(remoteAddress) } : caller.actor;
      refusals.tell(actor, `${route.method} ${route.path}`, problem.message);
    }
    return problem;
  };
}

type Nobody = NoCaller | "too-many-failures";

/** What they are called in the audit. */
const NAMES: Readonly<Record<Nobody, string>> = {
  "no-token": NO_TOKEN,
  "wrong-token": "wrong token",
  "too-many-failures": "wrong token",
};

function problemWith(
  route: ApiRoute,
  caller: Caller | Nobody,
  { method, headers }: FastifyRequest,
): ApiProblem | undefined {
  if (isForeignPage(method, headers)) return FOREIGN_PAGE;
  if (caller === "no-token") return WANTS_TOKEN[route.role];
  if (caller === "wrong-token") return UNKNOWN_TOKEN;
  if (caller === "too-many-failures") return TOO_MANY_FAILURES;
  if (!allows(caller.role, route.role)) {
    const { name } = caller.actor;
    if (name === NO_TOKEN) return WANTS_TOKEN[route.role];
    return { code: "forbidden", message: `the role of the token ${name} is ${caller.role}, wanted ${route.role}` };
  }
  // What a page can send without asking first (a simple request of the Fetch standard) has another type.
  const isJson = /^application\/json *(?:;|$)/i.test(headers["content-type"] ?? "");
  return route.body === undefined || isJson ? undefined : NO_JSON;
}

const TOO_OFTEN: ApiProblem = {
  code: "too-many-requests",
  message: "more is asked than is answered: ask again in a second",
};

const FOREIGN_PAGE: ApiProblem = {
  code: "cross-site",
  message: "a page of another site has made the browser ask: not answered",
};

const WANTS_TOKEN: Readonly<Record<ApiRoute["role"], ApiProblem>> = {
  read: {
    code: "unauthorized",
    message:
      "reading from here needs a token, wanted the header authorization: Bearer TOKEN, with a token of the file that api.tokens names",
  },
  operate: {
    code: "unauthorized",
    message:
      "a change needs a token of the role operate, wanted the header authorization: Bearer TOKEN; or ask over the control socket",
  },
  report: {
    code: "unauthorized",
    message:
      "a report needs a token of the role report or operate, wanted the header authorization: Bearer TOKEN; or ask over the control socket",
  },
};

const UNKNOWN_TOKEN: ApiProblem = {
  code: "unauthorized",
  message: "the token is not known: it is none of those in the file that api.tokens names",
};

const TOO_MANY_FAILURES: ApiProblem = {
  code: "too-many-failures",
  message: "too many wrong tokens came from this address: ask again later",
};

const NO_JSON: ApiProblem = {
  code: "wrong-content-type",
  message: "the body is not said to be JSON, wanted the header content-type: application/json",
};
