import type { Socket } from "node:net";
import { Packet } from "dns2";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { DnsMonitor } from "../../../src/health/monitoring.ts";
import { probes } from "../../../src/health/probes/table.ts";
import { startProbe } from "../../../src/health/start-probe.ts";
import { checkOf, dnsMonitor } from "../fixtures/monitors.ts";
import { hostLookup, probe, runProbe } from "../fixtures/probe.ts";
import {
  closedTcpPort,
  closedUdpPort,
  framedReply,
  listenDns,
  listenDnsOverTcp,
  listenUdp,
  record,
} from "../fixtures/servers.ts";

const answerA = (reply: Packet): void => void reply.answers.push(record("A", { address: "192.0.2.1" }));

const servfail = (reply: Packet): void => void (reply.header.rcode = Packet.RCODE.SERVFAIL);
const nxdomain = (reply: Packet): void => void (reply.header.rcode = Packet.RCODE.NXDOMAIN);

const soa = (serial: number) =>
  record("SOA", {
    primary: "ns1.example.com",
    admin: "hostmaster.example.com",
    serial,
    refresh: 2,
    retry: 3,
    expiration: 4,
    minimum: 5,
  });

const udpSockets = (): number => process.getActiveResourcesInfo().filter((kind) => kind === "UDPWrap").length;

/** Those of the test before are closed in later turns. */
const untilNoSocketIsOpen = (): Promise<void> => vi.waitFor(() => expect(udpSockets()).toBe(0));

beforeEach(untilNoSocketIsOpen);

