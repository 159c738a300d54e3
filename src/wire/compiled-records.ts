/**
 * Resource records as octets, compiled once and copied into any message. Owners are compression pointers (RFC 1035
 * section 4.1.4) to the name that is answered, which stands in the message already: in the question, or as the target
 * of a CNAME record.
 */
import { CLASS_IN, HEADER_SIZE } from "./constants.ts";
import { encodeRecord, pointerTo } from "./encode-record.ts";
import { concat } from "./octets.ts";

export interface CompiledRecords {
  readonly count: number;
  readonly octets: Uint8Array;
  /** Octets of the owner in wire form where it is an ancestor of the answered name; 0 = that name itself; or `OWN_NAMES`. */
  readonly ownerLength: number;
}

/** Says that the owners of the records are written out. In all other records they are pointers to the question. */
export const OWN_NAMES = -1;

/** A record of an owner that is known. `ttl` in seconds, `data` in wire form. */
export interface RecordToCompile {
  readonly type: number;
  readonly ttl: number;
  readonly data: Uint8Array;
}

const QUESTION = pointerTo(HEADER_SIZE);

/** Compiles records of the answered name, or of its ancestor whose wire form has `ownerLength` octets. */
export function compileRecords(
  records: readonly RecordToCompile[],
  { ownerLength = 0, class: recordClass = CLASS_IN }: { readonly ownerLength?: number; readonly class?: number } = {},
): CompiledRecords {
  const octets = records.map(({ type, ttl, data }) => encodeRecord(QUESTION, type, ttl, data, recordClass));
  return { count: records.length, octets: concat(...octets), ownerLength };
}

/** Compiles records of any names, with their owners in wire form. */
export function compileGlue(records: readonly (RecordToCompile & { readonly owner: Uint8Array })[]): CompiledRecords {
  const octets = records.map(({ owner, type, ttl, data }) => encodeRecord(owner, type, ttl, data));
  return { count: records.length, octets: concat(...octets), ownerLength: OWN_NAMES };
}
