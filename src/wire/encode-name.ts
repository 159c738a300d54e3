/** Canonical name text as octets, for data that is compiled before any query. */
import { nameToWire, type DomainName } from "../shared/domain-name.ts";

/** Uncompressed. Config has checked the name, so a text that is none is a bug. */
export function encodeName(name: DomainName): Uint8Array {
  const wire = nameToWire(name);
  if (typeof wire === "string") throw new Error(`not a domain name (${wire}): ${name}`);
  return wire;
}
