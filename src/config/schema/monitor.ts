/** `monitors`: how endpoints are probed. Which protocol has which keys and which port: `protocols.ts`. */
import * as z from "zod";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Refusal } from "../diagnostic.ts";
import { protocolNames, protocols } from "../protocols.ts";
import { headersSchema } from "./headers.ts";
import { choice, duration, flag, integer, named, oneOrList, parsedText, section } from "./values.ts";
import { absoluteName } from "./zone.ts";

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

/** The protocols that have the key, as in "http, https: what to request". */
function protocolsWith(key: string): string {
  return protocolNames.filter((name) => (protocols[name].keys as readonly string[]).includes(key)).join(", ");
}

/** The ports that protocols have, as in "80 (http), 53 (dns); tcp needs one". */
function defaultPorts(): string {
  const given = protocolNames.flatMap((name) => {
    const { port } = protocols[name];
    return port === undefined ? [] : [`${port} (${name})`];
  });
  const without = protocolNames.filter((name) => protocols[name].port === undefined);
  return `${given.join(", ")}; ${without.join(" and ")} needs one`;
}

const queryTypes = ["A", "AAAA", "CNAME", "TXT", "NS", "MX", "SOA"] as const;

export const monitorsSchema = named(
  "monitors by name",
  section("a monitor", {
    protocol: choice(protocolNames).meta({ description: "What a probe speaks." }),
    port: integer(1, 65_535).optional().meta({ description: "The port to probe.", defaultText: defaultPorts() }),
    // Azure's numbers: probes every 30 s, time-out 10 s, 3 tolerated failures.
    interval: duration({ min: "1s", max: "1h" }).prefault("30s").meta({ description: "From one probe to the next." }),
    timeout: duration({ min: "100ms", max: "1h" }).optional().meta({
      description: "A probe without an answer by then has failed. Shorter than interval.",
      defaultText: "10s, or half the interval where that is shorter",
    }),
    toleratedFailures: integer(0, 9)
      .prefault(3)
      .meta({ description: "Consecutive failures that do not count yet. The next one makes the endpoint degraded." }),
    recoverAfter: integer(1, 10)
      .prefault(2)
      .meta({ description: "Consecutive successes after which a degraded endpoint is online again." }),
    path: requestPath.prefault("/").meta({ description: `${protocolsWith("path")}: what to request.` }),
    expectedStatus: oneOrList(statusRange, MAX_STATUS_RANGES)
      // Azure's: 200 alone.
      .prefault(["200"])
      .meta({ description: `${protocolsWith("expectedStatus")}: status codes that count as success.` }),
    headers: headersSchema.optional().meta({
      description: `${protocolsWith("headers")}: request headers. Host also sets the TLS server name.`,
      defaultText: "none",
    }),
    // Azure does not verify.
    verifyCertificate: flag()
      .prefault(false)
      .meta({
        description: `${protocolsWith("verifyCertificate")}: whether a certificate that does not verify is a failure.`,
      }),
    query: absoluteName
      .optional()
      .meta({ description: `${protocolsWith("query")}: the name to ask for. Required.`, defaultText: "none" }),
    type: choice(queryTypes)
      .prefault("A")
      .meta({ description: `${protocolsWith("type")}: the type to ask for.` }),
    expect: parsedText({ title: "text", parse: nonEmpty })
      .optional()
      .meta({
        description: `${protocolsWith("expect")}: an address, name or text that one of the answers must have.`,
        defaultText: "any answer with data counts",
      }),
  }),
);

function nonEmpty(text: string): Result<string, Refusal> {
  return text === "" ? err({ code: "bad-text", what: "empty text", wanted: "the text of an answer" }) : ok(text);
}
