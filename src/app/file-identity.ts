/** Which file stands at a path and since when, as a text: equal for as long as it is the same file, unchanged. */
import { statSync, type BigIntStats } from "node:fs";
import { stat } from "node:fs/promises";

/** Another one after each change, however it was made; links are followed. That there is none, or why, is one too. */
export function fileIdentity(file: string): string {
  try {
    return identityText(statSync(file, { bigint: true }));
  } catch (cause) {
    return absence(cause);
  }
}

/** The same without holding this thread up. */
export async function fileIdentityAsync(file: string): Promise<string> {
  try {
    return identityText(await stat(file, { bigint: true }));
  } catch (cause) {
    return absence(cause);
  }
}

/** The time of the last change of status is the kernel's: unlike the others nobody sets it. */
export function identityText({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(" ");
}

function absence(cause: unknown): string {
  return (cause as NodeJS.ErrnoException).code ?? "unknown";
}
