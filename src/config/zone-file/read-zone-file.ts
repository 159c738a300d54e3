/**
 * A master file (RFC 1035 section 5) with the files that it includes, to records in their order. $TTL is RFC 2308
 * section 4; $GENERATE, units of times and what is ignored with a warning are BIND's. Classes other than IN are refused.
 * Which records a zone may have is not looked at here.
 */
import { type DomainName, isAtOrBelow } from "../../shared/domain-name.ts";
import { parseType, TYPE } from "../../shared/record-type.ts";
import { counted } from "../counted.ts";
import type { Position, Refusal } from "../diagnostic.ts";
import { nearestWord } from "../nearest-word.ts";
import { FOREIGN_OCTET, type ReadFile } from "../source-file.ts";
import { parseOrigin, parseRelativeName } from "../text/name.ts";
import { generatedLines, MAX_GENERATED, MAX_GENERATED_MIB } from "./generate.ts";
import { pathFrom, plainPath } from "./include-path.ts";
import { octetsOfText } from "./octets-of-text.ts";
import { readRecordData } from "./read-record-data.ts";
import { rareTypeRefusal, typeRefusal } from "./refused-types.ts";
import { type Entry, type Token, tokenize } from "./tokenize.ts";
import { parseTtl } from "./ttl.ts";
import { createWarnings, FOREIGN_COMMENT, minimumAsTtl, outsideOf } from "./warnings.ts";

export interface ZoneFileRecord {
  readonly owner: DomainName;
  readonly type: number;
  /** Seconds. */
  readonly ttl: number;
  readonly data: Uint8Array;
  readonly file: string;
  /** The position of the record's first token. */
  readonly position: Position;
}

/** Its code tells whether it is a problem or a warning. */
export interface ZoneFileFinding extends Refusal {
  readonly file: string;
  readonly position: Position;
  readonly found: string;
}

interface ZoneFileSource {
  readonly file: string;
  readonly text: string;
  readonly zone: DomainName;
  /** The folder that included files lie in or below. */
  readonly includes: string;
  /** Reads an included file by its path. */
  readonly readFile: ReadFile;
}

/** RFC 2181 section 8: "a maximum value of 2147483647" seconds. */
const MAX_TTL = 0x7fffffff;

/** How deep files may include files. */
const MAX_DEPTH = 10;
/** How many files may be included in all: ten levels of ten files each would never end. */
const MAX_INCLUDES = 1000;
/** Mebibytes of all included texts, each counted as often as it is included. */
const MAX_INCLUDED_MIB = 64;

/** In place of what stands in a file without a record or directive: it may be of another kind, with secrets. */
const UNTOLD = "the text of a file that is no zone file";
/** Problems without a record or directive between them, after which a file is not read on. */
const NO_ZONE_FILE = 100;

/** What holds for the entries of one file. RFC 1035 section 5.1: an include changes nothing for the file around it. */
interface Scope {
  readonly file: string;
  readonly ancestors: readonly string[];
  /** The text that ends relative names. */
  origin: string;
  owner: DomainName | undefined;
  /** What becomes of the records of the last owner. Other problems of one that was refused are no news. */
  ownerIs: "in the zone" | "outside" | "refused";
  /** Whether something in it could be read: then it is a zone file, and may be quoted. */
  isZoneFile: boolean;
  /** Those found before it was known to be one. */
  readonly problems: ZoneFileFinding[];
}

