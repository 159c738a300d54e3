/**
 * DNS probe: one query over UDP (RFC 1035 section 4.2.1), sent again each second until it is answered.
 *
 * The addresses of a host are asked in turn, as those of TCP are connected to; the first that answers decides. Asked
 * all at once they would take as many sockets, and each answer behind the first would be asked for in vain.
 *
 * `dns2` writes the query and reads the reply. Its own `UDPClient` is not used: it cannot be aborted, falls back to a TCP
 * client that never gives up, and on its unconnected socket a closed port looks like a slow one.
 * No EDNS, no TCP: a truncated reply is judged by what it holds.
 */
import { createSocket } from "node:dgram";
import { Packet } from "dns2";
import type { DnsMonitor } from "../monitoring.ts";
import { attemptMs } from "./attempt.ts";
import { isReplyTo } from "./dns-reply.ts";
import { judgeDnsReply } from "./dns-verdict.ts";
import { mostTelling, networkFailure, timedOut } from "./network-failure.ts";
import type { Probe, ProbeFailure } from "./probe.ts";

/** Milliseconds before a query is repeated, as long as TCP waits for its first answer (RFC 6298 section 2). */
const RESEND_MS = 1000;

/** Datagrams that are no reply, after which an address is asked no more. */
const MAX_FOREIGN = 100;

export const dnsProbe: Probe<DnsMonitor> = async ({ addresses, port }, monitor, signal) => {
  const query = new Packet();
  query.header.id = Packet.uuid();
  query.header.rd = 1;
  query.questions.push(new Packet.Question(monitor.query, Packet.TYPE[monitor.type], Packet.CLASS.IN));
  const failures: ProbeFailure[] = [];
  for (const [i, address] of addresses.entries()) {
    const limitMs = i < addresses.length - 1 ? attemptMs(monitor.timeout, addresses.length) : undefined;
    const reply = await ask({ address, port, query: query.toBuffer(), limitMs }, monitor.timeout, signal);
    if (reply instanceof Packet) return judgeDnsReply(reply, monitor);
    if (signal.aborted) return reply;
    failures.push(reply);
  }
  return mostTelling(failures);
};

interface Question {
  readonly address: string;
  readonly port: number;
  readonly query: Buffer;
  /** Milliseconds for an answer; undefined = until the signal. */
  readonly limitMs: number | undefined;
}

function ask(
  { address, port, query, limitMs }: Question,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Packet | ProbeFailure> {
  return new Promise((resolve) => {
    const socket = createSocket(address.includes(":") ? "udp6" : "udp4");
    let ended = false;
    let foreign = 0;
    let resend: NodeJS.Timeout | undefined;
    const end = (result: Packet | ProbeFailure): void => {
      if (ended) return;
      ended = true;
      clearInterval(resend);
      clearTimeout(limit);
      signal.removeEventListener("abort", late);
      socket.close();
      resolve(result);
    };
    const late = (): void => end(foreign > 0 ? FOREIGN : timedOut("no answer", timeoutMs));
    const limit = limitMs === undefined ? undefined : setTimeout(late, limitMs);
    signal.addEventListener("abort", late, { once: true });
    socket.on("error", (error) => end(networkFailure(error)));
    socket.on("message", (message) => {
      if (isReplyTo(query, message)) end(decoded(message));
      else if (++foreign >= MAX_FOREIGN) end(FOREIGN);
    });
    // Connected: only this server's datagrams arrive, and its "port unreachable" too (RFC 1122 section 4.1.3.3).
    socket.once("connect", () => {
      if (ended) return;
      socket.send(query);
      resend = setInterval(() => socket.send(query), RESEND_MS);
    });
    socket.connect(port, address);
  });
}

const FOREIGN: ProbeFailure = {
  ok: false,
  code: "protocol",
  reason: "datagrams came, but no DNS answer to the query",
};

function decoded(message: Buffer): Packet | ProbeFailure {
  try {
    return Packet.parse(message);
  } catch {
    return { ok: false, code: "protocol", reason: "an answer that cannot be decoded" };
  }
}
