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
    ['2:60 profiles.p.ttl.min: min longer than max, found "30s", wanted at most 20s (ttl-order)'],
  ],
  [
    "{ max: 20s, min: 0s }",
    ['2:60 profiles.p.ttl.min: duration out of range, found "0s", wanted 1s to 2147483647s (out-of-range)'],
  ],
  [
    "{ max: 20s }",
    ["2:38 profiles.p.ttl.min: missing key, found nothing, wanted duration 1s to 2147483647s (missing-key)"],
  ],
  ["60", ["2:43 profiles.p.ttl: wrong type, found 60, wanted a duration with its unit: 60s (wrong-type)"]],
  [
    "20s-300s",
    ['2:43 profiles.p.ttl: not a duration, found "20s-300s", wanted { max: 300s, min: 20s } (bad-duration)'],
  ],
])("ttl: %s", ([ttl, lines]) => {
  expect(diagnose(profile(ttl))).toEqual(lines);
});
