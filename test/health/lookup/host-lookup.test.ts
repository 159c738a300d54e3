/** Look-ups against real name servers on loopback. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Packet } from "dns2";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createHostLookup, type FoundAddresses, type HostLookup } from "../../../src/health/lookup/host-lookup.ts";
import type { LogFields, Logger } from "../../../src/shared/ports.ts";
import { silentLogger } from "../fixtures/probe.ts";
import { closedUdpPort, listenUdp, record } from "../fixtures/servers.ts";

/** What a zone answers to a question: nothing where it is undefined. */
type Zone = (name: string, type: number, reply: Packet) => Packet | undefined;

async function nameServer(zone: Zone) {
  const asked: string[] = [];
  /** Those that queries came from. */
  const ports = new Set<number>();
  const server = {
    asked,
    ports,
    zone,
    port: await listenUdp((message, from, socket) => {
      ports.add(from.port);
      const query = Packet.parse(message);
      const { name, type } = query.questions[0]!;
      asked.push(`${name} ${type === Packet.TYPE.A ? "A" : "AAAA"}`);
      const reply = server.zone(name, type, Packet.createResponseFromRequest(query));
      if (reply !== undefined) socket.send(reply.toBuffer(), from.port, from.address);
    }),
  };
  return server;
}

const withA = (address: string): Zone => answering({ A: [address] });

function answering(addresses: { readonly A?: readonly string[]; readonly AAAA?: readonly string[] }): Zone {
  return (name, type, reply) => {
    const family = type === Packet.TYPE.A ? "A" : "AAAA";
    for (const address of addresses[family] ?? []) reply.answers.push(record(family, { name, address }));
    return reply;
  };
}

const withCode =
  (rcode: number): Zone =>
  (_name, _type, reply) => {
    reply.header.rcode = rcode;
    return reply;
  };
const silent: Zone = () => undefined;

interface Setup {
  readonly lookup: HostLookup;
  readonly find: (name: string, timeoutMs?: number) => Promise<FoundAddresses>;
  readonly warnings: readonly LogFields[];
  /** Milliseconds that are added to the clock. */
  readonly later: (milliseconds: number) => void;
}

function setUp(port: number, { hostsFile = "/nowhere/hosts", lastAddress = 600_000 } = {}): Setup {
  let offset = 0;
  const warnings: LogFields[] = [];
  const logger: Logger = { ...silentLogger, warn: (fields) => void warnings.push(fields) };
  const lookup = createHostLookup(
    { lastAddress: () => lastAddress, hostsFile, servers: [`127.0.0.1:${port}`] },
    { clock: () => Date.now() + offset, logger },
  );
  onTestFinished(() => lookup.stop());
  return {
    lookup,
    find: (name, timeoutMs = 5000) => lookup.find(name, timeoutMs, AbortSignal.timeout(timeoutMs)),
    warnings,
    later: (milliseconds) => void (offset += milliseconds),
  };
}

