/**
 * A receiver's reading of Standard Webhooks 1.0.0, sections "Signature scheme" and "Verifying signatures"; it shares no code
 * with who signs.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Whether one of the signatures is this key's over id, timestamp and body. */
export function isSignedBy(key: Uint8Array, headers: Headers, body: string): boolean {
  const hmac = createHmac("sha256", key);
  hmac.update(String(headers["webhook-id"]));
  hmac.update(".");
  hmac.update(String(headers["webhook-timestamp"]));
  hmac.update(".");
  hmac.update(body);
  const expected = hmac.digest();
  return String(headers["webhook-signature"] ?? "")
    .split(" ")
    .filter((signature) => signature.startsWith("v1,"))
    .map((signature) => Buffer.from(signature.slice("v1,".length), "base64"))
    .some((signature) => signature.length === expected.length && timingSafeEqual(signature, expected));
}
