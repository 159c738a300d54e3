import { describe, expect, test } from "vitest";
import { formatDiagnostic } from "../../src/config/diagnostic.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { filesOf } from "./diagnose.ts";

const yaml = (monitor: string) => `zones: { t.example: { nameservers: [a.example.net, b.example.net] } }
monitors:
  ping: { protocol: icmp }
  web: { protocol: http }
  both: { all: [web, ping] }
profiles:
  shop:
    method: priority
    names: [shop.t.example]
    monitor: ${monitor}
    endpoints: { a: { address: 192.0.2.1 }, b: { address: 192.0.2.2 } }
`;

function warnings(monitor: string, refusal: () => string | undefined): readonly string[] {
  const loaded = loadConfig({
    file: "demo.yaml",
    text: yaml(monitor),
    serial: 1,
    readFile: filesOf({}),
    warns: true,
    pingRefusal: refusal,
  });
  if (!loaded.ok) throw new Error(loaded.error.map(formatDiagnostic).join("\n"));
  return loaded.value.warnings.map(formatDiagnostic).filter((line) => line.includes("ping"));
}

describe("reportRefusedPings", () => {
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
});
