/**
 * One POST of a message: bounded in time, redirects not followed, the body of the answer thrown away. Nothing that the
 * receiver says is told but the status, and nothing of its URL, which may be a secret.
 */
import { Agent } from "undici";

export interface Posted {
  /** Undefined: no answer came. */
  readonly status: number | undefined;
  /** The header as it came. */
  readonly retryAfter: string | undefined;
  /** Why it was not taken, in a few words; undefined = it was. */
  readonly reason: string | undefined;
}

export interface Poster {
  post(body: string, headers: Readonly<Record<string, string>>): Promise<Posted>;
  /** Ends what is under way, as failed. */
  stop(): void;
}

export interface PosterOptions {
  readonly url: string;
  /** Milliseconds. */
  readonly timeout: number;
  readonly ca: string | undefined;
}

/** What is read of an answer at most: octets, and milliseconds. */
const MOST_READ = 65_536;
const READ_TIME = 1000;

export function createPoster({ url, timeout, ca }: PosterOptions): Poster {
  const { origin, pathname, search } = new URL(url);
  // One connection for each message: what a receiver does with those that idle is no failure of a message.
  const agent = new Agent({ connections: 1, pipelining: 0, connect: { timeout, ...(ca !== undefined && { ca }) } });
  const stopping = new AbortController();
  return {
    async post(body, headers) {
      const late = AbortSignal.timeout(timeout);
      try {
        const signal = AbortSignal.any([late, stopping.signal]);
        const path = pathname + search;
        const response = await agent.request({ origin, path, method: "POST", headers, body, signal, reset: true });
        const { statusCode: status, headers: got } = response;
        await response.body.dump({ limit: MOST_READ, signal: AbortSignal.timeout(READ_TIME) }).catch(() => {});
        const retryAfter = got["retry-after"];
        return {
          status,
          retryAfter: typeof retryAfter === "string" ? retryAfter : undefined,
          reason: reasonOf(status),
        };
      } catch (cause) {
        const reason = late.aborted ? `no answer within ${timeout / 1000}s` : failureOf(cause);
        return { status: undefined, retryAfter: undefined, reason };
      }
    },
    stop() {
      stopping.abort();
      void agent.destroy();
    },
  };
}

function reasonOf(status: number): string | undefined {
  if (status >= 200 && status < 300) return undefined;
  return status >= 300 && status < 400 ? `status ${status}: redirects are not followed` : `status ${status}`;
}

const FAILURES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset",
  EPIPE: "connection reset",
  UND_ERR_SOCKET: "connection closed without an answer",
  ENOTFOUND: "no such host",
  EAI_AGAIN: "the host's name could not be looked up",
  EHOSTUNREACH: "no way to the host",
  ENETUNREACH: "no way to the host's network",
  ETIMEDOUT: "no answer in time",
  UND_ERR_CONNECT_TIMEOUT: "no connection in time",
  UND_ERR_HEADERS_TIMEOUT: "no answer in time",
  UND_ERR_HEADERS_OVERFLOW: "the head of the answer is too long",
  ERR_SSL_WRONG_VERSION_NUMBER: "no TLS is spoken there",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "no TLS is spoken there",
};

/** By its code alone: messages have addresses and parts of what came. */
function failureOf(cause: unknown): string {
  const all = cause instanceof AggregateError ? cause.errors : [cause];
  const codes = all.map((one) => (one as { readonly code?: unknown }).code);
  const code = codes.find((found) => typeof found === "string") ?? "no reason is known";
  if (/CERT|SIGNED|ISSUER|SIGNATURE|ALTNAME/.test(code)) return `its certificate is not trusted (${code})`;
  const isNoHttp = all.some((one) => (one as Partial<Error>).name === "HTTPParserError");
  return FAILURES[code] ?? (isNoHttp ? "the answer is no HTTP" : `failed (${code})`);
}
