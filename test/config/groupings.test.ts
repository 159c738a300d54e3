import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load-config.ts";
import { diagnose, filesOf } from "./diagnose.ts";

const inFile = (groupings: string, ...regions: readonly string[]): string => `geoip: { groupings: ${groupings} }
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop:
    method: geographic
    endpoints:
${regions.map((text, i) => `      e${i}: { address: 192.0.2.${i + 1}, regions: ${text} }`).join("\n")}
`;

test.for<[what: string, text: string, groupings: readonly string[]]>([
  ["of law alone where nobody names any", inFile("{}", "[DE]"), []],
  ["of law", inFile("{}", "[EEA]", "[EU]"), ["EU 34", "EEA 37"]],
  [
    "own ones among those of law, the one with fewer countries first",
    inFile("{ most: [GEO-EU, GEO-ME], dach: [DE, AT, CH] }", "[most]", "[EU]", "[dach]"),
    ["dach 3", "EU 34", "most 68"],
  ],
  ["members that are groupings, each country once", inFile("{ mine: [EU, DE, GB] }", "[mine]"), ["mine 35"]],
  ["one that nobody names", inFile("{ dach: [DE, AT, CH] }", "[DE]"), []],
])("groupings of a profile: %s", ([, text, expected]) => {
  const loaded = loadConfig({ file: "t.yaml", text, serial: 1, readFile: filesOf({}) });
  if (!loaded.ok) throw new Error(loaded.error.map(({ what }) => what).join("\n"));
  const { groupings } = loaded.value.snapshot.profiles[0]!.policy;
  expect(groupings.map(({ code, countries }) => `${code} ${countries.length}`)).toEqual(expected);
});

const AT_NAME = "demo.yaml:1:23";
const AT_REGION = "demo.yaml:7:43 profiles.shop.endpoints.e0.regions[0]";
const ANY = "WORLD, a grouping (EU, GEO-EU), a country (DE) or a subdivision (DE-BY)";

test.for<[what: string, text: string, lines: readonly string[]]>([
  ...["DE", "eu", "EEA", "World", "GEO-EU", "GEO-own", "DE-BY", "AP", "us-1"].map(
    (name): [string, string, string[]] => [
      `a name with the form of a code: ${name}`,
      inFile(`{ ${name}: [DE, FR] }`, "[BR]"),
      [
        `${AT_NAME} geoip.groupings.${name}: a grouping with the form of a region code, found "${name}", wanted a name such as group-${name}`,
      ],
    ],
  ),
  ...["emea", "group-eu", "DEU", "us-west", "A", "nordics"].map((name): [string, string, string[]] => [
    `a name that is none: ${name}`,
    inFile(`{ ${name}: [DE, FR] }`, `[${name}]`),
    [],
  ]),
  [
    "members that are no whole countries",
    inFile("{ it: [DE-BY, WORLD, UK, it, DE, DE] }", "[it]"),
    [
      'demo.yaml:1:28 geoip.groupings.it[0]: DE-BY is only a part of a country, found "DE-BY", wanted countries (DE), or groupings of them (EU, GEO-EU)',
      'demo.yaml:1:35 geoip.groupings.it[1]: WORLD is everywhere, found "WORLD", wanted countries (DE), or groupings of them (EU, GEO-EU)',
      'demo.yaml:1:42 geoip.groupings.it[2]: UK is reserved, found "UK", wanted GB',
      'demo.yaml:1:46 geoip.groupings.it[3]: it is not in upper case, found "it", wanted IT',
    ],
  ],
  [
    "members that are own groupings",
    inFile("{ own: [DE, FR], more: [own, BR] }", "[more]"),
    [
      'demo.yaml:1:45 geoip.groupings.more[0]: "own" is not a region code, found "own", wanted countries (DE), or groupings of them (EU, GEO-EU)',
    ],
  ],
  [
    "a member twice",
    inFile("{ own: [DE, AT, DE] }", "[own]"),
    ['demo.yaml:1:37 geoip.groupings.own[2]: the same region twice, found "DE", wanted each once'],
  ],
  [
    "no members",
    inFile("{ own: [] }", "[own]"),
    ["demo.yaml:1:28 geoip.groupings.own: list too short, found an empty list, wanted at least one"],
  ],
  [
    "a region that is neither a code nor an own grouping",
    inFile("{ dach: [DE, AT, CH] }", "[dahc]"),
    [
      `${AT_REGION}: neither a region code nor one of geoip.groupings, found "dahc", wanted a region: did you mean dach?`,
    ],
  ],
  [
    "an own grouping in another case",
    inFile("{ dach: [DE, AT, CH] }", "[DACH]"),
    [
      `${AT_REGION}: neither a region code nor one of geoip.groupings, found "DACH", wanted a region: did you mean dach?`,
    ],
  ],
  [
    "a region that is nothing, whatever follows from it",
    inFile("{ dach: [DE, AT, CH] }", "[GA-]").replace("geographic\n", "geographic\n    whenRegionDown: nearest\n"),
    [`demo.yaml:8:43 profiles.shop.endpoints.e0.regions[0]: "GA-" is not a region code, found "GA-", wanted ${ANY}`],
  ],
  [
    "a grouping on two endpoints",
    inFile("{ dach: [DE, AT, CH] }", "[dach]", "[EU, dach]"),
    [
      "demo.yaml:8:47 profiles.shop.endpoints.e1.regions[1]: a region on two endpoints, found dach, also on e0, wanted each region on one endpoint",
    ],
  ],
  [
    "two of as many countries that share one, on two endpoints",
    inFile("{ dach: [DE, AT, CH], alps: [FR, CH, IT] }", "[dach]", "[alps]"),
    [
      "demo.yaml:8:43 profiles.shop.endpoints.e1.regions[0]: two groupings of as many countries on two endpoints, which share a country, found alps and dach, on e0: 3 countries each, CH in both, wanted groupings of different sizes, or both on one endpoint",
    ],
  ],
  [
    "the same countries under two names",
    inFile("{ union: [EU] }", "[EU]", "[union]"),
    [
      "demo.yaml:8:43 profiles.shop.endpoints.e1.regions[0]: two groupings of as many countries on two endpoints, which share a country, found union and EU, on e0: 34 countries each, AT in both, wanted groupings of different sizes, or both on one endpoint",
    ],
  ],
  [
    "two of as many countries on one endpoint",
    inFile("{ dach: [DE, AT, CH], alps: [FR, CH, IT] }", "[dach, alps]", "[EU]"),
    [],
  ],
  [
    "two of as many countries that share none",
    inFile("{ dach: [DE, AT, CH], west: [FR, BE, LU] }", "[dach]", "[west]"),
    [],
  ],
  [
    "a larger one that shares a country",
    inFile("{ dach: [DE, AT, CH], alps: [FR, CH, IT, AT] }", "[dach]", "[alps]"),
    [],
  ],
])("readGroupings and checkGroupings: %s", ([, text, lines]) => {
  expect(diagnose(text)).toEqual(lines);
});
