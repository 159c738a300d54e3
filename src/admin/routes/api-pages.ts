/** The routes of the API as the index lists them. */
import { API } from "../api/api-route.ts";
import { API_ROUTES } from "../api/routes/table.ts";
import type { Page } from "../route.ts";

export const API_PAGES: readonly Page[] = API_ROUTES.map(({ method, path, summary }) => ({
  method,
  path: `${API}${path}`,
  summary,
}));
