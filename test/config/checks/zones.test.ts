import { expect, test } from "vitest";
import { diagnose, warningsOf } from "../diagnose.ts";

test.for<[behaviour: string, text: string, lines: readonly string[]]>([
  [
    "no zone",
    `
monitors: {}
`,
    ["demo.yaml:1:1 zones: no zone, found nothing, wanted at least one zone"],
  ],
  [
    "one zone in two spellings",
    `
zones:
  a.example: { nameservers: [ns.example.net] }
  A.example.: { nameservers: [ns.example.net] }
`,
    ['demo.yaml:3:3 zones."A.example.": two zones of one name, found "A.example.", wanted each zone once'],
  ],
  [
    "a zone inside another is fine",
    `
zones:
  a.example: { nameservers: [ns.example.net], records: { www.b: { A: 192.0.2.1 } } }
  b.a.example: { nameservers: [ns.example.net] }
`,
    [],
  ],
  [
    "a zone of RFC 2317 is fine",
    `
zones:
  0/25.2.0.192.in-addr.arpa: { nameservers: [ns.example.net], records: { "1": { PTR: www.example.net. } } }
  2.0.192.in-addr.arpa: { nameservers: [ns.example.net], records: { "1": { CNAME: 1.0/25 } } }
`,
    [],
  ],
  [
    "a nameserver inside a zone without an address, or listed twice",
    `
zones:
  a.example: { nameservers: [ns1.a.example, ns1.b.example, ns.example.net, NS.example.net.] }
  b.example: { nameservers: [ns.example.net] }
`,
    [
      'demo.yaml:2:30 zones."a.example".nameservers[0]: nameserver without an address, found ns1.a.example, wanted an A or AAAA record of that name in the records of a.example',
      'demo.yaml:2:45 zones."a.example".nameservers[1]: nameserver without an address, found ns1.b.example, wanted an A or AAAA record of that name in the records of b.example',
      'demo.yaml:2:76 zones."a.example".nameservers[3]: a nameserver listed twice, found "NS.example.net.", wanted each once',
    ],
  ],
  [
    "a nameserver inside a zone with an address is fine",
    `
zones:
  a.example: { nameservers: [ns1.a.example], records: { ns1: { AAAA: "2001:db8::1" } } }
`,
    [],
  ],
  [
    "CNAMEs at the apex, beside other data, or several",
    `
zones:
  a.example:
    nameservers: [ns.example.net]
    records:
      "@": { CNAME: b }
      www: { CNAME: b, TXT: x }
      two: { CNAME: [b, c] }
`,
    [
      'demo.yaml:5:14 zones."a.example".records."@".CNAME: a CNAME at the zone apex, found "b", wanted A and AAAA records: the apex has SOA and NS records beside it',
      'demo.yaml:6:14 zones."a.example".records.www.CNAME: a CNAME beside other data, found CNAME and TXT, wanted the CNAME alone',
      'demo.yaml:7:25 zones."a.example".records.two.CNAME[1]: another CNAME of a name, found "c", wanted one',
    ],
  ],
  [
    "DS records at the apex",
    `
zones:
  a.example:
    nameservers: [ns.example.net]
    records: { "@": { DS: "1 13 2 0000000000000000000000000000000000000000000000000000000000000000" } }
`,
    [
      `demo.yaml:4:23 zones."a.example".records."@".DS: DS records at the zone apex, found "1 13 2 00000000000000000000000000000000000000000000000000000…", wanted them in the zone above, which delegates this one`,
    ],
  ],
  [
    "NS records at the apex and of a wildcard",
    `
zones:
  a.example:
    nameservers: [ns.example.net]
    records:
      "@": { NS: b.example. }
      "*.w": { NS: ns.example.net. }
`,
    [
      `demo.yaml:5:14 zones."a.example".records."@".NS: NS records at the zone apex, found "b.example.", wanted the zone's nameservers key`,
      'demo.yaml:6:16 zones."a.example".records."*.w".NS: NS records of a wildcard, found "ns.example.net.", wanted a name without *',
    ],
  ],
  [
    "a delegation without glue, and records that it hides",
    `
zones:
  a.example:
    nameservers: [ns.example.net]
    records:
      lab: { NS: ns.lab, TXT: x }
      www.lab: { A: 192.0.2.1 }
      x.lab: { NS: ns.example.net. }
`,
    [
      'demo.yaml:5:18 zones."a.example".records.lab.NS: nameserver without an address, found ns.lab.a.example, wanted an A or AAAA record of that name in the records of a.example',
      'demo.yaml:5:26 zones."a.example".records.lab.TXT: records in the delegation of lab.a.example, found "x", wanted A and AAAA records of its nameservers alone',
      'demo.yaml:6:18 zones."a.example".records."www.lab".A: records in the delegation of lab.a.example, found "192.0.2.1", wanted A and AAAA records of its nameservers alone',
      'demo.yaml:7:16 zones."a.example".records."x.lab".NS: records in the delegation of lab.a.example, found "ns.example.net.", wanted A and AAAA records of its nameservers alone',
    ],
  ],
  [
    "a delegation with glue is fine",
    `
zones:
  a.example:
    nameservers: [ns.example.net]
    records:
      lab: { NS: [ns.lab, lab, ns.example.net.], A: 192.0.2.2 }
      ns.lab: { A: 192.0.2.1, AAAA: "2001:db8::1" }
`,
    [],
  ],
  [
    "nameservers of a delegation in the zones without an address, profiles and wildcards apart",
    `
zones:
  a.example:
    nameservers: [p.a.example]
    records:
      lab: { NS: [typo, ns.b.example., p, x.w, ns.sub.b.example., text.w] }
      "*.w": { A: 192.0.2.1 }
      text.w: { TXT: a name of its own is none of the wildcard }
  b.example:
    nameservers: [ns.example.net]
    records: { sub: { NS: ns.example.net. } }
profiles:
  p: { names: [p.a.example], method: weighted, endpoints: { a: { address: 192.0.2.1 } } }
`,
    [
      'demo.yaml:5:19 zones."a.example".records.lab.NS[0]: nameserver without an address, found typo.a.example, wanted an A or AAAA record of that name in the records of a.example',
      'demo.yaml:5:25 zones."a.example".records.lab.NS[1]: nameserver without an address, found ns.b.example, wanted an A or AAAA record of that name in the records of b.example',
      'demo.yaml:5:67 zones."a.example".records.lab.NS[5]: nameserver without an address, found text.w.a.example, wanted an A or AAAA record of that name in the records of a.example',
    ],
  ],
  [
    "nameservers below another delegation, whose servers know them, are fine",
    `
zones:
  a.example:
    nameservers: [ns1.e.a.example]
    records:
      d: { NS: ns1.e }
      e: { NS: ns.example.net. }
`,
    [],
  ],
  [
    "delegations to each other's names",
    `
zones:
  a.example:
    nameservers: [ns.example.net]
    records:
      d: { NS: [ns.e, ns.d] }
      e: { NS: ns.d }
`,
    [
      'demo.yaml:5:23 zones."a.example".records.d.NS[1]: nameserver without an address, found ns.d.a.example, wanted an A or AAAA record of that name in the records of a.example',
    ],
  ],
  [
    "no glue from a profile that is not well-formed: said once",
    `
zones: { a.example: { nameservers: [p.a.example] } }
profiles:
  p: { names: [p.a.example], method: wieghted, endpoints: { a: { address: 192.0.2.1 } } }
`,
    [
      'demo.yaml:3:38 profiles.p.method: wrong value, found "wieghted", wanted one of priority, weighted, performance, geographic, multivalue, subnet: did you mean weighted?',
    ],
  ],
  [
    "asterisks that are no wildcard, an owner elsewhere",
    `
zones:
  a.example:
    nameservers: [ns.example.net]
    records:
      a.*: { A: 192.0.2.1 }
      "a*": { A: 192.0.2.1 }
      "**": { A: 192.0.2.1 }
      www.b.example.: { A: 192.0.2.1 }
      "*": { A: 192.0.2.1 }
      "*.a": { A: 192.0.2.1 }
`,
    [
      'demo.yaml:5:7 zones."a.example".records."a.*": an asterisk that is no wildcard, found "a.*", wanted * as the whole first label, such as *.shop',
      'demo.yaml:6:7 zones."a.example".records."a*": an asterisk that is no wildcard, found "a*", wanted * as the whole first label, such as *.shop',
      'demo.yaml:7:7 zones."a.example".records."**": an asterisk that is no wildcard, found "**", wanted * as the whole first label, such as *.shop',
      'demo.yaml:8:7 zones."a.example".records."www.b.example.": name outside its zone, found "www.b.example.", wanted a name relative to the zone, or one that ends in a.example.',
    ],
  ],
  [
    "one name and type in two spellings, and a record twice",
    `
zones:
  a.example:
    nameservers: [ns.example.net]
    records:
      WWW: { A: 192.0.2.1 }
      www: { A: 192.0.2.2 }
      "@": { MX: [10 mail, 10  MAIL.a.example.] }
`,
    [
      'demo.yaml:6:14 zones."a.example".records.www.A: A records of one name in two places, found "192.0.2.2", wanted one list of them',
      'demo.yaml:7:28 zones."a.example".records."@".MX[1]: the same record twice, found "10  MAIL.a.example.", wanted each record once',
    ],
  ],
  [
    "record text of each type that is none",
    `
zones:
  a.example:
    nameservers: [ns.example.net]
    records:
      a:
        A: ["2001:db8::1", 1.2.3]
        AAAA: 192.0.2.1
        MX: mail
        SRV: { values: [1 2 3] }
        CAA: 300 issue x
        TXT: '"a'
        SVBC: x
      sub: { NS: a..b }
      "a b": { A: 192.0.2.1 }
`,
    [
      'demo.yaml:6:13 zones."a.example".records.a.A[0]: not an A record, found "2001:db8::1", wanted an IPv4 address such as 192.0.2.1',
      'demo.yaml:6:28 zones."a.example".records.a.A[1]: not an A record, found "1.2.3", wanted an IPv4 address such as 192.0.2.1',
      'demo.yaml:7:15 zones."a.example".records.a.AAAA: not an AAAA record, found "192.0.2.1", wanted an IPv6 address such as 2001:db8::1',
      'demo.yaml:8:13 zones."a.example".records.a.MX: not an MX record, found "mail", wanted PREFERENCE EXCHANGE, such as 10 mail',
      'demo.yaml:9:25 zones."a.example".records.a.SRV.values[0]: not an SRV record, found "1 2 3", wanted PRIORITY WEIGHT PORT TARGET, such as 0 5 5060 sip',
      'demo.yaml:10:14 zones."a.example".records.a.CAA: not a CAA record, found "300 issue x", wanted FLAGS TAG "VALUE", such as 0 issue "ca.example.net"',
      `demo.yaml:11:14 zones."a.example".records.a.TXT: a quote that is not closed, found "\\"a", wanted a " at the end, on the same line`,
      'demo.yaml:12:9 zones."a.example".records.a.SVBC: unknown record type, found "SVBC", wanted a known type: did you mean SVCB?',
      'demo.yaml:13:18 zones."a.example".records.sub.NS: an empty label in a name, found "a..b", wanted a name without two dots in a row',
      'demo.yaml:14:7 zones."a.example".records."a b": a space in a name, found "a b", wanted letters, digits, hyphens and underscores',
    ],
  ],
  [
    "types that are not served, or have a key of their own",
    `
zones:
  a.example:
    nameservers: [ns.example.net]
    records:
      a: { DNAME: b, RRSIG: x, ANY: x }
      "@": { SOA: x, TYPE65280: '\\# 1 00', PTR: b }
`,
    [
      'demo.yaml:5:12 zones."a.example".records.a.DNAME: DNAME records, found "DNAME", wanted a CNAME for each name: the CNAMEs of a DNAME are not made here',
      'demo.yaml:5:22 zones."a.example".records.a.RRSIG: RRSIG records, found "RRSIG", wanted the zone as it was before it was signed: signatures are not served',
      'demo.yaml:5:32 zones."a.example".records.a.ANY: ANY records, found "ANY", wanted a type of data (RFC 6895 section 3.1)',
      `demo.yaml:6:14 zones."a.example".records."@".SOA: SOA records, found "SOA", wanted the zone's soa, contact and nameservers keys`,
    ],
  ],
  [
    "aliases as nameservers and mail servers",
    `
zones:
  a.example:
    nameservers: [ns.b.example]
    records:
      "@": { MX: 10 www }
      www: { CNAME: b.example. }
      lab: { NS: www }
      _x._tcp: { SRV: 0 0 1 www }
  b.example:
    nameservers: [ns.example.net]
    records: { ns: { CNAME: ns.example.net. } }
`,
    [
      'demo.yaml:3:19 zones."a.example".nameservers[0]: a nameserver that is an alias, found ns.b.example, wanted the name that the CNAME leads to',
      'demo.yaml:5:18 zones."a.example".records."@".MX: a mail server that is an alias, found www.a.example, wanted the name that the CNAME leads to',
      'demo.yaml:7:18 zones."a.example".records.lab.NS: a nameserver that is an alias, found www.a.example, wanted the name that the CNAME leads to',
    ],
  ],
  [
    "nameservers and mail servers below a wildcard: of a profile with addresses they are fine",
    `
zones:
  a.example:
    nameservers: [ns1.addresses.a.example]
    records:
      "@": { MX: [10 mx.hosts, 20 mx.addresses] }
      x.hosts: { A: 192.0.2.1 }
      lab: { NS: [ns.hosts, x.hosts, ns.lab] }
profiles:
  addresses: { names: ["*.addresses.a.example"], method: weighted, endpoints: { a: { address: 192.0.2.1 } } }
  hosts: { names: ["*.hosts.a.example"], method: weighted, endpoints: { a: { host: www.example.net } } }
  all: { names: ["*.a.example"], method: weighted, endpoints: { a: { address: 192.0.2.1 } } }
`,
    [
      'demo.yaml:5:19 zones."a.example".records."@".MX[0]: a mail server whose profile may answer with a CNAME, found mx.hosts.a.example of hosts → www.example.net, wanted a name with addresses alone',
      'demo.yaml:7:19 zones."a.example".records.lab.NS[0]: a nameserver whose profile may answer with a CNAME, found ns.hosts.a.example of hosts → www.example.net, wanted a name with addresses alone',
      'demo.yaml:7:38 zones."a.example".records.lab.NS[2]: nameserver without an address, found ns.lab.a.example, wanted an A or AAAA record of that name in the records of a.example',
    ],
  ],
  [
    "nameservers and mail servers whose profile may answer with a CNAME: of a host, nested, or as a fallback",
    `
zones:
  a.example:
    nameservers: [host.a.example, address.a.example]
    records:
      "@": { MX: [1 nested, 2 fallback, 3 address] }
      lab: { NS: [nested, address] }
      address: { TXT: beside }
profiles:
  host: { names: [host.a.example], method: weighted, endpoints: { a: { host: www.example.net } } }
  nested: { names: [nested.a.example], method: weighted, endpoints: { a: { profile: host } } }
  fallback:
    names: [fallback.a.example]
    method: weighted
    whenAllDown: { fallback: www.example.net }
    endpoints: { a: { address: 192.0.2.1 } }
  address: { names: [address.a.example], method: weighted, endpoints: { a: { address: 192.0.2.1 } } }
`,
    [
      'demo.yaml:3:19 zones."a.example".nameservers[0]: a nameserver whose profile may answer with a CNAME, found host.a.example of host → www.example.net, wanted a name with addresses alone',
      'demo.yaml:5:19 zones."a.example".records."@".MX[0]: a mail server whose profile may answer with a CNAME, found nested.a.example of nested → host → www.example.net, wanted a name with addresses alone',
      'demo.yaml:5:29 zones."a.example".records."@".MX[1]: a mail server whose profile may answer with a CNAME, found fallback.a.example of fallback → www.example.net, wanted a name with addresses alone',
      'demo.yaml:6:19 zones."a.example".records.lab.NS[0]: a nameserver whose profile may answer with a CNAME, found nested.a.example of nested → host → www.example.net, wanted a name with addresses alone',
    ],
  ],
  [
    "nameservers and mail servers that a wildcard CNAME covers",
    `
zones:
  a.example:
    nameservers: [ns1.a.example, ns2.a.example]
    records:
      "*": { CNAME: www.example.net. }
      ns2: { A: 192.0.2.1 }
      "@": { MX: [1 mail, 2 ns2, 3 p, 4 x.between, 5 between] }
      deep.between: { TXT: below a name that exists no wildcard above it counts }
profiles:
  p: { names: [p.a.example], method: weighted, endpoints: { a: { address: 192.0.2.1 } } }
`,
    [
      'demo.yaml:3:19 zones."a.example".nameservers[0]: a nameserver that is an alias, found ns1.a.example, wanted the name that the CNAME leads to',
      'demo.yaml:7:19 zones."a.example".records."@".MX[0]: a mail server that is an alias, found mail.a.example, wanted the name that the CNAME leads to',
    ],
  ],
  [
    "a profile that is not well-formed is no alias: said once",
    `
zones: { a.example: { nameservers: [ns.example.net], records: { "@": { MX: 1 p } } } }
profiles:
  p: { names: [p.a.example], method: wieghted, endpoints: { a: { host: www.example.net } } }
`,
    [
      'demo.yaml:3:38 profiles.p.method: wrong value, found "wieghted", wanted one of priority, weighted, performance, geographic, multivalue, subnet: did you mean weighted?',
    ],
  ],
  [
    "IPv6 forms of IPv4 addresses",
    `
zones:
  a.example:
    nameservers: [ns.example.net]
    records:
      a: { AAAA: ["::ffff:192.0.2.1", "2001:db8::1", "::192.0.2.1", "::ffff:0:c000:201"] }
      sinks: { A: [0.0.0.0, 127.0.0.1, 10.0.0.1, 224.0.0.1, 255.255.255.255], AAAA: ["::", "::1", "fd00::1", "ff02::1"] }
`,
    [
      'demo.yaml:5:19 zones."a.example".records.a.AAAA[0]: an IPv4-mapped address, found ::ffff:192.0.2.1, wanted an A record of 192.0.2.1, the IPv4 address inside',
      'demo.yaml:5:54 zones."a.example".records.a.AAAA[2]: an IPv4-compatible address, found ::c000:201, wanted an A record of 192.0.2.1, the IPv4 address inside',
      'demo.yaml:5:69 zones."a.example".records.a.AAAA[3]: an IPv4-translated address, found ::ffff:0:c000:201, wanted an A record of 192.0.2.1, the IPv4 address inside',
    ],
  ],
  [
    "a DS beside its delegation is fine",
    `
zones:
  a.example:
    nameservers: [ns.example.net]
    records:
      lab: { NS: ns.example.net., DS: 1 8 200 00 }
`,
    [],
  ],
  [
    "neither a file nor nameservers",
    `
zones:
  a.example: { records: { www: { A: 192.0.2.1 } } }
  b.example: { file: 5 }
`,
    [
      'demo.yaml:2:3 zones."a.example".nameservers: missing key, found nothing, wanted DNS name, or a list of them',
      'demo.yaml:3:22 zones."b.example".file: wrong type, found 5, wanted file name, as text: "5"',
    ],
  ],
  [
    "a zone name that leaves no room for hostmaster",
    `
zones:
  a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a:
    nameservers: [ns.example.net]
`,
    [
      'demo.yaml:2:3 zones."a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a23456789.a".contact: zone name too long for the default contact, found nothing, wanted a mailbox such as hostmaster@example.com',
    ],
  ],
  [
    "records that are not well-formed are no missing glue",
    `
zones:
  a.example: { nameservers: [ns1.a.example], records: { ns1: { A: 5 } } }
`,
    ['demo.yaml:2:67 zones."a.example".records.ns1.A: wrong type, found 5, wanted a record as text: "5"'],
  ],
  [
    "records are checked without well-formed nameservers",
    `
zones:
  a.example: { nameservers: [], records: { www: { A: x } } }
`,
    [
      'demo.yaml:2:29 zones."a.example".nameservers: list too short, found an empty list, wanted at least one',
      'demo.yaml:2:54 zones."a.example".records.www.A: not an A record, found "x", wanted an IPv4 address such as 192.0.2.1',
    ],
  ],
])("checkZones: %s", ([, text, lines]) => {
  expect(diagnose(text.slice(1))).toEqual(lines);
});

