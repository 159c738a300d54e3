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

test.for<[path: (string | number)[], text: string]>([
  [[], "top level"],
  [["profiles", "shop", "names", 1], "profiles.shop.names[1]"],
  [["zones", "gtm.example.com", "records", "@"], 'zones."gtm.example.com".records."@"'],
  [["zones", "a\nb"], String.raw`zones."a\nb"`],
])("formatPath: %j is %s", ([path, text]) => {
  expect(formatPath(path)).toBe(text);
});
