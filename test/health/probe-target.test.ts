import { describe, expect, test } from "vitest";
import { planProbes, probeTargets } from "../../src/health/probe-target.ts";
import type { Monitor } from "../../src/health/monitoring.ts";
import {
  checkOf,
  dnsMonitor,
  grpcMonitor,
  httpMonitor,
  icmpMonitor,
  pushMonitor,
  tcpMonitor,
  tlsMonitor,
  tlsRules,
  wholeCheck,
} from "./fixtures/monitors.ts";
import { shopOf, snapshotOf } from "./fixtures/snapshot.ts";
import { snapshotOf as snapshotOfSpec } from "../support/snapshot.ts";

const keyUnder = (monitor: Monitor): string => probeTargets(shopOf([monitor], [checkOf(443)]))[0]!.key;

describe("probeTargets", () => {
  test("shares one target between endpoints of the same monitor, host, port and server name", () => {
    const check = checkOf(443);
    const snapshot = snapshotOf(
      [httpMonitor()],
      [
        { name: "shop", endpoints: [{ name: "ireland", check }] },
        { name: "blog", endpoints: [{ name: "dublin", check: { ...check } }] },
      ],
    );
    const { targets, endpoints } = planProbes(snapshot);
    expect(targets).toHaveLength(1);
    const whole = { addresses: "whole", parts: [{ kind: "probe", check: 0 }] };
    expect(endpoints).toEqual([
      { id: 0, name: "ireland", profile: "shop", check: whole, movesTtl: false },
      { id: 1, name: "dublin", profile: "blog", check: whole, movesTtl: false },
    ]);
  });

  test.for([
    ["host", { host: "127.0.0.2" }],
    ["port", { port: 444 }],
    ["server name", { serverName: "blog.example.com" }],
    ["monitor", { monitor: 1 }],
  ] as const)("has two targets where the %s differs", ([, other]) => {
    const monitors = [httpMonitor(), httpMonitor({ name: "slow" })];
    expect(probeTargets(shopOf(monitors, [checkOf(443), checkOf(443, other)]))).toHaveLength(2);
  });

  test.for<[what: string, monitor: Monitor]>([
    ["tcp", tcpMonitor()],
    ["dns", dnsMonitor()],
    ["tls with a name of its own", tlsMonitor({ tls: { ...tlsRules, serverName: "www.example.net" } })],
    ["icmp", icmpMonitor()],
    ["http with a Host header of the monitor's", httpMonitor({ headers: { host: "www.example.net" } })],
  ])("has one target for two server names with %s, which does not send them", ([, monitor]) => {
    const checks = [checkOf(443), checkOf(443, { serverName: "blog.example.com" })];
    expect(probeTargets(shopOf([monitor], checks))).toHaveLength(1);
  });

  test.for<[what: string, monitor: Monitor]>([
    ["tls", tlsMonitor()],
    ["tcp over TLS", tcpMonitor({ tls: tlsRules })],
    ["grpc", grpcMonitor()],
    ["grpc with a name for TLS alone", grpcMonitor({ tls: { ...tlsRules, serverName: "www.example.net" } })],
  ])("has two targets for two server names with %s, which sends them", ([, monitor]) => {
    const checks = [checkOf(443), checkOf(443, { serverName: "blog.example.com" })];
    expect(probeTargets(shopOf([monitor], checks))).toHaveLength(2);
  });

  test("leaves out what is never served or always: disabled, in a disabled profile, without a check", () => {
    const check = checkOf(443);
    const snapshot = snapshotOf(
      [httpMonitor()],
      [
        {
          name: "shop",
          endpoints: [{ name: "off", check, enabled: false }, { name: "unchecked" }],
        },
        { name: "gone", enabled: false, endpoints: [{ name: "on", check }] },
      ],
    );
    expect(probeTargets(snapshot)).toEqual([]);
  });

  test("labels what is probed for one endpoint alone with its name, and nothing with a port that it has not", () => {
    const check = checkOf(0, { host: "2001:db8::1", subject: "shop/fra" });
    const [target] = probeTargets(shopOf([pushMonitor()], [check]));
    expect(target?.label).toBe("push://[2001:db8::1] (shop/fra)");
  });

  test.for<[label: string, monitor: Monitor, host: string, port: number]>([
    ["http://127.0.0.1:8080 (shop.example.com)", httpMonitor(), "127.0.0.1", 8080],
    ["https://[::1]:443 (shop.example.com)", httpMonitor({ protocol: "https" }), "::1", 443],
    ["https://shop.example.com:443", httpMonitor({ protocol: "https" }), "shop.example.com", 443],
    ["http://127.0.0.1:80", httpMonitor({ headers: { host: "www.example.net" } }), "127.0.0.1", 80],
    ["tcp://db.example.com:5432", tcpMonitor(), "db.example.com", 5432],
    ["tls://127.0.0.1:853 (shop.example.com)", tlsMonitor(), "127.0.0.1", 853],
    ["icmp://[::1]", icmpMonitor(), "::1", 0],
    ["dns://192.0.2.53:53", dnsMonitor(), "192.0.2.53", 53],
  ])("labels %s", ([label, monitor, host, port]) => {
    expect(probeTargets(shopOf([monitor], [checkOf(port, { host })]))[0]?.label).toBe(label);
  });

  test("names targets that differ in headers alone, which it does not tell, by their endpoints", () => {
    const monitors = [httpMonitor(), httpMonitor({ headers: { "x-key": "secret" } })];
    const targets = probeTargets(shopOf(monitors, [checkOf(80), checkOf(80, { monitor: 1 }), checkOf(81)]));
    expect(targets.map(({ label }) => label)).toEqual([
      "http://127.0.0.1:80 (shop.example.com)",
      "http://127.0.0.1:80 (shop.example.com) for shop/e1",
      "http://127.0.0.1:81 (shop.example.com)",
    ]);
  });

  test.for([
    ["interval", { interval: 10_000 }],
    ["timeout", { timeout: 1000 }],
    ["tolerated failures", { toleratedFailures: 0 }],
    ["successes to recover", { recoverAfter: 1 }],
  ] as const)("keeps its key when a reload changes the %s", ([, change]) => {
    expect(keyUnder(httpMonitor(change))).toBe(keyUnder(httpMonitor()));
  });

  test("keeps its key when a reload moves the monitor and the endpoint in the file", () => {
    const before = shopOf([httpMonitor()], [checkOf(443)]);
    const after = shopOf([tcpMonitor(), httpMonitor()], [checkOf(22), checkOf(443, { monitor: 1 })]);
    expect(probeTargets(after)[1]!.key).toBe(probeTargets(before)[0]!.key);
  });

  test.for([
    ["path", { path: "/ready" }],
    ["expected status", { expectedStatus: [[200, 200]] }],
    ["headers", { headers: { "x-probe": "1" } }],
    ["protocol", { protocol: "https" }],
    ["monitor's name", { name: "web2" }],
  ] as const)("has a new key when a reload changes the %s", ([, change]) => {
    expect(keyUnder(httpMonitor(change))).not.toBe(keyUnder(httpMonitor()));
  });
});

test("planProbes: the TTL moves with the endpoints of profiles whose TTL falls, and of those nested in them", () => {
  const endpoints = { a: { address: ["192.0.2.1"] } };
  const snapshot = snapshotOfSpec({
    profiles: {
      shop: { ttl: 300, minTtl: 20, endpoints: { a: { address: ["192.0.2.1"] }, eu: { nested: "eu" } } },
      eu: { endpoints },
      blog: { endpoints },
    },
  });
  const checks = snapshot.endpoints.map(({ target }) =>
    target.kind === "profile" ? undefined : wholeCheck(checkOf(80)),
  );
  const { endpoints: probed } = planProbes({ snapshot, monitoring: { monitors: [httpMonitor()], checks, loads: [] } });
  expect(probed.map(({ profile, movesTtl }) => [profile, movesTtl])).toEqual([
    ["shop", true],
    ["eu", true],
    ["blog", false],
  ]);
});
