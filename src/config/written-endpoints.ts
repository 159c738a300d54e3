/** All endpoints where they are written, those at the top level first: what is wrong with one is told there, once. */
import type { Path } from "./path.ts";
import type { Config, EndpointConfig } from "./schema/config.ts";

export interface WrittenEndpoint {
  readonly path: Path;
  /** What is written there; of one at the top level not all keys. */
  readonly keys: Partial<EndpointConfig>;
}

export function* writtenEndpoints({ endpoints, profiles }: Config): Generator<WrittenEndpoint> {
  for (const [name, keys] of Object.entries(endpoints)) yield { path: ["endpoints", name], keys };
  for (const [profile, { endpoints: own }] of Object.entries(profiles)) {
    for (const [name, keys] of Object.entries(own)) yield { path: ["profiles", profile, "endpoints", name], keys };
  }
}