test("checkZones warns of SRV records that name aliases (RFC 2782), and of link-local addresses (RFC 4472)", () => {
  const text = `
zones:
  a.example:
    nameservers: [ns.example.net]
    records:
      _x._tcp: { SRV: [0 0 1 www, 0 0 1 p, 0 0 1 mail, 0 0 1 .] }
      www: { CNAME: www.example.net. }
      mail: { A: [192.0.2.1, 169.254.1.1], AAAA: "fe80::1" }
profiles:
  p: { names: [p.a.example], method: weighted, endpoints: { a: { host: www.example.net, alwaysServe: true } } }
`;
  expect(warningsOf(text.slice(1))).toEqual([
    'demo.yaml:5:24 zones."a.example".records."_x._tcp".SRV[0]: a service that is an alias, found www.a.example, wanted the name that the CNAME leads to',
    'demo.yaml:5:35 zones."a.example".records."_x._tcp".SRV[1]: a service whose profile may answer with a CNAME, found p.a.example of p → www.example.net, wanted a name with addresses alone',
    'demo.yaml:7:30 zones."a.example".records.mail.A[1]: a link-local address, found 169.254.1.1, wanted one that clients elsewhere can reach',
    'demo.yaml:7:50 zones."a.example".records.mail.AAAA: a link-local address, found fe80::1, wanted one that clients elsewhere can reach',
  ]);
});
