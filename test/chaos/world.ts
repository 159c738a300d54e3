/**
 * What the server of a scene reads, asks and answers: five files, backends that are probed, and questions whose answers
 * are known whatever is done to the files, as long as the last good ones serve.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startBackend, type Backend } from "../support/backend.ts";
import { subnet } from "../support/dns-client.ts";
import { mmdb } from "../support/mmdb-writer.ts";
import { ednsOption, queryPacket } from "../support/query-packet.ts";
import type { Message } from "../support/read-message.ts";
import { freePort } from "./ports.ts";
import type { Question } from "./tally.ts";

export const FILES = ["configuration", "zone file", "included file", "database", "cookie secrets"] as const;

export type FileName = (typeof FILES)[number];

/** A file that the server reads, and what it holds while nothing is wrong. */
export interface Place {
  readonly file: FileName;
  readonly path: string;
  readonly good: Buffer;
}

export interface World {
  readonly dns: number;
  readonly http: number;
  readonly places: Readonly<Record<FileName, Place>>;
  /** Behind the first endpoint of the profile `spare`, which no question is about: it may die. */
  readonly spare: Backend;
  readonly questions: readonly Question[];
  /** Puts the good content in place. */
  restore(file: FileName): void;
  close(): Promise<void>;
}

export interface Variation {
  /** Further sections of the configuration, in YAML. */
  readonly sections?: string;
  /** Further keys of `dns`, in YAML's flow style. */
  readonly dns?: string;
  /** Further keys of `listen`, in YAML's flow style. */
  readonly listen?: string;
  /** Further endpoints of `spare`, in YAML's flow style; `port` is that of a backend that lives. */
  readonly spareEndpoints?: (port: number) => string;
  readonly toleratedFailures?: number;
  /** Milliseconds that backends take to answer. */
  readonly slowness?: number;
}

/** Endpoints of the profile `www`: each is nearest to the clients of its own country. */
export const ENDPOINTS = [
  { name: "frankfurt", country: "DE", address: "192.0.2.10" },
  { name: "saopaulo", country: "BR", address: "192.0.2.20" },
  { name: "virginia", country: "US", address: "192.0.2.30" },
  { name: "mumbai", country: "IN", address: "192.0.2.40" },
] as const;

/** Of the first endpoint of `spare`, and of the one that takes its place. */
export const SPARE_ADDRESS = "192.0.2.50";
export const SECOND_ADDRESS = "192.0.2.51";

/** Networks of clients: of the first two the database of half a replacement tells another country. */
const CLIENTS = ["194.25.0.0/24", "200.160.2.0/24", "195.20.0.0/24", "200.170.1.0/24"] as const;
const [GERMAN, BRAZILIAN, GERMAN_TOO, BRAZILIAN_TOO] = CLIENTS;

const country = (code: string) => ({ country_code: code });

const DATABASE = mmdb([
  [GERMAN, country("DE")],
  [BRAZILIAN, country("BR")],
  [GERMAN_TOO, country("DE")],
  [BRAZILIAN_TOO, country("BR")],
]);

/** As long as `DATABASE` and with the same tree: half of one and half of the other is neither. */
export const OTHER_DATABASE = mmdb([
  [GERMAN, country("IN")],
  [BRAZILIAN, country("US")],
  [GERMAN_TOO, country("DE")],
  [BRAZILIAN_TOO, country("BR")],
]);

/** The second half of each text stands in brackets or quotes: who reads one half alone can know. */
const LONG_TEXT = `TXT ( ${Array.from({ length: 20 }, (_, i) => `"part ${i} of a text over several lines"`).join("\n ")} )`;
const ZONE = `$TTL 300
@ SOA ns.example.net. hostmaster.example.net. ( 7 2h 15m 14d 60 )
$INCLUDE more
www A 192.0.2.80
long ${LONG_TEXT}
`;
const INCLUDED = `@ NS ns.example.net.
more A 192.0.2.81
longer ${LONG_TEXT}
`;
/** One that is written down here would be refused some day as one that everybody knows. */
const SECRETS = `${randomBytes(16).toString("hex")}\n`;

