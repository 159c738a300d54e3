/** Values that operators write from habit, and what is told in their place. */
import { expect, test } from "vitest";
import { protocolNames } from "../../../src/config/protocols/table.ts";
import { diagnose } from "../diagnose.ts";

const ZONE = "zones: { t.example: { nameservers: ns.example.net } }\n";
const inTop = (keys: string): string => `${ZONE}${keys}\n`;
const inMonitor = (keys: string): string => `${ZONE}monitors: { web: { ${keys} } }\n`;
const inProfile = (keys: string): string =>
  `${ZONE}profiles: { p: { names: p.t.example, ${keys}, endpoints: { a: { address: 192.0.2.1 } } } }\n`;
const inEndpoint = (keys: string): string =>
  `${ZONE}profiles: { p: { names: p.t.example, method: weighted, endpoints: { a: { ${keys} } } } }\n`;
const endpoints = (value: string): string =>
  `${ZONE}profiles: { p: { names: p.t.example, method: weighted, endpoints: ${value} } }\n`;

const method = (word: string, wanted: string): readonly [string, string] => [inProfile(`method: ${word}`), wanted];
const PERFORMANCE = "performance: the nearest endpoint";
const PRIORITY = "priority: the first endpoint that is up";
const GEOGRAPHIC = "geographic: by the client's region; or performance: the nearest endpoint";
const WEIGHTED = "weighted: by weights, which are all 1 by default";
const NONE = "priority, weighted, performance, geographic, multivalue or subnet: there is no such method yet";
const VARIABLES = "the value itself: no variables are put in; run the file through envsubst or a template first";
const SHARES = "a whole number: weights are relative to each other, so 95 % and 5 % are 95 and 5, or 19 and 1";
const BY_NAME = "a mapping by name: { NAME: { ... }, ... }";

