/**
 * Refusals and failures of the HTTP API: which status each code has, and the body that says so (RFC 9457). The codes of
 * the desk are in `control/control.ts`; those of HTTP itself are here.
 */
import { STATUS_CODES } from "node:http";
import type * as z from "zod";
import { CONTROL_PROBLEMS, type ControlProblemCode } from "../../control/control.ts";
import type { problem } from "./schemas/problem.ts";

export const PROBLEM_JSON = "application/problem+json";

/** What each code of HTTP itself means. */
export const REQUEST_PROBLEMS = {
  malformed: "The request is no HTTP, or its body no JSON.",
  unauthorized: "The request needs a token, or has one that is not known.",
  forbidden: "The token's role does not allow it.",
  "cross-site": "A page of another site has made the browser ask.",
  "unknown-path": "There is nothing at this path.",
  "wrong-method": "The path has no such method.",
  "request-timeout": "The request did not come in time.",
  "body-too-large": "The body is larger than any that is used.",
  "wrong-content-type": "The body is not said to be JSON.",
  "wrong-host": "The server does not answer under the name that the request gives.",
  "too-many-requests": "More is asked than is answered.",
  "too-many-failures": "Too many wrong tokens came from this address.",
  "header-too-large": "The head of the request is too long.",
  internal: "A fault of geosteer; its log has the reason.",
  "too-many-streams": "As many clients follow the events as can.",
} as const satisfies Readonly<Record<string, string>>;
export type RequestProblemCode = keyof typeof REQUEST_PROBLEMS;

export type ProblemCode = ControlProblemCode | RequestProblemCode;

export const PROBLEM_STATUS: Readonly<Record<ProblemCode, number>> = {
  "unknown-profile": 404,
  "unknown-endpoint": 404,
  "unknown-site": 404,
  "unknown-name": 404,
  "unknown-override": 404,
  "unknown-notice": 404,
  "unknown-generation": 404,
  "bad-pattern": 400,
  "bad-request": 400,
  "not-its-subject": 403,
  // What is asked is well said and stands against how things are: `pending` or `force` says that it is meant.
  "matches-nothing": 409,
  "would-empty": 409,
  "too-many-overrides": 409,
  "not-probed": 409,
  "not-recovered": 409,
  "no-store": 404,
  busy: 503,
  stopping: 503,
  malformed: 400,
  unauthorized: 401,
  forbidden: 403,
  "cross-site": 403,
  "unknown-path": 404,
  "wrong-method": 405,
  "request-timeout": 408,
  "body-too-large": 413,
  "wrong-content-type": 415,
  "wrong-host": 421,
  "too-many-requests": 429,
  "too-many-failures": 429,
  "header-too-large": 431,
  internal: 500,
  "too-many-streams": 503,
};

/** Seconds after which it may go better; RFC 9110 section 10.2.3. */
export const RETRY_AFTER: Readonly<Partial<Record<ProblemCode, number>>> = {
  busy: 1,
  stopping: 5,
  "too-many-requests": 1,
  "too-many-failures": 6,
  "too-many-streams": 30,
};

export interface ApiProblem {
  readonly code: ProblemCode;
  readonly message: string;
}

export function meaningOf(code: ProblemCode): string {
  return { ...CONTROL_PROBLEMS, ...REQUEST_PROBLEMS }[code];
}

export function problemBody({ code, message }: ApiProblem): z.output<typeof problem> {
  const title = meaningOf(code);
  return { type: "about:blank", title, status: PROBLEM_STATUS[code], code, detail: message, message };
}

/** A whole answer for a connection whose request could not be read. */
export function rawProblem(problem: ApiProblem): string {
  const body = JSON.stringify(problemBody(problem));
  const status = PROBLEM_STATUS[problem.code];
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${PROBLEM_JSON}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
    "",
    body,
  ].join("\r\n");
}
