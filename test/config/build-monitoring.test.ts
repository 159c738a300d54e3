/** Monitors as endpoints have them, and the probe targets that come of it. */
import { expect, test } from "vitest";
import { onlyCheck } from "../health/fixtures/monitors.ts";
import { formatDiagnostic } from "../../src/config/diagnostic.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import type { CheckedConfig } from "../../src/config/settings.ts";
import type { EndpointCheck, Formula } from "../../src/health/monitoring.ts";
import { probeTargets } from "../../src/health/probe-target.ts";
import { noFiles } from "../support/no-files.ts";

function load(endpoints: string, names = "p.t.example"): CheckedConfig {
  const text = `zones: { t.example: { nameservers: [ns.example.net] } }
monitors:
  web: { protocol: http, port: 8080, headers: { X-A: a } }
  port: { protocol: tcp, port: 22 }
  any: { protocol: tcp, port: 25, addresses: any }
  first: { protocol: tcp, port: 26, addresses: first }
  both: { all: [web, port] }
  most: { atLeast: 2, of: [web, port, down], addresses: any }
  down: { not: one }
  one: { any: port }
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
  expect(monitoring.checks.map((check) => onlyCheck(check!).monitor)).toEqual([4, 4, 0, 0, 1]);
  expect(monitoring.checks.map((check) => onlyCheck(check!).port)).toEqual([8080, 8080, 8080, 8080, 22]);
  expect(monitoring.monitors.map(({ id, name }) => [id, name])).toEqual([
    [0, "web"],
    [1, "port"],
    [2, "any"],
    [3, "first"],
    [4, "web"],
  ]);
  expect(monitoring.monitors[4]).toMatchObject({ headers: { "x-a": "a", "x-b": "b" } });
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

/** A check in brief: `each: all(192.0.2.1:80, 192.0.2.1:22)`. */
function inBrief({ addresses, parts }: EndpointCheck): string {
  const text = (formula: Formula): string => {
    if (formula.kind === "probe") return `${formula.check.host}:${formula.check.port}`;
    if (formula.kind === "not") return `not ${text(formula.of)}`;
    return `${formula.count} of (${formula.of.map(text).join(", ")})`;
  };
  return `${addresses}: ${parts.map(text).join("; ")}`;
}

const TWO = 'address: ["2001:db8::1", 192.0.2.1]';

test.for([
  [TWO, "each: 192.0.2.1:8080; 2001:db8::1:8080"],
  [`${TWO}, monitor: any`, "any: 192.0.2.1:25; 2001:db8::1:25"],
  [`${TWO}, monitor: first`, "whole: 2001:db8::1:26"],
  [`${TWO}, probe: 192.0.2.9`, "whole: 192.0.2.9:8080"],
  [`${TWO}, probe: 192.0.2.9:81`, "whole: 192.0.2.9:81"],
  ["address: 192.0.2.1", "whole: 192.0.2.1:8080"],
  ["host: a.example", "whole: a.example:8080"],
  [`${TWO}, monitor: both`, "each: 2 of (192.0.2.1:8080, 192.0.2.1:22); 2 of (2001:db8::1:8080, 2001:db8::1:22)"],
  ["host: a.example, monitor: most", "whole: 2 of (a.example:8080, a.example:22, not 1 of (a.example:22))"],
] as const)("buildMonitoring: { %s } is probed as %s", ([endpoint, brief]) => {
  expect(inBrief(load(`a: { ${endpoint} }`).monitoring.checks[0]!)).toBe(brief);
});

test("buildMonitoring: headers of an endpoint are for those members that send headers", () => {
  const { monitoring } = load("a: { address: 192.0.2.1, monitor: both, headers: { X-B: b } }");
  const [part] = monitoring.checks[0]!.parts;
  const of = part!.kind === "atLeast" ? part!.of : [];
  const monitors = of.map((member) => monitoring.monitors[member.kind === "probe" ? member.check.monitor : -1]!);
  expect(monitors).toMatchObject([{ name: "web", headers: { "x-a": "a", "x-b": "b" } }, { name: "port" }]);
});
