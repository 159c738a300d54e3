/** One page of the admin server. A group of routes is a function that returns some of these. */
import type { RouteHandlerMethod } from "fastify";

export interface Route {
  readonly path: `/${string}`;
  /** What the page shows, in a few words for the index. */
  readonly summary: string;
  readonly handler: RouteHandlerMethod;
}

export const PLAIN_TEXT = "text/plain; charset=utf-8";
