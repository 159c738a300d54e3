/** The whole server on one screen: what an operator reads first. */
import type { Overview, ProfileStatus } from "../../control/control.ts";
import { counted } from "../../config/counted.ts";
import { titled } from "./lines.ts";
import type { Screen } from "./screen.ts";
import { countsText, STATUS_STYLES, totalOf } from "./status-text.ts";
import { type Column, createTable } from "./table-text.ts";
import { ageText } from "./time-text.ts";
import { visible } from "./visible.ts";

export function overviewText(overview: Overview, screen: Screen, now: number): string {
  const { version, startedAt, ready, notices, generation, lastLoad, dns, udp, profiles, endpoints, overrides, state } =
    overview;
  const { paint } = screen;
  const readiness = ready ? paint("green", "ready") : paint("red", "not ready");
  const load = `${ageText(lastLoad.at, now)} ago`;
  const first = lastLoad.problems[0]?.message;
  const refused = `${load}, ${paint("red", "refused")}: ${counted(lastLoad.problems.length, "problem")}, the generation before serves on`;
  return [
    `${paint("bold", "geosteer")} ${visible(version)}, ${readiness}, generation ${generation}, up ${ageText(startedAt, now)}\n`,
    ...notices.map((notice) => titled("Notice", paint("yellow", visible(notice)), screen)),
    titled("DNS", dns.length === 0 ? "no address yet" : `${dns.map(visible).join(", ")} (UDP: ${udp})`, screen),
    titled("Last load", lastLoad.ok ? load : [refused, first && visible(first)].filter(Boolean).join("; "), screen),
    titled("State", stateText(state, screen), screen),
    titled("Overrides", overrides === 0 ? "" : `${overrides}; geosteer override list`, screen),
    titled("Profiles", countsText(profiles, paint), screen),
    titled("Endpoints", countsText(endpoints, paint), screen),
  ].join("");
}

function stateText({ file, durable, trouble }: Overview["state"], { paint }: Screen): string {
  if (file === undefined) return `none: ${visible(trouble ?? "nothing outlives the process")}`;
  if (durable && trouble === undefined) return visible(file);
  return paint("red", [`${visible(file)}, not durable`, trouble && visible(trouble)].filter(Boolean).join(": "));
}

/** How bad it is, the worst first; undefined = no trouble. */
export function troubleOf({ status, allDown, regionsDown, rulesDown }: ProfileStatus): number | undefined {
  // What is out of service on purpose answers nothing on purpose.
  if (status === "disabled") return undefined;
  if (allDown !== undefined) return 0;
  if (regionsDown.length > 0 || rulesDown.length > 0) return 1;
  const rank = (["degraded", "inactive", "stopped", "checking"] as const).findIndex((each) => each === status);
  return rank < 0 ? undefined : 2 + rank;
}

function profileColumns(now: number): readonly Column<ProfileStatus>[] {
  return [
    { title: "PROFILE", cell: ({ profile }) => profile, least: 16 },
    { title: "STATUS", cell: ({ status }) => status, style: ({ status }) => STATUS_STYLES[status] },
    { title: "SINCE", cell: ({ since }) => ageText(since, now), align: "right" },
    { title: "METHOD", cell: ({ method }) => method, spare: 2 },
    { title: "SERVED", cell: ({ eligible, endpoints }) => `${eligible.all}/${totalOf(endpoints)}`, align: "right" },
    { title: "DECISIONS", cell: ({ decisions }) => decisions.toLocaleString("en"), align: "right", spare: 1 },
    { title: "NOTE", cell: noteOf, style: (row) => (troubleOf(row) === 0 ? "red" : "yellow"), least: 12 },
  ];
}

function noteOf({ status, allDown, regionsDown, rulesDown }: ProfileStatus): string {
  if (allDown !== undefined && status !== "disabled") return `all down: ${allDown}`;
  return [
    // Whom the law is about comes first: a narrow screen cuts the end.
    rulesDown.length === 0 ? "" : `${rulesDown.length === 1 ? "rule" : "rules"} down: ${rulesDown.join(" ")}`,
    regionsDown.length === 0 ? "" : `regions down: ${regionsDown.join(" ")}`,
  ]
    .filter(Boolean)
    .join("; ");
}

/** A table of profiles that are picked from all, and what else there is. */
export function pickedProfilesText(
  {
    picked,
    troubled,
    more,
  }: { readonly picked: readonly ProfileStatus[]; readonly troubled: number; readonly more: number },
  screen: Screen,
  now: number,
): string {
  const inTrouble = picked.filter((profile) => troubleOf(profile) !== undefined).length;
  const others =
    troubled > inTrouble
      ? `${(troubled - inTrouble).toLocaleString("en")} of them in trouble`
      : "none of them in trouble";
  const rest = more === 0 ? "" : `${more.toLocaleString("en")} more, ${others}; --all lists them`;
  return (
    (picked.length === 0 ? "" : createTable(profileColumns(now), screen).rows(picked)) +
    (rest && `${screen.paint("dim", rest)}\n`)
  );
}
