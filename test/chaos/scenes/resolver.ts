/**
 * This machine's resolver answers for a while and then falls silent. It is one of ours: the server has its own
 * /etc/resolv.conf, in a mount namespace (unshare(1)).
 */
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promiseOnline, promiseProbes } from "../probing.ts";
import { promiseReload } from "../reloading.ts";
import type { Scene } from "../scene.ts";
import { serve } from "../serving.ts";

const SILENT = "it falls silent";

/** resolv.conf(5) has no ports: 53 it is, on an address of loopback that nobody else uses. */
const ADDRESS = "127.53.9.53";

/** Milliseconds that it is silent. */
const SILENCE = { short: 8000, long: 30_000 };

export const deadResolver: Scene = {
  name: "resolver",
  trials: [SILENT],
  async run(bench, [trial = SILENT]) {
    const resolver = await startResolver();
    const file = path.join(bench.folder, "resolv.conf");
    writeFileSync(file, `nameserver ${ADDRESS}\noptions timeout:5 attempts:2\n`);
    // Without root, one that is root in a namespace of its own.
    const root = process.getuid?.() === 0 ? [] : ["--map-root-user"];
    const mount = 'mount --bind "$0" /etc/resolv.conf && exec "$@"';
    const serving = await serve(bench, trial, {
      // One that it knows when the silence begins, and eight that it never hears of.
      spareEndpoints: (port) =>
        [
          `, known: { host: known.chaos.example, probe: "known.chaos.example:${port}" }`,
          ...Array.from({ length: 8 }, (_, i) => `, unknown${i}: { host: unknown${i}.chaos.example }`),
        ].join(""),
      server: { through: ["unshare", "--mount", ...root, "sh", "-c", mount, file] },
    });
    const { server, world } = serving;
    resolver.fallSilent();
    await delay(bench.short ? SILENCE.short : SILENCE.long);
    await promiseOnline(bench, trial, server);
    const known = (await server.metrics())?.value(
      "geosteer_endpoint_status",
      'profile="spare",endpoint="known",status="online"',
    );
    bench.promise(trial, "an endpoint whose address was known stays online", known === 1, String(known));
    await promiseProbes(bench, trial, world);
    await promiseReload(bench, trial, server);
    await serving.end();
    resolver.stop();
  },
};

interface Resolver {
  fallSilent(): void;
  stop(): void;
}

/** Says that a name is this machine's, and nothing of names with `unknown` in them. */
async function startResolver(): Promise<Resolver> {
  const socket: Socket = createSocket("udp4").bind(53, ADDRESS);
  await once(socket, "listening").catch((cause: Error) => {
    throw new Error("no resolver of ours on port 53, which needs root", { cause });
  });
  let silent = false;
  socket.on("message", (query, peer) => {
    if (silent || query.toString("latin1").toLowerCase().includes("unknown")) return;
    socket.send(answerTo(query), peer.port, peer.address);
  });
  return {
    fallSilent() {
      silent = true;
    },
    stop: () => socket.close(),
  };
}

const A = 1;

/** The header and question of the query; for type A, the address of this machine behind it. */
function answerTo(query: Buffer): Buffer {
  let at = 12;
  while (query[at] !== 0) at += query[at]! + 1;
  const end = at + 5;
  const hasAddress = query.readUInt16BE(at + 1) === A;
  const head = Buffer.from(query.subarray(0, end));
  head.writeUInt16BE(0x8580, 2);
  head.writeUInt16BE(Number(hasAddress), 6);
  head.writeUInt32BE(0, 8);
  const record = Buffer.from([0xc0, 12, 0, A, 0, 1, 0, 0, 0, 5, 0, 4, 127, 0, 0, 1]);
  return hasAddress ? Buffer.concat([head, record]) : head;
}
