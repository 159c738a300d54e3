import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dataKey, readRecordData } from "../../../src/config/zone-file/read-record-data.ts";
import { recordFormats } from "../../../src/config/zone-file/record-formats.ts";
import { tokenize } from "../../../src/config/zone-file/tokenize.ts";
import { parseType, typeName } from "../../../src/shared/record-type.ts";
import { bindSamples } from "./bind-samples.ts";

/** What becomes of `MX 10 mail` in example.com: octets in hexadecimal, or what is wrong. */
function read(line: string): string {
  const [entry] = tokenize(line);
  if (entry === undefined || entry.problem !== undefined) throw new Error(`not a line: ${line}`);
  const data = readRecordData(parseType(entry.tokens[0]!.text)!, entry.tokens, 1, "example.com");
  if (data.ok) return hex(data.value);
  const { token, what, wanted } = data.error;
  return `${token === undefined ? "" : `at ${token.column}: `}${what}, wanted ${wanted}`;
}

function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString("hex");
}

/** `03 "abc" 00` in hexadecimal: text in quotes, the rest as it is. */
function octets(text: string): string {
  return text
    .split(/("[^"]*")/)
    .map((part) => (part.startsWith('"') ? hex(Buffer.from(part.slice(1, -1))) : part.replaceAll(" ", "")))
    .join("");
}

const EXAMPLE = '07"example"03"com"00';
const DIGEST_20 = "2bb183af5f22588179a53b0a98631fad1a292118";
const DIGEST_32 = "e06d44b80b8f1d39a95c0b0d7c65d08458e880409bbc683457104237c7f8ec8d";

const BAD_ESCAPE = String.raw`a bad escape, wanted \DDD with DDD at most 255, \ and a character, or \\ for a backslash`;
const INNER_QUOTE = String.raw`a quote inside a string, wanted \" for a quote`;
const ADDRESS = "an address in place of a name, wanted a host name; addresses stand in A and AAAA records";

const samples: readonly (readonly [line: string, data: string])[] = [
  ["A 192.0.2.1", "c0000201"],
  ["NS ns1", `03"ns1"${EXAMPLE}`],
  ["CNAME WWW.Example.NET.", '03"WWW"07"Example"03"NET"00'],
  ["CNAME .", "00"],
  ["CNAME @", EXAMPLE],
  // RFC 2317 section 4.
  ["CNAME 1.0/25", `01"1"04"0/25"${EXAMPLE}`],
  ["CNAME 1.2", `01"1"01"2"${EXAMPLE}`],
  ["PTR 1", `01"1"${EXAMPLE}`],
  // RFC 2181 section 11: "any binary string" can be a label.
  ["PTR 10.", '02"10" 00'],
  ["PTR 192.0.2.1.", '03"192"01"0"01"2"01"1" 00'],
  ["NS ns.10.", '02"ns"02"10" 00'],
  ["SRV 0 0 80 a:b", `0000 0000 0050 03"a:b"${EXAMPLE}`],
  ["MX 10 10.1", `000a 02"10"01"1"${EXAMPLE}`],
  // RFC 6763 section 4.1: instance names are user-friendly text.
  [String.raw`PTR My\032Printer:\032ready._ipp._tcp.m.test.`, '11"My Printer: ready"04"_ipp"04"_tcp"01"m"04"test" 00'],
  [String.raw`PTR a\.b\032c`, `05"a.b c"${EXAMPLE}`],
  [
    "SOA ns1 host.example.net. 4294967295 2h 15m 14d 60",
    `03"ns1"${EXAMPLE} 04"host"07"example"03"net"00 ffffffff 00001c20 00000384 00127500 0000003c`,
  ],
  ['HINFO "x86-64" Linux', '06"x86-64" 05"Linux"'],
  ["MX 10 mail", `000a 04"mail"${EXAMPLE}`],
  // RFC 7505: no mail.
  ["MX 0 .", "0000 00"],
  ['TXT "v=spf1 -all"', '0b"v=spf1 -all"'],
  ['TXT one "two two" "" \\004', '03"one" 07"two two" 00 0104'],
  ["RP admin .", `05"admin"${EXAMPLE} 00`],
  ["AFSDB 1 afs", `0001 03"afs"${EXAMPLE}`],
  ["AAAA 2001:db8::1", "20010db8000000000000000000000001"],
  // RFC 1876 appendix C.
  ["LOC 42 21 54 N 71 06 18 W -24m 30m", "00 33 16 13 89172dd0 70be15f0 00988d20"],
  ["LOC 42 21 43.952 N 71 5 6.344 W -24m 1m 200m", "00 12 24 13 89170690 70bf2dd8 00988d20"],
  ["LOC 52 14 05 N 00 08 50 E 10m", "00 12 16 13 8b3556c8 80081650 00989a68"],
  ["LOC 32 7 19 S 116 2 25 E 10m", "00 12 16 13 791b7d28 98e64868 00989a68"],
  ["LOC 42 21 28.764 N 71 00 51.617 W -44m 2000m", "00 25 16 13 8916cb3c 70c310df 00988550"],
  ["LOC 90 s 180 w -100000 0 90000000m 0.05m", "00 00 99 50 6cb02700 59604e00 00000000"],
  ["LOC 0 N 10 E 0m", "00 12 16 13 80000000 82255100 00989680"],
  ["LOC 0 0 0 S 0 W 0", "00 12 16 13 80000000 80000000 00989680"],
  ["SRV 0  5 5060 sip", `0000 0005 13c4 03"sip"${EXAMPLE}`],
  // RFC 3403 section 6.2.
  [
    'NAPTR 100 50 "s" "z3950+I2L+I2C" "" _z3950._tcp.gatech.edu.',
    '0064 0032 01"s" 0d"z3950+I2L+I2C" 00 06"_z3950"04"_tcp"06"gatech"03"edu"00',
  ],
  [
    String.raw`NAPTR 100 10 "" "" "!^.*$!sip:a\\1@example.com!" .`,
    String.raw`0064 000a 00 00 1a"!^.*$!sip:a\1@example.com!" 00`,
  ],
  ["KX 1 kx", `0001 02"kx"${EXAMPLE}`],
  ["CERT 1 2 8 AQID", "0001 0002 08 010203"],
  // RFC 4034 section 5.4.
  [`DS 60485 5 1 ( ${DIGEST_20.slice(0, 20)} ${DIGEST_20.slice(20).toUpperCase()} )`, `ec45 05 01 ${DIGEST_20}`],
  [`DS 20326 8 2 ${DIGEST_32}`, `4f66 08 02 ${DIGEST_32}`],
  ["DS 1 8 200 00", "0001 08 c8 00"],
  // RFC 4034 section 5.3: "The Algorithm field MUST be represented either as an unsigned decimal integer or as an
  // algorithm mnemonic".
  [`DS 20326 RSASHA256 2 ${DIGEST_32}`, `4f66 08 02 ${DIGEST_32}`],
  ["CDS 1 dsa-nsec3-sha1 200 00", "0001 06 c8 00"],
  ["CDNSKEY 257 3 ECDSAP256SHA256 AQID", "0101 03 0d 010203"],
  ["CERT PGP 0 0 AQID", "0003 0000 00 010203"],
  ["CERT OID 1 ED25519 AQID", "00fe 0001 0f 010203"],
  [`SSHFP 4 2 ${DIGEST_32}`, `04 02 ${DIGEST_32}`],
  [
    "DHCID AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=",
    "00020163 6fc0b8 271c 82825bb1ac5c41cf5351aa69b4fe bd94e8f1 7cdb95000da48c40",
  ],
  [`TLSA 3 1 1 ${DIGEST_32}`, `03 01 01 ${DIGEST_32}`],
  ["SMIMEA 3 0 0 0102", "03 00 00 0102"],
  ["CDS 0 0 0 00", "0000 00 00 00"],
  [`CDS 20326 8 2 ${DIGEST_32}`, `4f66 08 02 ${DIGEST_32}`],
  ["CDNSKEY 0 3 0 AA==", "0000 03 00 00"],
  ["OPENPGPKEY AQ ID", "010203"],
  ["SPF v=spf1", '06"v=spf1"'],
  ['URI 10 1 "ftp://ftp1.example.com/public"', '000a 0001 "ftp://ftp1.example.com/public"'],
  ['CAA 0 issue "ca.example.net; a=b"', '00 05"issue" "ca.example.net; a=b"'],
  ["CAA 128 tbs Unknown", '80 03"tbs" "Unknown"'],
  ['CAA 0 issue ";"', '00 05"issue" ";"'],
];

describe("readRecordData", () => {
  test.for([...samples, ...bindSamples])("%s", ([line, data]) => {
    expect(read(line)).toBe(octets(data));
  });

  test("has a sample of every type with a format", () => {
    const sampled = new Set([...samples, ...bindSamples, ...vectors].map(([line]) => line.split(" ", 1)[0]));
    expect([...recordFormats.keys()].map(typeName).filter((name) => !sampled.has(name))).toEqual([]);
  });

  test.for<[line: string, refusal: string]>([
    ["A 192.0.2", "at 3: not an A record, wanted an IPv4 address such as 192.0.2.1"],
    ["A", "not an A record, wanted an IPv4 address such as 192.0.2.1"],
    ["A 192.0.2.1 192.0.2.2", "at 13: not an A record, wanted an IPv4 address such as 192.0.2.1"],
    ["AAAA 192.0.2.1", "at 6: not an AAAA record, wanted an IPv6 address such as 2001:db8::1"],
    ["CNAME a..b", "at 7: an empty label in a name, wanted a name without two dots in a row"],
    ["MX 10 192.0.2.25", `at 7: ${ADDRESS}`],
    ["NS 192.0.2.53.", `at 4: ${ADDRESS}`],
    ["NS 2001:db8::53", `at 4: ${ADDRESS}`],
    ["SRV 0 0 80 ::1.", `at 12: ${ADDRESS}`],
    ["MX 10 192.0.2.256", `at 7: ${ADDRESS}`],
    ["CNAME two names", "at 11: not a CNAME record, wanted a name, such as www or www.example.net."],
    ["MX 65536 mail", "at 4: not an MX record, wanted PREFERENCE EXCHANGE, such as 10 mail"],
    ["MX mail", "at 4: not an MX record, wanted PREFERENCE EXCHANGE, such as 10 mail"],
    ["SRV 0 5 sip", "at 9: not an SRV record, wanted PRIORITY WEIGHT PORT TARGET, such as 0 5 5060 sip"],
    [`TXT "${"a".repeat(256)}"`, 'at 5: a string longer than 255 octets, wanted several strings: "…" "…"'],
    [String.raw`TXT "\256"`, `at 5: ${BAD_ESCAPE}`],
    [String.raw`TXT a \12`, `at 7: ${BAD_ESCAPE}`],
    ['TXT a="b"', `at 5: ${INNER_QUOTE}`],
    [String.raw`NAPTR 1 1 "s" "x" "!^.*\1!a!" .`, `at 19: ${BAD_ESCAPE}`],
    [String.raw`CAA 0 issue "\999"`, `at 13: ${BAD_ESCAPE}`],
    [
      "URI 10 1 https://www.example.com/",
      'at 10: a URI without quotes, wanted "https://www.example.com/" and the like',
    ],
    [
      "DS 1 RSASHA257 2 00",
      "at 6: not a DS record, wanted KEYTAG ALGORITHM DIGESTTYPE DIGEST, such as 20326 8 2 e06d…",
    ],
    [
      "DS RSASHA256 8 2 00",
      "at 4: not a DS record, wanted KEYTAG ALGORITHM DIGESTTYPE DIGEST, such as 20326 8 2 e06d…",
    ],
    ['CAA 0 is-sue "x"', "at 7: not a tag of CAA, wanted letters and digits, such as issue, issuewild or iodef"],
    ["CAA 0 issue", 'not a CAA record, wanted FLAGS TAG "VALUE", such as 0 issue "ca.example.net"'],
    ['URI 1 1 ""', "at 9: an empty URI, wanted one such as https://…"],
    [`DS 1 8 2 ${DIGEST_20}`, "at 10: a digest of 20 octets, wanted 32 octets, as digests of type 2 have"],
    [`CDS 1 8 2 ${DIGEST_20}`, "at 11: a digest of 20 octets, wanted 32 octets, as digests of type 2 have"],
    [`TLSA 3 1 2 ${DIGEST_32}`, "at 12: a digest of 32 octets, wanted 64 octets, as digests of type 2 have"],
    ["DS 1 8 200 abc", "at 12: not a DS record, wanted KEYTAG ALGORITHM DIGESTTYPE DIGEST, such as 20326 8 2 e06d…"],
    ["DS 1 8 2 zz 00 11", "at 10: not a DS record, wanted KEYTAG ALGORITHM DIGESTTYPE DIGEST, such as 20326 8 2 e06d…"],
    ["DS 1 8 2", "not a DS record, wanted KEYTAG ALGORITHM DIGESTTYPE DIGEST, such as 20326 8 2 e06d…"],
    ["CERT 1 2 8 AQ! AQID", "at 12: not a CERT record, wanted TYPE KEYTAG ALGORITHM BASE64, such as PKIX 0 0 MIIB…"],
    ["CERT 1 2 8 AQI", "at 12: not a CERT record, wanted TYPE KEYTAG ALGORITHM BASE64, such as PKIX 0 0 MIIB…"],
    [
      "TYPE65280 1:192.0.2.0/24",
      String.raw`at 11: TYPE65280 data is read as RFC 3597 text only, wanted \# LENGTH HEX, such as \# 4 0a000001`,
    ],
    ["IPSECKEY 10 1 2 192.0.2.38", "at 17: no key, wanted one in base64"],
    ["KEY 256 3 5", "at 11: no key, wanted one in base64"],
  ])("refuses %s", ([line, refusal]) => {
    expect(read(line)).toBe(refusal);
  });

  test("an IPSECKEY record of algorithm 0 has no key (RFC 4025 section 2.4)", () => {
    expect(read("IPSECKEY 10 1 0 192.0.2.38")).toBe("0a0100c0000226");
  });

  test.for<[line: string, wrong: string]>([
    ["APL 3:192.0.2.0/24", "3:192.0.2.0/24"],
    ["APL 1:192.0.2.0/33", "1:192.0.2.0/33"],
    ["APL 1:192.0.2.0/24 1:2001:db8::/32", "1:2001:db8::/32"],
    ["APL 192.0.2.0/24", "192.0.2.0/24"],
    ["EUI48 00:00:5e:00:53:2a", "00:00:5e:00:53:2a"],
    ["EUI48 00-00-5e-00-53", "00-00-5e-00-53"],
    ["EUI64 00-00-5e-00-53-2a", "00-00-5e-00-53-2a"],
    ["L64 10 2001:db8::1", "2001:db8::1"],
    ["L64 10 0:0:0:00000", "0:0:0:00000"],
    ["L32 10 192.0.2", "192.0.2"],
    ["NID 65536 0:0:0:1", "65536"],
    ["HIP 2 200 AwEA", "200"],
    ["HIP 2 2001 Aw EA", "Aw"],
    ["IPSECKEY 10 4 2 a AQNR", "2"],
    ["IPSECKEY 10 0 2 a. AQNR", "a."],
    ["IPSECKEY 10 1 2 2001:db8::1 AQNR", "2001:db8::1"],
    ["AMTRELAY 10 2 1 192.0.2.1", "2"],
    ["AMTRELAY 10 0 4 .", "4"],
    ["DSYNC NONE NOTIFY 1 a.", "NONE"],
    ["DSYNC CDS TELL 1 a.", "TELL"],
    ["CSYNC 66 3 A NONE", "NONE"],
    ["NSAP 4700", "4700"],
    ["NSAP 0x470", "0x470"],
  ])("refuses %s at %s", ([line, wrong]) => {
    expect(read(line)).toMatch(new RegExp(`^at ${line.indexOf(wrong, line.indexOf(" ")) + 1}: not an? `));
  });

  test.for([
    // RFC 3123 section 4: trailing zero octets, a length of address or prefix that is too large, a part that is cut.
    ["APL", "0001180400"],
    ["APL", "00010804c0000200"],
    ["APL", "00012103c00002"],
    ["APL", "00012105c000020101"],
    ["APL", "0001180ac00002"],
    ["APL", "000118"],
    ["APL", "00031803c00002"],
    // RFC 7477 section 2.1.2.1 and RFC 4034 section 4.1.2: windows in order, of 1 to 32 octets, the last one not zero.
    ["CSYNC", "0000000100030001400001"],
    ["CSYNC", "000000010003000140000140"],
    ["CSYNC", "000000010003000240 00"],
    ["CSYNC", "0000000100030000"],
    ["CSYNC", `000000010003 0021 ${"01".repeat(33)}`],
    ["HIP", "0002000301030100"],
    ["HIP", "020200032001"],
    ["HIP", "02020003200103010003"],
    ["IPSECKEY", "0a0402"],
    ["IPSECKEY", "0a0102c00002"],
    ["AMTRELAY", "0a04"],
    ["AMTRELAY", "0a01c0000201 00"],
    ["EUI48", "00005e0053"],
    ["L64", "000a20010db81140"],
  ])("refuses %s octets that are none: %s", ([type, digits]) => {
    const bare = digits!.replaceAll(" ", "");
    expect(read(String.raw`${type} \# ${bare.length / 2} ${bare}`)).toMatch(/octets that are not an? /);
  });

  test.for<[text: string, wrong: string | undefined]>([
    ["52 N 13 E", undefined],
    ["91 N 13 E 0", "91"],
    ["90 0 0.001 N 13 E 0", "N"],
    ["52 60 N 13 E 0", "60"],
    ["52 1 61 N 13 E 0", "61"],
    ["52 1 2 3 N 13 E 0", "3"],
    ["52 E 13 N 0", "E"],
    ["52 N 13 4 5 6", "6"],
    ["52 N 181 E 0", "181"],
    ["N 13 E 0", "N"],
    ["52 N 13 E -100000.01", "-100000.01"],
    ["52 N 13 E 42849673", "42849673"],
    ["52 N 13 E 0 90000000.01 1", "90000000.01"],
    ["52 N 13 E 0 -1 1", "-1"],
    ["52 N 13 E 0 1 2 3 4", "4"],
  ])("refuses LOC %s at %s", ([text, wrong]) => {
    const line = `LOC ${text}`;
    const place = wrong === undefined ? "" : `at ${line.indexOf(wrong) + 1}: `;
    expect(read(line).split(" ALTITUDE", 1)).toEqual([`${place}not an LOC record, wanted LATITUDE LONGITUDE`]);
  });

  test("refuses more than 65535 octets", () => {
    const strings = Array.from({ length: 300 }, () => "a".repeat(255)).join(" ");
    expect(read(`TXT ${strings}`)).toMatch(/^at \d+: too much data, wanted at most 65535 octets$/);
  });

  test("ends well for any text that is long", () => {
    const long = "a".repeat(300_000);
    for (const type of recordFormats.keys()) {
      for (const text of [long, `"${long}"`, `1 . key9=${long}\\097`, `1 . port=${long}`, `1 . alpn=${long}`]) {
        expect(read(`${typeName(type)} ${text}`)).toContain("wanted");
      }
    }
  });
});

/** RFC 9460 appendix D, and values of keys that it has no example of. */
const FOO = '03"foo"07"example"03"com"00';
const FOO_ORG = '03"foo"07"example"03"org"00';
const vectors: readonly (readonly [line: string, data: string])[] = [
  ["HTTPS 0 foo.example.com.", `0000 ${FOO}`],
  ["SVCB 1 .", "0001 00"],
  ["SVCB 16 foo.example.com. port=53", `0010 ${FOO} 0003 0002 0035`],
  ["SVCB 1 foo.example.com. key667=hello", `0001 ${FOO} 029b 0005 "hello"`],
  [String.raw`SVCB 1 foo.example.com. key667="hello\210qoo"`, `0001 ${FOO} 029b 0009 "hello"d2"qoo"`],
  [
    'SVCB 1 foo.example.com. ( ipv6hint="2001:db8::1,2001:db8::53:1" )',
    `0001 ${FOO} 0006 0020 20010db8000000000000000000000001 20010db8000000000000000000530001`,
  ],
  [
    'SVCB 1 example.com. ipv6hint="2001:db8:122:344::192.0.2.33"',
    `0001 ${EXAMPLE} 0006 0010 20010db80122034400000000c0000221`,
  ],
  [
    "SVCB 16 foo.example.org. ( alpn=h2,h3-19 mandatory=ipv4hint,alpn ipv4hint=192.0.2.1 )",
    `0010 ${FOO_ORG} 0000 0004 0001 0004 0001 0009 02"h2"05"h3-19" 0004 0004 c0000201`,
  ],
  [
    String.raw`SVCB 16 foo.example.org. alpn="f\\\\oo\\,bar,h2"`,
    String.raw`0010 ${FOO_ORG} 0001 000c 08"f\oo,bar" 02"h2"`.replace("${FOO_ORG}", FOO_ORG),
  ],
  [
    String.raw`SVCB 16 foo.example.org. alpn=f\\\092oo\092,bar,h2`,
    String.raw`0010 ${FOO_ORG} 0001 000c 08"f\oo,bar" 02"h2"`.replace("${FOO_ORG}", FOO_ORG),
  ],
  ["HTTPS 1 . no-default-alpn alpn=h2", '0001 00 0001 0003 02"h2" 0002 0000'],
  ['HTTPS 1 . ech="AQID"', "0001 00 0005 0003 010203"],
  [
    "SVCB 1 dot alpn=doq dohpath=/dns-query{?dns}",
    `0001 03"dot"${EXAMPLE} 0001 0004 03"doq" 0007 0010 "/dns-query{?dns}"`,
  ],
  ["SVCB 1 . ohttp", "0001 00 0008 0000"],
  ["SVCB 1 . key9", "0001 00 0009 0000"],
  [String.raw`SVCB 1 . key3="\001\187"`, "0001 00 0003 0002 01bb"],
];

describe("readRecordData of SVCB and HTTPS", () => {
  test.for(vectors)("%s", ([line, data]) => {
    expect(read(line)).toBe(octets(data));
  });

  test.for<[line: string, refusal: string]>([
    // RFC 9460 appendix D.3.
    ["SVCB 1 foo key123=abc key123=def", "key123 is there twice, wanted each parameter once"],
    ["SVCB 1 foo mandatory", "not a value of mandatory"],
    ["SVCB 1 foo alpn", "not a value of alpn"],
    ["SVCB 1 foo port", "not a value of port"],
    ["SVCB 1 foo ipv4hint", "not a value of ipv4hint"],
    ["SVCB 1 foo ipv6hint", "not a value of ipv6hint"],
    ["SVCB 1 foo no-default-alpn=abc", "not a value of no-default-alpn, wanted no value"],
    ["SVCB 1 foo mandatory=key123", "a mandatory parameter that is not there, wanted key123 in this record"],
    ["SVCB 1 foo mandatory=mandatory", "not a value of mandatory"],
    ["SVCB 1 foo mandatory=key123,key123 key123=abc", "not a value of mandatory"],
    // Others.
    ["SVCB 0 foo port=53", "parameters of an alias, wanted priority 0 and the target alone"],
    ["SVCB 1 foo no-default-alpn", "no-default-alpn without alpn, wanted an alpn too"],
    ["SVCB 1 foo port=65536", "not a value of port, wanted a port from 0 to 65535"],
    ["SVCB 1 foo port=", "not a value of port"],
    ["SVCB 1 foo alpn=h2 no-default-alpn=", "not a value of no-default-alpn"],
    ["SVCB 1 foo key123=", "not a value of key123"],
    ["SVCB 1 foo alpn=h2,,h3", "not a value of alpn"],
    ["SVCB 1 foo ipv4hint=2001:db8::1", "not a value of ipv4hint"],
    ["SVCB 1 foo ech=!", "not a value of ech"],
    ["SVCB 1 foo dohpath=/dns-query", "not a value of dohpath, wanted a path with the variable dns"],
    [String.raw`SVCB 1 foo key3="\001"`, "not a value of port"],
    ["SVCB 1 foo key65535=x", '"key65535" is no service parameter'],
    ["SVCB 1 foo key007=x", '"key007" is no service parameter'],
    ["SVCB 1 foo prot=1", '"prot" is no service parameter, wanted mandatory, alpn, no-default-alpn, port'],
  ])("refuses %s", ([line, refusal]) => {
    expect(read(line).replace(/^at \d+: /, "")).toContain(refusal);
  });

  test.for<[line: string, column: number]>([
    ["SVCB 1 . mandatory=key123,key123 key123=abc", 10],
    ["SVCB 1 . port=1 alpn=h2 mandatory=key9 ech=AA==", 25],
    ["SVCB 1 . no-default-alpn port=1", 10],
    [String.raw`SVCB 1 . key3="\001" ohttp`, 10],
    ["SVCB 1 . port=1 port=2 ohttp", 17],
    ["SVCB 1 . port=1 prot=2 ohttp", 17],
  ])("refuses %s at column %d", ([line, column]) => {
    expect(read(line)).toMatch(new RegExp(`^at ${column}: `));
  });

  test("parameters come sorted by key, whatever their order in the text", () => {
    const params = ["port=53", "alpn=h2", "ipv4hint=192.0.2.1", "key9=a", "key700=b", "mandatory=port", "ohttp"];
    const sorted = read(`SVCB 1 . ${params.join(" ")}`);
    expect(sorted).toMatch(/^000100/);
    fc.assert(
      fc.property(fc.shuffledSubarray(params, { minLength: params.length }), (shuffled) => {
        expect(read(`SVCB 1 . ${shuffled.join(" ")}`)).toBe(sorted);
      }),
    );
  });
});

describe("readRecordData of RFC 3597 text", () => {
  test.for([...samples, ...bindSamples, ...vectors])("gives the octets of %s again", ([line, data]) => {
    const digits = octets(data);
    expect(read(String.raw`${line.split(" ", 1)[0]} \# ${digits.length / 2} ${digits}`)).toBe(digits);
  });

  test("any octets are data of a type that is not known", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.integer({ min: 256 + 1024, max: 0xfffe }), (data, type) => {
        const words = hex(data).match(/.{1,6}/g) ?? [];
        expect(read(String.raw`TYPE${type} \# ${data.length} ${words.join(" ")}`)).toBe(hex(data));
      }),
    );
  });

  test("names of known types keep their case", () => {
    expect(read(String.raw`MX \# 6 000a 02 4142 00`)).toBe("000a02414200");
  });

  test.for<[line: string, refusal: string]>([
    [
      String.raw`TYPE1000 \# 3 0a00`,
      String.raw`a length that is not that of the octets, wanted 2 after \#, or as many octets as it says`,
    ],
    [
      String.raw`TYPE1000 \# 1`,
      String.raw`a length that is not that of the octets, wanted 0 after \#, or as many octets as it says`,
    ],
    [String.raw`TYPE1000 \# 70000 00`, "at 13: not RFC 3597 text"],
    [String.raw`TYPE1000 \# x 01 02`, "at 13: not RFC 3597 text"],
    [String.raw`TYPE1000 \# 3 01 0x 03`, "at 18: not RFC 3597 text"],
    [String.raw`TYPE1000 \# 1 0`, "at 15: not RFC 3597 text"],
    [String.raw`TYPE1000 \#`, "not RFC 3597 text"],
    [String.raw`A \# 3 0a0000`, "octets that are not an A record, wanted the fields of A, names without compression"],
    [String.raw`A \# 5 0a00000000`, "octets that are not an A record"],
    // A pointer, a name that does not end, octets behind the name, two names.
    [String.raw`CNAME \# 2 c00c`, "octets that are not a CNAME record"],
    [String.raw`NS \# 2 0161`, "octets that are not an NS record"],
    // A label of 64 octets, a name of 256.
    [String.raw`NS \# 66 40${"61".repeat(64)}00`, "octets that are not an NS record"],
    [
      String.raw`NS \# 256 ${`3f${"61".repeat(63)}`.repeat(3)}3e${"61".repeat(62)}00`,
      "octets that are not an NS record",
    ],
    [String.raw`NS \# 2 0000`, "octets that are not an NS record"],
    [String.raw`LOC \# 16 01${"00".repeat(15)}`, "octets that are not an LOC record"],
    [String.raw`LOC \# 16 00a0${"00".repeat(14)}`, "octets that are not an LOC record"],
    [String.raw`LOC \# 16 001a${"00".repeat(14)}`, "octets that are not an LOC record"],
    [String.raw`TXT \# 0`, "octets that are not a TXT record"],
    [String.raw`TXT \# 2 0561`, "octets that are not a TXT record"],
    [String.raw`DS \# 5 0001080100`, "a digest of 1 octet,"],
    [String.raw`CDS \# 5 0001080200`, "a digest of 1 octet,"],
    [String.raw`CAA \# 5 00 02 612d 78`, "octets that are not a CAA record"],
    [String.raw`CAA \# 3 00 00 78`, "octets that are not a CAA record"],
    // Parameters out of order, one that is there twice, the one that is no key.
    [String.raw`SVCB \# 17 0001 00 0004 0004 c0000201 0003 0002 0035`, "octets that are not an SVCB record"],
    [String.raw`SVCB \# 15 0001 00 0003 0002 0035 0003 0002 0035`, "octets that are not an SVCB record"],
    [String.raw`SVCB \# 7 0001 00 ffff 0000`, "octets that are not an SVCB record"],
    // What is mandatory: nothing, or a key and a half.
    [String.raw`SVCB \# 7 0001 00 0000 0000`, "octets that are not an SVCB record"],
    [String.raw`SVCB \# 16 0001 00 0000 0003 000300 0003 0002 0035`, "octets that are not an SVCB record"],
    // No protocol, and a protocol without a letter.
    [String.raw`SVCB \# 7 0001 00 0001 0000`, "octets that are not an SVCB record"],
    [String.raw`SVCB \# 8 0001 00 0001 0001 00`, "octets that are not an SVCB record"],
  ])("refuses %s", ([line, refusal]) => {
    expect(read(line)).toContain(refusal);
  });
});

