/** The compiler holds schemas to the types of the desk: each `@ts-expect-error` is a case. */
import { expect, test } from "vitest";
import * as z from "zod";
import { schemaOf } from "../../../src/admin/api/schemas/named.ts";

interface Given {
  readonly name: string;
  readonly list: readonly string[];
  readonly maybe: number | undefined;
  readonly kind: "a" | "b";
}

const name = z.string();
const list = z.array(z.string());
const maybe = z.number().optional();
const kind = z.enum(["a", "b"]);

test("schemaOf: one that says what the type says is taken", () => {
  const schema = schemaOf<Given>()("Given1", z.object({ name, list, maybe, kind }));
  expect(schema.parse({ name: "x", list: [], kind: "a" })).toEqual({ name: "x", list: [], kind: "a" });
});

test("schemaOf: one that says less, more or other does not compile", () => {
  const refused = [
    // @ts-expect-error a key is missing
    schemaOf<Given>()("Given2", z.object({ list, maybe, kind })),
    // @ts-expect-error a key that may be undefined is missing
    schemaOf<Given>()("Given3", z.object({ name, list, kind })),
    // @ts-expect-error a key too many
    schemaOf<Given>()("Given4", z.object({ name, list, maybe, kind, more: name })),
    // @ts-expect-error one too many that may be undefined
    schemaOf<Given>()("Given5", z.object({ name, list, maybe, kind, more: maybe })),
    // @ts-expect-error another kind of value
    schemaOf<Given>()("Given6", z.object({ name: z.number(), list, maybe, kind })),
    // @ts-expect-error a value that the type may have is missing
    schemaOf<Given>()("Given7", z.object({ name, list, maybe, kind: z.enum(["a"]) })),
    // @ts-expect-error a value that the type never has
    schemaOf<Given>()("Given8", z.object({ name, list, maybe, kind: z.enum(["a", "b", "c"]) })),
    // @ts-expect-error null is not undefined
    schemaOf<Given>()("Given9", z.object({ name, list, maybe: z.number().nullable(), kind })),
    // @ts-expect-error what is always there is not optional
    schemaOf<Given>()("Given10", z.object({ name: name.optional(), list, maybe, kind })),
  ];
  expect(refused).toHaveLength(9);
});
