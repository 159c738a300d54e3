/**
 * `/metrics`: what Prometheus scrapes. It may be 40 MB, so one exposition is made at a time, all who ask meanwhile get
 * that one, and only few are held for readers that are slow.
 */
import { Readable } from "node:stream";
import type { Exposition, Metrics } from "../../telemetry/metrics.ts";
import type { Route } from "../route.ts";
import { shareCall } from "../share-call.ts";

/** Expositions that are being read at a time. For one more, who still reads the oldest is cut off. */
const MOST_HELD = 4;

interface Held extends Exposition {
  /** Who has not read all of it yet. */
  readonly readers: Set<Readable>;
}

export function metricsRoutes(metrics: Pick<Metrics, "exposition">): readonly Route[] {
  let held: readonly Held[] = [];
  const next = shareCall(async (): Promise<Held> => {
    const made = { ...(await metrics.exposition()), readers: new Set<Readable>() };
    held = held.filter(({ readers }) => readers.size > 0);
    for (const { readers } of held.slice(0, 1 - MOST_HELD)) for (const reader of readers) reader.destroy();
    held = [...held.slice(1 - MOST_HELD), made];
    return made;
  });
  return [
    {
      path: "/metrics",
      summary: "metrics for Prometheus",
      async handler(_request, reply) {
        const { contentType, body, readers } = await next();
        const reader = Readable.from(body);
        readers.add(reader);
        reader.once("close", () => readers.delete(reader));
        const length = body.reduce((sum, slice) => sum + slice.length, 0);
        return reply.type(contentType).header("content-length", length).send(reader);
      },
    },
  ];
}
