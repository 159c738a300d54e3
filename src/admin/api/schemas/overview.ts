/** `/status`. */
import * as z from "zod";
import type { LoadProblem, Overview, StoreStatus } from "../../../control/control.ts";
import { schemaOf } from "./named.ts";
import { count, counts, instant } from "./values.ts";

export const loadProblem = schemaOf<LoadProblem>()(
  "LoadProblem",
  z.object({
    code: z.string().meta({ description: "A code of docs/reference.md.", examples: ["unknown-key"] }),
    message: z.string().meta({ description: "One line: what is wrong, where, and what to do." }),
  }),
);

export const storeStatus = schemaOf<StoreStatus>()(
  "StoreStatus",
  z.object({
    file: z.string().optional().meta({ description: "Missing where `state.file` is off." }),
    durable: z.boolean().meta({ description: "Whether changes are kept durably now." }),
    trouble: z.string().optional().meta({ description: "Why not, and what to do." }),
  }),
);

export const overview = schemaOf<Overview>()(
  "Overview",
  z.object({
    version: z.string(),
    startedAt: instant,
    ready: z.boolean(),
    notices: z
      .array(z.string())
      .meta({ description: "Why it is not ready, and what else an operator should know: one line each." }),
    generation: count.meta({ description: "The generation that serves." }),
    lastLoad: z
      .object({ at: instant, ok: z.boolean(), problems: z.array(loadProblem) })
      .meta({ description: "The last load, taken or not." }),
    dns: z.array(z.string()).meta({ description: "The addresses that answer DNS.", examples: [["192.0.2.53:53"]] }),
    udp: z.enum(["batch", "portable"]),
    profiles: counts,
    endpoints: counts,
    overrides: count.meta({ description: "How many are set." }),
    state: storeStatus,
  }),
);
