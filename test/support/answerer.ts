/** An answerer of a snapshot in a few words, and what it has counted for each message. */
import { locateClients, namedAsns } from "../../src/geo/load-geo.ts";
import { createAround } from "../../src/routing/profiles-around.ts";
import { createStateTable, viewStateTable, type StateTable } from "../../src/state/state-table.ts";
import { probedState, type EndpointState, type ProbedStatus } from "../../src/routing/health-view.ts";
import type { CheckedConfig } from "../../src/config/settings.ts";
import type { LeafTable } from "../../src/routing/leaf-table.ts";
import type { Snapshot } from "../../src/routing/snapshot.ts";
import { createAnswerer, type Answerer } from "../../src/server/answer/answer-query.ts";
import { compileZones } from "../../src/server/names/compile-zones.ts";
import { textPeer } from "../../src/server/transports/text-peer.ts";
import { counterLabels } from "../../src/server/threads/counter-labels.ts";
import { postSnapshot } from "../../src/server/threads/posted-snapshot.ts";
import type { Publication } from "../../src/server/threads/worker-messages.ts";
import { TCP, UDP, type Traits } from "../../src/server/answer/traits.ts";
import type { Service } from "../../src/server/answer/service.ts";
import type { Clock, Random } from "../../src/shared/ports.ts";
import type { TcpLimits } from "../../src/shared/server-settings.ts";
import type { Transport } from "../../src/telemetry/counter-totals.ts";
import {
  countInto,
  createCounterRow,
  readCounters,
  type CounterLabels,
  type Counters,
} from "../../src/telemetry/counters.ts";
import { systemsDatabase } from "./autonomous-systems.ts";
import { queryPacket, type QuerySpec } from "./query-packet.ts";
import { readMessage, type Message } from "./read-message.ts";
import { snapshotOf, zonesOf, type SnapshotSpec } from "./snapshot.ts";

export interface Reply {
  /** Undefined = silence. */
  readonly message: Message | undefined;
  /** `query PROFILE TYPE RCODE`, `decision PROFILE/ENDPOINT REASON`, `filtered PROFILE RULE` and `event NAME`, sorted; `-` is no profile. */
  readonly counted: readonly string[];
}

export interface From {
  readonly peer?: string;
  readonly transport?: Transport;
  /** TCP: units of 100 ms. */
  readonly keepalive?: number;
}

export interface TestAnswerer {
  /** Throws where not exactly one outcome is counted: an answered query, a drop or an exception. */
  ask(query: QuerySpec | Uint8Array, from?: From): Reply;
  /** `endpoint` as `profile/endpoint`. */
  set(endpoint: string, state: ProbedStatus | EndpointState): void;
  readonly answerer: Answerer;
  readonly exceptions: readonly unknown[];
}

/** A configuration as it is served. */
type Loaded = Pick<CheckedConfig, "snapshot" | "zones">;

export interface TestAnswererOptions {
  readonly random?: Random;
  readonly clock?: Clock;
  readonly service?: Service;
}

/** 2026-01-01T12:00:00Z, in milliseconds. */
export const NOON = 1_767_268_800_000;

/** What a configuration without a `dns` section gives, and a cookie secret that tests know. */
export function serviceOf(differences: Partial<Service> = {}): Service {
  return {
    identity: { name: undefined, version: undefined, whoami: false, allow: [] },
    udpSize: 1232,
    longestSubnet: { ipv4: 32, ipv6: 128 },
    cookieSecrets: [Uint8Array.from({ length: 16 }, (_, i) => i)],
    rateLimit: undefined,
    stale: new SharedArrayBuffer(4),
    ...differences,
  };
}

