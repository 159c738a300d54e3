/** Whatever a page links to in this repository is there. */
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "..");
const PAGES = globSync(["*.md", "docs/**/*.md", "src/*.md", "geoip-data/*.md"], { cwd: ROOT });

/** Targets of `[text](target)`, without those elsewhere, and without the place in the page. */
function targetsIn(page: string): readonly string[] {
  const links = readFileSync(path.join(ROOT, page), "utf8").matchAll(/\]\(([^)\s]+)\)/g);
  return [...links].map(([, target]) => target!.split("#")[0]!).filter((target) => !/^(?:https?:|$)/.test(target));
}

test("the pages are found", () => {
  expect(PAGES.length).toBeGreaterThan(10);
});

test.for(PAGES)("%s", (page) => {
  expect(targetsIn(page).filter((target) => !existsSync(path.join(ROOT, path.dirname(page), target)))).toEqual([]);
});
