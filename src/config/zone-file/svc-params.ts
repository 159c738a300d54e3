/**
 * The parameters of SVCB and HTTPS records (RFC 9460 sections 2.1, 2.2, 7 and 8, appendix A): from text to octets
 * sorted by key, and their check in octets. `ech` is not looked into.
 */
import { parseIpAddress } from "../../shared/ip-address.ts";
import type { Refusal } from "../diagnostic.ts";
import { type Field, nextText, octetsOfBase64 } from "./field.ts";
import { octetsOfText } from "./octets-of-text.ts";

/** What is known of a parameter. Its number is its index in the table. */
interface SvcParam {
  readonly name: string;
  /** The value of `name=value`, its escapes undone. Empty where nothing was given. */
  readonly read: (value: Uint8Array) => readonly number[] | undefined;
  readonly wanted: string;
  /** Whether the octets are a value of this parameter. */
  readonly fits: (value: Uint8Array) => boolean;
}

const NOTHING: Pick<SvcParam, "read" | "wanted" | "fits"> = {
  read: (value) => (value.length === 0 ? [] : undefined),
  wanted: "no value",
  fits: (value) => value.length === 0,
};

/** IANA, "Service Parameter Keys (SvcParamKeys)": the index is the key. */
const params: readonly SvcParam[] = [
  {
    name: "mandatory",
    wanted: "other keys of this record, each once, such as alpn,port",
    read(value) {
      const keys = asciiOf(value).split(",").map(keyOf);
      return keys.includes(undefined) ? undefined : (keys as number[]).toSorted((a, b) => a - b).flatMap(twoOctets);
    },
    // RFC 9460 section 8: "in strictly increasing numeric order", without mandatory itself; that they are there is
    // seen later.
    fits: (value) => {
      const keys = pairs(value);
      return keys.length > 0 && value.length % 2 === 0 && keys.every((key, i) => key > (i === 0 ? 0 : keys[i - 1]!));
    },
  },
  {
    name: "alpn",
    wanted: "protocols such as h2,h3, of 1 to 255 octets each",
    read: (value) => listItems(value)?.flatMap((item) => [item.length, ...item]),
    fits(value) {
      let at = 0;
      while (at < value.length && value[at]! > 0) at += 1 + value[at]!;
      return at === value.length && at > 0;
    },
  },
  { name: "no-default-alpn", ...NOTHING },
  {
    name: "port",
    wanted: "a port from 0 to 65535",
    read(value) {
      const digits = asciiOf(value);
      return /^\d{1,5}$/.test(digits) && Number(digits) <= 0xffff ? twoOctets(Number(digits)) : undefined;
    },
    fits: (value) => value.length === 2,
  },
  addresses("ipv4hint", 4, "IPv4 addresses, such as 192.0.2.1,192.0.2.2"),
  {
    name: "ech",
    wanted: "an ECHConfigList in base64",
    read(value) {
      const octets = octetsOfBase64(asciiOf(value));
      return octets && [...octets];
    },
    fits: (value) => value.length > 0,
  },
  addresses("ipv6hint", 16, "IPv6 addresses, such as 2001:db8::1"),
  {
    // RFC 9461 section 5: a URI Template in UTF-8, relative to the server, with the variable "dns".
    name: "dohpath",
    wanted: "a path with the variable dns, such as /dns-query{?dns}",
    read: (value) => [...value],
    fits: (value) => /^\/.*\{[^}]*\bdns\b[^}]*\}/s.test(new TextDecoder().decode(value)),
  },
  // RFC 9540 section 4.
  { name: "ohttp", ...NOTHING },
];

const MANDATORY = 0;
const ALPN = 1;
const NO_DEFAULT_ALPN = 2;
/** RFC 9460 section 2.2: "a 2-octet field containing the length of the SvcParamValue". */
const MAX_VALUE = 0xffff;
/** RFC 9460 section 14.3.2: "Reserved ("Invalid key")". */
const INVALID_KEY = 65_535;

