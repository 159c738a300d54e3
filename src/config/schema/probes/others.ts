/** Keys of monitors that speak a protocol with few of them. */
import * as z from "zod";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { Refusal } from "../../diagnostic.ts";
import { duration, oneOrList, parsedText } from "../values.ts";
import { authorizationShape, nonEmpty } from "./connection.ts";

/** Of tcp, and what dns shares with it. */
export const exchangeShape = {
  send: parsedText({ title: "text", parse: nonEmpty("the text to send") })
    .optional()
    .meta({
      description: "The text that is sent once connected. In double quotes \\r\\n is a line end.",
      defaultText: "none",
    }),
  expect: parsedText({ title: "text", parse: nonEmpty("the text of an answer") })
    .optional()
    .meta({
      description: "tcp: a text that must come back. dns: an address, name or text that one of the answers must have.",
      defaultText: "tcp: to connect is enough; dns: any answer with data",
    }),
};

/** As a package and a service of Protocol Buffers are called, and what else servers may take for names. */
function parseService(text: string): Result<string, Refusal> {
  return /^[!-~]{0,255}$/.test(text)
    ? ok(text)
    : err({ code: "bad-text", what: "not a service name", wanted: "at most 255 characters of ASCII without spaces" });
}

export const grpcShape = {
  service: parsedText({ title: "service name", parse: parseService }).prefault("").meta({
    description: "The service that is asked for; the empty text is the server as a whole.",
    defaultText: "the server as a whole",
  }),
};

const MAX_ARGUMENTS = 64;

/** Octets that Linux gives a program as one argument are 128 KiB; none takes a NUL. */
const LONGEST_ARGUMENT = 4096;

function parseArgument(text: string): Result<string, Refusal> {
  const wanted = `at most ${LONGEST_ARGUMENT} characters without NUL`;
  return text.length <= LONGEST_ARGUMENT && !text.includes("\0")
    ? ok(text)
    : err({ code: "bad-text", what: "not an argument of a program", wanted });
}

export const execShape = {
  command: oneOrList(parsedText({ title: "argument", parse: parseArgument }), MAX_ARGUMENTS)
    .optional()
    .meta({
      description:
        "The program, by its path, and its arguments: no shell reads them. %{host}, %{port}, %{profile} and %{endpoint} " +
        "are replaced; %%{ is %{ itself. Required.",
      defaultText: "none",
    }),
};

export const pushShape = {
  validFor: duration({ min: "1s", max: "1d" }).optional().meta({
    description: "How long a report counts. Without a newer one by then the probe has failed.",
    defaultText: "twice the interval",
  }),
};

const number = z.number({ error: "a number" }).meta({ title: "number" });

const serverUrl = parsedText({
  title: "URL",
  parse(text) {
    const wanted = "one such as http://prometheus:9090, without user, query and fragment";
    const url = URL.parse(text);
    const isPlain =
      url !== null && /^https?:$/.test(url.protocol) && url.search + url.hash + url.username + url.password === "";
    return isPlain ? ok(text.replace(/\/+$/, "")) : err({ code: "bad-text", what: "not the URL of a server", wanted });
  },
});

export const prometheusShape = {
  url: serverUrl.optional().meta({
    description: "The Prometheus server, without /api/v1/query. Required.",
    defaultText: "none",
  }),
  expression: parsedText({ title: "PromQL", parse: nonEmpty("an expression such as up") })
    .optional()
    .meta({
      description:
        "The instant query, whose result has one value. %{host}, %{port}, %{profile} and %{endpoint} are replaced. Required.",
      defaultText: "none",
    }),
  above: number
    .optional()
    .meta({ description: "Success is a value above this.", defaultText: "any but 0, without below" }),
  below: number
    .optional()
    .meta({ description: "Success is a value below this.", defaultText: "any but 0, without above" }),
  ...authorizationShape,
};

export { serverUrl };
