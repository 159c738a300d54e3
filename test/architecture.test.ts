/** The layer table of src/README.md, held against the real imports. */
import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import path from "node:path";
import { expect, test } from "vitest";

const SOURCE = path.resolve(import.meta.dirname, "../src");

interface Layer {
  /** Layers whose values and types may be imported. */
  readonly uses: readonly string[];
  /** Layers of which only types may be imported. */
  readonly types?: readonly string[];
  /** Node's own modules and packages, each with the folder or file that may import it; "" = the whole layer. */
  readonly modules: Readonly<Record<string, string>>;
}

const EVERY_LAYER = [
  "shared",
  "system",
  "wire",
  "routing",
  "geo",
  "patterns",
  "health",
  "state",
  "config",
  "telemetry",
  "server",
  "control",
  "notices",
  "admin",
];

const layers: Readonly<Record<string, Layer>> = {
  shared: { uses: [], modules: {} },
  system: { uses: [], modules: { "node:module": "libc.ts", koffi: "libc.ts" } },
  wire: { uses: ["shared"], modules: {} },
  routing: { uses: ["shared"], modules: {} },
  geo: { uses: ["shared"], types: ["routing"], modules: { "node:path": "" } },
  patterns: { uses: ["shared"], modules: { re2js: "", "json-p3": "" } },
  health: {
    uses: ["shared", "patterns", "system"],
    types: ["routing"],
    modules: {
      "node:net": "probes/",
      "node:dgram": "probes/",
      "node:tls": "probes/",
      "node:http2": "probes/",
      "node:stream": "probes/",
      "node:vm": "probes/bounded-work.ts",
      "node:zlib": "probes/collect-body.ts",
      "node:dns": "lookup/",
      "node:fs": "lookup/",
      "node:crypto": "",
      "node:child_process": "programs/",
      "node:url": "programs/",
      undici: "probes/",
      dns2: "probes/",
    },
  },
  state: {
    uses: ["shared", "routing"],
    modules: {
      "node:sqlite": "store/",
      "node:worker_threads": "store/",
      "node:fs": "store/",
      "node:path": "store/",
      "node:url": "store/",
      "node:zlib": "store/",
    },
  },
  config: {
    uses: ["shared", "routing", "patterns"],
    types: ["geo", "health"],
    modules: { zod: "", yaml: "", "js-yaml": "yaml/", "node:crypto": "", "node:tls": "monitor-certificates.ts" },
  },
  telemetry: { uses: ["shared"], modules: { "node:fs": "", pino: "", "pino-pretty": "", "prom-client": "" } },
  server: {
    uses: ["shared", "system", "wire", "routing", "geo", "state", "telemetry"],
    modules: {
      "node:net": "",
      "node:dgram": "",
      "node:worker_threads": "",
      "node:timers": "",
      "node:v8": "threads/",
      "node:vm": "threads/collect-garbage.ts",
      "node:fs": "transports/udp-table.ts",
    },
  },
  control: {
    uses: ["shared", "routing", "geo", "health", "state", "config"],
    types: ["telemetry"],
    modules: {},
  },
  notices: {
    uses: ["shared"],
    types: ["control", "state"],
    modules: { "node:crypto": "sign.ts", "node:util": "notices.ts", undici: "post.ts" },
  },
  admin: {
    uses: ["shared", "routing", "state", "control"],
    types: ["telemetry", "health"],
    modules: {
      fastify: "",
      zod: "api/",
      "node:http": "",
      "node:https": "open-door.ts",
      "node:net": "",
      "node:tls": "listeners/certificate.ts",
      "node:fs": "listeners/control-socket.ts",
      "node:path": "listeners/control-socket.ts",
      "node:crypto": "",
      "node:stream": "",
    },
  },
  app: {
    uses: EVERY_LAYER,
    modules: {
      "node:crypto": "",
      "node:fs": "",
      "node:os": "",
      "node:module": "",
      "node:path": "",
      "node:child_process": "load/",
      "node:url": "load/",
      "node:v8": "load/",
      "node:zlib": "load/",
      "node:worker_threads": "desk-work/",
      diff: "desk-work/",
    },
  },
  cli: {
    uses: [...EVERY_LAYER, "app"],
    modules: {
      commander: "",
      "node:http": "",
      "node:https": "remote/",
      "node:fs": "",
      "node:os": "commands/demo.ts",
      "node:path": "",
      "node:timers": "remote/",
      "node:crypto": "commands/token.ts",
      "node:tty": "",
      "node:url": "",
      "node:util": "",
    },
  },
};

