import { describe, expect, test } from "vitest";
import { wayToFile, type Entry } from "../../../src/app/watch/way-to-file.ts";

/** A tree of files: the targets of links by their paths, and all other paths that are there. */
function treeOf(links: Readonly<Record<string, string>>, others: readonly string[]) {
  return async (path: string): Promise<Entry> => {
    const target = links[path];
    if (target !== undefined) return { kind: "link", target };
    return { kind: others.includes(path) ? "other" : "none" };
  };
}

async function way(file: string, links: Readonly<Record<string, string>>, others: readonly string[]) {
  const steps = await wayToFile(file, treeOf(links, others));
  return steps.map(({ folder, name }) => `${folder} ${name}`);
}

const PLAIN = ["/etc", "/etc/geosteer", "/etc/geosteer/a.yaml"];

describe("wayToFile", () => {
  test("a file without links: its own entry", async () => {
    expect(await way("/etc/geosteer/a.yaml", {}, PLAIN)).toEqual(["/etc/geosteer a.yaml"]);
    expect(await way("/etc//./geosteer/a.yaml", {}, PLAIN)).toEqual(["/etc/geosteer a.yaml"]);
  });

  test("a volume of Kubernetes: the link, the link that is swapped, and the file behind both", async () => {
    const links = { "/etc/config/a.yaml": "..data/a.yaml", "/etc/config/..data": "..2026_11_27" };
    const others = ["/etc", "/etc/config", "/etc/config/..2026_11_27", "/etc/config/..2026_11_27/a.yaml"];
    expect(await way("/etc/config/a.yaml", links, others)).toEqual([
      "/etc/config a.yaml",
      "/etc/config ..data",
      "/etc/config/..2026_11_27 a.yaml",
    ]);
  });

  test("links that lead elsewhere, absolute ones and those of folders", async () => {
    const links = { "/srv": "/mnt/srv", "/mnt/srv/a.yaml": "../other/b.yaml" };
    const others = ["/mnt", "/mnt/srv", "/mnt/other", "/mnt/other/b.yaml"];
    expect(await way("/srv/a.yaml", links, others)).toEqual(["/ srv", "/mnt/srv a.yaml", "/mnt/other b.yaml"]);
  });

  test("`..` behind a link is above where it leads", async () => {
    const links = { "/zones/link": "/srv/below" };
    const others = ["/zones", "/srv", "/srv/below", "/srv/more"];
    expect(await way("/zones/link/../more", links, others)).toEqual(["/zones link", "/srv more"]);
  });

  test.for<[what: string, file: string, missing: string]>([
    ["a file", "/etc/geosteer/b.yaml", "/etc/geosteer b.yaml"],
    ["a folder", "/etc/gone/deep/a.yaml", "/etc gone"],
  ])("%s that is missing: where it would come to be", async ([, file, missing]) => {
    expect(await way(file, {}, PLAIN)).toEqual([missing]);
  });

  test("a link to nothing: itself, and where its target would come to be", async () => {
    expect(await way("/etc/a", { "/etc/a": "b" }, ["/etc"])).toEqual(["/etc a", "/etc b"]);
  });

  test("links in a circle end", async () => {
    expect(await way("/a", { "/a": "b", "/b": "a" }, [])).toHaveLength(41);
  });
});
