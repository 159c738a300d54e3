/**
 * The file of cookie secrets that the servers of a fleet share: one secret of 32 hexadecimal digits a line, `#` starts a
 * comment. The first one makes cookies, all verify (RFC 9018 section 5).
 */
import { err, ok, type Result } from "../../shared/result.ts";
import type { Position, Refusal } from "../diagnostic.ts";

/** A refusal that does not quote its line: that may be a secret with a slip of the pen. */
export type SecretsRefusal = Refusal & Pick<Position, "line">;

/** A roll-over needs two; each more is another hash for every query with an old or wrong cookie. */
const MAX_SECRETS = 8;

/** The secrets of a file, at least one, of 16 octets each (RFC 9018 section 4.4). */
export function parseCookieSecrets(text: string): Result<readonly Uint8Array[], SecretsRefusal> {
  const secrets: Uint8Array[] = [];
  for (const [index, whole] of text.split("\n").entries()) {
    const secret = whole.replace(/#.*/, "").trim();
    if (secret === "") continue;
    if (!/^[0-9a-f]{32}$/i.test(secret)) return refuse(index + 1, "not a secret", "32 hexadecimal digits");
    if (secrets.length === MAX_SECRETS) {
      return refuse(
        index + 1,
        "too many secrets",
        `${MAX_SECRETS} at most: the one in use, and those before and after it`,
      );
    }
    secrets.push(Uint8Array.from(secret.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16)));
  }
  if (secrets.length === 0) return refuse(1, "no secret", "a line of 32 hexadecimal digits");
  return ok(secrets);
}

function refuse(line: number, what: string, wanted: string): { readonly ok: false; readonly error: SecretsRefusal } {
  return err({ code: "bad-text", line, what, wanted });
}
