/** Paths of files. From where they count: `named-files.ts`. */
import { err, ok, type Result } from "../../shared/result.ts";
import type { Refusal } from "../diagnostic.ts";
import { parsedText } from "./values.ts";

function parseFile(text: string): Result<string, Refusal> {
  return text === "" || text.includes("\0")
    ? err({ code: "bad-text", what: "not a file name", wanted: "the path of a file" })
    : ok(text);
}

export const file = parsedText({ title: "file name", parse: parseFile });

/** The word in place of a path. A file of this name is `./off`. */
export const OFF = "off";

/** Words that are meant as this one, and would make a file. */
const MEANS_OFF = /^(?:off|no|none|never|false|disabled)$/i;

export const fileOrOff = parsedText({
  title: `file name | ${OFF}`,
  parse(text): Result<string, Refusal> {
    if (text === OFF || !MEANS_OFF.test(text)) return parseFile(text);
    return err({ code: "bad-text", what: "not a file name", wanted: `${OFF}, or ./${text} for a file of this name` });
  },
});
