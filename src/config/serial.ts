/**
 * SOA serials that rise with each change of a zone, and only then (RFC 1982). Servers with the same files tell the same
 * serial: it comes from the files' times, or from the zone's own file.
 */
import { createHash } from "node:crypto";
import type { DomainName } from "../shared/domain-name.ts";
import { isLaterSerial } from "../shared/serial-arithmetic.ts";

/** A zone as a generation served it. */
export interface ZoneVersion {
  readonly name: DomainName;
  readonly serial: number;
  /** The serial that the files gave when the texts were last changed. */
  readonly own: number;
  /** Of the texts that the zone's answers are made of. */
  readonly digest: string;
}

/** A zone with a serial that another server with the same files, or this one after a restart, would not tell. */
export interface RaisedSerial {
  readonly zone: DomainName;
  readonly own: number;
  readonly served: number;
}

/** The version to serve now. `own`: the serial that the files give. */
export function nextVersion(
  name: DomainName,
  own: number,
  texts: readonly string[],
  before: ZoneVersion | undefined,
): ZoneVersion {
  const digest = digestOf(texts);
  if (before === undefined) return { name, serial: own, own, digest };
  if (digest === before.digest) return before;
  // RFC 1982 section 3.1: the sum is modulo 2^32.
  return { name, serial: isLaterSerial(own, before.serial) ? own : (before.serial + 1) >>> 0, own, digest };
}

/** Another one for other texts. */
export function digestOf(texts: readonly string[]): string {
  const hash = createHash("sha256");
  // With its length before it: two texts are not one.
  for (const text of texts) hash.update(`${text.length} `).update(text);
  return hash.digest("base64");
}

export function raisedSerials(versions: readonly ZoneVersion[]): readonly RaisedSerial[] {
  return versions
    .filter(({ serial, own }) => serial !== own)
    .map(({ name, own, serial }) => ({ zone: name, own, served: serial }));
}
