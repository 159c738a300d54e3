import { Packet, type Resource } from "dns2";
import { describe, expect, test } from "vitest";
import { judgeDnsReply, serialIn } from "../../../src/health/probes/dns-verdict.ts";
import type { DnsMonitor } from "../../../src/health/monitoring.ts";
import { dnsMonitor } from "../fixtures/monitors.ts";
import { record } from "../fixtures/servers.ts";

/** As it comes off the wire. */
function replyWith(answers: readonly Resource[], header: { rcode?: number } = {}): Packet {
  const reply = new Packet();
  Object.assign(reply.header, { qr: 1, rcode: 0 }, header);
  reply.answers.push(...answers);
  return Packet.parse(reply.toBuffer());
}

const a = record("A", { address: "192.0.2.1" });
const cname = record("CNAME", { domain: "Web.Example.NET" });

const soa = (serial: number): Resource =>
  record("SOA", {
    primary: "ns1.example.com",
    admin: "hostmaster.example.com",
    serial,
    refresh: 2,
    retry: 3,
    expiration: 4,
    minimum: 5,
  });

describe("judgeDnsReply", () => {
  test.for<[type: DnsMonitor["type"], answer: Resource, expected: string]>([
    ["A", a, "192.0.2.1"],
    ["AAAA", record("AAAA", { address: "2001:db8::1" }), "2001:DB8:0::1"],
    ["CNAME", cname, "web.example.net."],
    ["A", cname, "web.example.net"],
    ["NS", record("NS", { ns: "ns1.example.com" }), "ns1.example.com"],
    ["MX", record("MX", { exchange: "mail.example.com", priority: 10 }), "mail.example.com"],
    ["TXT", record("TXT", { data: ["v=spf1 ", "-all"] }), "v=spf1 -all"],
    ["SOA", soa(1), "ns1.example.com"],
  ])("finds what a query for %s expects", ([type, answer, expected]) => {
    expect(judgeDnsReply(replyWith([answer]), dnsMonitor({ type, expect: expected }))).toEqual({ ok: true });
  });

  test("finds the expected text in any of several answers", () => {
    const reply = replyWith([cname, record("A", { address: "192.0.2.7" }), a]);
    expect(judgeDnsReply(reply, dnsMonitor({ expect: "192.0.2.1" }))).toEqual({ ok: true });
  });

  test("takes any answer where none is expected", () => {
    expect(judgeDnsReply(replyWith([a]), dnsMonitor())).toEqual({ ok: true });
  });

  test.for<[rcode: number, expectedRcode: DnsMonitor["expectedRcode"]]>([
    [3, "NXDOMAIN"],
    [5, "REFUSED"],
    [2, "SERVFAIL"],
  ])("takes rcode %i for success where %s is expected, without data", ([rcode, expectedRcode]) => {
    expect(judgeDnsReply(replyWith([], { rcode }), dnsMonitor({ expectedRcode }))).toEqual({ ok: true });
  });

  test.for<[code: string, reason: string, reply: Packet, fields: Partial<DnsMonitor>]>([
    ["dns-rcode", "NXDOMAIN, wanted NOERROR", replyWith([], { rcode: 3 }), {}],
    ["dns-rcode", "SERVFAIL, wanted NOERROR", replyWith([a], { rcode: 2 }), {}],
    ["dns-rcode", "rcode 12, wanted NOERROR", replyWith([], { rcode: 12 }), {}],
    ["dns-rcode", "NOERROR, wanted NXDOMAIN", replyWith([a]), { expectedRcode: "NXDOMAIN" }],
    ["dns-rcode", "SERVFAIL, wanted REFUSED", replyWith([], { rcode: 2 }), { expectedRcode: "REFUSED" }],
    ["dns-no-data", "no A record in the answer", replyWith([]), {}],
    ["dns-no-data", "no A record in the answer", replyWith([]), { expect: "192.0.2.1" }],
    ["dns-mismatch", "the answer is not 192.0.2.2", replyWith([a]), { expect: "192.0.2.2" }],
    // Neither text is a name.
    [
      "dns-mismatch",
      "the answer is not web..example",
      replyWith([record("CNAME", { domain: "web\\" })]),
      { type: "CNAME", expect: "web..example" },
    ],
    ["dns-mismatch", "the answer is not V=SPF1", replyWith([record("TXT", { data: "v=spf1" })]), { expect: "V=SPF1" }],
  ])("fails with %s: %s", ([code, reason, reply, fields]) => {
    expect(judgeDnsReply(reply, dnsMonitor(fields))).toEqual({ ok: false, code, reason });
  });

  test("fails with protocol on answers that cannot be decoded", () => {
    const bytes = new Packet();
    bytes.answers.push(a);
    const wire = bytes.toBuffer();
    expect(judgeDnsReply(Packet.parse(wire.subarray(0, wire.length - 1)), dnsMonitor())).toMatchObject({
      code: "protocol",
    });
  });
});

describe("serialIn", () => {
  test("is that of the first SOA record, whatever stands before it", () => {
    expect(serialIn(replyWith([cname, soa(2 ** 32 - 1), soa(7)]))).toBe(2 ** 32 - 1);
  });

  test("there is none without an SOA record", () => {
    expect(serialIn(replyWith([a]))).toBeUndefined();
  });
});
