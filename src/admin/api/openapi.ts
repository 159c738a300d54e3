/**
 * The OpenAPI 3.1 document of the API (https://spec.openapis.org/oas/v3.1.1.html), made of the table of routes. Its
 * schemas are JSON Schema 2020-12, as zod writes them.
 */
import * as z from "zod";
import { API, type AnswerShape, type ApiRoute } from "./api-route.ts";
import { meaningOf, PROBLEM_JSON, PROBLEM_STATUS, type ProblemCode } from "./problems.ts";
import { API_ROUTES } from "./routes/table.ts";
import { answers, bodies } from "./schemas/named.ts";
import { problem } from "./schemas/problem.ts";

type Json = Readonly<Record<string, unknown>>;

/** Codes that each route may answer with. */
const EVERYWHERE = [
  "cross-site",
  "wrong-host",
  "too-many-requests",
  "internal",
] as const satisfies readonly ProblemCode[];
const WITH_TOKEN = ["unauthorized", "too-many-failures"] as const satisfies readonly ProblemCode[];
const OF_CHANGES = ["forbidden"] as const satisfies readonly ProblemCode[];
const WITH_BODY = [
  "malformed",
  "body-too-large",
  "wrong-content-type",
  "request-timeout",
] as const satisfies readonly ProblemCode[];

export function openApiDocument(): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of API_ROUTES) (paths[route.path] ??= {})[route.method.toLowerCase()] = operationOf(route);
  return {
    openapi: "3.1.1",
    info: {
      title: "geosteer",
      version: "1",
      summary: "See and change what geosteer serves, while it serves.",
      description:
        "Reading is open on loopback; anything else needs a token, but for the control socket, over which everything is allowed. docs/api.md tells more.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: API }],
    tags: [
      { name: "status", description: "How things are." },
      { name: "history", description: "How things were." },
      { name: "changes", description: "What is done." },
    ],
    paths,
    components: {
      schemas: { ...componentsOf(answers, "output"), ...componentsOf(bodies, "input") },
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "A token of the file that `api.tokens` names." },
      },
    },
  };
}

function operationOf(route: ApiRoute): Json {
  const { operationId, tag, summary, description, role, params, query, body, asked } = route;
  const parameters = [...parametersOf("path", params), ...parametersOf("query", query)];
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    // `{}`: also without, on loopback.
    security: role === "read" ? [{ token: [] }, {}] : [{ token: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && {
      requestBody: {
        required: !body.safeParse({}).success,
        content: { "application/json": { schema: refTo(bodies, body), example: asked } },
      },
    }),
    responses: { ...mapValues(route.answers, answerOf), ...problemsOf(route) },
  };
}

function answerOf({ description, type = "application/json", schema, example }: AnswerShape): Json {
  const content = {
    schema: refTo(answers, schema),
    ...(example !== undefined && { example: withoutUndefined(example) }),
  };
  return { description, content: { [type]: content } };
}

/** One answer for each status, which lists its codes. */
function problemsOf({ role, body, problems }: ApiRoute): Json {
  const codes: readonly ProblemCode[] = [
    ...problems,
    ...(body === undefined ? [] : WITH_BODY),
    ...WITH_TOKEN,
    ...(role !== "read" ? OF_CHANGES : []),
    ...EVERYWHERE,
  ];
  const byStatus = Map.groupBy(codes, (code) => PROBLEM_STATUS[code]);
  return Object.fromEntries(
    [...byStatus].map(([status, own]) => [
      status,
      {
        description: own.map((code) => `\`${code}\`: ${meaningOf(code)}`).join("\n"),
        content: { [PROBLEM_JSON]: { schema: refTo(answers, problem) } },
      },
    ]),
  );
}

function parametersOf(place: "path" | "query", keys: z.ZodObject | undefined): readonly Json[] {
  if (keys === undefined) return [];
  return Object.entries(keys.shape).map(([name, key]) => {
    const { description, examples, ...schema } = jsonSchemaOf(key as z.ZodType);
    const [example] = (examples as readonly unknown[] | undefined) ?? [];
    return {
      name,
      in: place,
      required: !(key as z.ZodType).safeParse(undefined).success,
      ...(description !== undefined && { description }),
      schema,
      ...(example !== undefined && { example }),
    };
  });
}

function refTo(registry: typeof answers, schema: z.ZodType): Json {
  const id = registry.get(schema)?.id;
  return id === undefined ? jsonSchemaOf(schema) : { $ref: uriOf(id) };
}

function jsonSchemaOf(schema: z.ZodType): Json {
  const { $schema: _schema, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return rest;
}

function componentsOf(registry: typeof answers, io: "input" | "output"): Json {
  const { schemas } = z.toJSONSchema(registry, {
    io,
    uri: uriOf,
    override({ jsonSchema }) {
      // Answers may get more fields with time.
      if (io === "output" && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return mapValues(schemas, ({ $schema: _schema, $id: _id, ...schema }) => schema);
}

function uriOf(id: string): string {
  return `#/components/schemas/${id}`;
}

function mapValues<A, B>(record: Readonly<Record<string | number, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

function withoutUndefined(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