export function readZoneFile(
  { file, text, zone, includes, readFile }: ZoneFileSource,
  report: (finding: ZoneFileFinding) => void,
): readonly ZoneFileRecord[] {
  const records: ZoneFileRecord[] = [];
  const refusedTypes = new Set<number>();
  let includeCount = 0;
  let includedCharacters = 0;
  let generatedCount = 0;
  let generatedCharacters = 0;
  let problemCount = 0;
  const warnings = createWarnings();
  /** The last $TTL. As in BIND, it outlasts the file that it stands in. */
  let defaultTtl: number | undefined;
  /** The TTL of the last record that had its own; it outlasts its file too. */
  let lastTtl: number | undefined;

  const refuseAt = (scope: Scope, { line, column }: Token, refusal: Refusal, found: string): void => {
    const { code, what, wanted } = refusal;
    const problem = { code, what, wanted, file: scope.file, position: { line, column }, found };
    problemCount++;
    if (scope.isZoneFile) report(problem);
    else scope.problems.push(problem);
  };
  const refuseToken = (scope: Scope, token: Token, refusal: Refusal): void =>
    refuseAt(scope, token, refusal, shown(token.text));

  const warn = (scope: Scope, { line, column }: Position, { code, what, wanted }: Refusal, found: string): void =>
    warnings.add({ code, what, wanted, file: scope.file, position: { line, column }, found });

  const readText = (source: string, scope: Scope): void => {
    for (const entry of tokenize(source)) {
      const { problem, foreignComment } = entry;
      if (foreignComment !== undefined) warn(scope, foreignComment, FOREIGN_COMMENT, "a comment");
      if (entry.tokens.length === 0 && problem === undefined) continue;
      if (problem !== undefined) refuseToken(scope, problem, { code: "zone-syntax", ...problem });
      else if (!entry.indented && entry.tokens[0]!.text.startsWith("$")) readDirective(entry.tokens, scope);
      else readRecord(entry, scope);
      if (scope.problems.length >= NO_ZONE_FILE) break;
    }
    for (const problem of scope.problems) report({ ...problem, found: UNTOLD });
  };

  /** A record or directive of the file could be read. */
  const recognise = (scope: Scope): void => {
    scope.isZoneFile = true;
    for (const problem of scope.problems.splice(0)) report(problem);
  };

  const readDirective = (tokens: readonly Token[], scope: Scope): void => {
    const [token, ...values] = tokens;
    const directive = directives.get(token!.text.toUpperCase());
    if (directive === undefined) {
      const wanted = `${[...directives.keys()].join(", ")}, or the records themselves`;
      return refuseToken(scope, token!, { code: "zone-syntax", what: "unknown directive", wanted });
    }
    const { usage, counts, run } = directive;
    if (counts.includes(values.length)) {
      recognise(scope);
      return run(values, scope, token!);
    }
    const what = `${token!.text} with ${counted(values.length, "value")}`;
    return refuseToken(scope, token!, { code: "zone-syntax", what, wanted: usage });
  };

  interface Directive {
    readonly usage: string;
    readonly counts: readonly number[];
    readonly run: (values: readonly Token[], scope: Scope, directive: Token) => void;
  }

  const directives: ReadonlyMap<string, Directive> = new Map<string, Directive>([
    [
      "$ORIGIN",
      {
        usage: "$ORIGIN NAME",
        counts: [1],
        run([token], scope) {
          const origin = parseOrigin(token!.text, scope.origin);
          if (origin.ok) scope.origin = origin.value;
          else refuseToken(scope, token!, origin.error);
        },
      },
    ],
    ["$TTL", { usage: "$TTL TIME", counts: [1], run: ([token], scope) => void (defaultTtl = readTtl(token!, scope)) }],
    ["$INCLUDE", { usage: "$INCLUDE FILE [ORIGIN]", counts: [1, 2], run: (values, scope) => include(values, scope) }],
    [
      "$GENERATE",
      {
        usage: "$GENERATE START-STOP[/STEP] OWNER [TTL] [CLASS] TYPE DATA, the data in quotes if it has blanks",
        counts: [4, 5, 6],
        run: (values, scope, token) => generate(values, scope, token),
      },
    ],
  ]);

  const generate = (values: readonly Token[], scope: Scope, directive: Token): void => {
    const generated = generatedLines(values);
    if (!generated.ok) {
      const { token, ...refusal } = generated.error;
      return refuseToken(scope, token, refusal);
    }
    const { count, lines } = generated.value;
    generatedCount += count;
    const refuseMany = (what: string, wanted: string): void =>
      refuseToken(scope, values[0]!, { code: "out-of-range", what, wanted });
    if (generatedCount > MAX_GENERATED)
      return refuseMany("too many records generated", `at most ${MAX_GENERATED} of a zone`);
    // As in BIND: records behind the directive have the owner of the one before it.
    const own: Scope = { ...scope, owner: undefined };
    const before = problemCount;
    for (const line of lines) {
      generatedCharacters += line.length;
      if (generatedCharacters > MAX_GENERATED_MIB * 2 ** 20) {
        return refuseMany("too much text generated", `at most ${MAX_GENERATED_MIB} MiB of a zone`);
      }
      const { line: row, column } = directive;
      for (const entry of tokenize(line)) {
        const tokens = entry.tokens.map(({ text }) => ({ text, line: row, column }));
        if (entry.problem === undefined) readRecord({ ...entry, tokens }, own);
        else refuseAt(scope, directive, { ...entry.problem, code: "zone-syntax" }, shown(entry.problem.text));
      }
      // What is wrong with one is wrong with the others.
      if (problemCount > before) return undefined;
    }
    return undefined;
  };

  const include = ([name, originToken]: readonly Token[], scope: Scope): void => {
    const path = pathFrom(scope.file, new TextDecoder().decode(octetsOfText(name!.text) ?? new Uint8Array()));
    const origin = parseOrigin(originToken?.text ?? "@", scope.origin);
    if (!origin.ok) return refuseToken(scope, originToken!, origin.error);
    const ancestors = [...scope.ancestors, plainPath(scope.file)];
    const refuseInclude = (what: string, wanted: string): void =>
      refuseAt(scope, name!, { code: "file-unreadable", what, wanted }, shown(path));
    if (ancestors.includes(path)) return refuseInclude("a file that includes itself", "files without a loop");
    if (ancestors.length > MAX_DEPTH) return refuseInclude("files included too deep", `at most ${MAX_DEPTH} levels`);
    if (++includeCount > MAX_INCLUDES)
      return refuseInclude("too many files included", `at most ${MAX_INCLUDES} of a zone`);
    const included = readFile(path, includes);
    if (!included.ok) {
      const { reason, wanted = "the path of a file; it counts from the directory of this one" } = included.error;
      return refuseInclude(`a file that cannot be read: ${reason}`, wanted);
    }
    includedCharacters += included.value.length;
    if (includedCharacters > MAX_INCLUDED_MIB * 2 ** 20) {
      return refuseInclude("too much text included", `at most ${MAX_INCLUDED_MIB} MiB of a zone`);
    }
    return readText(included.value, {
      file: path,
      ancestors,
      origin: origin.value,
      owner: undefined,
      ownerIs: "in the zone",
      isZoneFile: false,
      problems: [],
    });
  };

  /** A wrong TTL is told here, and then counts as one. */
  const readTtl = (token: Token, scope: Scope): number => {
    const ttl = parseTtl(token.text);
    if (ttl !== undefined && ttl <= MAX_TTL) return ttl;
    refuseToken(
      scope,
      token,
      ttl === undefined
        ? { code: "bad-duration", what: "not a TTL", wanted: "seconds, or units such as 1h30m" }
        : { code: "out-of-range", what: "TTL out of range", wanted: `0 to ${MAX_TTL}` },
    );
    return 0;
  };

  /** RFC 1035 section 5.1: `[<TTL>] [<class>] <type> <RDATA>`, TTL and class in either order, behind the owner. */
  const readRecord = ({ tokens, indented }: Entry, scope: Scope): void => {
    const first = tokens[0]!;
    if (!indented) readOwner(first, scope);
    let at = indented ? 0 : 1;
    let ttl: number | undefined;
    let hasClass = false;
    for (; ; at++) {
      const text = tokens[at]?.text;
      if (text === undefined) {
        return refuseToken(scope, tokens.at(-1)!, { ...NO_TYPE, what: "a record without a type" });
      }
      if (ttl === undefined && /^\d/.test(text)) {
        if (parseTtl(text) === undefined && !mayFollowTtl(tokens[at + 1]?.text)) {
          return refuseToken(scope, tokens[at]!, NO_TYPE);
        }
        ttl = readTtl(tokens[at]!, scope);
      } else if (!hasClass && CLASS.test(text)) {
        hasClass = true;
        if (!IN.test(text)) {
          return refuseToken(scope, tokens[at]!, {
            code: "zone-syntax",
            what: "a class that is not served",
            wanted: "IN",
          });
        }
      } else break;
    }
    if (ttl !== undefined) lastTtl = ttl;
    const typeToken = tokens[at]!;
    const type = parseType(typeToken.text);
    if (type === undefined) return refuseToken(scope, typeToken, unknownType(typeToken.text));
    const isOutside = scope.ownerIs === "outside";
    const refusal = typeRefusal(type);
    if (refusal !== undefined && !isOutside) {
      // A signed zone has thousands of them.
      if (!refusedTypes.has(type)) refuseToken(scope, typeToken, refusal);
      refusedTypes.add(type);
      return undefined;
    }
    const data = readRecordData(type, tokens, at + 1, scope.origin);
    if (!data.ok && refusal === undefined) {
      const { token } = data.error;
      const isEnd = token === undefined || token === typeToken;
      return refuseAt(scope, token ?? typeToken, data.error, isEnd ? "the end of the record" : shown(token.text));
    }
    if (scope.ownerIs === "refused") return undefined;
    // Of a type that is not served, and outside: nothing is known of its data.
    if (!data.ok) return undefined;
    if (isOutside) {
      recognise(scope);
      return warn(scope, first, outsideOf(zone), `${scope.owner}.`);
    }
    if (scope.owner === undefined) {
      const wanted = "a name before the first record of a file";
      return refuseToken(scope, first, { code: "zone-syntax", what: "a record without an owner", wanted });
    }
    ttl ??= defaultTtl ?? lastTtl ?? (type === TYPE.SOA ? ttlFromSoa(data.value, first, scope) : undefined);
    if (ttl === undefined) {
      const wanted = "a $TTL before the first record, or a TTL in each";
      refuseToken(scope, typeToken, { code: "zone-syntax", what: "a record without a TTL", wanted });
      lastTtl = 0;
    }
    const { line, column } = first;
    recognise(scope);
    records.push({
      owner: scope.owner,
      type,
      ttl: ttl ?? 0,
      data: data.value,
      file: scope.file,
      position: { line, column },
    });
    return undefined;
  };

  const readOwner = (token: Token, scope: Scope): void => {
    const owner = parseRelativeName(token.text, scope.origin);
    scope.ownerIs = "refused";
    if (!owner.ok) return refuseToken(scope, token, owner.error);
    scope.owner = owner.value;
    scope.ownerIs = isAtOrBelow(owner.value, zone) ? "in the zone" : "outside";
    return undefined;
  };

  /** As in BIND: the MINIMUM then is what $TTL would be. RFC 2181 section 8: a TTL with its highest bit set is 0. */
  const ttlFromSoa = (data: Uint8Array, at: Position, scope: Scope): number => {
    const minimum = new DataView(data.buffer, data.byteOffset).getUint32(data.length - 4);
    defaultTtl = minimum > MAX_TTL ? 0 : minimum;
    warn(scope, at, minimumAsTtl(defaultTtl), String(minimum));
    return defaultTtl;
  };

  readText(text, {
    file,
    ancestors: [],
    origin: zone,
    owner: undefined,
    ownerIs: "in the zone",
    isZoneFile: false,
    problems: [],
  });
  for (const warning of warnings.all()) report(warning);
  return records;
}