const rows: readonly (readonly [text: string, wanted: string])[] = [
  ...["latency", "nearest", "Geoproximity", "rtt"].map((word) => method(word, PERFORMANCE)),
  ...["failover", "active-passive", "Primary-Backup", "ordered"].map((word) => method(word, PRIORITY)),
  ...["geo", "geolocation", "geoip", "country", "topology"].map((word) => method(word, GEOGRAPHIC)),
  ...["round-robin", "roundrobin", "RR", "static", "simple", "wrandom", "canary"].map((word) => method(word, WEIGHTED)),
  ...["MultiValue", "multivalue-answer", "multifo", "ifportup"].map((word) =>
    method(word, "multivalue: those that are up, as many together as maxAnswers says"),
  ),
  ...["Subnet", "ip-based", "view"].map((word) =>
    method(word, "subnet: by the client's network; endpoints of geographic and performance may have networks too"),
  ),
  ...["hash", "sticky", "pickchashed"].map((word) => method(word, "weighted, with sticky: client")),
  ...["least-connections", "load"].map((word) => method(word, NONE)),
  method("nested", "any method: an endpoint with profile: NAME nests another profile"),
  method(
    "Performance",
    "one of priority, weighted, performance, geographic, multivalue, subnet: did you mean performance?",
  ),
  method('"method:performance"', 'a space after the colon: "method: ..."'),

  [
    inEndpoint("host: https://shop.example.com/healthz"),
    "the name alone: shop.example.com; path and port belong to the monitor",
  ],
  [
    inEndpoint("host: shop.example.com:8443"),
    "the name alone: shop.example.com; a port belongs to the monitor, or to probe",
  ],
  [inEndpoint("host: shop.example.com/healthz"), "the name alone: shop.example.com; a path belongs to the monitor"],
  [inEndpoint("host: 192.0.2.1"), "a host name; addresses belong under address"],
  [
    inEndpoint("address: https://192.0.2.1/"),
    "an address alone; a name belongs under host, path and port to the monitor",
  ],
  [inEndpoint("address: shop.example.com"), "an IPv4 or IPv6 address; a name belongs under host"],
  [inEndpoint("address: 192.0.2.1:443"), "the address alone: 192.0.2.1; a port belongs to the monitor, or to probe"],
  [
    inEndpoint('address: "[2001:db8::1]:443"'),
    "the address alone: 2001:db8::1; a port belongs to the monitor, or to probe",
  ],
  [inEndpoint('address: "[2001:db8::1]"'), "the address without brackets, in quotes"],
  [inEndpoint("address: [192.0.2.0/24]"), "single addresses; the networks of clients belong under networks"],
  [inEndpoint('address: "192.0.2.1, 192.0.2.2"'), "a list of addresses: [192.0.2.1, 192.0.2.2]"],
  [inEndpoint('address: "fe80::1%eth0"'), "an address without a zone: clients elsewhere cannot reach one of a link"],
  [inEndpoint("address: [2001:db8::]"), 'quotes around an IPv6 address: "2001:db8::"'],
  [inEndpoint('address: "${IP}"'), VARIABLES],
  [inEndpoint('address: "{{ ip }}"'), VARIABLES],
  [inProfile('method: weighted, monitor: "${MONITOR}"'), VARIABLES],
  [inEndpoint('profile: "$POOL"'), VARIABLES],
  [inEndpoint('address: 192.0.2.1, regions: "%REGION%"').replace("weighted", "geographic"), VARIABLES],
  ['zones: { "${ZONE}": { nameservers: ns.example.net } }', VARIABLES],
  [inTop('monitors: { "${NAME}": { protocol: http } }'), VARIABLES],
  ['zones: { t.example: { nameservers: ns.example.net, records: { www: { A: "$IP" } } } }', VARIABLES],
  ['zones: { t.example: { file: "${DIR}/t.zone" } }', VARIABLES],
  [
    inEndpoint("address: 192.0.2.1, weight: 0"),
    "1 to 1000; standby: true keeps it for when no other is up, enabled: false takes it out of use",
  ],
  [inEndpoint("address: 192.0.2.1, weight: 0.95"), SHARES],
  [inEndpoint("address: 192.0.2.1, weight: 95%"), SHARES],
  [inEndpoint("address: 192.0.2.1, weight: 12.5 %"), SHARES],
  [
    inEndpoint("address: 192.0.2.1, weight: 9500"),
    "1 to 1000: weights are relative to each other, so all may be divided by the same number",
  ],
  [inEndpoint("address: 192.0.2.1, priority: 0"), "1 to 1000: 1 is served first"],
  [inEndpoint("address: 192.0.2.1, priority: secondary"), "1 to 1000: lower is served first, such as 2"],
  [inEndpoint("address: 192.0.2.1, enabled: yes"), "true: YAML 1.2 takes other words for text"],
  [inEndpoint("address: 192.0.2.1, enabled: Disabled"), "false: YAML 1.2 takes other words for text"],
  [inEndpoint("address: 192.0.2.1, alwaysServe: on"), "true: YAML 1.2 takes other words for text"],

  [endpoints("[{ address: 192.0.2.1 }]"), "endpoints by name: { NAME: { address: 192.0.2.1 }, ... }"],
  [endpoints("{ a: 192.0.2.1 }"), "{ address: 192.0.2.1 }"],
  [endpoints('{ a: "2001:db8::1" }'), '{ address: "2001:db8::1" }'],
  [endpoints("{ a: shop.example.net }"), "{ host: shop.example.net }"],
  [endpoints("{ a: shop-munich }"), "{ use: shop-munich }"],
  [
    endpoints("{ a: { use: { address: 192.0.2.1 } } }"),
    "the name of one endpoint, which stands under endpoints at the top: endpoints: { NAME: ... }",
  ],
  [inTop("endpoints: { a: 192.0.2.1 }"), "{ address: 192.0.2.1 }"],
  [
    inTop("endpoints: { a: { host: https://a.example/ } }"),
    "the name alone: a.example; path and port belong to the monitor",
  ],
  [inTop("endpoints: [a]"), BY_NAME],
  [inTop("sites: [a]"), BY_NAME],
  [
    inEndpoint("address: 192.0.2.1, site: { location: DE }"),
    "the name of a site, which stands under sites at the top: sites: { NAME: ... }",
  ],
  [
    inEndpoint("address: 192.0.2.1, monitor: { protocol: http }"),
    "the name of a monitor, which stands under monitors at the top: monitors: { NAME: ... }",
  ],
  [inEndpoint("address: 192.0.2.1, monitor: false"), "alwaysServe: true, for an endpoint that is not to be probed"],
  [inTop("sites: { a: { labels: [kind=cloud] } }"), "a mapping: { jurisdiction: EU }"],
  [inEndpoint("address: 192.0.2.1, labels: kind:cloud"), "a mapping: { jurisdiction: EU }"],
  [inTop("listen: { control: none }"), "off, or ./none for a file of this name"],
  [inTop("state: { file: false }"), "off"],
  [inTop("state: geosteer.db"), "a mapping: { file: geosteer.db }"],
  [inTop("reload: false"), "a mapping: { watch: false }"],
  [inTop("reload: { watch: no }"), "false: YAML 1.2 takes other words for text"],
  [inTop("api: { tls: cert.pem }"), "a mapping: { certificate: FILE, key: FILE }"],
  [inTop("api: { tokens: [swordfish] }"), "the path of a file with the tokens, which are secret"],

  [inProfile("method: weighted, ttl: 60"), "a duration with its unit: 60s"],
  [
    inProfile("method: weighted, monitor: { protocol: http }"),
    "the name of a monitor, which stands under monitors at the top: monitors: { NAME: ... }",
  ],
  [inProfile("method: weighted, monitor: false"), "no monitor at all: then endpoints count as up"],
  [inProfile("method: weighted, whenAllDown: 192.0.2.9"), "{ fallback: 192.0.2.9 }"],
  [inProfile('method: weighted, whenAllDown: "2001:db8::9"'), '{ fallback: "2001:db8::9" }'],
  [inProfile("method: weighted, whenAllDown: sorry.example.net"), "{ fallback: sorry.example.net }"],
  [inProfile("method: weighted, whenAllDown: fallback"), "{ fallback: ... } with addresses or a host"],
  [inProfile("method: weighted, whenAllDown: any"), "serveAll"],
  [inProfile("method: weighted, whenAllDown: nxdomain"), "nodata: the name exists, and has no records for now"],
  [inProfile("method: weighted, whenAllDown: refuse"), "servfail"],
  [
    inProfile("method: weighted, whenAllDown: { fallback: https://sorry.example.net/ }"),
    "the name alone: sorry.example.net; path and port belong to the monitor",
  ],
  [inProfile("method: weighted, tolerance: 0.05"), "a percentage: 5%"],
  [
    inEndpoint("address: 192.0.2.1, networks: { first: 10.0.0.0, last: 10.0.0.9 }"),
    "texts: a network, 10.20.0.0/16, or a range, 10.20.0.0-10.20.3.255",
  ],
  [
    inEndpoint("address: 192.0.2.1, networks: [{ first: 10.0.0.0, last: 10.0.0.9 }]"),
    "texts: a network, 10.20.0.0/16, or a range, 10.20.0.0-10.20.3.255",
  ],
  [
    `${ZONE}profiles: { p: { names: https://p.t.example/, method: weighted, endpoints: { a: { address: 192.0.2.1 } } } }\n`,
    "the name alone: p.t.example",
  ],
  [
    `${ZONE}profiles: { p: { names: "p.t.example, q.t.example", method: weighted, endpoints: { a: { address: 192.0.2.1 } } } }\n`,
    "a list of names: [shop.example.com, www.example.com]",
  ],

  [inMonitor("protocol: ping"), "icmp"],
  [inMonitor("protocol: udp"), "dns: there are no other probes over UDP"],
  [inMonitor("protocol: ssl"), "tls: the handshake; or tcp, with tls: true"],
  [inMonitor("protocol: grpcs"), "grpc, with tls: true"],
  [inMonitor("protocol: http2"), "https, with http2: true"],
  [inMonitor("protocol: h2c"), "http, with http2: true"],
  [inMonitor("protocol: http3"), "https: there are no probes over QUIC"],
  [inMonitor("protocol: wss"), "http or https: there are no probes of WebSocket"],
  [inMonitor("protocol: redis"), "tcp, with send and expect; or exec, for a program that speaks it"],
  [inMonitor("protocol: script"), "exec"],
  [inMonitor("protocol: heartbeat"), "push: the endpoint reports"],
  [inMonitor("protocol: promql"), "prometheus"],
  [inMonitor("protocol: composite"), "no protocol, but all, any, atLeast or not, with the names of monitors"],
  [inMonitor("protocol: HTTPS"), `one of ${protocolNames.join(", ")}: did you mean https?`],
  [inMonitor("protocol: http, failures: 3"), "toleratedFailures: 2, since the next failure counts; or 3 of 10"],
  [inMonitor("protocol: http, failures: 3/10"), "3 of 10"],
  [inMonitor("protocol: http, http2: yes"), "true: YAML 1.2 takes other words for text"],
  [
    inMonitor("protocol: prometheus, expression: up, url: /metrics"),
    "path: /metrics; url is that of a Prometheus server",
  ],
  [
    inMonitor("protocol: http, path: https://a.example/healthz"),
    "the path alone: /healthz; the host is the endpoint's",
  ],
  [inMonitor("protocol: http, path: healthz"), "a slash at its front: /healthz"],
  [inMonitor("protocol: http, expectedStatus: 2xx"), "200-299"],
  [inMonitor("protocol: http, expectedStatus: [200..299]"), "200-299"],
  [inMonitor('protocol: http, expectedStatus: "200, 301"'), "a list: [200, 301]"],
  [inMonitor("protocol: http, verifyCertificate: no"), "false: YAML 1.2 takes other words for text"],
  [inMonitor('protocol: http, headers: "X-Probe: a"'), "a mapping: { X-Probe: geosteer }"],

  [inTop("listen: { dns: 53 }"), 'ADDRESS:PORT: "0.0.0.0:53", "[::]:53"'],
  [inTop('listen: { dns: ":53" }'), 'ADDRESS:PORT: "0.0.0.0:53", "[::]:53"'],
  [inTop('listen: { dns: "*:53" }'), '"0.0.0.0:53", or "[::]:53" for IPv6'],
  [inTop("listen: { dns: localhost:53 }"), '"127.0.0.1:53": an address, not a name'],
  [inTop("listen: { dns: 127.0.0.1 }"), 'with its port: "127.0.0.1:53"'],
  [inTop('listen: { dns: "::" }'), 'in brackets, with its port: "[::]:53"'],
  [inTop("listen: { http: 8053 }"), 'ADDRESS:PORT: "127.0.0.1:8053", or off'],
  [inTop("listen: { http: false }"), "off"],
  [inTop("listen: 0.0.0.0:53"), 'a mapping: { dns: "0.0.0.0:53" }'],
  [inTop("log: debug"), "a mapping: { level: debug }"],
  [inTop("log: { level: trace }"), "debug"],
  [inTop("geoip: country.mmdb"), "a mapping: { databases: FILE }"],
  [inTop("monitors: [{ protocol: http }]"), BY_NAME],
  ["zones: [t.example]\n", BY_NAME],
  ["zones: { t.example: t.zone }\n", "a mapping: { file: t.zone }, or the zone's keys"],
  [
    "zones: { t.example: { nameservers: ns.example.net, contact: hostmaster.t.example. } }\n",
    "a mailbox: hostmaster@t.example",
  ],
  [
    "zones: { t.example: { nameservers: ns.example.net, records: [www A 192.0.2.1] } }\n",
    "a mapping: { www: { A: 192.0.2.1 }, ... }; a master file is read by file",
  ],
  [
    "zones: { t.example: { nameservers: ns.example.net, records: { www: 192.0.2.1 } } }\n",
    "with its type: { A: 192.0.2.1 }",
  ],
];

test.for(rows)("%s", ([text, wanted]) => {
  const lines = diagnose(text).filter((line) => !line.includes(" no zone, "));
  expect(lines).toHaveLength(1);
  expect(lines[0]!.split(", wanted ")[1]).toBe(wanted);
});

test("a name ends in a dot or not", () => {
  expect(diagnose(inProfile("method: weighted").replace("p.t.example", "p.t.example."))).toEqual([]);
});

test("of values of headers nothing is told", () => {
  const lines = diagnose(inMonitor('protocol: http, headers: { X-Key: { "abc:": ~ }, X-Other: 5 }'));
  expect(lines.map((line) => line.split(" ").slice(1).join(" "))).toEqual([
    "monitors.web.headers.X-Key: wrong type, found a mapping, wanted text",
    'monitors.web.headers.X-Other: wrong type, found a text that is not shown, wanted text, as text: "5"',
  ]);
});
