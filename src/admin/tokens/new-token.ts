/** A new token, and its line for the file of tokens. */
import { createHash } from "node:crypto";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Role } from "./role.ts";
import { isReportPattern, TOKEN_NAME, TOKEN_NAME_WANTED } from "./token-file.ts";

export interface NewToken {
  /** To be shown once: nothing keeps it. */
  readonly token: string;
  /** For the file of tokens, without a line end. */
  readonly line: string;
}

/** Octets of chance that a token is made of. */
export const TOKEN_OCTETS = 32;

/**
 * `chance`: `TOKEN_OCTETS` octets from a source that nobody can guess. `reportsOf`: the patterns of a token of the role
 * report. The error says what is wrong, and what is wanted.
 */
export function newToken(
  name: string,
  role: Role,
  chance: Uint8Array,
  reportsOf: readonly string[] = [],
): Result<NewToken, string> {
  if (!TOKEN_NAME.test(name)) return err(`bad name, wanted ${TOKEN_NAME_WANTED}`);
  if (role !== "report" && reportsOf.length > 0) return err(`subjects are for the role report, found ${role}`);
  if (role === "report" && reportsOf.length === 0) return err("no subject to report of, wanted one such as shop/fra");
  const wrong = reportsOf.find((pattern) => !isReportPattern(pattern));
  if (wrong !== undefined) return err(`no subject of a report, found ${wrong}, wanted PROFILE/ENDPOINT or site:NAME`);
  const grant = role === "report" ? `report:${reportsOf.join(",")}` : role;
  // The beginning lets scanners for secrets know it.
  const token = `geosteer_${Buffer.from(chance).toString("base64url")}`;
  return ok({ token, line: `${name} ${grant} sha256:${createHash("sha256").update(token).digest("hex")}` });
}
