/** What an endpoint is probed with. */
import type { EndpointConfig, ProfileConfig } from "./schema/config.ts";

/** The name of the monitor: its own, else its profile's. */
export function monitorOf({ monitor }: ProfileConfig, endpoint: EndpointConfig): string | undefined {
  return endpoint.monitor ?? monitor;
}

/** A nested profile is judged by its own endpoints. */
export function isProbed(profile: ProfileConfig, endpoint: EndpointConfig): boolean {
  return monitorOf(profile, endpoint) !== undefined && !endpoint.alwaysServe && endpoint.profile === undefined;
}
