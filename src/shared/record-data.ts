/** The data of a static resource record, as values: config reads them from text, wire writes them as octets. */
import type { DomainName } from "./domain-name.ts";
import type { IpAddress } from "./ip-address.ts";

export type RecordData =
  | { readonly type: "A" | "AAAA"; readonly address: IpAddress }
  | { readonly type: "NS" | "CNAME"; readonly target: DomainName }
  /** RFC 1035 section 3.3.14: one or more strings of at most 255 octets. */
  | { readonly type: "TXT"; readonly strings: readonly Uint8Array[] }
  | { readonly type: "MX"; readonly preference: number; readonly exchange: DomainName }
  /** RFC 2782. */
  | {
      readonly type: "SRV";
      readonly priority: number;
      readonly weight: number;
      readonly port: number;
      readonly target: DomainName;
    }
  /** RFC 8659 section 4.1. */
  | { readonly type: "CAA"; readonly flags: number; readonly tag: string; readonly value: Uint8Array };

export type RecordType = RecordData["type"];
