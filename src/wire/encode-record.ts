/**
 * Whole resource records (RFC 1035 section 3.2.1), and the data of those that are not read from text. Names inside are
 * not compressed, so a compiled record can be copied behind any question.
 */
import type { Soa } from "../shared/zone.ts";
import { CLASS_IN } from "./constants.ts";
import { concat, uint16, uint32 } from "./octets.ts";

/** A pointer (RFC 1035 section 4.1.4) to an offset within the first 16,384 octets of the message. */
export function pointerTo(offset: number): Uint8Array {
  return Uint8Array.of(0xc0 | (offset >> 8), offset & 0xff);
}

/** A record as it travels. `owner` is in wire form or a pointer, `ttl` in seconds. */
export function encodeRecord(
  owner: Uint8Array,
  type: number,
  ttl: number,
  data: Uint8Array,
  recordClass: number = CLASS_IN,
): Uint8Array {
  return concat(owner, uint16(type), uint16(recordClass), uint32(ttl), uint16(data.length), data);
}

/** The data of an SOA record (RFC 1035 section 3.3.13). */
export function encodeSoa(soa: Omit<Soa, "ttl">): Uint8Array {
  return concat(soa.primary, soa.contact, ...[soa.serial, soa.refresh, soa.retry, soa.expire, soa.minimum].map(uint32));
}

/** The HINFO record that answers ANY (RFC 8482 section 4.2). */
export function encodeAnyHinfo(): Uint8Array {
  const cpu = new TextEncoder().encode("RFC8482");
  return concat(Uint8Array.of(cpu.length), cpu, Uint8Array.of(0));
}