interface Import {
  readonly from: string;
  readonly layer: string;
  /** The file below its layer. */
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const imports = files.flatMap(importsOf);

function importsOf(file: string): readonly Import[] {
  const [layer = "", ...rest] = file.split(path.sep);
  const text = readFileSync(path.join(SOURCE, file), "utf8");
  const statements = text.matchAll(/^(?:import|export)\s+(?:(type\s+)?([^;"'=]*?)\s+from\s+)?["']([^"']+)["'];$/gm);
  return [...statements].map(([, type, names = "", target]) => ({
    from: file,
    layer,
    file: rest.join("/"),
    target: target!,
    // `import { type A, type B }` imports no values either.
    typeOnly: type !== undefined || (names.startsWith("{") && everyNameIsType(names)),
  }));
}

function everyNameIsType(names: string): boolean {
  const list = names
    .replaceAll(/[{}\s]+/g, " ")
    .split(",")
    .map((name) => name.trim());
  return list.filter((name) => name !== "").every((name) => name.startsWith("type "));
}

/** Why an import is not allowed; undefined = it is. */
function violation({ from, layer, file, target, typeOnly }: Import): string | undefined {
  const rules = layers[layer];
  if (rules === undefined) return `${from}: no such layer`;
  if (target.startsWith(".")) {
    const [other = ""] = path.relative(SOURCE, path.resolve(SOURCE, path.dirname(from), target)).split(path.sep);
    const allowed = other === layer || rules.uses.includes(other) || (typeOnly && rules.types?.includes(other));
    return allowed ? undefined : `${from}: ${layer} may not import ${typeOnly ? "types" : "values"} of ${other}`;
  }
  const name = isBuiltin(target)
    ? target.split("/")[0]!
    : target
        .split("/")
        .slice(0, target.startsWith("@") ? 2 : 1)
        .join("/");
  const place = rules.modules[name];
  if (place === undefined) return `${from}: ${layer} may not import ${name}`;
  return file.startsWith(place) ? undefined : `${from}: ${name} belongs in ${layer}/${place}`;
}

test("layers import only what the table allows", () => {
  expect(imports.flatMap((one) => violation(one) ?? [])).toEqual([]);
});

test("the table is held against every layer and a plausible number of imports", () => {
  expect(new Set(files.map((file) => file.split(path.sep)[0]).filter((layer) => !layer!.endsWith(".ts")))).toEqual(
    new Set(Object.keys(layers)),
  );
  expect(imports.length).toBeGreaterThan(200);
});

test.for([
  [{ from: "wire/x.ts", layer: "wire", file: "x.ts", target: "../routing/plan.ts", typeOnly: true }],
  [{ from: "routing/x.ts", layer: "routing", file: "x.ts", target: "node:fs", typeOnly: false }],
  [{ from: "health/prober.ts", layer: "health", file: "prober.ts", target: "node:dns", typeOnly: false }],
  [{ from: "geo/x.ts", layer: "geo", file: "x.ts", target: "../routing/plan.ts", typeOnly: false }],
  [{ from: "server/x.ts", layer: "server", file: "x.ts", target: "../config/settings.ts", typeOnly: true }],
] satisfies [Import][])("violation refuses %o", ([forbidden]) => {
  expect(violation(forbidden)).toBeDefined();
});

test("what answers queries never loads the table of subdivisions", () => {
  const loaded = new Set<string>();
  const load = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    const own = imports.filter(({ from, target, typeOnly }) => from === file && target.startsWith(".") && !typeOnly);
    for (const { target } of own) load(path.join(path.dirname(file), target));
  };
  load("server/threads/worker.ts");
  expect(loaded).toContain("routing/methods/geographic.ts");
  expect([...loaded].filter((file) => file.startsWith("shared/regions/"))).toEqual(["shared/regions/region-chain.ts"]);
});

const CLOCK_OR_CHANCE = /\b(?:Date\.now|new Date\(\)|Math\.random|performance\.now|process\.)/;

test.for(["shared", "wire", "routing"])("%s reads no clock, no chance and no process", (layer) => {
  const own = files.filter((file) => file.startsWith(`${layer}${path.sep}`));
  expect(own.length).toBeGreaterThan(3);
  const readers = own.filter((file) =>
    CLOCK_OR_CHANCE.test(withoutComments(readFileSync(path.join(SOURCE, file), "utf8"))),
  );
  expect(readers).toEqual([]);
});

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
}