describe("dnsProbe", () => {
  test("asks for the monitor's name and type, with recursion desired", async () => {
    let query: Packet | undefined;
    const port = await listenUdp((message, from, socket) => {
      query = Packet.parse(message);
      const reply = Packet.createResponseFromRequest(query);
      reply.answers.push(record("TXT", { data: "up" }));
      socket.send(reply.toBuffer(), from.port, from.address);
    });
    const monitor = dnsMonitor({ query: "health.example.com", type: "TXT", expect: "up" });
    expect(await probe(checkOf(port), monitor)).toMatchObject({ ok: true, durationMs: expect.any(Number) });
    expect(query?.header).toMatchObject({ qr: 0, opcode: 0, rd: 1, qdcount: 1, ancount: 0, nscount: 0, arcount: 0 });
    expect(query?.questions).toMatchObject([{ name: "health.example.com", type: 16, class: 1 }]);
  });

  test.for(["127.0.0.1", "::1"])("succeeds on an answer of %s", async (host) => {
    const port = await listenDns(answerA, host);
    expect(await probe(checkOf(port, { host }), dnsMonitor({ expect: "192.0.2.1" }))).toMatchObject({ ok: true });
  });

  test.for(["127.0.0.1", "::1"])("asks all addresses of a host name: only %s answers", async (address) => {
    const port = await listenDns(answerA, address);
    expect(await probe(checkOf(port, { host: "both.localhost" }), dnsMonitor())).toMatchObject({ ok: true });
  });

  test("leaves an address that is silent for the next, within the timeout", async () => {
    const port = await listenUdp(() => {});
    const asked = await listenDns(answerA, "::1", port);
    expect(asked).toBe(port);
    const monitor = dnsMonitor({ timeout: 900 });
    expect(await probe(checkOf(port, { host: "both.localhost" }), monitor)).toMatchObject({ ok: true });
  });

  test("tells the failure of the first address where all fail", async () => {
    const check = checkOf(await closedUdpPort(), { host: "both.localhost" });
    expect(await probe(check, dnsMonitor())).toMatchObject({ code: "refused" });
  });

  test.for<[code: string, edit: (reply: Packet) => void]>([
    ["dns-rcode", (reply) => void (reply.header.rcode = Packet.RCODE.SERVFAIL)],
    ["dns-no-data", () => {}],
    ["dns-mismatch", answerA],
  ])("fails with %s on such an answer", async ([code, edit]) => {
    const port = await listenDns(edit);
    expect(await probe(checkOf(port), dnsMonitor({ expect: "192.0.2.2" }))).toMatchObject({ code });
  });

  test("fails at once on a closed port", async () => {
    expect(await probe(checkOf(await closedUdpPort()), dnsMonitor())).toMatchObject({ code: "refused" });
  });

  test("fails on an address that this machine cannot send to", async () => {
    // connect(2) refuses the broadcast address; nothing is sent.
    expect(await probe(checkOf(53, { host: "255.255.255.255" }), dnsMonitor())).toMatchObject({ code: "unreachable" });
  });

  test("gives up at the timeout and leaves no socket open", async () => {
    const port = await listenUdp(() => {});
    const before = udpSockets();
    expect(await probe(checkOf(port), dnsMonitor({ timeout: 100 }))).toMatchObject({
      code: "timeout",
      reason: "no answer within 100 ms",
    });
    await vi.waitFor(() => expect(udpSockets()).toBe(before));
  });

  test("settles at once and leaves no socket open when it is aborted", async () => {
    const arrived = Promise.withResolvers<void>();
    const port = await listenUdp(() => arrived.resolve());
    const before = udpSockets();
    const running = runProbe(checkOf(port), dnsMonitor());
    await arrived.promise;
    running.abort();
    expect(await running.outcome).toMatchObject({ ok: false });
    await vi.waitFor(() => expect(udpSockets()).toBe(before));
  });

  test("asks no other address when it is aborted", async () => {
    const arrived = Promise.withResolvers<void>();
    const port = await listenUdp(() => arrived.resolve());
    let other = 0;
    await listenUdp(() => void other++, "::1", port);
    const running = runProbe(checkOf(port, { host: "both.localhost" }), dnsMonitor({ timeout: 3000 }));
    await arrived.promise;
    running.abort();
    const outcome = await running.outcome;
    expect(outcome).toMatchObject({ code: "timeout" });
    expect(outcome.durationMs).toBeLessThan(1000);
    expect(other).toBe(0);
  });

  test("settles when it is aborted before the address is known", async () => {
    const running = runProbe(checkOf(53), dnsMonitor());
    running.abort();
    expect(await running.outcome).toMatchObject({ code: "timeout" });
  });

  test("settles and leaves no socket open at whatever step it is aborted", async () => {
    const port = await listenUdp(() => {});
    const before = udpSockets();
    for (let steps = 0; steps < 20; steps++) {
      const running = runProbe(checkOf(port), dnsMonitor());
      const abortAfter = (left: number): void => {
        if (left > 0) process.nextTick(abortAfter, left - 1);
        else running.abort();
      };
      abortAfter(steps);
      expect(await running.outcome).toMatchObject({ code: "timeout" });
    }
    await vi.waitFor(() => expect(udpSockets()).toBe(before));
  });

  test("takes an abort after the answer for no news", async () => {
    const port = await listenDns(answerA);
    const running = runProbe(checkOf(port), dnsMonitor());
    expect(await running.outcome).toMatchObject({ ok: true });
    running.abort();
    await new Promise(setImmediate);
    expect(await running.outcome).toMatchObject({ ok: true });
  });

  test("asks again when a datagram is lost", async () => {
    let datagrams = 0;
    const port = await listenUdp((message, from, socket) => {
      if (++datagrams < 2) return;
      const reply = Packet.createResponseFromRequest(Packet.parse(message));
      answerA(reply);
      socket.send(reply.toBuffer(), from.port, from.address);
    });
    expect(await probe(checkOf(port), dnsMonitor())).toMatchObject({ ok: true });
  });

  test.for<[what: string, edit: (reply: Packet) => void]>([
    ["another ID", (reply) => void (reply.header.id ^= 1)],
    ["another question", (reply) => void (reply.questions[0]!.name = "example.org")],
    ["another type", (reply) => void (reply.questions[0]!.type = Packet.TYPE.AAAA)],
    ["another class", (reply) => void (reply.questions[0]!.class = Packet.CLASS.CH)],
    ["no question", (reply) => void (reply.questions = [])],
    ["the QR bit of a query", (reply) => void (reply.header.qr = 0)],
  ])("does not take a reply with %s for an answer", async ([, edit]) => {
    const port = await listenDns((reply) => {
      answerA(reply);
      edit(reply);
    });
    expect(await probe(checkOf(port), dnsMonitor({ timeout: 100 }))).toMatchObject({
      code: "protocol",
      reason: "datagrams came, but no DNS answer to the query",
    });
  });

  test("ends on a hundred datagrams that are no reply", async () => {
    const port = await listenUdp((message, from, socket) => {
      const foreign = Buffer.from(message);
      foreign[0]! ^= 1;
      for (let i = 0; i < 100; i++) socket.send(foreign, from.port, from.address);
    });
    const outcome = await probe(checkOf(port), dnsMonitor());
    expect(outcome).toMatchObject({ code: "protocol" });
    expect(outcome.durationMs).toBeLessThan(5000);
  });

  test("does not decode a reply that is too long", async () => {
    const port = await listenDns((reply) => {
      for (let i = 0; i < 300; i++) answerA(reply);
    });
    expect(await probe(checkOf(port), dnsMonitor({ timeout: 100 }))).toMatchObject({ code: "protocol" });
  });

  test("takes the answer that follows a datagram of another kind", async () => {
    const port = await listenUdp((message, from, socket) => {
      const reply = Packet.createResponseFromRequest(Packet.parse(message));
      answerA(reply);
      reply.questions[0]!.name = "EXAMPLE.com";
      socket.send("hello", from.port, from.address);
      socket.send(reply.toBuffer(), from.port, from.address);
    });
    expect(await probe(checkOf(port), dnsMonitor())).toMatchObject({ ok: true });
  });
});

