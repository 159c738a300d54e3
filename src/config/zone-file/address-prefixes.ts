/** APL records (RFC 3123): lists of address prefixes, such as `1:192.168.32.0/21 !2:2001:db8::/32`; they may be empty. */
import { parseIpAddress } from "../../shared/ip-address.ts";
import { type Field, nextText } from "./field.ts";

/** Section 4: address families (IANA's numbers), and the octets that an address has at most. */
const SIZES: ReadonlyMap<number, number> = new Map([
  [1, 4],
  [2, 16],
]);

const NEGATED = 0x80;

export const addressPrefixes: Field = {
  read(source, out) {
    while (source.at < source.tokens.length) {
      const item = /^(!?)([12]):(.+)\/(\d{1,3})$/.exec(nextText(source)!);
      if (item === null) return "unfit";
      const [, negated, family, addressText, length] = item;
      const octets = parseIpAddress(addressText!)?.octets;
      if (octets === undefined || octets.length !== SIZES.get(Number(family))) return "unfit";
      if (Number(length) > octets.length * 8) return "unfit";
      // Section 4: "trailing zero octets do not bear any information [and] MUST NOT be included".
      const part = octets.subarray(0, octets.findLastIndex((octet) => octet > 0) + 1);
      out.push(0, Number(family), Number(length), (negated === "!" ? NEGATED : 0) | part.length, ...part);
    }
    return undefined;
  },
  end(data, start) {
    let at = start;
    while (at < data.length) {
      const size = SIZES.get((data[at]! << 8) | (data[at + 1] ?? 0));
      const length = (data[at + 3] ?? 0) & ~NEGATED;
      const end = at + 4 + length;
      if (size === undefined || length > size || data[at + 2]! > size * 8 || end > data.length) return -1;
      if (length > 0 && data[end - 1] === 0) return -1;
      at = end;
    }
    return at;
  },
};
