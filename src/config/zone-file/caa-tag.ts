/** The tag of a CAA record (RFC 8659 section 4.1): a character string of ASCII letters and digits. */
import type { Refusal } from "../diagnostic.ts";
import { type Field, string } from "./field.ts";

export const caaTag: Field = {
  read(source, out) {
    const start = out.length;
    const failure = string.read(source, out);
    return failure ?? (isTag(out.slice(start + 1)) ? undefined : NO_TAG);
  },
  end(data, at) {
    const end = string.end(data, at);
    return isTag(data.subarray(at + 1, end)) ? end : -1;
  },
};

const NO_TAG: Refusal = {
  code: "bad-record",
  what: "not a tag of CAA",
  wanted: "letters and digits, such as issue, issuewild or iodef",
};

function isTag(octets: ArrayLike<number>): boolean {
  return /^[A-Za-z0-9]+$/.test(String.fromCharCode(...Array.from(octets)));
}
