/**
 * Domain names as canonical text: lower case, no final dot, "" for the root, special octets escaped as in
 * master files (RFC 1035 section 5.1, RFC 4343). `nameToWire` and `nameFromWire` are the only ways across.
 */

/** A name as canonical text, made by `parseDomainName` or `nameFromWire`. */
export type DomainName = string;

/** The longest label and name, in octets (RFC 1035 section 2.3.4). */
const MAX_LABEL = 63;
const MAX_NAME = 255;

export type DomainNameError = "empty-label" | "label-too-long" | "name-too-long" | "bad-escape";

const encoder = new TextEncoder();

/** A name in wire form (length-prefixed labels, then the root's zero octet), case kept; with or without a final dot. */
export function nameToWire(text: string): Uint8Array | DomainNameError {
  const wire: number[] = [];
  if (text !== "" && text !== ".") {
    let label: number[] = [];
    const flush = (): DomainNameError | undefined => {
      if (label.length === 0) return "empty-label";
      if (label.length > MAX_LABEL) return "label-too-long";
      wire.push(label.length, ...label);
      label = [];
      return undefined;
    };
    const octets = encoder.encode(text);
    for (let i = 0; i < octets.length; i++) {
      const octet = octets[i]!;
      if (octet === 0x2e) {
        const failure = flush();
        if (failure !== undefined) return failure;
      } else if (octet === 0x5c) {
        const digits = /^\d{3}/.exec(String.fromCharCode(...octets.subarray(i + 1, i + 4)))?.[0];
        if (digits !== undefined && Number(digits) <= 255) {
          label.push(Number(digits));
          i += 3;
        } else if (i + 1 < octets.length && !(octets[i + 1]! >= 0x30 && octets[i + 1]! <= 0x39)) {
          label.push(octets[++i]!);
        } else return "bad-escape";
      } else label.push(octet);
    }
    if (label.length > 0) {
      const failure = flush();
      if (failure !== undefined) return failure;
    }
  }
  wire.push(0);
  return wire.length > MAX_NAME ? "name-too-long" : Uint8Array.from(wire);
}

/** Canonical text of an uncompressed name that starts at `offset`. */
export function nameFromWire(wire: Uint8Array, offset = 0): DomainName {
  let name = "";
  let end = offset;
  while (wire[end]! > 0) {
    const start = end + 1;
    if (end > offset) name += ".";
    end = start + wire[end]!;
    for (let at = start; at < end; at++) name += LABEL_OCTETS[wire[at]!]!;
  }
  return name;
}

/** The text of each octet in a label. */
const LABEL_OCTETS: readonly string[] = Array.from({ length: 256 }, (_, octet) => {
  const lower = octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet;
  if (lower === 0x2e || lower === 0x5c) return `\\${String.fromCharCode(lower)}`;
  if (lower <= 0x20 || lower >= 0x7f) return `\\${String(lower).padStart(3, "0")}`;
  return String.fromCharCode(lower);
});

/** Names that are canonical but for their case; 253 characters are the 255 octets of the longest. */
const PLAIN_NAME = /^(?=.{1,253}$)(?:[\w-]{1,63}\.)*[\w-]{1,63}$/;

/** Canonical text of any spelling of a name, or why it is none. */
export function parseDomainName(text: string): { readonly name: DomainName } | DomainNameError {
  const bare = text.endsWith(".") ? text.slice(0, -1) : text;
  if (PLAIN_NAME.test(bare)) return { name: bare.toLowerCase() };
  const wire = nameToWire(text);
  return typeof wire === "string" ? wire : { name: nameFromWire(wire) };
}

/**
 * Whether the name is a wildcard: its first label is one asterisk (RFC 4592 section 2.1.1). An escaped asterisk is the same
 * octet, so the same label.
 */
export function isWildcard(name: DomainName): boolean {
  return name.startsWith("*.");
}

/** The name without its first label: `a.b.example.com` → `b.example.com`; undefined at the root. */
export function parentName(name: DomainName): DomainName | undefined {
  if (name === "") return undefined;
  for (let i = 0; i < name.length; i++) {
    if (name[i] === "\\") i++;
    else if (name[i] === ".") return name.slice(i + 1);
  }
  return "";
}

/** The name and all names above it, up to the root: `a.example.com`, `example.com`, `com`, "". */
export function* selfAndAncestors(name: DomainName): Generator<DomainName> {
  for (let at: DomainName | undefined = name; at !== undefined; at = parentName(at)) yield at;
}

/** Whether `name` is `ancestor` or lies below it. */
export function isAtOrBelow(name: DomainName, ancestor: DomainName): boolean {
  return selfAndAncestors(name).some((at) => at === ancestor);
}
