/** `/reload`, `/probe`, `…/failback`, `/reports` and `/databases`. */
import * as z from "zod";
import type {
  AskedReport,
  DatabaseStatus,
  FailbackReport,
  ProbeReport,
  ProbeResult,
  ReloadOutcome,
  Reported,
} from "../../../control/control.ts";
import { changes } from "./history.ts";
import { body, schemaOf } from "./named.ts";
import { loadProblem } from "./overview.ts";
import { listOf } from "./page.ts";
import { count, duration, endpointName, instant, status } from "./values.ts";

export const askedReload = body("AskedReload", z.strictObject({}).meta({ description: "Nothing is asked of it yet." }));

export const reloadOutcome = schemaOf<ReloadOutcome>()(
  "ReloadOutcome",
  z.object({
    taken: z.boolean(),
    generation: count.meta({ description: "The generation that serves now." }),
    problems: z.array(loadProblem).meta({ description: "Why it was not taken." }),
    changes: changes.optional(),
  }),
);

export const askedProbe = body("AskedProbe", z.strictObject({ endpoint: endpointName }));

const probeResult = schemaOf<ProbeResult>()(
  "ProbeResult",
  z.object({
    monitor: z.string(),
    target: z.string(),
    ok: z.boolean(),
    milliseconds: z.number(),
    code: z.string().optional().meta({ description: "As of the last probe of a `ProbeStatus`." }),
    reason: z.string().optional(),
  }),
);

export const probeReport = schemaOf<ProbeReport>()(
  "ProbeReport",
  z.object({
    endpoint: endpointName,
    status: status.meta({ description: "The endpoint's status after it." }),
    probes: z.array(probeResult).meta({ description: "What the probe of each of its targets said." }),
  }),
);

export const askedFailback = body(
  "AskedFailback",
  z.strictObject({}).meta({ description: "Nothing is asked of it yet." }),
);

export const failbackReport = schemaOf<FailbackReport>()(
  "FailbackReport",
  z.object({
    endpoint: endpointName,
    status: status.meta({ description: "The endpoint's status after it." }),
    targets: z
      .array(
        z.object({
          monitor: z.string(),
          target: z.string(),
          back: z.boolean().meta({ description: "Whether it has come back." }),
          reason: z.string().optional().meta({ description: "Why not." }),
          shared: z.array(endpointName).meta({
            description: "Other endpoints that have the same target, which is back for them too: the first twenty.",
          }),
          sharedCount: count,
        }),
      )
      .meta({ description: "All that is probed for it." }),
  }),
);

const SUBJECT_WANTED = "PROFILE/ENDPOINT or site:NAME";
const REASON_WANTED = "a text of at most 200 printable characters in one line";
const LOAD_WANTED = "a number of per cent from 0 to 10000";

/** What terminals and logs show as it is: no control characters, none that change the direction or end a line. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]{1,200}$/u;

export const askedReport = body(
  "AskedReport",
  z
    .strictObject({
      subject: z
        .string({ error: SUBJECT_WANTED })
        .max(200, { error: SUBJECT_WANTED })
        .regex(/^(?:site:[^/\s]+|[^/\s]+\/[^/\s]+)$/, { error: SUBJECT_WANTED })
        .meta({ description: "An endpoint, or all at a site.", examples: ["shop/munich"] }),
      up: z
        .boolean({ error: "true or false" })
        .optional()
        .meta({ description: "What monitors of the protocol push take for the result of a probe." }),
      load: z
        .number({ error: LOAD_WANTED })
        .min(0, { error: LOAD_WANTED })
        .max(10_000, { error: LOAD_WANTED })
        .optional()
        .meta({ description: "Per cent." }),
      reason: z
        .string({ error: REASON_WANTED })
        .regex(PRINTABLE, { error: REASON_WANTED })
        .optional()
        .meta({ description: "Why; shown with the failure." }),
      validFor: duration("1s", "1d")
        .optional()
        .meta({ description: "How long it counts; no longer than the monitor's validFor.", examples: ["90s"] }),
    })
    .refine(({ up, load }) => up !== undefined || load !== undefined, {
      error: "at least one of up and load",
    }) satisfies z.ZodType<AskedReport>,
);

export const reported = schemaOf<Reported>()(
  "Reported",
  z.object({
    subject: z.string(),
    at: instant,
    probes: count.meta({ description: "How many probes of the protocol push it is about; 0: nobody looks at `up`." }),
  }),
);

const databaseStatus = schemaOf<DatabaseStatus>()(
  "DatabaseStatus",
  z.object({
    database: z.string(),
    built: instant,
    age: z.number().meta({ description: "Seconds since then." }),
    used: z.boolean().meta({ description: "False for one of autonomous systems where no endpoint has asns." }),
  }),
);

export const databaseList = listOf("DatabaseList", databaseStatus);
