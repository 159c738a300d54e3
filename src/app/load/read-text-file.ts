/** A file of text: UTF-8, without its byte order mark. */
import type { FileProblem } from "../../config/source-file.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { readWholeFile, type FileBounds } from "./read-file.ts";

export interface TextFile {
  readonly text: string;
  /** When the file was changed, in milliseconds since 1970. */
  readonly changed: number;
  /** As they are in the file. */
  readonly octets: Uint8Array;
}

/** No octet is replaced without a word: a file that is not UTF-8 is refused. */
export function readTextFile(file: string, bounds: FileBounds): Result<TextFile, FileProblem> {
  return readAs(file, bounds, utf8);
}

/** Octets that are not UTF-8 stand in the text as `FOREIGN_OCTET` says: who reads it may know that they mean nothing. */
export function readForeignTextFile(file: string, bounds: FileBounds): Result<TextFile, FileProblem> {
  return readAs(file, bounds, utf8OrForeign);
}

type Decode = (octets: Uint8Array) => string | undefined;

function readAs(file: string, bounds: FileBounds, decode: Decode): Result<TextFile, FileProblem> {
  const read = readWholeFile(file, bounds);
  return read.ok ? asText(read.value, decode) : read;
}

interface Content {
  readonly octets: Uint8Array;
  readonly changed: number;
}

/** The same of octets that have come in another way. */
export function asText({ octets, changed }: Content, decode: Decode = utf8): Result<TextFile, FileProblem> {
  const text = decode(octets);
  return text === undefined ? err(notUtf8(octets)) : ok({ text, changed, octets });
}

export function utf8OrForeign(octets: Uint8Array): string | undefined {
  return utf8(octets) ?? (isUtf16(octets) ? undefined : withForeignOctets(octets));
}

/** The text without its byte order mark. */
function utf8(octets: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(octets);
  } catch {
    return undefined;
  }
}

/** A byte order mark of UTF-16, which no text in UTF-8 or an 8-bit code starts with. */
function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** The longest sequences of UTF-8, and single octets that are in none (RFC 3629 section 4), with an octet a character. */
const SEQUENCE =
  /[\xc2-\xdf][\x80-\xbf]|(?:\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f])[\x80-\xbf]|(?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]{2}|[\x80-\xff]/gu;

/** Octets that are decoded at a time, so that a file of foreign octets takes no more memory than another. */
const PIECE = 2 ** 16;

function withForeignOctets(octets: Uint8Array): string {
  const buffer = Buffer.from(octets.buffer, octets.byteOffset, octets.length);
  let text = "";
  for (let start = 0; start < buffer.length;) {
    let end = Math.min(start + PIECE, buffer.length);
    // A sequence of at most four octets may have begun: it is left to the next piece.
    const begun = end < buffer.length ? [1, 2, 3].find((back) => buffer[end - back]! >= 0xc0) : undefined;
    end -= begun ?? 0;
    text += buffer
      .toString("latin1", start, end)
      .replaceAll(SEQUENCE, (sequence) =>
        sequence.length > 1
          ? Buffer.from(sequence, "latin1").toString()
          : String.fromCharCode(0xdc00 + sequence.charCodeAt(0)),
      );
    start = end;
  }
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

const NEWLINE = 0x0a;

function notUtf8(octets: Uint8Array): FileProblem {
  let line = 1;
  // No character of UTF-8 has the octet of a newline inside.
  for (let start = 0; start < octets.length; line++) {
    const newline = octets.indexOf(NEWLINE, start);
    const end = newline < 0 ? octets.length : newline;
    if (utf8(octets.subarray(start, end)) === undefined) break;
    start = end + 1;
  }
  const wanted = String.raw`UTF-8; in zone data \DDD may stand for an octet`;
  return { reason: `not UTF-8 in line ${line}`, wanted };
}
