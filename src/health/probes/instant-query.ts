/**
 * An instant query to a Prometheus server, or whatever speaks its API, that is to have one number as its result:
 * https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries. Judges nothing. Of what comes back only numbers,
 * statuses and known words are told.
 */
import { Agent, request } from "undici";

export type InstantAnswer =
  /** May be NaN or infinite. */
  | { readonly kind: "value"; readonly value: number }
  /** The query selects nothing. */
  | { readonly kind: "no-sample" }
  /** Nothing was learnt: the server did not answer, or not this question. `reason` may be shown. */
  | { readonly kind: "failed"; readonly reason: string };

/** Octets; an answer with one sample has some hundred. */
const MAX_BODY = 1024 * 1024;

/** To one server at a time; what is beyond them waits, within the time of its signal. */
const CONNECTIONS = 8;

const agent = new Agent({
  connections: CONNECTIONS,
  pipelining: 1,
  maxResponseSize: MAX_BODY,
  // The signal has the time.
  headersTimeout: 0,
  bodyTimeout: 0,
  allowH2: false,
});

/** `url`: of the server, without `/api/v1/query`. `authorization`: the header's value. Never rejects. */
export async function instantQuery(
  url: string,
  expression: string,
  authorization: string | undefined,
  signal: AbortSignal,
): Promise<InstantAnswer> {
  try {
    const { statusCode, body } = await request(`${url}/api/v1/query`, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        accept: "application/json",
        "user-agent": "geosteer",
        ...(authorization !== undefined && { authorization }),
      },
      body: new URLSearchParams({ query: expression }).toString(),
      dispatcher: agent,
      signal,
    });
    return answerOf(statusCode, await body.text());
  } catch (error) {
    return failed(signal.aborted ? "no answer in time" : `no answer (${codeOf(error)})`);
  }
}

/** What is read of an answer; anything else may be there too. */
interface Answer {
  readonly status?: unknown;
  readonly errorType?: unknown;
  readonly data?: { readonly resultType?: unknown; readonly result?: unknown } | null;
}

function answerOf(status: number, text: string): InstantAnswer {
  const answer = parsed(text);
  if (answer?.status === "error" || status !== 200) {
    const type = ERROR_TYPES.find((known) => known === answer?.errorType);
    return failed(`status ${status}${type === undefined ? "" : ` (${type})`}`);
  }
  const { resultType, result } = answer?.data ?? {};
  if (answer?.status !== "success" || !Array.isArray(result)) return failed("not an answer of Prometheus");
  if (resultType === "scalar") return valueOf(result);
  if (resultType === "vector") return sampleOf(result);
  if (resultType === "matrix") return failed("a range vector, wanted one value");
  return failed(resultType === "string" ? "a text, wanted one value" : "not an answer of Prometheus");
}

const ERROR_TYPES = [
  "bad_data",
  "timeout",
  "canceled",
  "execution",
  "internal",
  "unavailable",
  "not_found",
  "not_acceptable",
] as const;

function sampleOf(samples: readonly unknown[]): InstantAnswer {
  if (samples.length === 0) return { kind: "no-sample" };
  if (samples.length > 1) return failed(`${samples.length} samples, wanted one`);
  const [sample] = samples as readonly ({ readonly value?: unknown; readonly histogram?: unknown } | null)[];
  if (sample?.histogram !== undefined) return failed("a histogram, wanted one value");
  return Array.isArray(sample?.value) ? valueOf(sample.value) : failed("not an answer of Prometheus");
}

const NOT_FINITE: ReadonlyMap<unknown, number> = new Map([
  ["NaN", Number.NaN],
  ["Inf", Number.POSITIVE_INFINITY],
  ["+Inf", Number.POSITIVE_INFINITY],
  ["-Inf", Number.NEGATIVE_INFINITY],
]);

/** A number with its instant before it, as text: JSON has no NaN. */
function valueOf([, text]: readonly unknown[]): InstantAnswer {
  const value = NOT_FINITE.get(text) ?? (typeof text === "string" && DECIMAL.test(text) ? Number(text) : undefined);
  return value === undefined ? failed("not an answer of Prometheus") : { kind: "value", value };
}

const DECIMAL = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

function parsed(text: string): Answer | undefined {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return undefined;
  }
}

function failed(reason: string): InstantAnswer {
  return { kind: "failed", reason };
}

/** Codes and names of errors are constants of Node.js and undici; messages may quote what came. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
