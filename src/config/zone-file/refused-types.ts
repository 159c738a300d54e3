/** Types whose records this server does not take, and why. */
import { isDataType, rareType, TYPE, typeName } from "../../shared/record-type.ts";
import type { Refusal } from "../diagnostic.ts";

const SIGNED = "the zone as it was before it was signed: signatures are not served";

const reasons: ReadonlyMap<number, string> = new Map<number, string>([
  // A DNAME is nothing without the CNAMEs that a server makes of it (RFC 6672 section 3.1).
  [TYPE.DNAME, "a CNAME for each name: the CNAMEs of a DNAME are not made here"],
  [TYPE.SIG, SIGNED],
  [TYPE.NXT, SIGNED],
  [TYPE.RRSIG, SIGNED],
  [TYPE.NSEC, SIGNED],
  [TYPE.DNSKEY, SIGNED],
  [TYPE.NSEC3, SIGNED],
  [TYPE.NSEC3PARAM, SIGNED],
  // RFC 8976 section 2.2: the digest covers the SOA, whose serial may rise here.
  [TYPE.ZONEMD, "the zone without its digest, which would not be that of the zone as served"],
]);

/** Why a type that IANA names and geosteer does not is refused; undefined = IANA has no such mnemonic. */
export function rareTypeRefusal(mnemonic: string): Pick<Refusal, "what" | "wanted"> | undefined {
  const type = rareType(mnemonic);
  if (type === undefined) return undefined;
  const what = `${mnemonic.toUpperCase()} records have no name here`;
  return { what, wanted: `TYPE${type}, and RFC 3597 text behind it` };
}

/** Why records of the type are refused; undefined = they can be served. */
export function typeRefusal(type: number): Refusal | undefined {
  const wanted = isDataType(type) ? reasons.get(type) : "a type of data (RFC 6895 section 3.1)";
  return wanted === undefined ? undefined : { code: "unserved-type", what: `${typeName(type)} records`, wanted };
}
