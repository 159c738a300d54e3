/** Whether probes go on, and find nobody dead who lives. */
import { addressesOf, soon } from "./ask.ts";
import type { Bench } from "./scene.ts";
import type { Server } from "./server.ts";
import { ENDPOINTS, SECOND_ADDRESS, SPARE_ADDRESS, SPARE_QUERY, type World } from "./world.ts";

/** Milliseconds: two probes of a second each, a time-out, and what a busy machine adds. */
const NOTICED = 6000;

export async function promiseProbes(bench: Bench, trial: string, world: World): Promise<void> {
  const isServed = async (address: string): Promise<boolean> => (await addressesOf(world.dns, SPARE_QUERY)) === address;
  await world.spare.stop();
  const left = await soon(NOTICED, () => isServed(SECOND_ADDRESS));
  await world.spare.start();
  const back = await soon(NOTICED, () => isServed(SPARE_ADDRESS));
  bench.promise(trial, "a backend that dies is left within 6 s", left !== undefined);
  bench.promise(trial, "a backend that is back is taken within 6 s", back !== undefined);
}

/** Of the profile that the flood asks for, whose backends live all the time: now, and in all that was logged. */
export async function promiseOnline(bench: Bench, trial: string, server: Server): Promise<void> {
  const online = (await server.metrics())?.sum("geosteer_endpoint_status", 'profile="www"', 'status="online"');
  const changes = server.entries().filter(({ msg, profile }) => msg === "endpoint status changed" && profile === "www");
  const found = `${online} of ${ENDPOINTS.length} online; ${JSON.stringify(changes.slice(0, 2))}`;
  bench.promise(trial, "no living endpoint is found dead", online === ENDPOINTS.length && changes.length === 0, found);
}
