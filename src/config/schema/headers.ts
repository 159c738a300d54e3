/** `headers`: what HTTP probes send, of a monitor and of an endpoint. */
import * as z from "zod";
import { err, ok } from "../../shared/result.ts";
import { parsedText } from "./values.ts";

/** Headers that the connection itself decides; RFC 9113 section 8.2.2 refuses them in HTTP/2. */
const CONNECTION_HEADERS =
  /^(?:connection|content-length|expect|http2-settings|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade)$/i;
const HEADER_WANTED = "a header name such as X-Probe, and none that belongs to the connection";
/** RFC 9110 section 5.6.2: a field name is a token. */
const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;

const headerName = z
  .string()
  .refine((name) => TOKEN.test(name) && !CONNECTION_HEADERS.test(name), { error: HEADER_WANTED });

/** RFC 9110 section 5.5, without the obsolete octets above ASCII. */
const headerValue = parsedText({
  title: "text",
  isFree: true,
  parse: (text) =>
    /^(?:[!-~](?:[\t -~]*[!-~])?)?$/.test(text)
      ? ok(text)
      : err({ code: "bad-text", what: "not a header value", wanted: "visible ASCII, no spaces at the ends" }),
});

/** Azure allows as many, Host included. */
const MAX_HEADERS = 8;

export const headersSchema = z
  .record(headerName, headerValue, { error: "a mapping from header names to values" })
  .refine((value) => Object.keys(value).length <= MAX_HEADERS, {
    error: `at most ${MAX_HEADERS}`,
    params: { code: "out-of-range", what: "too many headers" },
  })
  .meta({ title: "header values by name", maxProperties: MAX_HEADERS });
