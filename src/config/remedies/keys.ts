/**
 * Keys that other DNS servers and services have, and what is written for them here. From the words of Azure Traffic
 * Manager, Amazon Route 53, gdnsd, PowerDNS, BIND, Knot DNS, NS1, Cloudflare and Kubernetes.
 */
import { knownKeys } from "../key-table.ts";
import type { Path } from "../path.ts";
import { matchesPath } from "./path-pattern.ts";

/** In lower case without `-` and `_`, spaces between; what is wanted instead; the key that is meant, which then is not missing. */
type Row = readonly [keys: string, wanted: string, means?: string];

const OF_MONITOR =
  "a monitor's key: monitors: { NAME: { protocol: https, path: /healthz } }, and monitor: NAME in the profile";
const OF_ENDPOINT = "it on the endpoints of the profile";

const TAGS = "tags tag label metadata annotations meta attributes";
const LABELS = "labels: { jurisdiction: EU }";

/** On any endpoint, of a profile or at the top level. */
const OF_ENDPOINTS: readonly Row[] = [
  ["healthcheck healthcheckid check health", "monitor: the name of one of the monitors", "monitor"],
  [
    "ip ips ipv4 ipv6 a aaaa addresses value target targetip server addr addrsv4 addrsv6 origin",
    "address: the endpoint's IPv4 and IPv6 addresses",
    "address",
  ],
  [
    "cname alias hostname fqdn dns dnsname aliastarget domain targethost targetresourceid",
    "host: a host name, answered as CNAME",
    "host",
  ],
  ["url uri", "host: the host's name alone; path and port belong to the monitor", "host"],
  ["datacenter datacentre dc pop colo availabilityzone", "site: the name of one of the sites", "site"],
  [TAGS, LABELS, "labels"],
  ["kind provider jurisdiction", "labels: { KEY: VALUE }: it is a label"],
  ["customheaders header requestheaders", "headers: { Host: NAME }", "headers"],
  ["vhost hostheader sni", "headers: { Host: NAME }, which sets the TLS server name too"],
  ["endpointlocation coordinates latlon lat latitude lon lng longitude", "location: DE, or [50.1, 8.7]", "location"],
  ["status endpointstatus disabled active state", "enabled: true or false", "enabled"],
  ["failover order rank evaluatetargethealth", "method: priority in the profile, with the endpoints in their order"],
  [
    "backup secondary spare reserve lastresort",
    "method: priority in the profile, with the endpoints in their order; or standby: true on this one",
  ],
  ["minchildendpoints minhealthyendpoints", "minHealthy: 1", "minHealthy"],
  ["minchildendpointsipv4", "minHealthyIPv4: 1", "minHealthyIPv4"],
  ["minchildendpointsipv6", "minHealthyIPv6: 1", "minHealthyIPv6"],
  ["pool group nested child", "profile: the name of the profile to nest", "profile"],
  ["port path protocol interval timeout", `${OF_MONITOR}; DNS tells clients no port`],
  ["ttl names name method whenalldown", "it in the profile: it holds for all its endpoints"],
];

