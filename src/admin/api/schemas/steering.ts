/** `/profiles`, `/endpoints` and `/sites`: what is steered, and how it is. */
import * as z from "zod";
import type {
  EndpointStatus,
  Forced,
  LoadStatus,
  ProbeStatus,
  ProbeWaits,
  ProfileStatus,
  SiteStatus,
} from "../../../control/control.ts";
import { OVERRIDE_ACTIONS } from "../../../state/override.ts";
import { schemaOf } from "./named.ts";
import { listOf, pageOf } from "./page.ts";
import { count, counts, instant, status } from "./values.ts";

export const action = z.enum(OVERRIDE_ACTIONS, { error: OVERRIDE_ACTIONS.join(", ") }).meta({
  description:
    "`up`: served whatever probes say. `down`: as degraded. `out`: never served, not even when all are down. `drain`: its share falls to nothing over a time, then as `out`.",
});

const labels = z.record(z.string(), z.string()).meta({ examples: [{ provider: "own" }] });

const eligible = z
  .object({ all: count, ipv4: count, ipv6: count })
  .meta({ description: "Endpoints that are served by choice; nested profiles and hosts count for both families." });

export const profileStatus = schemaOf<ProfileStatus>()(
  "ProfileStatus",
  z.object({
    profile: z.string(),
    status,
    since: instant.meta({ description: "When the status began, or geosteer began to know." }),
    method: z.string().meta({ examples: ["performance"] }),
    names: z.array(z.string()).meta({ description: "The DNS names that it answers." }),
    endpoints: counts,
    eligible,
    allDown: z
      .string()
      .optional()
      .meta({ description: "What is answered now that no endpoint is up; missing as long as one is." }),
    regionsDown: z.array(z.string()).meta({ description: "geographic: the regions whose endpoints are all down." }),
    rulesDown: z
      .array(z.string())
      .meta({ description: "Residency rules, by name, for whose clients all endpoints that comply are down." }),
    decisions: z.number().meta({ description: "Decisions of the last minutes." }),
  }),
);

const forced = schemaOf<Forced>()(
  "Forced",
  z.object({
    action,
    override: count.meta({ description: "The id of the override that counts." }),
    left: z.number().min(0).max(1).meta({ description: "What is left of its share of the clients." }),
  }),
);

const probeWaits = schemaOf<ProbeWaits>()(
  "ProbeWaits",
  z
    .object({
      recovered: instant
        .optional()
        .meta({ description: "Since when it would be online, were there nothing to wait for." }),
      held: instant.optional().meta({ description: "Until when `hold` has it stay." }),
      damped: instant.optional().meta({ description: "Until when its flaps do." }),
      failback: instant.optional().meta({ description: "Until when `failback` does." }),
      manual: z.boolean().meta({ description: "Whether an operator has to say so: `failback: manual`." }),
    })
    .meta({
      description:
        "For what it waits before it comes back; missing where it is not degraded, or waits for nothing but its probes.",
    }),
);

const probeStatus = schemaOf<ProbeStatus>()(
  "ProbeStatus",
  z.object({
    monitor: z.string(),
    target: z.string().meta({ description: "What is probed.", examples: ["https://203.0.113.10:443"] }),
    status: status.extract(["online", "degraded", "checking"]).meta({ description: "What its probes say of it." }),
    since: instant,
    last: z
      .object({
        at: instant,
        milliseconds: z.number(),
        ok: z.boolean(),
        code: z
          .string()
          .optional()
          .meta({
            description: "Which failure it is; `not-probed` is none of the endpoint's. Missing after a success.",
            examples: ["timeout"],
          }),
        reason: z.string().optional(),
      })
      .optional()
      .meta({ description: "The last probe; missing before the first." }),
    failures: count.meta({ description: "Failed probes in a row, up to the latest." }),
    successes: count.meta({ description: "Successful probes in a row, up to the latest." }),
    flaps: count.meta({ description: "Flaps that count: each doubles the time to recovery. 0 without damping." }),
    waits: probeWaits.optional(),
  }),
);

const perCent = z.number().min(0);

const loadStatus = schemaOf<LoadStatus>()(
  "LoadStatus",
  z.object({
    of: z.string().meta({ description: "Whose load it is.", examples: ["shop/munich", "site:munich"] }),
    source: z.enum(["orca", "header", "json", "push", "prometheus"]).meta({ description: "What tells it." }),
    value: perCent.optional().meta({ description: "The latest reading, per cent; missing before the first." }),
    at: instant.optional(),
    smoothed: perCent.optional().meta({ description: "The mean of the readings." }),
    share: z.number().min(0).max(1).meta({ description: "What it leaves of the clients." }),
    critical: z.boolean().meta({ description: "Whether it is above `critical`, and not yet below `high` again." }),
    stale: z.boolean().meta({ description: "Whether readings have stopped, so that health alone decides." }),
    ignored: count.meta({ description: "Readings since the start that were no load." }),
  }),
);

const endpointStatus = schemaOf<EndpointStatus>()(
  "EndpointStatus",
  z.object({
    profile: z.string(),
    endpoint: z.string(),
    status: status.meta({ description: "What configuration and probes say, whatever is forced." }),
    since: instant,
    restored: z
      .boolean()
      .meta({ description: "Whether the status is from before the start, and no probe has confirmed it since." }),
    eligible: z.boolean().meta({ description: "Whether it is served by choice now." }),
    forced: forced.optional(),
    ramp: z.number().min(0).max(1).optional().meta({
      description:
        "What it has of the clients that are its own, on its way back by `rampUp`; missing where it has all.",
    }),
    site: z.string().optional(),
    labels,
    target: z.object({ kind: z.enum(["address", "host", "profile"]), text: z.string() }),
    reason: z
      .string()
      .optional()
      .meta({ description: "Why it is down; missing while it is not, and while no probe has said." }),
    addressesDown: z.array(z.string()).meta({
      description: "Addresses that are down and left out of the answer while others of the endpoint are up.",
    }),
    probes: z.array(probeStatus).meta({ description: "What is probed for it; none where nothing is." }),
    load: loadStatus.optional().meta({ description: "The load that it follows, its own or its site's." }),
    share: z
      .number()
      .optional()
      .meta({ description: "Of the profile's decisions in the last minutes, 0 to 1; missing where there were none." }),
    nested: z
      .object({ endpoints: counts, eligible })
      .optional()
      .meta({ description: "Where the target is a profile: its endpoints." }),
  }),
);

const siteStatus = schemaOf<SiteStatus>()(
  "SiteStatus",
  z.object({
    site: z.string(),
    labels,
    location: z.tuple([z.number(), z.number()]).optional().meta({ description: "Latitude and longitude." }),
    profiles: count.meta({ description: "Profiles with an endpoint there." }),
    endpoints: counts,
    eligible: count,
    forced: count.meta({ description: "How many endpoints an override holds." }),
    load: loadStatus.optional().meta({ description: "The site's own load." }),
  }),
);

export const profilePage = pageOf("ProfilePage", profileStatus);
export const endpointPage = pageOf("EndpointPage", endpointStatus);
export const siteList = listOf("SiteList", siteStatus);
