/** Pages of long lists: what is asked and what is given. */
import * as z from "zod";
import type { Page } from "../../../control/control.ts";
import { named } from "./named.ts";
import { text } from "./values.ts";

/** Entries of a page; where none is asked for, and at most: a page is made in one go. */
const ENTRIES = 100;
const MOST_ENTRIES = 1000;

const LIMIT_WANTED = `a whole number from 1 to ${MOST_ENTRIES}`;

/** A number in a query or a path is text. */
export function wholeNumber(wanted: string, max = Number.MAX_SAFE_INTEGER) {
  return z.coerce
    .number({ error: wanted })
    .int({ error: wanted })
    .min(1, { error: wanted })
    .max(max, { error: wanted });
}

export const pageKeys = {
  after: text("`next` of the page before", 1000)
    .optional()
    .meta({ description: "`next` of the page before; without, the first page." }),
  limit: wholeNumber(LIMIT_WANTED, MOST_ENTRIES)
    .default(ENTRIES)
    .meta({ description: `Entries of the page: ${LIMIT_WANTED}.` }),
};

export const pageQuery = z.strictObject(pageKeys);

export function pageOf<S extends z.ZodType>(id: string, entry: S) {
  const schema = z.object({
    items: z.array(entry),
    next: z
      .string()
      .optional()
      .meta({ description: "What to give as `after` for the next page; missing on the last one." }),
  });
  return named(id, schema satisfies z.ZodType<{ items: z.output<S>[]; next?: Page<z.output<S>>["next"] }>);
}

/** A list that comes whole. */
export function listOf<S extends z.ZodType>(id: string, entry: S) {
  return named(id, z.object({ items: z.array(entry) }));
}
