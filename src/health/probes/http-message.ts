/** What an HTTP probe asks and what it gets, whatever the version of HTTP. */
import type { HttpFields } from "./http-head.ts";
import type { ProbeFailure } from "./probe.ts";

export interface HttpRequest {
  readonly method: "GET" | "HEAD" | "POST";
  readonly scheme: "http" | "https";
  /** Host and port as the Host header has them. */
  readonly authority: string;
  /** The path with its query, as it is sent. */
  readonly path: string;
  /** All others, by name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of a POST. */
  readonly body: string;
}

export interface HttpAnswer {
  readonly status: number;
  /** Empty where none are wanted. */
  readonly fields: HttpFields;
  /** Undefined where it was not wanted. */
  readonly body: HttpBody | undefined;
}

export interface HttpBody {
  /** Decompressed. */
  readonly octets: Buffer;
  /** Whether that is all of it: no more than was to be read. */
  readonly isWhole: boolean;
}

/** How much of an answer is read. Without fields and body it is known on its status. */
export interface Wanted {
  readonly fields: boolean;
  /** Whether the body of such an answer is read; only with fields. */
  readonly bodyOf: (status: number, fields: HttpFields) => boolean;
  /** Octets of the body that are read, decompressed, at most. */
  readonly atMost: number;
  /** Asked with each part of the body, in order: whether what has come is enough, so that the rest is not waited for. */
  readonly createIsEnough: () => (part: Uint8Array) => boolean;
}

export type Answered = { readonly ok: true; readonly answer: HttpAnswer } | ProbeFailure;

export const CLOSED: ProbeFailure = { ok: false, code: "reset", reason: "connection closed before an answer" };
export const CUT: ProbeFailure = { ok: false, code: "reset", reason: "connection closed within the body" };

export function protocolFailure(reason: string): ProbeFailure {
  return { ok: false, code: "protocol", reason };
}
