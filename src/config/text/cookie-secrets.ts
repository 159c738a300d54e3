/**
 * The file of cookie secrets that the servers of a fleet share: one secret of 32 hexadecimal digits a line, `#` starts a
 * comment. The first one makes cookies, all verify (RFC 9018 section 5).
 */
import { err, ok, type Result } from "../../shared/result.ts";
import type { Position, Refusal } from "../diagnostic.ts";

/** A refusal that does not quote its line: that may be a secret with a slip of the pen. */
export type SecretsRefusal = Refusal & Pick<Position, "line"> & { readonly found: string };

/** Printed where everybody reads them: who knows the secret makes cookies for any address. */
const PUBLISHED: ReadonlySet<string> = new Set([
  // The key of SipHash's test vectors, an example in the manuals of other servers.
  "000102030405060708090a0b0c0d0e0f",
  // RFC 9018 appendix A.
  "e5e973e5a6b2a43f48e7dc849e37bfcf",
  "445536bcd2513298075a5d379663c962",
  "dd3bdf9344b678b185a6f5cb60fca715",
]);

/** A roll-over needs two; each more is another hash for every query with an old or wrong cookie. */
const MAX_SECRETS = 8;

/** The secrets of a file, at least one, of 16 octets each (RFC 9018 section 4.4). */
export function parseCookieSecrets(text: string): Result<readonly Uint8Array[], SecretsRefusal> {
  const secrets: Uint8Array[] = [];
  for (const [index, whole] of text.split("\n").entries()) {
    const secret = whole.replace(/#.*/, "").trim();
    if (secret === "") continue;
    if (!/^[0-9a-f]{32}$/i.test(secret)) return refuse(index + 1, "not a secret", "32 hexadecimal digits");
    if (PUBLISHED.has(secret.toLowerCase())) {
      return err({
        code: "published-secret",
        line: index + 1,
        what: "a secret that everybody knows",
        wanted: "one of your own: openssl rand -hex 16",
        found: "one that is printed in documents",
      });
    }
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
  return err({ code: "bad-text", line, what, wanted, found: "a text that is not shown" });
}
