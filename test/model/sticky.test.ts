/** docs/steering.md section 6: small configurations that random graphs seldom have, of many networks each. */
import { describe, expect, test } from "vitest";
import { answersOf } from "./answers-of.ts";
import { configured, NOWHERE, textOf } from "./asked.ts";
import type { Configuration } from "./configuration.ts";
import { explainer, loaded } from "./engine.ts";
import type { Question } from "./steering-model.ts";

const NETWORKS = Array.from({ length: 250 }, (_, i) => `8.8.${i}.0/24`);

const spares = `
    x: { address: "2001:db8::1", standby: true, trickle: 40% }, y: { address: "2001:db8::2", standby: true, trickle: 10% },
    z: { address: "2001:db8::3", standby: true }`;

describe("explain of sticky profiles is as the model has it", () => {
  test.for<[what: string, profiles: string, residency?: Configuration["residency"]]>([
    [
      "a spare that trickles and stands in is one to choose among",
      `
  p: { method: weighted, sticky: client, endpoints: { v4: { address: 192.0.2.1 }, n: { profile: q } } }
  q: { method: weighted, sticky: client, families: any, endpoints: { v4: { address: 192.0.2.2 }, ${spares} } }`,
    ],
    [
      "a spare that lacks the type, beside a profile that lacks it in parts",
      `
  p: { method: weighted, sticky: client, endpoints: { n: { profile: q, weight: 3 }, both: { address: [192.0.2.8, "2001:db8::8"] }, v4: { address: 192.0.2.1, standby: true, trickle: 30% } } }
  q: { method: weighted, sticky: client, families: strict, endpoints: { v4: { address: 192.0.2.2 }, v6: { address: "2001:db8::2" } } }`,
    ],
    [
      "a profile of spares that trickles, and lacks the type in parts",
      `
  p: { method: weighted, sticky: client, endpoints: { a: { address: [192.0.2.8, "2001:db8::8"] }, b: { address: [192.0.2.9, "2001:db8::9"] }, n: { profile: q, standby: true, trickle: 50% } } }
  q: { method: weighted, sticky: client, families: strict, endpoints: { v4: { address: 192.0.2.2 }, v6: { address: "2001:db8::2" }, h: { host: h.example.net } } }`,
    ],
    [
      "a sticky profile in one of chance that trickles",
      `
  p: { method: priority, endpoints: { v4: { address: 192.0.2.1 }, n: { profile: q, trickle: 25% } } }
  q: { method: weighted, sticky: client, endpoints: { a: { address: [192.0.2.8, "2001:db8::8"] }, v4: { address: 192.0.2.9 }, v6: { address: "2001:db8::9" } } }`,
    ],
    [
      "several together",
      `
  p: { method: weighted, sticky: client, endpoints: { n: { profile: q }, a: { address: [192.0.2.8, "2001:db8::8"] } } }
  q: { method: multivalue, endpoints: { x: { address: 192.0.2.1 }, y: { address: [192.0.2.2, "2001:db8::2"] }, z: { address: 192.0.2.3 } } }`,
    ],
    [
      "an endpoint that a rule removes",
      `
  p: { method: weighted, sticky: client, endpoints: { eu: { address: 192.0.2.1, labels: { jurisdiction: EU } }, us: { address: 192.0.2.2, labels: { jurisdiction: US } }, n: { profile: q } } }
  q: { method: weighted, sticky: client, endpoints: { eu: { address: "2001:db8::1", labels: { jurisdiction: EU } }, also: { address: 192.0.2.3, labels: { jurisdiction: EU } }, us: { address: "2001:db8::2", labels: { jurisdiction: US } } } }`,
      { r: { clients: ["all"], profiles: "p", require: { jurisdiction: "EU" } } },
    ],
  ])("%s", ([, profiles, residency]) => {
    const configuration = { ...configured(profiles), ...(residency !== undefined && { residency }) };
    const explain = explainer(loaded(configuration));
    const answers = new Set<string>();
    for (const question of ["A", "AAAA"] as const satisfies readonly Question[]) {
      for (const subnet of NETWORKS) {
        const asked = { profile: "p", client: { subnet, resolver: NOWHERE }, question, down: [], ruled: {} };
        const wanted = textOf(answersOf({ configuration, ...asked }));
        answers.add(wanted);
        expect(textOf(explain(asked)), `${subnet} ${question}`).toBe(wanted);
      }
    }
    expect(answers.size).toBeGreaterThan(2);
  });
});
