/** Contents that are whole and wrong, for each of the files: of another product, a bomb, nested deeply. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { encodeValue, mmdbOfTree } from "../support/mmdb-writer.ts";
import { put, type FileName } from "./world.ts";

/** A word in each secret of `SHADOW`: it must be told nowhere. */
export const SECRET_WORD = "nobodyMayReadThis";

const SHADOW = `root:$6$${SECRET_WORD}$Xq3v:19000:0:99999:7:::
daemon:*:19000:0:99999:7:::
www:$y$j9T$${SECRET_WORD}:19000:0:99999:7:::
`;

/** Ten mebibytes of what other servers log. */
const JSON_LOG = '{"level":30,"time":1780000000000,"pid":1,"msg":"request completed","url":"/"}\n'.repeat(135_000);

export const foreignFiles: Readonly<Record<FileName, () => string | Buffer>> = {
  configuration: () => JSON_LOG,
  "zone file": () => SHADOW,
  "included file": () => SHADOW,
  database: () => Buffer.concat([Buffer.from("SQLite format 3\0"), Buffer.alloc(100_000, 1)]),
  "cookie secrets": () => SHADOW,
};

/** Some need files beside them. */
export const bombs: Readonly<Record<FileName, (file: string) => void>> = {
  configuration: (file) => put(file, aliasBomb()),
  "zone file": (file) => includeBomb(file, APEX),
  "included file": (file) => includeBomb(file, ""),
  database: (file) => put(file, pointerBomb()),
  "cookie secrets": (file) => put(file, `${"0123456789abcdef".repeat(2)}\n`.repeat(500_000)),
};

/** What a zone must have, ahead of all else. */
const APEX = "$TTL 60\n@ SOA a b 7 1 1 1 1\n@ NS ns.example.net.\n";

const LEVELS = 9;
const FAN = 12;

/** 12^9 values in a kilobyte. */
function aliasBomb(): string {
  const lines = ["a0: &a0 [x]"];
  for (let level = 1; level <= LEVELS; level++) {
    lines.push(`a${level}: &a${level} [${Array.from({ length: FAN }, () => `*a${level - 1}`).join(", ")}]`);
  }
  return `${lines.join("\n")}\n`;
}

/** Each file includes the next twelve times. */
function includeBomb(file: string, head: string): void {
  const folder = path.join(path.dirname(file), "bomb");
  mkdirSync(folder, { recursive: true });
  put(path.join(folder, "0"), "x A 192.0.2.1\n");
  for (let level = 1; level <= LEVELS; level++) {
    put(path.join(folder, String(level)), `$INCLUDE ${level - 1}\n`.repeat(FAN));
  }
  put(file, `${head}$INCLUDE bomb/${LEVELS}\n`);
}

/** A record that is an array of twelve pointers to an array of twelve pointers to … */
function pointerBomb(): Buffer {
  const layers: Buffer[] = [encodeValue("x")];
  let start = 0;
  for (let level = 0; level < LEVELS; level++) {
    const end = layers.reduce((sum, { length }) => sum + length, 0);
    const pointer = Buffer.of(0x20 | (start >> 8), start & 255);
    layers.push(Buffer.concat([Buffer.of(FAN, 4), ...Array.from({ length: FAN }, () => pointer)]));
    start = end;
  }
  return mmdbOfTree([[1 + 16 + start, 1]], Buffer.concat(layers));
}

const DEPTH = 200_000;

export const nestings: Readonly<Record<FileName, () => string | Buffer>> = {
  configuration: () => `zones: ${"[".repeat(DEPTH)}${"]".repeat(DEPTH)}\n`,
  "zone file": () => `${APEX}${parentheses()}`,
  "included file": parentheses,
  // Maps of one entry, whose key is `a` and whose value is the next.
  database: () => mmdbOfTree([[1 + 16, 1]], Buffer.alloc(3 * DEPTH, Buffer.of(0xe1, 0x41, 0x61))),
  "cookie secrets": () => `${"(".repeat(DEPTH)}\n`,
};

/** One is missing. */
function parentheses(): string {
  return `x A ${"(".repeat(DEPTH)}192.0.2.1${")".repeat(DEPTH - 1)}\n`;
}
