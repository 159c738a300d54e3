/** What may not be written is read: an override counts whatever has become of the disk. */
import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { openState, override, stateFolder, transition } from "../../support/state-files.ts";

test.for([
  ["the file", "state.db"],
  ["the folder", "."],
])("%s may not be written", ([, closed]) => {
  const folder = stateFolder();
  const file = path.join(folder, "state.db");
  const { file: state } = openState(file);
  state.commit([
    { kind: "set-override", override: override("a/*") },
    { kind: "batch", targets: [], transitions: [transition("shop")], alive: 1 },
  ]);
  state.close();
  const child = path.join(import.meta.dirname, "children/read-only.ts");
  const output = execFileSync(process.execPath, [child, file, path.join(folder, closed!)]);
  expect(JSON.parse(output.toString())).toEqual({
    overrides: 1,
    durable: false,
    trouble: "read-only",
    message: expect.stringMatching(/^\/.*state\.db: it cannot be written: nothing is kept until it may be/),
    refused: "read-only",
    history: 1,
    taken: true,
  });
});
