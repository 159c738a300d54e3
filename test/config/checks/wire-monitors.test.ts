import { expect, test } from "vitest";
import { diagnose } from "../diagnose.ts";

const of = (monitor: string): readonly string[] =>
  diagnose(`zones: { t.example: { nameservers: [ns.example.net] } }\nmonitors: { m: { ${monitor} } }\n`, {
    "ca.pem": "",
  });

test.for<[monitor: string, line: string]>([
  [
    "protocol: tcp, port: 1, verifyCertificate: true",
    "demo.yaml:2:42 monitors.m.verifyCertificate: verifyCertificate means nothing without TLS, found true, " +
      "wanted no verifyCertificate, or tls: true",
  ],
  [
    "protocol: grpc, port: 1, tls: false, minDaysLeft: 7",
    "demo.yaml:2:55 monitors.m.minDaysLeft: minDaysLeft means nothing without TLS, found 7, wanted no minDaysLeft, or tls: true",
  ],
  [
    "protocol: tcp, port: 1, send: PING",
    // It may be a password.
    "demo.yaml:2:42 monitors.m.send: send means nothing without expect, found a text that is not shown, " +
      "wanted no send, or expect: the text that comes back",
  ],
  [
    "protocol: dns, query: t.example, expect: 192.0.2.1, expectedRcode: REFUSED",
    'demo.yaml:2:51 monitors.m.expect: expect means nothing beside REFUSED, which comes without data, found "192.0.2.1", ' +
      "wanted no expect, or expectedRcode: NOERROR",
  ],
  [
    "protocol: dns, query: t.example, notOlderThan: 192.0.2.1",
    'demo.yaml:2:51 monitors.m.notOlderThan: notOlderThan means nothing beside type A, found "192.0.2.1", ' +
      "wanted no notOlderThan, or type: SOA",
  ],
  [
    "protocol: dns, query: t.example, type: SOA, notOlderThan: 192.0.2.1, expectedRcode: SERVFAIL",
    "demo.yaml:2:62 monitors.m.notOlderThan: notOlderThan means nothing beside SERVFAIL, which comes without data, " +
      'found "192.0.2.1", wanted no notOlderThan, or expectedRcode: NOERROR',
  ],
])("checkWireMonitors refuses { %s }", ([monitor, line]) => {
  expect(of(monitor)).toEqual([line]);
});

test.for([
  "protocol: tcp, port: 1, tls: true, verifyCertificate: true, minDaysLeft: 7",
  "protocol: grpc, port: 1, tls: true, serverName: rpc.example",
  "protocol: tls, minDaysLeft: 7",
  "protocol: https, verifyCertificate: true",
  "protocol: tcp, port: 1, expect: SSH-2.0",
  "protocol: tcp, port: 1, send: PING, expect: PONG",
  "protocol: dns, query: t.example, expect: 192.0.2.1",
  "protocol: dns, query: t.example, type: SOA, notOlderThan: 192.0.2.1",
  "protocol: dns, query: t.example, expectedRcode: REFUSED",
])("checkWireMonitors takes { %s }", (monitor) => {
  expect(of(monitor)).toEqual([]);
});