describe("HostLookup", () => {
  test.for([
    ["an address", "192.0.2.1", ["192.0.2.1"]],
    ["an IPv6 address", "2001:db8::1", ["2001:db8::1"]],
    ["localhost", "localhost", ["127.0.0.1", "::1"]],
    ["a name below localhost", "a.LOCALHOST.", ["127.0.0.1", "::1"]],
  ] as const)("asks nobody for %s", async ([, host, addresses]) => {
    const server = await nameServer(silent);
    expect(await setUp(server.port).find(host)).toEqual({ ok: true, addresses });
    expect(server.asked).toEqual([]);
  });

  test("lets the hosts file come first", async () => {
    const directory = mkdtempSync(path.join(tmpdir(), "geosteer-hosts-"));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const hostsFile = path.join(directory, "hosts");
    writeFileSync(hostsFile, "::1 a.example\n192.0.2.7 a.example\n");
    const server = await nameServer(withA("192.0.2.1"));
    const { find } = setUp(server.port, { hostsFile });
    expect(await find("A.example.")).toEqual({ ok: true, addresses: ["192.0.2.7", "::1"] });
    expect(await find("b.example")).toEqual({ ok: true, addresses: ["192.0.2.1"] });
  });

  test("asks for both families and takes them by turns, IPv4 first, eight at most", async () => {
    const A = ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5", "192.0.2.6", "192.0.2.7"];
    const { port } = await nameServer(answering({ A, AAAA: ["2001:db8::1", "2001:db8::2"] }));
    const found = await setUp(port).find("both.example");
    const addresses = found.ok ? found.addresses : [];
    expect(addresses).toHaveLength(8);
    expect(
      addresses
        .filter((_, i) => i % 2 === 1)
        .slice(0, 2)
        .toSorted(),
    ).toEqual(["2001:db8::1", "2001:db8::2"]);
    expect(addresses[0]).toMatch(/^192\.0\.2\./);
  });

  test.for([
    ["AAAA", Packet.TYPE.A, "192.0.2.1"],
    ["A", Packet.TYPE.AAAA, "2001:db8::1"],
  ] as const)("does not wait for a zone that never answers for %s", async ([, answered, address]) => {
    const zone = answering({ A: ["192.0.2.1"], AAAA: ["2001:db8::1"] });
    const { port } = await nameServer((name, type, reply) => (type === answered ? zone(name, type, reply) : undefined));
    const before = Date.now();
    expect(await setUp(port).find("half.example")).toEqual({ ok: true, addresses: [address] });
    expect(Date.now() - before).toBeLessThan(1000);
  });

  test("asks once for those who ask together, and again for those who ask later", async () => {
    const server = await nameServer(withA("192.0.2.1"));
    const { find } = setUp(server.port);
    await Promise.all([find("a.example"), find("a.example."), find("A.example")]);
    expect(server.asked.toSorted()).toEqual(["a.example A", "a.example AAAA"]);
    await find("a.example");
    expect(server.asked).toHaveLength(4);
  });

  test("asks from one port for many names, and after a while from another", async () => {
    const server = await nameServer(silent);
    const { find, later } = setUp(server.port);
    const names = ["a.example", "b.example", "c.example"];
    await Promise.all(names.map((name) => find(name, 200)));
    expect(server.ports.size).toBe(1);
    later(5000);
    await find("d.example", 200);
    expect(server.ports.size).toBe(2);
  });

  test("looks up names beside a hundred whose zone never answers", async () => {
    const fine = withA("192.0.2.1");
    const { port } = await nameServer((name, type, reply) =>
      name.endsWith("dead.example") ? undefined : fine(name, type, reply),
    );
    const { find } = setUp(port);
    const dead = Array.from({ length: 100 }, (_, i) => find(`h${i}.dead.example`, 1500));
    const before = Date.now();
    expect(await find("www.fine.example")).toEqual({ ok: true, addresses: ["192.0.2.1"] });
    expect(Date.now() - before).toBeLessThan(500);
    const reason = (i: number): string => `no address of h${i}.dead.example within 1500 ms`;
    expect(await Promise.all(dead)).toEqual(dead.map((_, i) => ({ ok: false, code: "not-probed", reason: reason(i) })));
  });

  test.for<[what: string, zone: Zone]>([
    ["does not exist", withCode(Packet.RCODE.NXDOMAIN)],
    ["has no address", answering({})],
  ])("a name that %s is the endpoint's failure, and its addresses are forgotten", async ([, zone]) => {
    const server = await nameServer(withA("192.0.2.1"));
    const { find } = setUp(server.port);
    await find("a.example");
    server.zone = zone;
    expect(await find("a.example")).toMatchObject({ ok: false, code: "name-not-found" });
    server.zone = withCode(Packet.RCODE.SERVFAIL);
    expect(await find("a.example")).toMatchObject({ ok: false, code: "not-probed" });
  });

  test.for<[what: string, zone: Zone]>([
    ["SERVFAIL", withCode(Packet.RCODE.SERVFAIL)],
    ["REFUSED", withCode(Packet.RCODE.REFUSED)],
    ["no answer", silent],
    ["SERVFAIL for one family and no address of the other", halfFailing],
  ])("probes the last known addresses for a time where the resolver has %s", async ([, zone]) => {
    const server = await nameServer(withA("192.0.2.1"));
    const { find, later, warnings } = setUp(server.port);
    await find("a.example");
    server.zone = zone;
    later(599_000);
    const before = Date.now();
    expect(await find("a.example", 2000)).toEqual({ ok: true, addresses: ["192.0.2.1"] });
    // There is time left to probe them.
    expect(Date.now() - before).toBeLessThan(1000);
    expect(warnings).toEqual([{ name: "a.example" }]);
    later(2000);
    expect(await find("a.example", 2000)).toMatchObject({ ok: false, code: "not-probed" });
    server.zone = withA("192.0.2.2");
    later(20_000);
    expect(await find("a.example", 5000)).toEqual({ ok: true, addresses: ["192.0.2.2"] });
  });

  test("asks anew when the resolver is back, though a query of before still waits for it", async () => {
    const server = await nameServer(silent);
    const { find } = setUp(server.port);
    // By then it has been sent for the last time.
    await find("a.example", 3500);
    server.zone = withA("192.0.2.1");
    expect(await find("a.example", 1500)).toEqual({ ok: true, addresses: ["192.0.2.1"] });
  });

  test("a resolver that is not there is no failure of the endpoint", async () => {
    const { find } = setUp(await closedUdpPort());
    expect(await find("a.example")).toEqual({
      ok: false,
      code: "not-probed",
      reason: "the resolver does not answer for a.example (ECONNREFUSED)",
    });
  });

  test("comes at once when it is aborted, and is free of listeners afterwards", async () => {
    const server = await nameServer(silent);
    const { lookup } = setUp(server.port);
    const controller = new AbortController();
    const found = lookup.find("a.example", 60_000, controller.signal);
    await vi.waitFor(() => expect(server.asked).toHaveLength(2));
    controller.abort();
    expect(await found).toMatchObject({ ok: false, code: "not-probed" });
  });

  test.runIf(existsSync("/proc/self/fd"))("stop ends what runs, and leaves no socket", async () => {
    const server = await nameServer(silent);
    const openFiles = (): number => readdirSync("/proc/self/fd").length;
    const { lookup, find } = setUp(server.port);
    const before = openFiles();
    const found = find("a.example");
    await vi.waitFor(() => expect(server.asked).toHaveLength(2));
    expect(openFiles()).toBe(before + 1);
    lookup.stop();
    expect(await found).toMatchObject({ ok: false, code: "not-probed" });
    await vi.waitFor(() => expect(openFiles()).toBe(before));
  });
});

function halfFailing(_name: string, type: number, reply: Packet): Packet {
  if (type === Packet.TYPE.AAAA) reply.header.rcode = Packet.RCODE.SERVFAIL;
  return reply;
}