const truncated = (reply: Packet): void => void (reply.header.tc = 1);

describe("dnsProbe over TCP", () => {
  test.for(["127.0.0.1", "::1"])("succeeds on an answer of %s", async (host) => {
    const port = await listenDnsOverTcp((query, socket) => void socket.write(framedReply(query, answerA)), { host });
    const monitor = dnsMonitor({ transport: "tcp", expect: "192.0.2.1" });
    expect(await probe(checkOf(port, { host }), monitor)).toMatchObject({ ok: true });
  });

  test("a truncated answer over UDP is asked for again over TCP", async () => {
    // A port that is free for TCP, which has more of them in use, is free for UDP.
    const port = await listenDnsOverTcp((query, socket) => void socket.write(framedReply(query, answerA)));
    await listenDns(truncated, "127.0.0.1", port);
    expect(await probe(checkOf(port), dnsMonitor({ expect: "192.0.2.1" }))).toMatchObject({ ok: true });
  });

  test("fails where a truncated answer cannot be had over TCP", async () => {
    expect(await probe(checkOf(await listenDns(truncated)), dnsMonitor())).toMatchObject({ code: "refused" });
  });

  test.for<[what: string, serve: (query: Packet, socket: Socket) => void, failure: object]>([
    [
      "an answer that is truncated again",
      (query, socket) => void socket.write(framedReply(query, truncated)),
      { code: "protocol", reason: "an answer that is truncated over TCP too" },
    ],
    ["SERVFAIL", (query, socket) => void socket.write(framedReply(query, servfail)), { code: "dns-rcode" }],
    [
      "another ID",
      (query, socket) => void socket.write(framedReply(query, (reply) => void (reply.header.id ^= 1))),
      { code: "protocol", reason: "no DNS answer to the query came over TCP" },
    ],
    [
      "a server of HTTP",
      (_query, socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"),
      { code: "protocol", reason: "no DNS answer of at most 8 KiB came over TCP" },
    ],
    ["an empty message", (_query, socket) => void socket.write(Buffer.alloc(2)), { code: "protocol" }],
    [
      "a length alone, and the end",
      (_query, socket) => void socket.end(Buffer.from([0, 40])),
      { code: "reset", reason: "connection closed before an answer" },
    ],
    ["a reset", (_query, socket) => void socket.resetAndDestroy(), { code: "reset" }],
    ["silence", () => {}, { code: "timeout", reason: "connected, but no answer within 300 ms" }],
    [
      "an answer that drips",
      (query, socket) => {
        const octets = framedReply(query, (reply) => {
          for (let i = 0; i < 100; i++) answerA(reply);
        });
        let at = 0;
        const drip = setInterval(() => socket.write(octets.subarray(at, ++at)), 10);
        socket.once("close", () => clearInterval(drip));
      },
      { code: "timeout" },
    ],
    [
      "octets without end",
      (_query, socket) => {
        const pour = (): void => {
          if (socket.writable) socket.write(Buffer.alloc(16_000, 0xff), () => setImmediate(pour));
        };
        pour();
      },
      { code: "protocol" },
    ],
  ])("fails on %s", async ([, serve, failure]) => {
    const port = await listenDnsOverTcp(serve);
    expect(await probe(checkOf(port), dnsMonitor({ transport: "tcp", timeout: 300 }))).toMatchObject(failure);
  });

  test("fails on a closed port", async () => {
    const port = await closedTcpPort();
    expect(await probe(checkOf(port), dnsMonitor({ transport: "tcp" }))).toMatchObject({ code: "refused" });
  });
});

describe("dnsProbe with expectedRcode", () => {
  test.for<[expected: DnsMonitor["expectedRcode"], ok: boolean]>([
    ["SERVFAIL", true],
    ["NXDOMAIN", false],
  ])("an answer of SERVFAIL where %s is expected: %s", async ([expectedRcode, ok]) => {
    expect(await probe(checkOf(await listenDns(servfail)), dnsMonitor({ expectedRcode }))).toMatchObject({ ok });
  });
});

describe("dnsProbe with notOlderThan", () => {
  const other = (port: number) => ({ type: "SOA", notOlderThan: { host: "localhost", port } }) as const;

  test.for<[own: number, others: number, ok: boolean]>([
    [2026010100, 2026010100, true],
    [2026010101, 2026010100, true],
    [2026010100, 2026010101, false],
    // RFC 1982: they begin anew.
    [5, 2 ** 32 - 5, true],
    [2 ** 32 - 5, 5, false],
  ])("serial %i beside %i: %s", async ([own, others, ok]) => {
    const reference = await listenDns((reply) => void reply.answers.push(soa(others)));
    const port = await listenDns((reply) => void reply.answers.push(soa(own)));
    const outcome = await probe(checkOf(port), dnsMonitor(other(reference)));
    const reason = `serial ${own}, older than ${others} of localhost:${reference}`;
    expect(outcome).toMatchObject(ok ? { ok } : { code: "dns-mismatch", reason });
  });

  test.for<[what: string, edit: (reply: Packet) => void]>([
    ["no data", () => {}],
    ["SERVFAIL", servfail],
    ["another type", answerA],
  ])("is not the endpoint's failure where the other server answers with %s", async ([, edit]) => {
    const reference = await listenDns(edit);
    const port = await listenDns((reply) => void reply.answers.push(soa(1)));
    expect(await probe(checkOf(port), dnsMonitor(other(reference)))).toMatchObject({
      code: "not-probed",
      reason: `localhost:${reference} tells no serial to compare with`,
    });
  });

  test("is not the endpoint's failure where the other server is silent, closed or has no address", async () => {
    const port = await listenDns((reply) => void reply.answers.push(soa(1)));
    const silent = await listenUdp(() => {});
    expect(await probe(checkOf(port), dnsMonitor({ ...other(silent), timeout: 300 }))).toMatchObject({
      code: "not-probed",
    });
    expect(await probe(checkOf(port), dnsMonitor(other(await closedUdpPort())))).toMatchObject({ code: "not-probed" });
    const lookup = hostLookup({ servers: [`127.0.0.1:${await listenDns(nxdomain)}`] });
    const gone = dnsMonitor({ type: "SOA", notOlderThan: { host: "gone.example", port: 53 } });
    const { outcome } = startProbe({ probes, lookup, clock: Date.now }, checkOf(port), gone);
    expect(await outcome).toMatchObject({ code: "not-probed" });
  });

  test("an endpoint that fails is not compared", async () => {
    let asked = 0;
    const reference = await listenDns(() => void asked++);
    expect(await probe(checkOf(await listenDns(servfail)), dnsMonitor(other(reference)))).toMatchObject({
      code: "dns-rcode",
    });
    expect(asked).toBe(0);
  });

  test("an answer without a serial is the endpoint's failure", async () => {
    const reference = await listenDns((reply) => void reply.answers.push(soa(1)));
    expect(await probe(checkOf(await listenDns(answerA)), dnsMonitor(other(reference)))).toMatchObject({
      code: "dns-no-data",
    });
  });
});
