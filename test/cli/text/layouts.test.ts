/** What an operator sees, as it is: on a terminal of 80 and of 120 columns, and in a pipe. */
import { describe, expect, test } from "vitest";
import type { Overview, ProfileStatus } from "../../../src/control/control.ts";
import { changesText, changesWord } from "../../../src/cli/text/changes-text.ts";
import { endpointColumns, endpointText, profileText, siteText } from "../../../src/cli/text/endpoints-text.ts";
import { overrideColumns, planText } from "../../../src/cli/text/override-text.ts";
import { overviewText, pickedProfilesText, troubleOf } from "../../../src/cli/text/overview-text.ts";
import { createTable } from "../../../src/cli/text/table-text.ts";
import {
  ago,
  ENDPOINTS,
  GENERATION,
  NOW,
  OVERRIDE,
  OVERVIEW,
  PLAN,
  profileStatus,
  PROFILES,
  SITES,
} from "../../support/control-data.ts";
import { plainScreen } from "../../support/desk.ts";

const PIPE = undefined;

/** The text that stands below, without the indentation of this file. */
function written(text: string): string {
  return `${text.replace(/^\n/, "").replaceAll(/^ {6}/gm, "").trimEnd()}\n`;
}

describe("overviewText", () => {
  const overview = (more: Partial<Overview> = {}, width = 80): string =>
    overviewText({ ...OVERVIEW, ...more }, plainScreen(width), NOW);

  test("where all is well", () => {
    expect(overview()).toBe(
      written(`
      geosteer 0.1.0, ready, generation 12, up 3h 12m
      DNS         0.0.0.0:53, [::]:53 (UDP: batch)
      Last load   1m ago
      State       /var/lib/geosteer/geosteer.db
      Profiles    2 degraded, 1 online
      Endpoints   3 degraded, 4 online, 1 disabled
      `),
    );
  });

  const TROUBLE: Partial<Overview> = {
    ready: false,
    notices: [
      "a DNS worker is being replaced",
      "2 of 4 TCP listeners are not open yet; see the log for the reasons of each",
    ],
    lastLoad: {
      at: ago(60),
      ok: false,
      problems: [
        { code: "unknown-key", message: 'geosteer.yaml:3:1 profile: unknown key, found "profile", wanted a known key' },
      ],
    },
    overrides: 2,
    state: { file: "/var/lib/geosteer/geosteer.db", durable: false, trouble: "the disk is full; free some space" },
  };

  test("what is wrong is told within 80 columns", () => {
    expect(overview(TROUBLE)).toBe(
      written(`
      geosteer 0.1.0, not ready, generation 12, up 3h 12m
      Notice      a DNS worker is being replaced
      Notice      2 of 4 TCP listeners are not open yet; see the log for the reasons
                  of each
      DNS         0.0.0.0:53, [::]:53 (UDP: batch)
      Last load   1m ago, refused: 1 problem, the generation before serves on;
                  geosteer.yaml:3:1 profile: unknown key, found "profile", wanted a
                  known key
      State       /var/lib/geosteer/geosteer.db, not durable: the disk is full; free
                  some space
      Overrides   2; geosteer override list
      Profiles    2 degraded, 1 online
      Endpoints   3 degraded, 4 online, 1 disabled
      `),
    );
  });

  test("and within 120", () => {
    expect(overview(TROUBLE, 120)).toContain(
      written(`
      Last load   1m ago, refused: 1 problem, the generation before serves on; geosteer.yaml:3:1 profile: unknown key, found
                  "profile", wanted a known key
      State       /var/lib/geosteer/geosteer.db, not durable: the disk is full; free some space
      `),
    );
  });

  test.for([
    [{ file: undefined, durable: false, trouble: undefined }, "none: nothing outlives the process"],
    [{ file: undefined, durable: false, trouble: "state.file is off" }, "none: state.file is off"],
    [{ file: "s.db", durable: false, trouble: undefined }, "s.db, not durable"],
    [{ file: "s.db", durable: true, trouble: "locked" }, "s.db, not durable: locked"],
  ] as const)("state %o", ([state, text]) => {
    expect(overview({ state })).toContain(`\nState       ${text}\n`);
  });
});

