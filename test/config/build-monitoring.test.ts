/** Monitors as endpoints have them, and the probe targets that come of it. */
import { expect, test } from "vitest";
import { onlyCheck } from "../health/fixtures/monitors.ts";
import { formatDiagnostic } from "../../src/config/diagnostic.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import type { CheckedConfig } from "../../src/config/settings.ts";
import { probeTargets } from "../../src/health/probe-target.ts";
import { noFiles } from "../support/no-files.ts";

function load(endpoints: string, names = "p.t.example"): CheckedConfig {
  const text = `zones: { t.example: { nameservers: [ns.example.net] } }
monitors:
  web: { protocol: http, port: 8080, headers: { X-A: a } }
  port: { protocol: tcp, port: 22 }
profiles: { p: { names: [${names}], method: weighted, monitor: web, endpoints: { ${endpoints} } } }
`;
  const loaded = loadConfig({ file: "demo.yaml", text, serial: 1, readFile: noFiles });
  if (!loaded.ok) throw new Error(loaded.error.map(formatDiagnostic).join("\n"));
  return loaded.value;
}

test("buildMonitoring: headers of endpoints make a monitor of the same name, each set of them one", () => {
  const { monitoring } = load(`
    a: { address: 192.0.2.1, headers: { X-B: b } },
    b: { address: 192.0.2.2, headers: { x-b: b, X-A: a } },
    c: { address: 192.0.2.3, headers: { x-a: a } },
    d: { address: 192.0.2.4 },
    e: { address: 192.0.2.5, monitor: port }`);
  expect(monitoring.checks.map((check) => onlyCheck(check!).monitor)).toEqual([2, 2, 0, 0, 1]);
  expect(monitoring.checks.map((check) => onlyCheck(check!).port)).toEqual([8080, 8080, 8080, 8080, 22]);
  expect(monitoring.monitors.map(({ id, name }) => [id, name])).toEqual([
    [0, "web"],
    [1, "port"],
    [2, "web"],
  ]);
  expect(monitoring.monitors[2]).toMatchObject({ headers: { "x-a": "a", "x-b": "b" } });
});

test.for<[headers: string, targets: number]>([
  ["X-A: a", 1],
  ["X-A: b", 2],
  ["Host: other.example", 2],
])("probeTargets: the same address, without headers and with %s", ([headers, targets]) => {
  const config = load(`a: { address: 192.0.2.1 }, b: { address: 192.0.2.1, headers: { ${headers} } }`);
  expect(probeTargets(config)).toHaveLength(targets);
});

test.for([
  ["p.t.example", "p.t.example"],
  [`"*.t.example", p.t.example`, "p.t.example"],
  // Nobody has a certificate or a virtual host that is asked for by an asterisk.
  [`"*.t.example"`, "192.0.2.1"],
])("buildMonitoring: an address of a profile with the names %s is asked for %s", ([names, serverName]) => {
  const { monitoring } = load("a: { address: 192.0.2.1 }", names);
  expect(onlyCheck(monitoring.checks[0]!)).toMatchObject({ serverName });
});
