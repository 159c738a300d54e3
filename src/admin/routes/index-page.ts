/** `/`: the list of the other pages; an unknown path gets it too, with status 404. */
import { PLAIN_TEXT, type Route } from "../route.ts";

export function indexRoute(others: readonly Route[]): Route {
  return {
    path: "/",
    summary: "this list",
    handler: (_request, reply) => reply.type(PLAIN_TEXT).send(`geosteer\n\n${listOf(others)}`),
  };
}

export function notFoundHandler(routes: readonly Route[]): Route["handler"] {
  return (_request, reply) =>
    reply
      .code(404)
      .type(PLAIN_TEXT)
      .send(`no such page; there are:\n\n${listOf(routes)}`);
}

function listOf(routes: readonly Route[]): string {
  const width = Math.max(...routes.map(({ path }) => path.length));
  return routes.map(({ path, summary }) => `GET ${path.padEnd(width)}  ${summary}\n`).join("");
}
