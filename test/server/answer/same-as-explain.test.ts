/**
 * Whatever key of a profile or an endpoint is changed, the server answers as explain says. Profiles that place their
 * endpoints alike share what is known of the address space; here the changed profile is asked behind its unchanged twin,
 * so that a key which moves the order and is no part of what is compared shows.
 */
import { probedView } from "../../../src/routing/health-view.ts";
import { describe, expect, test } from "vitest";
import { explainName } from "../../../src/app/explain-name.ts";
import { loadConfig } from "../../../src/config/load-config.ts";
import { endpointSchema } from "../../../src/config/schema/endpoint.ts";
import { configSchema } from "../../../src/config/schema/config.ts";
import type { CheckedConfig } from "../../../src/config/settings.ts";
import type { Publication } from "../../../src/server/threads/worker-messages.ts";
import { publicationOf, testAnswerer } from "../../support/answerer.ts";
import { clientSubnet } from "../../support/query-packet.ts";
import { ip } from "../../support/snapshot.ts";

/** A place of its own for each client, and one that nobody knows. */
const CLIENTS = {
  "198.51.100.1": "FR",
  "192.0.2.1": "DE",
  "203.0.113.1": "US",
  "10.1.1.1": "JP",
  "8.8.8.8": undefined,
} as const;

const networks = Object.fromEntries(
  Object.entries(CLIENTS).flatMap(([address, location], i) =>
    location === undefined ? [] : [[`n${i}`, { cidrs: `${address}/32`, location }]],
  ),
);

type Keys = Readonly<Record<string, unknown>>;

interface Change {
  /** The twin that both are made of. */
  readonly profile: Keys;
  readonly endpoint: Keys;
  /** What one of them has beside it. */
  readonly change: Keys;
}

const geographic = { profile: { method: "geographic" }, endpoint: { address: "192.0.2.10", regions: ["DE"] } };
const near = { profile: { method: "performance" }, endpoint: { address: "192.0.2.10", location: "FR" } };
const first = { profile: { method: "priority" }, endpoint: { address: "192.0.2.10" } };
const together = { profile: { method: "multivalue" }, endpoint: { address: "192.0.2.10" } };
const nested = { profile: { method: "priority" }, endpoint: { profile: "child" } };

/** One change for each key of a profile. A new key is missed by the test below. */
const profileChanges: Readonly<Record<string, Change>> = {
  names: { ...first, change: { names: ["other.t.example"] } },
  method: { ...geographic, change: { method: "performance" } },
  enabled: { ...first, change: { enabled: false } },
  ttl: { ...first, change: { ttl: "7s" } },
  negativeTtl: { ...geographic, change: { negativeTtl: "7s" } },
  ecs: { ...geographic, change: { ecs: false } },
  monitor: { ...first, change: { monitor: "web" } },
  endpoints: { ...first, change: { endpoints: { other: { address: "192.0.2.77" } } } },
  families: { ...first, change: { families: "any" } },
  whenAllDown: { ...first, change: { whenAllDown: "nodata" } },
  whenRegionDown: { ...geographic, change: { whenRegionDown: "nodata" } },
  tolerance: { ...near, change: { tolerance: "100%" } },
  maxAnswers: { ...together, change: { maxAnswers: 1 } },
  sticky: { profile: { method: "weighted" }, endpoint: { address: "192.0.2.10" }, change: { sticky: "client" } },
  order: { ...first, change: { order: "fixed" } },
};

