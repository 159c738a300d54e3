/** A page of the admin server, read as Prometheus does: over a connection of its own, with a time limit. */
import { get } from "node:http";

export interface Scrape {
  /** Of the series with this name and, where given, these labels as the page writes them; NaN where there is none. */
  value(name: string, labels?: string): number;
  /** Over all series of the name that have these labels, `key="value"`, among others. */
  sum(name: string, ...labels: readonly string[]): number;
  readonly took: number;
}

/** Milliseconds. Prometheus waits ten seconds by default; nothing here is large. */
const LIMIT = 5000;

/** Undefined where there is no answer with status 200 in time. */
export async function scrape(port: number, page = "/metrics"): Promise<Scrape | undefined> {
  const from = performance.now();
  const text = await new Promise<string | undefined>((resolve) => {
    const request = get({ host: "127.0.0.1", port, path: page, agent: false, timeout: LIMIT }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (more: string) => {
        body += more;
      });
      response.on("end", () => resolve(response.statusCode === 200 ? body : undefined));
      response.on("error", () => resolve(undefined));
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(undefined));
    request.on("close", () => resolve(undefined));
  });
  return text === undefined ? undefined : { ...readSeries(text), took: performance.now() - from };
}

function readSeries(text: string): Pick<Scrape, "value" | "sum"> {
  const series = text.split("\n").flatMap((line) => {
    const parts = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line);
    return parts === null ? [] : [{ name: parts[1]!, labels: parts[2] ?? "", value: Number(parts[3]) }];
  });
  return {
    value: (name, labels) =>
      series.find((one) => one.name === name && (labels === undefined || one.labels === labels))?.value ?? Number.NaN,
    sum: (name, ...labels) =>
      series
        .filter((one) => one.name === name && labels.every((label) => one.labels.split(",").includes(label)))
        .reduce((sum, { value }) => sum + value, 0),
  };
}
