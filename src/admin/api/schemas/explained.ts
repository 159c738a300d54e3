/** `/explain`: a decision with its reasoning, as `routing/explain.ts` makes it. */
import * as z from "zod";
import type { Explained } from "../../../control/control.ts";
import { TTL_STEPS, type Forced, type Status } from "../../../routing/health-view.ts";
import type { Basis } from "../../../routing/methods/method.ts";
import { REASONS } from "../../../routing/fork.ts";
import { groupings, type Grouping } from "../../../shared/regions/groupings.ts";
import { named, schemaOf } from "./named.ts";
import { count, status } from "./values.ts";

export const QUESTIONS = ["A", "AAAA", "CNAME"] as const;

const GROUPINGS = Object.keys(groupings) as Grouping[];

const basis = schemaOf<Basis>()(
  "Basis",
  z
    .discriminatedUnion("kind", [
      z.object({ kind: z.literal("priority"), priority: z.number() }),
      z.object({ kind: z.literal("weight"), weight: z.number() }),
      z.object({ kind: z.literal("together") }),
      z.object({ kind: z.literal("other-networks") }),
      z.object({
        kind: z.literal("distance"),
        kilometres: z.number(),
        countedAs: z.number().meta({ description: "Kilometres after the endpoint's bias." }),
      }),
      z.object({ kind: z.literal("place-unknown") }),
      z.object({ kind: z.literal("region"), region: z.string() }),
      z.object({ kind: z.literal("asn"), asn: z.number() }),
      z.object({ kind: z.literal("network"), network: z.string() }),
    ])
    .meta({ description: "Why an endpoint stands where it stands." }),
);

const fallbackRemoval = z.object({
  rule: z.string().meta({ description: "The name of the residency rule." }),
  violations: z
    .array(
      z.object({
        label: z.string(),
        value: z.string().optional().meta({ description: "Missing where the label is." }),
        against: z.enum(["require", "forbid"]).meta({
          description: "require: it has none of the values of the rule. forbid: it has one of them.",
        }),
        values: z.array(z.string()),
      }),
    )
    .meta({ description: "The labels that do not comply." }),
});

const removal = fallbackRemoval.extend({ endpoint: z.string() });

/** As JSON carries it: what is undefined is missing. */
interface Candidates {
  profile: string;
  method: string;
  tiers: Candidate[][];
  removed: z.output<typeof removal>[];
  fallbackRemoved?: Omit<z.output<typeof removal>, "endpoint"> | undefined;
  others: { endpoint: string; why: string; nested?: Candidates | undefined }[];
}

interface Candidate {
  endpoint: string;
  basis: z.output<typeof basis>;
  standby: boolean;
  trickle: number;
  status: Status;
  forced?: Forced | undefined;
  left?: number | undefined;
  load?: number | undefined;
  addressesDown: string[];
  eligible: boolean;
  answers: boolean;
  nested?: Candidates | undefined;
}

const candidate: z.ZodType<Candidate> = z.lazy(() => candidateFields);

const candidates: z.ZodType<Candidates> = named(
  "ExplainedCandidates",
  z.object({
    profile: z.string(),
    method: z.string(),
    tiers: z.array(z.array(candidate)).meta({ description: "Best first; the members of a tier share its clients." }),
    removed: z
      .array(removal)
      .meta({ description: "Endpoints that residency rules have removed; of several rules, once for each." }),
    fallbackRemoved: fallbackRemoval
      .optional()
      .meta({ description: "The rule that the fallback does not comply with: this client never gets it." }),
    others: z
      .array(z.object({ endpoint: z.string(), why: z.string(), nested: z.lazy(() => candidates).optional() }))
      .meta({
        description:
          "Out of service by configuration, or not for this client; nested: what rules have removed from all that it leads to.",
      }),
  }),
);

const candidateFields = named(
  "ExplainedCandidate",
  z.object({
    endpoint: z.string(),
    basis,
    standby: z.boolean().meta({ description: "Whether it is behind all that are not on standby." }),
    trickle: z
      .number()
      .min(0)
      .max(0.5)
      .meta({ description: "The part of the clients that it gets while its tier is not reached." }),
    status,
    forced: z.enum(["up", "down", "out"]).optional().meta({ description: "What an operator has it be." }),
    left: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .meta({ description: "What a drain, or its return, has left of its clients; missing: all." }),
    load: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .meta({ description: "What its load has left of its clients, 0 = critical; missing: all." }),
    addressesDown: z
      .array(z.string())
      .meta({ description: "Addresses that are down by themselves and leave its answers." }),
    eligible: z.boolean(),
    answers: z.boolean().meta({ description: "Whether it, or anything beneath it, has an answer of the asked type." }),
    nested: candidates.optional(),
  }),
);

const probability = z.number().min(0).max(1);

export const explained = schemaOf<Explained>()(
  "Explained",
  z.object({
    name: z.string(),
    generation: count,
    matched: z.string().meta({
      description: "The profile's name that the asked one is, or the wildcard that covers it.",
      examples: ["*.apps.gtm.example.com"],
    }),
    profile: z.string(),
    method: z.string(),
    status,
    question: z.enum(QUESTIONS),
    client: z.object({
      address: z.string(),
      placedBy: z.enum(["client", "resolver"]).meta({ description: "Whose place and networks count." }),
      country: z.string().optional(),
      subdivisions: z.array(z.string()),
      grouping: z.enum(GROUPINGS).optional(),
      point: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
      asn: z
        .number()
        .optional()
        .meta({ description: "The number of its autonomous system, where an endpoint names it." }),
      source: z.string().meta({ description: "The database or own network that knows the place." }),
      regions: z.array(z.string()).meta({ description: "The codes that hold the client, the most specific first." }),
    }),
    candidates,
    sticky: z
      .array(z.object({ profile: z.string(), network: z.string() }))
      .meta({ description: "Profiles that choose by the client's network in place of chance, and that network." }),
    outcomes: z.array(
      z.object({
        probability,
        path: z
          .array(z.string())
          .meta({ description: "`profile/endpoint`, from the asked profile to the one that answers." }),
        beside: z
          .array(z.string())
          .meta({ description: "Those that answer together with the last of the path; none but of multivalue." }),
        reason: z.enum(REASONS),
        answer: z.object({
          kind: z.enum(["addresses", "alias", "nodata", "nxdomain", "servfail"]),
          data: z.array(z.string()),
        }),
      }),
    ),
    ttl: count.meta({ description: "Seconds." }),
    ttlRange: z
      .object({
        max: count.meta({ description: "Seconds." }),
        min: count.meta({ description: "Seconds." }),
        step: z.int().min(0).max(TTL_STEPS).meta({ description: "How near a change of status is; 0 = all is stable." }),
        endpoint: z.string().optional().meta({ description: "The one that is as near." }),
      })
      .optional()
      .meta({ description: "Why the TTL is what it is, where it falls as a change comes near." }),
    negativeTtl: count.meta({ description: "Seconds." }),
    scope: z.string().meta({ description: "What a resolver may cache the answer for.", examples: ["194.24.0.0/15"] }),
  }),
);
