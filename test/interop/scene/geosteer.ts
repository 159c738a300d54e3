/** geosteer as operators start it: the command line, a YAML file, DNS on port 53. */
import path from "node:path";
import type { Scene } from "./scene.ts";

export interface Geosteer {
  /** ns1 and ns2 are one process with two addresses. */
  readonly nameservers: readonly [string, string];
  readonly address: string;
  /** Queries answered so far, by the labels of `geosteer_queries_total`. */
  queries(labels?: Readonly<Record<string, string>>): Promise<number>;
}

/** `config`: YAML without `listen`. */
export async function startGeosteer(scene: Scene, config: string): Promise<Geosteer> {
  const nameservers = nameserverAddresses(scene);
  const http = `${nameservers[0]}:8053`;
  const listen = `listen:
  dns: ["${nameservers[0]}:53", "${nameservers[1]}:53"]
  http: "${http}"
  workers: 1
`;
  const file = await scene.write("geosteer.yaml", `${listen}${config}`);
  await scene.start("geosteer", process.execPath, [path.resolve("src/cli/main.ts"), "serve", file], async () => {
    const response = await fetch(`http://${http}/readyz`).catch(() => undefined);
    return response?.ok ?? false;
  });
  return {
    nameservers,
    address: nameservers[0],
    async queries(labels = {}) {
      const text = await (await fetch(`http://${http}/metrics`)).text();
      const wanted = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
      return text
        .split("\n")
        .filter((line) => line.startsWith("geosteer_queries_total{") && wanted.every((label) => line.includes(label)))
        .reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
    },
  };
}

/** What the parent delegates to, before geosteer runs. */
export function nameserverAddresses(scene: Scene): [string, string] {
  return [scene.address(53, 10), scene.address(53, 11)];
}
