import { expect, test } from "vitest";
import { diagnose } from "../diagnose.ts";

test.for<[behaviour: string, text: string, lines: readonly string[]]>([
  [
    "headers without a monitor, and with one that sends none",
    `
zones: { t.example: { nameservers: [ns.example.net] } }
monitors: { web: { protocol: https }, port: { protocol: tcp, port: 22 } }
profiles:
  p:
    method: weighted
    endpoints:
      none: { address: 192.0.2.1, headers: { X-A: a } }
      tcp: { address: 192.0.2.2, headers: { X-A: a }, monitor: port }
      https: { address: 192.0.2.3, headers: { X-A: a }, monitor: web }
  q:
    method: weighted
    monitor: port
    endpoints:
      tcp: { address: 192.0.2.2, headers: { X-A: a } }
      https: { address: 192.0.2.3, headers: { X-A: a }, monitor: web }
      undefined: { address: 192.0.2.4, headers: { X-A: a }, monitor: wep }
`,
    [
      "demo.yaml:7:35 profiles.p.endpoints.none.headers: headers means nothing without a monitor, found a mapping, wanted no headers, or a monitor",
      "demo.yaml:8:34 profiles.p.endpoints.tcp.headers: headers means nothing for protocol tcp of monitor port, found a mapping, wanted no headers, or a monitor of protocol http or https",
      "demo.yaml:14:34 profiles.q.endpoints.tcp.headers: headers means nothing for protocol tcp of monitor port, found a mapping, wanted no headers, or a monitor of protocol http or https",
      'demo.yaml:16:70 profiles.q.endpoints.undefined.monitor: undefined monitor, found "wep", wanted the name of a monitor: did you mean web?',
    ],
  ],
  [
    "what to probe, where nobody is asked",
    `
zones: { t.example: { nameservers: [ns.example.net] } }
monitors: { told: { protocol: push }, script: { protocol: exec, command: [/bin/true] } }
profiles:
  p:
    method: weighted
    endpoints:
      told: { address: 192.0.2.1, probe: 192.0.2.7, monitor: told }
      script: { address: 192.0.2.2, probe: 192.0.2.7, monitor: script }
`,
    [
      'demo.yaml:7:35 profiles.p.endpoints.told.probe: probe means nothing for protocol push of monitor told, found "192.0.2.7", wanted no probe',
    ],
  ],
  [
    "monitors that are made of others: one that sends headers is enough, and none takes the port of a probe",
    `
zones: { t.example: { nameservers: [ns.example.net] } }
monitors:
  web: { protocol: https }
  port: { protocol: tcp, port: 22 }
  own: { protocol: push }
  both: { all: [web, port] }
  ports: { not: port }
  owns: { all: [own] }
profiles:
  p:
    method: weighted
    endpoints:
      both: { address: 192.0.2.1, headers: { X-A: a }, probe: 192.0.2.9, monitor: both }
      ports: { address: 192.0.2.2, headers: { X-A: a }, monitor: ports }
      at: { address: 192.0.2.3, probe: "192.0.2.9:80", monitor: both }
      owns: { address: 192.0.2.4, probe: 192.0.2.9, monitor: owns }
`,
    [
      "demo.yaml:14:36 profiles.p.endpoints.ports.headers: headers means nothing for monitor ports, found a mapping, wanted no headers, or a monitor of protocol http or https",
      'demo.yaml:15:33 profiles.p.endpoints.at.probe: the port of probe means nothing for monitor both, which is made of others, found "192.0.2.9:80", wanted a host without a port: the monitors that probe have theirs',
      'demo.yaml:16:35 profiles.p.endpoints.owns.probe: probe means nothing for monitor owns, found "192.0.2.9", wanted no probe',
    ],
  ],
  [
    "monitor and headers beside a nested profile",
    `
zones: { t.example: { nameservers: [ns.example.net] } }
monitors: { web: { protocol: https } }
profiles:
  p: { method: weighted, endpoints: { a: { profile: q, monitor: web, headers: { X-A: a } } } }
  q: { method: weighted, endpoints: { a: { address: 192.0.2.1 } } }
`,
    [
      'demo.yaml:4:56 profiles.p.endpoints.a.monitor: monitor means nothing for an endpoint with profile, found "web", wanted no monitor, or address or host as the target',
      "demo.yaml:4:70 profiles.p.endpoints.a.headers: headers means nothing for an endpoint with profile, found a mapping, wanted no headers, or address or host as the target",
    ],
  ],
  [
    "an endpoint at the top level whose keys mean nothing wherever it is used, once",
    `
zones: { t.example: { nameservers: [ns.example.net] } }
monitors: { web: { protocol: https }, port: { protocol: tcp, port: 22 } }
endpoints:
  idle: { address: 192.0.2.1, headers: { X-A: a }, probe: 192.0.2.7 }
  tcp: { address: 192.0.2.1, headers: { X-A: a }, probe: 192.0.2.7 }
  busy: { address: 192.0.2.1, headers: { X-A: a }, probe: 192.0.2.7 }
  unused: { address: 192.0.2.1, headers: { X-A: a }, probe: 192.0.2.7 }
profiles:
  p: { method: weighted, endpoints: { a: { use: idle }, b: { use: idle }, c: { use: tcp }, d: { use: busy } } }
  q: { method: weighted, monitor: port, endpoints: { a: { use: tcp }, b: { use: busy, monitor: web } } }
`,
    [
      "demo.yaml:4:31 endpoints.idle.headers: headers means nothing without a monitor, found a mapping, wanted no headers, or a monitor",
      'demo.yaml:4:52 endpoints.idle.probe: probe means nothing without a monitor, found "192.0.2.7", wanted no probe, or a monitor',
      "demo.yaml:5:30 endpoints.tcp.headers: headers means nothing without a monitor, found a mapping, wanted no headers, or a monitor",
    ],
  ],
  [
    "too many headers, and what is no header; of their values nothing is told",
    `
zones: { t.example: { nameservers: [ns.example.net] } }
monitors: { web: { protocol: https } }
endpoints:
  a: { address: 192.0.2.1, headers: "Authorization: Bearer swordfish" }
  b: { address: 192.0.2.1, headers: { "Authorization:Bearer swordfish": ~ } }
  c: { address: 192.0.2.1, headers: { Authorization: " swordfish" } }
profiles:
  p:
    method: weighted
    monitor: web
    endpoints:
      a: { address: 192.0.2.1, headers: { A: a, B: b, C: c, D: d, E: e, F: f, G: g, H: h, Host: i } }
      b: { address: 192.0.2.1, headers: { Authorization: 123456, X-Debug: true } }
      c: { address: 192.0.2.1, headers: { Authorization: [swordfish] } }
      d: { address: 192.0.2.1, headers: { Authorization: swordfish, Authorization: swordfish } }
`,
    [
      "demo.yaml:4:37 endpoints.a.headers: wrong type, found a text that is not shown, wanted a mapping: { X-Probe: geosteer }",
      'demo.yaml:5:39 endpoints.b.headers."Authorization…": bad name, found "Authorization…", wanted a header name such as X-Probe, and none that belongs to the connection',
      "demo.yaml:6:54 endpoints.c.headers.Authorization: not a header value, found a text that is not shown, wanted visible ASCII, no spaces at the ends",
      "demo.yaml:12:41 profiles.p.endpoints.a.headers: too many headers, found a mapping, wanted at most 8",
      'demo.yaml:13:58 profiles.p.endpoints.b.headers.Authorization: wrong type, found a text that is not shown, wanted text, as text: "123456"',
      'demo.yaml:13:75 profiles.p.endpoints.b.headers.X-Debug: wrong type, found a text that is not shown, wanted text in quotes: "true"',
      "demo.yaml:14:58 profiles.p.endpoints.c.headers.Authorization: wrong type, found a list, wanted text",
      'demo.yaml:15:69 profiles.p.endpoints.d.headers.Authorization: the key is there twice, found "Authorization", wanted each key once',
    ],
  ],
])("checkEndpointProbes: %s", ([, text, lines]) => {
  expect(diagnose(text.slice(1))).toEqual(lines);
});