export function testAnswerer(
  spec: SnapshotSpec | Loaded,
  { random = () => 0, clock = () => NOON, service = serviceOf() }: TestAnswererOptions = {},
): TestAnswerer {
  const { publication, snapshot, health } = publicationOf(spec);
  const row = createCounterRow(publication.labels);
  const exceptions: unknown[] = [];
  const answerer = createAnswerer({
    snapshot,
    names: publication.names,
    service,
    table: publication.table,
    health: viewStateTable(publication.health),
    counters: countInto(row, publication.labels),
    random,
    clock,
    onException: (cause) => void exceptions.push(cause),
  });
  const peer = textPeer();
  const out = new Uint8Array(65_535);
  const counted = (): string[] => {
    const { queries, decisions, filters, events } = readCounters([new Float64Array(row).slice()], publication.labels);
    new Float64Array(row).fill(0);
    return [
      ...Array.from(
        queries,
        ({ profile, type, rcode, count }) => [`query ${profile || "-"} ${type} ${rcode}`, count] as const,
      ),
      ...Array.from(
        decisions,
        ({ profile, endpoint, reason, count }) => [`decision ${profile}/${endpoint || "-"} ${reason}`, count] as const,
      ),
      ...Array.from(filters, ({ profile, rule, count }) => [`filtered ${profile} ${rule}`, count] as const),
      ...Object.entries(events).map(([event, count]) => [`event ${event}`, count] as const),
    ]
      .flatMap(([label, count]) => Array<string>(count).fill(label))
      .toSorted();
  };
  return {
    answerer,
    exceptions,
    ask(query, { peer: address = "192.0.2.200", transport = "udp", keepalive = -1 } = {}) {
      const packet = query instanceof Uint8Array ? query : queryPacket(query);
      peer.address = address;
      peer.keepalive = keepalive;
      const size = answerer(packet, packet.length, peer, out, TRAITS[transport]);
      const reply = { message: size === 0 ? undefined : readMessage(out.slice(0, size)), counted: counted() };
      expectOneOutcome(reply);
      return reply;
    },
    set(endpoint, state) {
      health.setAll([[idOf(snapshot, endpoint), typeof state === "string" ? probedState(state) : state]]);
    },
  };
}

/** The traits of the transports, by the names that counters give them. */
export const TRAITS: Readonly<Record<Transport, Traits>> = { udp: UDP, tcp: TCP };

const SILENT = ["event dropped", "event limited"];

function expectOneOutcome({ message, counted }: Reply): void {
  const outcomes = counted.filter(
    (label) => label.startsWith("query ") || /^event (dropped|limited|exception)$/.test(label),
  );
  if (outcomes.length !== 1 || SILENT.includes(outcomes[0]!) !== (message === undefined)) {
    throw new Error(`${message === undefined ? "silence" : "an answer"} was counted as ${counted.join(", ")}`);
  }
}

const NO_LABELS: CounterLabels = { profiles: [], endpoints: [], reasons: [], filters: [] };

/** For transports whose counts a test does not look at. */
export const UNCOUNTED: Counters = countInto(createCounterRow(NO_LABELS), NO_LABELS);

export const TCP_LIMITS: TcpLimits = { connections: 100, perClient: 100, idle: 10_000 };

/** One generation as workers get it, without databases. */
export function publicationOf(
  spec: SnapshotSpec | Loaded,
  generation = 1,
): { readonly publication: Publication; readonly snapshot: Snapshot; readonly health: StateTable } {
  const { snapshot, zones } = "snapshot" in spec ? spec : { snapshot: snapshotOf(spec), zones: zonesOf(spec) };
  const health = createStateTable(snapshot, createAround(snapshot));
  const publication = {
    generation,
    snapshot: postSnapshot(snapshot),
    names: compileZones(zones, snapshot),
    service: serviceOf(),
    table: leafTable(snapshot),
    health: health.buffer,
    labels: counterLabels(snapshot),
  };
  return { publication, snapshot, health };
}

/** Of own networks, and of the autonomous systems that endpoints name. */
function leafTable(snapshot: Snapshot): LeafTable {
  const geo = locateClients(namedAsns(snapshot).size === 0 ? [] : [systemsDatabase], snapshot);
  if (!geo.ok) throw new Error(geo.error.what);
  return geo.value.table;
}

/** The same as no worker can take it. */
export function impossible(publication: Publication): Publication {
  return { ...publication, names: { ...publication.names, slots: undefined as unknown as Int32Array } };
}

function idOf({ profiles, endpoints }: Snapshot, path: string): number {
  const found = endpoints.find(({ name, profile }) => `${profiles[profile]!.name}/${name}` === path);
  if (found === undefined) throw new Error(`no endpoint ${path}`);
  return found.id;
}
