/** Reads of an answer what the benchmark wants to know, and no more: sweeps read two million of them. */

export interface Answer {
  /** Of the A records, such as 192.0.2.10; without one the RCODE. */
  readonly address: string;
  /** The ECS scope in bits; undefined = no such option. */
  readonly scope: number | undefined;
}

const HEADER = 12;
const A = 1;
const OPT = 41;
const CLIENT_SUBNET = 8;

/** Throws RangeError where the message ends too early. */
export function readAnswer(packet: Buffer): Answer {
  const addresses: string[] = [];
  let scope: number | undefined;
  let at = behindName(packet, HEADER) + 4;
  const records = packet.readUInt16BE(6) + packet.readUInt16BE(8) + packet.readUInt16BE(10);
  for (let record = 0; record < records; record++) {
    at = behindName(packet, at);
    const type = packet.readUInt16BE(at);
    const end = at + 10 + packet.readUInt16BE(at + 8);
    at += 10;
    if (type === A) addresses.push(`${packet[at]}.${packet[at + 1]}.${packet[at + 2]}.${packet[at + 3]}`);
    else if (type === OPT) scope = clientSubnetScope(packet, at, end);
    at = end;
  }
  const rcode = packet.readUInt8(3) & 0xf;
  return { address: addresses.length === 0 || rcode !== 0 ? `RCODE ${rcode}` : addresses.join(" "), scope };
}

function clientSubnetScope(packet: Buffer, at: number, end: number): number | undefined {
  while (at < end) {
    // Code, length, family, source prefix length, scope prefix length: RFC 7871 section 6.
    if (packet.readUInt16BE(at) === CLIENT_SUBNET) return packet.readUInt8(at + 7);
    at += 4 + packet.readUInt16BE(at + 2);
  }
  return undefined;
}

/** A name ends with the root label or with a pointer. */
function behindName(packet: Buffer, at: number): number {
  for (;;) {
    const length = packet.readUInt8(at);
    if (length >= 0xc0) return at + 2;
    if (length === 0) return at + 1;
    at += 1 + length;
  }
}
