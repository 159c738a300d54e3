/**
 * `/livez` and `/readyz`, as Kubernetes and load balancers ask for them: a process that is not alive is restarted, one
 * that is not ready gets no traffic.
 */
import { PLAIN_TEXT, type Route } from "../route.ts";

/** Why geosteer is not ready, one line each; none when it is. */
export type Readiness = () => readonly string[];

export function healthRoutes(readiness: Readiness): readonly Route[] {
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
        if (reasons.length === 0) return reply.type(PLAIN_TEXT).send("ok\n");
        return reply
          .code(503)
          .type(PLAIN_TEXT)
          .send(reasons.map((reason) => `${reason}\n`).join(""));
      },
    },
  ];
}
