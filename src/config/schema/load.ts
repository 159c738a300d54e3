/** `load`: what tells how much an endpoint, or a site, has to do, and from when it leaves clients to others. */
import * as z from "zod";
import { jsonPath } from "./probes/http.ts";
import { authorization, nonEmpty } from "./probes/connection.ts";
import { serverUrl } from "./probes/others.ts";
import { choice, duration, parsedText, section } from "./values.ts";

const FROM = "push | { orca } | { header } | { json } | { prometheus, query }";

/** RFC 9110 section 5.1: a token. */
const HEADER = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/;

/** In ORCA's text form a name ends at `=` or a comma. */
const METRIC = /^[A-Za-z_][A-Za-z0-9_.:/-]{0,127}$/;

const from = z
  .union(
    [
      choice(["push"]),
      section("a signal of load", {
        orca: parsedText({ title: "name of a metric", parse: matching(METRIC, "one such as cpu_utilization") })
          .optional()
          .meta({
            description:
              "The metric of this name in the header endpoint-load-metrics of the answer to its probe by http or https; " +
              "shares of 1 count as per cent.",
            defaultText: "none",
          }),
        header: parsedText({ title: "name of a header", parse: matching(HEADER, "one such as x-load") })
          .optional()
          .meta({ description: "The header of this name in that answer.", defaultText: "none" }),
        json: jsonPath
          .optional()
          .meta({ description: "What this JSON path selects in the body of that answer.", defaultText: "none" }),
        prometheus: serverUrl.optional().meta({
          description: "The Prometheus server that query is asked of, without /api/v1/query.",
          defaultText: "none",
        }),
        query: parsedText({ title: "PromQL", parse: nonEmpty("a query such as max(cpu_percent)") })
          .optional()
          .meta({
            description: "With prometheus: an instant query whose result has one value, per cent. Required.",
            defaultText: "none",
          }),
        interval: duration({ min: "1s", max: "1h" })
          .optional()
          .meta({ description: "With prometheus: from one query to the next.", defaultText: "10s" }),
        authorization: authorization
          .optional()
          .meta({ description: "With prometheus: credentials. They are never shown.", defaultText: "none" }),
      }),
    ],
    { error: FROM },
  )
  .meta({ title: FROM });

const percent = z
  .number({ error: "a number of per cent, 0 to 1000" })
  .min(0, { error: "0 to 1000" })
  .max(1000, { error: "0 to 1000" })
  .meta({ title: "number 0 to 1000" });

export const loadSchema = section("a load", {
  from: from.meta({
    description: "What tells the load: the endpoint's report through the API, its probes, or Prometheus.",
  }),
  low: percent.prefault(70).meta({ description: "Per cent. Up to here all clients are kept." }),
  high: percent.prefault(90).meta({ description: "Per cent. The load stays below it; more clients go to others." }),
  critical: percent
    .prefault(95)
    .meta({ description: "Per cent. Above, it has clients only where there is nobody else, until it is below high." }),
  smooth: duration({ min: "0s", max: "1h" }).prefault("30s").meta({
    description: "The time over which readings are averaged. At least what the signal itself is averaged over.",
  }),
  maxAge: duration({ min: "1s", max: "1d" })
    .prefault("60s")
    .meta({ description: "How long a reading counts. Without a newer one by then health alone decides." }),
});

function matching(pattern: RegExp, wanted: string) {
  const parse = nonEmpty(wanted);
  return (text: string) =>
    pattern.test(text)
      ? parse(text)
      : ({ ok: false, error: { code: "bad-text", what: "not a name", wanted } } as const);
}
