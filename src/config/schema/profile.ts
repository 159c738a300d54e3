/** `profiles`: which endpoint a client gets. Which keys go with which method: `checks/methods.ts`. */
import * as z from "zod";
import { methods } from "../../routing/methods/table.ts";
import type { MethodName } from "../../routing/snapshot.ts";
import { type IpAddress, parseIpAddress } from "../../shared/ip-address.ts";
import type { DomainName } from "../../shared/domain-name.ts";
import { ok, type Result } from "../../shared/result.ts";
import type { Refusal } from "../diagnostic.ts";
import { parseEndpointAddress } from "../text/address.ts";
import { parseHostName, parseProfileName } from "../text/name.ts";
import { parsePercentage, PERCENTAGE_PATTERN } from "../text/percentage.ts";
import { endpointAddress, endpointSchema } from "./endpoint.ts";
import { labelsSchema } from "./labels.ts";
import { choice, flag, integer, list, named, oneOrList, parsedText, seconds, section } from "./values.ts";
import { TTL_LIMITS } from "./zone.ts";

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

/** A part of nothing would be nothing at each step. */
const RANGE_LIMITS = { min: "1s", max: TTL_LIMITS.max } as const;

const ALL_DOWN = "serveAll | nodata | servfail | { fallback }";

const whenAllDown = z
  .union(
    [
      choice(["serveAll", "nodata", "servfail"]),
      section("a fallback", {
        fallback,
        labels: labelsSchema.optional().meta({
          description: "What the fallback is labelled with, for residency rules.",
          defaultText: "none",
        }),
      }),
    ],
    { error: ALL_DOWN },
  )
  .meta({ title: ALL_DOWN });

const STICKY = "client | { ipv4, ipv6 }";

const sticky = z
  .union(
    [
      choice(["client"]),
      section("prefix lengths", {
        ipv4: integer(1, 32).prefault(24).meta({ description: "Bits of an IPv4 address." }),
        ipv6: integer(1, 128).prefault(56).meta({ description: "Bits of an IPv6 address." }),
      }),
    ],
    { error: STICKY },
  )
  .meta({ title: STICKY });

const TTL = "duration | { max, min }";

/** As long as it is written, or a range in which it falls. */
const ttl = z
  .union(
    [
      seconds(TTL_LIMITS).transform((fixed) => ({ max: fixed, min: fixed })),
      section("a greatest and a least TTL", {
        max: seconds(RANGE_LIMITS).meta({ description: "The TTL while all endpoints that decide are stable." }),
        min: seconds(RANGE_LIMITS).meta({ description: "The TTL when one of them is about to change its status." }),
      }),
    ],
    { error: TTL },
  )
  .meta({ title: TTL });

const profileName = parsedText({ title: "DNS name", parse: parseProfileName });

const methodNames = Object.keys(methods) as [MethodName, ...MethodName[]];

export const profileSchema = section("a profile", {
  names: oneOrList(profileName)
    .optional()
    .meta({
      description:
        "The DNS names that it answers, each inside a zone. A wildcard, such as *.apps.example.com, answers all names below " +
        "that do not exist of themselves (RFC 4592).",
      defaultText: "none: only nested in other profiles",
    }),
  method: choice(methodNames).meta({ description: "How endpoints are chosen." }),
  enabled: flag().prefault(true).meta({ description: "false: its names do not exist." }),
  ttl: ttl.prefault("60s").meta({
    description:
      "How long resolvers keep its answers: as long each time, or less as an endpoint nears a change of its status.",
  }),
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
    pattern: PERCENTAGE_PATTERN,
    insteadOf: (number) => `a percentage: ${number}%`,
  })
    .prefault("5%")
    .meta({
      description: "performance: endpoints at most this share farther than the nearest count as equally near.",
    }),
  maxAnswers: integer(1, 10)
    .prefault(2)
    .meta({ description: "multivalue: how many endpoints are answered together at most." }),
  sticky: sticky.optional().meta({
    description:
      "weighted, performance: clients of one network keep to one endpoint while it is up: client = of one IPv4 /24 or " +
      "IPv6 /56.",
    defaultText: "none: chance decides for each query",
  }),
  order: choice(["rotate", "fixed"])
    .prefault("rotate")
    .meta({ description: "Whether the addresses of an answer change places from answer to answer." }),
});

export const profilesSchema = named("profiles by name", profileSchema);
