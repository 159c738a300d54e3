/** `geosteer token`: makes a token, which nothing keeps, and its line for the file of tokens. */
import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import { newToken, TOKEN_OCTETS } from "../../admin/tokens/new-token.ts";
import type { Role } from "../../admin/tokens/role.ts";
import { printJson, printText } from "../print-text.ts";
import { screenOf } from "../text/screen.ts";

export async function token(
  name: string,
  role: Role,
  reportsOf: readonly string[],
  { json = false }: { readonly json?: boolean },
  command: Command,
): Promise<void> {
  const made = newToken(name, role, randomBytes(TOKEN_OCTETS), reportsOf);
  if (!made.ok) return command.error(`error: ${name}: ${made.error}`);
  if (json) return printJson({ name, role, ...(role === "report" && { reportsOf }), ...made.value });
  const { paint } = screenOf(process.stdout);
  await printText(
    [
      paint("bold", "The token, which is shown this once: for GEOSTEER_TOKEN or --token-file"),
      made.value.token,
      "",
      paint("bold", "Its line for the file of api.tokens"),
      made.value.line,
      "",
    ].join("\n"),
  );
}