const endpointChanges: Readonly<Record<string, Change>> = {
  use: { profile: near.profile, endpoint: { use: "antipodes" }, change: { use: "paris" } },
  address: { ...first, change: { address: "192.0.2.11" } },
  host: { ...first, change: { host: "www.example.net", address: undefined } },
  profile: { ...first, change: { profile: "child", address: undefined } },
  enabled: { ...geographic, change: { enabled: false } },
  priority: { ...first, change: { priority: 1000 } },
  weight: { profile: { method: "weighted" }, endpoint: { address: "192.0.2.10" }, change: { weight: 1000 } },
  // From where it is nobody's nearest to where it is that of some.
  location: { profile: near.profile, endpoint: { ...near.endpoint, location: "AU" }, change: { location: "FR" } },
  site: { profile: near.profile, endpoint: { address: "192.0.2.10", site: "far" }, change: { site: "near" } },
  labels: { ...first, change: { labels: { kind: "cloud" } } },
  regions: { ...geographic, change: { regions: ["EU", "pacific"] } },
  networks: { ...geographic, change: { networks: ["10.0.0.0/8"] } },
  asns: { ...geographic, change: { asns: [64500] } },
  bias: { ...near, endpoint: { ...near.endpoint, location: "AU" }, change: { bias: 99 } },
  standby: { profile: { method: "weighted" }, endpoint: { address: "192.0.2.10" }, change: { standby: true } },
  trickle: {
    profile: { method: "weighted" },
    endpoint: { address: "192.0.2.10", standby: true },
    change: { trickle: "20%" },
  },
  alwaysServe: { ...first, change: { alwaysServe: true } },
  monitor: { ...first, change: { monitor: "web" } },
  headers: { ...first, endpoint: { ...first.endpoint, monitor: "web" }, change: { headers: { Host: "a.example" } } },
  probe: { ...first, change: { probe: "192.0.2.99" } },
  load: {
    ...first,
    endpoint: { ...first.endpoint, monitor: "web" },
    change: { load: { from: { header: "x-load" } } },
  },
  minHealthy: { ...nested, change: { minHealthy: 2 } },
  minHealthyIPv4: { ...nested, change: { minHealthyIPv4: 2 } },
  minHealthyIPv6: { ...nested, change: { minHealthyIPv6: 1 } },
};

/** What stands beside the endpoint that is changed, so that there is somebody else to answer. */
const others: Readonly<Record<string, Keys>> = {
  priority: { spare: { address: ["192.0.2.20", "2001:db8::20"] } },
  weighted: { spare: { address: ["192.0.2.20", "2001:db8::20"] } },
  multivalue: { spare: { address: ["192.0.2.20", "2001:db8::20"] } },
  performance: { spare: { address: ["192.0.2.20", "2001:db8::20"], location: "JP" } },
  geographic: { spare: { address: ["192.0.2.20", "2001:db8::20"], regions: ["WORLD"], location: "JP" } },
};

function configOf(profiles: Readonly<Record<string, Keys>>): CheckedConfig {
  const config = {
    geoip: { networks, groupings: { pacific: ["US", "JP"] } },
    zones: { "t.example": { nameservers: ["ns.example.net"] } },
    monitors: { m: { protocol: "tcp", port: 80 }, web: { protocol: "http" } },
    sites: { far: { location: "AU" }, near: { location: "FR" } },
    endpoints: {
      antipodes: { address: "192.0.2.12", site: "far" },
      paris: { address: "192.0.2.13", site: "near" },
    },
    profiles: {
      ...profiles,
      child: {
        method: "priority",
        monitor: "m",
        endpoints: { a: { address: "192.0.2.30" }, b: { address: "192.0.2.31" } },
      },
    },
  };
  const loaded = loadConfig({
    file: "t.yaml",
    text: JSON.stringify(config),
    serial: 1,
    readFile: () => expect.unreachable("no other file"),
  });
  if (!loaded.ok) throw new Error(loaded.error.map(({ path, what }) => `${path}: ${what}`).join("\n"));
  return loaded.value;
}

type Tables = Pick<Publication, "names" | "table">;

