/**
 * `/livez` and `/readyz`, as Kubernetes and load balancers ask for them: a process that is not alive is restarted, one
 * that is not ready gets no traffic. A configuration that could not be loaded is no reason for either: the one before
 * serves, and `/readyz` says that it is stale.
 */
import { PLAIN_TEXT, type Route } from "../route.ts";

export interface Health {
  /** Why geosteer is not ready, one line each; none when it is. */
  readonly readiness: () => readonly string[];
  /** Why what is served is older than the files; undefined when it is not. */
  readonly stale: () => string | undefined;
}

export function healthRoutes({ readiness, stale }: Health): readonly Route[] {
  return [
    {
      path: "/livez",
      summary: "200 while the process runs",
      handler: (_request, reply) => reply.type(PLAIN_TEXT).send("ok\n"),
    },
    {
      path: "/readyz",
      summary: "200 when all queries are answered as configured, otherwise 503 and the reasons",
      handler(_request, reply) {
        const reasons = readiness();
        const why = stale();
        const lines = [...(reasons.length === 0 ? ["ok"] : reasons), ...(why === undefined ? [] : [`stale: ${why}`])];
        return reply
          .code(reasons.length === 0 ? 200 : 503)
          .type(PLAIN_TEXT)
          .send(lines.map((line) => `${line}\n`).join(""));
      },
    },
  ];
}
