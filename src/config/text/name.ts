/** DNS names as operators write them, to canonical names (RFC 1035 section 2.3.4 for the lengths). */
import { type DomainName, type DomainNameError, nameToWire, parseDomainName } from "../../shared/domain-name.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Refusal } from "../diagnostic.ts";

/** The name of a profile or host: absolute, with or without the final dot; letters, digits, `-` and `_`. */
export function parseAbsoluteName(text: string): Result<DomainName, Refusal> {
  if (text === "" || text === ".") return refuse("not a name", "a name such as www.example.com");
  if (text.includes("*")) {
    return refuse("a wildcard", "a name without *: wildcards are for static records and the names of profiles");
  }
  const foreign = /[^\w.-]/u.exec(text)?.[0];
  if (foreign !== undefined) return refuse(`${shown(foreign)} in a name`, wantedInstead(foreign));
  return canonical(text);
}

/** One of the DNS names of a profile: absolute, and maybe a wildcard. */
export function parseProfileName(text: string): Result<DomainName, Refusal> {
  const [, below] = /^\*\.(.*)$/s.exec(text) ?? [];
  const other = below ?? text;
  if (other.includes("*") || (below !== undefined && /^\.?$/.test(below))) {
    // RFC 4592 section 2.1.1: other asterisks are labels as any others, which nobody means.
    const wanted = "* as the whole first label, such as *.apps.example.com";
    return err({ code: "misplaced-wildcard", what: "an asterisk that is no wildcard", wanted });
  }
  const name = parseAbsoluteName(other);
  return name.ok && below !== undefined ? canonical(`*.${name.value}`) : name;
}

/** The name of a nameserver, spelt as that of a host, in wire form with its case kept. */
export function parseNameserver(text: string): Result<Uint8Array, Refusal> {
  const name = parseAbsoluteName(text);
  return name.ok ? parseNameOctets(text, "") : name;
}

/** The name of a zone: absolute master-file text, of any octets (RFC 2317 has zones such as `0/25.…`). */
export function parseZoneName(text: string): Result<DomainName, Refusal> {
  if (text === "@" || text === ".") return refuse("not a name", "a name such as gtm.example.com");
  if (text.includes("*")) return refuse("a wildcard", "a name without *: wildcards are names in zones");
  // No octet is forbidden; these are of a template.
  const foreign = /\$|\{/.exec(text)?.[0];
  if (foreign !== undefined) return refuse(`${shown(foreign)} in a name`, wantedInstead(foreign));
  return parseRelativeName(text, "");
}

/** The name of a host; no address, nor what looks like one: `insteadOfAddress` says what is wanted then. */
export function parseHostName(
  text: string,
  insteadOfAddress = "a host name; addresses belong under address",
): Result<DomainName, Refusal> {
  // RFC 3696 section 2: a top-level domain is not all digits, so this can only be meant as an IPv4 address.
  if (/(^|\.)\d+\.?$/.test(text) || text.includes(":")) {
    return refuse("an address in place of a name", insteadOfAddress);
  }
  return parseAbsoluteName(text);
}

/** A name in master-file text (RFC 1035 section 5.1): relative to the origin unless it ends in a dot. */
export function parseRelativeName(text: string, origin: string): Result<DomainName, Refusal> {
  const complete = completeName(text, origin);
  return complete.ok ? canonical(complete.value) : complete;
}

/**
 * A name in master-file text, in wire form. RFC 1034 section 3.1: "When you receive a domain name or label, you should
 * preserve its case."
 */
export function parseNameOctets(text: string, origin: string): Result<Uint8Array, Refusal> {
  const complete = completeName(text, origin);
  if (!complete.ok) return complete;
  const octets = nameToWire(complete.value);
  return typeof octets === "string" ? refuse(...errorText[octets]) : ok(octets);
}

/** A name in master-file text, as the text that ends relative names, with its case kept. */
export function parseOrigin(text: string, origin: string): Result<string, Refusal> {
  const name = parseRelativeName(text, origin);
  return name.ok ? completeName(text, origin) : name;
}

function completeName(text: string, origin: string): Result<string, Refusal> {
  if (text === "@") return ok(origin);
  if (text === ".") return ok("");
  if (text === "") return refuse("not a name", 'a name, or "@" for the zone itself');
  const foreign = /[^!-~]|["();@\\]/u.exec(text.replaceAll(/\\./g, ""))?.[0];
  if (foreign === "\\") return refuse(...errorText["bad-escape"]);
  if (foreign !== undefined) return refuse(`${shown(foreign)} in a name`, wantedInstead(foreign));
  const isAbsolute = /(^|[^\\])(\\\\)*\.$/.test(text);
  return ok(isAbsolute || origin === "" ? text : `${text}.${origin}`);
}

/** A mailbox as the name in an SOA record, in wire form: `a.b@example.com` → `a\.b.example.com` (RFC 1035 section 8). */
export function parseMailbox(text: string): Result<Uint8Array, Refusal> {
  const [local, domain, ...rest] = text.split("@");
  if (!local || domain === undefined || rest.length > 0 || /[^\w.+=~-]/.test(local)) {
    return err({ code: "bad-text", what: "not a mailbox", wanted: "one such as hostmaster@example.com" });
  }
  const parsed = parseAbsoluteName(domain);
  return parsed.ok ? parseNameOctets(`${local.replaceAll(".", "\\.")}.${domain}`, "") : parsed;
}

const errorText: Readonly<Record<DomainNameError, readonly [what: string, wanted: string]>> = {
  "empty-label": ["an empty label in a name", "a name without two dots in a row"],
  "label-too-long": ["a label longer than the DNS allows", "labels of at most 63 octets"],
  "name-too-long": ["a name longer than the DNS allows", "at most 255 octets, the zone's included"],
  "bad-escape": ["a bad escape in a name", "\\DDD with DDD at most 255, or \\ and a character"],
};

function canonical(text: string): Result<DomainName, Refusal> {
  const parsed = parseDomainName(text);
  return typeof parsed === "string" ? refuse(...errorText[parsed]) : ok(parsed.name);
}

function shown(character: string): string {
  return character === " " ? "a space" : JSON.stringify(character);
}

function wantedInstead(character: string): string {
  return character > "~" && /[^\p{C}\p{Z}]/u.test(character)
    ? "ASCII; write other letters in their xn-- form"
    : "letters, digits, hyphens and underscores";
}

function refuse(what: string, wanted: string): { readonly ok: false; readonly error: Refusal } {
  return err({ code: "bad-name", what, wanted });
}
