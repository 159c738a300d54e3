import { expect, test } from "vitest";
import { formatDiagnostic } from "../../src/config/diagnostic.ts";
import { formatPath } from "../../src/config/path.ts";

test("formatDiagnostic is one line: file, place, path, what, found and wanted", () => {
  const line = formatDiagnostic({
    code: "out-of-range",
    file: "demo.yaml",
    line: 14,
    column: 7,
    path: "profiles.shop.endpoints.ireland.weight",
    what: "weight out of range",
    found: "0",
    wanted: "1 to 1000",
  });
  expect(line).toBe(
    "demo.yaml:14:7 profiles.shop.endpoints.ireland.weight: weight out of range, found 0, wanted 1 to 1000",
  );
});

test.for<[found: string, shown: string]>([
  ["a\u00a0b", String.raw`a\u00a0b`],
  ["\u200b\u202e\u2028\u0085", String.raw`\u200b\u202e\u2028\u0085`],
  ["\u{e0041}", String.raw`\u{e0041}`],
  ["grün 日本 ✓", "grün 日本 ✓"],
])("formatDiagnostic shows %j as %s", ([found, shown]) => {
  const place = { file: "demo.yaml", line: 1, column: 1, path: "zones" };
  const line = formatDiagnostic({ code: "bad-text", ...place, what: "not a text", found, wanted: "another" });
  expect(line).toBe(`demo.yaml:1:1 zones: not a text, found ${shown}, wanted another`);
});

test.for<[path: (string | number)[], text: string]>([
  [[], "top level"],
  [["profiles", "shop", "names", 1], "profiles.shop.names[1]"],
  [["zones", "gtm.example.com", "records", "@"], 'zones."gtm.example.com".records."@"'],
  [["zones", "a\nb"], String.raw`zones."a\nb"`],
])("formatPath: %j is %s", ([path, text]) => {
  expect(formatPath(path)).toBe(text);
});
