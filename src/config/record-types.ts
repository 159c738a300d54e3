/** The record types that `records` may name, as its keys: mnemonics, or `TYPEnnn` (RFC 3597 section 5). */
import { parseType, TYPE, typeName } from "../shared/record-type.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { Refusal } from "./diagnostic.ts";
import { nearestWord } from "./nearest-word.ts";
import { rareTypeRefusal, typeRefusal } from "./zone-file/refused-types.ts";

/** The types that have records here: editors offer them, and diagnostics name them for a misspelt key. */
export const recordKeys: readonly string[] = Object.entries(TYPE).flatMap(([mnemonic, type]) =>
  type === TYPE.SOA || typeRefusal(type) !== undefined ? [] : [mnemonic],
);

/** What keys of other types look like (RFC 3597 section 5), for editors. */
export const UNKNOWN_TYPE_PATTERN = "^TYPE[0-9]{1,5}$";

export function parseRecordKey(key: string): Result<number, Refusal> {
  const type = parseType(key);
  if (type === undefined || (key !== key.toUpperCase() && key !== typeName(type))) {
    const rare = rareTypeRefusal(key);
    if (rare !== undefined) return err({ code: "unknown-key", ...rare });
    const meant = nearestWord(key, recordKeys);
    const wanted =
      meant === undefined ? "a type such as A, CNAME or TXT, or TYPEnnn" : `a known type: did you mean ${meant}?`;
    return err({ code: "unknown-key", what: "unknown record type", wanted });
  }
  // RFC 1035 section 5.2: one SOA per zone.
  if (type === TYPE.SOA) {
    return err({ code: "unserved-type", what: "SOA records", wanted: "the zone's soa, contact and nameservers keys" });
  }
  const refusal = typeRefusal(type);
  return refusal === undefined ? ok(type) : err(refusal);
}
