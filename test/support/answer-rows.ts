/** Rows of a specification: what is asked, what must come, and what must be counted for it. */
import type { RecordSet } from "../../src/shared/zone.ts";
import type { QuerySpec } from "./query-packet.ts";
import type { Edns, Message } from "./read-message.ts";
import { recordSet } from "./snapshot.ts";

type Answered = Partial<Pick<Message, "flags" | "rcode" | "answers" | "authority" | "additional">> & {
  readonly edns?: Partial<Edns> | undefined;
};

export type Row = readonly [what: string, query: QuerySpec, expected: Answered, counted: readonly string[]];

/** What `ask` gives for the row; what `expected` leaves out is an authoritative NOERROR without records. */
export function replyOf([, , expected, counted]: Row): {
  readonly message: Answered;
  readonly counted: readonly string[];
} {
  const nothing = { answers: [], authority: [], additional: [] };
  return { message: { flags: "qr aa", rcode: 0, ...nothing, ...expected }, counted: counted.toSorted() };
}

/** Of a negative answer from a zone of `zoneOf`: the TTL is the lesser of the SOA's 300 and its MINIMUM, 60. */
export function soaOf(zone: string, ttl = 60): string {
  return `${zone} ${ttl} SOA ns1.${zone} hostmaster.${zone} 1 7200 900 1209600 60`;
}

/** `set("mail.example.com", "MX 10 mx1", "MX 20 mx2")`; all names are absolute. */
export const set = recordSet;

export function a(owner: string, address: string): RecordSet {
  return set(owner, `A ${address}`);
}

export function txt(owner: string, text: string): RecordSet {
  return set(owner, `TXT ${text}`);
}

export function ns(owner: string, ...targets: readonly [string, ...string[]]): RecordSet {
  const [first, ...others] = targets.map((target) => `NS ${target}`);
  return set(owner, first!, ...others);
}
