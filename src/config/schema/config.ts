/** The whole file. Each key is described where it is defined; `key-table.ts` and `json-schema.ts` read it from there. */
import type * as z from "zod";
import { LOG_LEVELS } from "../../shared/ports.ts";
import { apiSchema } from "./api.ts";
import { dnsSchema } from "./dns.ts";
import { geoipSchema } from "./geoip.ts";
import { sharedEndpointsSchema } from "./endpoint.ts";
import { healthSchema } from "./health.ts";
import { limitsSchema } from "./limits.ts";
import { listenSchema } from "./listen.ts";
import { monitorsSchema } from "./monitor.ts";
import { noticesSchema } from "./notice.ts";
import { profilesSchema } from "./profile.ts";
import { reloadSchema } from "./reload.ts";
import { residencySchema } from "./residency.ts";
import { sitesSchema } from "./site.ts";
import { stateSchema } from "./state.ts";
import { choice, section } from "./values.ts";
import { zonesSchema } from "./zone.ts";

export const configSchema = section("the configuration", {
  listen: listenSchema.prefault({}).meta({ description: "Where the process answers." }),
  api: apiSchema.prefault({}).meta({ description: "Who may ask the HTTP server." }),
  dns: dnsSchema.prefault({}).meta({ description: "How queries are answered, whatever their zone." }),
  geoip: geoipSchema.prefault({}).meta({ description: "What is known of where clients are." }),
  state: stateSchema.prefault({}).meta({ description: "What outlives the process." }),
  reload: reloadSchema.prefault({}).meta({ description: "When files are loaded again." }),
  log: section("logging", {
    level: choice(LOG_LEVELS).prefault("info").meta({ description: "The least that is logged." }),
  })
    .prefault({})
    .meta({ description: "Logs." }),
  limits: limitsSchema.prefault({}).meta({ description: "Limits of work." }),
  // A check asks for at least one: here a zone that is not well-formed would hide what is wrong with the profiles.
  zones: zonesSchema
    .prefault({})
    .meta({ description: "The zones that the server answers for.", defaultText: "none, but at least one is needed" }),
  health: healthSchema.prefault({}).meta({ description: "What holds for the probes of all monitors." }),
  monitors: monitorsSchema.prefault({}).meta({ description: "How endpoints are probed." }),
  sites: sitesSchema
    .prefault({})
    .meta({ description: "Data centres and cloud regions: what endpoints there have in common." }),
  endpoints: sharedEndpointsSchema
    .prefault({})
    .meta({ description: "Endpoints that profiles use, so that each is written once." }),
  profiles: profilesSchema
    .prefault({})
    .meta({ description: "Names whose answer depends on the client and on health." }),
  notices: noticesSchema.prefault({}).meta({ description: "Webhooks that are told what goes down and comes back." }),
  residency: residencySchema
    .prefault({})
    .meta({ description: "Rules which clients may get only endpoints with certain labels, whatever is down." }),
});

export type Config = z.output<typeof configSchema>;
export type ZoneConfig = Config["zones"][string];
export type MonitorConfig = Config["monitors"][string];
export type ProfileConfig = Config["profiles"][string];
export type EndpointConfig = ProfileConfig["endpoints"][string];
export type LoadConfig = NonNullable<EndpointConfig["load"]>;
export type ResidencyConfig = Config["residency"][string];
export type SharedEndpointConfig = Config["endpoints"][string];
