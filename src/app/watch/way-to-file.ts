/**
 * The entries of folders that decide which file stands at a path: each link on the way, and the file. Where one of them is
 * replaced, so may be the file: Kubernetes swaps the link `..data`, through which all files of a volume lead.
 */
import path from "node:path";

/** An entry of a folder; the folder by its path without links. */
export interface Step {
  readonly folder: string;
  readonly name: string;
}

/** What stands at a path: a link's target, something else, or nothing. */
export type Entry = { readonly kind: "link"; readonly target: string } | { readonly kind: "other" | "none" };

/** Links that the system follows at most (path_resolution(7)). */
const MOST_LINKS = 40;

/** In the order in which the system takes them. The last one is the file's, or that of what is missing before it. */
export async function wayToFile(file: string, look: (path: string) => Promise<Entry>): Promise<readonly Step[]> {
  const steps: Step[] = [];
  let folder = path.parse(file).root;
  let left = namesOf(file);
  let links = 0;
  for (;;) {
    const [name, ...after] = left;
    if (name === undefined) return steps;
    left = after;
    if (name === "..") {
      folder = path.dirname(folder);
      continue;
    }
    const entry = await look(path.join(folder, name));
    if (entry.kind === "link") {
      steps.push({ folder, name });
      if (++links > MOST_LINKS) return steps;
      const { target } = entry;
      if (path.isAbsolute(target)) folder = path.parse(target).root;
      left = [...namesOf(target), ...left];
    } else if (entry.kind === "none" || left.length === 0) {
      steps.push({ folder, name });
      return steps;
    } else folder = path.join(folder, name);
  }
}

/** Not `path.normalize`, which takes `a/..` for nothing: `a` may be a link elsewhere. */
function namesOf(file: string): readonly string[] {
  const names = file.slice(path.parse(file).root.length).split(/[/\\]/);
  return names.filter((name) => name !== "" && name !== ".");
}
