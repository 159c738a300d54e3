/**
 * HTTP and HTTPS probe: one request (RFC 9110) on a fresh connection, and again where a redirect leads, judged by its
 * status, and by its body where the monitor asks (`http-verdict.ts`). No more is read than the verdict needs: without rules
 * for the body the connection is closed on the status line, so an endless body costs nothing.
 *
 * HTTP/1.1 is read by readers of our own for all (`http1.ts`), so that there is one judgement of what is HTTP; HTTP/2 by
 * `node:http2` (`http2.ts`). Cookies are not kept, and a 401 is not answered: credentials go with each request or none.
 */
import { isIPv6 } from "node:net";
import type { HttpMonitor, TlsRules } from "../monitoring.ts";
import { ACCEPT_ENCODING } from "./collect-body.ts";
import { exchangeHttp1 } from "./http1.ts";
import { exchangeHttp2 } from "./http2.ts";
import type { Answered, HttpRequest } from "./http-message.ts";
import { DEFAULT_PORT, followRedirect, isRedirect, type Redirected } from "./http-redirect.ts";
import { rulesOf, type HttpRules } from "./http-verdict.ts";
import { closeSocket, openSocket } from "./open-socket.ts";
import { ORCA_REQUEST } from "./orca.ts";
import type { Probe, ProbedHost } from "./probe.ts";

const MAX_REDIRECTS = 5;

export const httpProbe: Probe<HttpMonitor> = async (probed, monitor, signal) => {
  const rules = rulesOf(monitor);
  let asked: Redirected = { request: firstRequest(probed, monitor, rules), port: probed.port };
  for (let followed = 0; ; followed++) {
    const answered = await exchange(probed, asked, { monitor, rules, signal });
    if (!answered.ok) return answered;
    const { answer } = answered;
    if (!monitor.followRedirects || !isRedirect(answer)) return rules.judge(answer);
    if (followed === MAX_REDIRECTS) {
      return { ok: false, code: "status", reason: `more than ${MAX_REDIRECTS} redirects` };
    }
    const next = followRedirect(asked, answer);
    if (!next.ok) return { ok: false, code: "status", reason: `status ${answer.status}: a redirect ${next.error}` };
    asked = next.value;
  }
};

interface Asking {
  readonly monitor: HttpMonitor;
  readonly rules: HttpRules;
  readonly signal: AbortSignal;
}

async function exchange(
  { addresses }: ProbedHost,
  { request, port }: Redirected,
  { monitor, rules: { wanted }, signal }: Asking,
): Promise<Answered> {
  const { http2, timeout: timeoutMs, proxyProtocol } = monitor;
  const protocols = [http2 ? "h2" : "http/1.1"];
  const name = nameInHost(request.authority);
  const tls = request.scheme === "https" ? { rules: monitor.tls ?? AS_AZURE, name, protocols } : undefined;
  const opened = await openSocket({ addresses, port }, timeoutMs, signal, { tls, proxyProtocol });
  if (!opened.ok) return opened;
  const { socket } = opened;
  const answered = await (http2 ? exchangeHttp2 : exchangeHttp1)(socket, request, wanted, { timeoutMs, signal });
  closeSocket(socket);
  return answered;
}

/** Of a redirect from http to https: the monitor has no rules. */
const AS_AZURE: TlsRules = {
  verifyCertificate: false,
  ca: undefined,
  clientCertificate: undefined,
  clientKey: undefined,
  serverName: undefined,
  minDaysLeft: 0,
};

function firstRequest(probed: ProbedHost, monitor: HttpMonitor, { readsBody }: HttpRules): HttpRequest {
  const { method, protocol, path, body = "", authorization, load } = monitor;
  const { host: authority = hostHeader(probed, monitor), ...headers } = monitor.headers;
  return {
    method,
    scheme: protocol,
    authority,
    path,
    headers: {
      "user-agent": "geosteer",
      accept: "*/*",
      ...(readsBody && { "accept-encoding": ACCEPT_ENCODING }),
      ...(load?.kind === "orca" && ORCA_REQUEST),
      ...(authorization !== undefined && { authorization }),
      ...(method === "POST" && { "content-length": String(Buffer.byteLength(body)) }),
      ...headers,
    },
    body,
  };
}

function hostHeader({ serverName, port }: ProbedHost, { protocol }: HttpMonitor): string {
  // RFC 3986 section 3.2.2: an IPv6 address in an authority stands in brackets.
  const host = isIPv6(serverName) ? `[${serverName}]` : serverName;
  return port === DEFAULT_PORT[protocol] ? host : `${host}:${port}`;
}

/** The name or address in a Host header, without port and brackets. */
function nameInHost(host: string): string {
  return host.startsWith("[") ? host.slice(1, host.indexOf("]")) : host.replace(/:\d*$/, "");
}
