/** Keys of monitors that speak HTTP. */
import * as z from "zod";
import { parseJsonPath } from "../../../patterns/json-path.ts";
import { parseTextPattern } from "../../../patterns/text-pattern.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { Refusal } from "../../diagnostic.ts";
import { headersSchema } from "../headers.ts";
import { choice, flag, integer, oneOrList, parsedText, section, size } from "../values.ts";
import { authorizationShape, nonEmpty } from "./connection.ts";

/** A path is visible ASCII, as RFC 9112 section 3.2.1 sends it; a fragment is never sent. */
const requestPath = parsedText({
  title: "path",
  parse: (text) =>
    /^\/[!-"$-~]*$/.test(text)
      ? ok(text)
      : err({ code: "bad-text", what: "not a request path", wanted: "one such as /healthz: a slash, no spaces, no #" }),
});

type StatusRange = readonly [low: number, high: number];

/** RFC 9110 section 15: status codes are 100 to 599. No 1xx ends a request without Upgrade, and a probe sends none. */
function parseStatusRange(text: string): Result<StatusRange, Refusal> {
  const [, lowText, highText] = /^([2-5]\d\d)(?:-([2-5]\d\d))?$/.exec(text) ?? [];
  const low = Number(lowText);
  const high = Number(highText ?? lowText);
  return lowText !== undefined && low <= high
    ? ok([low, high])
    : err({
        code: "bad-text",
        what: "not a range of status codes",
        wanted: "one such as 200 or 200-299, within 200-599",
      });
}

const statusRange = z
  .union(
    [
      parsedText({ title: "status code or range", parse: parseStatusRange }),
      integer(200, 599).transform((status): StatusRange => [status, status]),
    ],
    { error: "a status code or a range such as 200-299" },
  )
  .meta({ title: "status code or range" });

/** Azure allows as many ranges. */
const MAX_STATUS_RANGES = 8;

/** The text of a pattern that can be read. */
function readable(
  parse: (text: string) => Result<unknown, string>,
  what: string,
  wanted: string,
): (text: string) => Result<string, Refusal> {
  return (text) => {
    const parsed = parse(text);
    return parsed.ok ? ok(text) : err({ code: "bad-pattern", what: `${what}: ${parsed.error}`, wanted });
  };
}

export const jsonPath = parsedText({
  title: "JSON path",
  parse: readable(parseJsonPath, "not a JSON path", "one of RFC 9535, such as $.status"),
});

const scalar = z
  .union([z.string(), z.number(), z.boolean(), z.null()], { error: "a text, a number, true, false or null" })
  .meta({ title: "text, number, true, false or null" });

export const httpShape = {
  method: choice(["GET", "HEAD", "POST"]).prefault("GET").meta({ description: "The method of the request." }),
  path: requestPath.prefault("/").meta({ description: "What to request." }),
  body: parsedText({ title: "text", parse: nonEmpty("the body of the request") })
    .optional()
    .meta({ description: "With POST: what to send.", defaultText: "an empty body" }),
  expectedStatus: oneOrList(statusRange, MAX_STATUS_RANGES)
    // Azure's: 200 alone.
    .prefault(["200"])
    .meta({ description: "Status codes that count as success." }),
  headers: headersSchema.optional().meta({
    description: "Request headers. Host also sets the TLS server name.",
    defaultText: "none",
  }),
  ...authorizationShape,
  contains: parsedText({ title: "text", parse: nonEmpty("a text that the body has") })
    .optional()
    .meta({ description: "A text that the body must have.", defaultText: "the body is not read" }),
  matches: parsedText({
    title: "regular expression",
    parse: readable(parseTextPattern, "not a regular expression of RE2", "one such as ^ready: (yes|true)$"),
  })
    .optional()
    .meta({
      description: "A regular expression, in the syntax of RE2, that must match somewhere in the body.",
      defaultText: "the body is not read",
    }),
  json: section("a JSON path and a value", {
    path: jsonPath.meta({ description: "A JSON path (RFC 9535) that must select something in the body." }),
    equals: scalar.optional().meta({ description: "What one of the selected must be.", defaultText: "any value" }),
  })
    .optional()
    .meta({ description: "What must stand in a body of JSON.", defaultText: "the body is not read" }),
  readAtMost: size({ min: "1KiB", max: "1MiB" })
    .prefault("64KiB")
    .meta({ description: "How much of the body is read, after decompression. What is behind is not looked at." }),
  followRedirects: flag()
    .prefault(false)
    .meta({ description: "true: the status counts to which a redirect leads, at most five on, at the same host." }),
  http2: flag().prefault(false).meta({ description: "true: HTTP/2, over TLS or with prior knowledge." }),
};
