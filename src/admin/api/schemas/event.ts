/** `/events`: what the `data` of each event holds. */
import * as z from "zod";
import type { ControlEvent } from "../../../control/control.ts";
import { generationEntry, transition } from "./history.ts";
import { schemaOf } from "./named.ts";
import { overrideStatus } from "./override.ts";
import { loadProblem, storeStatus } from "./overview.ts";
import { instant } from "./values.ts";

export const controlEvent = schemaOf<ControlEvent>()(
  "ControlEvent",
  z.discriminatedUnion("kind", [
    transition.extend({ kind: z.literal("transition") }),
    z.object({
      kind: z.literal("override"),
      at: instant,
      change: z.enum(["set", "cleared", "ended"]),
      override: overrideStatus,
    }),
    generationEntry.extend({ kind: z.literal("generation") }),
    z.object({ kind: z.literal("reload-refused"), at: instant, problems: z.array(loadProblem) }),
    z.object({ kind: z.literal("state"), at: instant, state: storeStatus }),
  ]),
);
