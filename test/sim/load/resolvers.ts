/** Resolvers that keep each answer for its TTL, and ask again when it has passed; with their clients' demand. */
import type { Random } from "../../../src/shared/ports.ts";

export interface Resolvers {
  /** Those that ask in a step. */
  asking(step: number): readonly number[];
  /** What a resolver was answered; it keeps that until it asks again. Undefined = nothing. */
  answer(resolver: number, endpoint: string | undefined): void;
  /** The part of all clients that an endpoint has. */
  partOf(endpoint: string): number;
}

/**
 * `ttl`: in steps; in each of them as many ask as in another. A few resolvers are large and most small: weights are those of
 * Zipf with exponent 1/2.
 */
export function createResolvers(count: number, ttl: number, random: Random): Resolvers {
  const ranks = Array.from({ length: count }, (_, rank) => 1 / Math.sqrt(rank + 1));
  const all = ranks.reduce((sum, weight) => sum + weight, 0);
  const weights = ranks.map((weight) => weight / all);
  const endpoints: (string | undefined)[] = Array.from({ length: count });
  const parts = new Map<string, number>();
  const phases = Array.from({ length: ttl }, (): number[] => []);
  for (const id of weights.keys()) phases[Math.floor(random() * ttl)]!.push(id);

  const give = (endpoint: string | undefined, weight: number): void => {
    if (endpoint !== undefined) parts.set(endpoint, (parts.get(endpoint) ?? 0) + weight);
  };

  return {
    asking: (step) => phases[step % ttl]!,
    answer(resolver, endpoint) {
      give(endpoints[resolver], -weights[resolver]!);
      endpoints[resolver] = endpoint;
      give(endpoint, weights[resolver]!);
    },
    // What is left of sums and differences is none.
    partOf: (endpoint) => Math.round((parts.get(endpoint) ?? 0) * 1e9) / 1e9,
  };
}
