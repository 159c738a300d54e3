/** Where a record leads to, of a kind that an octet tells: gateways (RFC 4025) and relays (RFC 8777). */
import { type Field, ipv4, ipv6, name, nextText, u8 } from "./field.ts";
import { algorithm } from "./mnemonics.ts";

const none: Field = {
  read: (source) => (nextText(source) === "." ? undefined : "unfit"),
  end: (_data, at) => at,
};

/** RFC 4025 section 2.3, RFC 8777 section 4.2.3: nothing, an IPv4 address, an IPv6 address, a name. */
const kinds: readonly Field[] = [none, ipv4, ipv6, name];

/** IPSECKEY: the gateway's type, the algorithm of the key, the gateway. */
export const gateway: Field = {
  read(source, out) {
    const failure = u8.read(source, out) ?? algorithm.read(source, out);
    const field = kinds[out.at(-2)!];
    return failure ?? (field === undefined ? "unfit" : field.read(source, out));
  },
  end: (data, at) => (at + 2 <= data.length ? (kinds[data[at]!]?.end(data, at + 2) ?? -1) : -1),
};

const OPTIONAL = 0x80;

/** AMTRELAY: whether discovery is optional, 0 or 1, the relay's type, the relay. */
export const relay: Field = {
  read(source, out) {
    const discovery = nextText(source) ?? "";
    const kind: number[] = [];
    if (!/^[01]$/.test(discovery) || u8.read(source, kind) !== undefined) return "unfit";
    const field = kinds[kind[0]!];
    if (field === undefined) return "unfit";
    out.push((discovery === "1" ? OPTIONAL : 0) | kind[0]!);
    return field.read(source, out);
  },
  end: (data, at) => (at < data.length ? (kinds[data[at]! & ~OPTIONAL]?.end(data, at + 1) ?? -1) : -1),
};
