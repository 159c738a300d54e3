/** Zones from master files, as `zones.NAME.file` loads them. */
import { describe, expect, test } from "vitest";
import { loadConfig } from "../../../src/config/load-config.ts";
import { formatDiagnostic } from "../../../src/config/diagnostic.ts";
import type { Zone } from "../../../src/shared/zone.ts";
import { nameToWire } from "../../../src/shared/domain-name.ts";
import { typeName } from "../../../src/shared/record-type.ts";
import { diagnose, type Files, filesOf } from "../diagnose.ts";

const YAML = "zones: { example.com: { file: zones/main } }\n";
const APEX = "@ 3600 IN SOA ns host ( 7 2h 15m 14d 60 )\n@ 3600 NS ns.example.net.\n";

function load(text: string, files: Files = {}): Zone {
  const readFile = filesOf({ "zones/main": text, ...files });
  const loaded = loadConfig({ file: "demo.yaml", text: YAML, serial: 1, readFile });
  if (!loaded.ok) throw new Error(loaded.error.map(formatDiagnostic).join("\n"));
  return loaded.value.zones[0]!;
}

/** `www 60 A c0000201`: owners without the zone's name, data in hexadecimal. */
function rows({ records }: Zone): readonly string[] {
  return records.map(({ owner, ttl, type, records: data }) => {
    const name = owner === "example.com" ? "@" : owner.replace(/\.example\.com$/, "");
    return [name, ttl, typeName(type), ...data.map((octets) => Buffer.from(octets).toString("hex"))].join(" ");
  });
}

const hex = (octets: string): string => Buffer.from(octets, "latin1").toString("hex");

