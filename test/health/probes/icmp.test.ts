/** Real pings, in a network namespace of their own: this machine may not allow them, nor answer them. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { createIcmpProbe } from "../../../src/health/probes/icmp.ts";
import type { PingSockets } from "../../../src/health/probes/ping-socket.ts";
import type { ProbedHost } from "../../../src/health/probes/probe.ts";
import { err } from "../../../src/shared/result.ts";
import { icmpMonitor } from "../fixtures/monitors.ts";

const PING_HERE = path.resolve(import.meta.dirname, "../fixtures/ping-here.ts");

function inNamespace(...args: readonly string[]) {
  return spawnSync("unshare", ["--map-root-user", "--net", ...args], { encoding: "utf8" });
}

const hasNamespaces = inNamespace("ip", "link").status === 0;

function pinged(hosts: readonly string[], ...forgery: readonly string[]): unknown {
  const { stdout, stderr } = inNamespace(process.execPath, PING_HERE, JSON.stringify(hosts), ...forgery);
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}

describe.runIf(hasNamespaces)("icmpProbe", () => {
  test("succeeds where a host replies, of either family and of a name", () => {
    const ok = { ok: true, durationMs: expect.any(Number) };
    expect(pinged(["127.0.0.1", "::1", "0:0:0:0:0:0:0:1", "both.localhost"])).toEqual([ok, ok, ok, ok]);
  });

  test("tells at once what the network tells", () => {
    expect(pinged(["203.0.113.1", "2001:db8::1", "192.0.2.2", "198.51.100.1", "255.255.255.255"])).toMatchObject([
      { code: "unreachable", reason: "network unreachable" },
      { code: "unreachable", reason: "network unreachable" },
      // Nobody has this address on the network here.
      { code: "unreachable", reason: "host unreachable" },
      { code: "unreachable", reason: "forbidden by this machine" },
      { code: "unreachable" },
    ]);
  });

  test.for<[what: string, forgery: string, outcome: object]>([
    ["nobody replies", "silence", { code: "timeout", reason: "no echo reply within 1500 ms" }],
    ["the reply has other octets", "octets", { code: "timeout", reason: "no echo reply within 1500 ms" }],
    ["the reply is of another address", "sender", { code: "timeout", reason: "no echo reply within 1500 ms" }],
    ["the reply is true", "true", { ok: true }],
  ])("where %s", ([, forgery, outcome]) => {
    expect(pinged(["127.0.0.1"], forgery)).toMatchObject([outcome]);
  });

  test("leaves an address that is silent for the next", () => {
    // The kernel answers the other family.
    expect(pinged(["both.localhost"], "silence")).toMatchObject([{ ok: true }]);
  });
});

describe("createIcmpProbe", () => {
  const host: ProbedHost = {
    addresses: ["192.0.2.1"],
    host: "192.0.2.1",
    port: 0,
    subject: undefined,
    serverName: "",
    find: () => Promise.reject(new Error("not asked")),
  };
  const without = (why: string): PingSockets => ({ open: () => err(why), refusal: () => why });

  test.for<[why: string, failure: object]>([
    ["EACCES", { code: "not-probed", reason: "net.ipv4.ping_group_range has no group of this process" }],
    ["EMFILE", { code: "not-probed", reason: "no file descriptor left in this process" }],
    ["EPROTONOSUPPORT", { code: "not-probed", reason: "EPROTONOSUPPORT" }],
    ["koffi does not load: no such file", { code: "not-probed", reason: "koffi does not load: no such file" }],
    ["EAFNOSUPPORT", { code: "unreachable", reason: "no IPv6 on this machine" }],
  ])("charges no endpoint where there is no ping socket: %s", async ([why, failure]) => {
    const verdict = await createIcmpProbe(without(why))(host, icmpMonitor(), new AbortController().signal);
    expect(verdict).toEqual({ ok: false, ...failure });
  });
});
