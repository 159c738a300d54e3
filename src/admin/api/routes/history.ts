/** What was: `/history`, `/generations`, `/audit`; and the databases of now. */
import * as z from "zod";
import { millisecondsOf } from "../../../shared/duration.ts";
import { apiRoute, as200, ok200, type ApiRoute } from "../api-route.ts";
import { EXAMPLES } from "../examples.ts";
import { databaseList } from "../schemas/actions.ts";
import { auditPage, generationDiff, generationPage, generationText, transitionPage } from "../schemas/history.ts";
import { pageKeys, pageQuery, wholeNumber } from "../schemas/page.ts";
import { text } from "../schemas/values.ts";

const tag = "history";

const SINCE_WANTED = "a duration back from now, such as 24h, or an instant, such as 2026-11-27T20:04:43Z";

const since = z
  .string({ error: SINCE_WANTED })
  .max(40, { error: SINCE_WANTED })
  .transform((written, context) => {
    const back = millisecondsOf(written);
    const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/.test(written) ? Date.parse(written) : Number.NaN;
    if (back !== undefined) return Math.max(0, Date.now() - back);
    if (!Number.isNaN(instant)) return instant;
    context.addIssue({ code: "custom", message: SINCE_WANTED, input: written });
    return z.NEVER;
  });

const generationNumber = wholeNumber("the number of a generation");

export const historyRoutes: readonly ApiRoute[] = [
  apiRoute({
    method: "GET",
    path: "/history",
    operationId: "listTransitions",
    tag,
    summary: "changes of status, the latest first",
    role: "read",
    query: z.strictObject({
      subject: text("PROFILE or PROFILE/ENDPOINT", 600)
        .optional()
        .meta({
          description: "Only those of this `PROFILE` and its endpoints, or of this `PROFILE/ENDPOINT`.",
          examples: ["shop"],
        }),
      since: since.optional().meta({ description: `Only later ones: ${SINCE_WANTED}.`, examples: ["24h"] }),
      ...pageKeys,
    }),
    answers: {
      200: { description: "A page of changes.", schema: transitionPage, example: { items: [EXAMPLES.transition] } },
    },
    problems: ["bad-request", "no-store", "busy"],
    handle: async ({ control, query }) => as200(await control.history(query)),
  }),
  apiRoute({
    method: "GET",
    path: "/generations",
    operationId: "listGenerations",
    tag,
    summary: "the configurations that were served, the latest first",
    role: "read",
    query: pageQuery,
    answers: {
      200: {
        description: "A page of generations.",
        schema: generationPage,
        example: { items: [EXAMPLES.generation] },
        isLarge: true,
      },
    },
    problems: ["bad-request", "no-store", "busy"],
    handle: async ({ control, query }) => as200(await control.generations(query)),
  }),
  apiRoute({
    method: "GET",
    path: "/generations/{number}",
    operationId: "getGeneration",
    tag,
    summary: "one of them with its text, secrets blanked",
    role: "read",
    params: z.strictObject({
      number: generationNumber.meta({ description: "The generation's number.", examples: [7] }),
    }),
    answers: {
      200: {
        description: "The generation.",
        schema: generationText,
        example: { ...EXAMPLES.generation, files: [{ file: "geosteer.yaml", text: "zones: …\n" }] },
        isLarge: true,
      },
    },
    problems: ["bad-request", "unknown-generation", "no-store", "busy"],
    handle: async ({ control, params }) => as200(await control.generation(params.number)),
  }),
  apiRoute({
    method: "GET",
    path: "/generations/{from}/diff/{to}",
    operationId: "diffGenerations",
    tag,
    summary: "what differs between the texts of two of them",
    role: "read",
    params: z.strictObject({
      from: generationNumber.meta({ description: "The number of the one.", examples: [6] }),
      to: generationNumber.meta({ description: "The number of the other.", examples: [7] }),
    }),
    answers: {
      200: {
        description: "The difference.",
        schema: generationDiff,
        example: { from: 6, to: 7, text: "--- 6/geosteer.yaml\n+++ 7/geosteer.yaml\n@@ …" },
        isLarge: true,
      },
    },
    problems: ["bad-request", "unknown-generation", "no-store", "busy"],
    handle: async ({ control, params: { from, to } }) => as200(await control.diff(from, to)),
  }),
  apiRoute({
    method: "GET",
    path: "/audit",
    operationId: "listAudit",
    tag,
    summary: "who did what, the latest first; refused changes too",
    role: "read",
    query: pageQuery,
    answers: { 200: { description: "A page of the audit.", schema: auditPage, example: { items: [EXAMPLES.audit] } } },
    problems: ["bad-request", "no-store", "busy"],
    handle: async ({ control, query }) => as200(await control.audit(query)),
  }),
  apiRoute({
    method: "GET",
    path: "/databases",
    operationId: "listDatabases",
    tag: "status",
    summary: "the GeoIP databases and their age",
    role: "read",
    answers: {
      200: { description: "All databases.", schema: databaseList, example: { items: [EXAMPLES.database] } },
    },
    problems: [],
    handle: ({ control }) => ok200({ items: control.databases() }),
  }),
];