describe("a zone file", () => {
  test("gives the SOA record and the apex NS records, in the case of the file", () => {
    const zone = load(`$TTL 1d
@  300 IN SOA NS1 Host\\.master.example.net. ( 4294967295 ; serial
       2h 15m 14d 1m )
   600 NS NS1
       NS Ns2.Example.NET.
   900 NS ns1.example.com.
       NS ns1
ns1 A 192.0.2.1
`);
    expect(zone).toMatchObject({
      name: "example.com",
      nameservers: ["NS1.example.com", "Ns2.Example.NET"].map(nameToWire),
      nameserverTtl: 600,
      soa: {
        primary: nameToWire("NS1.example.com"),
        contact: nameToWire(String.raw`Host\.master.example.net`),
        serial: 4_294_967_295,
        refresh: 7200,
        retry: 900,
        expire: 1_209_600,
        minimum: 60,
        ttl: 300,
      },
    });
    expect(rows(zone)).toEqual(["ns1 86400 A c0000201"]);
  });

  test.for<[behaviour: string, text: string, rows: readonly string[]]>([
    [
      "owner, TTL and class in any order or left out",
      "a 60 IN A 10.0.0.1\nb IN 60 A 10.0.0.2\n\tA 10.0.0.3\n IN AAAA ::1\nc CLASS1 A 10.0.0.4\nd a 10.0.0.5\n",
      [
        "a 60 A 0a000001",
        "b 60 A 0a000002 0a000003",
        `b 60 AAAA ${"0".repeat(31)}1`,
        "c 60 A 0a000004",
        "d 60 A 0a000005",
      ],
    ],
    [
      "the last TTL without $TTL (RFC 1035), $TTL where there is one (RFC 2308)",
      "a A 10.0.0.1\nb 60 A 10.0.0.2\nc A 10.0.0.3\n$TTL 1h30m\nd A 10.0.0.4\ne 90 A 10.0.0.5\nf A 10.0.0.6\n",
      ["a 3600", "b 60", "c 60", "d 5400", "e 90", "f 5400"].map((row, i) => `${row} A 0a00000${i + 1}`),
    ],
    [
      "relative names and $ORIGIN",
      "$ORIGIN sub\na A 10.0.0.1\n@ A 10.0.0.2\n$ORIGIN deep\na A 10.0.0.3\n$ORIGIN example.com.\na A 10.0.0.4\n$ORIGIN com.\nexample A 10.0.0.5\n",
      ["a.sub", "sub", "a.deep.sub", "a", "@"].map((owner, i) => `${owner} 3600 A 0a00000${i + 1}`),
    ],
    [
      "names with escapes, in capitals and with an asterisk",
      String.raw`a\.b\032c A 10.0.0.1
WWW A 10.0.0.2
* A 10.0.0.3
sub.* A 10.0.0.4
0/25 A 10.0.0.5
`,
      [String.raw`a\.b\032c`, "www", "*", "sub.*", "0/25"].map((owner, i) => `${owner} 3600 A 0a00000${i + 1}`),
    ],
    [
      "TXT records over lines, with semicolons and comments",
      't TXT ( "a;b" ; not a string\n "c\\"d" e )\n',
      ["t 3600 TXT 03613b62036322640165"],
    ],
    ["strings that touch", 't TXT "a""b"\n', ["t 3600 TXT 01610162"]],
    ["RFC 3597 types and data", String.raw`u TYPE65280 \# 2 0a0b`, ["u 3600 TYPE65280 0a0b"]],
    [
      "the case of names in record data, which makes no other record",
      "$ORIGIN Sub\na CNAME WwW\nb MX 10 Mail.Example.NET.\nb MX 10 mail.example.net.\n",
      [
        `a.sub 3600 CNAME ${hex("\u0003WwW\u0003Sub\u0007example\u0003com\0")}`,
        `b.sub 3600 MX 000a${hex("\u0004Mail\u0007Example\u0003NET\0")}`,
      ],
    ],
    ["a record that is there twice once", "a A 10.0.0.1\na A 10.0.0.2\nA A 10.0.0.1\n", ["a 3600 A 0a000001 0a000002"]],
    [
      "the lowest TTL for all records of a set (RFC 2181 section 5.2)",
      "a 300 A 10.0.0.1\na 60 A 10.0.0.2\na 900 A 10.0.0.3\n",
      ["a 60 A 0a000001 0a000002 0a000003"],
    ],
    ["Windows line ends", "a A 10.0.0.1\r\n\r\nb A 10.0.0.2", ["a 3600 A 0a000001", "b 3600 A 0a000002"]],
    [
      "delegations with DS and glue",
      "lab NS ns.lab\nlab NS ns.example.net.\nlab DS 1 8 200 00\nns.lab A 10.0.0.1\n",
      [
        "lab 3600 NS 026e73036c6162076578616d706c6503636f6d00 026e73076578616d706c65036e657400",
        "lab 3600 DS 000108c800",
        "ns.lab 3600 A 0a000001",
      ],
    ],
  ])("takes %s", ([, text, expected]) => {
    expect(rows(load(APEX + text))).toEqual(expected);
  });

  test("includes files, with their own origin and owner", () => {
    const zone = load(
      `${APEX}a A 10.0.0.1\n$INCLUDE sub/one inc\n A 10.0.0.2\n$INCLUDE "/abs/two" ; comment\n$ORIGIN x\n$INCLUDE sub/../three\n`,
      {
        "zones/sub/one": "b A 10.0.0.3\n$ORIGIN deep\nc A 10.0.0.4\n$INCLUDE .//two\n",
        "zones/sub/two": "d A 10.0.0.5\n",
        "/abs/two": "$TTL 60\ne A 10.0.0.6\n",
        "zones/sub/../three": "f A 10.0.0.7\n",
      },
    );
    expect(rows(zone)).toEqual([
      "a 3600 A 0a000001 0a000002",
      "b.inc 3600 A 0a000003",
      "c.deep.inc 3600 A 0a000004",
      "d.deep.inc 3600 A 0a000005",
      "e 60 A 0a000006",
      // $TTL outlasts the file that it stands in.
      "f.x 60 A 0a000007",
    ]);
  });

  test("of 100,000 records takes less than two seconds of a processor", () => {
    const lines = Array.from(
      { length: 100_000 },
      (_, i) => `host${i} 300 IN A 10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`,
    );
    const text = `${APEX}${lines.join("\n")}\n`;
    // Not the clock's time: other tests run beside this one.
    const before = process.cpuUsage();
    expect(load(text).records).toHaveLength(100_000);
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(2);
  });
});

