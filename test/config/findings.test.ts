import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createFindings, type Findings } from "../../src/config/findings.ts";
import type { Path } from "../../src/config/path.ts";

/** Line 1, at a column as deep as the path. */
function emptyFindings(): Findings {
  const position = (path: Path): { line: number; column: number } => ({ line: 1, column: path.length });
  return createFindings("demo.yaml", { position, found: () => "nothing", pathOf: (path) => path });
}

const finding = { code: "missing-key", what: "missing key", wanted: "a key" } as const;

test("diagnostics are in the order of the file", () => {
  const { report, problems } = emptyFindings();
  report({ ...finding, path: ["a", "b", "c"] });
  report({ ...finding, path: ["z"] });
  report({ ...finding, path: ["a"] });
  report({ ...finding, path: ["x"], position: { line: 9, column: 1 } });
  expect(problems().map(({ path }) => path)).toEqual(["a", "z", "a.b.c", "x"]);
});

test("what follows from a refused value is no news", () => {
  const { refuse, report, problems } = emptyFindings();
  refuse({ ...finding, path: ["a", "b"] });
  report({ ...finding, path: ["a", "b"] });
  report({ ...finding, path: ["a"] });
  report({ ...finding, path: ["c"], because: [["c"], ["a", "b"]] });
  expect(problems()).toHaveLength(1);
});

test("what does not follow from a refused value is reported", () => {
  const { refuse, report, problems } = emptyFindings();
  refuse({ ...finding, path: ["a", "b"] });
  report({ ...finding, path: ["a", "c"] });
  report({ ...finding, path: ["a", "b", "d"] });
  report({ ...finding, path: ["a"], because: [["a", "c"]] });
  expect(problems()).toHaveLength(4);
});

test("diagnostics of a file are told to the hundredth in its order, and how many more there are", () => {
  const files = fc.constantFrom("demo.yaml", "a.zone");
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 700 }), fc.integer(), files, (count, seed, file) => {
      const { report, problems } = emptyFindings();
      for (let i = 0; i < count; i++) {
        // A prime steps through all lines out of order.
        const line = (((i * 701 + seed) % count) + count) % count;
        report({ ...finding, path: ["f"], file, position: { line: line + 1, column: 1 } });
      }
      const all = problems();
      expect(all.slice(0, 100).map(({ line }) => line)).toEqual(
        Array.from({ length: Math.min(count, 100) }, (_, i) => i + 1),
      );
      const more = `${count - 100} more problem${count === 101 ? "" : "s"}`;
      expect(all.slice(100).map(({ line, what }) => `${line} ${what}`)).toEqual(count > 100 ? [`101 ${more}`] : []);
    }),
  );
});

test("diagnostics of other files follow those of the configuration, a hundred of each", () => {
  const { report, problems } = emptyFindings();
  const inFile = (file: string, line: number): void =>
    report({ ...finding, path: ["f"], file, position: { line, column: 1 } });
  for (let line = 150; line > 0; line--) inFile("b.zone", line);
  inFile("a.zone", 3);
  inFile("a.zone", 2);
  report({ ...finding, path: ["x"] });
  const places = problems().map(({ file, line }) => `${file}:${line}`);
  expect(places.slice(0, 4)).toEqual(["demo.yaml:1", "a.zone:2", "a.zone:3", "b.zone:1"]);
  expect(places).toHaveLength(104);
  expect(problems().at(-1)).toMatchObject({
    code: "more-problems",
    line: 101,
    what: "50 more problems",
    found: "150 problems in all",
  });
});

test("a thousand diagnostics are told in all, and how many more there are", () => {
  const { report, problems } = emptyFindings();
  for (let file = 0; file < 30; file++) {
    for (let line = 1; line <= 40; line++) {
      report({ ...finding, path: ["f"], file: `${String(file).padStart(2, "0")}.zone`, position: { line, column: 1 } });
    }
  }
  const all = problems();
  expect(all).toHaveLength(1001);
  expect(all[999]).toMatchObject({ file: "24.zone", line: 40, code: "missing-key" });
  expect(all[1000]).toMatchObject({
    file: "25.zone",
    line: 1,
    code: "more-problems",
    what: "200 more problems",
    found: "1,200 problems in all",
  });
});

test("what stands in a header of a monitor is not told", () => {
  const source = {
    position: () => ({ line: 1, column: 1 }),
    found: () => '"Bearer secret"',
    pathOf: (path: Path) => path,
  };
  const { report, problems } = createFindings("demo.yaml", source);
  report({ ...finding, path: ["monitors", "web", "headers", "Authorization"], found: '"Bearer secret"' });
  report({ ...finding, path: ["monitors", "web", "headers", "X-Other"] });
  report({ ...finding, path: ["monitors", "web", "path"] });
  expect(problems().map(({ found }) => found)).toEqual([
    "a text that is not shown",
    "a text that is not shown",
    '"Bearer secret"',
  ]);
});

test("warnings are told apart from problems, and those of more than a hundred are no problem", () => {
  const { report, problems, warnings } = emptyFindings();
  for (let line = 1; line <= 103; line++) {
    report({ ...finding, code: "no-world", path: ["w"], position: { line, column: 1 } });
  }
  expect(problems()).toEqual([]);
  expect(warnings()).toHaveLength(101);
  expect(warnings().at(-1)).toMatchObject({
    code: "more-warnings",
    what: "3 more warnings",
    found: "103 warnings in all",
  });
});
