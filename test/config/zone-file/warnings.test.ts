/** What BIND takes with a warning: each case was tried with `named-compilezone` of BIND 9.18.49. */
import { describe, expect, test } from "vitest";
import { loadConfig } from "../../../src/config/load-config.ts";
import { diagnose, type Files, filesOf, warningsOf } from "../diagnose.ts";

const YAML = "zones: { example.com: { file: main } }\n";
const APEX = "@ 3600 IN SOA ns host 7 2h 15m 14d 60\n@ NS ns.example.net.\n";

/** `www 60`: all TTLs, that of the SOA record first. */
function ttls(text: string, files: Files = {}): readonly string[] {
  const readFile = filesOf({ main: text, ...files });
  const loaded = loadConfig({ file: "demo.yaml", text: YAML, serial: 1, readFile });
  if (!loaded.ok) throw new Error(loaded.error.map(({ what }) => what).join("\n"));
  const { soa, nameserverTtl, records } = loaded.value.zones[0]!;
  const sets = records.map(({ owner, ttl }) => `${owner.replace(/\.?example\.com$/, "") || "@"} ${ttl}`);
  return [`SOA ${soa.ttl}`, `NS ${nameserverTtl}`, ...sets];
}

const warnings = (text: string, files: Files = {}): readonly string[] =>
  warningsOf(YAML, { main: text, ...files }).map((line) => line.replace(' zones."example.com".file:', ""));

const problems = (text: string, files: Files = {}): readonly string[] =>
  diagnose(YAML, { main: text, ...files }).map((line) => line.replace(' zones."example.com".file:', ""));

const BARE = "@ IN SOA ns host 1 2 3 4 777\n@ NS ns.example.net.\n";
const fromSoa = (place: string, minimum = 777): string =>
  `${place} a zone without a TTL before its SOA record, whose MINIMUM is taken for it, found ${minimum}, wanted $TTL ${minimum} before the first record`;

describe("a zone without a TTL before its SOA record takes the SOA's MINIMUM", () => {
  test.for<[behaviour: string, text: string, ttls: readonly string[]]>([
    ["for all its records", `${BARE}a A 192.0.2.1\n`, ["SOA 777", "NS 777", "a 777"]],
    [
      "as if it were $TTL: a record's own TTL does not hold for the next",
      `${BARE}a 50 A 192.0.2.1\nb A 192.0.2.2\n`,
      ["SOA 777", "NS 777", "a 50", "b 777"],
    ],
    ["up to a $TTL", `${BARE}a A 192.0.2.1\n$TTL 99\nb A 192.0.2.2\n`, ["SOA 777", "NS 777", "a 777", "b 99"]],
  ])("%s", ([, text, expected]) => {
    expect(ttls(text)).toEqual(expected);
    expect(warnings(text)).toEqual([fromSoa("main:1:1")]);
  });

  test.for<[behaviour: string, text: string, ttls: readonly string[]]>([
    ["$TTL is there", `$TTL 5\n${BARE}`, ["SOA 5", "NS 5"]],
    ["the SOA record has one", `@ 100 SOA ns host 1 2 3 4 777\n@ NS ns.example.net.\n`, ["SOA 100", "NS 100"]],
    ["a record before it has one", `@ 6 NS ns.example.net.\n@ SOA ns host 1 2 3 4 777\n`, ["SOA 6", "NS 6"]],
  ])("not where %s", ([, text, expected]) => {
    expect(ttls(text)).toEqual(expected);
    expect(warnings(text)).toEqual([]);
  });

  test("which is 0 where it is no TTL (RFC 2181 section 8)", () => {
    const text = BARE.replace("777", "3000000000");
    expect(ttls(text)).toEqual(["SOA 0", "NS 0"]);
    expect(warnings(text)).toEqual([
      "main:1:1 a zone without a TTL before its SOA record, whose MINIMUM is taken for it, found 3000000000, wanted $TTL 0 before the first record",
    ]);
  });

  test("in whatever file it stands", () => {
    const files = { head: `; the head\n${BARE}` };
    expect(ttls("$INCLUDE head\na A 192.0.2.1\n", files)).toEqual(["SOA 777", "NS 777", "a 777"]);
    expect(warnings("$INCLUDE head\na A 192.0.2.1\n", files)).toEqual([fromSoa("head:2:1")]);
  });

  test("as the example of RFC 1035 section 5.3 does", () => {
    const text = `@   IN  SOA     VENERA      Action\\.domains (
                                 20     ; SERIAL
                                 7200   ; REFRESH
                                 600    ; RETRY
                                 3600000; EXPIRE
                                 60)    ; MINIMUM

        NS      A.ISI.EDU.
        NS      VENERA
        NS      VAXA
        MX      10      VENERA
        MX      20      VAXA

A       A       26.3.0.103

VENERA  A       10.1.0.52
        A       128.9.0.32

VAXA    A       10.2.0.27
        A       128.9.0.33


$INCLUDE <SUBSYS>ISI-MAILBOXES.TXT
`;
    const mailboxes =
      "MOE MB A.ISI.EDU.\nLARRY MB A.ISI.EDU.\nCURLEY MB A.ISI.EDU.\nSTOOGES MG MOE\n  MG LARRY\n  MG CURLEY\n";
    const files = { main: text, "<SUBSYS>ISI-MAILBOXES.TXT": mailboxes };
    const yaml = "zones: { isi.edu: { file: main } }\n";
    expect(warningsOf(yaml, files)).toEqual([
      'main:1:1 zones."isi.edu".file: a zone without a TTL before its SOA record, whose MINIMUM is taken for it, found 60, wanted $TTL 60 before the first record',
    ]);
    const loaded = loadConfig({ file: "demo.yaml", text: yaml, serial: 1, readFile: filesOf(files) });
    if (!loaded.ok) throw new Error("not loaded");
    const [zone] = loaded.value.zones;
    expect(new Set([zone!.soa.ttl, zone!.nameserverTtl, ...zone!.records.map(({ ttl }) => ttl)])).toEqual(
      new Set([60]),
    );
    expect(zone!.records).toHaveLength(8);
  });
});

