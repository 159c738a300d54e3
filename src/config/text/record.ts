/**
 * Record data in master-file text (RFC 1035 section 5.1) to values: one record per text, no comments, no parentheses.
 * A TXT value without quotes is taken as it stands, spaces and backslashes included.
 */
import type { DomainName } from "../../shared/domain-name.ts";
import { parseIpAddress } from "../../shared/ip-address.ts";
import type { RecordData, RecordType } from "../../shared/record-data.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Refusal } from "../diagnostic.ts";
import { parseRelativeName } from "./name.ts";

type Parsed = Result<RecordData, Refusal>;

/** `zone` ends the names that have no final dot. */
type ParseRecord = (text: string, zone: DomainName) => Parsed;

export const recordParsers: Readonly<Record<RecordType, ParseRecord>> = {
  A: (text) => parseAddress(text, "A", 4),
  AAAA: (text) => parseAddress(text, "AAAA", 6),
  CNAME: (text, zone) => withName(text, zone, (target) => ({ type: "CNAME", target })),
  NS: (text, zone) => withName(text, zone, (target) => ({ type: "NS", target })),
  TXT: parseTxt,
  MX(text, zone) {
    const [, preference, exchange] = /^(\d+)\s+(\S+)$/.exec(text.trim()) ?? [];
    if (exchange === undefined || !fits16(preference)) return refuse("MX", "PREFERENCE EXCHANGE, such as 10 mail");
    return withName(exchange, zone, (name) => ({
      type: "MX",
      preference: Number(preference),
      exchange: name,
    }));
  },
  SRV(text, zone) {
    const [, priority, weight, port, target] = /^(\d+)\s+(\d+)\s+(\d+)\s+(\S+)$/.exec(text.trim()) ?? [];
    if (target === undefined || !fits16(priority) || !fits16(weight) || !fits16(port)) {
      return refuse("SRV", "PRIORITY WEIGHT PORT TARGET, such as 0 5 5060 sip");
    }
    return withName(target, zone, (name) => ({
      type: "SRV",
      priority: Number(priority),
      weight: Number(weight),
      port: Number(port),
      target: name,
    }));
  },
  CAA(text) {
    // RFC 8659 section 4.1.1: tags are ASCII letters and digits; the flags are one octet.
    const [, flags, tag, rest] = /^(\d+)\s+([A-Za-z0-9]{1,255})\s+(\S.*)$/s.exec(text.trim()) ?? [];
    const values = rest === undefined || Number(flags) > 255 ? undefined : quotedStrings(rest);
    const value = values?.length === 1 ? values[0] : undefined;
    if (tag === undefined || value === undefined) {
      return refuse("CAA", 'FLAGS TAG "VALUE", such as 0 issue "ca.example.net"');
    }
    return ok({ type: "CAA", flags: Number(flags), tag, value });
  },
};

function parseAddress(text: string, type: "A" | "AAAA", family: 4 | 6): Parsed {
  const address = parseIpAddress(text);
  if (address?.family === family) return ok({ type, address });
  return refuse(type, family === 4 ? "an IPv4 address such as 192.0.2.1" : "an IPv6 address such as 2001:db8::1");
}

function withName(text: string, zone: DomainName, build: (name: DomainName) => RecordData): Parsed {
  const parsed = parseRelativeName(text, zone);
  return parsed.ok ? ok(build(parsed.value)) : parsed;
}

function fits16(digits: string | undefined): boolean {
  return digits !== undefined && Number(digits) <= 0xffff;
}

/** Octets of one character string (RFC 1035 section 3.3). */
const MAX_STRING = 255;

function parseTxt(text: string): Parsed {
  if (!text.startsWith('"')) return ok({ type: "TXT", strings: chunks(new TextEncoder().encode(text)) });
  const strings = quotedStrings(text.trimEnd());
  if (strings === undefined) return refuse("TXT", 'plain text, or strings such as "a" "b" with \\" for a quote inside');
  if (strings.some(({ length }) => length > MAX_STRING)) {
    return refuse("TXT", "quoted strings of at most 255 octets each; a longer text without quotes is split by itself");
  }
  return ok({ type: "TXT", strings });
}

function chunks(octets: Uint8Array): Uint8Array[] {
  const strings = [octets.slice(0, MAX_STRING)];
  for (let at = MAX_STRING; at < octets.length; at += MAX_STRING) {
    strings.push(octets.slice(at, at + MAX_STRING));
  }
  return strings;
}

/** `"a b" c "d"` → three strings; undefined when a quote is not closed or stands inside a word. */
function quotedStrings(text: string): Uint8Array[] | undefined {
  const strings: Uint8Array[] = [];
  const pattern = /\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))(?=\s|$)/suy;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    const octets = match === null ? undefined : unescaped(match[1] ?? match[2] ?? "");
    if (octets === undefined) return undefined;
    strings.push(octets);
  }
  return strings;
}

/** `\DDD` is an octet, `\` before another character that character. */
function unescaped(text: string): Uint8Array | undefined {
  const octets: number[] = [];
  for (const part of text.match(/\\\d{3}|\\[^\d]|[^\\]|\\/gsu) ?? []) {
    if (part === "\\") return undefined;
    if (part.length === 4 && part.startsWith("\\")) {
      const octet = Number(part.slice(1));
      if (octet > 255) return undefined;
      octets.push(octet);
    } else octets.push(...new TextEncoder().encode(part.startsWith("\\") ? part.slice(1) : part));
  }
  return Uint8Array.from(octets);
}

function refuse(type: RecordType, wanted: string): { readonly ok: false; readonly error: Refusal } {
  return err({ code: "bad-record", what: `not ${/^[AMNS]/.test(type) ? "an" : "a"} ${type} record`, wanted });
}
