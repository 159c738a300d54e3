import { describe, expect, test } from "vitest";
import { formatDiagnostic } from "../../src/config/diagnostic.ts";
import type { ProbeRefusals } from "../../src/config/impossible-probes.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { filesOf } from "./diagnose.ts";

const yaml = (monitor: string) => `zones: { t.example: { nameservers: [a.example.net, b.example.net] } }
monitors:
  ping: { protocol: icmp }
  web: { protocol: http }
  both: { all: [web, ping] }
  queue: { protocol: exec, command: [/usr/bin/check, "%{host}"] }
  spare: { not: queue }
profiles:
  shop:
    method: priority
    names: [shop.t.example]
    monitor: ${monitor}
    endpoints: { a: { address: 192.0.2.1 }, b: { address: 192.0.2.2 } }
`;

function warnings(
  monitor: string,
  ping: () => string | undefined,
  program?: ProbeRefusals["program"],
): readonly string[] {
  const loaded = loadConfig({
    file: "demo.yaml",
    text: yaml(monitor),
    serial: 1,
    readFile: filesOf({}),
    warns: true,
    refusals: { ping, ...(program && { program }) },
  });
  if (!loaded.ok) throw new Error(loaded.error.map(formatDiagnostic).join("\n"));
  return loaded.value.warnings.map(formatDiagnostic).filter((line) => line.includes("monitors."));
}

describe("reportImpossibleProbes", () => {
  test.for(["ping", "both"])("warns of icmp where endpoints are probed by %s", (monitor) => {
    expect(warnings(monitor, () => "it may not")).toEqual([
      "demo.yaml:3:21 monitors.ping.protocol: no probe by icmp from this machine: it may not, " +
        'found "icmp", wanted a user who may ping, as with sysctl net.ipv4.ping_group_range="0 2147483647", ' +
        "or another protocol",
    ]);
  });

  test("says nothing where the machine allows it", () => {
    expect(warnings("ping", () => undefined)).toEqual([]);
  });

  test("does not ask where no endpoint is probed so", () => {
    expect(warnings("web", () => expect.fail("asked"))).toEqual([]);
  });

  test.for(["queue", "spare"])("warns of a program that is not there where endpoints are probed by %s", (monitor) => {
    const asked: string[] = [];
    const refusal = (path: string): string => {
      asked.push(path);
      return "no such file";
    };
    expect(warnings(monitor, () => expect.fail("asked"), refusal)).toEqual([
      "demo.yaml:6:38 monitors.queue.command[0]: a program that cannot be run: no such file, " +
        'found "/usr/bin/check", wanted the path of one that the server\'s user may run; until it is there its endpoints are not probed',
    ]);
    expect(new Set(asked)).toEqual(new Set(["/usr/bin/check"]));
  });

  test("says nothing of programs that can be run", () => {
    expect(
      warnings(
        "queue",
        () => undefined,
        () => undefined,
      ),
    ).toEqual([]);
  });
});
