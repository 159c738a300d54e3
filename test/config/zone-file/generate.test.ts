/** `$GENERATE`, as `named-compilezone` of BIND 9.18.49 reads it: each line that is taken was tried with it. */
import { describe, expect, test } from "vitest";
import { generatedLines, MAX_GENERATED } from "../../../src/config/zone-file/generate.ts";
import { tokenize } from "../../../src/config/zone-file/tokenize.ts";
import { diagnose, warningsOf } from "../diagnose.ts";
import { loadConfig } from "../../../src/config/load-config.ts";
import { filesOf } from "../diagnose.ts";
import { typeName } from "../../../src/shared/record-type.ts";

/** The lines that a directive makes, without its name; `!` and what is wrong. */
function lines(text: string): readonly string[] {
  const [entry] = tokenize(text);
  const generated = generatedLines(entry!.tokens);
  return generated.ok ? [...generated.value.lines] : [`! ${generated.error.token.text}: ${generated.error.what}`];
}

describe("generatedLines", () => {
  test.for<[directive: string, lines: readonly string[]]>([
    ["1-3 a$ A 192.0.2.$", ["a1 A 192.0.2.1", "a2 A 192.0.2.2", "a3 A 192.0.2.3"]],
    ["3-8/2 a$ A 192.0.2.${-1}", ["a3 A 192.0.2.2", "a5 A 192.0.2.4", "a7 A 192.0.2.6"]],
    ["01-02 a$ 1h IN A 192.0.2.$", ["a1 1h IN A 192.0.2.1", "a2 1h IN A 192.0.2.2"]],
    ["5-5 $ CNAME $.0/25", ["5 CNAME 5.0/25"]],
    ['1-1 a$ MX "10 mail$"', ["a1 MX 10 mail1"]],
    ['1-1 a$ TXT "hello $ world"', ["a1 TXT hello 1 world"]],
    [String.raw`1-1 a$ TXT "\"hello $ world\" \$ \\ \"\""`, [String.raw`a1 TXT "hello 1 world" \$ \\ ""`]],
    ["0-10/5 a${10,3,d}.$ CNAME b${1,0,x}.$$", ["a010.10 CNAME b1.$", "a015.15 CNAME b6.$", "a020.20 CNAME bb.$"]],
    // As in BIND, an offset holds for each $ behind it.
    ["1-2 a${7}-$ TXT ${3}.$.${1,2}", ["a8-8 TXT 4.4.02", "a9-9 TXT 5.5.03"]],
    ["0-1 a${-5} TXT b${-5,4,d}.${-1,2,x}", ["a-5 TXT b-005.ffffffff", "a-4 TXT b-004.00"]],
    ["8-8 ${0,3,o}.${0} TXT ${0,0,X}${247,1,X}", ["010.8 TXT 8FF"]],
    // The width of nibbles counts the dots between them.
    ["0-1 a${0,1,n} TXT ${+3}${0,3,N}", ["a0 TXT 30.0", "a1 TXT 41.0"]],
    ["254-254 ${0,3,N}.${0,7,n} TXT ${0,0,n}", ["E.F.e.f.0.0 TXT e.f"]],
    ["5-5 ${0,2,n}x.${0,4,n}x TXT x", ["5.x.5.0.x TXT x"]],
    ["0-0 a${-5,2,n} TXT b", ["ab.f.f.f.f.f.f.f TXT b"]],
    [String.raw`1-1 a\$x TXT $$`, [String.raw`a\$x TXT $`]],
    ["1-1 a${0}zz}z A 192.0.2.1", ["a1zz}z A 192.0.2.1"]],
    ["2147483646-2147483647 a$ A 192.0.2.1", ["a2147483646 A 192.0.2.1", "a2147483647 A 192.0.2.1"]],
    ["1-1 a${0,127} A 192.0.2.1", [`a${"1".padStart(127, "0")} A 192.0.2.1`]],
  ])("%s", ([directive, expected]) => {
    expect(lines(directive)).toEqual(expected);
  });

  test.for<[directive: string, refusal: string]>([
    ["2-1 a$ A x", "! 2-1: not a range"],
    ["1-2/0 a$ A x", "! 1-2/0: not a range"],
    ["1 a$ A x", "! 1: not a range"],
    ["1-2x a$ A x", "! 1-2x: not a range"],
    ["1-2147483648 a$ A x", "! 1-2147483648: not a range"],
    ["-1-2 a$ A x", "! -1-2: not a range"],
    ["1-2 a${0,2,d A x", "! a${0,2,d: not a place for the number"],
    ["1-2 a${0,2,q} A x", "! a${0,2,q}: not a place for the number"],
    ["1-2 a${0,2,dx} A x", "! a${0,2,dx}: not a place for the number"],
    ["1-2 a${} A x", "! a${}: not a place for the number"],
    ["1-2 a${0,128} A x", "! a${0,128}: not a place for the number"],
    ["1-2 a${9999999999} A x", "! a${9999999999}: not a place for the number"],
    ["1-1 a$ TXT ${2147483647}", "! ${2147483647}: not a place for the number"],
    ["1-2 a$ TXT ${0,-2}", "! ${0,-2}: not a place for the number"],
  ])("refuses %s", ([directive, refusal]) => {
    expect(lines(directive)).toEqual([refusal]);
  });
});

