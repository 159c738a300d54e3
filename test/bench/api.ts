/**
 * `npm run bench:api`: how long the HTTP API holds its thread, over a desk in memory with 10,000 profiles of four
 * endpoints, each route alone and then sixteen clients at once. What the real desk takes to answer comes on top.
 */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { startApi } from "../support/api-server.ts";
import { AT, createMemoryDesk } from "../support/memory-desk.ts";

const PROFILES = 10_000;
const ENDPOINTS = 4;
/** A configuration of about 5 MB, and what a load of it has changed. */
const LINE = 'endpoint: { address: 192.0.2.1, weight: 3 } # "comment"\n';
const LINES = 90_000;
const TIMES = 20;
/** Milliseconds. */
const HAMMERED = 8000;

const PATHS = [
  "/status",
  "/profiles?limit=1000",
  "/profiles?limit=1000&status=degraded",
  "/endpoints?limit=1000",
  "/endpoints?limit=1000&after=39000",
  "/endpoints?site=munich&limit=1000",
  "/generations",
  "/generations/7",
  "/openapi.json",
];

async function serve(): Promise<void> {
  const desk = createMemoryDesk({ profiles: PROFILES, endpoints: ENDPOINTS });
  const none = { added: [], removed: [], changed: [] };
  const added = Array.from({ length: PROFILES * ENDPOINTS }, (_, i) => `p${i >> 2}/e${i & 3}`);
  const changes = { profiles: none, endpoints: { ...none, added }, zones: none };
  const files = [{ file: "geosteer.yaml", text: LINE.repeat(LINES) }];
  desk.generationTexts = [{ number: 7, at: AT, hash: "00", databases: [], changes, files }];
  process.send!((await startApi({ desk })).url);
}

function get(url: string, localAddress: string): Promise<{ readonly status: number; readonly size: number }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent: false, localAddress }, (response) => {
      text(response).then((told) => resolve({ status: response.statusCode!, size: told.length }), reject);
    });
    asked.on("error", reject).end();
  });
}

/** Milliseconds of CPU that the longest callback of the server has taken since the last time (`longest-callback.ts`). */
async function longestCallback(server: ChildProcess): Promise<string> {
  const told = once(server.stderr!, "data");
  server.kill("SIGUSR2");
  const [line] = (await told) as [Buffer];
  return /[\d.]+ ms/.exec(line.toString())![0];
}

async function measure(): Promise<void> {
  const hook = new URL("longest-callback.ts", import.meta.url).href;
  const server = fork(import.meta.filename, ["serve"], {
    execArgv: ["--import", hook],
    stdio: ["ignore", "inherit", "pipe", "ipc"],
  });
  const [url] = (await once(server, "message")) as [string];
  for (const path of PATHS) for (let time = 0; time < 5; time++) await get(`${url}/api/v1${path}`, "127.0.0.1");
  await sleep(2000);
  await longestCallback(server);
  for (const path of PATHS) {
    let size = 0;
    for (let time = 0; time < TIMES; time++) {
      ({ size } = await get(`${url}/api/v1${path}`, "127.0.0.1"));
      await sleep(25);
    }
    const kilobytes = `${(size / 1000).toFixed(0)} kB`;
    console.log(`${path.padEnd(40)} ${kilobytes.padStart(8)}, longest callback ${await longestCallback(server)}`);
  }
  const until = performance.now() + HAMMERED;
  const statuses: number[] = [];
  await Promise.all(
    Array.from({ length: 16 }, async (_, client) => {
      while (performance.now() < until) {
        statuses.push((await get(`${url}/api/v1/endpoints?limit=1000`, `127.0.0.${client + 2}`)).status);
      }
    }),
  );
  const answered = statuses.filter((status) => status === 200).length;
  const told = `${answered} of ${statuses.length} answered, longest callback ${await longestCallback(server)}`;
  console.log(`16 clients, ${HAMMERED / 1000} s of /endpoints?limit=1000: ${told}`);
  server.kill();
}

await (process.argv[2] === "serve" ? serve() : measure());
