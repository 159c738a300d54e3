/** A zone with every kind of name, and what resolvers make of it. dig's text is a second opinion on each type's data. */
import type { Scene } from "./scene/scene.ts";

/** `name` is relative to gtm.example.com; `answer`: as a set of `TYPE DATA`, [] = the name has none. */
type Expectation = readonly [what: string, name: string, type: string, answer: readonly string[] | "NXDOMAIN"];

const ZONE = "gtm.example.com.";

/** 2,000 octets: more than any EDNS size that resolvers offer. */
const LONG_TEXT = "0123456789".repeat(200);
const LONG_TEXT_STRINGS = LONG_TEXT.match(/.{1,255}/g)!.map((text) => `"${text}"`);

/** 255 octets with the zone, which is the most, in labels of 63, which is also the most: RFC 1035 section 2.3.4. */
const LONGEST_NAME = [63, 63, 63, 45].map((length) => "a".repeat(length)).join(".");

/** 60 records of 16 octets: too many for 512 octets, but not for EDNS. */
const MANY_ADDRESSES = Array.from({ length: 60 }, (_, i) => `198.51.100.${i + 1}`);

const TLSA = "92003BA34942DC74152E2F2C408D29ECA5A520E7F2E06BB944F4DCA346BAF63C";
const SSHFP = "123456789ABCDEF67890123456789ABCDEF67890123456789ABCDEF123456789";
const DS = "D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A";

/** `parent`: the server of child.gtm.example.com. */
export function everyKindOfName(scene: Scene, parent: string): string {
  const [ns1, ns2] = [scene.address(53, 10), scene.address(53, 11)];
  return `dns:
  identity: { name: ns1, version: "1.2" }
geoip:
  networks:
    here: { cidrs: [${scene.network(53, 24)}], location: FR }
    west: { cidrs: [${scene.network(0, 20)}, "2001:db8:a::/48"], location: US }
    east: { cidrs: [${scene.network(16, 20)}, "2001:db8:b::/48"], location: DE }
zones:
  gtm.example.com:
    nameservers: [ns1.gtm.example.com, ns2.gtm.example.com]
    records:
      ns1: { A: ${ns1} }
      ns2: { A: ${ns2} }
      "@": { TXT: "v=spf1 -all", MX: ["10 mail", "20 mail.example.net."] }
      mail: { A: 192.0.2.25, AAAA: "2001:db8::25" }
      _sip._tcp: { SRV: "0 5 5060 sip.example.net." }
      caa: { CAA: ['0 issue "ca.example.net"', '128 iodef "mailto:security@example.com"'] }
      "*.wild": { TXT: "from the wildcard" }
      leaf.of.empty: { TXT: "below empty names" }
      elsewhere: { CNAME: www.example.com. }
      child: { NS: ns.child }
      ns.child: { A: ${parent} }
      long: { TXT: "${LONG_TEXT}" }
      a.b.c.d.deep: { A: 192.0.2.60 }
      ${LONGEST_NAME}: { A: 192.0.2.61 }
      'dot\\.ted': { A: 192.0.2.62 }
      many: { A: [${MANY_ADDRESSES.join(", ")}] }
      alias: { CNAME: addresses }
      alias-of-alias: { CNAME: alias }
      alias-of-host: { CNAME: host }
      svc:
        HTTPS: ['1 . alpn="h2,h3" ipv4hint=192.0.2.1', '2 pool.example.net.']
        SVCB: '1 pool.example.net. port=8443 key65333="private"'
      _443._tcp: { TLSA: "3 1 1 ${TLSA}" }
      host-key: { SSHFP: "4 2 ${SSHFP}" }
      _ftp._tcp: { URI: '10 1 "ftp://ftp.example.com/public"' }
      naptr: { NAPTR: ['100 10 "u" "E2U+sip" "!^.*$!sip:info@example.com!" .', '100 20 "s" "SIP+D2U" "" _sip._tcp'] }
      pointer: { PTR: www.example.com. }
      signed-child: { NS: ns.child, DS: "60485 13 2 ${DS}" }
      "*.apps": { TXT: "of the apps" }
      www.apps: { A: 192.0.2.91 }
      leaf.of.apps: { TXT: "below an empty name" }
      alias-below: { CNAME: x.apps }
      unknown: { TYPE65280: '\\# 4 0a000001' }
profiles:
  addresses:
    names: [addresses.gtm.example.com]
    method: priority
    endpoints:
      first: { address: [192.0.2.1, "2001:db8::1"] }
      second: { address: 192.0.2.2 }
  host:
    names: [host.gtm.example.com]
    method: priority
    endpoints: { app: { host: app.example.net } }
  mixed:
    names: [mixed.gtm.example.com]
    method: priority
    endpoints:
      primary: { address: 192.0.2.71 }
      backup: { host: app.example.net }
  inner:
    method: geographic
    endpoints:
      france: { address: 192.0.2.5, regions: [FR] }
      world: { address: 192.0.2.6, regions: [WORLD] }
  nested:
    names: [nested.gtm.example.com]
    method: priority
    endpoints: { inner: { profile: inner } }
  weighted:
    names: [weighted.gtm.example.com]
    method: weighted
    ttl: 0s
    endpoints:
      one: { address: 192.0.2.11 }
      two: { address: 192.0.2.12 }
  near:
    names: [near.gtm.example.com]
    method: geographic
    endpoints:
      europe: { address: 192.0.2.21, regions: [GEO-EU] }
      america: { address: 192.0.2.22, regions: [GEO-NA] }
      world: { address: 192.0.2.23, regions: [WORLD] }
  european:
    names: [european.gtm.example.com]
    method: geographic
    negativeTtl: 2s
    endpoints:
      europe: { address: 192.0.2.24, regions: [GEO-EU] }
  apps:
    names: ["*.apps.gtm.example.com"]
    method: priority
    endpoints: { first: { address: 192.0.2.90 } }
  hosts:
    names: ["*.hosts.gtm.example.com"]
    method: priority
    endpoints: { app: { host: app.example.net } }
  # All of IPv4 has one answer, an IPv6 network another.
  split:
    names: [split.gtm.example.com]
    method: geographic
    endpoints:
      hq: { address: 192.0.2.26, networks: ["2001:db8:a::/48"] }
      world: { address: 192.0.2.27, regions: [WORLD] }
`;
}

