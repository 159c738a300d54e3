/**
 * Values that operators write from habit, and what is written for them here. From the words of Azure Traffic Manager,
 * Amazon Route 53, gdnsd, PowerDNS, BIND, and from YAML 1.1 and templates.
 */
import type { Path } from "../path.ts";
import { isSecret } from "../secret-paths.ts";
import { matchesPath } from "./path-pattern.ts";

interface ValueRemedy {
  readonly at: readonly string[];
  /** Of the value as text: `[` is a list, `{` a mapping, `{a:` one with a single key and no value. */
  readonly written: RegExp;
  readonly wanted: string | ((match: RegExpExecArray) => string);
}

const METHOD = ["profiles.*.method"];
/** An endpoint of a profile, and one at the top level. */
const ENDPOINTS = ["profiles.*.endpoints.*", "endpoints.*"];
const TARGETS = [...ENDPOINTS.map((endpoint) => `${endpoint}.host`), "profiles.*.whenAllDown.fallback"];
const ADDRESS = ENDPOINTS.map((endpoint) => `${endpoint}.address`);
const MONITOR = ["profiles.*.monitor", ...ENDPOINTS.map((endpoint) => `${endpoint}.monitor`)];
const SITE = ENDPOINTS.map((endpoint) => `${endpoint}.site`);
const LABELS = ["sites.*.labels", ...ENDPOINTS.map((endpoint) => `${endpoint}.labels`)];
const HEADERS = ["monitors.*.headers", ...ENDPOINTS.map((endpoint) => `${endpoint}.headers`)];
const ASNS = ["profiles.*.endpoints.*.asns"];
const WEIGHT = ["profiles.*.endpoints.*.weight"];
const FLAGS = "enabled ecs alwaysServe standby verifyCertificate whoami watch tls proxyProtocol http2 followRedirects"
  .split(" ")
  .map((key) => `**.${key}`);
const PROTOCOL = ["monitors.*.protocol"];
const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;

