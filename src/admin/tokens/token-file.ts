/**
 * The file of tokens: a line for each, `NAME ROLE sha256:HEX`, with `#` for comments. The role `report` has the patterns of
 * its subjects behind a colon: `report:shop/fra,site:munich`. Nobody gets a token out of it: a
 * token is 32 random octets, and a digest of so many cannot be searched. What a line holds is never part of a message:
 * somebody may have written the token itself there.
 */
import { err, ok, type Result } from "../../shared/result.ts";
import { parsePattern } from "../../state/subject-pattern.ts";
import { ROLES, type Role } from "./role.ts";

export interface TokenEntry {
  readonly name: string;
  readonly role: Role;
  /** report: the patterns of what it may report of, at least one. */
  readonly reportsOf?: readonly string[] | undefined;
  /** SHA-256 of the token's text. */
  readonly digest: Uint8Array;
}

export const TOKEN_NAME = /^[A-Za-z0-9][\w.@-]{0,63}$/;
export const TOKEN_NAME_WANTED = "1 to 64 letters, digits and . _ @ -, a letter or digit first";

const REPORT_PATTERN_WANTED = "report:PROFILE/ENDPOINT or report:site:NAME, several with commas between them";

/** Of endpoints or a site; labels are no subjects of reports. A comma parts patterns, and no name has one. */
export function isReportPattern(text: string): boolean {
  const parsed = parsePattern(text);
  return parsed.ok && parsed.value.kind !== "label" && !/[,\s]/.test(text);
}

/** Octets and lines; each token is compared for each request. */
const LONGEST_FILE = 256 * 1024;
const MOST_TOKENS = 1000;
const MOST_PROBLEMS = 20;

const DIGEST = /^sha256:([0-9a-f]{64})$/i;

/** The problems are lines for the operator: `file:line: what, wanted Y`. */
export function parseTokenFile(text: string, file: string): Result<readonly TokenEntry[], readonly string[]> {
  if (text.length > LONGEST_FILE)
    return err([`${file}: too long for a file of tokens, wanted ${LONGEST_FILE} octets at most`]);
  const entries: TokenEntry[] = [];
  const problems: string[] = [];
  const lineOf = new Map<string, number>();
  for (const [index, whole] of text.split("\n").entries()) {
    const line = whole
      .trim()
      .replace(/(?:^|\s)#.*$/, "")
      .trim();
    if (line === "") continue;
    const entry = parseLine(line);
    const before = typeof entry === "string" ? undefined : (lineOf.get(entry.name) ?? lineOf.get(keyOf(entry)));
    if (typeof entry === "string") problems.push(`${file}:${index + 1}: ${entry}`);
    else if (before !== undefined)
      problems.push(`${file}:${index + 1}: the name or digest of line ${before} again, wanted another`);
    else {
      lineOf.set(entry.name, index + 1).set(keyOf(entry), index + 1);
      entries.push(entry);
    }
  }
  if (entries.length > MOST_TOKENS)
    problems.push(`${file}: too many tokens, found ${entries.length}, wanted ${MOST_TOKENS} at most`);
  return problems.length === 0 ? ok(entries) : err(problems.slice(0, MOST_PROBLEMS));
}

/** No name has a colon. */
function keyOf({ digest }: TokenEntry): string {
  return `sha256:${Buffer.from(digest).toString("hex")}`;
}

function parseLine(line: string): TokenEntry | string {
  const [name = "", grant = "", digest = "", ...more] = line.split(/\s+/);
  if (digest === "" || more.length > 0) return "not three words, wanted NAME ROLE sha256:HEX";
  if (!TOKEN_NAME.test(name)) return `bad name, wanted ${TOKEN_NAME_WANTED}`;
  const [, word = grant, subjects] = /^(\w+):(.*)$/.exec(grant) ?? [];
  const role = ROLES.find((one) => one === word);
  if (role === undefined || (role !== "report" && subjects !== undefined)) {
    return `unknown role, wanted ${ROLES.slice(0, -1).join(", ")} or report:SUBJECT`;
  }
  const reportsOf = role === "report" ? (subjects ?? "").split(",") : undefined;
  if (reportsOf?.every(isReportPattern) === false) return `no subjects of a report, wanted ${REPORT_PATTERN_WANTED}`;
  const [, hex] = DIGEST.exec(digest) ?? [];
  if (hex === undefined)
    return "no digest, wanted sha256: and 64 hexadecimal digits; the token itself must not stand here";
  return { name, role, reportsOf, digest: Buffer.from(hex, "hex") };
}