test("dataKey folds names and nothing else", () => {
  const keyOf = (line: string): string => dataKey(parseType(line.split(" ", 1)[0]!)!, Buffer.from(read(line), "hex"));
  expect(keyOf("MX 65 MAIL")).toBe(keyOf("MX 65 mail"));
  expect(keyOf("SRV 65 65 65 MAIL")).toBe(keyOf("SRV 65 65 65 mail"));
  expect(keyOf('NAPTR 1 1 "A" "b" "" X.')).toBe(keyOf('NAPTR 1 1 "A" "b" "" x.'));
  expect(keyOf('NAPTR 1 1 "A" "b" "" x.')).not.toBe(keyOf('NAPTR 1 1 "a" "b" "" x.'));
  expect(keyOf("TXT A")).not.toBe(keyOf("TXT a"));
  expect(keyOf("MX 65 mail")).not.toBe(keyOf("MX 97 mail"));
});

test("readRecordData: what is read from text is well-formed octets, whatever the type and text", () => {
  const plain = String.raw`0 1 10 65535 65536 @ . www a.b. a\.b 192.0.2.1 2001:db8::1 "" AQID 0a0b 4 0a000001 \256 1h \#`;
  const params = "alpn=h2 port=1 key1=a mandatory=alpn ohttp issue key3=ab no-default-alpn";
  const words = fc.constantFrom(...plain.split(" "), ...params.split(" "), '"a b"', DIGEST_20, DIGEST_32);
  const types = [...recordFormats.keys(), 65_280];
  let accepted = 0;
  fc.assert(
    fc.property(fc.constantFrom(...types), fc.array(words, { maxLength: 8 }), (type, texts) => {
      const data = read(`${typeName(type)} ${texts.join(" ")}`);
      if (data.includes("wanted")) return;
      accepted++;
      expect(read(String.raw`${typeName(type)} \# ${data.length / 2} ${data}`)).toBe(data);
    }),
    { numRuns: 5000 },
  );
  expect(accepted).toBeGreaterThan(100);
});
