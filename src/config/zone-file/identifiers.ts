/** Addresses in hexadecimal digits: EUI-48 and EUI-64 (RFC 7043), 64-bit locators (RFC 6742), and NSAP (RFC 1706). */
import { type Field, nextText, octetsOfHex } from "./field.ts";

/** `00-00-5e-00-53-2a`. */
export const eui48 = groups(6, "-", 1);
/** `00-00-5e-ef-10-00-00-2a`. */
export const eui64 = groups(8, "-", 1);
/** `2001:db8:1140:1000`, of a NID or L64 record; no group may be left out. */
export const locator64 = groups(4, ":", 2);

function groups(count: number, separator: string, size: 1 | 2): Field {
  const group = `[\\da-f]{1,${2 * size}}`;
  const form = new RegExp(`^${group}(?:${separator}${group}){${count - 1}}$`, "i");
  return {
    read(source, out) {
      const text = nextText(source) ?? "";
      if (!form.test(text)) return "unfit";
      for (const digits of text.split(separator)) {
        const value = Number.parseInt(digits, 16);
        if (size === 2) out.push(value >> 8);
        out.push(value & 0xff);
      }
      return undefined;
    },
    end: (data, at) => (at + count * size <= data.length ? at + count * size : -1),
  };
}

/** Section 7: `0x47.0005.80`, where the dots mean nothing. */
export const nsap: Field = {
  read(source, out) {
    const digits = /^0x([\da-f.]+)$/i.exec(nextText(source) ?? "")?.[1];
    const octets = octetsOfHex(digits?.replaceAll(".", "") ?? "");
    if (octets === undefined) return "unfit";
    for (const octet of octets) out.push(octet);
    return undefined;
  },
  end: (data, at) => (at < data.length ? data.length : -1),
};
