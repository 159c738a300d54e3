/** Changes of a text of lines: whole lines, words, indentation, and octets without any knowledge. */
import type { Chance } from "./chance.ts";
import { blindEdits } from "./edit.ts";

/** Octets; longer ones only take longer. */
const MOST = 6000;

/** Limits of numbers, and words that parsers, YAML and JavaScript take for more than words. */
const NASTY_WORDS = [
  ..."0 -1 1 00 07 0x10 0o7 1e999 .5 .inf .nan 255 256 65535 65536 2147483647 2147483648 4294967296 99999999999999999999".split(
    " ",
  ),
  ..."null ~ true {} [] {a:} [a] '' \"\" ' \" | > >- - -- --- ... ? : , # %YAML & &a *a !!binary !a << @ ` \\ \\000 \\. \\256 . ..".split(
    " ",
  ),
  ..."__proto__ constructor toString hasOwnProperty * *.* a..b .a a. xn-- - _ 60s 1ms 0s 1000d 1h60 -5m".split(" "),
  ..."192.0.2.1 192.0.2.256 10.0.0.0/8 10.0.0.1/8 ::/0 ::/129 2001:db8:: ::ffff:1.2.3.4 [::1]:53 :53 0.0.0.0:0".split(
    " ",
  ),
  ..."WORLD GEO-EU EU EEA dach DE DE-BY ZZ azure:westeurope A AAAA CNAME TXT MX SRV NS SOA CAA TYPE65535 TYPE65536 CLASS1 IN CH $ORIGIN $TTL $INCLUDE".split(
    " ",
  ),
  "x".repeat(64),
  "y.".repeat(127),
  "z".repeat(300),
  "\u0000",
  "\t",
  "\r",
  "\u0085",
  "\u2028",
  "\ufeff",
  "ä",
  "😀",
];

export function mutateText(input: Uint8Array, other: Uint8Array, chance: Chance): Uint8Array {
  if (input.length === 0) return other.slice();
  if (chance.below(4) === 0) return chance.pick(blindEdits)(input, other, chance);
  const lines = textOf(input).split("\n");
  const changed = chance.pick(lineEdits)(lines, textOf(other).split("\n"), chance);
  return new TextEncoder().encode(changed.join("\n").slice(0, MOST));
}

/** As files are read: what is no UTF-8 becomes U+FFFD; a byte order mark stays. */
export function textOf(octets: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(octets);
}

type LineEdit = (lines: readonly string[], others: readonly string[], chance: Chance) => readonly string[];

const lineEdits: readonly LineEdit[] = [
  (lines, _, { below }) => lines.toSpliced(below(lines.length), 1 + below(3)),
  (lines, _, { below }) => {
    const at = below(lines.length);
    return lines.toSpliced(below(lines.length + 1), 0, ...lines.slice(at, at + 1 + below(4)));
  },
  (lines, others, { below }) => {
    const at = below(others.length);
    return lines.toSpliced(below(lines.length + 1), 0, ...others.slice(at, at + 1 + below(6)));
  },
  (lines, _, { below }) => {
    const [a, b] = [below(lines.length), below(lines.length)];
    return lines.with(a, lines[b]!).with(b, lines[a]!);
  },
  // Into another mapping, or out of it.
  (lines, _, { below, pick }) => {
    const at = below(lines.length);
    const to = Math.min(lines.length, at + 1 + below(3));
    const moved = pick([(line: string) => `  ${line}`, (line: string) => line.replace(/^ {1,2}/, "")]);
    return lines.map((line, i) => (i >= at && i < to ? moved(line) : line));
  },
  (lines, _, chance) => withWord(lines, chance, () => chance.pick(NASTY_WORDS)),
  (lines, others, chance) => withWord(lines, chance, () => chance.pick(wordsOf(chance.pick(others))) ?? ""),
  (lines, _, chance) => withWord(lines, chance, (word) => word.repeat(2)),
  (lines, _, chance) => withWord(lines, chance, () => ""),
  (lines, _, { below, pick }) => {
    const at = below(lines.length);
    const line = lines[at]!;
    const cut = below(line.length + 1);
    return lines.with(at, line.slice(0, cut) + pick(NASTY_WORDS) + line.slice(cut));
  },
  (lines, _, { below, pick }) => {
    const at = below(lines.length);
    return lines.with(at, lines[at]! + pick([" #", ":", ",", "\\", "(", ")", '"', "]", "}", "\r", " "]));
  },
];

const WORD = /[^\s,:[\]{}()"']+/g;

function wordsOf(line: string): readonly string[] {
  return line.match(WORD) ?? [""];
}

/** In a line that has one; often it has to be found first. */
function withWord(lines: readonly string[], chance: Chance, change: (word: string) => string): readonly string[] {
  const at = chance.below(lines.length);
  const words = [...lines[at]!.matchAll(WORD)];
  if (words.length === 0) return lines;
  const { 0: word, index } = chance.pick(words);
  return lines.with(at, lines[at]!.slice(0, index) + change(word) + lines[at]!.slice(index + word.length));
}
