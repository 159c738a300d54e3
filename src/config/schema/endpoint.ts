/**
 * An endpoint, of a profile or at the top level. Which keys go with which method: `checks/methods.ts`; which are taken
 * from where: `whole-endpoints.ts`.
 */
import { err, ok, type Result } from "../../shared/result.ts";
import type { Refusal } from "../diagnostic.ts";
import { parseEndpointAddress, parseProbeAddress } from "../text/address.ts";
import { parseHostName } from "../text/name.ts";
import { parsePercentage, PERCENTAGE_PATTERN } from "../text/percentage.ts";
import { parseRegionName } from "../text/region.ts";
import { clientNetworkText } from "./geoip.ts";
import { headersSchema } from "./headers.ts";
import { labelsSchema } from "./labels.ts";
import { loadSchema } from "./load.ts";
import { locationSchema } from "./location.ts";
import { flag, integer, named, oneOrList, parsedText, section } from "./values.ts";

export const endpointAddress = parsedText({ title: "IP address", parse: parseEndpointAddress });

/** What `minHealthy` can ask for: far more endpoints than a profile has. */
const MAX_ENDPOINTS = 100_000;

/** RFC 6793; 0 is nobody's (RFC 7607). */
const asn = integer(1, 4_294_967_295);

function parseTrickle(text: string): Result<number, Refusal> {
  const share = parsePercentage(text);
  const wanted = "0% to 50%";
  if (!share.ok) return err({ ...share.error, wanted });
  return share.value <= MOST_TRICKLE ? share : err({ code: "out-of-range", what: "more than a trickle", wanted });
}

const MOST_TRICKLE = 0.5;

const target = {
  address: oneOrList(endpointAddress)
    .optional()
    .meta({ description: "IPv4 and IPv6 addresses to answer. One of address, host and profile.", defaultText: "none" }),
  host: parsedText({ title: "host name", parse: (text) => parseHostName(text) })
    .optional()
    .meta({ description: "A host name to answer as CNAME.", defaultText: "none" }),
  profile: parsedText({ title: "profile name", parse: ok })
    .optional()
    .meta({ description: "Another profile, which decides in turn.", defaultText: "none" }),
};

const enabled = flag().prefault(true).meta({ description: "false takes the endpoint out of use." });

const place = {
  site: parsedText({ title: "site name", parse: ok }).optional().meta({
    description: "The site that it is at, from which it has its location and labels where it has none of its own.",
    defaultText: "none",
  }),
  labels: labelsSchema.optional().meta({
    description: "What it is labelled with, beside the labels of its site.",
    defaultText: "those of its site",
  }),
};

const location = locationSchema.optional().meta({
  description: "performance, and geographic with whenRegionDown nearest: where the endpoint is.",
  defaultText: "its site's; with nearest, else the first of its regions that is a country or subdivision",
});

const probing = {
  alwaysServe: flag()
    .prefault(false)
    .meta({ description: "With address or host, true: not probed, and served as long as it is enabled." }),
  monitor: parsedText({ title: "monitor name", parse: ok })
    .optional()
    .meta({ description: "With address or host: how it is probed.", defaultText: "the profile's monitor" }),
  headers: headersSchema.optional().meta({
    description: "Request headers of its probes by http and https, over the monitor's of the same name.",
    defaultText: "the monitor's",
  }),
  probe: parsedText({ title: "HOST, HOST:PORT or [IPV6]:PORT", parse: parseProbeAddress }).optional().meta({
    description: "What to probe in place of what is served.",
    defaultText: "each address or the host, at the monitor's port",
  }),
  load: loadSchema.optional().meta({
    description: "With address or host: its load, by which it leaves clients to others.",
    defaultText: "its site's",
  }),
};

const health = {
  minHealthy: integer(1, MAX_ENDPOINTS)
    .prefault(1)
    .meta({ description: "With profile: it is up while at least this many of its endpoints are." }),
  minHealthyIPv4: integer(0, MAX_ENDPOINTS)
    .prefault(0)
    .meta({ description: "With profile: the same, of its endpoints that have an IPv4 address or a host up." }),
  minHealthyIPv6: integer(0, MAX_ENDPOINTS)
    .prefault(0)
    .meta({ description: "With profile: the same, of its endpoints that have an IPv6 address or a host up." }),
};

export const endpointSchema = section("an endpoint", {
  use: parsedText({ title: "endpoint name", parse: ok }).optional().meta({
    description:
      "An endpoint at the top level, whose keys this one has where it has none of its own. No target beside it.",
    defaultText: "none",
  }),
  ...target,
  enabled,
  priority: integer(1, 1000).optional().meta({
    description: "priority: lower is served first. On all endpoints of the profile or on none.",
    defaultText: "the order of the file",
  }),
  weight: integer(1, 1000)
    .prefault(1)
    .meta({ description: "weighted: share of the answers, relative to the other weights." }),
  standby: flag().prefault(false).meta({
    description: "weighted, performance, multivalue: true: it is behind all endpoints that are not, as their spare.",
  }),
  trickle: parsedText({
    title: "percentage",
    parse: parseTrickle,
    pattern: PERCENTAGE_PATTERN,
    insteadOf: (number) => `a percentage: ${number}%`,
  })
    .prefault("0%")
    .meta({
      description:
        "priority, weighted, performance: the part of the clients that it gets while it is up and others are before " +
        "it, so that it never is cold.",
    }),
  location,
  ...place,
  regions: oneOrList(parsedText({ title: "region code, or name of an own grouping", parse: parseRegionName }))
    .optional()
    .meta({ description: "geographic: whose clients get this endpoint.", defaultText: "none" }),
  networks: oneOrList(clientNetworkText)
    .optional()
    .meta({
      description:
        "subnet, geographic, performance: clients of these networks get this endpoint, wherever they are. subnet: one " +
        "without any gets all others.",
      defaultText: "none",
    }),
  asns: oneOrList(asn)
    .optional()
    .meta({
      description:
        "subnet, geographic, performance: clients of these autonomous systems get this endpoint, unless a network " +
        "holds them. Needs a database of them in geoip.databases.",
      defaultText: "none",
    }),
  bias: integer(-99, 99)
    .prefault(0)
    .meta({ description: "performance: more than 0 draws clients from farther away, less than 0 sends them off." }),
  ...probing,
  ...health,
});

/** Without the keys that are about one profile's choice; where a target is is the same for all. */
export const sharedEndpointsSchema = named(
  "endpoints by name",
  section("an endpoint", { ...target, enabled, location, ...place, ...probing, ...health }),
);
