import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatDiagnostic } from "../../../src/config/diagnostic.ts";
import { loadConfig } from "../../../src/config/load-config.ts";
import { type Files, filesOf } from "../diagnose.ts";

const YAML = "zones: { example.com: { file: zones/main } }\n";
const APEX = "@ 3600 IN SOA ns host ( 7 2h 15m 14d 60 )\n@ 3600 NS ns.example.net.\n";

test("readZoneFile: any text is a zone or problems at places in it", () => {
  const plain =
    '@ a b.c IN 60 A 10.0.0.1 NS ns.example.net. TXT " ( ) ; \\ $TTL $ORIGIN $INCLUDE SOA CNAME MX 10 zones/main inc';
  const words = fc.constantFrom(...plain.split(" "), " ", "\n", "\n", "\t", '"x y"', APEX);
  fc.assert(
    fc.property(fc.array(fc.tuple(words, fc.constantFrom(" ", "", "\n")), { maxLength: 30, size: "max" }), (parts) => {
      const text = parts.flat().join("");
      const files: Files = { "zones/main": text, "zones/inc": "x A 10.0.0.9\n" };
      const loaded = loadConfig({ file: "demo.yaml", text: YAML, serial: 1, readFile: filesOf(files) });
      if (loaded.ok) return;
      for (const diagnostic of loaded.error) {
        const lines = (files[diagnostic.file] ?? YAML).split("\n");
        expect(diagnostic.column).toBeLessThanOrEqual(lines[diagnostic.line - 1]!.length + 1);
        expect(formatDiagnostic(diagnostic)).not.toContain("\n");
      }
    }),
    { numRuns: 400 },
  );
});
