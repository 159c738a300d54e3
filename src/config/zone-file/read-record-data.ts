/** Record data of any type: tokens of master-file text, or RFC 3597 text, to RDATA octets. */
import { err, ok, type Result } from "../../shared/result.ts";
import { typeName } from "../../shared/record-type.ts";
import type { Refusal } from "../diagnostic.ts";
import { type Failure, hex, nextText, type TokenSource } from "./field.ts";
import { type RecordFormat, recordFormats } from "./record-formats.ts";
import type { Token } from "./tokenize.ts";

export interface DataRefusal extends Refusal {
  /** The token that reading ended at; undefined = the end, where more was wanted. */
  readonly token: Token | undefined;
}

/** Octets: the length of record data is a 16-bit number (RFC 1035 section 3.2.1). */
const MAX_DATA = 0xffff;

/** The data of one record, read from `tokens` from `start` to their end. */
export function readRecordData(
  type: number,
  tokens: readonly Token[],
  start: number,
  origin: string,
): Result<Uint8Array, DataRefusal> {
  const source: TokenSource = { tokens, at: start, origin };
  const format = recordFormats.get(type);
  const refuse = (failure: Failure): { readonly ok: false; readonly error: DataRefusal } => {
    const refusal = failure === "unfit" ? unfit(type, format) : failure;
    return err({ ...refusal, token: tokens[source.at - 1] });
  };
  // RFC 3597 section 5: "The special token \# (a backslash immediately followed by a hash sign)".
  if (tokens[start]?.text === String.raw`\#`) {
    const data = readUnknown(source);
    if (!(data instanceof Uint8Array)) return refuse(data);
    if (format === undefined) return ok(data);
    const refusal = isWhole(format, data) ? ruleRefusal(format, data) : malformed(type);
    return refusal === undefined ? ok(data) : refuse(refusal);
  }
  if (format === undefined) {
    source.at++;
    return refuse("unfit");
  }
  const out: number[] = [];
  for (const field of format.fields) {
    const failure = field.read(source, out);
    if (failure !== undefined) return refuse(failure);
  }
  if (source.at < tokens.length) {
    source.at++;
    return refuse("unfit");
  }
  if (out.length > MAX_DATA) return refuse(TOO_LONG);
  const data = new Uint8Array(out);
  const refusal = ruleRefusal(format, data);
  return refusal === undefined ? ok(data) : refuse(refusal);
}

const TOO_LONG: Refusal = { code: "bad-record", what: "too much data", wanted: `at most ${MAX_DATA} octets` };

function ruleRefusal(format: RecordFormat, data: Uint8Array): Refusal | undefined {
  const refusal = format.refusal?.(data);
  return refusal && { code: "bad-record", ...refusal };
}

function readUnknown(source: TokenSource): Uint8Array | Failure {
  source.at++;
  const length = nextText(source) ?? "";
  if (!/^\d{1,5}$/.test(length) || Number(length) > MAX_DATA) return NOT_UNKNOWN;
  const octets: number[] = [];
  if (source.at < source.tokens.length && hex.read(source, octets) !== undefined) return NOT_UNKNOWN;
  if (octets.length === Number(length)) return Uint8Array.from(octets);
  const wanted = `${octets.length} after \\#, or as many octets as it says`;
  return { code: "bad-record", what: "a length that is not that of the octets", wanted };
}

const UNKNOWN_USAGE = String.raw`\# LENGTH HEX, such as \# 4 0a000001`;
const NOT_UNKNOWN: Refusal = { code: "bad-record", what: "not RFC 3597 text", wanted: UNKNOWN_USAGE };

/** Whether the octets are the fields of the type and nothing else. RFC 3597 section 4: and names are not compressed. */
function isWhole({ fields }: RecordFormat, data: Uint8Array): boolean {
  let at = 0;
  for (const field of fields) {
    at = field.end(data, at);
    if (at < 0) return false;
  }
  return at === data.length;
}

/** Equal for the same record data. RFC 4343 section 3: in names, letters that differ in their case alone are equal. */
export function dataKey(type: number, data: Uint8Array): string {
  const folded = data.slice();
  let at = 0;
  for (const field of recordFormats.get(type)?.fields ?? []) {
    const end = field.end(folded, at);
    if (field.isName) lowerCase(folded.subarray(at, end));
    at = end;
  }
  return String.fromCharCode(...folded);
}

/** Length octets are at most 63, below any letter. */
function lowerCase(octets: Uint8Array): void {
  for (const [i, octet] of octets.entries()) if (octet >= 0x41 && octet <= 0x5a) octets[i] = octet + 0x20;
}

function malformed(type: number): Refusal {
  return {
    code: "bad-record",
    what: `octets that are not ${article(type)} record`,
    wanted: `the fields of ${typeName(type)}, names without compression`,
  };
}

function unfit(type: number, format: RecordFormat | undefined): Refusal {
  if (format !== undefined) return { code: "bad-record", what: `not ${article(type)} record`, wanted: format.usage };
  return { code: "bad-record", what: `${typeName(type)} data is read as RFC 3597 text only`, wanted: UNKNOWN_USAGE };
}

/** Mnemonics are mostly spelt out: "an MX", "an SSHFP", "a TXT". */
function article(type: number): string {
  const mnemonic = typeName(type);
  return `${/^[AEFHILMNORSX]/.test(mnemonic) ? "an" : "a"} ${mnemonic}`;
}
