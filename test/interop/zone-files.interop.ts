/** Zone files as BIND's own tools read them: named-compilezone writes each record out, named-rrchecker its octets. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { readZoneFile } from "../../src/config/zone-file/read-zone-file.ts";
import { typeName } from "../../src/shared/record-type.ts";
import { err } from "../../src/shared/result.ts";
import { bindSamples } from "../config/zone-file/bind-samples.ts";
import { has } from "./scene/has.ts";
import { fileOf } from "./scene/programs.ts";

const ZONE = "example.com";
const directory = mkdtempSync(path.join(tmpdir(), "geosteer-zone-files-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** `a1.example.com 60 A c0000201` of each record, sorted; undefined = the file is refused. */
function ours(text: string): readonly string[] | undefined {
  let isRefused = false;
  const readFile = () => err({ reason: "no such file", wanted: undefined });
  const records = readZoneFile({ file: "zone", text, zone: ZONE, includes: ".", readFile }, ({ code }) => {
    isRefused ||= code !== "outside-zone" && code !== "ttl-from-soa";
  });
  if (isRefused) return undefined;
  const rows = records.map(
    ({ owner, ttl, type, data }) => `${owner} ${ttl} ${typeName(type)} ${Buffer.from(data).toString("hex")}`,
  );
  return [...new Set(rows)].toSorted();
}

/** The same of what BIND makes of it. */
function theirs(text: string): readonly string[] | undefined {
  const file = path.join(directory, "zone");
  writeFileSync(file, text);
  const checks = ["-i", "none", "-k", "ignore", "-n", "ignore", "-m", "ignore", "-M", "ignore", "-S", "ignore"];
  const args = [...checks, "-q", "-s", "full", "-o", "-", ZONE, file];
  const { status, stdout } = spawnSync(fileOf("named-compilezone"), args, { encoding: "utf8", timeout: 10_000 });
  return status === 0 ? ours(stdout) : undefined;
}

const number = fc.oneof(
  fc.nat({ max: 20 }),
  fc.constantFrom(0, 15, 16, 99, 254, 255, 256, 4095, 65_535, 2_147_483_640),
);
const offset = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.constantFrom(-300, 1000, 7_000_000));
const place = fc.oneof(
  { weight: 3, arbitrary: fc.constant("$") },
  offset.map((by) => `\${${by}}`),
  fc.tuple(offset, fc.nat({ max: 9 })).map(([by, width]) => `\${${by},${width}}`),
  fc
    .tuple(offset, fc.nat({ max: 9 }), fc.constantFrom("d", "o", "x", "X", "n", "N"))
    .map(([by, width, base]) => `\${${by},${width},${base}}`),
);
const literal = fc.constantFrom("a", "h-", ".", ".b", "\\$", "$$", "0", "\\.", "c");
const template = fc.array(fc.oneof(place, literal), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""));
// Outside the zone BIND does not look at what $GENERATE makes, and we do.
const owners = template.map((text) => `${text}e`);
const data = fc.oneof(
  template.map((text) => `A 192.0.2.${text}`),
  template.map((text) => `NS ${text}`),
  template.map((text) => `PTR h${text}.example.net.`),
  fc.tuple(template, template).map(([a, b]) => `MX "${a} ${b}"`),
  fc.tuple(template, template).map(([a, b]) => `TXT "${a} \\"x ${b}\\""`),
  template.map((text) => `AAAA 2001:db8::${text}`),
);
const range = fc
  .tuple(number, fc.nat({ max: 5 }), fc.constantFrom("", "/1", "/2", "/3"))
  .map(([start, more, step]) => `${start}-${start + more}${step}`);
const middle = fc.constantFrom("", "", "300 ", "IN ", "1h IN ", "IN 5 ");

describe.runIf(has("named-compilezone", "named-rrchecker"))("zone files as BIND reads them", () => {
  test("$GENERATE, whatever stands in it", () => {
    let taken = 0;
    fc.assert(
      fc.property(range, owners, middle, data, (numbers, owner, ttlAndClass, record) => {
        const text = `@ 60 IN SOA ns host 1 2 3 4 5\n@ NS ns.example.net.\n$GENERATE ${numbers} ${owner} ${ttlAndClass}${record}\nlast TXT x\n`;
        const found = ours(text);
        expect(found).toEqual(theirs(text));
        if (found !== undefined) taken++;
      }),
      { numRuns: 600 },
    );
    // A test in which both refuse everything says little.
    expect(taken).toBeGreaterThan(150);
  }, 120_000);

  test.for<[what: string, text: string]>([
    [
      "the SOA's MINIMUM for a TTL",
      "@ SOA ns host 1 2 3 4 777\n@ NS ns.example.net.\na 50 TXT x\nb TXT x\n$TTL 9\nc TXT x\n",
    ],
    ["a MINIMUM that is no TTL", "@ SOA ns host 1 2 3 4 3000000000\n@ NS ns.example.net.\n"],
    ["a record before the SOA without a TTL", "@ NS ns.example.net.\n@ SOA ns host 1 2 3 4 5\n"],
    ["a record before the SOA with one", "@ 6 NS ns.example.net.\n@ SOA ns host 1 2 3 4 5\na TXT x\n"],
    [
      "records outside the zone",
      "b.org. 8 SOA a b 1 2 3 4 5\n TXT x\n@ SOA ns host 1 2 3 4 5\n@ NS ns.example.net.\na.org. 9 NSEC b.org. A\n TXT x\na TXT x\n",
    ],
    [
      "an SOA outside the zone, which says nothing of TTLs",
      "b.org. SOA a b 1 2 3 4 5\n@ SOA ns host 1 2 3 4 6\n@ NS ns.example.net.\n",
    ],
    ["a record outside the zone that is none", "@ 5 SOA ns host 1 2 3 4 5\n@ NS ns.example.net.\na.org. A 192.0.2\n"],
  ])("%s", ([, text]) => {
    expect(ours(text)).toEqual(theirs(text));
  });

  test.for(bindSamples)("the octets of %s", ([line, digits]) => {
    const { stdout } = spawnSync(fileOf("named-rrchecker"), ["-u"], { input: `IN ${line}\n`, encoding: "utf8" });
    const printed = /\\# \d+ ?([\dA-F]*)/.exec(stdout)?.[1];
    expect(printed?.toLowerCase()).toBe(digits);
  });
});
