/** Lines with a title in front, as `explain` has them: what is longer than the screen goes on below, indented. */
import { stripVTControlCharacters } from "node:util";
import type { Screen } from "./screen.ts";

const TITLE = 11;

/** `Profiles    2 degraded, 10 online`. No line without text. */
export function titled(title: string, text: string, { width, paint }: Screen): string {
  if (text === "") return "";
  const lines = wrapped(text, width === undefined ? undefined : Math.max(20, width - TITLE - 1));
  return lines
    .map((line, i) => `${i === 0 ? paint("bold", title.padEnd(TITLE)) : " ".repeat(TITLE)} ${line}\n`)
    .join("");
}

/** Colours count for nothing: only whole words with their colours are moved. */
export function wrapped(text: string, width: number | undefined): readonly string[] {
  if (width === undefined) return [text];
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && stripVTControlCharacters(longer).length > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
