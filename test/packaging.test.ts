/** What is handed out, as npm package and as image, runs nothing when it is installed. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "..");

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly hasInstallScript?: boolean }>>;
}

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}

const manifest = JSON.parse(read("package.json")) as Manifest;

/** The scripts that `npm install` runs, for a package, a folder or a repository. */
const RUN_AT_INSTALL = /^(?:pre|post)?(?:install|prepare)$|^prepublish$|^dependencies$/;

test("package.json has no script that runs at install", () => {
  expect(Object.keys(manifest.scripts).filter((name) => RUN_AT_INSTALL.test(name))).toEqual([]);
});

test("of the packages that serving needs koffi alone has such a script, and it is not allowed", () => {
  const { packages } = JSON.parse(read("package-lock.json")) as Lock;
  const withScript = Object.entries(packages).filter(([, { dev, hasInstallScript }]) => !dev && hasInstallScript);
  expect(withScript.map(([name]) => name)).toEqual(["node_modules/koffi"]);
  expect(manifest.allowScripts["koffi"]).toBe(false);
});

test("the npm package has the built program and its documents, and nothing that npm would build", () => {
  const packed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts", "--offline"], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ files }] = JSON.parse(packed) as [{ readonly files: readonly { readonly path: string }[] }];
  const paths = files.map((file) => file.path);
  expect(paths).toContain("config/demo.yaml");
  expect(paths).toContain("docs/reference.md");
  // npm runs node-gyp for a package with a binding.gyp.
  const others = paths.filter((file) => !/^(?:dist|config|docs)\/|^(?:package\.json|README\.md|LICENSE)$/.test(file));
  expect(others).toEqual([]);
});

test("the image is built on a base that is named by its digest, and runs no package's script", () => {
  const dockerfile = read("Dockerfile");
  const bases = Array.from(dockerfile.matchAll(/^(?:ARG BASE=|FROM )(\S+)/gm), ([, base]) => base);
  expect(bases).toEqual([expect.stringMatching(/^node:24\.\d+\.\d+-slim@sha256:[0-9a-f]{64}$/), "${BASE}", "${BASE}"]);
  const commands = dockerfile.match(/npm (?:ci|install|prune)[^&\n]*/g);
  expect(commands?.map((command) => command.includes("--ignore-scripts"))).toEqual([true, true]);
});
