/** Apart from `http.test.ts`: here the test certificate is trusted, which is settled with the first probe of a process. */
import { createServer } from "node:https";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { beforeAll, describe, expect, test } from "vitest";
import type { ProbeCheck, HttpMonitor } from "../../../src/health/monitoring.ts";
import { certificate, commonNameCertificate, commonNameKey, privateKey } from "../fixtures/certificate.ts";
import { checkOf, httpMonitor, tlsRules } from "../fixtures/monitors.ts";
import { probe } from "../fixtures/probe.ts";
import { listen } from "../fixtures/servers.ts";

beforeAll(() => setDefaultCACertificates([...getCACertificates(), certificate, commonNameCertificate]));

describe("httpProbe with verifyCertificate", () => {
  test.for<[whose: string, headers: HttpMonitor["headers"], check: Partial<ProbeCheck>, ok: boolean]>([
    ["the server name", {}, {}, true],
    ["another server name", {}, { serverName: "blog.example.com" }, false],
    ["a custom host header", { host: "shop.example.com:99" }, { serverName: "blog.example.com" }, true],
    ["another custom host header", { host: "blog.example.com" }, {}, false],
    ["an address as server name", {}, { serverName: "::1" }, true],
    ["another address as server name", {}, { serverName: "127.0.0.9" }, false],
  ])("holds the certificate against %s", async ([, headers, check, ok]) => {
    const answer = createServer({ cert: certificate, key: privateKey }, (_request, response) => void response.end());
    const port = await listen(answer);
    const monitor = httpMonitor({ protocol: "https", tls: { ...tlsRules, verifyCertificate: true }, headers });
    expect(await probe(checkOf(port, check), monitor)).toMatchObject(
      ok ? { ok } : { code: "tls", reason: "TLS handshake failed (ERR_TLS_CERT_ALTNAME_INVALID)" },
    );
  });

  test("a common name is no name (RFC 9525)", async () => {
    const answer = createServer({ cert: commonNameCertificate, key: commonNameKey }, (_request, response) => {
      response.end();
    });
    const check = checkOf(await listen(answer));
    const monitor = httpMonitor({ protocol: "https" });
    expect(await probe(check, { ...monitor, tls: { ...tlsRules, verifyCertificate: true } })).toMatchObject({
      code: "tls",
      reason: "TLS handshake failed (ERR_TLS_CERT_ALTNAME_INVALID)",
    });
    expect(await probe(check, monitor)).toMatchObject({ ok: true });
  });
});
