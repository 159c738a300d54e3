/** `dns`: how queries are answered, whatever their zone: what the server tells of itself, cookies, limits. */
import { err, ok, type Result } from "../../shared/result.ts";
import type { Refusal } from "../diagnostic.ts";
import { file } from "./file.ts";
import { networkText } from "./geoip.ts";
import { flag, integer, oneOrList, parsedText, seconds, section } from "./values.ts";

/** Octets: the longest question and every other option leave as many of the 512 that each client takes. */
const MAX_TELL = 128;

const told = parsedText({
  title: "text",
  parse(text): Result<string, Refusal> {
    const isPrintable = /^[ -~]+$/.test(text) && text.length <= MAX_TELL;
    return isPrintable
      ? ok(text)
      : err({ code: "bad-text", what: "not a plain text", wanted: `1 to ${MAX_TELL} ASCII characters` });
  },
});

const identity = section("what the server tells of itself", {
  name: told.optional().meta({
    description: "The server's own name: NSID, and class CH hostname.bind and id.server.",
    defaultText: "not told",
  }),
  version: told.optional().meta({
    description: "Class CH version.bind and version.server.",
    defaultText: "not told",
  }),
  whoami: flag()
    .prefault(false)
    .meta({ description: "true: class CH whoami.geosteer tells what is known of the client that asks." }),
  allow: oneOrList(networkText)
    .prefault(["127.0.0.0/8", "::1/128"])
    .meta({ description: "Who may ask for names of class CH. Others are refused." }),
});

const cookies = section("cookies", {
  secrets: file.optional().meta({
    description:
      "A file of secrets, 32 hexadecimal digits a line: the first makes cookies, all are accepted. Servers that share " +
      "an address need the same.",
    defaultText: "a random secret at each start",
  }),
});

const ecs = section("client subnets", {
  ipv4: integer(0, 32).prefault(32).meta({ description: "Bits of an IPv4 client subnet that are used at most." }),
  ipv6: integer(0, 128).prefault(128).meta({ description: "Bits of an IPv6 client subnet that are used at most." }),
});

/** Answers per second. BIND has the same limit. */
const MAX_RATE = 1000;
const MAX_NETWORK_RATE = 100_000;
/**
 * Of a network (a /24 or /56), by default. Such answers are large sets of TXT records, or ten addresses and more, and
 * resolvers keep them for their TTL: 1,000 caches in one network that each hold fifty such sets for five minutes ask for
 * 167 a second. Half of those over the limit are told to come by TCP, so who meets it is slowed down and not cut off.
 */
const AMPLIFIED_RATE = 200;

const perSecond = (what: string): string => `${what}, per second and network. 0: no limit.`;

const rate = (what: string) => integer(0, MAX_RATE).meta({ description: perSecond(what) });

const rateLikeResponses = (what: string) =>
  integer(0, MAX_RATE)
    .optional()
    .meta({ description: perSecond(what), defaultText: "as responses" });

const rateLimit = section("response rate limits", {
  amplified: integer(0, MAX_NETWORK_RATE)
    .prefault(AMPLIFIED_RATE)
    .meta({ description: perSecond("Answers of more than five times the octets of their query") }),
  all: integer(0, MAX_NETWORK_RATE)
    .prefault(0)
    .meta({ description: perSecond("All answers") }),
  responses: rate("Answers with records for one name or wildcard").prefault(0),
  nodata: rateLikeResponses("Answers that one name has no such records"),
  nxdomains: rateLikeResponses("Answers that names of one zone do not exist"),
  referrals: rateLikeResponses("Referrals to the servers of one delegation"),
  errors: rateLikeResponses("Refusals and errors, whatever the name"),
  server: integer(0, 1_000_000).prefault(0).meta({
    description:
      "Answers a second to all networks together, above which clients without a cookie are sent to TCP. 0: no limit.",
  }),
  window: seconds({ min: "1s", max: "3600s" })
    .prefault("15s")
    .meta({ description: "How long a flood that has ended goes on counting." }),
  slip: integer(0, 10)
    .prefault(2)
    .meta({ description: "Of the answers over a limit every how many-th is sent empty, with TC. 0: none." }),
  ipv4Prefix: integer(1, 32)
    .prefault(24)
    .meta({ description: "Bits of an IPv4 network that is counted as one client." }),
  ipv6Prefix: integer(1, 128)
    .prefault(56)
    .meta({ description: "Bits of an IPv6 network that is counted as one client." }),
  entries: integer(1000, 10_000_000)
    .prefault(100_000)
    .meta({ description: "Networks and names that are counted at a time." }),
  exempt: oneOrList(networkText).optional().meta({
    description: "Networks that are not limited.",
    defaultText: "none",
  }),
});

export const dnsSchema = section("how queries are answered", {
  identity: identity.prefault({}).meta({ description: "What the server tells of itself." }),
  // 512 is what every client takes (RFC 1035 section 4.2.1), 1400 what RFC 9715 recommends at most.
  udpSize: integer(512, 1400)
    .prefault(1232)
    .meta({ description: "Octets of the longest answer over UDP. A longer one goes over TCP." }),
  cookies: cookies.prefault({}).meta({ description: "DNS cookies (RFC 7873)." }),
  ecs: ecs.prefault({}).meta({ description: "Client subnets (RFC 7871)." }),
  rateLimit: rateLimit.prefault({}).meta({
    description: "Limits of answers over UDP to clients without a valid cookie, against reflected floods.",
  }),
});
