/** Clients take every descriptor that the server's limit of open files (`ulimit -n`) leaves them. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { promiseOnline, promiseProbes } from "../probing.ts";
import { promiseReload } from "../reloading.ts";
import type { Bench, Scene } from "../scene.ts";
import { serve } from "../serving.ts";

const TAKEN = "connections take them all";

const LIMIT = 96;
/** Connections to DNS and to the admin server each. */
const CONNECTIONS = 150;
/** Milliseconds that they are held. */
const HELD = { short: 5000, long: 20_000 };

export const descriptors: Scene = {
  name: "descriptors",
  trials: [TAKEN],
  async run(bench, [trial = TAKEN]) {
    const through = ["sh", "-c", `ulimit -n ${LIMIT}; exec "$0" "$@"`];
    const serving = await serve(bench, trial, { server: { through }, flood: { overTcp: false } });
    const { server, world } = serving;
    // A client over TCP may have to make room for another; those over UDP need no descriptor.
    const held = [...(await hold(world.dns)), ...(await hold(world.http))];
    await delay(bench.short ? HELD.short : HELD.long);
    await reloadUnder(bench, trial, server);
    for (const socket of held) socket.destroy();
    await delay(500);
    await promiseOnline(bench, trial, server);
    await promiseProbes(bench, trial, world);
    await promiseReload(bench, trial, server);
    await serving.end();
  },
};

async function hold(port: number): Promise<readonly Socket[]> {
  const sockets = Array.from({ length: CONNECTIONS }, () => connect(port, "127.0.0.1"));
  await Promise.all(
    sockets.map(async (socket) => {
      // Those that are closed come again: who floods does not give up.
      socket.on("error", () => {});
      await Promise.race([once(socket, "connect"), once(socket, "close")]).catch(() => {});
    }),
  );
  return sockets;
}

/** It works, or fails with a code. */
async function reloadUnder(bench: Bench, trial: string, server: Parameters<typeof promiseReload>[2]): Promise<void> {
  const from = server.mark();
  server.signal("SIGHUP");
  const isEnd = ({ msg }: { readonly msg: string }): boolean => /generation|new configuration/.test(msg);
  const entry = await server.told(from, isEnd, 15_000);
  const found = JSON.stringify(entry ?? "nothing");
  const isSaid = entry?.msg === "serving a new generation" || typeof entry?.["code"] === "string";
  bench.promise(trial, "a reload meanwhile works or fails with a code", isSaid, found);
}
