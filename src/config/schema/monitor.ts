/** `monitors`: how endpoints are probed. Which protocol has which keys and which port: `protocols/table.ts`. */
import type * as z from "zod";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Refusal } from "../diagnostic.ts";
import { protocolNames, protocols } from "../protocols/table.ts";
import { parseDuration } from "../text/duration.ts";
import { authorizationShape, proxyShape, tlsShape } from "./probes/connection.ts";
import { dnsShape } from "./probes/dns.ts";
import { httpShape } from "./probes/http.ts";
import { exchangeShape, execShape, grpcShape, prometheusShape, pushShape } from "./probes/others.ts";
import { choice, duration, integer, oneOrList, named, parsedText, section } from "./values.ts";

/** The ports that protocols have, as in "80 (http), 53 (dns); tcp needs one". */
function defaultPorts(): string {
  const given = protocolNames.flatMap((name) => {
    const { port } = protocols[name];
    return port === undefined || port === 0 ? [] : [`${port} (${name})`];
  });
  const without = protocolNames.filter((name) => protocols[name].port === undefined);
  return `${given.join(", ")}; ${without.join(" and ")} need one`;
}

/** A description after the protocols that have the key, as in "http, https: what to request". */
function ofProtocols<const S extends Readonly<Record<string, z.ZodType>>>(shape: S): S {
  const entries = Object.entries(shape).map(([key, value]) => {
    const { description = "", ...meta } = value.meta() ?? {};
    const names = protocolNames.filter((name) => (protocols[name].keys as readonly string[]).includes(key));
    const prefix = description.startsWith(names[0]!) ? "" : `${names.join(", ")}: `;
    return [key, value.meta({ ...meta, description: prefix + lowerFirst(description, prefix) })];
  });
  return Object.fromEntries(entries) as S;
}

function lowerFirst(text: string, prefix: string): string {
  // An acronym or a name stays as it is.
  return prefix === "" || /^[A-Z]{2}|^(?:Prom)/.test(text) ? text : text[0]!.toLowerCase() + text.slice(1);
}

function parseWindow(text: string): Result<{ readonly failures: number; readonly of: number }, Refusal> {
  const [, failuresText, ofText] = /^(\d{1,3}) of (\d{1,3})$/.exec(text) ?? [];
  const [failures, of] = [Number(failuresText), Number(ofText)];
  return ofText !== undefined && failures >= 1 && failures <= of && of <= MAX_WINDOW
    ? ok({ failures, of })
    : err({
        code: "bad-text",
        what: "not a part of the last results",
        wanted: `one such as 3 of 10, of at most ${MAX_WINDOW}`,
      });
}

/** Results that are remembered: a bit each. */
const MAX_WINDOW = 30;

function parseFailback(text: string): Result<"auto" | "manual" | number, Refusal> {
  if (text === "auto" || text === "manual") return ok(text);
  const [, after] = /^after (.*)$/.exec(text) ?? [];
  if (after !== undefined) return parseDuration(after, { min: "1s", max: "7d" });
  return err({ code: "bad-text", what: "not a way to fail back", wanted: "auto, manual or a time: after 10m" });
}

const monitorName = parsedText({ title: "monitor name", parse: ok });
const composite = {
  all: oneOrList(monitorName).optional().meta({
    description: "In place of protocol: it is up while all of these monitors are.",
    defaultText: "none",
  }),
  any: oneOrList(monitorName).optional().meta({
    description: "In place of protocol: it is up while one of these monitors is.",
    defaultText: "none",
  }),
  atLeast: integer(1, 100).optional().meta({
    description: "In place of protocol: it is up while so many of the monitors in of are.",
    defaultText: "none",
  }),
  of: oneOrList(monitorName).optional().meta({
    description: "The monitors that atLeast counts.",
    defaultText: "none",
  }),
  not: monitorName.optional().meta({
    description: "In place of protocol: it is up while this monitor is degraded.",
    defaultText: "none",
  }),
};

export const monitorsSchema = named(
  "monitors by name",
  section("a monitor", {
    protocol: choice(protocolNames).optional().meta({
      description: "What a probe speaks. One of protocol, all, any, atLeast and not.",
      defaultText: "none",
    }),
    ...composite,
    port: integer(1, 65_535).optional().meta({ description: "The port to probe.", defaultText: defaultPorts() }),
    addresses: choice(["each", "any", "first"])
      .prefault("each")
      .meta({
        description:
          "Which addresses of an endpoint are probed: each = all, and one that is down leaves the answer; any = all, and one " +
          "that is up is enough; first = the first.",
      }),
    // Azure's numbers: probes every 30 s, time-out 10 s, 3 tolerated failures.
    interval: duration({ min: "1s", max: "1h" }).prefault("30s").meta({ description: "From one probe to the next." }),
    fastInterval: duration({ min: "250ms", max: "1h" }).optional().meta({
      description: "The same while the latest result speaks against the status. At most interval.",
      defaultText: "interval",
    }),
    timeout: duration({ min: "100ms", max: "1h" }).optional().meta({
      description: "A probe without an answer by then has failed. Shorter than fastInterval.",
      defaultText: "10s, or half of fastInterval where that is shorter",
    }),
    toleratedFailures: integer(0, 9)
      .prefault(3)
      .meta({ description: "Consecutive failures that do not count yet. The next one makes the endpoint degraded." }),
    failures: parsedText({ title: "N of M", parse: parseWindow }).optional().meta({
      description: "In place of toleratedFailures: so many failures among the last results make the endpoint degraded.",
      defaultText: "toleratedFailures",
    }),
    recoverAfter: integer(1, 10)
      .prefault(2)
      .meta({ description: "Consecutive successes after which a degraded endpoint is online again." }),
    hold: duration({ min: "0s", max: "1d" }).prefault("0s").meta({ description: "How long a status lasts at least." }),
    damping: section("damping of flaps", {
      window: duration({ min: "10s", max: "1d" }).meta({
        description: "Each flap within it doubles the time to recovery.",
      }),
      max: duration({ min: "1s", max: "1d" }).meta({ description: "The longest time to recovery." }),
    })
      .optional()
      .meta({ description: "What flaps comes back later.", defaultText: "none" }),
    failback: parsedText({ title: "auto | manual | after DURATION", parse: parseFailback }).prefault("auto").meta({
      description:
        "How an endpoint that has recovered comes back: at once, when geosteer failback says so, or after a time.",
    }),
    rampUp: duration({ min: "0s", max: "1d" }).prefault("0s").meta({
      description: "The time in which the share of an endpoint that has come back grows to the whole.",
    }),
    ...ofProtocols({ ...httpShape, ...tlsShape, ...proxyShape, ...authorizationShape }),
    ...ofProtocols({ ...exchangeShape, ...dnsShape, ...grpcShape, ...execShape, ...pushShape, ...prometheusShape }),
  }),
);
