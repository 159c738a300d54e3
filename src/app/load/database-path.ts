/** Where a GeoIP database is: a path, or `npm:PACKAGE/FILE`, a file of an installed npm package. */
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { Refusal } from "../../config/diagnostic.ts";
import { err, ok, type Result } from "../../shared/result.ts";

const require = createRequire(import.meta.url);

/** `@scope/name` or `name`, each of what npm takes today and not beginning with a dot, and the file behind it. */
const IN_PACKAGE = /^npm:((?:@[a-z0-9_~-][\w.~-]*\/)?[a-z0-9_~-][\w.~-]*)(?:\/(.*))?$/i;

const FORM = "npm:PACKAGE/FILE";

/** The path as it is written, or that of the file of a package: geosteer's own, or of the working directory. */
export function databasePath(name: string): Result<string, Refusal> {
  if (!name.startsWith("npm:")) return ok(name);
  const [, packageName = "", file = ""] = IN_PACKAGE.exec(name) ?? [];
  if (packageName === "" || file.split(/[/\\]/).includes("..")) return refused("not a file of a package", FORM);
  const folder = [...(require.resolve.paths(packageName) ?? []), ...modulesAbove(process.cwd())]
    .map((modules) => path.join(modules, packageName))
    .find((candidate) => existsSync(path.join(candidate, "package.json")));
  if (folder === undefined) return refused("no such npm package", `an installed package: npm install ${packageName}`);
  const found = path.join(folder, file);
  if (file !== "" && existsSync(found)) return ok(found);
  const databases = readdirSync(folder).filter((entry) => entry.endsWith(".mmdb"));
  const wanted = databases.map((database) => `npm:${packageName}/${database}`).join(" or ");
  return refused("the package has no such file", wanted || "a package with a file .mmdb: this one has none");
}

function modulesAbove(folder: string): readonly string[] {
  const above = path.dirname(folder);
  return [path.join(folder, "node_modules"), ...(above === folder ? [] : modulesAbove(above))];
}

function refused(reason: string, wanted: string): Result<string, Refusal> {
  return err({ code: "geoip-unreadable", what: `a GeoIP database that cannot be read: ${reason}`, wanted });
}
