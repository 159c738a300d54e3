/** The parts of a request as its route's schemas read them, or one line that says what is wrong. */
import type { FastifyRequest } from "fastify";
import type * as z from "zod";
import { err, ok, type Result } from "../../shared/result.ts";
import type { ApiRoute } from "./api-route.ts";
import type { ApiProblem } from "./problems.ts";

/** Faults that are told; more are rarely read. */
const MOST_TOLD = 5;
/** UTF-16 code units of a value that are shown. */
const LONGEST_SHOWN = 60;

export interface Parts {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

export function partsOf(route: ApiRoute, { params, query, body }: FastifyRequest): Result<Parts, ApiProblem> {
  const read = {
    params: readPart("", route.params, params),
    query: route.query === undefined ? noKeys(query) : readPart("?", route.query, query),
    body: readPart("", route.body, body ?? {}),
  };
  const faults = Object.values(read).flatMap(({ faults }) => faults);
  if (faults.length === 0) return ok({ params: read.params.value, query: read.query.value, body: read.body.value });
  const more = faults.length > MOST_TOLD ? [`${faults.length - MOST_TOLD} more`] : [];
  return err({ code: "bad-request", message: [...faults.slice(0, MOST_TOLD), ...more].join("; ") });
}

interface Part {
  readonly value: unknown;
  readonly faults: readonly string[];
}

function readPart(mark: "" | "?", schema: z.ZodType | undefined, value: unknown): Part {
  if (schema === undefined) return { value: undefined, faults: [] };
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data, faults: [] };
  return { value: undefined, faults: parsed.error.issues.flatMap((issue) => faultsOf(mark, issue, schema, value)) };
}

function noKeys(query: unknown): Part {
  return { value: {}, faults: Object.keys(query as object).map((key) => unknownKey("?", key, [])) };
}

function faultsOf(mark: "" | "?", issue: z.core.$ZodIssue, schema: z.ZodType, value: unknown): readonly string[] {
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys((schema as z.ZodObject).shape);
    return issue.keys.map((key) => unknownKey(mark, key, known));
  }
  const where = `${mark}${issue.path.join(".")}` || "body";
  // The body itself is no object: its schema has no words for that.
  const wanted = issue.path.length === 0 && issue.code === "invalid_type" ? "an object" : issue.message;
  const written = issue.path.reduce(
    (within, key) => (within as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
  const found = written === undefined ? "is missing" : `found ${shown(written)}`;
  return [`${where}: ${found}, wanted ${wanted}`];
}

function unknownKey(mark: "" | "?", key: string, known: readonly string[]): string {
  const wanted = known.length === 0 ? "none" : known.join(", ");
  return `${mark}${key.slice(0, LONGEST_SHOWN)}: unknown key, wanted ${wanted}`;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
