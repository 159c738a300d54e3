/** Endpoints of a profile or a site as rows: their status, who forces them, their share, and their last probe. */
import { counted } from "../../config/counted.ts";
import type {
  EndpointStatus,
  Forced,
  LoadStatus,
  ProbeStatus,
  ProfileStatus,
  SiteStatus,
} from "../../control/control.ts";
import { titled } from "./lines.ts";
import type { Screen } from "./screen.ts";
import { countsText, shareText, STATUS_STYLES, totalOf } from "./status-text.ts";
import type { Column } from "./table-text.ts";
import { ageText } from "./time-text.ts";
import { visible } from "./visible.ts";
import { waitsText } from "./waits-text.ts";

/** `name`: what tells them apart among those that are listed. */
export function endpointColumns(name: (row: EndpointStatus) => string, now: number): readonly Column<EndpointStatus>[] {
  return [
    { title: "ENDPOINT", cell: name, least: 16 },
    { title: "STATUS", cell: ({ status }) => status, style: ({ status }) => STATUS_STYLES[status] },
    { title: "SINCE", cell: ({ since }) => ageText(since, now), align: "right" },
    { title: "FORCED", cell: ({ forced }) => (forced === undefined ? "" : forcedText(forced)), style: () => "yellow" },
    { title: "LOAD", cell: ({ load }) => (load === undefined ? "" : loadText(load)), style: loadStyle, align: "right" },
    { title: "SHARE", cell: ({ share }) => (share === undefined ? "" : shareText(share)), align: "right" },
    { title: "SITE", cell: ({ site }) => site ?? "", spare: 2, least: 8 },
    { title: "TARGET", cell: ({ target }) => target.text, spare: 3, least: 12 },
    { title: "PROBE", cell: ({ probes }) => probesText(probes), spare: 1, least: 16 },
    { title: "LAST PROBE", cell: (row) => lastText(row, now), style: lastStyle, least: 24 },
  ];
}

/** `82 %`, `82 % keeps 41 %`; `critical` and `stale` in words. */
function loadText({ smoothed, share, critical, stale }: LoadStatus): string {
  if (stale) return "stale";
  const level = smoothed === undefined ? "none yet" : `${Math.round(smoothed)} %`;
  if (critical) return `${level} critical`;
  return share === 1 ? level : `${level} keeps ${shareText(share)}`;
}

function loadStyle({ load }: Pick<EndpointStatus, "load">): "red" | "yellow" | undefined {
  if (load?.critical === true) return "red";
  return load !== undefined && (load.stale || load.share < 1) ? "yellow" : undefined;
}

/** The same, with all that is known of it. */
function loadLine(load: LoadStatus, now: number): string {
  const { of, source, value, at, ignored } = load;
  const last = value === undefined || at === undefined ? "" : `, ${value} % ${ageText(at, now)} ago`;
  const unusable = ignored === 0 ? "" : `, ${counted(ignored, "reading")} ignored`;
  return `${loadText(load)} (${visible(of)} by ${source}${last}${unusable})`;
}

/** `out #12`, `drain #7 40 % left`. */
function forcedText({ action, override, left }: Forced): string {
  return `${action} #${override}${action === "drain" ? ` ${shareText(left)} left` : ""}`;
}

/** What is probed: the one target, or how many of several are up. */
function probesText(probes: EndpointStatus["probes"]): string {
  if (probes.length <= 1) return probes[0]?.target ?? "";
  return `${probes.filter(({ status }) => status === "online").length} of ${probes.length} up`;
}

/** The probe that tells most: one that failed, else one that waits to come back, else the latest. */
function telling(probes: EndpointStatus["probes"]): ProbeStatus | undefined {
  const at = ({ last }: ProbeStatus): number => (last === undefined ? 0 : Date.parse(last.at));
  const failed = probes.filter(({ last }) => last?.ok === false);
  const waiting = probes.filter(({ waits }) => waits !== undefined);
  return [failed, waiting, probes].find((some) => some.length > 0)?.toSorted((a, b) => at(b) - at(a))[0];
}

function lastText({ probes, nested, restored }: EndpointStatus, now: number): string {
  if (nested !== undefined) return `${nested.eligible.all}/${totalOf(nested.endpoints)} served`;
  // The status is of before, and may be of now.
  const probe = telling(probes);
  if (restored && probe?.last === undefined) return "none since the start";
  return probe === undefined ? "" : outcomeText(probe, now);
}

/** `12 ms, 3s ago; recovered 4m ago, waits for failback`. */
function outcomeText(probe: ProbeStatus, now: number): string {
  const { last } = probe;
  const waits = waitsText(probe, now);
  const found = last === undefined ? "none yet" : `${foundText(last)}, ${ageText(last.at, now)} ago`;
  return waits === "" ? found : `${found}; ${waits}`;
}

function foundText({ ok, milliseconds, code, reason }: NonNullable<ProbeStatus["last"]>): string {
  if (ok) return `${Math.round(milliseconds)} ms`;
  return code === "not-probed" ? `not probed: ${reason}` : (reason ?? "failed");
}

