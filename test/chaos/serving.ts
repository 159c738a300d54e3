/** A server in its world, asked all the time: what most scenes are about. */
import { startFlood, type Flood, type FloodOptions } from "./flood.ts";
import { promiseStop, type Bench } from "./scene.ts";
import { isReady, runServer, type Server, type ServerOptions } from "./server.ts";
import { createWorld, type Variation, type World } from "./world.ts";

export interface Serving {
  readonly world: World;
  readonly server: Server;
  /** Asks no more; promises that no query was lost or answered wrong. */
  endFlood(): Promise<void>;
  /** Ends flood, server and backends, and promises of a stop what holds of each. */
  end(): Promise<void>;
}

export interface ServingOptions extends Variation {
  readonly server?: Partial<ServerOptions>;
  readonly flood?: Partial<FloodOptions>;
}

export async function serve(bench: Bench, trial: string, options: ServingOptions = {}): Promise<Serving> {
  bench.progress(trial);
  const world = await createWorld(bench.folder, options);
  const server = runServer({ file: world.places.configuration.path, http: world.http, ...options.server });
  if (!(await isReady(server, world.http))) throw new Error(`${trial}: it does not start: ${server.text()}`);
  const { dns: port, questions } = world;
  let flood: Flood | undefined = await startFlood({ port, questions, ...options.flood });
  const endFlood = async (): Promise<void> => {
    await flood?.stop();
    if (flood !== undefined) bench.floodEnded(trial, flood);
    flood = undefined;
  };
  return {
    world,
    server,
    endFlood,
    async end() {
      await endFlood();
      bench.serverEnded(server);
      await promiseStop(bench, trial, server);
      await world.close();
    },
  };
}