describe("records outside the zone are ignored", () => {
  const TOLD = "records outside the zone, which are ignored, found";

  test.for<[behaviour: string, text: string, ttls: readonly string[], warnings: readonly string[]]>([
    [
      "with all that have the same owner",
      `${APEX}www.example.org. A 192.0.2.1\n  TXT x\na A 192.0.2.2\n`,
      ["SOA 3600", "NS 3600", "a 3600"],
      [`main:3:1 ${TOLD} www.example.org. and 1 more, wanted names in example.com.`],
    ],
    [
      "of types that are not served, too",
      `${APEX}example.org. DNAME b\norg. TXT x\n`,
      ["SOA 3600", "NS 3600"],
      [`main:4:1 ${TOLD} org., wanted names in example.com.`],
    ],
    [
      "but for their TTL, which holds for the next record",
      `${APEX}www.example.org. 9 A 192.0.2.1\na A 192.0.2.2\n`,
      ["SOA 3600", "NS 3600", "a 9"],
      [`main:3:1 ${TOLD} www.example.org., wanted names in example.com.`],
    ],
    [
      "whose SOA says nothing of the zone's TTL",
      `example.org. SOA ns host 1 2 3 4 5\n${BARE}`,
      ["SOA 777", "NS 777"],
      [`main:1:1 ${TOLD} example.org., wanted names in example.com.`, fromSoa("main:2:1")],
    ],
  ])("%s", ([, text, expected, told]) => {
    expect(ttls(text)).toEqual(expected);
    expect(warnings(text)).toEqual(told);
  });

  test("once for each file, however many there are", () => {
    const lines = (count: number): string =>
      Array.from({ length: count }, (_, i) => `a${i}.org. A 192.0.2.1\n`).join("");
    const text = `${APEX}$INCLUDE more\n$INCLUDE more\n${lines(5000)}`;
    expect(warnings(text, { more: lines(3) })).toEqual([
      `main:5:1 ${TOLD} a0.org. and 4999 more, wanted names in example.com.`,
      `more:1:1 ${TOLD} a0.org. and 5 more, wanted names in example.com.`,
    ]);
  });

  test("and a zone that has no others is refused with them", () => {
    expect(problems("$ORIGIN example.org.\n@ 60 SOA ns host 1 2 3 4 5\n@ 60 NS ns\n")).toEqual([
      'demo.yaml:1:31 a zone without an SOA record and NS records, found "main" with records of example.org. and 1 more, wanted an SOA record and NS records of example.com.',
    ]);
  });

  test("but their data is to be sound", () => {
    expect(problems(`${APEX}www.example.org. A 192.0.2\n`)).toEqual([
      'main:3:20 not an A record, found "192.0.2", wanted an IPv4 address such as 192.0.2.1',
    ]);
  });

  test("and what is no zone file is not quoted", () => {
    const told = problems("secret.\npassword. hunter2\nkey. NSEC x\n");
    expect(told.join("\n")).not.toMatch(/secret|hunter|key/);
  });
});

describe("octets that are not UTF-8", () => {
  // As the file is read: U+DC00 and the octet.
  const E_ACUTE = "\udce9";

  test("of comments are ignored, told once for each file", () => {
    const text = `; caf${E_ACUTE}\n${APEX}a TXT x ; caf${E_ACUTE}\nb TXT ( x ; ${E_ACUTE}\n y ) ; ${E_ACUTE}\n`;
    expect(ttls(text)).toEqual(["SOA 3600", "NS 3600", "a 3600", "b 3600"]);
    expect(warnings(text)).toEqual([
      "main:1:1 a comment that is not UTF-8, found a comment and 2 more, wanted UTF-8, in which all else is read",
    ]);
  });

  test.for([
    [`a TXT caf${E_ACUTE}`, "3:7", String.raw`"caf\\233"`],
    [`a TXT "caf${E_ACUTE}"`, "3:7", String.raw`"\"caf\\233\""`],
    [`caf${E_ACUTE} A 192.0.2.1`, "3:1", String.raw`"caf\\233"`],
    [`$INCLUDE ${E_ACUTE}`, "3:10", String.raw`"\\233"`],
    [`$GENERATE 1-2 a$ TXT ${E_ACUTE}$`, "3:22", String.raw`"\\233$"`],
  ])("elsewhere are refused: %s", ([line, place, found]) => {
    expect(problems(`${APEX}${line}\n`)).toEqual([
      `main:${place} octets that are not UTF-8, found ${found}, wanted UTF-8, or \\DDD for an octet`,
    ]);
  });

  test("in a comment do not make characters foreign that are UTF-8", () => {
    const text = `${APEX}; ${E_ACUTE}\na TXT "é😀"\n`;
    expect(warnings(text)).toHaveLength(1);
    expect(ttls(text)).toContain("a 3600");
  });
});

test("warnings hide no problem, and stand behind none", () => {
  expect(problems(`${BARE}a.org. TXT x\n@ MX 10 a\na CNAME b\nlab NS ns.lab\n`)).toEqual([
    "main:4:1 a mail server that is an alias, found a.example.com, wanted the name that the CNAME leads to",
    "main:6:1 nameserver without an address, found ns.lab.example.com, wanted an A or AAAA record of that name in the records of example.com",
  ]);
});
