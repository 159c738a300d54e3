import { Packet } from "dns2";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { checkOf, dnsMonitor } from "../fixtures/monitors.ts";
import { probe, runProbe } from "../fixtures/probe.ts";
import { closedUdpPort, listenDns, listenUdp, record } from "../fixtures/servers.ts";

const answerA = (reply: Packet): void => void reply.answers.push(record("A", { address: "192.0.2.1" }));

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
