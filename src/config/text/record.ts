/**
 * Record data in a YAML text: one record of a master file without owner, TTL, class and comments. A TXT value without
 * quotes is taken as it stands, spaces, semicolons and backslashes included.
 */
import type { DomainName } from "../../shared/domain-name.ts";
import { TYPE } from "../../shared/record-type.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Refusal } from "../diagnostic.ts";
import { MAX_STRING } from "../zone-file/field.ts";
import { readRecordData } from "../zone-file/read-record-data.ts";
import { tokenize } from "../zone-file/tokenize.ts";

/** The record's data as octets. `zone` ends the names that have no final dot. */
export function parseRecord(type: number, text: string, zone: DomainName): Result<Uint8Array, Refusal> {
  if (type === TYPE.TXT && !text.startsWith('"')) return ok(plainTxt(text));
  const entries = [...tokenize(text)];
  const [entry] = entries;
  if (entry?.problem !== undefined) {
    const { what, wanted } = entry.problem;
    return err({ code: "bad-record", what, wanted });
  }
  if (entries.length > 1) return refuse("more than one line", "one record; a list has an item for each");
  if (entry?.hasComment === true) return refuse("a comment in a record", 'text with a semicolon in quotes: "a;b"');
  const data = readRecordData(type, entry?.tokens ?? [], 0, zone);
  if (data.ok) return data;
  const { code, what, wanted } = data.error;
  return err({ code, what, wanted });
}

/** The text as TXT data, in as many character strings as it takes. */
function plainTxt(text: string): Uint8Array {
  const octets = new TextEncoder().encode(text);
  const count = Math.max(1, Math.ceil(octets.length / MAX_STRING));
  const data = new Uint8Array(octets.length + count);
  for (let i = 0; i < count; i++) {
    const part = octets.subarray(i * MAX_STRING, (i + 1) * MAX_STRING);
    data[i * (MAX_STRING + 1)] = part.length;
    data.set(part, i * (MAX_STRING + 1) + 1);
  }
  return data;
}

function refuse(what: string, wanted: string): { readonly ok: false; readonly error: Refusal } {
  return err({ code: "bad-record", what, wanted });
}
