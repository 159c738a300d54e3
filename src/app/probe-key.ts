/** What a probe target is called in the state file: its key may hold secrets of headers, so a digest stands for it. */
import { createHash } from "node:crypto";

export function digestOf(key: string): string {
  return createHash("sha256").update(key).digest("base64url");
}
