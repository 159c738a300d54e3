/**
 * One query to one DNS server, over UDP (RFC 1035 section 4.2.1) or TCP (RFC 7766), until its reply or the signal.
 *
 * `dns2` reads the replies. Its own clients are not used: that for UDP cannot be aborted, and on its unconnected socket a
 * closed port looks like a slow one; that for TCP never gives up.
 */
import { createSocket } from "node:dgram";
import { Packet } from "dns2";
import { attemptMs } from "./attempt.ts";
import { isReplyTo, isTruncated, MOST_OVER_TCP, MOST_OVER_UDP } from "./dns-reply.ts";
import { mostTelling, networkFailure, timedOut } from "./network-failure.ts";
import { closeSocket, openSocket } from "./open-socket.ts";
import type { ProbedHost, ProbeFailure } from "./probe.ts";

export interface DnsServer extends Pick<ProbedHost, "addresses" | "port"> {
  readonly transport: "udp" | "tcp";
}

export type DnsAnswer = { readonly ok: true; readonly reply: Packet } | ProbeFailure;

/**
 * The reply of the first of the server's addresses that answers. One that is truncated is asked for again over TCP, at
 * the same address (RFC 7766 section 5).
 */
export async function askDns(
  { addresses, port, transport }: DnsServer,
  query: Buffer,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<DnsAnswer> {
  if (transport === "tcp") return askOverTcp({ addresses, port }, query, timeoutMs, signal);
  const failures: ProbeFailure[] = [];
  for (const [i, address] of addresses.entries()) {
    const limitMs = i < addresses.length - 1 ? attemptMs(timeoutMs, addresses.length) : undefined;
    const answer = await askOverUdp({ address, port, query, limitMs }, timeoutMs, signal);
    if (answer === "truncated") return askOverTcp({ addresses: [address], port }, query, timeoutMs, signal);
    if (answer.ok || signal.aborted) return answer;
    failures.push(answer);
  }
  return mostTelling(failures);
}

/** Milliseconds before a query is repeated, as long as TCP waits for its first answer (RFC 6298 section 2). */
const RESEND_MS = 1000;

/** Datagrams that are no reply, after which an address is asked no more. */
const MAX_FOREIGN = 100;

interface Question {
  readonly address: string;
  readonly port: number;
  readonly query: Buffer;
  /** Milliseconds for an answer; undefined = until the signal. */
  readonly limitMs: number | undefined;
}

function askOverUdp(
  { address, port, query, limitMs }: Question,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<DnsAnswer | "truncated"> {
  return new Promise((resolve) => {
    const socket = createSocket(address.includes(":") ? "udp6" : "udp4");
    let ended = false;
    let foreign = 0;
    let resend: NodeJS.Timeout | undefined;
    const end = (answer: DnsAnswer | "truncated"): void => {
      if (ended) return;
      ended = true;
      clearInterval(resend);
      clearTimeout(limit);
      signal.removeEventListener("abort", late);
      socket.close();
      resolve(answer);
    };
    const late = (): void => end(foreign > 0 ? FOREIGN : timedOut("no answer", timeoutMs));
    const limit = limitMs === undefined ? undefined : setTimeout(late, limitMs);
    signal.addEventListener("abort", late, { once: true });
    socket.on("error", (error) => end(networkFailure(error)));
    socket.on("message", (message) => {
      if (isReplyTo(query, message, MOST_OVER_UDP)) end(isTruncated(message) ? "truncated" : decoded(message));
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

/** Each message stands behind its length in two octets. Nothing else was asked, so the first one is the reply. */
async function askOverTcp(
  server: Pick<ProbedHost, "addresses" | "port">,
  query: Buffer,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<DnsAnswer> {
  const opened = await openSocket(server, timeoutMs, signal);
  if (!opened.ok) return opened;
  const { socket } = opened;
  const answer = await new Promise<DnsAnswer>((resolve) => {
    let read: Buffer = Buffer.alloc(0);
    socket.on("data", (chunk: Buffer) => {
      read = Buffer.concat([read, chunk]);
      const octets = read.length < 2 ? 0 : read.readUInt16BE(0);
      if (octets > MOST_OVER_TCP) resolve(TOO_LONG);
      if (read.length < 2 || read.length < 2 + octets) return;
      const message = read.subarray(2, 2 + octets);
      if (!isReplyTo(query, message, MOST_OVER_TCP)) resolve(NO_REPLY);
      else resolve(isTruncated(message) ? TRUNCATED : decoded(message));
    });
    socket.once("end", () => resolve(CLOSED));
    socket.once("error", (error) => resolve(networkFailure(error)));
    const late = (): void => resolve(timedOut("connected, but no answer", timeoutMs));
    if (signal.aborted) late();
    signal.addEventListener("abort", late, { once: true });
    const length = Buffer.alloc(2);
    length.writeUInt16BE(query.length);
    socket.write(Buffer.concat([length, query]));
  });
  closeSocket(socket.pause());
  return answer;
}

const CLOSED: ProbeFailure = { ok: false, code: "reset", reason: "connection closed before an answer" };
const NO_REPLY: ProbeFailure = { ok: false, code: "protocol", reason: "no DNS answer to the query came over TCP" };
const TOO_LONG: ProbeFailure = { ok: false, code: "protocol", reason: "no DNS answer of at most 8 KiB came over TCP" };

const TRUNCATED: ProbeFailure = {
  ok: false,
  code: "protocol",
  reason: "an answer that is truncated over TCP too",
};

function decoded(message: Buffer): DnsAnswer {
  try {
    return { ok: true, reply: Packet.parse(message) };
  } catch {
    return { ok: false, code: "protocol", reason: "an answer that cannot be decoded" };
  }
}
