import * as fc from "fast-check";
import { expect, test } from "vitest";
import { octetsOfText } from "../../../src/config/zone-file/octets-of-text.ts";
import { tokenize } from "../../../src/config/zone-file/tokenize.ts";

test.for<[token: string, octets: string | undefined]>([
  ["abc", "abc"],
  ['"a b"', "a b"],
  ['""', ""],
  [String.raw`\065\066`, "AB"],
  [String.raw`"say \"hi\" \\"`, String.raw`say "hi" \ `.trimEnd()],
  [String.raw`a\.b`, "a.b"],
  ["grün", "gr\u00c3\u00bcn"],
  [String.raw`\255`, "\u00ff"],
  [String.raw`\256`, undefined],
  [String.raw`\12`, undefined],
  ["a\\", undefined],
  ['a="b"', undefined],
])("octetsOfText: %s", ([token, expected]) => {
  const octets = octetsOfText(token);
  expect(octets && String.fromCharCode(...octets)).toBe(expected);
});

test("octetsOfText: any octets, written as text and read again, are the same", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (octets, quoted) => {
      const escaped = Array.from(octets, (octet) => textOf(octet, quoted)).join("");
      const text = quoted || octets.length === 0 ? `"${escaped}"` : escaped;
      const [entry] = tokenize(text);
      expect(entry?.tokens.map((token) => token.text)).toEqual([text]);
      expect(octetsOfText(text)).toEqual(octets);
    }),
  );
});

/** Printable characters as they are where they may be; the rest as `\DDD`, the special ones as `\X`. */
function textOf(octet: number, quoted: boolean): string {
  const character = String.fromCharCode(octet);
  if (octet < 0x20 || octet > 0x7e || character === " ") return quoted && character === " " ? " " : decimal(octet);
  return /["\\();=]/.test(character) ? `\\${character}` : character;
}

function decimal(octet: number): string {
  return `\\${String(octet).padStart(3, "0")}`;
}
