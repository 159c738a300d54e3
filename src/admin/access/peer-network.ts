/** Where a request comes from, as far as it counts: its address, whether that is this machine's, and its network. */
import { formatIpAddress, type IpAddress, parseIpAddress } from "../../shared/ip-address.ts";

/** The address in the form of its own family: `::ffff:192.0.2.1` is IPv4. */
function ownForm({ family, octets }: IpAddress): IpAddress {
  const isMapped =
    family === 6 && octets.subarray(0, 10).every((octet) => octet === 0) && octets[10] === 0xff && octets[11] === 0xff;
  return isMapped ? { family: 4, octets: octets.slice(12) } : { family, octets };
}

/** As it is shown in the log and the audit; `unknown` where the peer has gone. */
export function formatPeer(peer: string | undefined): string {
  const address = parseIpAddress(peer ?? "");
  return address === undefined ? "unknown" : formatIpAddress(ownForm(address));
}

/** 127.0.0.0/8 (RFC 1122 section 3.2.1.3) and ::1 (RFC 4291 section 2.5.3). */
export function isLoopback(text: string | undefined): boolean {
  const address = parseIpAddress(text ?? "");
  if (address === undefined) return false;
  const { family, octets } = ownForm(address);
  return family === 4 ? octets[0] === 127 : octets.every((octet, i) => octet === (i === 15 ? 1 : 0));
}

/** What counts as one client: an IPv4 address, or the first 64 bits of an IPv6 address, which one machine may have. */
export function peerNetwork(text: string | undefined): string {
  const address = parseIpAddress(text ?? "");
  if (address === undefined) return "unknown";
  const { family, octets } = ownForm(address);
  return family === 4 ? octets.join(".") : Buffer.from(octets.subarray(0, 8)).toString("hex");
}
