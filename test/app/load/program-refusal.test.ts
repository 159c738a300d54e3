import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { programRefusal } from "../../../src/app/load/program-refusal.ts";

const folder = mkdtempSync(path.join(tmpdir(), "program-refusal-"));
const plain = path.join(folder, "plain");
writeFileSync(plain, "#!/bin/sh\n");
chmodSync(plain, 0o644);

test.for([
  ["/bin/sh", undefined],
  [plain, "this user may not run it"],
  [folder, "not a file"],
  [path.join(folder, "nothing"), "no such file"],
] as const)("programRefusal: %s, %s", ([program, refusal]) => {
  expect(programRefusal(program)).toBe(refusal);
});
