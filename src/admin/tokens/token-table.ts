/**
 * The tokens that are known now, and whose a token is. A file that cannot be read changes nothing: the tokens before it
 * count on, and the log says so. No token and no digest is ever told.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { Logger } from "../../shared/ports.ts";
import { parseTokenFile, type TokenEntry } from "./token-file.ts";

export interface TokenTable {
  /** Takes the tokens of a file's text in place of those before; false where it is not well formed. */
  replace(text: string, file: string): boolean;
  /** Undefined = not known. */
  find(token: string): Omit<TokenEntry, "digest"> | undefined;
}

export function createTokenTable({ logger }: { readonly logger: Logger }): TokenTable {
  let entries: readonly TokenEntry[] = [];
  return {
    replace(text, file) {
      const parsed = parseTokenFile(text, file);
      if (parsed.ok) {
        entries = parsed.value;
        return true;
      }
      for (const problem of parsed.error) {
        logger.error({ code: "bad-token-file", problem }, "the file of tokens is not used; those before it count on");
      }
      return false;
    },
    find(token) {
      const digest = createHash("sha256").update(token).digest();
      let found: TokenEntry | undefined;
      // All are compared, so that the time tells nothing of where it stands, or whether.
      for (const entry of entries) if (timingSafeEqual(entry.digest, digest)) found = entry;
      return found;
    },
  };
}
