/**
 * The statuses of all endpoints in memory that all threads share: the number of profiles, a revision for each of them,
 * then one Uint32 per endpoint, each at its id. The main thread writes, workers read; no locks and no messages. A table
 * belongs to one snapshot, since ids do.
 */
import type { HealthView, ProbedStatus } from "../routing/health-view.ts";
import type { Outline } from "../routing/outline.ts";

export interface HealthTable {
  /** The memory of the table: a worker gives it to `viewHealthTable`. */
  readonly buffer: SharedArrayBuffer;
  set(endpoint: number, status: ProbedStatus): void;
  /** Many at once: a profile that is around thousands of them is looked at once. */
  setAll(changes: Iterable<readonly [endpoint: number, status: ProbedStatus]>): void;
}

/**
 * A table in which every endpoint is `checking` until it is set. `around`: whose plans the endpoints of some profiles are
 * part of, as `routing/profiles-around.ts` finds them.
 */
export function createHealthTable(
  { profiles, endpoints }: Outline,
  around: (profiles: ReadonlySet<number>) => ReadonlySet<number>,
): HealthTable {
  const firstStatus = FIRST_REVISION + profiles.length;
  const buffer = new SharedArrayBuffer((firstStatus + endpoints.length) * Uint32Array.BYTES_PER_ELEMENT);
  const words = new Uint32Array(buffer);
  words[PROFILE_COUNT] = profiles.length;

  const setAll: HealthTable["setAll"] = (changes) => {
    const changed = new Set<number>();
    for (const [endpoint, status] of changes) {
      const of = endpoints[endpoint];
      if (of === undefined) throw new RangeError(`no endpoint ${endpoint}`);
      if (Atomics.exchange(words, firstStatus + endpoint, CODES[status]) !== CODES[status]) changed.add(of.profile);
    }
    // After the statuses: whoever sees the new revision sees the status that it stands for.
    for (const profile of around(changed)) Atomics.add(words, FIRST_REVISION + profile, 1);
  };
  return { buffer, setAll, set: (endpoint, status) => setAll([[endpoint, status]]) };
}

export interface HealthTableView extends HealthView {
  /**
   * Raised after each change of an endpoint of the profile or of one nested in it, and wrapping at 2^32: compare for
   * equality. Loading it also makes the changes before it visible to `statusOf`, which is a plain read.
   */
  revisionOf(profile: number): number;
}

export function viewHealthTable(buffer: SharedArrayBuffer): HealthTableView {
  const words = new Uint32Array(buffer);
  const firstStatus = FIRST_REVISION + words[PROFILE_COUNT]!;
  return {
    revisionOf: (profile) => Atomics.load(words, FIRST_REVISION + profile),
    statusOf: (endpoint) => STATUSES[words[firstStatus + endpoint]!]!,
  };
}

const PROFILE_COUNT = 0;
const FIRST_REVISION = 1;

/** A status's word is its index here; zeroed memory is `checking`. */
const STATUSES = ["checking", "online", "degraded"] as const satisfies readonly ProbedStatus[];
const CODES: Readonly<Record<ProbedStatus, number>> = { checking: 0, online: 1, degraded: 2 };