describe("pickedProfilesText", () => {
  const worst = [PROFILES[2]!, PROFILES[1]!, PROFILES[0]!];

  test("in 80 columns", () => {
    expect(pickedProfilesText({ picked: worst, troubled: 2, more: 9997 }, plainScreen(80), NOW)).toBe(
      written(`
      PROFILE  STATUS     SINCE  METHOD       SERVED  DECISIONS  NOTE
      api      degraded     42s  priority        0/3     31,415  all down: all of the…
      payroll  degraded      3m  geographic      1/2         77  regions down: DE AT
      shop     online    2h 30m  performance     3/3      1,204
      9,997 more, none of them in trouble; --all lists them
      `),
    );
  });

  test("in 120 columns, with more in trouble", () => {
    expect(pickedProfilesText({ picked: worst, troubled: 142, more: 9997 }, plainScreen(120), NOW)).toBe(
      written(`
      PROFILE  STATUS     SINCE  METHOD       SERVED  DECISIONS  NOTE
      api      degraded     42s  priority        0/3     31,415  all down: all of them (serveAll)
      payroll  degraded      3m  geographic      1/2         77  regions down: DE AT
      shop     online    2h 30m  performance     3/3      1,204
      9,997 more, 140 of them in trouble; --all lists them
      `),
    );
  });

  test("notes the residency rules that are down before the regions", () => {
    const note = (more: Partial<ProfileStatus>): string =>
      pickedProfilesText(
        { picked: [profileStatus("payroll", more)], troubled: 1, more: 0 },
        plainScreen(undefined),
        NOW,
      );
    expect(note({ rulesDown: ["eu-personal-data"] })).toMatch(/ {2}rule down: eu-personal-data\n$/);
    expect(note({ rulesDown: ["eu-personal-data", "own"], regionsDown: ["DE"] })).toMatch(
      / {2}rules down: eu-personal-data own; regions down: DE\n$/,
    );
    expect(note({ rulesDown: ["eu-personal-data"], allDown: "nodata" })).toMatch(/ {2}all down: nodata\n$/);
  });

  test("no profile is no table", () => {
    expect(pickedProfilesText({ picked: [], troubled: 0, more: 0 }, plainScreen(80), NOW)).toBe("");
  });
});

test.for([
  ["all down before all others", { status: "online", allDown: "nodata" }, 0],
  ["a region that is down", { status: "online", regionsDown: ["DE"] }, 1],
  ["a residency rule that is down", { status: "online", rulesDown: ["eu-personal-data"] }, 1],
  ["degraded", { status: "degraded" }, 2],
  ["inactive", { status: "inactive" }, 3],
  ["stopped", { status: "stopped" }, 4],
  ["checking", { status: "checking" }, 5],
  ["online is no trouble", { status: "online" }, undefined],
  ["unmonitored is none", { status: "unmonitored" }, undefined],
  ["what is disabled on purpose is none", { status: "disabled", allDown: "nxdomain" }, undefined],
] as const satisfies [string, Partial<ProfileStatus>, number | undefined][])("troubleOf: %s", ([, profile, rank]) => {
  expect(troubleOf(profileStatus("p", profile))).toBe(rank);
});

describe("endpoints", () => {
  const table = (width: number | undefined): string =>
    createTable(
      endpointColumns(({ endpoint }) => endpoint, NOW),
      plainScreen(width),
    ).rows(ENDPOINTS);

  test("in 80 columns", () => {
    expect(table(80)).toBe(
      written(`
      ENDPOINT  STATUS     SINCE  FORCED              SHARE  LAST PROBE
      munich    online    2h 30m                       43 %  12 ms, 8s ago
      ireland   online    2h 30m  drain #7 40 % left  0.4 %  31 ms, 3s ago
      virginia  degraded      2m                        0 %  connect-refused, 2m ago
      tokyo     checking   1h 6m                             none since the start
      apac      online    2h 30m                             2/3 served
      `),
    );
  });

  test("in 120 columns", () => {
    expect(table(120)).toBe(
      written(`
      ENDPOINT  STATUS     SINCE  FORCED              SHARE  SITE    TARGET          PROBE             LAST PROBE
      munich    online    2h 30m                       43 %  munich  203.0.113.10    https://203.0.1…  12 ms, 8s ago
      ireland   online    2h 30m  drain #7 40 % left  0.4 %  dublin  shop-ireland.…  https://shop-ir…  31 ms, 3s ago
      virginia  degraded      2m                        0 %          198.51.100.20   https://198.51.…  connect-refused, 2m ago
      tokyo     checking   1h 6m                                     203.0.113.10    https://203.0.1…  none since the start
      apac      online    2h 30m                                     shop-apac                         2/3 served
      `),
    );
  });

  test("in a pipe nothing is left out", () => {
    expect(table(PIPE)).toContain(
      "ireland   online    2h 30m  drain #7 40 % left  0.4 %  dublin  shop-ireland.example.net  https://shop-ireland.example.net:443  31 ms, 3s ago\n",
    );
  });

  test("profileText", () => {
    expect(profileText(PROFILES[2]!, plainScreen(80), NOW)).toBe(
      written(`
      Profile     api (priority), degraded for 42s
      Names       api.gtm.example.com
      All down    answers all of them (serveAll)
      Endpoints   2 degraded, 1 disabled; 0 served, 0 with IPv4, 0 with IPv6
      Decisions   31,415 in the last minutes
      `),
    );
  });

  test("siteText", () => {
    expect(siteText(SITES[0]!, plainScreen(80), NOW) + siteText(SITES[1]!, plainScreen(80), NOW)).toBe(
      written(`
      Site        munich at 48.14, 11.58
      Labels      jurisdiction=EU, provider=own
      Endpoints   1 online, in 1 profile; 1 served
      Site        dublin
      Endpoints   1 online, in 1 profile; 1 served, 1 forced
      `),
    );
  });

  test("endpointText", () => {
    const screen = plainScreen(80);
    expect(ENDPOINTS.map((row) => endpointText(row, screen, NOW)).join("\n")).toBe(
      written(`
      Endpoint    shop/munich, online for 2h 30m, served
      Target      address 203.0.113.10
      Share       43 % of the profile's decisions in the last minutes
      Site        munich
      Labels      jurisdiction=EU
      Probe       https://203.0.113.10:443 (web)
      Last probe  12 ms, 8s ago

      Endpoint    shop/ireland, online for 2h 30m, served
      Forced      drain #7 40 % left; geosteer override list
      Target      host shop-ireland.example.net
      Share       0.4 % of the profile's decisions in the last minutes
      Site        dublin
      Probe       https://shop-ireland.example.net:443 (web)
      Last probe  31 ms, 3s ago

      Endpoint    shop/virginia, degraded for 2m, not served
      Target      address 198.51.100.20
      Share       0 % of the profile's decisions in the last minutes
      Probe       https://198.51.100.20:443 (web)
      Last probe  connect-refused, 2m ago

      Endpoint    shop/tokyo, checking as it was before the start for 1h 6m, served
      Target      address 203.0.113.10
      Probe       https://203.0.113.10:443 (web)
      Last probe  none since the start

      Endpoint    shop/apac, online for 2h 30m, served
      Target      profile shop-apac
      Nested      1 degraded, 2 online; 2/3 served
      `),
    );
  });
});

