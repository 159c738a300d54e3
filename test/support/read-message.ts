/**
 * A strict reader of DNS responses that shares no code with `src/wire`: what a careful resolver would refuse, it throws
 * on. Records come out as master-file lines, so that a test can say what it expects in one.
 */

export interface Message {
  readonly id: number;
  readonly opcode: number;
  /** The flags that are set, in the order of the header: `qr aa rd`. */
  readonly flags: string;
  /** With the high bits of OPT. */
  readonly rcode: number;
  readonly question: Question | undefined;
  /** `owner TTL TYPE data`; of class CH, `owner TTL CH TYPE data`. */
  readonly answers: readonly string[];
  readonly authority: readonly string[];
  /** Without OPT. */
  readonly additional: readonly string[];
  readonly edns: Edns | undefined;
  readonly size: number;
}

export interface Question {
  /** In the case of the message. */
  readonly name: string;
  readonly type: number;
  readonly class: number;
}

export interface Edns {
  readonly udpSize: number;
  readonly version: number;
  readonly dnssecOk: boolean;
  /** `family source scope address-octets`, such as `1 24 16 c00002`. Of each option: undefined = not there. */
  readonly ecs: string | undefined;
  /** The server's name (RFC 5001). */
  readonly nsid: string | undefined;
  /** Client and server cookie (RFC 7873) in hexadecimal. */
  readonly cookie: string | undefined;
  /** Units of 100 ms (RFC 7828). */
  readonly keepalive: number | undefined;
  /** INFO-CODE (RFC 8914). */
  readonly ede: number | undefined;
}

interface Reader {
  readonly packet: Uint8Array;
  at: number;
}

const FLAGS = ["qr", "aa", "tc", "rd", "ra", "z", "ad", "cd"] as const;
const FLAG_BITS = [0x8000, 0x0400, 0x0200, 0x0100, 0x0080, 0x0040, 0x0020, 0x0010];

export function readMessage(packet: Uint8Array): Message {
  const reader: Reader = { packet, at: 0 };
  const id = u16(reader);
  const bits = u16(reader);
  const [questions = 0, answers = 0, authority = 0, additional = 0] = [1, 2, 3, 4].map(() => u16(reader));
  if (questions > 1) throw new Error(`${questions} questions`);
  const question = questions === 1 ? { name: name(reader), type: u16(reader), class: u16(reader) } : undefined;
  const section = (count: number): Entry[] => Array.from({ length: count }, () => entry(reader));
  const sections = [section(answers), section(authority), section(additional)] as const;
  if (reader.at !== packet.length) throw new Error(`${packet.length - reader.at} octets behind the message`);
  const opts = sections.map((entries) => entries.filter(({ type }) => type === 41));
  if (opts[0]!.length + opts[1]!.length > 0 || opts[2]!.length > 1) throw new Error("OPT in the wrong place");
  const [opt] = opts[2]!;
  const lines = (entries: readonly Entry[]): string[] => entries.filter(({ type }) => type !== 41).map(lineOf);
  return {
    id,
    opcode: (bits >> 11) & 0xf,
    flags: FLAGS.filter((_, i) => (bits & FLAG_BITS[i]!) !== 0).join(" "),
    rcode: (bits & 0xf) | ((opt === undefined ? 0 : opt.ttl >>> 24) << 4),
    question,
    answers: lines(sections[0]),
    authority: lines(sections[1]),
    additional: lines(sections[2]),
    edns: opt && ednsOf(opt),
    size: packet.length,
  };
}

interface Entry {
  readonly owner: string;
  readonly type: number;
  readonly class: number;
  readonly ttl: number;
  /** Positioned at the record's data; `end` is behind it. */
  readonly data: Reader;
  readonly end: number;
}

function entry(reader: Reader): Entry {
  const owner = name(reader);
  const type = u16(reader);
  const questionClass = u16(reader);
  const ttl = u32(reader);
  const length = u16(reader);
  const data = { packet: reader.packet, at: reader.at };
  reader.at += length;
  if (reader.at > reader.packet.length) throw new Error("record data leaves the message");
  return { owner, type, class: questionClass, ttl, data, end: reader.at };
}

function lineOf({ owner, type, class: questionClass, ttl, data, end }: Entry): string {
  if (questionClass !== 1 && questionClass !== 3) throw new Error(`class ${questionClass}`);
  if (ttl > 0x7fffffff) throw new Error(`TTL ${ttl}`);
  const [label, read] = TYPES.get(type) ?? [`TYPE${type}`, (reader: Reader) => hex(rest(reader, end))];
  const text = read(data, end);
  if (data.at !== end) throw new Error(`${label} data of ${end - data.at} octets too many`);
  return `${owner || "."} ${ttl} ${questionClass === 3 ? "CH " : ""}${label} ${text}`;
}

type ReadData = (reader: Reader, end: number) => string;

const NAME: ReadData = (reader) => name(reader) || ".";
const numbers = (reader: Reader, read: (from: Reader) => number, count: number): string =>
  Array.from({ length: count }, () => read(reader)).join(" ");

