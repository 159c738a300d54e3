import { expect, test } from "vitest";
import { diagnose, warningsOf } from "../diagnose.ts";

const ZONE = "zones: { t.example: { nameservers: [ns.example.net] } }\n";
const withLabels = (labels: string): string => `${ZONE}
profiles: { p: { method: weighted, endpoints: { a: { address: 192.0.2.1, labels: ${labels} } } } }
`;
const wanted = (line: string): string => line.split(", wanted ")[1]!;

test("checkLabels: a kind that no report counts, wherever it is written, once", () => {
  const text = `${ZONE}sites: { munich: { labels: { kind: on-prem } } }
endpoints: { a: { host: a.example.net, site: munich, labels: { kind: clod } } }
profiles: { p: { method: weighted, endpoints: { a: { use: a, labels: { kind: edge } }, b: { use: a } } } }
`;
  expect(warningsOf(text)).toEqual([
    'demo.yaml:2:36 sites.munich.labels.kind: reports count its endpoints neither as cloud nor as on-premises, found "on-prem", wanted cloud or on-premises: did you mean on-premises?',
    'demo.yaml:3:70 endpoints.a.labels.kind: reports count its endpoints neither as cloud nor as on-premises, found "clod", wanted cloud or on-premises: did you mean cloud?',
    'demo.yaml:4:78 profiles.p.endpoints.a.labels.kind: reports count its endpoints neither as cloud nor as on-premises, found "edge", wanted cloud or on-premises',
  ]);
});

test.for(["{ kind: cloud }", "{ kind: on-premises }", "{ provider: own, jurisdiction: EU }", "{}"])(
  "checkLabels: nothing to say of %s",
  (labels) => {
    expect(warningsOf(withLabels(labels))).toEqual([]);
  },
);

test.for([
  ["{ tier: 1 }", 'text in quotes: "1"'],
  ["{ pci: true }", 'text in quotes: "true"'],
  ["{ tier: ~ }", "text"],
  ['{ tier: "" }', "1 to 128 visible characters, no spaces at the ends"],
  ['{ tier: " a" }', "1 to 128 visible characters, no spaces at the ends"],
  [String.raw`{ tier: "a\nb" }`, "1 to 128 visible characters, no spaces at the ends"],
  [`{ tier: ${"x".repeat(129)} }`, "1 to 128 visible characters, no spaces at the ends"],
  ["{ a=b: c }", "a letter, then at most 62 letters, digits, dots, hyphens, underscores and slashes"],
  ["{ 1: c }", "a letter, then at most 62 letters, digits, dots, hyphens, underscores and slashes"],
  ["[jurisdiction=EU]", "a mapping: { jurisdiction: EU }"],
  ["jurisdiction=EU", "a mapping: { jurisdiction: EU }"],
  [`{ ${Array.from({ length: 65 }, (_, i) => `l${i}: x`).join(", ")} }`, "at most 64"],
])("labels: %s is refused", ([labels, remedy]) => {
  expect(diagnose(withLabels(labels!)).map(wanted)).toEqual([remedy]);
});

test("labels: keys and values of other systems", () => {
  const labels = '{ topology.kubernetes.io/zone: eu-west-1a, Ort: "Zürich, Haus 7", constructor: x, toString: y }';
  expect(diagnose(withLabels(labels))).toEqual([]);
});
