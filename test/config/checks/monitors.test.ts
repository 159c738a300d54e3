import { expect, test } from "vitest";
import { diagnose } from "../diagnose.ts";

test.for<[behaviour: string, text: string, lines: readonly string[]]>([
  [
    "keys of another protocol, and keys that the protocol needs",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
monitors:
  web: { protocol: tcp, path: / }
  dns: { protocol: dns, verifyCertificate: true }
  plain: { protocol: http, verifyCertificate: true }
`,
    [
      "demo.yaml:3:3 monitors.web.port: missing key, found nothing, wanted port, which protocol tcp needs",
      'demo.yaml:3:25 monitors.web.path: path means nothing for protocol tcp, found "/", wanted no path, or protocol http or https',
      "demo.yaml:4:3 monitors.dns.query: missing key, found nothing, wanted query, which protocol dns needs",
      "demo.yaml:4:25 monitors.dns.verifyCertificate: verifyCertificate means nothing for protocol dns, found true, wanted no verifyCertificate, or protocol https, tcp, tls or grpc",
      "demo.yaml:5:28 monitors.plain.verifyCertificate: verifyCertificate means nothing for protocol http, found true, wanted no verifyCertificate, or protocol https, tcp, tls or grpc",
    ],
  ],
  [
    "a timeout not shorter than the interval",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
monitors:
  a: { protocol: http, interval: 5s, timeout: 5s }
  b: { protocol: http, timeout: 1m }
  c: { protocol: http, interval: 1s, timeout: 999ms }
`,
    [
      'demo.yaml:3:47 monitors.a.timeout: timeout not shorter than the interval, found "5s", wanted less than 5s',
      'demo.yaml:4:33 monitors.b.timeout: timeout not shorter than the interval, found "1m", wanted less than 30s',
    ],
  ],
  [
    "a fast interval that is none, or that a probe may outlast",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
monitors:
  a: { protocol: http, interval: 5s, fastInterval: 6s }
  b: { protocol: http, interval: 5s, fastInterval: 2s, timeout: 3s }
  c: { protocol: http, interval: 5s, fastInterval: 6s, timeout: 5s }
  d: { protocol: http, interval: 5s, fastInterval: 5s, timeout: 4s }
  e: { protocol: http, interval: 30s, fastInterval: 2s }
`,
    [
      'demo.yaml:3:52 monitors.a.fastInterval: fastInterval longer than the interval, found "6s", wanted at most 5s',
      'demo.yaml:4:65 monitors.b.timeout: timeout not shorter than fastInterval, found "3s", wanted less than 2s',
      'demo.yaml:5:52 monitors.c.fastInterval: fastInterval longer than the interval, found "6s", wanted at most 5s',
      'demo.yaml:5:65 monitors.c.timeout: timeout not shorter than the interval, found "5s", wanted less than 5s',
    ],
  ],
  [
    "two ways to count failures, and damping that lengthens nothing",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
monitors:
  a: { protocol: http, failures: 3 of 10, toleratedFailures: 2 }
  b: { protocol: http, damping: { window: 10m, max: 1m } }
  c: { protocol: http, damping: { window: 10m, max: 61s } }
`,
    [
      "demo.yaml:3:43 monitors.a.toleratedFailures: toleratedFailures means nothing beside failures, found 2, wanted one of the two",
      'demo.yaml:4:53 monitors.b.damping.max: damping that lengthens nothing, found "1m", wanted more than recoverAfter × interval, which is 60s',
    ],
  ],
  [
    "a status that no response ends with",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
monitors:
  a: { protocol: http, expectedStatus: [101, 200] }
  b: { protocol: http, expectedStatus: ["100-399"] }
`,
    [
      "demo.yaml:3:41 monitors.a.expectedStatus[0]: number out of range, found 101, wanted 200 to 599",
      'demo.yaml:4:41 monitors.b.expectedStatus[0]: not a range of status codes, found "100-399", wanted one such as 200 or 200-299, within 200-599',
    ],
  ],
  [
    "a header twice, in another case",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
monitors:
  a: { protocol: http, headers: { X-A: a, x-a: b } }
`,
    ['demo.yaml:3:43 monitors.a.headers.x-a: the same header twice, found "x-a", wanted each header once'],
  ],
  [
    "an undefined monitor",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
monitors: { web: { protocol: http } }
profiles:
  shop: { method: weighted, monitor: wbe, endpoints: { a: { address: 192.0.2.1 } } }
  pay: { method: weighted, monitor: database, endpoints: { a: { address: 192.0.2.1 } } }
`,
    [
      'demo.yaml:4:38 profiles.shop.monitor: undefined monitor, found "wbe", wanted the name of a monitor: did you mean web?',
      'demo.yaml:5:37 profiles.pay.monitor: undefined monitor, found "database", wanted the name of a monitor',
    ],
  ],
  [
    "a monitor that is not well-formed is still defined",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
monitors: { web: {} }
profiles:
  shop: { method: weighted, monitor: web, endpoints: { a: { address: 192.0.2.1 } } }
`,
    [
      "demo.yaml:2:13 monitors.web: a monitor that probes nothing, found none, wanted one of protocol, all, any, atLeast and not",
    ],
  ],
])("checkMonitors: %s", ([, text, lines]) => {
  expect(diagnose(text.slice(1))).toEqual(lines);
});