describe("a zone file is refused for", () => {
  test.for<[behaviour: string, text: string, lines: readonly string[]]>([
    [
      "syntax, each at its place",
      `t TXT "a\n\nb ( A 10.0.0.1\n c A ) )\nd CH A 10.0.0.1\ne IN\nf ADDR 10.0.0.1\ng AAA ::1\n$GENERATR 1-9 h A 10.0.0.1\n$TTL\n$ORIGIN a b\n$INCLUDE\n`,
      [
        `3:7 a quote that is not closed, found "\\"a", wanted a " at the end, on the same line`,
        `6:8 a parenthesis that was not opened, found ")", wanted each ) after its (`,
        '7:3 a class that is not served, found "CH", wanted IN',
        '8:3 a record without a type, found "IN", wanted OWNER TTL IN TYPE DATA',
        '9:3 unknown record type, found "ADDR", wanted a type such as A, or TYPEnnn',
        '10:3 unknown record type, found "AAA", wanted a known type: did you mean AAAA?',
        '11:1 unknown directive, found "$GENERATR", wanted $ORIGIN, $TTL, $INCLUDE, $GENERATE, or the records themselves',
        '12:1 $TTL with 0 values, found "$TTL", wanted $TTL TIME',
        '13:1 $ORIGIN with 2 values, found "$ORIGIN", wanted $ORIGIN NAME',
        '14:1 $INCLUDE with 0 values, found "$INCLUDE", wanted $INCLUDE FILE [ORIGIN]',
      ],
    ],
    [
      "a missing type, once",
      "www 192.0.2.1\nwww 300 192.0.2.1\nwww IN 1h 2001:db8::1\nwww mail.example.net.\nb 1x\n",
      ["3:5 192.0.2.1", "4:9 192.0.2.1", "5:11 2001:db8::1", "6:5 mail.example.net.", "7:3 1x"].map((at) => {
        const [place, text] = at.split(" ");
        return `${place} neither TTL, class nor type, found "${text}", wanted OWNER TTL IN TYPE DATA`;
      }),
    ],
    [
      "invisible characters, in view",
      "a\u00a0b A 10.0.0.1\nb A\u200b 10.0.0.1\n",
      [
        String.raw`3:1 "\u00a0" in a name, found "a\u00a0b", wanted letters, digits, hyphens and underscores`,
        String.raw`4:3 neither TTL, class nor type, found "A\u200b", wanted OWNER TTL IN TYPE DATA`,
      ],
    ],
    [
      "types without a name or a text of their own here",
      "a WKS 10.0.0.1 6 25\na TYPE65280 1:192.0.2.0/24\n",
      [
        '3:3 WKS records have no name here, found "WKS", wanted TYPE11, and RFC 3597 text behind it',
        String.raw`4:13 TYPE65280 data is read as RFC 3597 text only, found "1:192.0.2.0/24", wanted \# LENGTH HEX, such as \# 4 0a000001`,
      ],
    ],
    [
      "record data, where reading ends",
      "a A 10.0.0\nb MX 10\nc MX ( 10\n  a..b )\nd A\ne SOA a b 1 2 3 4\n",
      [
        '3:5 not an A record, found "10.0.0", wanted an IPv4 address such as 192.0.2.1',
        "4:3 not an MX record, found the end of the record, wanted PREFERENCE EXCHANGE, such as 10 mail",
        '6:3 an empty label in a name, found "a..b", wanted a name without two dots in a row',
        "7:3 not an A record, found the end of the record, wanted an IPv4 address such as 192.0.2.1",
        "8:3 not an SOA record, found the end of the record, wanted PRIMARY CONTACT SERIAL REFRESH RETRY EXPIRE MINIMUM, such as ns1 hostmaster 2026010100 2h 15m 14d 60",
      ],
    ],
    [
      "owners, once for all records of one",
      "a..b A 10.0.0.1\n A 10.0.0.2\nc A 10.0.0.3\n",
      ['3:1 an empty label in a name, found "a..b", wanted a name without two dots in a row'],
    ],
    [
      "TTLs",
      "a 2147483648 A 10.0.0.1\nb 1x A 10.0.0.1\n$TTL never\nc 2147483647 A 10.0.0.1\n$TTL 99999999999\n",
      [
        '3:3 TTL out of range, found "2147483648", wanted 0 to 2147483647',
        '4:3 not a TTL, found "1x", wanted seconds, or units such as 1h30m',
        '5:6 not a TTL, found "never", wanted seconds, or units such as 1h30m',
        '7:6 TTL out of range, found "99999999999", wanted 0 to 2147483647',
      ],
    ],
    [
      "an owner, and nothing that follows from it",
      "a A 10.0.0.1\nx..y CNAME b\n TXT x\n",
      ['4:1 an empty label in a name, found "x..y", wanted a name without two dots in a row'],
    ],
    [
      "a directive that does not stand at the start of its line",
      " $TTL 60\n",
      ['3:2 neither TTL, class nor type, found "$TTL", wanted OWNER TTL IN TYPE DATA'],
    ],
    [
      "types that are not served, each once",
      "a RRSIG A 8 3 60 x\na NSEC b A\nb RRSIG A 8 3 60 x\nc DNAME d\ne TYPE41 \\# 0\n@ ZONEMD 1 1 1 00\n",
      [
        '3:3 RRSIG records, found "RRSIG", wanted the zone as it was before it was signed: signatures are not served',
        '4:3 NSEC records, found "NSEC", wanted the zone as it was before it was signed: signatures are not served',
        '6:3 DNAME records, found "DNAME", wanted a CNAME for each name: the CNAMEs of a DNAME are not made here',
        '7:3 OPT records, found "TYPE41", wanted a type of data (RFC 6895 section 3.1)',
        '8:3 ZONEMD records, found "ZONEMD", wanted the zone without its digest, which would not be that of the zone as served',
      ],
    ],
    [
      "two SOA records, or one below the apex",
      "@ SOA ns host 8 1 1 1 1\nwww SOA ns host 8 1 1 1 1\n",
      [
        "3:1 another SOA record, found example.com. SOA, wanted one: RFC 1035 section 5.2",
        "4:1 an SOA record below the zone apex, found www.example.com. SOA, wanted one of example.com. alone",
      ],
    ],
    [
      "CNAMEs beside other data, at the apex, or several",
      "a CNAME b\na TXT x\n@ CNAME b\nc CNAME d\nc CNAME e\n",
      [
        "3:1 a CNAME beside other data, found CNAME and TXT, wanted the CNAME alone",
        "5:1 a CNAME at the zone apex, found example.com. CNAME, wanted A and AAAA records: the apex has SOA and NS records beside it",
        "7:1 another CNAME of a name, found c.example.com. CNAME, wanted one",
      ],
    ],
    [
      "what a delegation hides, and nameservers without addresses",
      "@ NS ns1\nlab NS ns.lab\nlab TXT x\nwww.lab A 10.0.0.1\n",
      [
        "3:1 nameserver without an address, found ns1.example.com, wanted an A or AAAA record of that name in the records of example.com",
        "4:1 nameserver without an address, found ns.lab.example.com, wanted an A or AAAA record of that name in the records of example.com",
        "5:1 records in the delegation of lab.example.com, found lab.example.com. TXT, wanted A and AAAA records of its nameservers alone",
        "6:1 records in the delegation of lab.example.com, found www.lab.example.com. A, wanted A and AAAA records of its nameservers alone",
      ],
    ],
    [
      "aliases in NS and MX records (RFC 2181 section 10.3)",
      "@ NS a\n@ MX 10 a\nlab NS a\n_x._tcp SRV 0 0 1 a\na CNAME www.example.net.\n",
      [
        "3:1 a nameserver that is an alias, found a.example.com, wanted the name that the CNAME leads to",
        "4:1 a mail server that is an alias, found a.example.com, wanted the name that the CNAME leads to",
        "5:1 a nameserver that is an alias, found a.example.com, wanted the name that the CNAME leads to",
      ],
    ],
    [
      "one of several records of a set, at that record, in whatever file",
      "@ MX 10 mail\n@ MX 20 a\nlab NS ns.example.net.\nlab NS ns1\na CNAME www.example.net.\n",
      [
        "4:1 a mail server that is an alias, found a.example.com, wanted the name that the CNAME leads to",
        "6:1 nameserver without an address, found ns1.example.com, wanted an A or AAAA record of that name in the records of example.com",
      ],
    ],
    [
      "a set that no message has room for",
      Array.from({ length: 300 }, (_, i) => `a TXT "${String(i).padEnd(250, "x")}"\n`).join(""),
      ["3:1 more records than fit in a message, found 78900 octets, wanted at most 65000"],
    ],
  ])("%s", ([, text, lines]) => {
    const found = diagnose(YAML, { "zones/main": APEX + text });
    expect(found).toEqual(lines.map((line) => `zones/main:${line.replace(" ", ' zones."example.com".file: ')}`));
  });

  test("a problem of a set at the record of an included file", () => {
    const files = {
      "zones/main": `${APEX}@ MX 10 mail.example.net.\n$INCLUDE more\n`,
      "zones/more": "@ MX 5 a\na CNAME b\n",
    };
    expect(diagnose(YAML, files)).toEqual([
      'zones/more:1:1 zones."example.com".file: a mail server that is an alias, found a.example.com, wanted the name that the CNAME leads to',
    ]);
  });

  test("a record before the SOA without a TTL, once", () => {
    expect(diagnose(YAML, { "zones/main": "@ NS ns.example.net.\n@ TXT x\n@ SOA ns host 1 2 3 4 5\n" })).toEqual([
      'zones/main:1:3 zones."example.com".file: a record without a TTL, found "NS", wanted a $TTL before the first record, or a TTL in each',
    ]);
  });

  test("an SOA record that is not one, and not that it is missing", () => {
    expect(diagnose(YAML, { "zones/main": "@ 60 SOA ns host 1 2 3 4\n@ 60 NS ns.example.net.\n" })).toEqual([
      expect.stringMatching(/^zones\/main:1:\d+ zones."example.com".file: not an SOA record, /),
    ]);
  });

  test("a first record without an owner", () => {
    expect(diagnose(YAML, { "zones/main": ` A 10.0.0.1\n${APEX}` })).toEqual([
      'zones/main:1:2 zones."example.com".file: a record without an owner, found "A", wanted a name before the first record of a file',
    ]);
  });

  test.for<[behaviour: string, text: string, line: string]>([
    [
      "no SOA record",
      "@ 60 NS ns.example.net.\n",
      'a zone without an SOA record, found "zones/main", wanted an SOA record of example.com.',
    ],
    [
      "no NS record",
      "@ 60 SOA ns host 1 2 3 4 5\n",
      'a zone without NS records, found "zones/main", wanted NS records of example.com.',
    ],
    [
      "nothing in it",
      "",
      'a zone without an SOA record and NS records, found "zones/main", wanted an SOA record and NS records of example.com.',
    ],
  ])("%s", ([, text, line]) => {
    expect(diagnose(YAML, { "zones/main": text })).toEqual([`demo.yaml:1:31 zones."example.com".file: ${line}`]);
  });

  test("itself or an included file that is not there", () => {
    expect(diagnose(YAML)).toEqual([
      'demo.yaml:1:31 zones."example.com".file: a zone file that cannot be read: no such file, found "zones/main", wanted the path of a file; paths count from the configuration\'s folder',
    ]);
    expect(diagnose(YAML, { "zones/main": `${APEX}$INCLUDE gone\n` })).toEqual([
      'zones/main:3:10 zones."example.com".file: a file that cannot be read: no such file, found "zones/gone", wanted the path of a file; it counts from the directory of this one',
    ]);
  });

  test("includes that loop, go too deep or never end", () => {
    expect(diagnose(YAML, { "zones/main": `${APEX}$INCLUDE a\n`, "zones/a": "$INCLUDE main\n" })).toEqual([
      'zones/a:1:10 zones."example.com".file: a file that includes itself, found "zones/main", wanted files without a loop',
    ]);
    expect(diagnose(YAML, { "zones/main": `${APEX}$INCLUDE a\n`, "zones/a": "$INCLUDE .//./main\n" })).toEqual([
      'zones/a:1:10 zones."example.com".file: a file that includes itself, found "zones/main", wanted files without a loop',
    ]);
    expect(
      diagnose(YAML.replace("zones/main", "./zones/main"), {
        "./zones/main": `${APEX}$INCLUDE main\n`,
        "zones/main": "$INCLUDE main\n",
      }),
    ).toEqual([
      './zones/main:3:10 zones."example.com".file: a file that includes itself, found "zones/main", wanted files without a loop',
    ]);
    const deep = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`zones/${i}`, `$INCLUDE ${i + 1}\n`]));
    expect(diagnose(YAML, { ...deep, "zones/main": `${APEX}$INCLUDE 0\n` })).toEqual([
      'zones/9:1:10 zones."example.com".file: files included too deep, found "zones/10", wanted at most 10 levels',
    ]);
    const wide = Object.fromEntries(
      Array.from({ length: 9 }, (_, i) => [`zones/${i}`, `$INCLUDE ${i + 1}\n`.repeat(i < 8 ? 10 : 0)]),
    );
    const endless = diagnose(YAML, { ...wide, "zones/main": `${APEX}$INCLUDE 0\n` });
    expect(endless.length).toBeLessThanOrEqual(909);
    expect(
      endless.some((line) => line.endsWith('too many files included, found "zones/8", wanted at most 1000 of a zone')),
    ).toBe(true);
    const large = `;${"x".repeat(2 ** 24 - 1)}`;
    expect(
      diagnose(YAML, {
        "zones/main": `${APEX}${"$INCLUDE large\n".repeat(4)}$INCLUDE more\n`,
        "zones/large": large,
        "zones/more": "\n",
      }),
    ).toEqual([
      'zones/main:7:10 zones."example.com".file: too much text included, found "zones/more", wanted at most 64 MiB of a zone',
    ]);
  });

  test("its first hundred problems, and the number of the others", () => {
    const lines = diagnose(YAML, { "zones/main": APEX + "a A x\n".repeat(5000) });
    expect(lines).toHaveLength(101);
    expect(lines.at(-2)).toMatch(/^zones\/main:102:5 /);
    expect(lines.at(-1)).toBe(
      'zones/main:103:5 zones."example.com".file: 4,900 more problems, found 5,000 problems in all, wanted none',
    );
  });

  test("keys that it takes the place of, each at its place", () => {
    const yaml = `zones:
  example.com:
    file: zones/main
    nameservers: [ns.example.net]
    ttl: 60s
    records: { www: { A: 192.0.2.1 } }
`;
    expect(diagnose(yaml, { "zones/main": APEX })).toEqual([
      'demo.yaml:4:5 zones."example.com".nameservers: nameservers means nothing for a zone with a file, found a list, wanted no nameservers, or no file',
      'demo.yaml:5:5 zones."example.com".ttl: ttl means nothing for a zone with a file, found "60s", wanted no ttl, or no file',
      'demo.yaml:6:5 zones."example.com".records: records means nothing for a zone with a file, found a mapping, wanted no records, or no file',
    ]);
  });
});
