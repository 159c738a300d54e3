/**
 * The statuses of all endpoints in memory that all threads share: an epoch, then one Uint32 per endpoint at its id.
 * The main thread writes, workers read; no locks and no messages. A table belongs to one snapshot, since ids do.
 */
import type { HealthView, ProbedStatus } from "../routing/health-view.ts";

export interface HealthTable {
  /** The memory of the table: a worker gives it to `viewHealthTable`. */
  readonly buffer: SharedArrayBuffer;
  set(endpoint: number, status: ProbedStatus): void;
}

/** A table in which every endpoint is `checking` until it is set. */
export function createHealthTable(endpointCount: number): HealthTable {
  const buffer = new SharedArrayBuffer((FIRST_STATUS + endpointCount) * Uint32Array.BYTES_PER_ELEMENT);
  const words = new Uint32Array(buffer);
  return {
    buffer,
    set(endpoint, status) {
      if (endpoint < 0 || endpoint >= endpointCount) throw new RangeError(`no endpoint ${endpoint}`);
      if (Atomics.exchange(words, FIRST_STATUS + endpoint, CODES[status]) === CODES[status]) return;
      // After the status: whoever sees the new epoch sees the status that it stands for.
      Atomics.add(words, EPOCH, 1);
    },
  };
}

export interface HealthTableView extends HealthView {
  /**
   * Raised after each change and wrapping at 2^32: compare for equality. Loading it also makes the changes before it
   * visible to `statusOf`, which is a plain read.
   */
  epoch(): number;
}

export function viewHealthTable(buffer: SharedArrayBuffer): HealthTableView {
  const words = new Uint32Array(buffer);
  return {
    epoch: () => Atomics.load(words, EPOCH),
    statusOf: (endpoint) => STATUSES[words[FIRST_STATUS + endpoint]!]!,
  };
}

const EPOCH = 0;
const FIRST_STATUS = 1;

/** A status's word is its index here; zeroed memory is `checking`. */
const STATUSES = ["checking", "online", "degraded"] as const satisfies readonly ProbedStatus[];
const CODES: Readonly<Record<ProbedStatus, number>> = { checking: 0, online: 1, degraded: 2 };
