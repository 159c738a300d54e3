/** `/metrics`: what Prometheus scrapes. */
import type { Metrics } from "../../telemetry/metrics.ts";
import type { Route } from "../route.ts";

export function metricsRoutes(metrics: Pick<Metrics, "exposition">): readonly Route[] {
  return [
    {
      path: "/metrics",
      summary: "metrics for Prometheus",
      async handler(_request, reply) {
        const { contentType, body } = await metrics.exposition();
        return reply.type(contentType).send(body);
      },
    },
  ];
}
