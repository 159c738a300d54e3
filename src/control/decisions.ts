/** How many decisions each endpoint and profile had in the last minutes, from the counters that only ever grow. */
import type { Clock } from "../shared/ports.ts";
import type { DecisionSums } from "../telemetry/counters.ts";
import type { Outline, ProfileOutline } from "../routing/outline.ts";

export interface RecentDecisions {
  /** Takes a sample; once a minute. */
  sample(): void;
  of(outline: Outline): DecisionReading;
}

export interface DecisionReading {
  ofEndpoint(id: number): number;
  /** Of its endpoints, and those that none answers. */
  ofProfile(profile: ProfileOutline): number;
}

/** Samples that are kept: the oldest is so many minutes old. */
const SAMPLES = 5;

/** Milliseconds for which what was read is good enough: many look at it at a time. */
const FRESH = 1000;

/** After a reload it begins anew. */
export function createRecentDecisions(read: () => DecisionSums, { clock }: { readonly clock: Clock }): RecentDecisions {
  /** The oldest first; undefined = from before anything was counted. */
  let samples: readonly (DecisionSums | undefined)[] = [undefined];
  let labels: DecisionSums["labels"] | undefined;
  let current: DecisionSums | undefined;
  let readAt = Number.NEGATIVE_INFINITY;

  const taken = (): DecisionSums => {
    const sums = read();
    if (sums.labels !== labels) {
      // Counters go on under new labels.
      samples = labels === undefined || labels.endpoints.length === 0 ? [undefined] : [sums];
      labels = sums.labels;
    }
    current = sums;
    readAt = clock();
    return sums;
  };
  const newest = (): DecisionSums => {
    return current === undefined || clock() - readAt > FRESH ? taken() : current;
  };
  return {
    sample() {
      const sample = taken();
      samples = [...samples, sample].slice(-SAMPLES);
    },
    of(outline) {
      const now = newest();
      // The counters follow a new generation when the first worker takes it.
      const isSame = now.labels.endpoints.length === outline.endpoints.length;
      const [first] = samples;
      const since = (of: "endpoints" | "withoutEndpoint", id: number): number =>
        isSame ? (now[of][id] ?? 0) - (first?.[of][id] ?? 0) : 0;
      return {
        ofEndpoint: (id) => since("endpoints", id),
        ofProfile: ({ id, endpoints }) =>
          endpoints.reduce((sum, endpoint) => sum + since("endpoints", endpoint.id), since("withoutEndpoint", id)),
      };
    },
  };
}
