/** DNS messages as octets, field by field, so that a test can also say what no library would send. */

export interface QuerySpec {
  readonly id?: number;
  /** Dotted text without escapes, or wire form. Default: the name that most tests ask for. */
  readonly name?: string | Uint8Array;
  readonly type?: number;
  readonly class?: number;
  /** The two octets behind the id, without OPCODE; default: no flag set. */
  readonly flags?: number;
  readonly opcode?: number;
  /** Default: as many as there are. */
  readonly counts?: readonly [questions: number, answers: number, authority: number, additional: number];
  /** Octets behind the question, in the sections that `counts` tells; `edns` and `ecs` come behind them. */
  readonly records?: readonly Uint8Array[];
  readonly edns?: EdnsSpec;
  /** Data of a client subnet option; implies `edns`. */
  readonly ecs?: Uint8Array;
}

export interface EdnsSpec {
  readonly size?: number;
  readonly version?: number;
  readonly dnssecOk?: boolean;
  readonly owner?: Uint8Array;
  /** The record's data; default: the option of `ecs`, if any. */
  readonly data?: Uint8Array;
}

export const ROOT = Uint8Array.of(0);

export function queryPacket(spec: QuerySpec = {}): Uint8Array {
  const { name = "shop.gtm.example.com", type = 1, class: questionClass = 1, records = [], edns, ecs } = spec;
  const opt = edns === undefined && ecs === undefined ? [] : [optRecord(edns, ecs)];
  const counts = spec.counts ?? [1, 0, 0, records.length + opt.length];
  return octets(
    u16(spec.id ?? 0x1234),
    u16((spec.flags ?? 0) | ((spec.opcode ?? 0) << 11)),
    ...counts.map(u16),
    typeof name === "string" ? wireName(name) : name,
    u16(type),
    u16(questionClass),
    ...records,
    ...opt,
  );
}

export function optRecord(
  { size = 1232, version = 0, dnssecOk, owner, data }: EdnsSpec = {},
  ecs?: Uint8Array,
): Uint8Array {
  const options = data ?? (ecs === undefined ? new Uint8Array() : ednsOption(8, ecs));
  return record({
    owner: owner ?? ROOT,
    type: 41,
    class: size,
    ttl: [0, version, dnssecOk ? 0x80 : 0, 0],
    data: options,
  });
}

export function record(spec: {
  readonly owner?: Uint8Array;
  readonly type: number;
  readonly class?: number;
  readonly ttl?: readonly number[];
  readonly data?: Uint8Array;
}): Uint8Array {
  const { owner = ROOT, type, class: questionClass = 1, ttl = [0, 0, 0, 60], data = new Uint8Array() } = spec;
  return octets(owner, u16(type), u16(questionClass), Uint8Array.from(ttl), u16(data.length), data);
}

export function ednsOption(code: number, data: Uint8Array): Uint8Array {
  return octets(u16(code), u16(data.length), data);
}

/** Of `192.0.2.0/24` or `2001:db8::/56` (RFC 7871 section 6); bits behind the prefix as they are in the text. */
export function clientSubnet(prefix: string, { scope = 0 } = {}): Uint8Array {
  const [address = "", length = ""] = prefix.split("/");
  const source = Number(length);
  const family = address.includes(":") ? 2 : 1;
  const all = family === 1 ? address.split(".").map(Number) : groupsOf(address);
  return Uint8Array.of(0, family, source, scope, ...all.slice(0, Math.ceil(source / 8)));
}

function groupsOf(address: string): number[] {
  const [head = "", tail = ""] = address.split("::");
  const groups = (text: string): number[] =>
    text === "" ? [] : text.split(":").flatMap((group) => [...u16(Number.parseInt(group, 16))]);
  const front = groups(head);
  const back = groups(tail);
  return [...front, ...Array<number>(16 - front.length - back.length).fill(0), ...back];
}

/** Labels of plain characters. */
export function wireName(text: string): Uint8Array {
  return labelsName(...(text === "" ? [] : text.split(".").map((label) => new TextEncoder().encode(label))));
}

export function labelsName(...labels: readonly ArrayLike<number>[]): Uint8Array {
  return octets(...labels.map((label) => Uint8Array.of(label.length, ...Array.from(label))), ROOT);
}

export function octets(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function u16(value: number): Uint8Array {
  return Uint8Array.of((value >> 8) & 0xff, value & 0xff);
}
