/** HTTPS probes and certificates of an authority of the monitor's own, over HTTP/1.1 and HTTP/2. */
import { createServer } from "node:https";
import { createSecureServer } from "node:http2";
import { describe, expect, test } from "vitest";
import type { TlsRules } from "../../../src/health/monitoring.ts";
import { certificate, commonNameCertificate, commonNameKey, privateKey } from "../fixtures/certificate.ts";
import * as fixtures from "../fixtures/issued-certificates.ts";
import { checkOf, httpMonitor, tlsRules } from "../fixtures/monitors.ts";
import { probe } from "../fixtures/probe.ts";
import { listen } from "../fixtures/servers.ts";

const { authority, issuedKey } = fixtures;

const VERIFIED: TlsRules = { ...tlsRules, verifyCertificate: true, ca: authority };

async function ask(
  server: { readonly cert: string; readonly key?: string; readonly ca?: string },
  tls: TlsRules,
  http2: boolean,
) {
  const options = { key: issuedKey, ...server, requestCert: server.ca !== undefined };
  const answer = (_request: unknown, response: { end(): void }): void => response.end();
  const port = await listen(http2 ? createSecureServer(options, answer) : createServer(options, answer));
  return probe(checkOf(port), httpMonitor({ protocol: "https", tls, http2 }));
}

describe.for([false, true])("httpProbe with HTTP/2: %s", (http2) => {
  test.for<[what: string, server: Parameters<typeof ask>[0], tls: TlsRules, found: object]>([
    ["a good certificate", { cert: fixtures.issued }, VERIFIED, { ok: true }],
    [
      "another name",
      { cert: fixtures.issuedToOther },
      VERIFIED,
      { code: "tls", reason: "TLS handshake failed (ERR_TLS_CERT_ALTNAME_INVALID)" },
    ],
    [
      "the name that the monitor says",
      { cert: fixtures.issuedToOther },
      { ...VERIFIED, serverName: "blog.example.com" },
      { ok: true },
    ],
    [
      "an expired certificate",
      { cert: fixtures.issuedExpired },
      VERIFIED,
      { code: "tls", reason: "TLS handshake failed (CERT_HAS_EXPIRED)" },
    ],
    [
      "one of the future",
      { cert: fixtures.issuedTooEarly },
      VERIFIED,
      { code: "tls", reason: "TLS handshake failed (CERT_NOT_YET_VALID)" },
    ],
    [
      "a self-signed one",
      { cert: certificate, key: privateKey },
      VERIFIED,
      { code: "tls", reason: "TLS handshake failed (DEPTH_ZERO_SELF_SIGNED_CERT)" },
    ],
    [
      "one of nobody known",
      { cert: fixtures.issued },
      { ...VERIFIED, ca: undefined },
      { code: "tls", reason: "TLS handshake failed (UNABLE_TO_VERIFY_LEAF_SIGNATURE)" },
    ],
    [
      "a common name alone",
      { cert: commonNameCertificate, key: commonNameKey },
      { ...VERIFIED, ca: commonNameCertificate },
      { code: "tls", reason: "TLS handshake failed (ERR_TLS_CERT_ALTNAME_INVALID)" },
    ],
    ["none of these, unverified", { cert: fixtures.issuedExpired }, tlsRules, { ok: true }],
    [
      "one that has expired where days are to be left",
      { cert: fixtures.issuedExpired },
      { ...tlsRules, minDaysLeft: 14 },
      { code: "certificate-expires", reason: "certificate has expired, wanted 14" },
    ],
    ["one with days left", { cert: fixtures.issued }, { ...VERIFIED, minDaysLeft: 365 }, { ok: true }],
    [
      "a certificate of ours that is asked for",
      { cert: fixtures.issued, ca: authority },
      { ...VERIFIED, clientCertificate: fixtures.issued, clientKey: issuedKey },
      { ok: true },
    ],
    [
      "a certificate of ours that is asked for, and not there",
      { cert: fixtures.issued, ca: authority },
      VERIFIED,
      { ok: false, code: expect.stringMatching(/^(?:tls|reset)$/) },
    ],
  ])("%s", async ([, server, tls, found]) => {
    expect(await ask(server, tls, http2)).toMatchObject(found);
  });
});

test("what cannot be used is no verdict on the endpoint", async () => {
  const tls = { ...VERIFIED, clientCertificate: "no PEM", clientKey: "none" };
  expect(await ask({ cert: fixtures.issued }, tls, false)).toMatchObject({ code: "not-probed" });
});
