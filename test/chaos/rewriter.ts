/** `node rewriter.ts FILE OTHER`: writes FILE in place for ever, in halves: what it was at first, then what OTHER is. */
import { openSync, readFileSync, writeSync } from "node:fs";
import { setPriority } from "node:os";

const [file, other] = process.argv.slice(2) as [string, string];
const contents = [readFileSync(file), readFileSync(other)];

/** Milliseconds between two halves: a reader that waits for a file to settle never sees it settled. */
const PAUSE = 2;

/** Between the tree of a database and its data. */
const SEPARATOR = Buffer.alloc(16);

try {
  // One that is held up for long leaves half a file, which nobody can tell from a whole one.
  setPriority(-10);
} catch {
  // Not allowed; then it is as quick as others.
}
const target = openSync(file, "r+");
console.log("writing");
for (;;) {
  for (const content of contents) {
    const separator = content.lastIndexOf(SEPARATOR);
    const middle = separator < 0 ? Math.floor(content.length / 2) : separator;
    write(content, 0, middle);
    write(content, middle, content.length);
  }
}

function write(content: Buffer, from: number, to: number): void {
  writeSync(target, content, from, to - from, from);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
}
