/** A zone's static data, checked: from YAML or from a master file. Config builds it, the server compiles it. */
import type { DomainName } from "./domain-name.ts";

export interface Zone {
  /** The name of the apex. */
  readonly name: DomainName;
  /** The data of the NS records of the apex. */
  readonly nameservers: readonly Uint8Array[];
  /** The TTL of the NS records of the apex, in seconds. */
  readonly nameserverTtl: number;
  readonly soa: Soa;
  /** Static data, SOA and the apex NS set apart; one entry per owner and type. */
  readonly records: readonly RecordSet[];
}

/**
 * An SOA record (RFC 1035 section 3.3.13). Names are in wire form, their case kept, times in seconds; `ttl` is the
 * record's own.
 */
export interface Soa {
  readonly primary: Uint8Array;
  /** The mailbox as a domain name. */
  readonly contact: Uint8Array;
  readonly serial: number;
  readonly refresh: number;
  readonly retry: number;
  readonly expire: number;
  /** RFC 2308 section 4: the TTL of negative answers. */
  readonly minimum: number;
  readonly ttl: number;
}

export interface RecordSet {
  /** The owner's absolute name; its first label may be `*` (RFC 4592). */
  readonly owner: DomainName;
  /** A number of `shared/record-type.ts`; never SOA or a type that is no data. */
  readonly type: number;
  /** The TTL in seconds. */
  readonly ttl: number;
  /** RDATA as it travels, names inside uncompressed and in the case of the file (RFC 4343 section 4). */
  readonly records: readonly Uint8Array[];
}
