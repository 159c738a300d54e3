/**
 * What a monitor's rules ask of a TLS connection: how it is opened, and how long its certificate has still to be valid.
 * Names are those of subjectAltName alone (RFC 9525). Chains are verified by OpenSSL; whether a certificate is revoked is
 * not asked.
 */
import { isIP } from "node:net";
import { checkServerIdentity, createSecureContext } from "node:tls";
import type { ConnectionOptions, SecureContext, TLSSocket } from "node:tls";
import type { TlsRules } from "../monitoring.ts";
import type { ProbeFailure } from "./probe.ts";

/** How a connection is to be secured. */
export interface Securing {
  readonly rules: TlsRules;
  /** The name or address that the certificate is to be of, where the rules name none. */
  readonly name: string;
  /** Protocols for ALPN (RFC 7301), such as `h2`; undefined = none. */
  readonly protocols?: readonly string[];
}

/** Throws where the PEM texts of the rules are of no use, which a load has found out before (`config/monitor-files.ts`). */
export function tlsOptions({ rules, name: nameOfCheck, protocols }: Securing): ConnectionOptions {
  const name = rules.serverName ?? nameOfCheck;
  return {
    // RFC 6066 section 3: "Literal IPv4 and IPv6 addresses are not permitted in "HostName"." Empty = no SNI.
    servername: isIP(name) === 0 ? name : "",
    secureContext: contextOf(rules),
    ...(protocols && { ALPNProtocols: [...protocols] }),
    rejectUnauthorized: rules.verifyCertificate,
    // The certificate is to be of the name that clients use, not of the address that is probed. RFC 9525 section 2: "The
    // Common Name RDN MUST NOT be used to identify a service"; Node would, where there is no alternative name.
    checkServerIdentity: (_connectedTo, certificate) =>
      checkServerIdentity(name, { ...certificate, subject: { ...certificate.subject, CN: "" } }),
  };
}

/**
 * Settings, trusted certificates and keys, no sessions. One for each probe would take most of a probe's time and memory,
 * so rules with the same texts share one: as many as are kept here, all others as long as their rules live.
 */
const MAX_CONTEXTS = 64;
const contexts = new Map<string, SecureContext>();
const contextByRules = new WeakMap<TlsRules, SecureContext>();

function contextOf(rules: TlsRules): SecureContext {
  const known = contextByRules.get(rules);
  if (known !== undefined) return known;
  const { ca, clientCertificate: cert, clientKey } = rules;
  const texts = JSON.stringify([ca, cert, clientKey]);
  const context = contexts.get(texts) ?? createSecureContext({ ca, cert, key: clientKey });
  contexts.delete(texts);
  contexts.set(texts, context);
  if (contexts.size > MAX_CONTEXTS) contexts.delete(contexts.keys().next().value!);
  contextByRules.set(rules, context);
  return context;
}

const DAY_MS = 86_400_000;

/** What is wrong with the certificate that a handshake has brought: it expires too soon. `now` in ms since 1970. */
export function certificateFailure(
  socket: TLSSocket,
  { minDaysLeft }: TlsRules,
  now: number,
): ProbeFailure | undefined {
  const certificate = minDaysLeft === 0 ? undefined : socket.getPeerX509Certificate();
  if (certificate === undefined) return undefined;
  const days = Math.floor((certificate.validToDate.getTime() - now) / DAY_MS);
  if (days >= minDaysLeft) return undefined;
  const when = days < 0 ? `has expired` : `expires in ${days} ${days === 1 ? "day" : "days"}`;
  return { ok: false, code: "certificate-expires", reason: `certificate ${when}, wanted ${minDaysLeft}` };
}
