/** In what an endpoint may be less than up without being down, by its monitor and its load. */
import type { Wanes } from "../routing/snapshot.ts";
import { loadOf } from "./build-loads.ts";
import { isProbed, monitorOf } from "./monitor-of.ts";
import { ofName } from "./of-name.ts";
import type { Config, EndpointConfig, MonitorConfig, ProfileConfig } from "./schema/config.ts";

export function wanesOf({ monitors, sites }: Config, profile: ProfileConfig, endpoint: EndpointConfig): Wanes {
  const name = isProbed(profile, endpoint) ? monitorOf(profile, endpoint) : undefined;
  const { address: all = [], probe } = endpoint;
  return one(
    loadOf(endpoint, sites) !== undefined,
    monitorsWithin(monitors, name).some(({ rampUp }) => rampUp > 0),
    ofName(monitors, name)?.addresses === "each" && probe === undefined && all.length > 1,
  );
}

/** The monitor, and those that it is made of. */
function monitorsWithin(monitors: Config["monitors"], name: string | undefined): readonly MonitorConfig[] {
  const names = new Set(name === undefined ? [] : [name]);
  for (const one of names) {
    const { all = [], any = [], of = [], not } = ofName(monitors, one) ?? {};
    for (const part of [...all, ...any, ...of, ...(not === undefined ? [] : [not])]) names.add(part);
  }
  return [...names].flatMap((one) => ofName(monitors, one) ?? []);
}

const known = new Map<string, Wanes>();

/** One object for all that are alike. */
function one(load: boolean, ramp: boolean, addresses: boolean): Wanes {
  const key = `${load} ${ramp} ${addresses}`;
  let found = known.get(key);
  if (found === undefined) {
    found = { load, ramp, addresses };
    known.set(key, found);
  }
  return found;
}
