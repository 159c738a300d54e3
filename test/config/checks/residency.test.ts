import { describe, expect, test } from "vitest";
import { diagnose, warningsOf } from "../diagnose.ts";

/** Own networks, two profiles with labels in all places, and a rule with these keys. */
const ruled = (rule: string): string => `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
geoip:
  networks: { hq: { cidrs: 10.0.0.0/8, location: DE }, desk: { cidrs: ["2001:db8::/56", 172.20.1.0/25], location: DE }, FR: { cidrs: 172.16.0.0/12, location: FR } }
  groupings: { dach: [DE, AT, CH] }
sites: { munich: { labels: { jurisdiction: EU } } }
endpoints: { shared: { address: 192.0.2.9, labels: { provider: azure } } }
profiles:
  payroll:
    method: weighted
    whenAllDown: { fallback: 192.0.2.99, labels: { tier: "2" } }
    endpoints: { a: { address: 192.0.2.1, site: munich }, b: { use: shared, labels: { jurisdiction: US } } }
residency:
  eu: ${rule}
`;
const RULE = "demo.yaml:13";

describe("checkResidency refuses", () => {
  test.for<[what: string, rule: string, lines: readonly string[]]>([
    [
      "nothing of a rule that is right",
      "{ clients: [EU, dach, hq, DE-BY], profiles: pay*, require: { jurisdiction: EU } }",
      [],
    ],
    [
      "a client that is neither region nor own network",
      "{ clients: [EU, hg], profiles: payroll, require: { jurisdiction: EU } }",
      [
        `${RULE}:23 residency.eu.clients[1]: neither a region nor an own network, found "hg", wanted a region (EU, DE), a grouping or an own network of geoip, or all: did you mean hq?`,
      ],
    ],
    [
      "a country by its name",
      "{ clients: Germany, profiles: payroll, require: { jurisdiction: EU } }",
      [`${RULE}:18 residency.eu.clients: neither a region nor an own network, found "Germany", wanted DE`],
    ],
    [
      "ALL",
      "{ clients: ALL, profiles: payroll, require: { jurisdiction: EU } }",
      [`${RULE}:18 residency.eu.clients: neither a region nor an own network, found "ALL", wanted all`],
    ],
    [
      "a name that a region and an own network have",
      "{ clients: FR, profiles: payroll, require: { jurisdiction: EU } }",
      [
        `${RULE}:18 residency.eu.clients: an own network and a region of one name, found "FR", wanted another name for the network in geoip.networks`,
      ],
    ],
    [
      "a profile that there is not",
      "{ clients: EU, profiles: [payrol], require: { jurisdiction: EU } }",
      [
        `${RULE}:33 residency.eu.profiles[0]: undefined profile, found "payrol", wanted the name of a profile, or a pattern such as payroll*: did you mean payroll?`,
      ],
    ],
    [
      "a pattern that nothing matches",
      "{ clients: EU, profiles: hr*, require: { jurisdiction: EU } }",
      [
        `${RULE}:32 residency.eu.profiles: a pattern that no profile's name matches, found "hr*", wanted the name of a profile, or a pattern such as payroll*`,
      ],
    ],
    [
      "a rule without terms",
      "{ clients: EU, profiles: payroll }",
      [
        `${RULE}:3 residency.eu: a rule that neither requires nor forbids anything, found a mapping, wanted require or forbid, with labels`,
      ],
    ],
    [
      "a label that nothing has",
      "{ clients: EU, profiles: payroll, require: { jurisdicton: EU } }",
      [
        `${RULE}:65 residency.eu.require.jurisdicton: a label that nothing has with such a value: no endpoint complies, found "EU", wanted a label of an endpoint, a site or a fallback: did you mean jurisdiction?`,
      ],
    ],
    [
      "a label of which all that is required is forbidden",
      "{ clients: EU, profiles: payroll, require: { jurisdiction: EU }, forbid: { jurisdiction: [US, EU] } }",
      [
        `${RULE}:66 residency.eu.require.jurisdiction: a label of which the rule forbids each value that it requires: no endpoint complies, found "EU", wanted one of the two`,
      ],
    ],
    [
      "a value that nothing has",
      "{ clients: EU, profiles: payroll, require: { jurisdiction: eu } }",
      [
        `${RULE}:66 residency.eu.require.jurisdiction: a label that nothing has with such a value: no endpoint complies, found "eu", wanted a value of jurisdiction: did you mean EU?`,
      ],
    ],
  ])("%s", ([, rule, lines]) => {
    expect(diagnose(ruled(rule).slice(1))).toEqual(lines);
  });
});

