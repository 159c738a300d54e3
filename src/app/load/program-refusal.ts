/** Why a program cannot be run by this user, as far as its file tells. */
import { accessSync, constants, statSync } from "node:fs";

/** `no such file`; undefined = it can. */
export function programRefusal(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return "no such file";
  if (!stats.isFile()) return "not a file";
  try {
    accessSync(path, constants.X_OK);
    return undefined;
  } catch {
    return "this user may not run it";
  }
}