export const svcParams: Field = {
  read(source, out) {
    const values = new Map<number, Uint8Array>();
    /** For each key, the index of the token behind it. */
    const places = new Map<number, number>();
    while (source.at < source.tokens.length) {
      const text = nextText(source)!;
      const equals = text.indexOf("=");
      const keyText = equals < 0 ? text : text.slice(0, equals);
      const key = keyOf(keyText);
      if (key === undefined) return refusal(`${JSON.stringify(keyText)} is no service parameter`, KEYS_WANTED);
      // RFC 9460 section 2.1: "SvcParamKeys SHALL NOT appear more than once".
      if (values.has(key)) return refusal(`${keyText} is there twice`, "each parameter once");
      const given = octetsOfText(equals < 0 ? "" : text.slice(equals + 1));
      // The unknown-key form has the octets as they are, also where the key is known.
      const isRaw = keyText.startsWith("key");
      const value = isRaw ? given : given && params[key]!.read(given);
      if (value === undefined || (equals >= 0 && text.length === equals + 1)) {
        return refusal(`not a value of ${keyText}`, params[key]?.wanted ?? "text with escapes");
      }
      if (value.length > MAX_VALUE)
        return refusal(`a value of ${keyText} that is too long`, `at most ${MAX_VALUE} octets`);
      values.set(key, Uint8Array.from(value));
      places.set(key, source.at);
    }
    const sorted = [...values].toSorted(([a], [b]) => a - b);
    const wrong = wrongParam(values);
    if (wrong !== undefined) {
      source.at = places.get(wrong.key)!;
      return wrong.refusal;
    }
    for (const [key, value] of sorted) {
      for (const octet of [...twoOctets(key), ...twoOctets(value.length), ...value]) out.push(octet);
    }
    return undefined;
  },
  end(data, start) {
    const values = new Map<number, Uint8Array>();
    let last = -1;
    let at = start;
    while (at + 4 <= data.length) {
      const [key, length] = pairs(data.subarray(at, at + 4)) as [number, number];
      // RFC 9460 section 2.2: "SvcParamKeys SHALL appear in increasing numeric order".
      if (key <= last || key === INVALID_KEY) return -1;
      last = key;
      values.set(key, data.subarray(at + 4, at + 4 + length));
      at += 4 + length;
    }
    return at === data.length && wrongParam(values) === undefined ? at : -1;
  },
};

interface WrongParam {
  readonly key: number;
  readonly refusal: Refusal;
}

/** What RFC 9460 asks of values and of parameters together. */
function wrongParam(values: ReadonlyMap<number, Uint8Array>): WrongParam | undefined {
  for (const [key, value] of values) {
    const param = params[key];
    if (param !== undefined && !param.fits(value)) {
      return { key, refusal: refusal(`not a value of ${param.name}`, param.wanted) };
    }
  }
  // RFC 9460 section 8: "each of the listed keys MUST … be present".
  const missing = pairs(values.get(MANDATORY) ?? new Uint8Array()).find((key) => !values.has(key));
  if (missing !== undefined) {
    const wanted = `${nameOfKey(missing)} in this record`;
    return { key: MANDATORY, refusal: refusal("a mandatory parameter that is not there", wanted) };
  }
  // RFC 9460 section 7.1.1: "When "no-default-alpn" is specified in an RR, "alpn" must also be specified".
  if (values.has(NO_DEFAULT_ALPN) && !values.has(ALPN)) {
    return { key: NO_DEFAULT_ALPN, refusal: refusal("no-default-alpn without alpn", "an alpn too") };
  }
  return undefined;
}

const KEYS_WANTED = `${params.map(({ name }) => name).join(", ")}, or keyNNNNN`;

/** Section 2.1: `key` and a decimal number without leading zeros. */
function keyOf(text: string): number | undefined {
  const known = params.findIndex(({ name }) => name === text);
  if (known >= 0) return known;
  const digits = /^key(0|[1-9]\d{0,4})$/.exec(text)?.[1];
  return digits !== undefined && Number(digits) < INVALID_KEY ? Number(digits) : undefined;
}

function nameOfKey(key: number): string {
  return params[key]?.name ?? `key${key}`;
}

function addresses(name: string, size: 4 | 16, wanted: string): SvcParam {
  return {
    name,
    wanted,
    read(value) {
      const parsed = asciiOf(value).split(",").map(parseIpAddress);
      return parsed.some((address) => address?.octets.length !== size)
        ? undefined
        : parsed.flatMap((address) => [...address!.octets]);
    },
    fits: (value) => value.length > 0 && value.length % size === 0,
  };
}

/** Values are ASCII where they are not lists of octets: what is not, fits nothing. */
function asciiOf(octets: Uint8Array): string {
  return new TextDecoder().decode(octets);
}

/** Appendix A.1: items are separated by commas; `\,` is a comma and `\\` a backslash inside one. None is empty. */
function listItems(value: Uint8Array): number[][] | undefined {
  const items: number[][] = [[]];
  for (let i = 0; i < value.length; i++) {
    if (value[i] === 0x2c) items.push([]);
    else {
      if (value[i] === 0x5c && value[++i] !== 0x2c && value[i] !== 0x5c) return undefined;
      items.at(-1)!.push(value[i]!);
    }
  }
  return items.every(({ length }) => length > 0 && length <= 255) ? items : undefined;
}

function twoOctets(value: number): number[] {
  return [value >> 8, value & 0xff];
}

/** Octets as 16-bit numbers; an odd one at the end is left out. */
function pairs(octets: Uint8Array): number[] {
  return Array.from({ length: octets.length >> 1 }, (_, i) => (octets[2 * i]! << 8) | octets[2 * i + 1]!);
}

function refusal(what: string, wanted: string): Refusal {
  return { code: "bad-record", what, wanted };
}
