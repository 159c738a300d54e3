/** Real files in a temporary directory. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { readForeignTextFile, readTextFile } from "../../../src/app/load/read-text-file.ts";

const directory = mkdtempSync(path.join(tmpdir(), "geosteer-text-"));
afterAll(() => rmSync(directory, { recursive: true }));

const BOUNDS = { most: 2 ** 20, rule: "as this test says" };
const file = path.join(directory, "text");

function foreign(octets: Uint8Array): string | undefined {
  writeFileSync(file, octets);
  // Long ago: what was just written would be waited for.
  utimesSync(file, 1, 1);
  const read = readForeignTextFile(file, BOUNDS);
  return read.ok ? read.value.text : undefined;
}

/** The file's octets again. */
function octetsOf(text: string): Buffer {
  return Buffer.concat(
    Array.from(text, (character) => {
      const code = character.codePointAt(0)!;
      return code >= 0xdc80 && code <= 0xdcff ? Buffer.of(code - 0xdc00) : Buffer.from(character);
    }),
  );
}

test("readForeignTextFile: no octet is lost, and text that is UTF-8 is what it says", () => {
  const part = fc.oneof(
    fc.constantFrom("a", "é", "€", "😀", "\n").map((text) => Buffer.from(text)),
    fc.uint8Array({ minLength: 1, maxLength: 4 }),
    // Too long, a surrogate, beyond Unicode, cut (RFC 3629 section 3).
    fc
      .constantFrom([0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82])
      .map((octets) => Buffer.from(octets)),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
      // A letter first: a byte order mark is another matter.
      const octets = Buffer.concat([Buffer.from("x"), ...parts]);
      const text = foreign(octets)!;
      expect(octetsOf(text)).toEqual(octets);
      const decoded = octets.toString();
      expect(text.replaceAll(/[\udc80-\udcff]/gu, "")).toBe(decoded.replaceAll("\ufffd", ""));
    }),
    { numRuns: 500 },
  );
});

test.for([0, 1, 2, 3])("readForeignTextFile: characters that lie across a piece are whole, %d octets on", (offset) => {
  const text = `${"x".repeat(offset)}${"😀é€".repeat(20_000)}`;
  expect(foreign(Buffer.concat([Buffer.from(text), Buffer.of(0xe9)]))).toBe(`${text}\udce9`);
});

test("readForeignTextFile: a byte order mark is no text; one of UTF-16 is refused", () => {
  expect(foreign(Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xe9]))).toBe("a\udce9");
  expect(foreign(Buffer.from("\ufeffa", "utf16le"))).toBeUndefined();
  expect(foreign(Buffer.from([0xfe, 0xff, 0, 0x61]))).toBeUndefined();
});

test("readTextFile refuses what is not UTF-8, with its line", () => {
  writeFileSync(file, Buffer.from("a\ncaf\u00e9\n", "latin1"));
  expect(readTextFile(file, BOUNDS)).toMatchObject({ ok: false, error: { reason: "not UTF-8 in line 2" } });
});
