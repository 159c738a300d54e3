/** A file of text: UTF-8, without its byte order mark. */
import type { FileProblem } from "../../config/source-file.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { readWholeFile, type FileBounds } from "./read-file.ts";

export interface TextFile {
  readonly text: string;
  /** When the file was changed, in milliseconds since 1970. */
  readonly changed: number;
  /** Octets. */
  readonly size: number;
}

export function readTextFile(file: string, bounds: FileBounds): Result<TextFile, FileProblem> {
  const read = readWholeFile(file, bounds);
  return read.ok ? asText(read.value) : read;
}

interface Text {
  readonly octets: Uint8Array;
  readonly changed: number;
}

export function asText({ octets, changed }: Text): Result<TextFile, FileProblem> {
  const text = textOf(octets);
  return text === undefined ? err(notUtf8(octets)) : ok({ text, changed, size: octets.length });
}

/** The text without its byte order mark. Undefined where it is not UTF-8: no octet is replaced without a word. */
function textOf(octets: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(octets);
  } catch {
    return undefined;
  }
}

const NEWLINE = 0x0a;

function notUtf8(octets: Uint8Array): FileProblem {
  let line = 1;
  // No character of UTF-8 has the octet of a newline inside.
  for (let start = 0; start < octets.length; line++) {
    const newline = octets.indexOf(NEWLINE, start);
    const end = newline < 0 ? octets.length : newline;
    if (textOf(octets.subarray(start, end)) === undefined) break;
    start = end + 1;
  }
  const wanted = String.raw`UTF-8; in zone data \DDD may stand for an octet`;
  return { reason: `not UTF-8 in line ${line}`, wanted };
}
