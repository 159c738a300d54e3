/**
 * DNS probe: one query over UDP (RFC 1035 section 4.2.1), sent again each second until it is answered.
 *
 * `dns2` writes the query and reads the reply. Its own `UDPClient` is not used: it cannot be aborted, falls back to a TCP
 * client that never gives up, and on its unconnected socket a closed port looks like a slow one.
 * No EDNS, no TCP: a truncated reply is judged by what it holds.
 */
import { createSocket, type Socket } from "node:dgram";
import { lookup } from "node:dns";
import { Packet } from "dns2";
import type { DnsMonitor, EndpointCheck } from "../../routing/snapshot.ts";
import { judgeDnsReply } from "./dns-verdict.ts";
import { networkFailure, timedOut } from "./network-failure.ts";
import type { Probe, ProbeFailure } from "./probe.ts";

/** Milliseconds before a query is repeated, as long as TCP waits for its first answer (RFC 6298 section 2). */
const RESEND_MS = 1000;

export const dnsProbe: Probe<DnsMonitor> = async (check, monitor, signal) => {
  const query = new Packet();
  query.header.id = Packet.uuid();
  query.header.rd = 1;
  query.questions.push(new Packet.Question(monitor.query, Packet.TYPE[monitor.type], Packet.CLASS.IN));
  const reply = await exchange(check, query, monitor.timeout, signal);
  return reply instanceof Packet ? judgeDnsReply(reply, monitor) : reply;
};

function exchange(
  check: EndpointCheck,
  query: Packet,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Packet | ProbeFailure> {
  return new Promise((resolve) => {
    let ended = false;
    let socket: Socket | undefined;
    let resend: NodeJS.Timeout | undefined;
    let late = timedOut("no address of the host name", timeoutMs);
    const end = (result: Packet | ProbeFailure): void => {
      if (ended) return;
      ended = true;
      clearInterval(resend);
      socket?.close();
      resolve(result);
    };
    signal.addEventListener("abort", () => end(late), { once: true });
    lookup(check.host, (lookupError, address, family) => {
      if (ended) return;
      if (lookupError !== null) return end(networkFailure(lookupError));
      late = timedOut("no answer", timeoutMs);
      const opened = createSocket(family === 6 ? "udp6" : "udp4");
      socket = opened;
      opened.on("error", (error) => end(networkFailure(error)));
      opened.on("message", (message) => {
        const reply = parseReply(message, query);
        if (reply !== undefined) return end(reply);
        late = { ok: false, code: "protocol", reason: "datagrams came, but no DNS answer to the query" };
      });
      // Connected: only this server's datagrams arrive, and its "port unreachable" too (RFC 1122 section 4.1.3.3).
      opened.once("connect", () => {
        if (ended) return;
        const datagram = query.toBuffer();
        opened.send(datagram);
        resend = setInterval(() => opened.send(datagram), RESEND_MS);
      });
      opened.connect(check.port, address);
    });
  });
}

/** RFC 5452 section 9.1: the reply has the ID and the question of the query; anything else is not for us. */
function parseReply(message: Buffer, query: Packet): Packet | undefined {
  let reply: Packet;
  try {
    reply = Packet.parse(message);
  } catch {
    return undefined;
  }
  const asked = query.questions[0]!;
  const answered = reply.questions[0];
  const matches =
    reply.header.qr === 1 &&
    reply.header.id === query.header.id &&
    answered?.name.toLowerCase() === asked.name.toLowerCase() &&
    answered.type === asked.type &&
    answered.class === asked.class;
  return matches ? reply : undefined;
}
