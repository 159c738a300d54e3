/**
 * The fields that record data is made of (RFC 1035 section 3.3 and the RFCs of later types): each is read from
 * master-file text to octets, and found again in octets that came as RFC 3597 text.
 */
import { parseIpAddress } from "../../shared/ip-address.ts";
import type { Refusal } from "../diagnostic.ts";
import { parseNameOctets } from "../text/name.ts";
import { octetsOfText } from "./octets-of-text.ts";
import type { Token } from "./tokenize.ts";
import { parseTtl } from "./ttl.ts";

export interface Field {
  /** Reads the field from tokens and appends its octets. */
  readonly read: (source: TokenSource, out: number[]) => Failure | undefined;
  /** The offset behind the field that starts at `at`; -1 = there is none. */
  readonly end: (data: Uint8Array, at: number) => number;
  /** Whether the field is a domain name, which is compared without the case of letters. */
  readonly isName?: true;
}

/** `unfit`: not the field at all, so that the usage of the record's type says more than any detail. */
export type Failure = Refusal | "unfit";

export interface TokenSource {
  readonly tokens: readonly Token[];
  /** The index of the next token. */
  at: number;
  /** The name that ends names without a final dot. */
  readonly origin: string;
}

export function nextText(source: TokenSource): string | undefined {
  return source.tokens[source.at++]?.text;
}

/**
 * All that is left of the record, joined: blanks mean nothing in hexadecimal and base64 text. Undefined at a word of
 * other letters.
 */
function restText(source: TokenSource, letters: RegExp): string | undefined {
  let text = "";
  do {
    const word = nextText(source) ?? "";
    if (!letters.test(word)) return undefined;
    text += word;
  } while (source.at < source.tokens.length);
  return text;
}

export const u8 = unsigned(1);
export const u16 = unsigned(2);
export const u32 = unsigned(4);

function unsigned(size: number): Field {
  return number(size, (text) => (/^\d{1,10}$/.test(text) ? Number(text) : undefined));
}

/** Seconds as a 32-bit number; BIND's units are understood: `1h30m`. */
export const seconds: Field = number(4, parseTtl);

/** A number of `size` octets. `parse` returns undefined for a text that is no such number. */
export function number(size: number, parse: (text: string) => number | undefined): Field {
  return {
    read(source, out) {
      const value = parse(nextText(source) ?? "");
      if (value === undefined || value >= 256 ** size) return "unfit";
      for (let shift = size - 1; shift >= 0; shift--) out.push(Math.floor(value / 256 ** shift) % 256);
      return undefined;
    },
    end: fixed(size),
  };
}

function fixed(size: number): Field["end"] {
  return (data, at) => (at + size <= data.length ? at + size : -1);
}

/** A domain name, uncompressed, with its case kept. */
export const name: Field = {
  read(source, out) {
    const text = nextText(source);
    if (text === undefined) return "unfit";
    const octets = parseNameOctets(text, source.origin);
    if (!octets.ok) return octets.error;
    for (const octet of octets.value) out.push(octet);
    return undefined;
  },
  end(data, start) {
    let at = start;
    while (at < data.length && data[at]! > 0 && data[at]! <= 63) at += 1 + data[at]!;
    // RFC 1035 section 2.3.4: a name has at most 255 octets.
    return data[at] === 0 && at + 1 - start <= 255 ? at + 1 : -1;
  },
  isName: true,
};

/**
 * The name of a host that is connected to. An address or four numbers is a slip of the pen there, and would be a name
 * of the zone. All else is a name: "any binary string whatever can be used as the label" (RFC 2181 section 11).
 */
export const host: Field = {
  ...name,
  read(source, out) {
    if (!looksLikeAddress(source.tokens[source.at]?.text ?? "")) return name.read(source, out);
    source.at++;
    return ADDRESS;
  },
};

function looksLikeAddress(text: string): boolean {
  const bare = text.replace(/\.$/, "");
  return /^\d+(?:\.\d+){3}$/.test(bare) || parseIpAddress(bare) !== undefined;
}

const ADDRESS: Refusal = {
  code: "bad-name",
  what: "an address in place of a name",
  wanted: "a host name; addresses stand in A and AAAA records",
};

export const ipv4 = address(4);
export const ipv6 = address(16);

