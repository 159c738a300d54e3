/** Whether a DNS reply is what the monitor wants. Pure; any answer record counts, the CNAMEs of a chain included. */
import { Packet } from "dns2";
import type { Resource } from "dns2";
import type { DnsMonitor } from "../monitoring.ts";
import { parseDomainName } from "../../shared/domain-name.ts";
import { formatIpAddress, parseIpAddress } from "../../shared/ip-address.ts";
import type { ProbeVerdict } from "./probe.ts";

/** `reply` is whole: not truncated. */
export function judgeDnsReply(reply: Packet, { type, expect, expectedRcode }: DnsMonitor): ProbeVerdict {
  const { rcode } = reply.header;
  if (rcode !== Packet.RCODE[expectedRcode]) {
    const name = RCODE_NAMES.get(rcode) ?? `rcode ${rcode}`;
    return { ok: false, code: "dns-rcode", reason: `${name}, wanted ${expectedRcode}` };
  }
  if (reply.errors.length > 0) {
    return { ok: false, code: "protocol", reason: "answer with records that cannot be decoded" };
  }
  if (expectedRcode !== "NOERROR") return { ok: true };
  const { answers } = reply;
  if (answers.length === 0) return { ok: false, code: "dns-no-data", reason: `no ${type} record in the answer` };
  if (expect === undefined || answers.some((record) => hasText(record, expect))) return { ok: true };
  return {
    ok: false,
    code: "dns-mismatch",
    reason: answers.length === 1 ? `the answer is not ${expect}` : `none of ${answers.length} answers is ${expect}`,
  };
}

/** The serial of the zone, in the first SOA record of the answer. */
export function serialIn({ answers }: Packet): number | undefined {
  return answers.find(({ type }) => type === Packet.TYPE.SOA)?.serial;
}

const RCODE_NAMES = new Map(Object.entries(Packet.RCODE).map(([name, code]) => [code as number, name]));

/** The part of a record that `expect` is held against, and the one spelling of it. */
interface AnswerText {
  readonly read: (record: Resource) => string | undefined;
  readonly canonical: (text: string) => string | undefined;
}

const ANSWER_TEXTS: ReadonlyMap<number, AnswerText> = new Map([
  [Packet.TYPE.A, { read: (record) => record.address, canonical: canonicalAddress }],
  [Packet.TYPE.AAAA, { read: (record) => record.address, canonical: canonicalAddress }],
  [Packet.TYPE.CNAME, { read: (record) => record.domain, canonical: canonicalName }],
  [Packet.TYPE.NS, { read: (record) => record.ns, canonical: canonicalName }],
  [Packet.TYPE.MX, { read: (record) => record.exchange, canonical: canonicalName }],
  [Packet.TYPE.SOA, { read: (record) => record.primary, canonical: canonicalName }],
  [Packet.TYPE.TXT, { read: joinedStrings, canonical: (text) => text }],
] satisfies [number, AnswerText][]);

function hasText(record: Resource, expect: string): boolean {
  const kind = ANSWER_TEXTS.get(record.type);
  const text = kind?.read(record);
  if (kind === undefined || text === undefined) return false;
  const wanted = kind.canonical(expect);
  return wanted !== undefined && kind.canonical(text) === wanted;
}

function canonicalAddress(text: string): string | undefined {
  const address = parseIpAddress(text);
  return address === undefined ? undefined : formatIpAddress(address);
}

function canonicalName(text: string): string | undefined {
  const parsed = parseDomainName(text);
  return typeof parsed === "string" ? undefined : parsed.name;
}

/** RFC 7208 section 3.3: the strings of a TXT record are one text, with nothing between them. */
function joinedStrings(record: Resource): string | undefined {
  return Array.isArray(record.data) ? record.data.join("") : undefined;
}