/** RFC 1035 section 3.2.4, and RFC 3597 section 5 for those without a mnemonic. */
const CLASS = /^(?:IN|CS|CH|HS|CLASS\d{1,5})$/i;
const IN = /^(?:IN|CLASS0*1)$/i;

const NO_TYPE: Refusal = {
  code: "zone-syntax",
  what: "neither TTL, class nor type",
  wanted: "OWNER TTL IN TYPE DATA",
};

function mayFollowTtl(text: string | undefined): boolean {
  return text !== undefined && (CLASS.test(text) || parseType(text) !== undefined);
}

function unknownType(text: string): Refusal {
  if (!/^[a-z][a-z\d-]*$/i.test(text)) return NO_TYPE;
  const rare = rareTypeRefusal(text);
  if (rare !== undefined) return { code: "zone-syntax", ...rare };
  const meant = nearestWord(text, Object.keys(TYPE));
  const wanted = meant === undefined ? "a type such as A, or TYPEnnn" : `a known type: did you mean ${meant}?`;
  return { code: "zone-syntax", what: "unknown record type", wanted };
}

const FOREIGN_OCTETS = new RegExp(FOREIGN_OCTET, "gu");

/** Tokens longer than this are cut, so that a diagnostic stays a line. */
const MAX_SHOWN = 60;

function shown(text: string): string {
  const plain = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
  return JSON.stringify(plain.replaceAll(FOREIGN_OCTETS, (octet) => `\\${octet.charCodeAt(0) - 0xdc00}`));
}