/** By the mapping that the keys stand in. */
const rowsAt: Readonly<Record<string, readonly Row[]>> = {
  "**": [["<<", "the keys written out: YAML 1.2 has no merge keys; &name and *name stand for whole values"]],
  "": [
    ["zone domain domains", "zones: { NAME: { nameservers: [NAME, NAME] } }", "zones"],
    [
      "records resources services pools policies plugins",
      "names that are steered under profiles, others in the records of a zone",
    ],
    [
      "monitor healthchecks checks probes servicetypes",
      "monitors: { NAME: { protocol: https, path: /healthz } }",
      "monitors",
    ],
    ["options server bind port interface address", 'listen: { dns: ["0.0.0.0:53", "[::]:53"] }'],
    ["loglevel logging loglevels debug verbose", "log: { level: debug }", "log"],
    ["databases geo mmdb geoipdatabasefiles mapping", "geoip: { databases: FILE }", "geoip"],
    [
      "templates template anchors defaults",
      "endpoints: { NAME: { address: 192.0.2.1 } }, and { use: NAME } in a profile",
    ],
    [
      "datacenters datacentres datacenter locations regions pops",
      "sites: { NAME: { location: DE } }, and site: NAME on the endpoints there",
      "sites",
    ],
    ["database store storage persistence", "state: { file: FILE }", "state"],
    ["control socket controlsocket admin", "listen: { control: PATH }"],
    ["tls certificate certificates", "api: { tls: { certificate: FILE, key: FILE } }"],
    ["tokens token auth authentication users", "api: { tokens: FILE }"],
    ["watch autoreload hotreload", "reload: { watch: true }", "reload"],
    ["http metrics prometheus", "listen: { http: 127.0.0.1:8053 }"],
  ],
  listen: [
    ["port address addresses tcpudp ip", 'dns: ["0.0.0.0:53", "[::]:53"]', "dns"],
    ["tls dot doh https quic", "none of it: DNS is served over UDP and TCP alone"],
    ["socket unix controlsocket admin", "control: the path of a Unix socket", "control"],
  ],
  geoip: [["database file files path country city mmdb", "databases: FILE", "databases"]],
  api: [
    ["token tokenfile tokensfile auth bearer", "tokens: FILE", "tokens"],
    ["certificate cert certfile key keyfile https ssl", "tls: { certificate: FILE, key: FILE }"],
    ["port listen bind address", "listen: { http: 127.0.0.1:8053 } at the top"],
    ["socket control", "listen: { control: PATH } at the top"],
  ],
  "api.tls": [
    ["cert certs certfile crt chain fullchain pem", "certificate: FILE", "certificate"],
    ["keyfile privatekey", "key: FILE", "key"],
  ],
  state: [
    ["path db database dir folder directory", "file: FILE", "file"],
    ["retention keepfor days", "keep: 90d", "keep"],
    ["maxsize limit", "size: 256MiB", "size"],
  ],
  "zones.*": [
    ["ns nameserver nsrecords", "nameservers: [NAME, NAME]", "nameservers"],
    ["email admin hostmaster rname mailbox", "contact: hostmaster@example.com", "contact"],
    ["serial refresh retry expire minimum negativettl", "it below soa: { serial: 2026010100, refresh: 2h, ... }"],
    [
      "type masters primaries allowtransfer notify alsonotify slave",
      "none of it: each server reads its own files, and zones are not transferred",
    ],
    ["dnssec keys dnssecpolicy signing", "none of it: zones are unsigned"],
  ],
  "monitors.*": [
    ["kind scheme checktype", "protocol: https, or another protocol", "protocol"],
    [
      "uri urlpath resourcepath target endpoint",
      "path: /healthz; what is probed are the endpoints, at the monitor's port",
      "path",
    ],
    [
      "host hostname hostheader vhost fullyqualifieddomainname",
      "headers: { Host: NAME }, which sets the TLS server name too",
    ],
    [
      "sni tlsservername tlshostname checksni",
      "serverName: NAME; headers: { Host: NAME } sets it too, with protocol: https",
      "serverName",
    ],
    [
      "status statuscode statuscodes expectedcodes expectedstatuscoderanges expectedstatuscodes okcodes httpstatus codes",
      "expectedStatus: 200-299",
      "expectedStatus",
    ],
    [
      "intervalinseconds requestinterval period periodseconds checkinterval frequency every",
      "interval: 30s",
      "interval",
    ],
    ["fastinter downinter retryinterval unhealthyinterval", "fastInterval: 5s", "fastInterval"],
    ["timeoutinseconds timeoutseconds timeouts", "timeout: 10s", "timeout"],
    ["toleratednumberoffailures retries maxfailures", "toleratedFailures: 3", "toleratedFailures"],
    [
      "failurethreshold unhealthythreshold fall downthresh consecutivefailures consecutivedown",
      "toleratedFailures: one less than that, since the next failure counts",
      "toleratedFailures",
    ],
    [
      "successthreshold healthythreshold rise upthresh consecutivesuccesses consecutiveup",
      "recoverAfter: 2",
      "recoverAfter",
    ],
    ["flapping flapdetection flapdamping dampening", "damping: { window: 10m, max: 30m }", "damping"],
    ["slowstart slowstartduration warmup rampuptime", "rampUp: 5m", "rampUp"],
    ["preempt nofailback failbackdelay failbackmode", "failback: auto, manual or after 10m", "failback"],
    ["holdtime holddown minhold minimumhold", "hold: 1m", "hold"],
    ["monitors members checks children quorum", "all: [NAME, NAME], or atLeast: 2 with of: [NAME, NAME, NAME]"],
    [
      "verify verifytls verifyssl tlsverify sslverify insecure insecureskipverify allowinsecure tlsskipverify skipverify skiptlsverify tlsinsecure",
      "verifyCertificate: true, or nothing: certificates are not verified by default",
      "verifyCertificate",
    ],
    [
      "ssl https enablesni usetls usessl tlsenabled",
      "tls: true with protocol tcp or grpc; else protocol: https",
      "tls",
    ],
    ["starttls", "none: TLS begins at once; a program may do more, with protocol: exec"],
    ["cacert cacerts cafile cacertificate cabundle rootca trustedca tlsca truststore", "ca: FILE", "ca"],
    [
      "cert certfile certificate clientcert clientcertfile tlscert tlsclientcert",
      "clientCertificate: FILE, and clientKey: FILE",
      "clientCertificate",
    ],
    ["key keyfile privatekey clientkeyfile tlskey tlsclientkey", "clientKey: FILE", "clientKey"],
    [
      "expiry certexpiry certificateexpiry daysleft expirydays mindaysvalid warndays certwarndays",
      "minDaysLeft: 14",
      "minDaysLeft",
    ],
    [
      "proxy sendproxy sendproxyv2 checksendproxy proxyv2 proxyprotocolv2 haproxyprotocol",
      "proxyProtocol: true",
      "proxyProtocol",
    ],
    ["h2 httpversion enablehttp2 usehttp2 http2only alpn", "http2: true", "http2"],
    ["redirect redirects followredirect maxredirects allowredirects", "followRedirects: true", "followRedirects"],
    ["httpmethod verb requestmethod", "method: GET, HEAD or POST", "method"],
    ["requestbody postdata postbody", "body: TEXT, with method: POST", "body"],
    [
      "search searchstring expectedbody responsebody response match bodycontains expectbody",
      "contains: TEXT, or matches: a regular expression",
      "contains",
    ],
    ["regex regexp pattern bodyregex bodymatches", "matches: a regular expression", "matches"],
    ["jsonpath jsonquery jq", 'json: { path: "$.status", equals: ok }', "json"],
    [
      "auth basicauth bearertoken bearer token username user password credentials",
      "authorization: { user: NAME, file: FILE }; a token has no user",
      "authorization",
    ],
    ["payload senddata sendstring sendtext request input", 'send: "PING\\r\\n", with protocol: tcp', "send"],
    ["receive recv expectdata expectstring expected banner", "expect: TEXT", "expect"],
    ["grpcservice grpcservicename servicename grpchealthservice", "service: NAME, with protocol: grpc", "service"],
    ["grpc grpchealthcheck", "protocol: grpc, with service: NAME"],
    ["qname queryname dnsname name domain record", "query: NAME, with protocol: dns", "query"],
    ["qtype querytype recordtype rrtype dnstype", "type: A, with protocol: dns", "type"],
    ["rcode rcodes validrcodes responsecode", "expectedRcode: NOERROR", "expectedRcode"],
    ["tcponly usetcp usevc", "transport: tcp, with protocol: dns", "transport"],
    ["serial soaserial minserial", "notOlderThan: SERVER, with type: SOA", "notOlderThan"],
    ["script program cmd exec args arguments", "command: [/path/of/program, argument], with protocol: exec", "command"],
    ["promql expr promquery", "expression: up, with protocol: prometheus", "expression"],
    ["threshold thresholds greaterthan lessthan", "above: or below: a number, with protocol: prometheus"],
    ["ttl grace heartbeat maxage", "validFor: 90s, with protocol: push", "validFor"],
    ["icmp ping", "protocol: icmp", "protocol"],
  ],
  "profiles.*": [
    ["fallback default fallbackpool returnto", "whenAllDown: { fallback: ... }", "whenAllDown"],
    [
      "trafficroutingmethod routingmethod routingpolicy routing policy steeringpolicy algorithm strategy mode type lbmethod",
      "method: priority, weighted, performance, geographic, multivalue or subnet",
      "method",
    ],
    [
      "name domain domains hostname hostnames host hosts fqdn fqdns relativename records recordname",
      "names: [shop.example.com]",
      "names",
    ],
    [
      "targets pool pools members backends servers origins answers nodes datacenters addresses address",
      "endpoints: { NAME: { address: 192.0.2.1 } }",
      "endpoints",
    ],
    [
      "healthcheck healthchecks healthcheckid check checks probe probes health monitorconfig servicetypes",
      "monitor: the name of one of the monitors",
      "monitor",
    ],
    ["path port protocol interval timeout expectedstatus toleratedfailures recoverafter headers", OF_MONITOR],
    ["weight weights priority location regions networks asns bias standby trickle minhealthy", OF_ENDPOINT],
    ["maxreturn count", "maxAnswers: 2, with method: multivalue", "maxAnswers"],
    ["stickiness stickysession persistence affinity sessionaffinity", "sticky: client", "sticky"],
    ["rotation rotate rrsetorder shuffle", "order: rotate, or fixed", "order"],
    ["alwaysserve", OF_ENDPOINT],
  ],
  "profiles.*.endpoints.*": [
    [
      "template templates ref $ref reference extends inherit inherits include from like endpoint",
      "use: the name of an endpoint at the top level",
      "use",
    ],
    ...OF_ENDPOINTS,
    [
      "geo geomapping geolocation country countries continent region geography subdivision",
      "regions: [DE, GEO-EU, WORLD] for whose clients it is; where it is: location, or site",
      "regions",
    ],
    ["subnet subnets cidr cidrs network net ecs cidrcollection", "networks: [10.20.0.0/16]", "networks"],
    ["ranges range iprange ipranges", "networks: [10.0.0.0-10.0.3.255]", "networks"],
    ["asn as autonomoussystem autonomoussystems", "asns: [64500]", "asns"],
    ["geoproximitybias proximitybias", "bias: -99 to 99", "bias"],
    ["ratio percent percentage share setidentifier", "weight: a whole number, relative to the other weights", "weight"],
  ],
  "endpoints.*": [
    [
      "use template ref $ref extends inherit include",
      "its keys themselves: an endpoint at the top level uses no other",
    ],
    [
      "weight priority regions networks asns bias standby trickle",
      "it where the endpoint is used: { use: NAME, ... } in a profile",
    ],
    ...OF_ENDPOINTS,
  ],
  "sites.*": [
    [
      "coordinates latlon lat latitude lon lng longitude geo country region place endpointlocation",
      "location: DE, or [50.1, 8.7]",
      "location",
    ],
    [TAGS, LABELS, "labels"],
    ["kind type provider jurisdiction cloud", "labels: { KEY: VALUE }: it is a label"],
    ["endpoints members targets hosts addresses", "site: NAME on each endpoint that is there"],
  ],
};

const remedies = Object.entries(rowsAt).flatMap(([at, rows]) =>
  rows.map(([keys, wanted, means]) => ({ at, keys: keys.split(" "), wanted, means })),
);

interface KeyRemedy {
  readonly wanted: string;
  readonly means?: string | undefined;
}

/** What is wanted in place of an unknown key; undefined = nobody is known to write it. */
export function keyRemedy(path: Path): KeyRemedy | undefined {
  const written = String(path.at(-1));
  const key = written.toLowerCase().replaceAll(/[-_]/g, "");
  const around = path.slice(0, -1);
  return remedies.find(({ at, keys }) => keys.includes(key) && matchesPath(at, around)) ?? glued(written, around);
}

/** `method:performance`, which YAML takes for a key. */
function glued(key: string, around: Path): KeyRemedy | undefined {
  const means = /^([A-Za-z]\w*):[^\s:/]/.exec(key)?.[1];
  if (means === undefined || !knownKeys(around).includes(means)) return undefined;
  return { wanted: `a space after the colon: "${means}: ..."`, means };
}