describe("checkResidency warns of", () => {
  test.for<[what: string, rule: string, lines: readonly string[]]>([
    [
      "labels of sites, of endpoints at the top level and of fallbacks not",
      '{ clients: EU, profiles: payroll, require: { jurisdiction: EU }, forbid: { provider: azure, tier: "2" } }',
      [],
    ],
    [
      "one of several values",
      "{ clients: EU, profiles: payroll, require: { jurisdiction: [EU, CH] } }",
      [
        `${RULE}:71 residency.eu.require.jurisdiction[1]: a value that no endpoint, site or fallback has for this label, found "CH", wanted a value of jurisdiction, such as EU, US`,
      ],
    ],
    [
      "what is forbidden and not there",
      "{ clients: EU, profiles: payroll, forbid: { provider: [azure, gpc], kind: cloud } }",
      [
        `${RULE}:69 residency.eu.forbid.provider[1]: a value that no endpoint, site or fallback has for this label, found "gpc", wanted a value of provider, such as azure`,
        `${RULE}:81 residency.eu.forbid.kind: a value that no endpoint, site or fallback has for this label, found "cloud", wanted a label of an endpoint, a site or a fallback`,
      ],
    ],
    [
      "an own network of which resolvers do not tell",
      "{ clients: [hq, desk], profiles: payroll, require: { jurisdiction: EU } }",
      [
        `${RULE}:23 residency.eu.clients[1]: an own network smaller than what resolvers tell of a client: behind them a rule cannot tell it from its neighbours, found 172.20.1.0/25, wanted at most /24 of IPv4 and /56 of IPv6`,
      ],
    ],
    [
      "all beside others, and clients that are there twice",
      "{ clients: [EU, all, EU], profiles: payroll, require: { jurisdiction: EU } }",
      [
        `${RULE}:23 residency.eu.clients[1]: all beside other clients, whom it holds anyway, found "all", wanted all alone, or the others without it`,
        `${RULE}:28 residency.eu.clients[2]: the same clients twice, found "EU", wanted each once`,
      ],
    ],
  ])("%s", ([, rule, lines]) => {
    expect(warningsOf(ruled(rule).slice(1)).filter((line) => line.includes(" residency."))).toEqual(lines);
  });
});

test.for<[rule: string, lines: readonly string[]]>([
  [
    "{ clients: EU, profiles: payroll, forbid: { jurisdiction: US } }",
    [
      `${RULE}:65 residency.eu.forbid.jurisdiction: other endpoints, sites or fallbacks have it as us, which is another one for the rule, found "US", wanted one spelling everywhere`,
    ],
  ],
  [
    "{ clients: EU, profiles: payroll, require: { provider: azure } }",
    [
      `${RULE}:52 residency.eu.require.provider: other endpoints, sites or fallbacks have it as Provider, which is another one for the rule, found "provider", wanted one spelling everywhere`,
    ],
  ],
  ["{ clients: EU, profiles: payroll, forbid: { jurisdiction: [US, us] } }", []],
  ["{ clients: EU, profiles: payroll, require: { jurisdiction: EU } }", []],
])("checkResidency warns of labels in other letters: %s", ([rule, lines]) => {
  const text = ruled(rule)
    .slice(1)
    .replace("{ a: {", "{ c: { address: 192.0.2.3, labels: { jurisdiction: us, Provider: azure } }, a: {");
  expect(warningsOf(text).filter((line) => line.includes("another one for the rule"))).toEqual(lines);
});