export const EXPECTATIONS: readonly Expectation[] = [
  ["a profile's IPv4 address", "addresses", "A", ["A 192.0.2.1"]],
  ["a profile's IPv6 address", "addresses", "AAAA", ["AAAA 2001:db8::1"]],
  ["a type that a profile does not have", "addresses", "MX", []],
  ["an unknown type that a profile does not have", "addresses", "TYPE65280", []],
  ["a host outside the zone", "host", "A", ["CNAME app.example.net.", "A 198.51.100.7"]],
  ["a host outside the zone, IPv6", "host", "AAAA", ["CNAME app.example.net.", "AAAA 2001:db8:7::7"]],
  ["a host asked as CNAME", "host", "CNAME", ["CNAME app.example.net."]],
  ["a nested profile", "nested", "A", ["A 192.0.2.5"]],
  ["a profile that looks at places", "near", "A", ["A 192.0.2.21"]],

  ["the zone's nameservers", "@", "NS", [`NS ns1.${ZONE}`, `NS ns2.${ZONE}`]],
  ["the zone's TXT", "@", "TXT", ['TXT "v=spf1 -all"']],
  ["the zone's MX", "@", "MX", [`MX 10 mail.${ZONE}`, "MX 20 mail.example.net."]],
  ["a type that the zone does not have", "@", "AAAA", []],
  ["AAAA", "mail", "AAAA", ["AAAA 2001:db8::25"]],
  ["SRV", "_sip._tcp", "SRV", ["SRV 0 5 5060 sip.example.net."]],
  ["CAA", "caa", "CAA", ['CAA 0 issue "ca.example.net"', 'CAA 128 iodef "mailto:security@example.com"']],
  ["HTTPS", "svc", "HTTPS", ['HTTPS 1 . alpn="h2,h3" ipv4hint=192.0.2.1', "HTTPS 2 pool.example.net."]],
  ["SVCB", "svc", "SVCB", ['SVCB 1 pool.example.net. port=8443 key65333="private"']],
  ["TLSA", "_443._tcp", "TLSA", [`TLSA 3 1 1 ${TLSA}`]],
  ["SSHFP", "host-key", "SSHFP", [`SSHFP 4 2 ${SSHFP}`]],
  ["URI", "_ftp._tcp", "URI", ['URI 10 1 "ftp://ftp.example.com/public"']],
  [
    "NAPTR",
    "naptr",
    "NAPTR",
    ['NAPTR 100 10 "u" "E2U+sip" "!^.*$!sip:info@example.com!" .', `NAPTR 100 20 "s" "SIP+D2U" "" _sip._tcp.${ZONE}`],
  ],
  ["PTR", "pointer", "PTR", ["PTR www.example.com."]],
  ["DS of a delegation", "signed-child", "DS", [`DS 60485 13 2 ${DS}`]],
  ["TYPE65280", "unknown", "TYPE65280", [String.raw`TYPE65280 \# 4 0A000001`]],
  ["60 addresses", "many", "A", MANY_ADDRESSES.map((address) => `A ${address}`)],
  ["a text that only fits TCP", "long", "TXT", [`TXT ${LONG_TEXT_STRINGS.join(" ")}`]],

  ["a wildcard", "any.wild", "TXT", ['TXT "from the wildcard"']],
  ["a wildcard, two labels down", "a.b.wild", "TXT", ['TXT "from the wildcard"']],
  ["a type that a wildcard does not have", "any.wild", "A", []],
  ["a name that a profile's wildcard covers", "shop.apps", "A", ["A 192.0.2.90"]],
  ["one that is deeper", "a.b.c.d.apps", "A", ["A 192.0.2.90"]],
  ["the wildcard itself", "*.apps", "A", ["A 192.0.2.90"]],
  ["static data of the same wildcard", "shop.apps", "TXT", ['TXT "of the apps"']],
  ["a type that neither has", "shop.apps", "AAAA", []],
  ["a name beside a profile's wildcard", "www.apps", "A", ["A 192.0.2.91"]],
  ["below that name", "x.www.apps", "A", "NXDOMAIN"],
  ["an empty non-terminal below a profile's wildcard", "of.apps", "A", []],
  ["the name above a profile's wildcard", "apps", "A", []],
  ["a host of a profile's wildcard", "a.b.hosts", "A", ["CNAME app.example.net.", "A 198.51.100.7"]],
  ["an alias of a name that a profile's wildcard covers", "alias-below", "A", [`CNAME x.apps.${ZONE}`, "A 192.0.2.90"]],
  ["an empty non-terminal", "of.empty", "A", []],
  ["the empty non-terminal above it", "empty", "TXT", []],
  ["the name below them", "leaf.of.empty", "TXT", ['TXT "below empty names"']],
  ["a name five labels down", "a.b.c.d.deep", "A", ["A 192.0.2.60"]],
  ["the longest name", LONGEST_NAME, "A", ["A 192.0.2.61"]],
  ["a dot inside a label", String.raw`dot\.ted`, "A", ["A 192.0.2.62"]],
  ["a name that does not exist", "missing", "A", "NXDOMAIN"],
  ["a name below one that does not exist", "a.b.missing", "A", "NXDOMAIN"],
  ["a name below a profile", "below.addresses", "A", "NXDOMAIN"],

  ["an alias of a profile", "alias", "A", [`CNAME addresses.${ZONE}`, "A 192.0.2.1"]],
  ["an alias of a profile, asked for what it does not have", "alias", "MX", [`CNAME addresses.${ZONE}`]],
  [
    "an alias of an alias",
    "alias-of-alias",
    "AAAA",
    [`CNAME alias.${ZONE}`, `CNAME addresses.${ZONE}`, "AAAA 2001:db8::1"],
  ],
  ["an alias of a host", "alias-of-host", "A", [`CNAME host.${ZONE}`, "CNAME app.example.net.", "A 198.51.100.7"]],
  ["an alias out of the zone", "elsewhere", "A", ["CNAME www.example.com.", "A 192.0.2.200"]],
  ["a name below a delegation", "www.child", "A", ["A 192.0.2.99"]],
  ["a missing name below a delegation", "missing.child", "A", "NXDOMAIN"],
];

export function fullName(name: string): string {
  return name === "@" ? ZONE : `${name}.${ZONE}`;
}
