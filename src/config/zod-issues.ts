/** zod's issues as findings. The message of an issue is what was wanted: see `schema/values.ts`. */
import type * as z from "zod";
import type { Finding, Refusal } from "./diagnostic.ts";
import { knownKeys } from "./key-table.ts";
import { nearestWord } from "./nearest-word.ts";
import type { Path } from "./path.ts";
import { keyRemedy } from "./remedies/keys.ts";

type Issue = z.core.$ZodIssue;

/** Issues must be reported with their input: an issue without one is of a key that is missing. */
export function findingsOf(issue: Issue, parent: Path = []): readonly Finding[] {
  const path = [...parent, ...(issue.path as (string | number)[])];
  const explain = explanations[issue.code] as (issue: Issue, path: Path) => readonly Finding[];
  return explain(issue, path);
}

type IssueOf<C extends Issue["code"]> = Extract<Issue, { code: C }>;

const explanations: { readonly [C in Issue["code"]]: (issue: IssueOf<C>, path: Path) => readonly Finding[] } = {
  invalid_type: (issue, path) => [missingKey(issue, path) ?? wrongType(issue, path)],
  invalid_value: (issue, path) => [missingKey(issue, path) ?? wrongValue(issue, path)],
  invalid_union: (issue, path) =>
    missingKey(issue, path) === undefined ? explainUnion(issue, path) : [missingKey(issue, path)!],
  unrecognized_keys: ({ keys }, path) => keys.map((key) => unknownKey([...path, key])),
  invalid_key: ({ issues: [issue] }, path) => [
    {
      code: "bad-name",
      path,
      atKey: true,
      what: "bad name",
      found: quoted(path),
      wanted: keyRemedy(path)?.wanted ?? issue?.message ?? "",
    },
  ],
  too_small: (issue, path) => [outOfRange(issue, path, "short")],
  too_big: (issue, path) => [outOfRange(issue, path, "long")],
  not_multiple_of: (issue, path) => [wrongType(issue, path)],
  invalid_format: ({ message }, path) => [{ code: "bad-text", path, what: "wrong form", wanted: message }],
  invalid_element: (issue, path) => [wrongType(issue, path)],
  custom: ({ message, params }, path) => [{ ...(params as Pick<Refusal, "code" | "what">), path, wanted: message }],
};

function missingKey({ input, message }: { input?: unknown; message: string }, path: Path): Finding | undefined {
  return input === undefined ? { code: "missing-key", path, what: "missing key", wanted: message } : undefined;
}

function wrongType({ input, message }: { input?: unknown; message: string }, path: Path): Finding {
  const finding = { code: "wrong-type", path, what: "wrong type", wanted: message } as const;
  // A file that is one text is no configuration: nothing of it is told.
  return path.length === 0 && typeof input === "string" ? { ...finding, found: "a text" } : finding;
}

function wrongValue({ input, message, values }: IssueOf<"invalid_value">, path: Path): Finding {
  const meant = nearestWord(String(input), values.map(String));
  const wanted = meant === undefined ? message : `${message}: did you mean ${meant}?`;
  return { code: "wrong-value", path, what: "wrong value", wanted };
}

type RangeIssue = IssueOf<"too_small"> | IssueOf<"too_big">;

function outOfRange({ origin, message }: RangeIssue, path: Path, length: "short" | "long"): Finding {
  const what = origin === "array" ? `list too ${length}` : `${nameOf(path)} out of range`;
  return { code: "out-of-range", path, what, wanted: message };
}

function unknownKey(path: Path): Finding {
  const known = knownKeys(path.slice(0, -1));
  const meant = nearestWord(String(path.at(-1)), known);
  const finding = { code: "unknown-key", path, atKey: true, what: "unknown key", found: quoted(path) } as const;
  const remedy = keyRemedy(path);
  if (remedy !== undefined) {
    const { wanted, means } = remedy;
    return means === undefined
      ? { ...finding, wanted }
      : { ...finding, wanted, explains: [...path.slice(0, -1), means] };
  }
  return meant === undefined
    ? { ...finding, wanted: `one of ${known.join(", ")}` }
    : { ...finding, wanted: `a known key: did you mean ${meant}?`, explains: [...path.slice(0, -1), meant] };
}

/** The issues of the alternative that was meant: the one that the value has the right type for. */
function explainUnion({ errors, message, input }: IssueOf<"invalid_union">, path: Path): readonly Finding[] {
  const meant = errors.find((issues) => !issues.some(isOfAnotherKind));
  if (meant !== undefined) return meant.flatMap((issue) => findingsOf(issue, path));
  const isWord = typeof input === "string";
  return [
    { code: isWord ? "wrong-value" : "wrong-type", path, what: isWord ? "wrong value" : "wrong type", wanted: message },
  ];
}

function isOfAnotherKind(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === "invalid_union") return issue.errors.every((issues) => issues.some(isOfAnotherKind));
  return issue.code === "invalid_type" || issue.code === "invalid_value";
}

function nameOf(path: Path): string {
  const last = path.at(-1);
  return typeof last === "string" ? last : "number";
}

function quoted(path: Path): string {
  return JSON.stringify(path.at(-1));
}
