/** A real Prometheus that scrapes a real exporter: a monitor by query follows what it measures, and how it fails. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { instantQuery } from "../../src/health/probes/instant-query.ts";
import { filledQuery } from "../../src/health/probes/prometheus.ts";
import { fullName } from "./every-kind-of-name.ts";
import { dig } from "./scene/dig.ts";
import { nameserverAddresses, startGeosteer } from "./scene/geosteer.ts";
import { has } from "./scene/has.ts";
import { fileOf } from "./scene/programs.ts";
import { useScene, type Scene } from "./scene/scene.ts";

const PORT = 19_090;

/** Milliseconds: a scrape and a probe each second, and a second or more for a busy machine. */
const NOTICED = 10_000;

function config(scene: Scene, prometheus: string): string {
  const [ns1, ns2] = nameserverAddresses(scene);
  return `zones:
  gtm.example.com:
    nameservers: [ns1.gtm.example.com, ns2.gtm.example.com]
    records:
      ns1: { A: ${ns1} }
      ns2: { A: ${ns2} }
monitors:
  queue:
    protocol: prometheus
    url: ${prometheus}
    expression: 'queue_length{endpoint="%{endpoint}", address="%{host}"}'
    below: 100
    interval: 1s
    timeout: 900ms
    toleratedFailures: 0
    recoverAfter: 1
profiles:
  app:
    names: [app.gtm.example.com]
    method: priority
    ttl: 1s
    monitor: queue
    endpoints:
      primary: { address: 192.0.2.1 }
      backup: { address: 192.0.2.2 }
`;
}

describe.runIf(has("prometheus"))("a monitor by a query to Prometheus", () => {
  const cast = useScene(async (scene) => {
    const queue = { primary: 3, backup: 4 };
    const exporter = createServer((_, response) => {
      response.setHeader("content-type", "text/plain; version=0.0.4");
      response.end(
        `# TYPE queue_length gauge
queue_length{endpoint="primary",address="192.0.2.1"} ${queue.primary}
queue_length{endpoint="backup",address="192.0.2.2"} ${queue.backup}
odd{name="a\\"b'c\\\\d"} 7
`,
      );
    }).listen(0, "127.0.0.1");
    await once(exporter, "listening");
    scene.atEnd(async () => {
      exporter.closeAllConnections();
      exporter.close();
    });
    const target = `127.0.0.1:${(exporter.address() as AddressInfo).port}`;
    const file = await scene.write(
      "prometheus.yml",
      `global: { scrape_interval: 1s, scrape_timeout: 900ms }
scrape_configs: [{ job_name: app, static_configs: [{ targets: ["${target}"] }] }]
`,
    );
    const address = `${scene.address(53, 12)}:${PORT}`;
    const storage = path.join(scene.folder, "prometheus");
    const args = [`--config.file=${file}`, `--storage.tsdb.path=${storage}`, `--web.listen-address=${address}`];
    const url = `http://${address}`;
    const ask = (expression: string) => instantQuery(url, expression, undefined, AbortSignal.timeout(5000));
    await scene.start("prometheus", fileOf("prometheus"), args, async () => {
      return (await ask('queue_length{endpoint="primary"}')).kind === "value";
    });
    return { queue, ask, geosteer: await startGeosteer(scene, config(scene, url)) };
  });

  const answer = async (): Promise<readonly string[]> =>
    (await dig(cast().geosteer.address, fullName("app"), "A")).answer;

  test("clients leave an endpoint whose value is out of bounds, and come back", async () => {
    const { queue } = cast();
    await expect.poll(answer, { timeout: NOTICED }).toEqual(["A 192.0.2.1"]);
    queue.primary = 500;
    await expect.poll(answer, { timeout: NOTICED }).toEqual(["A 192.0.2.2"]);
    queue.primary = 99;
    await expect.poll(answer, { timeout: NOTICED }).toEqual(["A 192.0.2.1"]);
  });

  test.for<[expression: string, answer: unknown]>([
    ["1 + 1", { kind: "value", value: 2 }],
    ["vector(0.25)", { kind: "value", value: 0.25 }],
    ["vector(1e300)", { kind: "value", value: 1e300 }],
    ["1 / 0", { kind: "value", value: Number.POSITIVE_INFINITY }],
    ["-1 / vector(0)", { kind: "value", value: Number.NEGATIVE_INFINITY }],
    ["vector(0) / 0", { kind: "value", value: Number.NaN }],
    ["nothing_of_this_name", { kind: "no-sample" }],
    ["queue_length", { kind: "failed", reason: "2 samples, wanted one" }],
    ["queue_length[5m]", { kind: "failed", reason: "a range vector, wanted one value" }],
    ['"text"', { kind: "failed", reason: "a text, wanted one value" }],
    ["queue_length{", { kind: "failed", reason: "status 400 (bad_data)" }],
    ["queue_length * on(endpoint) queue_length * on() vector(1)", { kind: "failed", reason: "status 422 (execution)" }],
  ])("%s", async ([expression, told]) => {
    expect(await cast().ask(expression)).toEqual(told);
  });

  test.for(['odd{name="%{host}"}', "odd{name='%{host}'}"])(
    "%s finds a host with quotes of both kinds",
    async (text) => {
      const expression = filledQuery(text, { host: `a"b'c\\d`, port: 0, subject: undefined });
      expect(await cast().ask(expression)).toEqual({ kind: "value", value: 7 });
    },
  );
});
