/** The endpoints of a profile that are in use by themselves, in order: those that are not enabled are as if not written. */
import type { EndpointConfig, ProfileConfig } from "./schema/config.ts";

export type NamedEndpoints = readonly (readonly [name: string, endpoint: EndpointConfig])[];

export function enabledOf({ endpoints }: ProfileConfig): NamedEndpoints {
  return Object.entries(endpoints).filter(([, { enabled }]) => enabled);
}
