/** What is steered and how it is: `/status`, `/profiles`, `/endpoints`, `/sites`, `/explain`. */
import * as z from "zod";
import { apiRoute, as200, ok200, type ApiRoute } from "../api-route.ts";
import { EXAMPLES } from "../examples.ts";
import { explained, QUESTIONS } from "../schemas/explained.ts";
import { overview } from "../schemas/overview.ts";
import { pageKeys } from "../schemas/page.ts";
import { endpointPage, profilePage, profileStatus, siteList } from "../schemas/steering.ts";
import { endpointName, ipAddress, profileName, status, text } from "../schemas/values.ts";

const tag = "status";

const siteName = text("the name of a site", 300);

/** Repeated keys of a query come as a list, one alone as text. */
const endpoints = z
  .union([z.array(endpointName).max(100), endpointName], { error: "PROFILE/ENDPOINT, a hundred times at most" })
  .optional()
  .transform((given) => (given === undefined ? [] : [given].flat()));

export const steeringRoutes: readonly ApiRoute[] = [
  apiRoute({
    method: "GET",
    path: "/status",
    operationId: "getStatus",
    tag,
    summary: "how geosteer is, in all",
    role: "read",
    answers: { 200: { description: "How it is.", schema: overview, example: EXAMPLES.overview } },
    problems: [],
    handle: ({ control }) => ok200(control.overview()),
  }),
  apiRoute({
    method: "GET",
    path: "/profiles",
    operationId: "listProfiles",
    tag,
    summary: "the status of profiles",
    role: "read",
    query: z.strictObject({
      status: status.optional().meta({ description: "Only profiles with this status." }),
      site: siteName.optional().meta({ description: "Only profiles with an endpoint at this site." }),
      ...pageKeys,
    }),
    answers: {
      200: { description: "A page of profiles.", schema: profilePage, example: { items: [EXAMPLES.profile] } },
    },
    problems: ["bad-request"],
    handle: ({ control, query }) => ok200(control.profiles(query)),
  }),
  apiRoute({
    method: "GET",
    path: "/profiles/{profile}",
    operationId: "getProfile",
    tag,
    summary: "the status of one profile",
    role: "read",
    params: z.strictObject({ profile: profileName.meta({ description: "The profile's name.", examples: ["shop"] }) }),
    answers: { 200: { description: "The profile.", schema: profileStatus, example: EXAMPLES.profile } },
    problems: ["bad-request", "unknown-profile"],
    handle: ({ control, params }) => as200(control.profile(params.profile)),
  }),
  apiRoute({
    method: "GET",
    path: "/endpoints",
    operationId: "listEndpoints",
    tag,
    summary: "the status of endpoints",
    role: "read",
    query: z.strictObject({
      profile: profileName.optional().meta({ description: "Only those of this profile." }),
      site: siteName.optional().meta({ description: "Only those at this site." }),
      label: z
        .string({ error: "KEY=VALUE" })
        .regex(/^[^=]{1,200}=.{0,500}$/, { error: "KEY=VALUE" })
        .optional()
        .meta({ description: "Only those with this label, `KEY=VALUE`.", examples: ["provider=azure"] }),
      status: status.optional().meta({ description: "Only those with this status." }),
      ...pageKeys,
    }),
    answers: {
      200: { description: "A page of endpoints.", schema: endpointPage, example: { items: [EXAMPLES.endpoint] } },
    },
    problems: ["bad-request"],
    handle: ({ control, query }) => ok200(control.endpoints(query)),
  }),
  apiRoute({
    method: "GET",
    path: "/sites",
    operationId: "listSites",
    tag,
    summary: "the status of sites",
    role: "read",
    answers: {
      200: { description: "All sites.", schema: siteList, example: { items: [EXAMPLES.site] }, isLarge: true },
    },
    problems: [],
    handle: ({ control }) => ok200({ items: control.sites() }),
  }),
  apiRoute({
    method: "GET",
    path: "/explain",
    operationId: "explain",
    tag,
    summary: "how a name is answered for a client now, step by step",
    role: "read",
    query: z.strictObject({
      name: text("a DNS name of a profile", 300).meta({
        description: "A name of a profile, or one that a wildcard of a profile covers.",
        examples: ["shop.gtm.example.com"],
      }),
      client: ipAddress.meta({ description: "An address of the client.", examples: ["203.0.113.7"] }),
      type: z
        .string()
        .toUpperCase()
        .pipe(z.enum(QUESTIONS, { error: QUESTIONS.join(", ") }))
        .prefault("A")
        .meta({ description: "A, AAAA or CNAME, in any case." }),
      resolver: ipAddress
        .optional()
        .meta({ description: "The resolver that asks for the client; without, the client itself." }),
      subnet: z
        .enum(["true", "false"])
        .prefault("true")
        .transform((word) => word === "true")
        .meta({ description: "false: the query has no client subnet, so that the place of the resolver decides." }),
      down: endpoints.meta({
        description: "An endpoint that is to be taken for degraded, `PROFILE/ENDPOINT`; may be repeated.",
      }),
    }),
    answers: { 200: { description: "The decision.", schema: explained, example: EXAMPLES.explained, isLarge: true } },
    problems: ["bad-request", "unknown-name", "unknown-endpoint", "busy", "stopping"],
    handle: async ({ control, query }) => as200(await control.explain(query)),
  }),
];
