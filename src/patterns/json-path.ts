/**
 * JSON paths (RFC 9535), by `json-p3`, whose match() and search() are replaced: those use V8's regular expressions, and a
 * text of 27 characters hung them for 16 seconds. Expressions may come from the document itself (`match(@.a, $.b)`).
 *
 * A path may visit each value of a document once for each other (`$..[?$..a]`): whoever runs one that is not `isSingular`
 * on what others wrote bounds its time.
 */
import { FunctionExpressionType, JSONPathEnvironment, type JSONPathQuery } from "json-p3";
import { err, ok, type Result } from "../shared/result.ts";
import { parseTextPattern, type TextPattern } from "./text-pattern.ts";

export interface JsonPath {
  /** Whether it selects one value at most, by names and indexes alone. */
  readonly isSingular: boolean;
  /** What it selects in a document that `JSON.parse` made. Throws where that is nested deeper than 50. */
  readonly selected: (document: unknown) => Iterable<unknown>;
}

/** The error says what is wrong, and may quote the path. */
export function parseJsonPath(path: string): Result<JsonPath, string> {
  let query: JSONPathQuery;
  try {
    query = environment.compile(path);
  } catch (error) {
    return err(error instanceof Error ? error.message : "");
  }
  return ok({
    isSingular: query.singularQuery(),
    *selected(document) {
      for (const { value } of query.lazyQuery(document as never)) yield value;
    },
  });
}

/** RFC 9535 sections 2.4.6 and 2.4.7. What is no regular expression matches nothing. */
function patternFunction(holds: (pattern: TextPattern, text: string) => boolean) {
  return {
    argTypes: [FunctionExpressionType.ValueType, FunctionExpressionType.ValueType],
    returnType: FunctionExpressionType.LogicalType,
    call(text: unknown, expression: unknown): boolean {
      if (typeof text !== "string" || typeof expression !== "string") return false;
      const pattern = patternOf(expression);
      return pattern !== undefined && holds(pattern, text);
    },
  };
}

const environment = new JSONPathEnvironment();
environment.functionRegister.set(
  "match",
  patternFunction((pattern, text) => pattern.isAllOf(text)),
);
environment.functionRegister.set(
  "search",
  patternFunction((pattern, text) => pattern.isIn(text)),
);

/** A filter asks for the same expression at each value. */
const MAX_KEPT = 64;
const kept = new Map<string, TextPattern | undefined>();

function patternOf(expression: string): TextPattern | undefined {
  if (kept.has(expression)) return kept.get(expression);
  const parsed = parseTextPattern(dotsOfIRegexp(expression));
  const pattern = parsed.ok ? parsed.value : undefined;
  if (kept.size >= MAX_KEPT) kept.delete(kept.keys().next().value!);
  kept.set(expression, pattern);
  return pattern;
}

/** RFC 9485 section 5.3: a dot that is neither escaped nor in a class is `[^\n\r]`; in RE2 it is `[^\n]`. */
function dotsOfIRegexp(expression: string): string {
  let inClass = false;
  return expression.replaceAll(/\\.|[.[\]]/gs, (part) => {
    if (part === "[") inClass = true;
    if (part === "]") inClass = false;
    return part === "." && !inClass ? "[^\\n\\r]" : part;
  });
}
