/** Overrides: those that are set, and what one does or would do. */
import { counted } from "../../config/counted.ts";
import type { OverridePlan, OverrideStatus } from "../../control/control.ts";
import type { Screen } from "./screen.ts";
import { shareText } from "./status-text.ts";
import { type Column, createTable } from "./table-text.ts";
import { ageText, spanText } from "./time-text.ts";
import { visible } from "./visible.ts";

export function overrideColumns(now: number): readonly Column<OverrideStatus>[] {
  return [
    { title: "ID", cell: ({ id }) => `${id}`, align: "right" },
    { title: "PATTERN", cell: ({ pattern }) => pattern, least: 16 },
    { title: "ACTION", cell: actionOf, style: () => "yellow" },
    { title: "SINCE", cell: ({ since }) => ageText(since, now), align: "right" },
    { title: "ENDS IN", cell: (row) => endOf(row, now), align: "right" },
    { title: "HOLDS", cell: ({ holds, matches }) => `${holds}/${matches}`, align: "right" },
    { title: "KEPT", cell: ({ kept }) => (kept ? "" : "no"), style: () => "red" },
    { title: "BY", cell: ({ author }) => author, least: 8, spare: 1 },
    { title: "REASON", cell: ({ reason }) => reason ?? "", least: 10 },
  ];
}

function actionOf({ action, left }: OverrideStatus): string {
  return action === "drain" && left > 0 ? `drain, ${shareText(left)} left` : action;
}

function endOf({ until }: OverrideStatus, now: number): string {
  return until === undefined ? "never" : spanText(Date.parse(until) - now);
}

/** `override 12: shop/fra out, until 2026-11-27 22:04:43Z`. */
export function overrideLine({ id, pattern, action, over, until }: OverrideStatus, now: number): string {
  const during = action === "drain" && over !== undefined ? ` over ${spanText(over * 1000)}` : "";
  const ends = until === undefined ? "until it is cleared" : `for ${spanText(Date.parse(until) - now)}`;
  return `override ${id}: ${visible(pattern)} ${action}${during}, ${ends}`;
}

/** The endpoints that it hits, and what the profiles around them serve then. */
export function planText(plan: OverridePlan, screen: Screen): string {
  const { hits, hitCount, profiles, profileCount, emptied } = plan;
  const { paint } = screen;
  const hitTable = createTable<OverridePlan["hits"][number]>(
    [
      { title: "ENDPOINT", cell: ({ endpoint }) => endpoint, least: 16 },
      { title: "STATUS", cell: ({ status }) => status },
      { title: "HELD BY", cell: ({ heldBy }) => (heldBy === undefined ? "" : `override ${heldBy}, which is narrower`) },
    ],
    screen,
  );
  const profileTable = createTable<OverridePlan["profiles"][number]>(
    [
      { title: "PROFILE", cell: ({ profile }) => profile, least: 16 },
      {
        title: "SERVED THEN",
        cell: servedThen,
        style: ({ eligibleCount, rulesDown }) => (eligibleCount === 0 || rulesDown.length > 0 ? "red" : undefined),
        least: 20,
      },
    ],
    screen,
  );
  // Those that are emptied come first.
  const forRule = profiles.slice(0, emptied).some(({ eligibleCount }) => eligibleCount > 0);
  const whom = forRule ? ", to all or to the clients of a rule" : "";
  const empties = paint("red", `${counted(emptied, "profile")} left without an endpoint that may be served${whom}\n`);
  return [
    `${counted(hitCount, "endpoint")}\n`,
    hits.length === 0 ? "" : hitTable.rows(hits),
    moreOf(hitCount - hits.length),
    profiles.length === 0 ? "" : `\n${profileTable.rows(profiles)}`,
    moreOf(profileCount - profiles.length),
    emptied === 0 ? "" : `\n${empties}`,
  ].join("");
}

function servedThen({ eligible, eligibleCount, allDown, rulesDown }: OverridePlan["profiles"][number]): string {
  if (eligibleCount === 0) return `none: ${allDown ?? "nothing is answered"}`;
  const more =
    eligibleCount > eligible.length ? ` and ${(eligibleCount - eligible.length).toLocaleString("en")} more` : "";
  const none = rulesDown.length === 0 ? "" : `none to clients of ${rulesDown.join(", ")}; `;
  return `${none}${eligible.join(", ")}${more}`;
}

function moreOf(count: number): string {
  return count <= 0 ? "" : `… and ${count.toLocaleString("en")} more\n`;
}
