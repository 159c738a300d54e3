/** `notices`: webhooks that are told what goes down and comes back. */
import { NOTICE_FORMATS, NOTICE_KINDS } from "../../shared/notice-settings.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Refusal } from "../diagnostic.ts";
import { file } from "./file.ts";
import { headersSchema } from "./headers.ts";
import { choice, duration, named, oneOrList, parsedText, section } from "./values.ts";

const URL_WANTED = "the whole of one, such as https://ops.example.com/geosteer, without user and fragment";

/** As a receiver is given: http or https, absolute. Credentials in it would go to logs of others. */
export function parseNoticeUrl(text: string): Result<string, Refusal> {
  const url = /^https?:\/\/[^\s/\\][^\s]*$/i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url !== undefined && url.username === "" && url.password === "" && url.hash === "";
  return isPlain ? ok(url.href) : err({ code: "bad-text", what: "not a URL to post to", wanted: URL_WANTED });
}

const MOST_PATTERNS = 100;
const PATTERN_WANTED = "PROFILE, PROFILE/ENDPOINT, site:NAME or label:KEY=VALUE; * stands for any characters of a name";

function parseSubject(text: string): Result<string, Refusal> {
  const isName = /^[\w.*-]+(?:\/[\w.*-]+)?$/.test(text);
  return isName || /^site:.+$/s.test(text) || /^label:[^=]+=.+$/s.test(text)
    ? ok(text)
    : err({ code: "bad-text", what: "not a pattern of subjects", wanted: PATTERN_WANTED });
}

const variable = parsedText({
  title: "name of an environment variable",
  parse: (text): Result<string, Refusal> =>
    /^[A-Za-z_]\w*$/.test(text)
      ? ok(text)
      : err({ code: "bad-text", what: "not the name of a variable", wanted: "letters, digits and underscores" }),
});

/** Something secret that is in a file or the environment. */
function kept(title: string, of: string) {
  return section(title, {
    file: file
      .optional()
      .meta({ description: `The file that has ${of}. One of file and variable.`, defaultText: "none" }),
    variable: variable
      .optional()
      .meta({ description: `The environment variable that has ${of}.`, defaultText: "none" }),
  });
}

export const noticesSchema = named(
  "webhooks by name",
  section("a webhook", {
    url: parsedText({ title: "URL", parse: parseNoticeUrl }).optional().meta({
      description: "Where messages are posted to; for alertmanager its base URL. It is never shown.",
      defaultText: "urlFrom",
    }),
    urlFrom: kept("a file or variable with a URL", "the URL").optional().meta({
      description: "Where the URL is, where it is not to stand here. One of url and urlFrom.",
      defaultText: "url",
    }),
    format: choice(NOTICE_FORMATS).prefault("json").meta({
      description: "How a message looks: docs/notices.md.",
    }),
    secret: kept("a file or variable with secrets", "secrets of Standard Webhooks, such as whsec_…, one a line")
      .optional()
      .meta({
        description: "What signs messages. All secrets do, so that one can be replaced.",
        defaultText: "not signed",
      }),
    on: oneOrList(choice(NOTICE_KINDS), NOTICE_KINDS.length)
      .prefault([...NOTICE_KINDS])
      .meta({ description: "What is told of." }),
    only: oneOrList(parsedText({ title: "pattern of subjects", parse: parseSubject }), MOST_PATTERNS)
      .optional()
      .meta({ description: `Of which subjects: ${PATTERN_WANTED}.`, defaultText: "all" }),
    gather: duration({ min: "0s", max: "1h" })
      .prefault("10s")
      .meta({ description: "From the first change to the message, which tells all that has changed by then." }),
    timeout: duration({ min: "100ms", max: "1m" })
      .prefault("10s")
      .meta({ description: "How long one attempt may take." }),
    ca: file.optional().meta({
      description: "A PEM file of the authorities that are trusted in place of the well-known ones.",
      defaultText: "the well-known ones",
    }),
    headers: headersSchema
      .optional()
      .meta({ description: "More request headers. They are never shown.", defaultText: "none" }),
  }),
);
