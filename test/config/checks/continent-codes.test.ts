import { expect, test } from "vitest";
import { warningsOf } from "../diagnose.ts";

const inProfile = (
  ...regions: readonly string[]
): string => `zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  shop:
    method: geographic
    endpoints:
${[...regions, "[WORLD]"].map((text, i) => `      e${i}: { address: 192.0.2.${i + 1}, regions: ${text} }`).join("\n")}
`;

const WHAT = "a country whose code others use for a continent";

test.for<[what: string, text: string, lines: readonly string[]]>([
  [
    "NA beside EU",
    inProfile("[NA]", "[EU]"),
    [
      `demo.yaml:6:43 profiles.shop.endpoints.e0.regions[0]: ${WHAT}, found NA, which is Namibia, wanted GEO-NA (North America / Central America / Caribbean), where that is meant`,
    ],
  ],
  [
    "all of them",
    inProfile("[NA, SA]", "[EU, AF]", "[AS, GEO-AP]"),
    [
      `demo.yaml:6:43 profiles.shop.endpoints.e0.regions[0]: ${WHAT}, found NA, which is Namibia, wanted GEO-NA (North America / Central America / Caribbean), where that is meant`,
      `demo.yaml:6:47 profiles.shop.endpoints.e0.regions[1]: ${WHAT}, found SA, which is Saudi Arabia, wanted GEO-SA (South America), where that is meant`,
      `demo.yaml:7:47 profiles.shop.endpoints.e1.regions[1]: ${WHAT}, found AF, which is Afghanistan, wanted GEO-AF (Africa), where that is meant`,
      `demo.yaml:8:43 profiles.shop.endpoints.e2.regions[0]: ${WHAT}, found AS, which is American Samoa, wanted GEO-AS (Asia), where that is meant`,
    ],
  ],
  ["NA alone", inProfile("[NA]"), []],
  ["SA beside EU", inProfile("[SA]", "[EU]"), []],
  ["NA among its neighbours", inProfile("[NA, BW, ZA]", "[EU]"), []],
  ["EU alone", inProfile("[EU]", "[GEO-NA]"), []],
])("checkContinentCodes: %s", ([, text, lines]) => {
  expect(warningsOf(text)).toEqual(lines);
});
