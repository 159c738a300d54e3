/** `/reload`, `/probe`, `…/failback` and `/databases`. */
import * as z from "zod";
import type { DatabaseStatus, FailbackReport, ProbeReport, ReloadOutcome } from "../../../control/control.ts";
import { changes } from "./history.ts";
import { body, schemaOf } from "./named.ts";
import { loadProblem } from "./overview.ts";
import { listOf } from "./page.ts";
import { count, endpointName, instant, status } from "./values.ts";

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

export const probeReport = schemaOf<ProbeReport>()(
  "ProbeReport",
  z.object({
    endpoint: endpointName,
    target: z.string(),
    ok: z.boolean(),
    milliseconds: z.number(),
    reason: z.string().optional(),
    status: status.meta({ description: "The endpoint's status after it." }),
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
