/** Asks a real server over UDP: our query as octets, the answer through the strict reader. */
import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import { queryPacket, type QuerySpec } from "./query-packet.ts";
import { readMessage, type Message } from "./read-message.ts";

export interface Server {
  readonly host: string;
  readonly port: number;
}

/** `127.0.0.1:5353`. */
export function serverAt(address: string): Server {
  const colon = address.lastIndexOf(":");
  return { host: address.slice(0, colon).replaceAll(/[[\]]/g, ""), port: Number(address.slice(colon + 1)) };
}

export function askUdp({ host, port }: Server, query: QuerySpec): Promise<Message> {
  const socket = createSocket(isIPv6(host) ? "udp6" : "udp4");
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`no answer from ${host}:${port}`)), 5000);
    socket.once("message", (packet) => resolve(readMessage(packet)));
    socket.once("error", reject);
    socket.once("close", () => clearTimeout(limit));
    socket.send(queryPacket(query), port, host);
  }).finally(() => socket.close()) as Promise<Message>;
}

/** Data of a client subnet option: `194.25.0.0/24` as an IPv4 subnet. */
export function subnet(cidr: string): Uint8Array {
  const [address = "", length = "32"] = cidr.split("/");
  const octets = address
    .split(".")
    .map(Number)
    .slice(0, Math.ceil(Number(length) / 8));
  return Uint8Array.of(0, 1, Number(length), 0, ...octets);
}
