/**
 * The headers of Standard Webhooks 1.0.0, by which a receiver knows who has sent a message and that it is no old one:
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md. Symmetric signatures alone.
 */
import { createHmac } from "node:crypto";

export interface Signed {
  /** Without a full stop. */
  readonly id: string;
  /** Of the attempt, in milliseconds since the Unix epoch. */
  readonly at: number;
  readonly body: string;
}

/** One signature for each key, so that a key can be replaced while receivers still have the one before. */
export function webhookHeaders({ id, at, body }: Signed, keys: readonly Uint8Array[]): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const unsigned = { "webhook-id": id, "webhook-timestamp": timestamp };
  if (keys.length === 0) return unsigned;
  const content = `${id}.${timestamp}.${body}`;
  const signatures = keys.map((key) => `v1,${createHmac("sha256", key).update(content).digest("base64")}`);
  return { ...unsigned, "webhook-signature": signatures.join(" ") };
}
