/** All routes of the API, in the order of the document. */
import type { ApiRoute } from "../api-route.ts";
import { changeRoutes } from "./changes.ts";
import { EVENTS, OPENAPI } from "./events.ts";
import { historyRoutes } from "./history.ts";
import { noticeRoutes } from "./notices.ts";
import { steeringRoutes } from "./steering.ts";

export const API_ROUTES: readonly ApiRoute[] = [
  ...steeringRoutes,
  EVENTS,
  ...historyRoutes,
  ...changeRoutes,
  ...noticeRoutes,
  OPENAPI,
];
