/** docs/probes/: the monitors that are shown there can be served. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { diagnose } from "./config/diagnose.ts";
import { authority } from "./health/fixtures/issued-certificates.ts";

const FOLDER = path.resolve(import.meta.dirname, "../docs/probes");
const FILES = { "authorities.pem": authority };
const VARIABLES = { PROBE_TOKEN: "token" };
const ZONE = "zones: { gtm.example.com: { nameservers: [ns1.example.net, ns2.example.net] } }\n";

const samplesOf = (page: string): readonly string[] =>
  [...readFileSync(path.join(FOLDER, page), "utf8").matchAll(/```yaml\n([^`]*^monitors:\n[^`]*)```/gm)].map(
    ([, text]) => text!,
  );

test.for(readdirSync(FOLDER))("%s: its monitors load", (page) => {
  const samples = samplesOf(page);
  expect(samples).not.toEqual([]);
  expect(
    samples.flatMap((sample) => diagnose((/^zones:/m.test(sample) ? "" : ZONE) + sample, FILES, VARIABLES)),
  ).toEqual([]);
});
