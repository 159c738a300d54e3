/** Record types as fields: one of them (DSYNC, RFC 9859), and a set as a bitmap (CSYNC, RFC 7477 section 2.1.2.1). */
import { parseType } from "../../shared/record-type.ts";
import { type Field, nextText, number } from "./field.ts";

/** `CDS`, `TYPE59` or `59`. */
export const recordType: Field = number(2, (text) => parseType(/^\d{1,5}$/.test(text) ? `TYPE${text}` : text));

/** RFC 4034 section 4.1.2: a window has the types with the same high octet, the first of them in the highest bit. */
const WINDOW = 32;

/** Any number of types, to the end of the record. */
export const typeBitmap: Field = {
  read(source, out) {
    const windows = new Map<number, Uint8Array>();
    while (source.at < source.tokens.length) {
      const type = parseType(nextText(source)!);
      if (type === undefined) return "unfit";
      const bits = windows.get(type >> 8) ?? new Uint8Array(WINDOW);
      windows.set(type >> 8, bits);
      bits[(type & 0xff) >> 3]! |= 0x80 >> (type & 7);
    }
    for (const [window, bits] of [...windows].toSorted(([a], [b]) => a - b)) {
      // "Trailing zero octets in the bitmap MUST be omitted."
      const length = bits.findLastIndex((octet) => octet > 0) + 1;
      out.push(window, length, ...bits.subarray(0, length));
    }
    return undefined;
  },
  end(data, start) {
    let at = start;
    let last = -1;
    while (at < data.length) {
      const window = data[at]!;
      const length = data[at + 1] ?? 0;
      at += 2 + length;
      if (window <= last || length < 1 || length > WINDOW || at > data.length || data[at - 1] === 0) return -1;
      last = window;
    }
    return at;
  },
};
