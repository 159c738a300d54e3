/** `/history`, `/generations` and `/audit`: what was. */
import * as z from "zod";
import type {
  AuditEntry,
  Changes,
  GenerationDiff,
  GenerationEntry,
  GenerationText,
  Transition,
} from "../../../control/control.ts";
import { schemaOf } from "./named.ts";
import { pageOf } from "./page.ts";
import { count, instant, status } from "./values.ts";

export const transition = schemaOf<Transition>()(
  "Transition",
  z.object({
    at: instant,
    subject: z.string().meta({ description: "`PROFILE` or `PROFILE/ENDPOINT`.", examples: ["shop/munich"] }),
    from: status,
    to: status,
    reason: z.string().optional(),
  }),
);

const names = z.array(z.string());
const changed = z.object({ added: names, removed: names, changed: names });

export const changes = schemaOf<Changes>()(
  "Changes",
  z
    .object({ profiles: changed, endpoints: changed, zones: changed })
    .meta({ description: "What the load has changed, by name." }),
);

const generationFields = {
  number: count,
  at: instant,
  hash: z.string().meta({ description: "SHA-256 of the configuration and the files that it names, in hexadecimal." }),
  databases: z.array(z.object({ database: z.string(), built: instant })),
  changes: changes.optional(),
};

export const generationEntry = schemaOf<GenerationEntry>()("GenerationEntry", z.object(generationFields));

export const generationText = schemaOf<GenerationText>()(
  "GenerationText",
  z.object({
    ...generationFields,
    files: z
      .array(z.object({ file: z.string(), text: z.string() }))
      .meta({ description: "The configuration, secrets of headers blanked." }),
  }),
);

export const generationDiff = schemaOf<GenerationDiff>()(
  "GenerationDiff",
  z.object({
    from: count,
    to: count,
    text: z.string().meta({ description: "In the unified format of diff(1)." }),
  }),
);

const auditEntry = schemaOf<AuditEntry>()(
  "AuditEntry",
  z.object({
    id: count,
    at: instant,
    who: z.string().meta({ description: "The name of a token, or a user of the machine." }),
    from: z.string().meta({ description: "An IP address, or `control socket`." }),
    what: z.string().meta({ examples: ["override shop/munich out for 2h"] }),
    result: z.string().meta({ description: "`done`, or why not." }),
  }),
);

export const transitionPage = pageOf("TransitionPage", transition);
export const generationPage = pageOf("GenerationPage", generationEntry);
export const auditPage = pageOf("AuditPage", auditEntry);
