import { expect, test } from "vitest";
import { configKeyTable } from "../../src/config/key-table.ts";
import { withNamedFiles } from "../../src/config/named-files.ts";
import { configSchema } from "../../src/config/schema/config.ts";

const LOAD = { from: { prometheus: "http://p:9090", query: "up", authorization: { file: "token" } } };
const CONFIG = configSchema.parse({
  listen: { control: "control.sock" },
  api: { tokens: "tokens", tls: { certificate: "c.pem", key: "k.pem" } },
  state: { file: "state.db" },
  dns: { cookies: { secrets: "secrets" } },
  geoip: { databases: ["a.mmdb", "npm:package/b.mmdb"] },
  notices: { "a.example": { ca: "ca.pem", urlFrom: { file: "url" }, secret: { file: "secret" } } },
  zones: { "a.example": { file: "a.zone", includes: "more" }, "b.example": { nameservers: "ns.example.net" } },
  monitors: {
    "a.example": { ca: "ca.pem", clientCertificate: "c.pem", clientKey: "k.pem", authorization: { file: "password" } },
  },
  sites: { "a.example": { load: LOAD } },
  endpoints: { "a.example": { load: LOAD } },
  profiles: { "a.example": { method: "weighted", endpoints: { "a.example": { load: LOAD } } } },
});

test("withNamedFiles: every path of a file counts from where it says, a file of a package does not", () => {
  const keys = configKeyTable().flatMap(({ path, type }) => (type.startsWith("file name") ? [path] : []));
  const at = (config: unknown, path: string): unknown =>
    path
      .replaceAll("*", "a-example")
      .split(".")
      .reduce<unknown>(
        (inner, key) => (inner as Record<string, unknown>)[key.replace("a-example", "a.example")],
        config,
      );
  const from = withNamedFiles(CONFIG, (path) => `/etc/${path}`);
  expect(Object.fromEntries(keys.map((key) => [key, at(from, key)]))).toEqual({
    "listen.control": "/etc/control.sock",
    "api.tokens": "/etc/tokens",
    "api.tls.certificate": "/etc/c.pem",
    "api.tls.key": "/etc/k.pem",
    "state.file": "/etc/state.db",
    "dns.cookies.secrets": "/etc/secrets",
    "geoip.databases": ["/etc/a.mmdb", "npm:package/b.mmdb"],
    "notices.*.ca": "/etc/ca.pem",
    "notices.*.secret.file": "/etc/secret",
    "notices.*.urlFrom.file": "/etc/url",
    "zones.*.file": "/etc/a.zone",
    "zones.*.includes": "/etc/more",
    "monitors.*.ca": "/etc/ca.pem",
    "monitors.*.clientCertificate": "/etc/c.pem",
    "monitors.*.clientKey": "/etc/k.pem",
    "monitors.*.authorization.file": "/etc/password",
    "sites.*.load.from.authorization.file": "/etc/token",
    "endpoints.*.load.from.authorization.file": "/etc/token",
    "profiles.*.endpoints.*.load.from.authorization.file": "/etc/token",
  });
});

test("withNamedFiles: off is no file where it is the word for none", () => {
  const off = configSchema.parse({
    listen: { control: "off" },
    state: { file: "off" },
    zones: { "a.example": { file: "off" } },
  });
  const { listen, state, zones } = withNamedFiles(off, (path) => `/etc/${path}`);
  expect([listen.control, state.file, zones["a.example"]?.file]).toEqual(["off", "off", "/etc/off"]);
});

test("withNamedFiles: what the server opens itself may count from elsewhere than what a load reads", () => {
  const { listen, api, state, dns, geoip, zones } = withNamedFiles(
    CONFIG,
    (path) => `etc/${path}`,
    (path) => `/etc/${path}`,
  );
  expect([listen.control, api.tokens, api.tls?.certificate, api.tls?.key, state.file]).toEqual([
    "/etc/control.sock",
    "/etc/tokens",
    "/etc/c.pem",
    "/etc/k.pem",
    "/etc/state.db",
  ]);
  expect([dns.cookies.secrets, geoip.databases?.[0], zones["a.example"]?.file, zones["a.example"]?.includes]).toEqual([
    "etc/secrets",
    "etc/a.mmdb",
    "etc/a.zone",
    "etc/more",
  ]);
});

test("withNamedFiles changes nothing else", () => {
  expect(withNamedFiles(CONFIG, (path) => path)).toEqual(CONFIG);
});
