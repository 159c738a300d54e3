/** `/overrides`: what is asked, what it would do, what is set. */
import * as z from "zod";
import type {
  AskedOverride,
  Cleared,
  OverrideHit,
  OverridePlan,
  OverrideStatus,
  PlannedProfile,
} from "../../../control/control.ts";
import { body, schemaOf } from "./named.ts";
import { listOf } from "./page.ts";
import { action } from "./steering.ts";
import { count, duration, endpointName, instant, status, text } from "./values.ts";

const PATTERN_WANTED = "a pattern of endpoints, such as shop/munich, shop/*, site:munich or label:provider=azure";

export const pattern = text(PATTERN_WANTED, 500);

const flag = z.boolean({ error: "true or false" }).optional();

export const askedOverride = body(
  "AskedOverride",
  z.strictObject({
    pattern: pattern.meta({ description: "The endpoints.", examples: ["site:munich"] }),
    action,
    for: duration("1s", "3650d")
      .optional()
      .meta({
        description: "A duration with its unit, from 1s to 3650d. Without, until it is cleared.",
        examples: ["2h"],
      }),
    over: duration("0s", "365d")
      .optional()
      .meta({ description: "drain: the time until nothing is left of its share, from 0s to 365d.", examples: ["10m"] }),
    reason: text("a text", 500).optional(),
    pending: flag.meta({ description: "Whether it may match nothing yet." }),
    force: flag.meta({ description: "Whether it may empty a profile." }),
    dryRun: flag.meta({ description: "Whether to tell only what it would do." }),
  }) satisfies z.ZodType<AskedOverride & { readonly dryRun?: boolean | undefined }>,
);

const overrideHit = schemaOf<OverrideHit>()(
  "OverrideHit",
  z.object({
    endpoint: endpointName,
    status,
    heldBy: count.optional().meta({ description: "The narrower override that goes on to hold the endpoint." }),
  }),
);

const plannedProfile = schemaOf<PlannedProfile>()(
  "PlannedProfile",
  z.object({
    profile: z.string(),
    eligible: z
      .array(z.string())
      .meta({ description: "The endpoints that are then served by choice; the first of many." }),
    eligibleCount: count,
    allDown: z.string().optional().meta({ description: "What is answered where that is none." }),
    regionsDown: z
      .array(z.string())
      .meta({ description: "geographic: the regions whose endpoints are all down then." }),
    rulesDown: z
      .array(z.string())
      .meta({ description: "Residency rules, by name, for whose clients all endpoints that comply are down then." }),
  }),
);

const planFields = {
  hits: z.array(overrideHit).meta({ description: "The endpoints that it hits; the first of many." }),
  hitCount: count,
  profiles: z.array(plannedProfile).meta({
    description: "What the profiles around them answer then; the first of many, those that are emptied before others.",
  }),
  profileCount: count,
  emptied: count.meta({
    description: "How many profiles are left without an endpoint, for all or for the clients of a residency rule.",
  }),
};

export const overridePlan = schemaOf<OverridePlan>()("OverridePlan", z.object(planFields));

export const overrideStatus = schemaOf<OverrideStatus>()(
  "OverrideStatus",
  z.object({
    id: count,
    pattern: z.string(),
    action,
    since: instant,
    until: instant.optional().meta({ description: "When it ends by itself; missing = when it is cleared." }),
    over: z.number().optional().meta({ description: "drain: seconds." }),
    reason: z.string().optional(),
    author: z.string(),
    matches: count.meta({ description: "Endpoints that it matches." }),
    holds: count.meta({
      description: "Those of them that it holds: a narrower or later override may hold the others.",
    }),
    left: z.number().min(0).max(1).meta({ description: "drain: what is left of the share." }),
    kept: z.boolean().meta({ description: "Whether a restart remembers it." }),
  }),
);

export const overrideSet = schemaOf<OverridePlan & { readonly override: OverrideStatus }>()(
  "OverrideSet",
  z.object({ ...planFields, override: overrideStatus }),
);

export const overrideList = listOf("OverrideList", overrideStatus);

export const cleared = schemaOf<Cleared>()(
  "Cleared",
  z.object({
    cleared: z.array(overrideStatus),
    kept: z.boolean().meta({ description: "Whether a restart remembers it: else they come back." }),
  }),
);
