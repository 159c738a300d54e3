import { expect, test } from "vitest";
import { diagnose } from "../diagnose.ts";

const ENDPOINTS = "endpoints: { a: { address: 192.0.2.1 }, b: { address: 192.0.2.2 } }";
const profile = (ttl: string): string =>
  `zones: { t.example: { nameservers: ns.example.net } }\nprofiles: { p: { method: weighted, ttl: ${ttl}, ${ENDPOINTS} } }\n`;

test.for<[ttl: string, lines: readonly string[]]>([
  ["60s", []],
  ["0s", []],
  ["{ max: 300s, min: 20s }", []],
  ["{ max: 300s, min: 300s }", []],
  [
    "{ max: 20s, min: 30s }",
    ['demo.yaml:2:58 profiles.p.ttl.min: min longer than max, found "30s", wanted at most 20s'],
  ],
  [
    "{ max: 20s, min: 0s }",
    ['demo.yaml:2:58 profiles.p.ttl.min: duration out of range, found "0s", wanted 1s to 2147483647s'],
  ],
  [
    "{ max: 20s }",
    ["demo.yaml:2:36 profiles.p.ttl.min: missing key, found nothing, wanted duration 1s to 2147483647s"],
  ],
  ["60", ["demo.yaml:2:41 profiles.p.ttl: wrong type, found 60, wanted a duration with its unit: 60s"]],
  ["20s-300s", ['demo.yaml:2:41 profiles.p.ttl: not a duration, found "20s-300s", wanted { max: 300s, min: 20s }']],
])("ttl: %s", ([ttl, lines]) => {
  expect(diagnose(profile(ttl))).toEqual(lines);
});
