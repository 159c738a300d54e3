/**
 * Record data as octets, and whole resource records (RFC 1035 section 3.2.1). Names inside are not compressed, so a
 * compiled record can be copied behind any question.
 */
import type { RecordData } from "../shared/record-data.ts";
import { CLASS_IN, TYPE } from "./constants.ts";
import { encodeName } from "./encode-name.ts";
import { concat, uint16, uint32 } from "./octets.ts";

/** RFC 1035 section 4.1.4: a pointer to an offset within the first 16,384 octets of the message. */
export function pointerTo(offset: number): Uint8Array {
  return Uint8Array.of(0xc0 | (offset >> 8), offset & 0xff);
}

/** `owner` in wire form or a pointer; `ttl` in seconds. */
export function encodeRecord(owner: Uint8Array, type: number, ttl: number, data: Uint8Array): Uint8Array {
  return concat(owner, uint16(type), uint16(CLASS_IN), uint32(ttl), uint16(data.length), data);
}

export function encodeData(record: RecordData): Uint8Array {
  switch (record.type) {
    case "A":
    case "AAAA":
      return record.address.octets;
    case "NS":
    case "CNAME":
      return encodeName(record.target);
    case "TXT":
      return concat(...record.strings.map((text) => concat(Uint8Array.of(text.length), text)));
    case "MX":
      return concat(uint16(record.preference), encodeName(record.exchange));
    case "SRV":
      // RFC 2782: the target is never compressed.
      return concat(uint16(record.priority), uint16(record.weight), uint16(record.port), encodeName(record.target));
    case "CAA": {
      const tag = new TextEncoder().encode(record.tag);
      return concat(Uint8Array.of(record.flags, tag.length), tag, record.value);
    }
  }
}

/** Times in seconds; names in canonical text. */
export interface SoaData {
  readonly primary: string;
  readonly contact: string;
  readonly serial: number;
  readonly refresh: number;
  readonly retry: number;
  readonly expire: number;
  readonly minimum: number;
}

/** RFC 1035 section 3.3.13. */
export function encodeSoa(soa: SoaData): Uint8Array {
  return concat(
    encodeName(soa.primary),
    encodeName(soa.contact),
    ...[soa.serial, soa.refresh, soa.retry, soa.expire, soa.minimum].map(uint32),
  );
}

/** RFC 8482 section 4.2: the HINFO that answers ANY. */
export function encodeAnyHinfo(): Uint8Array {
  const cpu = new TextEncoder().encode("RFC8482");
  return concat(Uint8Array.of(cpu.length), cpu, Uint8Array.of(0));
}

export function typeNumber(type: RecordData["type"]): number {
  return TYPE[type];
}
