/**
 * The states of all endpoints in memory that all threads share: the number of profiles, a revision for each of them,
 * then one Uint32 per endpoint, each at its id. The main thread writes, workers read; no locks and no messages. A table
 * belongs to one snapshot, since ids do.
 */
import {
  MOST_ADDRESSES,
  type EndpointState,
  type Forced,
  type HealthView,
  type ProbedStatus,
} from "../routing/health-view.ts";
import type { Outline } from "../routing/outline.ts";

export interface StateTable {
  /** The memory of the table: a worker gives it to `viewStateTable`. */
  readonly buffer: SharedArrayBuffer;
  /** Many at once: a profile that is around thousands of them is looked at once. Returns the profiles whose revision rose. */
  setAll(changes: Iterable<readonly [endpoint: number, state: EndpointState]>): ReadonlySet<number>;
}

/**
 * A table in which every endpoint is `checking` until it is set. `around`: whose plans the endpoints of some profiles are
 * part of, as `routing/profiles-around.ts` finds them.
 */
export function createStateTable(
  { profiles, endpoints }: Outline,
  around: (profiles: ReadonlySet<number>) => ReadonlySet<number>,
): StateTable {
  const firstState = FIRST_REVISION + profiles.length;
  const buffer = new SharedArrayBuffer((firstState + endpoints.length) * Uint32Array.BYTES_PER_ELEMENT);
  const words = new Uint32Array(buffer);
  words[PROFILE_COUNT] = profiles.length;

  return {
    buffer,
    setAll(changes) {
      const changed = new Set<number>();
      for (const [endpoint, state] of changes) {
        const of = endpoints[endpoint];
        if (of === undefined) throw new RangeError(`no endpoint ${endpoint}`);
        const word = wordOf(state);
        if (Atomics.exchange(words, firstState + endpoint, word) !== word) changed.add(of.profile);
      }
      const raised = around(changed);
      // After the states: whoever sees the new revision sees the state that it stands for.
      for (const profile of raised) Atomics.add(words, FIRST_REVISION + profile, 1);
      return raised;
    },
  };
}

export interface StateTableView extends HealthView {
  /**
   * Raised after each change of an endpoint of the profile or of one nested in it, and wrapping at 2^32: compare for
   * equality. Loading it also makes the changes before it visible to `stateOf`, which is a plain read.
   */
  revisionOf(profile: number): number;
}

export function viewStateTable(buffer: SharedArrayBuffer): StateTableView {
  const words = new Uint32Array(buffer);
  const firstState = FIRST_REVISION + words[PROFILE_COUNT]!;
  return {
    revisionOf: (profile) => Atomics.load(words, FIRST_REVISION + profile),
    stateOf: (endpoint) => stateFrom(words[firstState + endpoint]!),
  };
}

const PROFILE_COUNT = 0;
const FIRST_REVISION = 1;

const STATUSES = ["checking", "online", "degraded"] as const satisfies readonly ProbedStatus[];
const FORCED = [undefined, "up", "down", "out"] as const satisfies readonly (Forced | undefined)[];
/** Parts that a share is counted in; a word has those that are gone. */
export const SHARE_PARTS = 64;

/** Bits of each part of a word, from the lowest. Zeroed memory is `checking` with its whole share. */
const BITS = { status: 2, forced: 2, shareGone: 6, loadGone: 7, ttlStep: 4, addressesDown: MOST_ADDRESSES } as const;
const STATUS_AT = 0;
const FORCED_AT = STATUS_AT + BITS.status;
const SHARE_AT = FORCED_AT + BITS.forced;
const LOAD_AT = SHARE_AT + BITS.shareGone;
const TTL_AT = LOAD_AT + BITS.loadGone;
const ADDRESSES_AT = TTL_AT + BITS.ttlStep;

const STATUS_CODES: Readonly<Record<ProbedStatus, number>> = { checking: 0, online: 1, degraded: 2 };

function wordOf({ status, forced, share, load, ttlStep, addressesDown }: EndpointState): number {
  const shareGone = SHARE_PARTS - Math.max(1, Math.round(share * SHARE_PARTS));
  const loadGone = SHARE_PARTS - Math.round(load * SHARE_PARTS);
  return (
    ((STATUS_CODES[status] << STATUS_AT) |
      (FORCED.indexOf(forced) << FORCED_AT) |
      (shareGone << SHARE_AT) |
      (loadGone << LOAD_AT) |
      (ttlStep << TTL_AT) |
      (addressesDown << ADDRESSES_AT)) >>>
    0
  );
}

/** Most endpoints are in one of few states: each is made once, as long as there are not too many. */
const states = new Map<number, EndpointState>();
const MOST_STATES = 4096;

function stateFrom(word: number): EndpointState {
  const known = states.get(word);
  if (known !== undefined) return known;
  const part = (at: number, bits: number): number => (word >>> at) & ((1 << bits) - 1);
  const state: EndpointState = {
    status: STATUSES[part(STATUS_AT, BITS.status)]!,
    forced: FORCED[part(FORCED_AT, BITS.forced)],
    share: 1 - part(SHARE_AT, BITS.shareGone) / SHARE_PARTS,
    load: 1 - part(LOAD_AT, BITS.loadGone) / SHARE_PARTS,
    ttlStep: part(TTL_AT, BITS.ttlStep),
    addressesDown: part(ADDRESSES_AT, BITS.addressesDown),
  };
  if (states.size >= MOST_STATES) states.clear();
  states.set(word, state);
  return state;
}
