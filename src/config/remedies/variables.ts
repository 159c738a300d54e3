/** Variables and templates, which other programs put in before a file is read, and this one does not. */

/** `$ref` is a reference of JSON Schema and OpenAPI. */
const VARIABLE = /\$\{?(?!ref\b)[A-Za-z_]\w*|\{\{|<%|^"?%\w+%"?$|\$\(/;

export const NO_VARIABLES =
  "the value itself: no variables are put in; run the file through envsubst or a template first";

/** What is wanted in place of a text that is refused; undefined where it has no variable. */
export function variableRemedy(written: string): string | undefined {
  return VARIABLE.test(written) ? NO_VARIABLES : undefined;
}
