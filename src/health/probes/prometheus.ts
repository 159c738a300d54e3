/**
 * Prometheus probe: a metric of the endpoint, held against bounds. That Prometheus does not answer, or not with one
 * number, is no failure of the endpoint. A query that selects nothing is one: `up == 1` selects what is up. NaN is none:
 * it is a share of nothing, and an endpoint without traffic would lose that for good.
 */
import { fillPlaceholders } from "../../shared/placeholders.ts";
import type { PrometheusMonitor } from "../monitoring.ts";
import { endpointValues } from "./endpoint-values.ts";
import { instantQuery } from "./instant-query.ts";
import type { Probe, ProbedHost, ProbeVerdict } from "./probe.ts";

export const prometheusProbe: Probe<PrometheusMonitor> = async (probed, monitor, signal) => {
  const { url, authorization } = monitor;
  const answer = await instantQuery(url, filledQuery(monitor.expression, probed), authorization, signal);
  if (answer.kind === "failed") return { ok: false, code: "not-probed", reason: `Prometheus: ${answer.reason}` };
  if (answer.kind === "no-sample") return { ok: false, code: "no-value", reason: "no value" };
  return judge(answer.value, monitor);
};

/** The expression with what it says of the endpoint. */
export function filledQuery(expression: string, probed: Pick<ProbedHost, "host" | "port" | "subject">): string {
  return fillPlaceholders(expression, endpointValues(probed), quoted);
}

/**
 * As it stands within quotes of either kind; in PromQL these take the escapes of Go
 * (https://prometheus.io/docs/prometheus/latest/querying/basics/#string-literals), of which only those by number are the
 * same in both.
 */
function quoted(value: string): string {
  return value.replaceAll(
    /[\\"'`]|[^ -~]/gu,
    (character) => `\\U${character.codePointAt(0)!.toString(16).padStart(8, "0")}`,
  );
}

function judge(value: number, { above, below }: PrometheusMonitor): ProbeVerdict {
  if (Number.isNaN(value)) return { ok: false, code: "not-probed", reason: "Prometheus: the value is NaN" };
  const isWithin =
    above === undefined && below === undefined
      ? value !== 0
      : value > (above ?? Number.NEGATIVE_INFINITY) && value < (below ?? Number.POSITIVE_INFINITY);
  return isWithin
    ? { ok: true }
    : { ok: false, code: "value", reason: `value ${value}, wanted ${wanted(above, below)}` };
}

function wanted(above: number | undefined, below: number | undefined): string {
  if (above === undefined) return below === undefined ? "another than 0" : `below ${below}`;
  return below === undefined ? `above ${above}` : `above ${above} and below ${below}`;
}