function lastStyle({ probes }: EndpointStatus): "red" | undefined {
  return probes.some(({ last }) => last?.ok === false) ? "red" : undefined;
}

/** One endpoint, with all that is known of it. */
export function endpointText(row: EndpointStatus, screen: Screen, now: number): string {
  const { profile, endpoint, status, since, restored, eligible, forced, site, labels, target, probes, share, ramp } =
    row;
  const { paint } = screen;
  const served = eligible ? "served" : paint("red", "not served");
  const forcedFor = forced === undefined ? "" : paint("yellow", `${forcedText(forced)}; geosteer override list`);
  const last = lastText(row, now);
  return [
    titled(
      "Endpoint",
      `${visible(`${profile}/${endpoint}`)}, ${painted(status, restored ? `${status} as it was before the start` : status, paint)} for ${ageText(since, now)}, ${served}`,
      screen,
    ),
    titled("Forced", forcedFor, screen),
    titled("Ramp", ramp === undefined ? "" : `${shareText(ramp)} of its clients so far`, screen),
    titled("Target", `${target.kind} ${visible(target.text)}`, screen),
    titled(
      "Share",
      share === undefined ? "" : `${shareText(share)} of the profile's decisions in the last minutes`,
      screen,
    ),
    titled("Load", row.load === undefined ? "" : styled(loadStyle(row), loadLine(row.load, now), paint), screen),
    titled("Site", visible(site ?? ""), screen),
    titled("Labels", labelsText(labels), screen),
    titled("Why", probes.length > 1 ? visible(row.reason ?? "") : "", screen),
    titled("Left out", row.addressesDown.join(", "), screen),
    ...probeLines(row, screen, now),
    titled("Nested", row.nested === undefined ? "" : `${countsText(row.nested.endpoints, paint)}; ${last}`, screen),
  ].join("");
}

/** One target in two lines; several with their statuses, a line for each. */
function probeLines({ probes, restored }: EndpointStatus, screen: Screen, now: number): readonly string[] {
  const what = ({ target, monitor }: ProbeStatus): string => visible(`${target} (${monitor})`);
  const last = (probe: ProbeStatus): string =>
    visible(restored && probe.last === undefined ? "none since the start" : outcomeText(probe, now));
  const [first, ...others] = probes;
  if (first !== undefined && others.length === 0) {
    return [titled("Probe", what(first), screen), titled("Last probe", last(first), screen)];
  }
  return probes.map((probe, i) => {
    const { status } = probe;
    return titled(
      i === 0 ? "Probes" : "",
      `${what(probe)}: ${painted(status, status, screen.paint)}, ${last(probe)}`,
      screen,
    );
  });
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => visible(`${key}=${value}`))
    .join(", ");
}

function painted(status: EndpointStatus["status"], text: string, paint: Screen["paint"]): string {
  return styled(STATUS_STYLES[status], text, paint);
}

function styled(style: Parameters<Screen["paint"]>[0] | undefined, text: string, paint: Screen["paint"]): string {
  return style === undefined ? text : paint(style, text);
}

/** The lines above the endpoints of a profile. */
export function profileText(profile: ProfileStatus, screen: Screen, now: number): string {
  const { status, since, method, names, endpoints, eligible, allDown, regionsDown, rulesDown, decisions } = profile;
  const { paint } = screen;
  return [
    titled(
      "Profile",
      `${visible(profile.profile)} (${method}), ${painted(status, status, paint)} for ${ageText(since, now)}`,
      screen,
    ),
    titled("Names", names.map(visible).join(", "), screen),
    titled("All down", allDown === undefined ? "" : paint("red", `answers ${visible(allDown)}`), screen),
    titled("Regions", regionsDown.length === 0 ? "" : paint("red", `down: ${regionsDown.join(" ")}`), screen),
    titled("Rules", rulesDown.length === 0 ? "" : paint("red", `down: ${rulesDown.map(visible).join(" ")}`), screen),
    titled(
      "Endpoints",
      `${countsText(endpoints, paint)}; ${eligible.all} served, ${eligible.ipv4} with IPv4, ${eligible.ipv6} with IPv6`,
      screen,
    ),
    titled("Decisions", `${decisions.toLocaleString("en")} in the last minutes`, screen),
  ].join("");
}

/** The lines above the endpoints of a site. */
export function siteText(
  { site, labels, location, profiles, endpoints, eligible, forced, load }: SiteStatus,
  screen: Screen,
  now: number,
): string {
  const held = forced === 0 ? "" : `, ${screen.paint("yellow", `${forced} forced`)}`;
  return [
    titled("Site", `${visible(site)}${location === undefined ? "" : ` at ${location.join(", ")}`}`, screen),
    titled("Labels", labelsText(labels), screen),
    titled(
      "Endpoints",
      `${countsText(endpoints, screen.paint)}, in ${counted(profiles, "profile")}; ${eligible} served${held}`,
      screen,
    ),
    titled("Load", load === undefined ? "" : styled(loadStyle({ load }), loadLine(load, now), screen.paint), screen),
  ].join("");
}
