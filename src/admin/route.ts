/** One page of the admin server. A group of routes is a function that returns some of these. */
import type { RouteHandlerMethod } from "fastify";

/** A page as the index lists it. */
export interface Page {
  /** GET unless given. */
  readonly method?: string;
  readonly path: `/${string}`;
  /** What the page shows, in a few words for the index. */
  readonly summary: string;
}

export interface Route extends Page {
  readonly handler: RouteHandlerMethod;
}

export const PLAIN_TEXT = "text/plain; charset=utf-8";
