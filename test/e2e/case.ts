/** One endpoint behind which something misbehaves, or does not, and what is to be seen of it. */
import type { ProbeFailureCode } from "../../src/health/probes/probe.ts";
import type { Stage } from "./stage.ts";

export interface Case {
  /** Such as `http: an endless body`. */
  readonly what: string;
  cast(stage: Stage): Promise<Cast> | Cast;
  readonly first: Expected;
  /** After `Cast.turn`. */
  readonly second?: Expected;
}

/** Keys as they stand in a configuration. */
type Keys = Readonly<Record<string, unknown>>;

export interface Cast {
  readonly monitor: Keys;
  /** Those that it is made of; `ID` in a text of `monitor` stands for the case's own name. */
  readonly parts?: Readonly<Record<string, Keys>>;
  /** The target of the endpoint, and what else is particular to it. */
  readonly endpoint: Keys;
  /** What DNS answers while the endpoint is up. */
  readonly answer: readonly string[];
  /** What is reported of it through the API: at first, and at the turn. */
  readonly report?: Keys;
  readonly laterReport?: Keys;
  readonly turn?: () => unknown;
}

export interface Expected {
  /** `checking` is served. */
  readonly status: "online" | "degraded" | "checking";
  /** Why it is down, or why it was not probed. */
  readonly reason?: string | RegExp;
  /** What `geosteer_probes_total` counts. */
  readonly outcome: "success" | ProbeFailureCode;
  /** Where not what is said to the DNS follows from the status: the addresses that are left. */
  readonly answer?: (all: readonly string[]) => readonly string[];
  /** Of which part of a composite the outcome is told. */
  readonly part?: string;
  /** A failure that is there only later, or told late on a busy machine: before, a probe finds nothing wrong. */
  readonly mayBeMissed?: boolean;
}

export const UP: Expected = { status: "online", outcome: "success" };

export function down(outcome: ProbeFailureCode, reason: string | RegExp): Expected {
  return { status: "degraded", outcome, reason };
}

/** A failure of ours is never charged: the endpoint is as it was. */
export function notProbed(reason: string | RegExp, status: "online" | "checking" = "checking"): Expected {
  return { status, outcome: "not-probed", reason };
}

/** The time of a probe that gets no answer, and of one that does, on a busy machine. */
export const SHORT = "1s";
export const LONG = "1900ms";

/** The time of a case that is to end by itself, or by its time. */
export function timeoutFor({ outcome }: Expected): string {
  return outcome === "timeout" ? SHORT : LONG;
}

/** Makes cases of a protocol: a server at an address of its own, and the keys of its monitor over those that all have. */
export function casesOf(protocol: string, ofAll: Keys = {}) {
  return (
    what: string,
    listen: (stage: Stage, address: string) => Promise<number> | number,
    keys: Keys,
    first: Expected,
  ): Case => ({
    what: `${protocol}: ${what}`,
    first,
    async cast(stage) {
      const address = stage.address();
      const port = await listen(stage, address);
      const monitor = { protocol, port, timeout: timeoutFor(first), ...ofAll, ...keys };
      return { monitor, endpoint: { address }, answer: [address] };
    },
  });
}
