/**
 * A message taken apart as far as it goes: where its labels, records, options and length fields are, and what RFC 1035,
 * 6891, 7871 and 7873 say of it as a query. Shares no code with `src/wire`: the mutations aim by it, and answers are
 * judged by it.
 */

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface OptionSpan extends Span {
  readonly code: number;
  /** Offset of its data. */
  readonly data: number;
}

export interface Opt extends Span {
  readonly size: number;
  readonly version: number;
  readonly dnssecOk: boolean;
  readonly options: readonly OptionSpan[];
}

export interface Dissection {
  /** Why this is no query that is to be answered with data; "" = it is one. */
  readonly fault: Fault;
  /** Offset behind the question; the header's end where there is none that can be read. */
  readonly questionEnd: number;
  readonly hasQuestion: boolean;
  /** Offsets of the octets at which labels of the question begin. */
  readonly labels: readonly number[];
  readonly records: readonly Span[];
  /** The first OPT record in the additional section. */
  readonly opt: Opt | undefined;
  /** Offsets of length fields behind the header, and their sizes in octets. */
  readonly lengths: readonly { readonly at: number; readonly size: 1 | 2 }[];
}

export type Fault = "" | "silence" | "opcode" | "version" | "questions" | "question" | "record" | "opt" | "option";

const OPT = 41;
const ECS = 8;
const COOKIE = 10;
const KEEPALIVE = 11;

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/** `stream`: whether it has come over TCP, where one more option means something. */
export function dissect(packet: Uint8Array, stream = false): Dissection {
  const found: Mutable<Dissection> = {
    fault: "",
    questionEnd: 12,
    hasQuestion: false,
    labels: [],
    records: [],
    opt: undefined,
    lengths: [],
  };
  found.fault = faultOf(packet, stream, found);
  return found;
}

function faultOf(packet: Uint8Array, stream: boolean, found: Mutable<Dissection>): Fault {
  if (packet.length < 12 || packet[2]! >= 0x80) return "silence";
  if ((packet[2]! & 0x78) !== 0) return "opcode";
  const questions = u16(packet, 4);
  if (questions > 1) return "questions";
  if (questions === 1 && !readQuestion(packet, found)) return "question";
  const before = u16(packet, 6) + u16(packet, 8);
  const count = before + u16(packet, 10);
  let at = found.questionEnd;
  let fault: Fault = "";
  for (let i = 0; i < count; i++) {
    const fixed = behindName(packet, at);
    if (fixed < 0 || fixed + 10 > packet.length) return "record";
    found.lengths.push({ at: fixed + 8, size: 2 });
    const end = fixed + 10 + u16(packet, fixed + 8);
    if (end > packet.length) return "record";
    if (u16(packet, fixed) === OPT) {
      // RFC 6891 section 6.1.1: one, in the additional section, owned by the root.
      if (i < before || found.opt !== undefined || packet[at] !== 0) return "opt";
      fault = readOpt(packet, { start: at, end }, stream, found);
    }
    found.records.push({ start: at, end });
    at = end;
    if (fault === "option") return fault;
  }
  if (fault !== "") return fault;
  // RFC 7873 section 5.4: no question is fine beside a cookie.
  const hasCookie = found.opt?.options.some(({ code }) => code === COOKIE) ?? false;
  return found.hasQuestion || hasCookie ? "" : "questions";
}

function readQuestion(packet: Uint8Array, found: Mutable<Dissection>): boolean {
  let at = 12;
  for (;;) {
    const size = packet[at];
    if (size === undefined || size > 63) return false;
    found.labels.push(at);
    found.lengths.push({ at, size: 1 });
    at += 1 + size;
    if (size === 0) break;
  }
  // RFC 1035 section 2.3.4: names are 255 octets or less.
  if (at - 12 > 255 || at + 4 > packet.length) return false;
  found.questionEnd = at + 4;
  found.hasQuestion = true;
  return true;
}

function readOpt(packet: Uint8Array, { start, end }: Span, stream: boolean, found: Mutable<Dissection>): Fault {
  const options: OptionSpan[] = [];
  const version = packet[start + 6]!;
  found.opt = {
    start,
    end,
    size: u16(packet, start + 3),
    version,
    dnssecOk: packet[start + 7]! >= 0x80,
    options,
  };
  let cookies = 0;
  let subnets = 0;
  for (let at = start + 11; at < end;) {
    if (at + 4 > end) return version === 0 ? "option" : "version";
    found.lengths.push({ at: at + 2, size: 2 });
    const option = { start: at, code: u16(packet, at), data: at + 4, end: at + 4 + u16(packet, at + 2) };
    if (option.end > end) return version === 0 ? "option" : "version";
    options.push(option);
    at = option.end;
    if (version !== 0) continue;
    const size = option.end - option.data;
    if (option.code === ECS && (subnets++ > 0 || !isSubnet(packet, option))) return "option";
    // RFC 7873 section 5.2: of several COOKIE options all but the first are ignored.
    if (option.code === COOKIE && cookies++ === 0 && !isCookieSize(size)) return "option";
    // RFC 7828 section 3.2.1: clients MUST specify an OPTION-LENGTH of 0; over UDP servers MUST ignore the option.
    if (option.code === KEEPALIVE && stream && size > 0) return "option";
  }
  return version === 0 ? "" : "version";
}

/** RFC 7873 section 4: 8 octets of the client, and none or 8 to 32 of the server. */
function isCookieSize(size: number): boolean {
  return size === 8 || (size >= 16 && size <= 40);
}

/** RFC 7871 section 6; family 0 goes without an address. */
function isSubnet(packet: Uint8Array, { data, end }: OptionSpan): boolean {
  if (end - data < 4) return false;
  const widest = [0, 32, 128][u16(packet, data)];
  const source = packet[data + 2]!;
  if (widest === undefined || source > widest || packet[data + 3] !== 0) return false;
  if (end - data - 4 !== Math.ceil(source / 8)) return false;
  return source % 8 === 0 || (packet[end - 1]! & (0xff >> (source % 8))) === 0;
}

function behindName(packet: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    const size = packet[at];
    if (size === undefined) return -1;
    if (size >= 0xc0) return at + 2;
    if (size > 63) return -1;
    at += 1 + size;
    if (size === 0) return at;
  }
}

function u16(packet: Uint8Array, at: number): number {
  return (packet[at]! << 8) | packet[at + 1]!;
}
