/** One generation: what was loaded, the states of its endpoints, and what workers are given of it. */
import type { Described } from "../control/changes.ts";
import type { Served } from "../control/served.ts";
import type { ProbeTarget } from "../health/probe-target.ts";
import type { Prober } from "../health/prober.ts";
import { settledHealth } from "../routing/health-view.ts";
import { createAround } from "../routing/profiles-around.ts";
import { counterLabels } from "../server/threads/counter-labels.ts";
import type { Publication } from "../server/threads/worker-messages.ts";
import { createStates, type Matches } from "../state/states.ts";
import type { Services } from "./create-service.ts";
import type { LoadedGeo } from "./load/databases.ts";
import type { LoadedGeneration } from "./load/loader.ts";

export interface Generation extends Served {
  readonly config: LoadedGeneration["config"];
  /** Octets that came with it: without the leaf table where that is the one before. */
  readonly size: number;
  readonly geo: LoadedGeo;
  readonly digests: LoadedGeneration["digests"];
  /** The ids of endpoints by the key of their probe target. */
  readonly probedFor: ReadonlyMap<string, readonly number[]>;
  readonly publication: Publication;
}

export interface GenerationParts {
  readonly number: number;
  /** What workers are given of the generation before. */
  readonly before: Publication | undefined;
  readonly services: Services;
  /** What is known of the patterns of overrides. */
  readonly matches: Matches;
  /** Probes the targets of the generation from now on. */
  readonly prober: Pick<Prober, "states" | "stateOf">;
}

export function makeGeneration(loaded: LoadedGeneration, parts: GenerationParts): Generation {
  const { config, size, outline, targets, targetTexts, snapshot, names, geo } = loaded;
  const { number, before, services, matches, prober } = parts;
  const states = createStates(outline, createAround(outline), matches);
  const found = prober.states();
  states.probe(
    found.flatMap(({ target, statuses }) =>
      target.endpoints.map(({ id }, i) => [id, settledHealth(statuses[i]!)] as const),
    ),
  );
  const targetOf = targetsByEndpoint(targets, outline.endpoints.length);
  return {
    number,
    config,
    size,
    outline,
    geo,
    digests: loaded.digests,
    states,
    sites: config.sites.map(({ name, location: point, labels }) => ({
      name,
      location: point && ([point.latitude, point.longitude] as const),
      labels,
    })),
    databases: geo.databases,
    probeOf(endpoint) {
      const target = targetOf[endpoint];
      return target && prober.stateOf(target.key);
    },
    targetText: (endpoint) => targetTexts[endpoint]!,
    probedFor: new Map(found.map(({ target: { key, endpoints } }) => [key, endpoints.map(({ id }) => id)])),
    publication: {
      generation: number,
      snapshot,
      names,
      service: services.of(config.settings.dns),
      table: geo.table,
      health: states.buffer,
      labels: counterLabels(outline, before?.labels),
    },
  };
}

function targetsByEndpoint(targets: readonly ProbeTarget[], endpoints: number): readonly (ProbeTarget | undefined)[] {
  const byEndpoint: (ProbeTarget | undefined)[] = Array.from({ length: endpoints });
  for (const target of targets) for (const { id } of target.endpoints) byEndpoint[id] = target;
  return byEndpoint;
}

/** What is compared to tell what a reload has changed. */
export function described({ outline, digests, config }: Pick<Generation, "outline" | "digests" | "config">): Described {
  return { profiles: outline.profiles, digests, zones: config.contents };
}
