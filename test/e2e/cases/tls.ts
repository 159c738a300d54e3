/** Certificates and handshakes, asked by https and by tls. */
import { createServer as createHttpsServer } from "node:https";
import { createServer as createTcpServer, type Server } from "node:net";
import { createServer, type TlsOptions } from "node:tls";
import * as own from "../../health/fixtures/certificate.ts";
import * as fixtures from "../../health/fixtures/issued-certificates.ts";
import { behindProxyProtocol } from "../../health/fixtures/proxied.ts";
import { dripping } from "../../health/fixtures/misbehaving.ts";
import { down, timeoutFor, UP, type Case, type Expected } from "../case.ts";
import { CLOSED } from "../stage.ts";

type Keys = Readonly<Record<string, unknown>>;

/** Files beside the configuration. */
export const PEM_FILES: Readonly<Record<string, string>> = {
  "authority.pem": fixtures.authority,
  "common-name.pem": own.commonNameCertificate,
  "probe.pem": fixtures.issued,
  "probe-key.pem": fixtures.issuedKey,
};

const VERIFIED = { verifyCertificate: true, ca: "authority.pem", serverName: "shop.example.com" };
const good: TlsOptions = { cert: fixtures.issued, key: fixtures.issuedKey };
const withKey = (cert: string): TlsOptions => ({ ...good, cert });

function secured(what: string, options: TlsOptions, keys: Keys, first: Expected): readonly Case[] {
  return [
    of("https", what, () => createHttpsServer(options, (_, response) => void response.end("ok")), keys, first),
    of("tls", what, () => createServer(options, (socket) => void socket.on("error", () => {})), keys, first),
  ];
}

function of(
  protocol: "https" | "tls",
  what: string,
  serve: (() => Server) | number,
  keys: Keys,
  first: Expected,
): Case {
  return {
    what: `${protocol}: ${what}`,
    first,
    async cast(stage) {
      const address = stage.address();
      const port =
        typeof serve === "number"
          ? serve
          : await stage.listen(
              serve().on("tlsClientError", () => {}),
              address,
            );
      const monitor = { protocol, port, timeout: timeoutFor(first), ...keys };
      return { monitor, endpoint: { address }, answer: [address] };
    },
  };
}

const silent = (): Server => createTcpServer((socket) => void socket.on("error", () => {}).resume());
const plain = (): Server =>
  createTcpServer(
    (socket) => void socket.on("error", () => {}).once("data", () => socket.end("HTTP/1.1 400 x\r\n\r\n")),
  );
const handshake = (code: string): string => `TLS handshake failed (${code})`;

export const tlsCases: readonly Case[] = [
  ...secured("a good certificate", good, VERIFIED, UP),
  ...secured(
    "an expired certificate",
    withKey(fixtures.issuedExpired),
    VERIFIED,
    down("tls", handshake("CERT_HAS_EXPIRED")),
  ),
  ...secured(
    "a certificate of the future",
    withKey(fixtures.issuedTooEarly),
    VERIFIED,
    down("tls", handshake("CERT_NOT_YET_VALID")),
  ),
  ...secured(
    "a certificate of a wrong name",
    withKey(fixtures.issuedToOther),
    VERIFIED,
    down("tls", handshake("ERR_TLS_CERT_ALTNAME_INVALID")),
  ),
  ...secured(
    "a self-signed certificate",
    { cert: own.certificate, key: own.privateKey },
    VERIFIED,
    down("tls", handshake("DEPTH_ZERO_SELF_SIGNED_CERT")),
  ),
  ...secured(
    "a certificate of an unknown authority",
    good,
    { ...VERIFIED, ca: "common-name.pem" },
    down("tls", handshake("UNABLE_TO_VERIFY_LEAF_SIGNATURE")),
  ),
  ...secured(
    "a certificate with a common name alone",
    { cert: own.commonNameCertificate, key: own.commonNameKey },
    { ...VERIFIED, ca: "common-name.pem" },
    down("tls", handshake("ERR_TLS_CERT_ALTNAME_INVALID")),
  ),
  ...secured("an expired certificate that nobody verifies", withKey(fixtures.issuedExpired), {}, UP),
  ...secured(
    "too few days left",
    withKey(fixtures.issuedExpired),
    { minDaysLeft: 14 },
    down("certificate-expires", "certificate has expired, wanted 14"),
  ),
  ...secured(
    "a client certificate that is wanted and shown",
    { ...good, requestCert: true, ca: fixtures.authority },
    { ...VERIFIED, clientCertificate: "probe.pem", clientKey: "probe-key.pem" },
    UP,
  ),
  ...secured(
    "a client certificate that is wanted and missing",
    { ...good, requestCert: true, ca: fixtures.authority },
    VERIFIED,
    { ...down("tls", /^TLS/), mayBeMissed: true },
  ),
  ...secured(
    "TLS 1.2 and a client certificate that is missing",
    { ...good, requestCert: true, ca: fixtures.authority, maxVersion: "TLSv1.2" },
    VERIFIED,
    down("tls", /^TLS/),
  ),
  ...(["https", "tls"] as const).flatMap((protocol) => [
    of(protocol, "stalled", silent, {}, down("timeout", "no TLS handshake within 1000 ms")),
    of(
      protocol,
      "dripping",
      () =>
        createTcpServer((socket) => {
          dripping("\u0016\u0003\u0003\u0000\u0050\u0002", "\0", 50)(socket.on("error", () => {}).resume());
        }),
      {},
      down("timeout", "no TLS handshake within 1000 ms"),
    ),
    of(protocol, "not TLS at all", plain, {}, down("tls", /^TLS handshake failed/)),
    of(
      protocol,
      "closed within the handshake",
      () => createTcpServer((socket) => void socket.on("error", () => {}).once("data", () => socket.end())),
      {},
      down("tls", /^TLS handshake failed/),
    ),
    of(
      protocol,
      "reset within the handshake",
      () => createTcpServer((socket) => void socket.on("error", () => {}).once("data", () => socket.resetAndDestroy())),
      {},
      down("tls", handshake("ECONNRESET")),
    ),
    of(protocol, "nothing listens", CLOSED, {}, down("refused", "connection refused")),
  ]),
  of(
    "tls",
    "behind the PROXY protocol",
    () => {
      const tls = createServer(good);
      return behindProxyProtocol((socket) => void tls.emit("connection", socket));
    },
    { proxyProtocol: true, ...VERIFIED },
    UP,
  ),
];