function address(size: 4 | 16): Field {
  return {
    read(source, out) {
      const parsed = parseIpAddress(nextText(source) ?? "");
      if (parsed?.octets.length !== size) return "unfit";
      out.push(...parsed.octets);
      return undefined;
    },
    end: fixed(size),
  };
}

/** Octets of one character string (RFC 1035 section 3.3). */
export const MAX_STRING = 255;

const TOO_LONG: Refusal = {
  code: "bad-record",
  what: "a string longer than 255 octets",
  wanted: 'several strings: "…" "…"',
};

export const string: Field = {
  read(source, out) {
    const octets = textOctets(source);
    if (!(octets instanceof Uint8Array)) return octets;
    if (octets.length > MAX_STRING) return TOO_LONG;
    out.push(octets.length);
    for (const octet of octets) out.push(octet);
    return undefined;
  },
  end: (data, at) => (at < data.length ? fixed(1 + data[at]!)(data, at) : -1),
};

/** One or more character strings, to the end of the record. */
export const strings: Field = {
  read(source, out) {
    do {
      const failure = string.read(source, out);
      if (failure !== undefined) return failure;
    } while (source.at < source.tokens.length);
    return undefined;
  },
  end(data, start) {
    let at = start;
    do at = string.end(data, at);
    while (at >= 0 && at < data.length);
    return at;
  },
};

/** One text of any length, without a length octet, to the end of the record. */
export const text: Field = {
  read(source, out) {
    const octets = textOctets(source);
    if (!(octets instanceof Uint8Array)) return octets;
    for (const octet of octets) out.push(octet);
    return undefined;
  },
  end: (data) => data.length,
};

/** RFC 7553 section 4.4: the target of a URI record is "enclosed in double-quote characters". */
export const quotedText: Field = {
  ...text,
  read(source, out) {
    const token = source.tokens[source.at]?.text ?? '"';
    if (token.startsWith('"')) return text.read(source, out);
    source.at++;
    return { code: "bad-record", what: "a URI without quotes", wanted: '"https://www.example.com/" and the like' };
  },
};

function textOctets(source: TokenSource): Uint8Array | Failure {
  const token = nextText(source);
  if (token === undefined) return "unfit";
  const octets = octetsOfText(token);
  if (octets !== undefined) return octets;
  const hasBadEscape = token.replaceAll(ESCAPE, "").includes("\\");
  const [what, wanted] = hasBadEscape
    ? ["a bad escape", String.raw`\DDD with DDD at most 255, \ and a character, or \\ for a backslash`]
    : ["a quote inside a string", String.raw`\" for a quote`];
  return { code: "bad-record", what, wanted };
}

const ESCAPE = /\\(?:[01]\d\d|2[0-4]\d|25[0-5]|\D)/gsu;

/** Hexadecimal digits, at least one octet, to the end of the record. */
const HEX = /^[\da-f]+$/i;
export const hex = toTheEnd(HEX, octetsOfHex);
export const base64 = toTheEnd(/^[a-z\d+/=]+$/i, octetsOfBase64);

/** The same, and nothing where the record ends before it. */
export const optionalBase64: Field = {
  read: (source, out) => (source.at < source.tokens.length ? base64.read(source, out) : undefined),
  end: (data) => data.length,
};

function toTheEnd(letters: RegExp, parse: (text: string) => Uint8Array | undefined): Field {
  return {
    read(source, out) {
      const text = restText(source, letters);
      const octets = text === undefined ? undefined : parse(text);
      if (octets === undefined) return "unfit";
      for (const octet of octets) out.push(octet);
      return undefined;
    },
    end: (data, at) => (at < data.length ? data.length : -1),
  };
}

/** The octets of hexadecimal digits. */
export function octetsOfHex(digits: string): Uint8Array | undefined {
  if (digits.length % 2 > 0 || !HEX.test(digits)) return undefined;
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16));
}

/** The octets of base64 digits (RFC 4648 section 4) with their padding. */
export function octetsOfBase64(digits: string): Uint8Array | undefined {
  if (!/^(?:[a-z0-9+/]{4})*(?:[a-z0-9+/]{2}==|[a-z0-9+/]{3}=)?$/i.test(digits)) return undefined;
  return Uint8Array.from(atob(digits), (character) => character.charCodeAt(0));
}
