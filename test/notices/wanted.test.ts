import { expect, test } from "vitest";
import type { SubjectState } from "../../src/control/subject-states.ts";
import { wantedBy } from "../../src/notices/wanted.ts";
import { NOTICE_KINDS } from "../../src/shared/notice-settings.ts";
import { endpoint, stateOf } from "../support/notice-data.ts";

const FRA = endpoint("fra", "degraded", { site: "munich", labels: { provider: "azure" } });
const SHOP = stateOf("profile", undefined, "down");
const REGION = stateOf("region", "DE", "down");
const RELOAD = stateOf("reload", undefined, "refused");

test.for<[readonly string[], SubjectState, boolean]>([
  [[], FRA, true],
  [["shop"], FRA, true],
  [["shop"], SHOP, true],
  [["shop"], REGION, true],
  [["sh*"], SHOP, true],
  [["other"], SHOP, false],
  [["other", "shop"], SHOP, true],
  [["shop/fra"], FRA, true],
  [["shop/f*"], FRA, true],
  [["shop/ber"], FRA, false],
  [["shop/fra"], SHOP, false],
  [["shop/DE"], REGION, false],
  [["site:munich"], FRA, true],
  [["site:dublin"], FRA, false],
  [["site:munich"], SHOP, false],
  [["label:provider=azure"], FRA, true],
  [["label:provider=aws"], FRA, false],
  [["other"], RELOAD, true],
])("wantedBy: only %j has %o: %s", ([only, state, expected]) => {
  expect(wantedBy({ on: NOTICE_KINDS, only })(state)).toBe(expected);
});

test("wantedBy: a kind that is not asked for is left out", () => {
  const isWanted = wantedBy({ on: ["regions"], only: [] });
  expect([FRA, SHOP, REGION, RELOAD].map(isWanted)).toEqual([false, false, true, false]);
});