const TYPES = new Map<number, readonly [label: string, read: ReadData]>([
  [1, ["A", (reader) => Array.from({ length: 4 }, () => u8(reader)).join(".")]],
  [2, ["NS", NAME]],
  [5, ["CNAME", NAME]],
  [6, ["SOA", (reader) => `${name(reader)} ${name(reader)} ${numbers(reader, u32, 5)}`]],
  [12, ["PTR", NAME]],
  [13, ["HINFO", strings]],
  [15, ["MX", (reader) => `${u16(reader)} ${name(reader)}`]],
  [16, ["TXT", strings]],
  // Eight groups as they are: shortening is not what is tested here.
  [28, ["AAAA", (reader) => Array.from({ length: 8 }, () => u16(reader).toString(16)).join(":")]],
  [33, ["SRV", (reader) => `${numbers(reader, u16, 3)} ${name(reader)}`]],
  [257, ["CAA", (reader, end) => `${u8(reader)} ${string(reader)} ${JSON.stringify(ascii(rest(reader, end)))}`]],
]);

function strings(reader: Reader, end: number): string {
  const found: string[] = [];
  do found.push(JSON.stringify(string(reader)));
  while (reader.at < end);
  return found.join(" ");
}

function string(reader: Reader): string {
  return ascii(rest(reader, u8(reader) + reader.at));
}

function ednsOf({ owner, class: udpSize, ttl, data, end }: Entry): Edns {
  if (owner !== "") throw new Error("OPT is not owned by the root");
  if ((ttl & 0x7fff) !== 0) throw new Error("Z bits of OPT are set");
  const found = new Map<number, string>();
  while (data.at < end) {
    const code = u16(data);
    const option = { packet: data.packet, at: data.at + 2 };
    data.at = option.at + u16(data);
    if (data.at > end) throw new Error("option leaves its record");
    const read = OPTIONS.get(code);
    if (read === undefined || found.has(code)) throw new Error(`option ${code} was not asked for`);
    found.set(code, read(option, data.at));
    if (option.at !== data.at) throw new Error(`option ${code} ends at ${option.at}, not ${data.at}`);
  }
  const number = (code: number): number | undefined => (found.has(code) ? Number(found.get(code)) : undefined);
  return {
    udpSize,
    version: (ttl >>> 16) & 0xff,
    dnssecOk: (ttl & 0x8000) !== 0,
    ecs: found.get(8),
    nsid: found.get(3),
    cookie: found.get(10),
    keepalive: number(11),
    ede: number(15),
  };
}

/** Those that a query can ask for, and the extended error that any may get. */
const OPTIONS = new Map<number, ReadData>([
  [3, (option, end) => ascii(rest(option, end))],
  [8, (option, end) => `${u16(option)} ${u8(option)} ${u8(option)} ${hex(rest(option, end))}`.trim()],
  [10, (option, end) => hex(rest(option, end))],
  [11, (option) => `${u16(option)}`],
  [15, extendedError],
]);

function extendedError(option: Reader, end: number): string {
  const code = u16(option);
  // RFC 8914 section 2: EXTRA-TEXT is UTF-8.
  new TextDecoder("utf-8", { fatal: true }).decode(rest(option, end));
  return `${code}`;
}

/** Pointers lead backwards only, so that a name ends. Dots and backslashes inside a label are escaped. */
function name(reader: Reader): string {
  const labels: string[] = [];
  let { at } = reader;
  let end = -1;
  let size = 1;
  for (;;) {
    const length = byte(reader.packet, at);
    if (length >= 0xc0) {
      const target = ((length & 0x3f) << 8) | byte(reader.packet, at + 1);
      if (target >= at) throw new Error(`pointer at ${at} leads forward, to ${target}`);
      if (end < 0) end = at + 2;
      at = target;
      continue;
    }
    if (length > 63) throw new Error(`label type ${length >> 6}`);
    if (length === 0) break;
    size += 1 + length;
    if (size > 255) throw new Error("name of more than 255 octets");
    if (at + 1 + length > reader.packet.length) throw new Error("label leaves the message");
    labels.push(labelText(reader.packet.subarray(at + 1, at + 1 + length)));
    at += 1 + length;
  }
  reader.at = end < 0 ? at + 1 : end;
  return labels.join(".");
}

function byte(packet: Uint8Array, at: number): number {
  const value = packet[at];
  if (value === undefined) throw new Error(`octet ${at} is behind the end of the message`);
  return value;
}

function u8(reader: Reader): number {
  return byte(reader.packet, reader.at++);
}

function u16(reader: Reader): number {
  return u8(reader) * 256 + u8(reader);
}

function u32(reader: Reader): number {
  return u16(reader) * 65536 + u16(reader);
}

function rest(reader: Reader, end: number): Uint8Array {
  if (end > reader.packet.length) throw new Error("data leaves the message");
  const data = reader.packet.subarray(reader.at, end);
  reader.at = end;
  return data;
}

/** One character per octet; those that are no printable ASCII as `\DDD`. */
function ascii(octets: Uint8Array): string {
  let text = "";
  for (const octet of octets) text += octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : escaped(octet);
  return text;
}

/** The same, with the dots, spaces and backslashes that are no part of the syntax. */
function labelText(octets: Uint8Array): string {
  let text = "";
  for (const octet of octets) {
    const character = String.fromCharCode(octet);
    if (/[.\\]/.test(character)) text += `\\${character}`;
    else text += octet > 0x20 && octet < 0x7f ? character : escaped(octet);
  }
  return text;
}

function escaped(octet: number): string {
  return `\\${String(octet).padStart(3, "0")}`;
}

function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString("hex");
}
