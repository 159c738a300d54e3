import { expect, test } from "vitest";
import { formatDiagnostic } from "../../src/config/diagnostic.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { filesOf } from "./diagnose.ts";

const CONFIG = `
zones: { t.example: { nameservers: ns.example.net } }
monitors:
  web: { protocol: tcp, port: 80 }
  any: { protocol: tcp, port: 80, addresses: any }
  slow: { protocol: tcp, port: 80, rampUp: 5m }
  both: { all: [web, slow] }
sites: { munich: { load: { from: push } } }
profiles:
  p:
    method: weighted
    endpoints:
      plain: { address: 192.0.2.1 }
      one: { address: 192.0.2.1, monitor: web }
      each: { address: [192.0.2.1, "2001:db8::1"], monitor: web }
      any: { address: [192.0.2.1, "2001:db8::1"], monitor: any }
      elsewhere: { address: [192.0.2.1, "2001:db8::1"], monitor: web, probe: a.example.net }
      always: { address: [192.0.2.1, "2001:db8::1"], monitor: slow, alwaysServe: true }
      slow: { address: 192.0.2.1, monitor: slow }
      part: { address: 192.0.2.1, monitor: both }
      loaded: { address: 192.0.2.1, load: { from: push } }
      there: { address: 192.0.2.1, site: munich }
`;

test.for<[endpoint: string, wanes: string]>([
  ["plain", ""],
  ["one", ""],
  ["each", "addresses"],
  ["any", ""],
  ["elsewhere", ""],
  ["always", ""],
  ["slow", "ramp"],
  ["part", "ramp"],
  ["loaded", "load"],
  ["there", "load"],
])("wanesOf: %s may wane by %s", ([name, wanted]) => {
  const loaded = loadConfig({ file: "t.yaml", text: CONFIG, serial: 1, readFile: filesOf({}) });
  if (!loaded.ok) throw new Error(loaded.error.map(formatDiagnostic).join("\n"));
  const { wanes } = loaded.value.snapshot.endpoints.find((endpoint) => endpoint.name === name)!;
  const told = Object.entries(wanes).flatMap(([kind, may]) => (may ? [kind] : []));
  expect(told.join(" ")).toBe(wanted);
});
