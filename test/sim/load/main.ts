/**
 * A day with a flash crowd in some minutes, for real: `npm run sim:load [SECONDS A DAY]`. geosteer serves as a process of its own,
 * resolvers ask it over UDP and keep what they get for its TTL, and backends tell, in the ORCA header of their health
 * page, the load that follows from the answers. Prints figures, and writes docs/load.svg.
 */
import { createSocket } from "node:dgram";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { plot } from "../../chaos/plot.ts";
import { isReady, runServer } from "../../chaos/server.ts";
import { subnet } from "../../support/dns-client.ts";
import { freePort } from "../../support/free-port.ts";
import { queryPacket } from "../../support/query-packet.ts";
import { figuresOf, type Moment } from "./figures.ts";
import { demandOfDay } from "./demand.ts";
import { createResolvers } from "./resolvers.ts";

/** Seconds of a day, by default. */
const DAY = 360;
/** From midnight to four in the next morning. */
const DAYS = 28 / 24;
/** Seconds. With an interval of probes of 1 s and smoothing over 2 s: a fifteenth of the defaults, but for the interval. */
const TTL = 4;
/** Milliseconds. */
const STEP = 100;
/** Steps between two looks. */
const LOOK = 5;
const RESOLVERS = 8000;
const PREMISES = "192.0.2.1";
const CLOUD = "192.0.2.2";
const PLOT = path.resolve(import.meta.dirname, "../../../docs/load.svg");

const day = Number(process.argv[2] ?? DAY);
const folder = mkdtempSync(path.join(tmpdir(), "geosteer-load-"));
const configFile = path.join(folder, "geosteer.yaml");
const [dns, http] = [await freePort(), await freePort()];

/** Tells its load as the ORCA specification has it; a processor is never more than busy. */
let load = 0;
const backend = createServer((_, response) => {
  response.setHeader("endpoint-load-metrics", `TEXT cpu_utilization=${Math.min(1, load).toFixed(4)}`).end("ok\n");
});
await new Promise<void>((resolve) => void backend.listen(0, "127.0.0.1", resolve));
const { port } = backend.address() as AddressInfo;

writeFileSync(
  configFile,
  `listen: { dns: "127.0.0.1:${dns}", http: "127.0.0.1:${http}", workers: 1, control: off }
state: { file: off }
zones: { gtm.example.com: { nameservers: ns.example.net } }
monitors: { web: { protocol: http, port: ${port}, interval: 1s, timeout: 500ms } }
profiles:
  shop:
    names: shop.gtm.example.com
    method: priority
    ttl: ${TTL}s
    monitor: web
    endpoints:
      premises:
        address: ${PREMISES}
        probe: 127.0.0.1
        load: { from: { orca: cpu_utilization }, smooth: 2s, maxAge: 10s }
      cloud: { address: ${CLOUD}, probe: 127.0.0.1 }
`,
);
const server = runServer({ file: configFile, http });
if (!(await isReady(server, http))) throw new Error(server.text());

const resolvers = createResolvers(RESOLVERS, (TTL * 1000) / STEP, Math.random);
const packets = Array.from({ length: RESOLVERS }, (_, id) =>
  queryPacket({ id, ecs: subnet(`100.${64 + (id >> 8)}.${id & 255}.0/24`) }),
);
let [asked, answered] = [0, 0];
const socket = createSocket("udp4");
socket.on("message", (packet) => {
  answered++;
  // The one record of the answer is an address: its last octet stands before the OPT record of the reply.
  const at = packet.indexOf(Buffer.from(ADDRESS_HEAD));
  const octets = packet.subarray(at + ADDRESS_HEAD.length, at + ADDRESS_HEAD.length + 4);
  resolvers.answer(packet.readUInt16BE(0), at < 0 ? undefined : octets.join("."));
});
/** A pointer to the question's name, type A, class IN, its TTL and 4 octets. */
const ADDRESS_HEAD = [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, TTL, 0, 4];
await new Promise<void>((resolve) => void socket.bind(0, "127.0.0.1", resolve));

const moments: Moment[] = [];
const from = performance.now();
const steps = Math.round((DAYS * day * 1000) / STEP);
let kept = 1;
for (let step = 0; step < steps; step++) {
  await delay(Math.max(0, from + step * STEP - performance.now()));
  const time = (step * STEP) / 1000;
  const demand = demandOfDay(time / day);
  for (const id of resolvers.asking(step)) {
    asked++;
    socket.send(packets[id]!, dns, "127.0.0.1");
  }
  const part = resolvers.partOf(PREMISES);
  load = demand * part;
  if (step % LOOK !== 0) continue;
  void server.metrics().then((scrape) => {
    const value = scrape?.value("geosteer_endpoint_load_share", 'profile="shop",endpoint="premises"');
    if (value !== undefined && !Number.isNaN(value)) kept = value;
  });
  moments.push({ time, demand, premises: part, cloud: resolvers.partOf(CLOUD), load, kept });
}

await server.stop();
socket.close();
backend.close();
rmSync(folder, { recursive: true });

const hour = ({ time }: Moment): number => (24 * time) / day;
const line = (name: string, colour: string, valueOf: (moment: Moment) => number) => {
  return { name, colour, points: moments.map((moment) => [hour(moment), valueOf(moment)] as const) };
};
writeFileSync(
  PLOT,
  plot({
    title: "On the premises first, burst to the cloud, and back",
    x: "hours",
    y: "per cent of what the premises can do",
    lines: [
      line("demand", "#888888", ({ demand }) => 100 * demand),
      line("in the cloud", "#3b82f6", ({ demand, cloud }) => 100 * demand * cloud),
      line("on the premises", "#16a34a", ({ load: level }) => 100 * level),
    ],
  }),
);
console.log(
  [
    `${asked.toLocaleString("en")} queries of ${RESOLVERS.toLocaleString("en")} resolvers, ${(asked - answered).toLocaleString("en")} without an answer; a day of ${day} s, a TTL of ${TTL} s`,
    ...figuresOf(moments, { day, ttl: TTL, critical: 0.95 }),
  ].join("\n"),
);