/** Where the server answers what explain does not name, or tells another scope. */
function differences(config: CheckedConfig, tables: Tables, down: readonly string[]): readonly string[] {
  let random = 0;
  const server = testAnswerer(config, { random: () => random });
  for (const path of down) server.set(path, "degraded");
  // The twin first: what is kept for it must not be taken for the other.
  const names = config.snapshot.profiles.slice(0, 2).flatMap((profile) => profile.names);
  return Object.keys(CLIENTS).flatMap((address) =>
    names.flatMap((name) =>
      (["A", "AAAA"] as const).flatMap((type) => {
        const asked = { name, type, client: ip(address), resolver: undefined, down };
        const explained = explainName({ config, ...tables, health: probedView(() => "online") }, asked);
        if (!explained.ok) throw new Error(JSON.stringify(explained.error));
        const { outcomes, scope } = explained.value;
        const possible = outcomes.map(({ answer }) => answer.data.map(spelt).toSorted().join(" "));
        const said = `${name} ${type} for ${address}, ${down.join(" ")} down`;
        return [0.1, 0.5, 0.9, 0.9995].flatMap((chance) => {
          random = chance;
          const query = { name, type: type === "A" ? 1 : 28, ecs: clientSubnet(`${address}/32`) };
          const { answers, edns } = server.ask(query, { peer: address }).message!;
          const data = answers.map((line) => line.split(" ").at(-1)!.replace(/\.$/, "")).toSorted();
          const told = edns!.ecs!.split(" ")[2];
          return [
            ...(possible.includes(data.join(" ")) ? [] : [`${said}: ${data.join(" ")}, not ${possible.join(" or ")}`]),
            ...(answers.length === 0 || scope.endsWith(`/${told}`) ? [] : [`${said}: /${told}, not ${scope}`]),
          ];
        });
      }),
    ),
  );
}

/** As the tests' reader of messages writes it: groups of zeros spelt out. */
function spelt(text: string): string {
  return text.includes(":") ? text.replace("::", ":0:0:0:0:0:") : text;
}

describe.for([
  ["profile", profileChanges],
  ["endpoint", endpointChanges],
] as const)("a key of a %s", ([kind, changes]) => {
  test.for(Object.entries(changes))(
    "that is changed, %s, changes the server as it changes explain",
    ([key, { profile, endpoint, change }]) => {
      const monitored = { monitor: "m", ...profile };
      const ofMethod = others[String(profile["method"])]!;
      const rest = key === "priority" ? { spare: { ...(ofMethod["spare"] as Keys), priority: 500 } } : ofMethod;
      const own = key === "priority" ? { ...endpoint, priority: 1 } : endpoint;
      const twin = { names: ["twin.t.example"], ...monitored, endpoints: { it: own, ...rest } };
      const changed =
        kind === "profile"
          ? { ...twin, names: ["changed.t.example"], ...withLocation(change, own, rest), ...change }
          : { ...twin, names: ["changed.t.example"], endpoints: { it: { ...own, ...change }, ...rest } };
      const config = configOf({ twin, changed });
      const { publication } = publicationOf(config);
      const found = [[], ["changed/it", "twin/it"], ["changed/spare"], ["child/a"]].flatMap((down) =>
        differences(
          config,
          publication,
          down.filter((path) => isKnown(config, path)),
        ),
      );
      expect(found).toEqual([]);
    },
  );
});

/** performance needs a place where geographic does not. */
function withLocation(change: Keys, own: Keys, rest: Keys): Keys {
  if (change["method"] !== "performance") return {};
  const { regions: _, ...spare } = rest["spare"] as Keys & { regions: unknown };
  const { regions: __, ...it } = own as Keys & { regions: unknown };
  return { endpoints: { it: { ...it, location: "FR" }, spare } };
}

function isKnown({ snapshot }: CheckedConfig, path: string): boolean {
  return snapshot.endpoints.some(({ name, profile }) => `${snapshot.profiles[profile]!.name}/${name}` === path);
}

test("every key of a profile and of an endpoint is changed above", () => {
  const keys = (value: unknown): readonly string[] => Object.keys((value as { shape: object }).shape);
  const profileSchema = configSchema.shape.profiles.unwrap().valueType;
  expect(keys(profileSchema).toSorted()).toEqual(Object.keys(profileChanges).toSorted());
  expect(keys(endpointSchema).toSorted()).toEqual(Object.keys(endpointChanges).toSorted());
});
