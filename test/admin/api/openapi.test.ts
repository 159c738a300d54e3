/**
 * The OpenAPI document: docs/openapi.json is what the code makes, it keeps the rules of OpenAPI 3.1 as far as a light
 * check can tell, and its examples are what its schemas say.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openApiDocument } from "../../../src/admin/api/openapi.ts";
import { API_ROUTES } from "../../../src/admin/api/routes/table.ts";
import { ask, startApi, stopServers } from "../../support/api-server.ts";
import { openApiText } from "../../support/openapi-text.ts";

type Json = Readonly<Record<string, any>>;

const document = openApiDocument() as Json;

const operations: readonly (readonly [name: string, path: string, operation: Json])[] = Object.entries(
  document["paths"] as Json,
).flatMap(([path, methods]) =>
  Object.entries(methods as Json).map(([method, operation]) => [`${method} ${path}`, path, operation] as const),
);

test("docs/openapi.json is what the code makes (npm run docs writes it)", () => {
  expect(readFileSync(new URL("../../../docs/openapi.json", import.meta.url), "utf8")).toBe(openApiText());
});

test("/openapi.json is it", async () => {
  const { url } = await startApi();
  const told = await ask(url, "/api/v1/openapi.json");
  expect(told.body).toEqual(JSON.parse(openApiText()));
  await stopServers();
});

test("it is OpenAPI 3.1, with what such a document has to have", () => {
  expect(document).toMatchObject({
    openapi: expect.stringMatching(/^3\.1\.\d+$/),
    info: { title: "geosteer", version: "1" },
  });
  expect(Object.keys(document["paths"]).filter((path) => !path.startsWith("/"))).toEqual([]);
  expect(Object.keys(document["components"].schemas).filter((name) => !/^[\w.-]+$/.test(name))).toEqual([]);
  expect(operations).toHaveLength(API_ROUTES.length);
});

test("every reference leads somewhere, and every schema is led to", () => {
  const refs = new Set<string>();
  walk(document, (key, value) => key === "$ref" && refs.add(value as string));
  const lost = [...refs].filter((ref) => at(ref) === undefined);
  expect(lost).toEqual([]);
  const schemas = Object.keys(document["components"].schemas).map((name) => `#/components/schemas/${name}`);
  expect(schemas.filter((schema) => !refs.has(schema))).toEqual([]);
});

test("operationIds are all different", () => {
  expect(new Set(operations.map(([, , { operationId }]) => operationId)).size).toBe(operations.length);
});

test("tags are declared, and each is used", () => {
  const declared = (document["tags"] as Json[]).map((tag) => tag["name"]);
  expect(new Set(operations.flatMap(([, , { tags }]) => tags))).toEqual(new Set(declared));
});

test.for(operations)("%s: parameters, answers, rights", ([, path, operation]) => {
  const { parameters = [], responses, security, summary, requestBody } = operation;
  const inPath = (parameters as Json[]).filter((one) => one["in"] === "path");
  expect(inPath.map(({ name }) => name)).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  expect(inPath.every((one) => one["required"] === true)).toBe(true);
  for (const one of parameters as Json[]) {
    expect(one["description"], one["name"]).toBeTruthy();
    expect(one["schema"], one["name"]).toBeDefined();
  }
  expect(Object.keys(responses)).toContain("200");
  for (const [status, response] of Object.entries(responses as Json)) {
    expect(status).toMatch(/^[2-5]\d\d$/);
    expect(response.description, status).toBeTruthy();
    expect(Object.values(response.content as Json)[0].schema, status).toBeDefined();
  }
  expect(security.length).toBeGreaterThan(0);
  const schemes = (security as Json[]).flatMap((one) => Object.keys(one));
  expect(schemes.filter((scheme) => document["components"].securitySchemes[scheme] === undefined)).toEqual([]);
  expect(summary.length).toBeGreaterThan(5);
  const bodies = requestBody === undefined ? [] : Object.entries(requestBody.content as Json);
  expect(bodies.filter(([type, { example }]) => type !== "application/json" || example === undefined)).toEqual([]);
});

test("what changes something always needs a token, what reads does not where it is open", () => {
  for (const [name, , { security }] of operations) {
    expect(security, name).toEqual(name.startsWith("get ") ? [{ token: [] }, {}] : [{ token: [] }]);
  }
});

test.for(
  API_ROUTES.flatMap(({ operationId, answers }) =>
    Object.entries(answers)
      .filter(([, { example }]) => example !== undefined)
      .map(([status, { schema, example }]) => [operationId, status, schema, example] as const),
  ),
)("%s %s: the example is what the schema says", ([, , schema, example]) => {
  const written = JSON.parse(JSON.stringify(example));
  expect(schema.parse(written)).toEqual(written);
});

test.for(API_ROUTES.filter(({ body }) => body !== undefined).map((route) => [route.operationId, route] as const))(
  "%s: the example of the body is taken",
  ([, { body, asked }]) => {
    expect(body!.safeParse(asked).success).toBe(true);
  },
);

function walk(value: unknown, visit: (key: string, value: unknown) => void): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    visit(key, inner);
    walk(inner, visit);
  }
}

/** What a reference within the document leads to (RFC 6901). */
function at(ref: string): unknown {
  if (!ref.startsWith("#/")) return undefined;
  return ref
    .slice(2)
    .split("/")
    .reduce<unknown>((within, key) => (within as Json | undefined)?.[key], document);
}