describe("overrides", () => {
  test("in 80 columns", () => {
    const out = { ...OVERRIDE, id: 12, pattern: "shop/*", action: "out", until: undefined, reason: undefined } as const;
    expect(createTable(overrideColumns(NOW), plainScreen(80)).rows([OVERRIDE, out])).toBe(
      written(`
      ID  PATTERN      ACTION            SINCE  ENDS IN  HOLDS  BY   REASON
       7  site:dublin  drain, 40 % left     6m       2h    1/2  ada  cooling is out
      12  shop/*       out                  6m    never    1/2  ada
      `),
    );
  });

  test("planText: what is hit, and what is served then", () => {
    const emptied = {
      profile: "api",
      eligible: [],
      eligibleCount: 0,
      allDown: "all of them (serveAll)",
      regionsDown: [],
      rulesDown: [],
    };
    const plan = { ...PLAN, hitCount: 1402, profiles: [emptied, ...PLAN.profiles], profileCount: 40, emptied: 1 };
    expect(planText(plan, plainScreen(80))).toBe(
      written(`
      1,402 endpoints
      ENDPOINT         STATUS    HELD BY
      shop/ireland     online
      payroll/ireland  degraded  override 3, which is narrower
      … and 1,400 more

      PROFILE  SERVED THEN
      api      none: all of them (serveAll)
      shop     munich, apac
      … and 38 more

      1 profile left without an endpoint that may be served
      `),
    );
  });

  test("planText: a profile that is left with nothing for the clients of a rule", () => {
    const [shop] = PLAN.profiles;
    const payroll = {
      ...shop!,
      profile: "payroll",
      eligible: ["iad"],
      eligibleCount: 1,
      rulesDown: ["eu-personal-data"],
    };
    const text = planText({ ...PLAN, profiles: [payroll, shop!], profileCount: 2, emptied: 1 }, plainScreen(100));
    expect(text.split("\n\n").slice(1).join("\n\n")).toBe(
      written(`
      PROFILE  SERVED THEN
      payroll  none to clients of eu-personal-data; iad
      shop     munich, apac

      1 profile left without an endpoint that may be served, to all or to the clients of a rule
      `),
    );
  });
});

test("profileText: the residency rules that are down", () => {
  const profile = profileStatus("payroll", { rulesDown: ["eu-personal-data"] });
  expect(profileText(profile, plainScreen(80), NOW)).toContain("\nRules       down: eu-personal-data\n");
});

test("changesWord and changesText: what a load has changed", () => {
  const { changes } = GENERATION;
  expect(changesWord(changes)).toBe("profiles ~1, endpoints +1 −2");
  expect(changesText(changes!, plainScreen(80))).toBe(
    written(`
      Changed     1 profile: shop
      Added       1 endpoint: shop/apac
      Removed     2 endpoints: shop/oldenburg, shop/trier
    `),
  );
  const none = { added: [], removed: [], changed: [] };
  const nothing = { profiles: none, endpoints: none, zones: none };
  expect(changesWord(nothing)).toBe("nothing");
  expect(changesText(nothing, plainScreen(80))).toBe("Changed     nothing\n");
  const many = { ...nothing, zones: { ...none, added: Array.from({ length: 2000 }, (_, i) => `z${i}.example`) } };
  expect(changesText(many, plainScreen())).toMatch(/^Added {7}2,000 zones: z0\.example, .* and 1,990 more\n$/);
});
