import { expect, test } from "vitest";
import { formatDiagnostic } from "../../src/config/diagnostic.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import type { HttpMonitor, Monitoring } from "../../src/health/monitoring.ts";
import { filesOf } from "./diagnose.ts";

function monitoringOf(rest: string): Monitoring {
  const text = `zones: { t.example: { nameservers: [ns.example.net] } }
monitors: { web: { protocol: http } }
${rest}`;
  const loaded = loadConfig({ file: "demo.yaml", text, serial: 1, readFile: filesOf({ token: "t0ken\n" }) });
  if (!loaded.ok) throw new Error(loaded.error.map(formatDiagnostic).join("\n"));
  return loaded.value.monitoring;
}

const DEFAULTS = { low: 70, high: 90, critical: 95, smooth: 30_000, maxAge: 60_000 };

test("buildLoads: an endpoint's own, that of the endpoint it uses, and one for all of a site without their own", () => {
  const { loads } = monitoringOf(`
sites: { s: { load: { from: push, low: 50 } } }
endpoints: { shared: { address: 192.0.2.9, load: { from: { prometheus: http://p:9090/, query: up, authorization: { file: token } } } } }
profiles:
  p:
    method: weighted
    monitor: web
    endpoints:
      own: { address: 192.0.2.1, site: s, load: { from: { orca: cpu_utilization }, smooth: 1m } }
      one: { address: 192.0.2.2, site: s }
      used: { use: shared }
      none: { address: 192.0.2.3 }
      nested: { profile: q, site: s }
  q: { method: weighted, ttl: 90s, endpoints: { two: { address: 192.0.2.4, site: s } } }
`);
  expect(loads).toEqual([
    {
      name: "p/own",
      source: { kind: "orca", metric: "cpu_utilization" },
      rules: { ...DEFAULTS, smooth: 60_000 },
      ttl: 60_000,
      endpoints: ["p/own"],
    },
    {
      name: "site:s",
      source: { kind: "push" },
      rules: { ...DEFAULTS, low: 50 },
      ttl: 90_000,
      endpoints: ["p/one", "q/two"],
    },
    {
      name: "p/used",
      source: {
        kind: "prometheus",
        url: "http://p:9090",
        query: "up",
        interval: 10_000,
        authorization: "Bearer t0ken",
      },
      rules: DEFAULTS,
      ttl: 60_000,
      endpoints: ["p/used"],
    },
  ]);
});

test("buildMonitoring: probes of endpoints with a load in their answers look for it, others do not", () => {
  const { monitors } = monitoringOf(`
sites: { s: { load: { from: { header: X-Load } } } }
profiles:
  p:
    method: weighted
    monitor: web
    endpoints: { a: { address: 192.0.2.1, site: s }, b: { address: 192.0.2.2, site: s }, c: { address: 192.0.2.3 }, d: { address: 192.0.2.4, load: { from: push } } }
`);
  expect(monitors.map((monitor) => (monitor as HttpMonitor).load)).toEqual([
    undefined,
    { kind: "header", name: "x-load" },
  ]);
});
