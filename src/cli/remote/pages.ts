/** A list that comes in pages, one after the other, so that none is held longer than it is printed. */
import type { Page } from "../../control/control.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Failure } from "./failure.ts";
import type { Client, Query } from "./http-client.ts";

/** Entries that are asked for at once: as many as there can be. */
const LIMIT = 1000;

/** Ends after the last page, the first failure, or `most` entries. */
export async function* pages<T>(
  client: Client,
  path: `/${string}`,
  query: Query = {},
  most: number = Number.POSITIVE_INFINITY,
): AsyncGenerator<Result<Page<T>, Failure>, void> {
  let after: string | undefined;
  let left = most;
  do {
    const asked = await client.ask<Page<T>>("GET", path, { query: { ...query, after, limit: Math.min(LIMIT, left) } });
    if (!asked.ok) return yield asked;
    const { items, next } = asked.value;
    // A page that leads nowhere would lead there forever.
    if (next !== undefined && (next === after || items.length === 0)) return yield err(LOOPS(client.server));
    left -= items.length;
    after = left > 0 ? next : undefined;
    yield ok({ items, next: after });
  } while (after !== undefined);
}

const LOOPS = (server: string): Failure => ({
  code: "bad-answer",
  message: `${server}: a list does not end; please report it`,
  exit: 1,
});