const YAML = "zones: { example.com: { file: main } }\n";
const APEX = "@ 60 SOA ns host 1 2 3 4 777\n@ NS ns.example.net.\n";

function rows(text: string): readonly string[] {
  const loaded = loadConfig({ file: "demo.yaml", text: YAML, serial: 1, readFile: filesOf({ main: APEX + text }) });
  if (!loaded.ok) throw new Error(loaded.error.map(({ what }) => what).join("\n"));
  return loaded.value.zones[0]!.records.map(({ owner, ttl, type, records }) => {
    const data = records.map((octets) => Buffer.from(octets).toString("hex"));
    return [owner.replace(/\.?example\.com$/, "") || "@", ttl, typeName(type), ...data].join(" ");
  });
}

const problems = (text: string): readonly string[] =>
  diagnose(YAML, { main: APEX + text }).map((line) => line.replace(' zones."example.com".file:', ""));

describe("$GENERATE in a zone file", () => {
  test.for<[behaviour: string, text: string, rows: readonly string[]]>([
    [
      "makes records of the names below the origin",
      "$ORIGIN sub\n$GENERATE 1-2 a$ A 10.0.0.$\n",
      ["a1.sub 60 A 0a000001", "a2.sub 60 A 0a000002"],
    ],
    [
      "has a TTL that holds for the next record",
      "$GENERATE 1-1 a$ 5 IN A 10.0.0.$\n$GENERATE 2-2 a$ IN 6 A 10.0.0.$\nb A 10.0.0.3\n",
      ["a1 5 A 0a000001", "a2 6 A 0a000002", "b 6 A 0a000003"],
    ],
    [
      "leaves the owner of the record before it",
      "w A 10.0.0.1\n$GENERATE 2-2 a$ A 10.0.0.$\n TXT x\n",
      ["w 60 A 0a000001", "w 60 TXT 0178", "a2 60 A 0a000002"],
    ],
    ["may have comments and parentheses", '$GENERATE 1-1 ( a$\n A "10.0.0.$ ; x" ) ; y\n', ["a1 60 A 0a000001"]],
    ["may make several records of a name", "$GENERATE 1-2 @ TXT $\n", ["@ 60 TXT 0131 0132"]],
  ])("%s", ([, text, expected]) => {
    expect(rows(text).toSorted()).toEqual([...expected].toSorted());
  });

  test("may name what is outside the zone, which is ignored", () => {
    const files = { main: `${APEX}$GENERATE 1-200 a$.example.org. A 10.0.0.$\n` };
    expect(warningsOf(YAML, files)).toEqual([
      'main:3:1 zones."example.com".file: records outside the zone, which are ignored, found a1.example.org. and 199 more, wanted names in example.com.',
    ]);
  });

  test.for<[behaviour: string, text: string, problem: string]>([
    [
      "a wrong record, once",
      "$GENERATE 1-1000 a$ A 10.0.0.${250}\n",
      '3:1 not an A record, found "10.0.0.256", wanted an IPv4 address such as 192.0.2.1',
    ],
    [
      "a parenthesis in its data",
      '$GENERATE 1-9 a$ A "( 10.0.0.$"\n',
      '3:1 a parenthesis that is not closed, found "(", wanted each ( with its )',
    ],
    [
      "data with blanks and no quotes",
      "$GENERATE 1-9 a$ MX 10 mail$\n",
      '3:21 not a record type, found "10", wanted OWNER [TTL] [CLASS] TYPE DATA, the data in quotes if it has blanks',
    ],
    [
      "values that are missing",
      "$GENERATE 1-9 a$ A\n",
      '3:1 $GENERATE with 3 values, found "$GENERATE", wanted $GENERATE START-STOP[/STEP] OWNER [TTL] [CLASS] TYPE DATA, the data in quotes if it has blanks',
    ],
    [
      "a type that is not served, once",
      "$GENERATE 1-9 a$ DNAME b$\n",
      '3:1 DNAME records, found "DNAME", wanted a CNAME for each name: the CNAMEs of a DNAME are not made here',
    ],
    [
      "more records than a zone may have of it",
      `$GENERATE 1-9 a$ A 10.0.0.1\n$GENERATE 10-${MAX_GENERATED + 1} a$ A 10.0.0.1\n`,
      `4:11 too many records generated, found "10-${MAX_GENERATED + 1}", wanted at most ${MAX_GENERATED} of a zone`,
    ],
    [
      "more text than a zone may have of it",
      `$GENERATE 1-100000 a$ TXT "${"${0,127} ".repeat(100)}"\n`,
      '3:11 too much text generated, found "1-100000", wanted at most 32 MiB of a zone',
    ],
    [
      "data that no record can have",
      `$GENERATE 1-9 a$ TXT "${"${0,127}".repeat(40_000)}"\n`,
      '3:22 more than a record can have, found "\\"${0,127}',
    ],
  ])("is refused for %s", ([, text, problem]) => {
    const told = problems(text);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`main:${problem}`);
  });
});
