/** Canonical name text as octets, for data that is compiled before any query. */
import { nameToWire, type DomainName } from "../shared/domain-name.ts";

/** A name in wire form, uncompressed. Config has checked it, so a text that is no name is a bug. */
export function encodeName(name: DomainName): Uint8Array {
  const wire = nameToWire(name);
  if (typeof wire === "string") throw new Error(`not a domain name (${wire}): ${name}`);
  return wire;
}