export async function createWorld(folder: string, variation: Variation = {}): Promise<World> {
  const { sections = "", dns = "", listen = "", spareEndpoints, toleratedFailures = 1, slowness } = variation;
  const zones = path.join(folder, "zones");
  mkdirSync(zones, { recursive: true });
  const [dnsPort, http] = [await freePort(), await freePort()];
  const backends = await Promise.all(ENDPOINTS.map(() => startBackend(slowness)));
  const spare = await startBackend();
  const quoted = (...names: string[]): string => JSON.stringify(path.join(folder, ...names));
  const endpoints = ENDPOINTS.map(
    ({ name, country: code, address }, i) =>
      `${name}: { address: ${address}, location: ${code}, probe: "127.0.0.1:${backends[i]?.port}" }`,
  );
  const configuration = `listen: { dns: ["127.0.0.1:${dnsPort}"], http: "127.0.0.1:${http}", workers: 1${listen} }
dns: { cookies: { secrets: ${quoted("secrets")} }${dns} }
geoip: { databases: [${quoted("clients.mmdb")}] }
${sections}
zones: { gtm.example.com: { nameservers: [ns.example.net] }, example.org: { file: ${quoted("zones", "example.org")} } }
monitors:
  each: { protocol: http, interval: 1s, timeout: 800ms, toleratedFailures: ${toleratedFailures}, recoverAfter: 1 }
profiles: {
  www: {
    names: [www.gtm.example.com], method: performance, tolerance: 0%, ttl: 5s, monitor: each,
    endpoints: {
      ${endpoints.join(",\n      ")}
    }
  },
  spare: {
    names: [spare.gtm.example.com], method: priority, ttl: 5s, monitor: each,
    endpoints: {
      first: { address: ${SPARE_ADDRESS}, probe: "127.0.0.1:${spare.port}" },
      second: { address: ${SECOND_ADDRESS}, alwaysServe: true }${spareEndpoints?.(backends[0]!.port) ?? ""}
    }
  }
}
`;
  const place = (file: FileName, name: string, good: string | Buffer): Place => ({
    file,
    path: path.join(folder, name),
    good: Buffer.from(good),
  });
  const places: World["places"] = {
    configuration: place("configuration", "geosteer.yaml", configuration),
    "zone file": place("zone file", "zones/example.org", ZONE),
    "included file": place("included file", "zones/more", INCLUDED),
    database: place("database", "clients.mmdb", DATABASE),
    "cookie secrets": place("cookie secrets", "secrets", SECRETS),
  };
  const restore = (file: FileName): void => put(places[file].path, places[file].good);
  for (const file of FILES) restore(file);
  return {
    dns: dnsPort,
    http,
    places,
    spare,
    questions: QUESTIONS,
    restore,
    async close() {
      await Promise.all([spare, ...backends].map((backend) => backend.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As an operator does it: nobody ever sees half a file. Whatever stood there before is gone. */
export function put(file: string, content: Uint8Array | string): void {
  writeFileSync(`${file}.new`, content);
  rmSync(file, { recursive: true, force: true });
  renameSync(`${file}.new`, file);
}

/** `addresses`: any one of these is right, alone. */
function question(
  name: string,
  addresses: readonly string[],
  spec: Parameters<typeof queryPacket>[0],
  isRight: (answer: Message) => boolean = () => true,
): Question {
  return {
    name,
    packet: queryPacket({ ...spec, name }),
    fault(answer) {
      const given = answer.answers.map((line) => line.split(" ").at(-1)).join(" ");
      if (answer.rcode === 0 && addresses.includes(given) && isRight(answer)) return undefined;
      return `RCODE ${answer.rcode}, ${given || "no address"}, wanted ${addresses.join(" or ")}`;
    },
  };
}

/** The client's part of a cookie (RFC 7873), in a query that a server with its secrets answers with a whole one. */
const CLIENT_COOKIE = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
/** Hexadecimal digits of client and server cookie (RFC 9018). */
const COOKIE_DIGITS = 48;

const [DE, BR, US, IN] = ENDPOINTS.map(({ address }) => address) as [string, string, string, string];

const QUESTIONS: readonly Question[] = [
  question("www.gtm.example.com", [DE, IN], { ecs: subnet(GERMAN) }),
  question("www.gtm.example.com", [BR, US], { ecs: subnet(BRAZILIAN) }),
  question("www.gtm.example.com", [DE], { ecs: subnet(GERMAN_TOO) }),
  question("www.gtm.example.com", [BR], { ecs: subnet(BRAZILIAN_TOO) }),
  question("www.example.org", ["192.0.2.80"], {}),
  question(
    "more.example.org",
    ["192.0.2.81"],
    { edns: { data: ednsOption(10, CLIENT_COOKIE) } },
    ({ edns }) => edns?.cookie?.length === COOKIE_DIGITS,
  ),
];

/** What its answer is while the backend `spare` is up. */
export const SPARE_QUERY = { name: "spare.gtm.example.com" } as const;
