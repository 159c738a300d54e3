/** What the proof may cost: rules are looked at one by one and in pairs, within its budget. What it finds: config tests. */
import { expect, test } from "vitest";
import { proveResidency } from "../../../src/routing/residency/proof.ts";
import { locationOf } from "../../support/leaf-tables.ts";
import { ip, snapshotOf } from "../../support/snapshot.ts";

/** Rule `r` forbids endpoint `r` of each profile: each alone leaves all others, together they leave nothing. */
function allForbidden(rules: number, profiles: number) {
  const numbers = Array.from({ length: rules }, (_, i) => i);
  const endpoints = Object.fromEntries(
    numbers.map((i) => [`e${i}`, { address: [`192.0.2.${i + 1}`], labels: { n: `${i}` } }]),
  );
  const named = Array.from({ length: profiles }, (_, i) => {
    return [`p${i}`, { names: [`p${i}.gtm.example.com`], method: "weighted", endpoints }] as const;
  });
  return snapshotOf({
    profiles: Object.fromEntries(named),
    residency: Object.fromEntries(numbers.map((i) => [`r${i}`, { clients: ["DE"], forbid: { n: [`${i}`] } }])),
  });
}

const clients = [{ address: ip("192.0.2.1"), location: locationOf("DE"), placedBy: "client" as const }];
const budget = { clients: 100, classes: 100, steps: 1000 };

function proved(rules: number, profiles: number) {
  const snapshot = allForbidden(rules, profiles);
  const { findings, unproven } = proveResidency({ snapshot, clients, profileAt: () => undefined, budget });
  return {
    contradictions: findings.flatMap((one) => (one.kind === "contradiction" ? [one.rules.length] : [])),
    unproven: unproven.map(({ name }) => name),
  };
}

test("proveResidency: rules that leave nothing together are found, two where two are enough", () => {
  expect(proved(2, 1)).toEqual({ contradictions: [2], unproven: [] });
  expect(proved(5, 1)).toEqual({ contradictions: [5], unproven: [] });
});

test("proveResidency: looking at rules alone and in pairs is of the budget", () => {
  // A class and 40 rules each: the third profile is beyond it. Pairs are too many, so all rules are named.
  expect(proved(40, 4)).toEqual({ contradictions: [40, 40], unproven: ["p2", "p3"] });
});
