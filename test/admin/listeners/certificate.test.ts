/** TLS on the address: pairs that are taken and refused, and a renewal under way. */
import { once } from "node:events";
import { connect as connectPlain } from "node:net";
import { text } from "node:stream/consumers";
import { connect, type TLSSocket } from "node:tls";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { readCertificate } from "../../../src/admin/listeners/certificate.ts";
import { createHttpServer } from "../../../src/admin/http-server.ts";
import {
  certificate,
  commonNameCertificate,
  commonNameKey,
  expiredCertificate,
  expiredKey,
  privateKey,
} from "../../health/fixtures/certificate.ts";
import { ask, startApi, stopServers } from "../../support/api-server.ts";

const PAIR = { certificate, key: privateKey };
const RENEWED = { certificate: commonNameCertificate, key: commonNameKey };

afterEach(stopServers);

test.for<[what: string, pair: typeof PAIR, problem: string]>([
  ["no certificate", { ...PAIR, certificate: "" }, "no certificate can be read"],
  ["a key in place of the certificate", { ...PAIR, certificate: privateKey }, "no certificate can be read"],
  ["half a certificate", { ...PAIR, certificate: certificate.slice(0, 300) }, "no certificate can be read"],
  ["no key", { ...PAIR, key: "" }, "the key cannot be read"],
  ["half a key", { ...PAIR, key: privateKey.slice(0, 100) }, "the key cannot be read"],
  ["the key of another certificate", { ...PAIR, key: commonNameKey }, "the key is not that of the certificate"],
])("readCertificate: %s is refused, and no key told", ([, pair, problem]) => {
  const secure = readCertificate(pair);
  expect(secure).toMatchObject({ ok: false, error: expect.stringContaining(problem) });
  expect(JSON.stringify(secure)).not.toContain(pair.key.split("\n")[1] ?? "PRIVATE");
});

/** The certificate that a new connection gets. */
async function served(url: string): Promise<string> {
  const { port } = new URL(url);
  const socket = connect({ port: Number(port), host: "127.0.0.1", rejectUnauthorized: false });
  await new Promise((resolve, reject) => socket.once("secureConnect", resolve).once("error", reject));
  const pem = socket.getPeerX509Certificate()!.toString();
  socket.destroy();
  return pem.trim();
}

test("with a certificate the address speaks TLS, pages and API", async () => {
  const { url } = await startApi({ tls: PAIR });
  expect(url).toMatch(/^https:/);
  const told = await ask(url, "/api/v1/status", { ca: certificate });
  expect(told.status).toBe(200);
  expect(told.headers).not.toHaveProperty("strict-transport-security");
  expect((await ask(url, "/livez", { ca: certificate })).text).toBe("ok\n");
});

test("one that has expired is served, since DNS goes on, and the log says so", async () => {
  const expired = { certificate: expiredCertificate, key: expiredKey };
  const { server, url, log } = await startApi({ tls: expired });
  expect(await served(url)).toBe(expiredCertificate.trim());
  server.setCertificate(expired);
  const message = "the certificate of api.tls has expired: clients will refuse it";
  const line = { validTo: "2020-01-02T00:00:00.000Z", message };
  expect(log).toEqual([line, line]);
});

test("TLS below 1.2 is not spoken", async () => {
  const { port } = new URL((await startApi({ tls: PAIR })).url);
  const socket = connect({
    port: Number(port),
    host: "127.0.0.1",
    ca: certificate,
    minVersion: "TLSv1.1",
    maxVersion: "TLSv1.1",
    ciphers: "DEFAULT@SECLEVEL=0",
  });
  await expect(
    new Promise((resolve, reject) => socket.once("secureConnect", resolve).once("error", reject)),
  ).rejects.toThrow(/alert protocol version|ECONNRESET|no protocols available|unsupported protocol/);
});

test("plain HTTP is not answered there", async () => {
  const { port } = new URL((await startApi({ tls: PAIR })).url);
  const socket = connectPlain(Number(port), "127.0.0.1");
  socket.write("GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n");
  expect(await text(socket).catch(() => "")).not.toContain("200");
});

test("a renewed certificate is served from the next connection on", async () => {
  const { server, url } = await startApi({ tls: PAIR });
  expect(await served(url)).toBe(certificate.trim());
  expect(server.setCertificate(RENEWED)).toEqual({ ok: true, value: undefined });
  expect(await served(url)).toBe(commonNameCertificate.trim());
});

test("a broken one changes nothing, and the log says why", async () => {
  const { server, url, log } = await startApi({ tls: PAIR });
  expect(server.setCertificate({ ...RENEWED, key: privateKey }).ok).toBe(false);
  expect(await served(url)).toBe(certificate.trim());
  expect(log).toEqual([
    {
      problem: "api.tls: the key is not that of the certificate, wanted its own",
      message: "the new certificate is not used",
    },
  ]);
});

test("with a broken pair there is no address, never one without TLS, until one comes that fits", async () => {
  const log: object[] = [];
  const told = (fields: object, message: string) => void log.push({ ...fields, message });
  const server = createHttpServer(
    { http: { host: "127.0.0.1", port: 0 }, tls: { ...PAIR, key: commonNameKey } },
    {
      metrics: { exposition: async () => ({ contentType: "text/plain", body: [] }) },
      health: { readiness: () => [], stale: () => undefined },
      hosts: () => [],
      logger: { debug: told, info: told, warn: told, error: told },
    },
  );
  onTestFinished(() => server.stop());
  expect(await server.start()).toEqual({ ok: true, value: { url: undefined, control: undefined } });
  expect(log).toEqual([
    {
      problem: "api.tls: the key is not that of the certificate, wanted its own",
      message: "the HTTP server has no address until the certificate is of use",
    },
  ]);
  expect(server.setCertificate(PAIR).ok).toBe(true);
  await expect.poll(() => log).toHaveLength(2);
  const { http } = log[1] as { readonly http: string };
  expect(await served(http)).toBe(certificate.trim());
});

test("connections that never agree on TLS are bounded, and keep nobody out", async () => {
  const { url } = await startApi({ tls: PAIR });
  const { port } = new URL(url);
  const idle = Array.from({ length: 150 }, () => connectPlain(Number(port), "127.0.0.1").on("error", () => {}));
  await expect.poll(() => idle.filter(({ closed }) => closed).length, { timeout: 5000 }).toBeGreaterThanOrEqual(50);
  expect((await ask(url, "/livez", { ca: certificate })).status).toBe(200);
  for (const socket of idle) socket.destroy();
});

test("of connections with TLS too, one that has asked lately is not the one that is closed", async () => {
  const { url } = await startApi({ tls: PAIR });
  const open = async (): Promise<TLSSocket> => {
    const socket = connect({ port: Number(new URL(url).port), host: "127.0.0.1", ca: certificate });
    await once(
      socket.on("error", () => {}),
      "secureConnect",
    );
    return socket.resume();
  };
  const [first, second] = [await open(), await open()];
  for (let more = 2; more < 100; more++) await open();
  first.write("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await once(first, "data");
  await open();
  await expect.poll(() => second.closed).toBe(true);
  expect(first.closed).toBe(false);
});

test("a stop does not wait for those that never agree on TLS", async () => {
  const { url } = await startApi({ tls: PAIR });
  const idle = connectPlain(Number(new URL(url).port), "127.0.0.1").on("error", () => {});
  await once(idle, "connect");
  const before = performance.now();
  await stopServers();
  expect(performance.now() - before).toBeLessThan(3000);
});
