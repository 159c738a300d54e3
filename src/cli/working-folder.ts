/** The folder that a command is given in, from where paths count. Where it is removed, absolute paths are still good. */
export function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    return "/";
  }
}
