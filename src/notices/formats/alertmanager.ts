/**
 * The format `alertmanager`: alerts for POST /api/v2/alerts
 * (https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml). An alert is known by its labels: one for each
 * subject and what is wrong with it. What is in trouble is told again each minute, as Prometheus does it, and each time says
 * that it ends five minutes later: where geosteer is gone, or what it said was lost, alerts end by themselves.
 */
import type { Change } from "../told.ts";
import { isTrouble } from "../told.ts";
import { changeText, type Format, type FormatContext, severityOf } from "./format.ts";

const PATH = "/api/v2/alerts";

/** Milliseconds. */
const REPEAT = 60_000;
export const ENDS_AFTER = 5 * REPEAT;

export const alertmanager: Format = {
  most: 1000,
  splits: true,
  repeat: REPEAT,
  url(configured) {
    const url = new URL(configured);
    if (!url.pathname.endsWith(PATH)) url.pathname = `${url.pathname.replace(/\/$/, "")}${PATH}`;
    return url.href;
  },
  render({ at, changes, isTest }, context) {
    if (isTest) return JSON.stringify([testAlert(at, context)]);
    return JSON.stringify(changes.flatMap((change) => alertsOf(change, context)));
  },
};

/** One that begins, one that ends, or both: what was degraded and is down. */
function alertsOf(change: Change, { server, now }: FormatContext): readonly object[] {
  const alertOf = (state: string, times: object): object => ({
    labels: { ...labelsOf({ ...change, state }), instance: server },
    annotations: { summary: changeText(change) },
    ...times,
  });
  const begins = { startsAt: time(change.since), endsAt: time(now + ENDS_AFTER) };
  // Alertmanager wants no alert to end before it starts; when it did start is known to it.
  const ends = { startsAt: time(Math.min(change.since, now) - 1), endsAt: time(Math.min(change.since, now)) };
  return [
    ...(isTrouble(change.from) && change.from !== change.state ? [alertOf(change.from, ends)] : []),
    ...(isTrouble(change.state) ? [alertOf(change.state, begins)] : []),
  ];
}

function testAlert(at: number, { server }: FormatContext): object {
  return {
    labels: { alertname: "GeosteerTest", severity: "none", instance: server },
    annotations: { summary: "a test: no state has changed" },
    startsAt: time(at),
    endsAt: time(at + REPEAT),
  };
}

const NAMES: Readonly<Record<Change["kind"], string>> = {
  endpoint: "GeosteerEndpoint",
  profile: "GeosteerProfile",
  region: "GeosteerRegion",
  rule: "GeosteerRule",
  reload: "GeosteerReload",
};

function labelsOf({ kind, profile, part, state }: Pick<Change, "kind" | "profile" | "part" | "state">): object {
  return {
    alertname: `${NAMES[kind]}${state[0]!.toUpperCase()}${state.slice(1)}`,
    severity: severityOf({ state }),
    ...(profile === undefined ? {} : { profile }),
    ...(part === undefined ? {} : { [kind]: part }),
  };
}

function time(at: number): string {
  return new Date(at).toISOString();
}
