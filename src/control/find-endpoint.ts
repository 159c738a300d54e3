/** An endpoint by its name, or what may have been meant. */
import type { EndpointOutline } from "../routing/outline.ts";
import { err, ok } from "../shared/result.ts";
import type { Answer } from "./control.ts";
import type { Served } from "./served.ts";
import { hint } from "./subject-words.ts";

/** `name`: `PROFILE/ENDPOINT`. */
export function findEndpoint({ outline }: Pick<Served, "outline">, name: string): Answer<EndpointOutline> {
  const [, profileName = name, endpointName = ""] = /^([^/]*)\/(.*)$/s.exec(name) ?? [];
  const { profiles } = outline;
  const profile = profiles.find((one) => one.name === profileName);
  if (profile === undefined) {
    const meant = hint(
      profileName,
      profiles.map((one) => one.name),
    );
    return err({ code: "unknown-profile", message: `${profileName} is no profile; ${meant}` });
  }
  const endpoint = profile.endpoints.find((one) => one.name === endpointName);
  if (endpoint !== undefined) return ok(endpoint);
  const meant = hint(
    endpointName,
    profile.endpoints.map((one) => one.name),
  );
  return err({ code: "unknown-endpoint", message: `${profileName} has no endpoint ${endpointName}; ${meant}` });
}
