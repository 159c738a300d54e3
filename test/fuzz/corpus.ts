/**
 * The inputs that broke something once, ours or another's: `corpus/TARGET/*.hex` or `*.txt`, replayed by `npm test`. Of
 * packets, the names begin with the outcome that is right: `formerr-two-questions.hex`.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Target } from "./target.ts";

export interface CorpusFile {
  readonly file: string;
  readonly input: Uint8Array;
}

const CORPUS = path.join(import.meta.dirname, "corpus");

export function readCorpus({ name, form }: Pick<Target, "name" | "form">): readonly CorpusFile[] {
  const folder = path.join(CORPUS, name);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(`.${form}`))
    .toSorted()
    .map((file) => ({ file, input: readInput(path.join(folder, file)) }));
}

/** Hexadecimal digits with any white space between, or the text as it is. */
export function readInput(file: string): Uint8Array {
  const octets = readFileSync(file);
  const digits = (): string => octets.toString("latin1").replaceAll(/\s/g, "");
  return Uint8Array.from(file.endsWith(".hex") ? Buffer.from(digits(), "hex") : octets);
}

/** What a file of this form holds; hexadecimal digits in lines of 64. */
export function fileContent(form: Target["form"], input: Uint8Array): string | Uint8Array {
  if (form === "txt") return input;
  return Buffer.from(input).toString("hex").replaceAll(/.{64}/g, "$&\n").trimEnd() + "\n";
}
