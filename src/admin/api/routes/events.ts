/** `/events` and `/openapi.json`: what no desk is asked for. */
import * as z from "zod";
import type { ApiRoute } from "../api-route.ts";
import { controlEvent } from "../schemas/event.ts";

export const EVENTS: ApiRoute = {
  method: "GET",
  path: "/events",
  operationId: "followEvents",
  tag: "status",
  summary: "what happens from now on, as Server-Sent Events",
  description:
    "Each event has an `id`, its kind as `event`, and as `data` the JSON below. A client that comes again with `Last-Event-ID` gets what it has missed, or the event `missed` where that is not known any more: then it reads the status anew. Every 15 seconds comes a comment. A client that does not read is closed.",
  role: "read",
  answers: { 200: { description: "The events.", type: "text/event-stream", schema: controlEvent } },
  problems: ["too-many-streams"],
  handle: undefined,
};

export const OPENAPI: ApiRoute = {
  method: "GET",
  path: "/openapi.json",
  operationId: "getOpenApi",
  tag: "status",
  summary: "this API as an OpenAPI document",
  role: "read",
  answers: { 200: { description: "OpenAPI 3.1.", schema: z.looseObject({}) } },
  problems: [],
  handle: undefined,
};
