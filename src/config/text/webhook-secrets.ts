/**
 * Secrets as Standard Webhooks 1.0.0 writes them: `whsec_` and 24 to 64 octets in base64
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md). One a line, or with spaces between; `#` starts a comment.
 */
import { err, ok, type Result } from "../../shared/result.ts";
import type { Refusal } from "../diagnostic.ts";

const FEWEST = 24;
const MOST = 64;
/** A roll-over needs two. */
const MOST_SECRETS = 4;

const WANTED = `whsec_ and ${FEWEST} to ${MOST} octets in base64: echo "whsec_$(openssl rand -base64 32)"`;

/** At least one. What is refused is not quoted. */
export function parseWebhookSecrets(text: string): Result<readonly Uint8Array[], Refusal> {
  const words = text.replaceAll(/#.*/g, "").split(/\s+/).filter(Boolean);
  if (words.length === 0) return refuse("no secret", WANTED);
  if (words.length > MOST_SECRETS) return refuse("too many secrets", `${MOST_SECRETS} at most`);
  const secrets = words.map(decode);
  return secrets.every((secret) => secret !== undefined) ? ok(secrets) : refuse("not a secret", WANTED);
}

function decode(word: string): Uint8Array | undefined {
  const [, base64] = /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/.exec(word) ?? [];
  if (base64 === undefined) return undefined;
  const octets = Uint8Array.from(atob(base64), (character) => character.codePointAt(0)!);
  return octets.length >= FEWEST && octets.length <= MOST ? octets : undefined;
}

function refuse(what: string, wanted: string): { readonly ok: false; readonly error: Refusal } {
  return err({ code: "bad-text", what, wanted });
}
