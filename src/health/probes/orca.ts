/**
 * Load reports of ORCA (Open Request Cost Aggregation) in a response header: the `OrcaLoadReport` of
 * https://github.com/cncf/xds/blob/main/xds/data/orca/v3/orca_load_report.proto, as TEXT or JSON. The names of headers and
 * the prefixes are those that Envoy reads (envoyproxy/envoy source/common/orca/orca_parser.h) and vLLM and Triton write;
 * separators are `,` and `, `.
 *
 * Utilizations are shares of 1, and so count hundredfold, as per cent. Named metrics have no unit in the report; those
 * that tell of load are shares too (`named_metrics.kv_cache_usage_perc=0.4`), so they count alike: a queue of 12 would be
 * 1200 %. BIN (base64 of protobuf) is not asked for. Trailers are not read. Pure.
 */
import { loadPerCent, numberFromText } from "./load-reading.ts";

/** The request header, in lower case, which asks for reports as text. */
export const ORCA_REQUEST = { "endpoint-load-metrics-format": "text" } as const;
/** The response header, in lower case. */
export const ORCA_HEADER = "endpoint-load-metrics";

/**
 * The load in per cent that the metric tells, such as `cpu_utilization`, `named_metrics.queue` or `utilization.gpu`.
 * Undefined: no such metric, no number, or an absurd one.
 */
export function orcaLoad(header: string | undefined, metric: string): number | undefined {
  if (header === undefined) return undefined;
  const [, format = "TEXT", report = ""] = /^\s*(?:(TEXT|JSON)\s+)?(.*)$/is.exec(header) ?? [];
  const share = format.toUpperCase() === "JSON" ? shareInJson(report, metric) : shareInText(report, metric);
  return share === undefined ? undefined : loadPerCent(share * 100);
}

/** Where several headers were joined, each part begins with its format. */
function shareInText(report: string, metric: string): number | undefined {
  for (const part of report.split(",")) {
    const [, name, value] = /^\s*(?:TEXT\s+)?([^=\s]+)\s*=(.*)$/is.exec(part) ?? [];
    if (name === metric) return numberFromText(value!);
  }
  return undefined;
}

/** ProtoJSON: names of fields in snake or camel case, those of a map as they are; numbers also as texts. */
function shareInJson(report: string, metric: string): number | undefined {
  let value: unknown;
  try {
    value = JSON.parse(report);
  } catch {
    return undefined;
  }
  const dot = metric.indexOf(".");
  const [field, key] = dot === -1 ? [metric, undefined] : [metric.slice(0, dot), metric.slice(dot + 1)];
  value = member(value, field) ?? member(value, camelCase(field));
  if (key !== undefined) value = member(value, key);
  if (typeof value === "string") return numberFromText(value);
  return typeof value === "number" ? value : undefined;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
