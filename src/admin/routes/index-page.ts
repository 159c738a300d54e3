/** `/`: the list of the other pages; an unknown path gets it too, with status 404. */
import { PLAIN_TEXT, type Page, type Route } from "../route.ts";

export function indexRoute(others: readonly Page[]): Route {
  return {
    path: "/",
    summary: INDEX.summary,
    handler: (_request, reply) => reply.type(PLAIN_TEXT).send(`geosteer\n\n${listOf(others)}`),
  };
}

export function notFoundText(listed: readonly Page[]): string {
  return `no such page; there are:\n\n${listOf([INDEX, ...listed])}`;
}

const INDEX: Page = { path: "/", summary: "this list" };

function listOf(pages: readonly Page[]): string {
  const rows = pages.map(({ method = "GET", path, summary }) => ({ head: `${method} ${path}`, summary }));
  const width = Math.max(...rows.map(({ head }) => head.length));
  return rows.map(({ head, summary }) => `${head.padEnd(width)}  ${summary}\n`).join("");
}
