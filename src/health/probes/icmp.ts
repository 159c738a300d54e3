/**
 * ICMP probe: an echo request, sent again each second until it is answered, through a ping socket (`ping-socket.ts`). The
 * addresses of a host are asked in turn. A reply counts that comes from the address that was asked and has the random
 * octets of the request. Where this machine may not ping, nothing is said of the endpoint.
 */
import { randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { formatIpAddress, parseIpAddress } from "../../shared/ip-address.ts";
import type { IcmpMonitor } from "../monitoring.ts";
import { attemptMs } from "./attempt.ts";
import { echoRequest, isEchoReply, NONCE_OCTETS, type Family } from "./icmp-echo.ts";
import { mostTelling, networkFailure, timedOut } from "./network-failure.ts";
import { createPingSockets, NOT_ALLOWED, type PingSockets } from "./ping-socket.ts";
import type { Probe, ProbeFailure, ProbeVerdict } from "./probe.ts";

/** Milliseconds before a request is repeated. */
const RESEND_MS = 1000;

export function createIcmpProbe(sockets: PingSockets): Probe<IcmpMonitor> {
  return async ({ addresses }, { timeout }, signal) => {
    const failures: ProbeFailure[] = [];
    for (const [i, address] of addresses.entries()) {
      const limitMs = i < addresses.length - 1 ? attemptMs(timeout, addresses.length) : undefined;
      const verdict = await ping(sockets, { address, limitMs }, timeout, signal);
      if (verdict.ok || signal.aborted) return verdict;
      failures.push(verdict);
    }
    return mostTelling(failures);
  };
}

export const icmpProbe = createIcmpProbe(createPingSockets());

interface Pinged {
  readonly address: string;
  /** Milliseconds for a reply; undefined = until the signal. */
  readonly limitMs: number | undefined;
}

function ping(
  sockets: PingSockets,
  { address, limitMs }: Pinged,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<ProbeVerdict> {
  const family: Family = address.includes(":") ? 6 : 4;
  const opened = sockets.open(family);
  if (!opened.ok) return Promise.resolve(notOpened(opened.error));
  const request = echoRequest(family, randomBytes(NONCE_OCTETS));
  const from = canonical(address);
  return new Promise((resolve) => {
    const socket = createSocket(`udp${family}`);
    let ended = false;
    let resend: NodeJS.Timeout | undefined;
    const end = (verdict: ProbeVerdict): void => {
      if (ended) return;
      ended = true;
      clearInterval(resend);
      clearTimeout(limit);
      signal.removeEventListener("abort", late);
      socket.close();
      resolve(verdict);
    };
    const late = (): void => end(timedOut("no echo reply", timeoutMs));
    const limit = limitMs === undefined ? undefined : setTimeout(late, limitMs);
    signal.addEventListener("abort", late, { once: true });
    socket.on("error", (error) => end(networkFailure(error)));
    socket.on("message", (message, { address: sender }) => {
      if (isEchoReply(request, message) && canonical(sender) === from) end({ ok: true });
    });
    socket.bind({ fd: opened.value, exclusive: true }, () => {
      if (ended) return;
      // Connected: errors of the way to this address alone are told. The port is one that Node asks for.
      socket.connect(1, address, (error?: Error) => {
        if (ended) return;
        if (error !== undefined) return end(networkFailure(error));
        socket.send(request);
        resend = setInterval(() => socket.send(request), RESEND_MS);
      });
    });
  });
}

/** Without a zone, which names the interface on this machine. */
function canonical(address: string): string {
  const parsed = parseIpAddress(address.replace(/%.*$/, ""));
  return parsed === undefined ? address : formatIpAddress(parsed);
}

function notOpened(why: string): ProbeFailure {
  if (why === "EACCES" || why === "EPERM") return { ok: false, code: "not-probed", reason: NOT_ALLOWED };
  if (why === "EAFNOSUPPORT") return { ok: false, code: "unreachable", reason: "no IPv6 on this machine" };
  const failure = networkFailure(Object.assign(new Error(why), { code: why }));
  return { ...failure, code: "not-probed" };
}
