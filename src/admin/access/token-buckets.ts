/**
 * How often each client may do something: a bucket for each, that fills with time and of which each time takes one.
 * There are at most so many buckets; for one more the one that was used the longest ago is forgotten.
 */
import type { Clock } from "../../shared/ports.ts";

export interface BucketRules {
  /** Times at once. */
  readonly burst: number;
  /** Times per second from then on. */
  readonly rate: number;
  /** Buckets that are kept. */
  readonly most: number;
}

export interface Buckets {
  /** Takes one. Returns the seconds until there is one, where there is none now; else 0. */
  take(client: string): number;
  /** As `take`, and leaves it. */
  look(client: string): number;
}

interface Bucket {
  left: number;
  /** Milliseconds. */
  at: number;
}

export function createBuckets({ burst, rate, most }: BucketRules, clock: Clock): Buckets {
  /** Who was seen last comes last. */
  const buckets = new Map<string, Bucket>();

  const filled = (client: string): Bucket => {
    const now = clock();
    const { left, at } = buckets.get(client) ?? { left: burst, at: now };
    return { left: Math.min(burst, left + (Math.max(0, now - at) / 1000) * rate), at: now };
  };
  const wait = ({ left }: Bucket): number => (left >= 1 ? 0 : (1 - left) / rate);

  return {
    take(client) {
      const bucket = filled(client);
      const seconds = wait(bucket);
      if (seconds === 0) bucket.left -= 1;
      buckets.delete(client);
      buckets.set(client, bucket);
      if (buckets.size > most) buckets.delete(buckets.keys().next().value!);
      return seconds;
    },
    look: (client) => wait(filled(client)),
  };
}
