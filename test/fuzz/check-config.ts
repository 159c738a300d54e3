/**
 * What must be true of `loadConfig`, whatever the texts: it finds what is wrong and says where, in bounded time, and what
 * it accepts can be served.
 */
import { diagnosticCodes } from "../../src/config/diagnostic-codes.ts";
import { formatDiagnostic, type Diagnostic } from "../../src/config/diagnostic.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import type { CheckedConfig } from "../../src/config/settings.ts";
import { nameToWire } from "../../src/shared/domain-name.ts";
import type { ReadFile } from "../../src/config/source-file.ts";
import { err, ok } from "../../src/shared/result.ts";
import { testAnswerer } from "../support/answerer.ts";
import { queryPacket } from "../support/query-packet.ts";

/** Milliseconds for texts of a few thousand characters; a slow machine takes a hundredth. */
const LONGEST = 3000;
/** Of the configurations that are accepted one in so many is served: the tables of each take a megabyte. */
const SERVED = 8;
/** Names of each kind that are asked for. */
const ASKED = 4;

/** Texts by their paths. */
export type Files = ReadonlyMap<string, string>;

/** Throws on the first thing that is wrong; returns what is characteristic. `main` is the configuration among the files. */
export function checkConfig(main: string, files: Files): readonly string[] {
  const started = performance.now();
  const loaded = loadConfig({ file: main, text: files.get(main)!, serial: 1, readFile: readFrom(files) });
  const took = performance.now() - started;
  if (took > LONGEST) throw new Error(`${Math.round(took)} ms`);
  if (loaded.ok) return isServed(files) ? serve(loaded.value) : ["accepted"];
  if (loaded.error.length === 0) throw new Error("refused without a word");
  for (const diagnostic of loaded.error) checkDiagnostic(diagnostic, files);
  checkOrder(loaded.error);
  return loaded.error.map(
    ({ code, file, path, what }) => `${code} ${file} ${Math.min(path.split(/[.[]/).length, 9)} ${shapeOf(what)}`,
  );
}

function readFrom(files: Files): ReadFile {
  return (path) => {
    const text = files.get(path);
    return text === undefined ? err({ reason: "no such file", wanted: undefined }) : ok(text);
  };
}

/** The first words, as far as they are words: behind them messages name what the texts say. */
function shapeOf(text: string): string {
  return /^(?:[a-z]+ ?){0,2}/i.exec(text)![0];
}

/** One line, by which an editor can jump to its place. */
function checkDiagnostic(diagnostic: Diagnostic, files: Files): void {
  const { code, file, line, column } = diagnostic;
  const text = formatDiagnostic(diagnostic);
  if (!Object.hasOwn(diagnosticCodes, code)) throw new Error(`no such code: ${code}`);
  const size = files
    .get(file)
    ?.replace(/^\uFEFF/, "")
    .split("\n")[line - 1]?.length;
  if (size === undefined || column < 1 || column > size + 1) throw new Error(`outside the text: ${text}`);
  // What would break the line, or the terminal.
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f-\u009f]/.test(text)) throw new Error(`control characters in ${JSON.stringify(text)}`);
}

function checkOrder(diagnostics: readonly Diagnostic[]): void {
  for (const [i, { file, line }] of diagnostics.entries()) {
    const next = diagnostics[i + 1];
    if (next?.file === file && next.line < line) throw new Error("not in the order of the file");
  }
}

/** The same for the same texts. */
function isServed(files: Files): boolean {
  let sum = 0;
  for (const text of files.values()) for (let i = 0; i < text.length; i++) sum += text.charCodeAt(i);
  return sum % SERVED === 0;
}

function serve({ snapshot, zones }: CheckedConfig): readonly string[] {
  const server = testAnswerer({ snapshot, zones });
  const sets = zones.flatMap(({ name, records }) => [{ owner: name, type: 6 }, ...records.slice(0, ASKED)]);
  const steered = snapshot.profiles.flatMap(({ names }) => names.slice(0, 1).map((owner) => ({ owner, type: 1 })));
  const marks = [...sets.slice(0, 2 * ASKED), ...steered.slice(0, ASKED)].map(({ owner, type }) => {
    const { message } = server.ask(queryPacket({ name: nameToWire(owner) as Uint8Array, type, edns: {} }));
    if (server.exceptions.length > 0) throw server.exceptions[0];
    if (message === undefined || message.rcode === 5) throw new Error(`${message?.rcode} for ${owner}`);
    return `accepted ${type} ${message.rcode} ${message.flags} ${Math.min(message.answers.length, 2)}`;
  });
  return [`accepted ${zones.length} ${snapshot.profiles.length}`, ...marks];
}
