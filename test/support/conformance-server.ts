/**
 * A server of a configuration that an operator could read, and what an RFC asks of each of its answers. A row is asked
 * over UDP and TCP unless it names one of them; the reply and what is counted for it are compared together.
 */
import { createServices } from "../../src/app/create-service.ts";
import { formatDiagnostic } from "../../src/config/diagnostic.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import type { ReadFile } from "../../src/config/source-file.ts";
import type { Clock } from "../../src/shared/ports.ts";
import { err, ok } from "../../src/shared/result.ts";
import type { Transport } from "../../src/telemetry/counter-totals.ts";
import { NOON, testAnswerer, type From, type Reply, type TestAnswerer } from "./answerer.ts";
import { ednsOption, octets, type EdnsSpec, type QuerySpec } from "./query-packet.ts";
import type { Edns, Message } from "./read-message.ts";

export type Row = readonly [
  /** `SECTION: what it asks for`. */
  what: string,
  query: QuerySpec,
  /** What differs from an authoritative NOERROR without records that repeats the question, with OPT where it was asked with OPT. */
  expected: Expected,
  counted: readonly string[],
  from?: From,
];

type Expected = Partial<Omit<Message, "edns">> & { readonly edns?: Partial<Edns> | undefined };

interface ConformanceOptions {
  /** Texts of the files that the configuration names. */
  readonly files?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /** Instead of those of the configuration. */
  readonly cookieSecrets?: readonly Uint8Array[];
  /** Whether a newer configuration could not be loaded. */
  readonly stale?: boolean;
}

export function conformanceServer(
  yaml: string,
  { files = {}, clock = () => NOON, stale = false, cookieSecrets }: ConformanceOptions = {},
): TestAnswerer {
  const loaded = load(yaml, files);
  if (!loaded.ok) throw new Error(loaded.error.map(formatDiagnostic).join("\n"));
  const services = createServices({ clock });
  services.setStale(stale);
  const service = services.of(loaded.value.settings.dns);
  return testAnswerer(loaded.value, { clock, service: { ...service, ...(cookieSecrets && { cookieSecrets }) } });
}

/** The codes of what is wrong with a configuration. */
export function refusalOf(yaml: string): readonly string[] {
  const loaded = load(yaml, {});
  return loaded.ok ? [] : loaded.error.map(({ code }) => code);
}

function load(text: string, files: Readonly<Record<string, string>>): ReturnType<typeof loadConfig> {
  const readFile: ReadFile = (path) => {
    const found = files[path];
    return found === undefined ? err({ reason: "no such file", wanted: undefined }) : ok(found);
  };
  return loadConfig({ file: "conformance.yaml", text, serial: 1, readFile });
}

/** What comes over each transport. */
export function repliesTo(server: TestAnswerer, [, query, , , from = {}]: Row): Replies {
  return overEach(from, (transport) => server.ask(query, { ...from, transport }));
}

/** What must come. */
export function wantedBy([, query, expected, counted, from = {}]: Row): object {
  const reply = { message: messageOf(query, expected), counted: counted.toSorted() };
  return overEach(from, () => reply);
}

type Replies = Partial<Record<Transport, Reply>>;

function overEach<T>({ transport }: From, ask: (transport: Transport) => T): Partial<Record<Transport, T>> {
  if (transport !== undefined) return { [transport]: ask(transport) };
  return { udp: ask("udp"), tcp: ask("tcp") };
}

const PLAIN: Edns = {
  udpSize: 1232,
  version: 0,
  dnssecOk: false,
  ecs: undefined,
  nsid: undefined,
  cookie: undefined,
  keepalive: undefined,
  ede: undefined,
};

function messageOf(query: QuerySpec, expected: Expected): Partial<Message> {
  const { name = "shop.gtm.example.com", type = 1, class: questionClass = 1 } = query;
  const isPlain = typeof name === "string" && query.counts === undefined;
  const hasOpt = query.edns !== undefined || query.ecs !== undefined;
  const edns = "edns" in expected ? expected.edns : hasOpt ? {} : undefined;
  return {
    id: query.id ?? 0x1234,
    opcode: query.opcode ?? 0,
    flags: "qr aa",
    rcode: RCODE.NOERROR,
    ...(isPlain && { question: { name, type, class: questionClass } }),
    answers: [],
    authority: [],
    additional: [],
    ...expected,
    edns: edns && { ...PLAIN, ...edns },
  };
}

/** The OPT record of a query with options: code, and data in hexadecimal. */
export function withOptions(...options: readonly (readonly [code: number, data: string])[]): EdnsSpec {
  return { data: octets(...options.map(([code, data]) => ednsOption(code, fromHex(data)))) };
}

export function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16));
}

/** A text with which the answer for TXT of `t.example.org` has `size` octets, OPT not counted. */
export function textFor(size: number): string {
  // Header 12, question 19, the record's head 12; each 255 octets of text have one in front.
  const data = size - 43;
  return "x".repeat(data - Math.ceil(data / 256));
}

export function textLine(owner: string, text: string): string {
  return `${owner} 300 TXT ${text
    .match(/.{1,255}/g)!
    .map((string) => `"${string}"`)
    .join(" ")}`;
}

/** IANA, "Domain Name System (DNS) Parameters". */
export const TYPE = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  NAPTR: 35,
  DS: 43,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  NSEC3PARAM: 51,
  IXFR: 251,
  AXFR: 252,
  ANY: 255,
} as const;

export const RCODE = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  BADVERS: 16,
  BADCOOKIE: 23,
} as const;

export const OPTION = { NSID: 3, ECS: 8, EXPIRE: 9, COOKIE: 10, KEEPALIVE: 11 } as const;
