/** The addresses of an endpoint that are down by themselves: a bit for each of the first ten, IPv4 before IPv6. */
import { MOST_ADDRESSES } from "./health-view.ts";

/** Of a target with addresses, how many there are of each family. */
interface Counted {
  readonly ipv4: { readonly length: number };
  readonly ipv6: { readonly length: number };
}

export function isAddressDown(addressesDown: number, position: number): boolean {
  return position < MOST_ADDRESSES && ((addressesDown >>> position) & 1) === 1;
}

/** Whether the target has an address of the family that is not down. */
export function hasAddressUp({ ipv4, ipv6 }: Counted, family: 4 | 6, addressesDown: number): boolean {
  const first = family === 4 ? 0 : ipv4.length;
  const count = family === 4 ? ipv4.length : ipv6.length;
  for (let i = 0; i < count; i++) if (!isAddressDown(addressesDown, first + i)) return true;
  return false;
}

/** The same bits, but none where there is no address left: somebody has to answer. */
export function neverAll(target: Counted, addressesDown: number): number {
  if (addressesDown === 0) return 0;
  return hasAddressUp(target, 4, addressesDown) || hasAddressUp(target, 6, addressesDown) ? addressesDown : 0;
}
