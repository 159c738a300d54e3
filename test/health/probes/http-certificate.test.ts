/** Apart from `http.test.ts`: here the test certificate is trusted, which is settled with the first probe of a process. */
import { createServer } from "node:https";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { beforeAll, describe, expect, test } from "vitest";
import { probes } from "../../../src/health/probes/table.ts";
import { startProbe } from "../../../src/health/start-probe.ts";
import type { EndpointCheck, HttpMonitor } from "../../../src/routing/snapshot.ts";
import { certificate, privateKey } from "../fixtures/certificate.ts";
import { checkOf, httpMonitor } from "../fixtures/monitors.ts";
import { listen } from "../fixtures/servers.ts";

beforeAll(() => setDefaultCACertificates([...getCACertificates(), certificate]));

describe("httpProbe with verifyCertificate", () => {
  test.for<[whose: string, headers: HttpMonitor["headers"], check: Partial<EndpointCheck>, ok: boolean]>([
    ["the server name", {}, {}, true],
    ["another server name", {}, { serverName: "blog.example.com" }, false],
    ["a custom host header", { host: "shop.example.com:99" }, { serverName: "blog.example.com" }, true],
    ["another custom host header", { host: "blog.example.com" }, {}, false],
    ["an address as server name", {}, { serverName: "::1" }, true],
    ["another address as server name", {}, { serverName: "127.0.0.9" }, false],
  ])("holds the certificate against %s", async ([, headers, check, ok]) => {
    const answer = createServer({ cert: certificate, key: privateKey }, (_request, response) => void response.end());
    const port = await listen(answer);
    const monitor = httpMonitor({ protocol: "https", verifyCertificate: true, headers });
    expect(await startProbe(probes, checkOf(port, check), monitor, Date.now).outcome).toMatchObject(
      ok ? { ok } : { code: "tls", reason: "TLS handshake failed (ERR_TLS_CERT_ALTNAME_INVALID)" },
    );
  });
});
