import { expect, test } from "vitest";
import { diagnose } from "../diagnose.ts";

const HEAD = "zones: { a.example: { nameservers: [ns.example.net] } }\nprofiles:\n";

function profile(name: string, own: number, nested: readonly string[] = []): string {
  const hosts = Array.from({ length: own }, (_, i) => `e${i}: { host: e${i}.example.net }`);
  const profiles = nested.map((child, i) => `n${i}: { profile: ${child} }`);
  return `  ${name}: { method: weighted, endpoints: { ${[...hosts, ...profiles].join(", ")} } }\n`;
}

test("a profile may lead to 2,000 endpoints, and not to one more", () => {
  expect(diagnose(HEAD + profile("p", 2000))).toEqual([]);
  expect(diagnose(HEAD + profile("p", 2001))).toEqual([
    "demo.yaml:3:3 profiles.p: a profile that leads to too many endpoints, found more than 2,000 endpoints, wanted at most 2,000",
  ]);
});

test("those of nested profiles count, each once, and the innermost profile that has too many is told", () => {
  const nested = (own: number): string =>
    HEAD +
    profile("top", 0, ["p"]) +
    profile("p", own, ["q", "r", "q"]) +
    profile("q", 500, ["r"]) +
    profile("r", 1000, ["s"]) +
    profile("s", 400);
  expect(diagnose(nested(94))).toEqual([]);
  const lines = diagnose(nested(96));
  expect(lines).toEqual([
    "demo.yaml:4:3 profiles.p: a profile that leads to too many endpoints, those of nested profiles included, found more than 2,000 endpoints, wanted at most 2,000",
  ]);
});

test("profiles behind hosts are plans of their own", () => {
  const named = "  q: { names: [q.a.example], method: weighted, endpoints: { a: { host: x.example.net } } }\n";
  const hosts = "  p: { method: weighted, endpoints: { a: { host: q.a.example } } }\n";
  expect(diagnose(HEAD + named + hosts + profile("r", 2000))).toEqual([]);
});
