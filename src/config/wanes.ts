/** In what an endpoint may be less than up without being down, by its monitor and its load. */
import type { Wanes } from "../routing/snapshot.ts";
import { isProbed, monitorOf } from "./monitor-of.ts";
import { ofName } from "./of-name.ts";
import type { Config, EndpointConfig, ProfileConfig } from "./schema/config.ts";

export function wanesOf({ monitors }: Config, profile: ProfileConfig, endpoint: EndpointConfig): Wanes {
  const monitor = isProbed(profile, endpoint) ? ofName(monitors, monitorOf(profile, endpoint)) : undefined;
  const { address: all = [], probe } = endpoint;
  return one(
    "load" in endpoint && endpoint.load !== undefined,
    monitor !== undefined && monitor.rampUp > 0,
    monitor?.addresses === "each" && probe === undefined && all.length > 1,
  );
}

const known = new Map<string, Wanes>();

function one(load: boolean, ramp: boolean, addresses: boolean): Wanes {
  const key = `${load} ${ramp} ${addresses}`;
  let found = known.get(key);
  if (found === undefined) {
    found = { load, ramp, addresses };
    known.set(key, found);
  }
  return found;
}
