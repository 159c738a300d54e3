/** A new token, and its line for the file of tokens. */
import { createHash } from "node:crypto";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Role } from "./role.ts";
import { TOKEN_NAME, TOKEN_NAME_WANTED } from "./token-file.ts";

export interface NewToken {
  /** To be shown once: nothing keeps it. */
  readonly token: string;
  /** For the file of tokens, without a line end. */
  readonly line: string;
}

/** Octets of chance that a token is made of. */
export const TOKEN_OCTETS = 32;

/** `chance`: `TOKEN_OCTETS` octets from a source that nobody can guess. The error says what a name has to be. */
export function newToken(name: string, role: Role, chance: Uint8Array): Result<NewToken, string> {
  if (!TOKEN_NAME.test(name)) return err(`bad name, wanted ${TOKEN_NAME_WANTED}`);
  // The beginning lets scanners for secrets know it.
  const token = `geosteer_${Buffer.from(chance).toString("base64url")}`;
  return ok({ token, line: `${name} ${role} sha256:${createHash("sha256").update(token).digest("hex")}` });
}