const valueRemedies: readonly ValueRemedy[] = [
  // An address that ends in :: in a flow list is a mapping for YAML.
  {
    at: ["**"],
    written: /^\{([\da-f:]*:[\da-f]*:)$/i,
    wanted: ([, text]) => `quotes around an IPv6 address: "${text}"`,
  },

  {
    at: METHOD,
    written: /^(latency|nearest|closest|proximity|geo-?proximity|distance|rtt|fastest|speed|perf)$/i,
    wanted: "performance: the nearest endpoint",
  },
  {
    at: METHOD,
    written:
      /^(fail-?over|active-?(passive|backup|standby)|primary(-backup)?|backup|ordered|order|first|pickfirst|standby)$/i,
    wanted: "priority: the first endpoint that is up",
  },
  {
    at: METHOD,
    written:
      /^(geo|geo-?ip|geo-?location|country|continent|location|regions?|regional|geography|geographical|topology|metafo)$/i,
    wanted: "geographic: by the client's region; or performance: the nearest endpoint",
  },
  {
    at: METHOD,
    written:
      /^(round-?robin|rr|random|pickrandom|pickrr|static|simple|equal|default|ratio|weights?|weighted-?round-?robin|wrr|wrandom|pickwrandom|ab-?test|canary|percentage)$/i,
    wanted: "weighted: by weights, which are all 1 by default",
  },
  {
    at: METHOD,
    written: /^(multi-?value(-?answer)?|multi|multifo|all|ifportup|ifurlup)$/i,
    wanted: "multivalue: those that are up, as many together as maxAnswers says",
  },
  {
    at: METHOD,
    written: /^(subnet|network|cidr|ip|ip-?based|client-?subnet|netmask|view|views|edns.*)$/i,
    wanted: "subnet: by the client's network; endpoints of geographic and performance may have networks too",
  },
  {
    at: METHOD,
    written:
      /^(hash|consistent-?hash|rendezvous|pickhashed|pickchashed|pickwhashed|sticky|source|persistence|affinity)$/i,
    wanted: "weighted, with sticky: client",
  },
  {
    at: METHOD,
    written: /^(least-?(conn|connections?|load|latency)|load|feedback|adaptive|cost|dynamic|random-two)$/i,
    wanted: "priority, weighted, performance, geographic, multivalue or subnet: there is no such method yet",
  },
  { at: METHOD, written: /^nested$/i, wanted: "any method: an endpoint with profile: NAME nests another profile" },

  {
    at: TARGETS,
    written: /^[a-z][a-z0-9+.-]*:\/\/([^/:?#@]+)/i,
    wanted: ([, host]) => `the name alone: ${host}; path and port belong to the monitor`,
  },
  {
    at: TARGETS,
    written: /^([A-Za-z][\w.-]*):\d+$/,
    wanted: ([, host]) => `the name alone: ${host}; a port belongs to the monitor, or to probe`,
  },
  {
    at: TARGETS,
    written: /^([A-Za-z][\w.-]*)\//,
    wanted: ([, host]) => `the name alone: ${host}; a path belongs to the monitor`,
  },
  {
    at: ADDRESS,
    written: /^[a-z][a-z0-9+.-]*:\/\//i,
    wanted: "an address alone; a name belongs under host, path and port to the monitor",
  },
  {
    at: ADDRESS,
    written: /^(\d+\.\d+\.\d+\.\d+|\[[\da-f:.]+\]):\d+$/i,
    wanted: ([, address]) =>
      `the address alone: ${address!.replaceAll(/[[\]]/g, "")}; a port belongs to the monitor, or to probe`,
  },
  { at: ADDRESS, written: /^\[[\da-f:.]+\]$/i, wanted: "the address without brackets, in quotes" },
  {
    at: ADDRESS,
    written: /^[\da-f:.]+\/\d+$/i,
    wanted: "single addresses; the networks of clients belong under networks",
  },
  {
    at: ADDRESS,
    written: /^[\d.]+\s*[-,;]\s*[\d.]+|^[\d.]+(\s+[\d.]+)+$/,
    wanted: "a list of addresses: [192.0.2.1, 192.0.2.2]",
  },
  {
    at: ["**"],
    written: /^[\da-f:.]+%\w+$/i,
    wanted: "an address without a zone: clients elsewhere cannot reach one of a link",
  },

  { at: ASNS, written: /^AS ?(\d+)$/i, wanted: ([, number]) => `the number alone: ${number}` },
  {
    at: ASNS,
    written: /^(?:AS)?\d+\.\d+$/i,
    wanted: "a number without a dot (RFC 5396: asplain): the first × 65536 + the second",
  },

  {
    at: WEIGHT,
    written: /^0$/,
    wanted: "1 to 1000; standby: true keeps it for when no other is up, enabled: false takes it out of use",
  },
  {
    at: WEIGHT,
    written: /^\d*\.\d+$|^\d+(\.\d+)?\s*%$/,
    wanted: "a whole number: weights are relative to each other, so 95 % and 5 % are 95 and 5, or 19 and 1",
  },
  {
    at: WEIGHT,
    written: /^\d{4,}$/,
    wanted: "1 to 1000: weights are relative to each other, so all may be divided by the same number",
  },
  { at: ["profiles.*.endpoints.*.priority"], written: /^0$/, wanted: "1 to 1000: 1 is served first" },
  {
    at: ["profiles.*.endpoints.*.priority"],
    written: /^(primary|main|first)$/i,
    wanted: "1 to 1000: 1 is served first",
  },
  {
    at: ["profiles.*.endpoints.*.priority"],
    written: /^(secondary|backup|second)$/i,
    wanted: "1 to 1000: lower is served first, such as 2",
  },

  {
    at: ["profiles.*.whenAllDown"],
    written: /^(?:\d+\.\d+\.\d+\.\d+|[\da-f]*:[\da-f:]+|[\w-]+(?:\.[\w-]+)+)$/i,
    wanted: ([text]) => `{ fallback: ${text.includes(":") ? `"${text}"` : text} }`,
  },
  {
    at: ["profiles.*.whenAllDown"],
    written: /^(all|any|serve|serve-?any|fail-?open|lastresort)$/i,
    wanted: "serveAll",
  },
  {
    at: ["profiles.*.whenAllDown"],
    written: /^(none|empty|no-?answer|nxdomain|fail-?closed|no)$/i,
    wanted: "nodata: the name exists, and has no records for now",
  },
  { at: ["profiles.*.whenAllDown"], written: /^(refused?|drop|error|fail)$/i, wanted: "servfail" },
  { at: ["profiles.*.whenAllDown"], written: /^fallback$/i, wanted: "{ fallback: ... } with addresses or a host" },
  {
    at: MONITOR,
    written: /^\{/,
    wanted: "the name of a monitor, which stands under monitors at the top: monitors: { NAME: ... }",
  },
  {
    at: ["profiles.*.monitor"],
    written: /^false$/,
    wanted: "no monitor at all: then endpoints count as up",
  },
  {
    at: ["profiles.*.names", "zones.*.nameservers"],
    written: /^[a-z][a-z0-9+.-]*:\/\/([^/:?#@]+)/i,
    wanted: ([, host]) => `the name alone: ${host}`,
  },
  { at: ["profiles.*.names"], written: /[,;\s]/, wanted: "a list of names: [shop.example.com, www.example.com]" },
  {
    at: ENDPOINTS.map((endpoint) => `${endpoint}.monitor`),
    written: /^false$/,
    wanted: "alwaysServe: true, for an endpoint that is not to be probed",
  },
  { at: SITE, written: /^\{/, wanted: "the name of a site, which stands under sites at the top: sites: { NAME: ... }" },
  {
    at: ["profiles.*.endpoints.*.use"],
    written: /^[[{]/,
    wanted: "the name of one endpoint, which stands under endpoints at the top: endpoints: { NAME: ... }",
  },
  { at: LABELS, written: /^\[|^[\w./-]+[=:]/, wanted: "a mapping: { jurisdiction: EU }" },
  { at: ["profiles.*.endpoints"], written: /^\[/, wanted: "endpoints by name: { NAME: { address: 192.0.2.1 }, ... }" },
  { at: ENDPOINTS, written: IPV4, wanted: ([address]) => `{ address: ${address} }` },
  {
    at: ENDPOINTS,
    written: /^[\da-f]*:[\da-f:.]*$/i,
    wanted: ([address]) => `{ address: "${address}" }`,
  },
  { at: ENDPOINTS, written: /^[\w-]+(\.[\w-]+)+\.?$/, wanted: ([host]) => `{ host: ${host} }` },
  { at: ["profiles.*.endpoints.*"], written: /^[A-Za-z][\w-]*$/, wanted: ([name]) => `{ use: ${name} }` },
  {
    at: ["profiles.*.endpoints.*.networks", "profiles.*.endpoints.*.networks.*"],
    written: /^\{/,
    wanted: "texts: a network, 10.20.0.0/16, or a range, 10.20.0.0-10.20.3.255",
  },
  { at: ["profiles.*.ttl", "profiles.*.negativeTtl"], written: /^0$/, wanted: "a duration with its unit: 0s" },
  { at: ["profiles.*.ttl"], written: /^\d+$/, wanted: ([number]) => `a duration with its unit: ${number}s` },
  {
    at: ["profiles.*.ttl"],
    written: /^(\d+[smhd]) ?(?:-|–|to|\.\.) ?(\d+[smhd])$/,
    wanted: ([, min, max]) => `{ max: ${max}, min: ${min} }`,
  },
  {
    at: ["profiles.*.tolerance", "profiles.*.endpoints.*.trickle"],
    written: /^0?\.(\d{1,2})$/,
    wanted: ([, digits]) => `a percentage: ${Number(digits!.padEnd(2, "0"))}%`,
  },

  { at: PROTOCOL, written: /^(ping6?|icmpv?[46]|echo)$/i, wanted: "icmp" },
  { at: PROTOCOL, written: /^udp$/i, wanted: "dns: there are no other probes over UDP" },
  { at: PROTOCOL, written: /^(ssl|tcps|tcp[+-]?(?:tls|ssl))$/i, wanted: "tls: the handshake; or tcp, with tls: true" },
  { at: PROTOCOL, written: /^(grpcs|grpc[+-]?(?:tls|ssl))$/i, wanted: "grpc, with tls: true" },
  { at: PROTOCOL, written: /^(h2|https?2|http\/2)$/i, wanted: "https, with http2: true" },
  { at: PROTOCOL, written: /^h2c$/i, wanted: "http, with http2: true" },
  { at: PROTOCOL, written: /^(h3|http3|http\/3|quic|doq|doh3)$/i, wanted: "https: there are no probes over QUIC" },
  { at: PROTOCOL, written: /^wss?$/i, wanted: "http or https: there are no probes of WebSocket" },
  {
    at: PROTOCOL,
    written:
      /^(smtps?|imaps?|pop3s?|ldaps?|mysql|mariadb|postgres(ql)?|pgsql|redis|mongodb|ftp|ssh|sip|mqtt|ntp|ajp)$/i,
    wanted: "tcp, with send and expect; or exec, for a program that speaks it",
  },
  { at: PROTOCOL, written: /^(script|extmon|external|program|command|shell|check_\w+)$/i, wanted: "exec" },
  { at: PROTOCOL, written: /^(extfile|passive|heartbeat|report|agent|ttl)$/i, wanted: "push: the endpoint reports" },
  { at: PROTOCOL, written: /^(prom|promql|metrics?)$/i, wanted: "prometheus" },
  {
    at: PROTOCOL,
    written: /^(all|any|and|or|not|composite|calculated|aggregate)$/i,
    wanted: "no protocol, but all, any, atLeast or not, with the names of monitors",
  },
  {
    at: ["monitors.*.type"],
    written: /^(https?|tcp|tls|dns|grpc|icmp|exec|push|prometheus)$/i,
    wanted: ([word]) => `protocol: ${word.toLowerCase()}; type is what a dns monitor asks for`,
  },
  {
    at: ["monitors.*.failures"],
    written: /^[1-9]\d?$/,
    wanted: ([count]) => `toleratedFailures: ${Number(count) - 1}, since the next failure counts; or ${count} of 10`,
  },
  {
    at: ["monitors.*.failures"],
    written: /^(\d+)\s*(?:\/|in|out of)\s*(\d+)$/i,
    wanted: ([, failures, of]) => `${failures} of ${of}`,
  },
  {
    at: ["monitors.*.url"],
    written: /^\/\S*$/,
    wanted: ([path]) => `path: ${path}; url is that of a Prometheus server`,
  },
  {
    at: ["monitors.*.path"],
    written: /^[a-z][a-z0-9+.-]*:\/\/[^/]+(\/\S*)?$/i,
    wanted: ([, path = "/"]) => `the path alone: ${path}; the host is the endpoint's`,
  },
  { at: ["monitors.*.path"], written: /^[\w.~-][\w.~/-]*$/, wanted: ([path]) => `a slash at its front: /${path}` },
  { at: ["monitors.*.expectedStatus"], written: /^([2-5])xx$/i, wanted: ([, digit]) => `${digit}00-${digit}99` },
  {
    at: ["monitors.*.expectedStatus"],
    written: /^([2-5]\d\d)\s*(?:\.\.|–|to|:|\/)\s*([2-5]\d\d)$/,
    wanted: ([, low, high]) => `${low}-${high}`,
  },
  {
    at: ["monitors.*.expectedStatus"],
    written: /^\d{3}(\s*[,|; ]\s*\d{3})+$/,
    wanted: ([codes]) => `a list: [${codes.split(/[^\d]+/).join(", ")}]`,
  },
  { at: HEADERS, written: /^\[|^[\w-]+:/, wanted: "a mapping: { X-Probe: geosteer }" },

  { at: FLAGS, written: /^(yes|y|on|enabled?|active|1)$/i, wanted: "true: YAML 1.2 takes other words for text" },
  { at: FLAGS, written: /^(no|n|off|disabled?|inactive|0)$/i, wanted: "false: YAML 1.2 takes other words for text" },
  { at: ["listen.dns"], written: /^:?(\d+)$/, wanted: ([, port]) => `ADDRESS:PORT: "0.0.0.0:${port}", "[::]:${port}"` },
  {
    at: ["listen.dns", "listen.http"],
    written: /^\*:(\d+)$/,
    wanted: ([, port]) => `"0.0.0.0:${port}", or "[::]:${port}" for IPv6`,
  },
  {
    at: ["listen.dns", "listen.http"],
    written: /^localhost:(\d+)$/i,
    wanted: ([, port]) => `"127.0.0.1:${port}": an address, not a name`,
  },
  { at: ["listen.dns"], written: IPV4, wanted: ([address]) => `with its port: "${address}:53"` },
  {
    at: ["listen.dns"],
    written: /^([\da-f]*:[\da-f:]*:[\da-f:.]*)$/i,
    wanted: ([address]) => `in brackets, with its port: "[${address}]:53"`,
  },
  { at: ["listen.http"], written: /^:?(\d+)$/, wanted: ([, port]) => `ADDRESS:PORT: "127.0.0.1:${port}", or off` },
  { at: ["listen.http"], written: /^(false|none|no|disabled)$/i, wanted: "off" },
  { at: ["listen.control", "state.file"], written: /^false$/, wanted: "off" },
  { at: ["state"], written: /^[\w./-]+$/, wanted: ([file]) => `a mapping: { file: ${file} }` },
  { at: ["reload"], written: /^(true|false)$/, wanted: ([word]) => `a mapping: { watch: ${word} }` },
  { at: ["api.tls"], written: /^[\w./-]+$/, wanted: "a mapping: { certificate: FILE, key: FILE }" },
  { at: ["api.tokens"], written: /^[[{]/, wanted: "the path of a file with the tokens, which are secret" },
  { at: ["listen"], written: /^[\d\].:[]+$/, wanted: 'a mapping: { dns: "0.0.0.0:53" }' },
  { at: ["log"], written: /^[a-z]+$/i, wanted: ([level]) => `a mapping: { level: ${level} }` },
  { at: ["log.level"], written: /^(trace|verbose|all)$/i, wanted: "debug" },
  {
    at: ["log.level"],
    written: /^(notice|critical|fatal|err|off|none|silent)$/i,
    wanted: "error, warn, info or debug",
  },
  { at: ["geoip"], written: /^[\w./:@-]+$|^\[/, wanted: "a mapping: { databases: FILE }" },
  {
    at: ["zones", "profiles", "monitors", "sites", "endpoints"],
    written: /^\[/,
    wanted: "a mapping by name: { NAME: { ... }, ... }",
  },
  { at: ["zones.*"], written: /^[\w./-]+$/, wanted: ([file]) => `a mapping: { file: ${file} }, or the zone's keys` },
  {
    at: ["zones.*.records"],
    written: /^\[/,
    wanted: "a mapping: { www: { A: 192.0.2.1 }, ... }; a master file is read by file",
  },
  {
    at: ["zones.*.records.*"],
    written: /^(\d+\.\d+\.\d+\.\d+)$/,
    wanted: ([address]) => `with its type: { A: ${address} }`,
  },
  {
    at: ["zones.*.contact"],
    written: /^([\w-]+)\.([\w-]+(?:\.[\w-]+)+)\.?$/,
    wanted: ([, local, domain]) => `a mailbox: ${local}@${domain}`,
  },
  {
    at: ["**"],
    written: /^(method|names|address|host|regions|weight|monitor|profile|ttl|priority|location):[^\s:/]/,
    wanted: ([, key]) => `a space after the colon: "${key}: ..."`,
  },
];

/** What is wanted in place of a value that is refused; undefined = nobody is known to write it. */
export function valueRemedy(path: Path, value: unknown): string | undefined {
  const text = textOf(value);
  // A longer text is a mistake of another kind, and of headers, which may be secrets, nothing is told.
  if (text === undefined || text.length > 256 || isSecret(path)) return undefined;
  for (const { at, written, wanted } of valueRemedies) {
    if (!at.some((pattern) => matchesPath(pattern, path))) continue;
    const match = written.exec(text);
    if (match !== null) return typeof wanted === "string" ? wanted : wanted(match);
  }
  return undefined;
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return "[";
  if (typeof value !== "object") return `${value as string | number | boolean}`;
  const [[key, inner] = [], ...others] = Object.entries(value);
  return key !== undefined && inner === null && others.length === 0 ? `{${key}:` : "{";
}
