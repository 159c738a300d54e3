/** A refusal or failure as the answer to a request of the API. */
import type { FastifyError, FastifyReply } from "fastify";
import { API } from "./api-route.ts";
import { type ApiProblem, PROBLEM_JSON, PROBLEM_STATUS, problemBody, RETRY_AFTER } from "./problems.ts";

/** Octets of a body; an override is a few hundred. */
export const LARGEST_BODY = 64 * 1024;

export function isApiPath(url: string): boolean {
  return /^\/api(?:[/?]|$)/.test(url);
}

export function sendProblem(reply: FastifyReply, problem: ApiProblem): FastifyReply {
  const { code } = problem;
  const retry = RETRY_AFTER[code];
  if (retry !== undefined) reply.header("retry-after", retry);
  // RFC 6750 section 3.
  if (code === "unauthorized") reply.header("www-authenticate", 'Bearer realm="geosteer"');
  // What is left of a body that is not wanted is not read, and who asks too much keeps no connection.
  const { "content-length": length = "0", "transfer-encoding": encoding } = reply.request.headers;
  const isTooMuch = code === "too-many-streams" || PROBLEM_STATUS[code] === 429;
  if (length !== "0" || encoding !== undefined || isTooMuch) reply.header("connection", "close");
  return reply
    .code(PROBLEM_STATUS[code])
    .type(PROBLEM_JSON)
    .send(JSON.stringify(problemBody(problem)));
}

/** What Fastify refuses, and what a handler throws. */
export function problemOf({ statusCode = 500, message }: FastifyError): ApiProblem {
  if (statusCode === 413) {
    return { code: "body-too-large", message: `the body is too large, wanted ${LARGEST_BODY} octets at most` };
  }
  if (statusCode === 415) {
    return { code: "wrong-content-type", message: "a body of this type is not read, wanted application/json" };
  }
  return statusCode < 500
    ? { code: "malformed", message }
    : { code: "internal", message: "internal error; the log has the reason" };
}

export const NOTHING_HERE: ApiProblem = {
  code: "unknown-path",
  message: `nothing is at this path; GET ${API}/openapi.json lists what is`,
};
