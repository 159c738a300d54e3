/** One page of the admin server. A group of routes is a function that returns some of these. */
import type { RouteHandlerMethod } from "fastify";

export interface Route {
  readonly path: `/${string}`;
  /** For the index, in a few words. */
  readonly summary: string;
  readonly handler: RouteHandlerMethod;
}

export const PLAIN_TEXT = "text/plain; charset=utf-8";
