/** The generation that is served, as the desk looks at it. */
import type { Standing } from "../health/endpoint-fold.ts";
import type { TargetState } from "../health/prober.ts";
import type { Outline } from "../routing/outline.ts";
import type { States } from "../state/states.ts";

export interface Served {
  readonly number: number;
  readonly outline: Outline;
  readonly states: States;
  /** What probes know of an endpoint; undefined = it is not probed. */
  readonly probedOf: (endpoint: number) => ProbedStanding | undefined;
  /** What an endpoint answers with, in a few words. */
  readonly targetText: (endpoint: number) => string;
  readonly sites: readonly ServedSite[];
  readonly databases: readonly { readonly file: string; readonly built: Date; readonly used: boolean }[];
}

export interface ProbedStanding extends Pick<Standing, "since" | "reason" | "parts" | "health"> {
  /** Of what is probed for it. */
  readonly targets: readonly TargetState[];
}

export interface ServedSite {
  readonly name: string;
  readonly location: readonly [latitude: number, longitude: number] | undefined;
  readonly labels: Readonly<Record<string, string>>;
}
