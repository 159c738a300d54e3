/** One generation: what was loaded, the states of its endpoints, and what workers are given of it. */
import type { Described } from "../control/changes.ts";
import type { Served } from "../control/served.ts";
import { createEndpointFold, type EndpointFold, type FoldDeps, type Standing } from "../health/endpoint-fold.ts";
import type { Prober } from "../health/prober.ts";
import { settledHealth, type ProbedHealth } from "../routing/health-view.ts";
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
  /** The health of its endpoints. */
  readonly fold: EndpointFold;
  /** The ids of endpoints that have a load and are not probed, by `PROFILE/ENDPOINT`. */
  readonly unprobed: ReadonlyMap<string, number>;
  /** Of its probe targets. */
  readonly probedKeys: ReadonlySet<string>;
  readonly publication: Publication;
}

export interface GenerationParts {
  readonly number: number;
  /** The generation before. */
  readonly before: Pick<Generation, "publication" | "fold"> | undefined;
  readonly services: Services;
  /** What is known of the patterns of overrides. */
  readonly matches: Matches;
  /** Probes the targets of the generation from now on. */
  readonly prober: Pick<Prober, "stateOf">;
  readonly loadOf: FoldDeps["loadOf"];
  readonly now: number;
}

export function makeGeneration(loaded: LoadedGeneration, parts: GenerationParts): Generation {
  const { config, size, outline, probes, targetTexts, snapshot, names, geo } = loaded;
  const { number, before, services, matches, prober, loadOf, now } = parts;
  const states = createStates(outline, createAround(outline), matches);
  const fold = createEndpointFold(probes, {
    stateOf: (key) => prober.stateOf(key)!.state,
    before: before?.fold,
    loadOf,
    now,
  });
  states.probe(foundIn(fold.all()));
  const withLoad = new Set(loaded.loads.flatMap(({ endpoints }) => endpoints));
  const unprobed = new Map(
    outline.endpoints.flatMap(({ id, name, profile }): [string, number][] => {
      const subject = `${outline.profiles[profile]!.name}/${name}`;
      return withLoad.has(subject) && fold.of(id) === undefined ? [[subject, id]] : [];
    }),
  );
  states.probe(unprobedLoads(unprobed, unprobed.keys(), loadOf));
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
    probedOf(endpoint) {
      const standing = fold.of(endpoint);
      return standing && { ...standing, targets: standing.targets.flatMap(({ key }) => prober.stateOf(key) ?? []) };
    },
    targetText: (endpoint) => targetTexts[endpoint]!,
    fold,
    unprobed,
    probedKeys: new Set(probes.targets.map(({ key }) => key)),
    publication: {
      generation: number,
      snapshot,
      names,
      service: services.of(config.settings.dns),
      table: geo.table,
      health: states.buffer,
      labels: counterLabels(outline, before?.publication.labels),
    },
  };
}

/** What endpoints have become, as `states` takes it. */
export function foundIn(
  standings: readonly Standing[],
): readonly (readonly [endpoint: number, health: ProbedHealth])[] {
  return standings.map(({ endpoint, health }) => [endpoint.id, health]);
}

/** What loads leave some endpoints that are not probed, as `states` takes it. */
export function* unprobedLoads(
  unprobed: Generation["unprobed"],
  subjects: Iterable<string>,
  loadOf: FoldDeps["loadOf"],
): Generator<readonly [endpoint: number, health: ProbedHealth]> {
  for (const subject of subjects) {
    const id = unprobed.get(subject);
    if (id !== undefined) yield [id, { ...settledHealth("checking"), load: loadOf(subject) }];
  }
}

/** What is compared to tell what a reload has changed. */
export function described({ outline, digests, config }: Pick<Generation, "outline" | "digests" | "config">): Described {
  return { profiles: outline.profiles, digests, zones: config.contents };
}
