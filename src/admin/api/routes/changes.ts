/** What is done: `/overrides`, `/reload`, `/probe`, `/reports`, `/endpoints/…/failback`. */
import * as z from "zod";
import { err, ok } from "../../../shared/result.ts";
import { apiRoute, as200, ok200, type ApiRoute } from "../api-route.ts";
import { EXAMPLES } from "../examples.ts";
import {
  askedFailback,
  askedProbe,
  askedReload,
  askedReport,
  failbackReport,
  probeReport,
  reloadOutcome,
  reported,
} from "../schemas/actions.ts";
import { askedOverride, cleared, overrideList, overridePlan, overrideSet, pattern } from "../schemas/override.ts";
import { wholeNumber } from "../schemas/page.ts";
import { profileName, text } from "../schemas/values.ts";

const tag = "changes";

export const changeRoutes: readonly ApiRoute[] = [
  apiRoute({
    method: "GET",
    path: "/overrides",
    operationId: "listOverrides",
    tag,
    summary: "the overrides that are set",
    role: "read",
    answers: {
      200: {
        description: "All overrides.",
        schema: overrideList,
        example: { items: [EXAMPLES.override] },
        isLarge: true,
      },
    },
    problems: [],
    handle: ({ control }) => ok200({ items: control.overrides() }),
  }),
  apiRoute({
    method: "POST",
    path: "/overrides",
    operationId: "setOverride",
    tag,
    summary: "set an override, or tell what it would do",
    description:
      "It counts within 100 ms, survives a restart, and is only acknowledged when it is kept. With `dryRun` nothing is done.",
    role: "operate",
    body: askedOverride,
    asked: { pattern: "site:munich", action: "drain", over: "10m", for: "2h", reason: "new switches" },
    answers: {
      200: { description: "dryRun: what it would do.", schema: overridePlan, example: EXAMPLES.plan },
      201: {
        description: "It is set.",
        schema: overrideSet,
        example: { ...EXAMPLES.plan, override: EXAMPLES.override },
      },
    },
    problems: [
      "bad-request",
      "bad-pattern",
      "matches-nothing",
      "would-empty",
      "too-many-overrides",
      "busy",
      "stopping",
    ],
    async handle({ control, body: { dryRun, ...asked }, actor }) {
      if (dryRun === true) return as200(control.planOverride(asked));
      const set = await control.override(asked, actor);
      return set.ok ? ok({ status: 201 as const, body: set.value }) : set;
    },
  }),
  apiRoute({
    method: "DELETE",
    path: "/overrides",
    operationId: "clearOverrides",
    tag,
    summary: "clear all overrides with a pattern",
    role: "operate",
    query: z.strictObject({
      pattern: pattern.meta({ description: "The pattern as it was given.", examples: ["site:munich"] }),
    }),
    answers: {
      200: {
        description: "Those that are cleared.",
        schema: cleared,
        example: { cleared: [EXAMPLES.override], kept: true },
      },
    },
    problems: ["bad-request", "unknown-override", "busy", "stopping"],
    handle: async ({ control, query, actor }) => as200(await control.clearOverrides(query, actor)),
  }),
  apiRoute({
    method: "DELETE",
    path: "/overrides/{id}",
    operationId: "clearOverride",
    tag,
    summary: "clear one override",
    role: "operate",
    params: z.strictObject({
      id: wholeNumber("the id of an override").meta({ description: "The override's id.", examples: [3] }),
    }),
    answers: {
      200: {
        description: "The one that is cleared.",
        schema: cleared,
        example: { cleared: [EXAMPLES.override], kept: true },
      },
    },
    problems: ["bad-request", "unknown-override", "busy", "stopping"],
    handle: async ({ control, params, actor }) => as200(await control.clearOverrides(params, actor)),
  }),
  apiRoute({
    method: "POST",
    path: "/reload",
    operationId: "reload",
    tag,
    summary: "load the configuration again",
    description: "All or nothing: where it is refused, what was served before serves on.",
    role: "operate",
    isSlow: true,
    body: askedReload,
    asked: {},
    answers: {
      200: { description: "It is taken.", schema: reloadOutcome, example: EXAMPLES.reloaded, isLarge: true },
      422: {
        description: "It is refused, and why.",
        schema: reloadOutcome,
        example: EXAMPLES.notReloaded,
        isLarge: true,
      },
    },
    problems: ["bad-request", "busy", "stopping"],
    async handle({ control, actor }) {
      const reloaded = await control.reload(actor);
      if (!reloaded.ok) return err(reloaded.error);
      return ok({ status: reloaded.value.taken ? (200 as const) : (422 as const), body: reloaded.value });
    },
  }),
  apiRoute({
    method: "POST",
    path: "/probe",
    operationId: "probe",
    tag,
    summary: "probe an endpoint at once",
    description: "Each of its targets is; they count as any other probes do.",
    role: "operate",
    isSlow: true,
    body: askedProbe,
    asked: { endpoint: "shop/munich" },
    answers: { 200: { description: "What the probes said.", schema: probeReport, example: EXAMPLES.probed } },
    problems: ["bad-request", "unknown-endpoint", "not-probed", "busy", "stopping"],
    handle: async ({ control, body: { endpoint }, actor }) => as200(await control.probe(endpoint, actor)),
  }),
  apiRoute({
    method: "POST",
    path: "/endpoints/{profile}/{endpoint}/failback",
    operationId: "failback",
    tag,
    summary: "have an endpoint come back that has recovered",
    description: "At once, whatever it waits for: `failback`, `hold` or damping. What has not recovered stays down.",
    role: "operate",
    params: z.strictObject({
      profile: profileName.meta({ description: "The profile's name.", examples: ["shop"] }),
      endpoint: text("the name of an endpoint", 300).meta({
        description: "The endpoint's name.",
        examples: ["munich"],
      }),
    }),
    body: askedFailback,
    asked: {},
    answers: { 200: { description: "What has come back.", schema: failbackReport, example: EXAMPLES.failedBack } },
    problems: ["bad-request", "unknown-profile", "unknown-endpoint", "not-probed", "not-recovered", "stopping"],
    handle: async ({ control, params: { profile, endpoint }, actor }) =>
      as200(await control.failback(`${profile}/${endpoint}`, actor)),
  }),
  apiRoute({
    method: "POST",
    path: "/reports",
    operationId: "report",
    tag,
    summary: "report whether an endpoint is up, or its load",
    description:
      "For monitors of the protocol push and for load signals. With a token of the role report, of its own subjects alone. " +
      "Kept until a restart, in no audit.",
    role: "report",
    body: askedReport,
    asked: { subject: "shop/munich", up: false, reason: "the queue is full" },
    answers: { 200: { description: "It is taken.", schema: reported, example: EXAMPLES.reported } },
    problems: ["bad-request", "not-its-subject", "unknown-profile", "unknown-endpoint", "unknown-site", "stopping"],
    handle: ({ control, body: asked, actor }) => as200(control.report(asked, actor)),
  }),
];
