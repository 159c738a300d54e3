import { expect, test } from "vitest";
import { watchedLoads } from "../../../src/health/load/watched-loads.ts";
import { planProbes } from "../../../src/health/probe-target.ts";
import { formatDiagnostic } from "../../../src/config/diagnostic.ts";
import { loadConfig } from "../../../src/config/load-config.ts";
import { noFiles } from "../../support/no-files.ts";

test("watchedLoads: the targets that tell a load are those of its endpoints' probes that look for it, each once", () => {
  const text = `zones: { t.example: { nameservers: [ns.example.net] } }
monitors: { web: { protocol: http }, port: { protocol: tcp, port: 22 }, both: { all: [web, port] } }
sites: { s: { load: { from: { header: x-load } } } }
profiles:
  p:
    method: weighted
    monitor: web
    endpoints:
      two: { address: [192.0.2.1, 192.0.2.2], load: { from: { json: $.load } } }
      here: { address: 192.0.2.3, site: s, monitor: both }
      push: { address: 192.0.2.4, load: { from: push } }
  q: { method: weighted, monitor: web, endpoints: { same: { address: 192.0.2.3, site: s }, z: { address: 192.0.2.9 } } }
`;
  const loaded = loadConfig({ file: "demo.yaml", text, serial: 1, readFile: noFiles });
  if (!loaded.ok) throw new Error(loaded.error.map(formatDiagnostic).join("\n"));
  const plan = planProbes(loaded.value);
  const labelOf = (key: string): string | undefined => plan.targets.find((target) => target.key === key)?.label;
  const watched = watchedLoads(loaded.value.monitoring.loads, plan);
  expect(watched.map(({ name, targets }) => [name, targets.map(labelOf)])).toEqual([
    ["p/two", ["http://192.0.2.1:80", "http://192.0.2.2:80"]],
    ["site:s", ["http://192.0.2.3:80"]],
    ["p/push", []],
  ]);
});
