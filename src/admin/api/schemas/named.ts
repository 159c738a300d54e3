/**
 * Schemas that have a name in the OpenAPI document. What the desk returns and what its schema says are one: the compiler
 * refuses a schema that lacks a field of the type, has one more, or another kind of value.
 */
import * as z from "zod";

/** The names of all schemas of answers. */
export const answers = z.registry<{ id: string }>();
/** The names of all schemas of bodies of requests. */
export const bodies = z.registry<{ id: string }>();

/** A type with every key required, so that one which may be undefined is compared as well. */
type Whole<T> = T extends readonly (infer E)[]
  ? readonly Whole<E>[]
  : T extends object
    ? { readonly [K in keyof T]-?: Whole<T[K]> }
    : T;

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? unknown : { readonly "the type has more": B }) : B;

/** Of what the desk gives as `T`; a key that may be undefined is optional in the schema, since JSON leaves it out. */
export function schemaOf<T>() {
  return <S extends z.ZodType>(id: string, schema: S & Same<Whole<z.output<S>>, Whole<T>>): S => {
    answers.add(schema, { id });
    return schema;
  };
}

/** Of an answer that is the API's own. */
export function named<S extends z.ZodType>(id: string, schema: S): S {
  answers.add(schema, { id });
  return schema;
}

export function body<S extends z.ZodType>(id: string, schema: S): S {
  bodies.add(schema, { id });
  return schema;
}
