/** Paths of included files, in one spelling, so that a loop is seen. */

/** The path of a file that `file` names, which counts from its directory. `a/..` stays: `a` may be a link elsewhere. */
export function pathFrom(file: string, path: string): string {
  return plainPath(path.startsWith("/") ? path : file.slice(0, file.lastIndexOf("/") + 1) + path);
}

/** The path in that spelling. */
export function plainPath(path: string): string {
  return path.replaceAll(/(?<=^|\/)(?:\.?\/)+/g, (skipped, at: number) =>
    at === 0 && skipped.startsWith("/") ? "/" : "",
  );
}
