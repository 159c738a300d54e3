/** `geosteer generations`: the configurations that were served, the text of one, or what one has that another has not. */
import type { GenerationDiff, GenerationEntry, GenerationText } from "../../control/control.ts";
import { ok } from "../../shared/result.ts";
import { EXIT } from "../exit-codes.ts";
import type { Desk, DeskOptions, Ended } from "../remote/desk.ts";
import { printPages } from "../remote/print-pages.ts";
import { changesWord } from "../text/changes-text.ts";
import type { Screen } from "../text/screen.ts";
import type { Column } from "../text/table-text.ts";
import { instantText } from "../text/time-text.ts";
import { visible } from "../text/visible.ts";

export interface GenerationsOptions extends DeskOptions {
  readonly all?: boolean;
}

/** Generations that are listed unless all are. */
const LISTED = 50;

const COLUMNS: readonly Column<GenerationEntry>[] = [
  { title: "NUMBER", cell: ({ number }) => `${number}`, align: "right" },
  { title: "AT", cell: ({ at }) => instantText(at) },
  { title: "HASH", cell: ({ hash }) => hash.slice(0, 12), spare: 1 },
  { title: "CHANGED", cell: ({ changes }) => changesWord(changes), least: 12 },
];

export async function generations(
  desk: Desk,
  number: number | undefined,
  other: number | undefined,
  { all = false }: GenerationsOptions,
): Promise<Ended> {
  const most = all ? Number.POSITIVE_INFINITY : LISTED;
  if (number === undefined) {
    return printPages(desk, "/generations", { columns: COLUMNS, most, none: "no generation is kept\n" });
  }
  return other === undefined ? showText(desk, number) : showDiff(desk, number, other);
}

async function showText({ client, json, screen, print }: Desk, number: number): Promise<Ended> {
  const found = await client.ask<GenerationText>("GET", `/generations/${number}`);
  if (!found.ok) return found;
  const { at, hash, files } = found.value;
  const head = `# generation ${number}, ${instantText(at)}, SHA-256 ${hash}\n`;
  const texts = files.map(({ file, text }) => `${screen.paint("dim", `# ${visible(file)}`)}\n${readable(text)}`);
  await print(json ? `${JSON.stringify(found.value, null, 2)}\n` : screen.paint("dim", head) + texts.join("\n"));
  return ok(EXIT.done);
}

async function showDiff({ client, json, screen, print }: Desk, from: number, to: number): Promise<Ended> {
  const found = await client.ask<GenerationDiff>("GET", `/generations/${from}/diff/${to}`);
  if (!found.ok) return found;
  const { text } = found.value;
  const none = `generations ${from} and ${to} have the same text\n`;
  await print(json ? `${JSON.stringify(found.value, null, 2)}\n` : text === "" ? none : diffText(text, screen));
  return ok(EXIT.done);
}

function diffText(text: string, { paint }: Screen): string {
  const lines = readable(text).trimEnd().split("\n");
  return lines.map((line) => `${paintLine(line, paint)}\n`).join("");
}

function paintLine(line: string, paint: Screen["paint"]): string {
  if (/^(?:\+\+\+|---) /.test(line)) return paint("bold", line);
  if (line.startsWith("+")) return paint("green", line);
  if (line.startsWith("-")) return paint("red", line);
  return line.startsWith("@@") ? paint("cyan", line) : line;
}

/** The text of a file: its lines and tabs stay what they are. */
function readable(text: string): string {
  const lines = text.split("\n").map((line) => line.split("\t").map(visible).join("\t"));
  return `${lines.join("\n").trimEnd()}\n`;
}
