/** `profiles`: which endpoint a client gets. Which keys go with which method: `checks/methods.ts`. */
import * as z from "zod";
import { methods } from "../../routing/methods/table.ts";
import type { MethodName } from "../../routing/snapshot.ts";
import { type IpAddress, parseIpAddress } from "../../shared/ip-address.ts";
import type { DomainName } from "../../shared/domain-name.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Refusal } from "../diagnostic.ts";
import { parseEndpointAddress } from "../text/address.ts";
import { parseHostName } from "../text/name.ts";
import { endpointAddress, endpointSchema } from "./endpoint.ts";
import { choice, flag, list, named, oneOrList, parsedText, seconds, section } from "./values.ts";
import { absoluteName, TTL_LIMITS } from "./zone.ts";

/** Addresses, or the name of a host. */
type Fallback = readonly IpAddress[] | DomainName;

function parseFallback(text: string): Result<Fallback, Refusal> {
  if (parseIpAddress(text) === undefined) return parseHostName(text);
  const address = parseEndpointAddress(text);
  return address.ok ? ok([address.value]) : address;
}

const FALLBACK = "address, list of addresses, or host name";

const fallback = z
  .union([parsedText({ title: FALLBACK, parse: parseFallback }), list(endpointAddress)], {
    error: FALLBACK,
  })
  .meta({ title: FALLBACK, description: "What to answer when no endpoint is up." });

const ALL_DOWN = "serveAll | nodata | servfail | { fallback }";

const whenAllDown = z
  .union([choice(["serveAll", "nodata", "servfail"]), section("a fallback", { fallback })], { error: ALL_DOWN })
  .meta({ title: ALL_DOWN });

function parsePercentage(text: string): Result<number, Refusal> {
  const percent = /^(\d{1,3}(?:\.\d{1,6})?)%$/.exec(text)?.[1];
  return percent !== undefined && Number(percent) <= 100
    ? ok(Number(percent) / 100)
    : err({ code: "bad-text", what: "not a percentage", wanted: "0% to 100%" });
}

const methodNames = Object.keys(methods) as [MethodName, ...MethodName[]];

export const profileSchema = section("a profile", {
  names: oneOrList(absoluteName).optional().meta({
    description: "The DNS names that it answers, each inside a zone.",
    defaultText: "none: only nested in other profiles",
  }),
  method: choice(methodNames).meta({ description: "How endpoints are chosen." }),
  enabled: flag().prefault(true).meta({ description: "false: its names do not exist." }),
  ttl: seconds(TTL_LIMITS).prefault("60s").meta({ description: "How long resolvers keep its answers." }),
  negativeTtl: seconds(TTL_LIMITS).prefault("5s").meta({
    description:
      "How long resolvers keep that there are no records for a client, where others get some. Many keep it for all.",
  }),
  ecs: flag()
    .prefault(true)
    .meta({ description: "false: client subnets are not used, the place of the resolver decides." }),
  monitor: parsedText({ title: "monitor name", parse: ok }).optional().meta({
    description: "How its endpoints are probed.",
    defaultText: "none: the endpoints count as up",
  }),
  endpoints: named("endpoints by name, in order", endpointSchema).meta({ description: "What it answers with." }),
  families: choice(["tier", "strict", "any"])
    .prefault("tier")
    .meta({
      description:
        "Who answers where the chosen endpoint has no address of the asked type: others of its tier, nobody, or later " +
        "tiers too.",
    }),
  whenAllDown: whenAllDown.prefault("serveAll").meta({
    description: "The answer when no endpoint is up: as if all were, no records, a failure, or a fallback.",
  }),
  whenRegionDown: choice(["climb", "nearest", "serve", "nodata"])
    .prefault("climb")
    .meta({
      description:
        "geographic: what clients get whose endpoint is down: that of the next wider region, the nearest, the same, " +
        "or no records.",
    }),
  tolerance: parsedText({
    title: "percentage",
    parse: parsePercentage,
    pattern: String.raw`^[0-9]{1,3}(\.[0-9]{1,6})?%$`,
    insteadOf: (number) => `a percentage: ${number}%`,
  })
    .prefault("5%")
    .meta({
      description: "performance: endpoints at most this share farther than the nearest count as equally near.",
    }),
});

export const profilesSchema = named("profiles by name", profileSchema);
