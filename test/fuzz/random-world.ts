/** Worlds by number: zones, records and profiles of any size that a configuration may have, for the encoder to write. */
import type { RecordSet } from "../../src/shared/zone.ts";
import { labelsName, octets, wireName } from "../support/query-packet.ts";
import { recordSet, zoneOf, type EndpointSpec, type ProfileSpec } from "../support/snapshot.ts";
import { createChance, type Chance } from "./chance.ts";
import type { World } from "./worlds.ts";

const COUNTRIES = ["DE", "FR", "US", "BR"] as const;
const REGIONS = ["dach", "GEO-EU", "EU", "GEO-SA", "WORLD"] as const;

export function randomWorld(seed: number): World {
  const chance = createChance(seed);
  const zones = Array.from({ length: 1 + chance.below(3) }, (_, i) => `${someLabels(chance)}.z${i}`);
  const profiles: Record<string, ProfileSpec> = {};
  const names: string[] = [];
  const records = zones.map((zone): RecordSet[] => {
    const sets: RecordSet[] = [];
    for (let i = 1 + chance.below(12); i > 0; i--) {
      const owner = `${chance.pick(["", "", "*.", "x."])}n${i}.${someLabels(chance, 40)}.${zone}`;
      const kind = chance.below(5);
      if (kind === 0) profiles[`p${names.length}`] = { ...someProfile(chance), names: [owner] };
      else if (kind === 1)
        sets.push(recordSet(owner, `CNAME ${chance.pick([...names, `gone.${zone}`, "example.net"])}`));
      else if (kind === 2 && !owner.startsWith("*")) sets.push(...delegation(owner, chance));
      else sets.push(...dataSets(owner, chance));
      names.push(owner.replace("*.", ""));
    }
    return sets;
  });
  return {
    name: "random",
    rotates: true,
    spec: {
      groupings: { dach: "AT CH DE" },
      networks: { germany: { cidrs: ["10.0.0.0/8", "2001:db8:de::/48"], country: "DE" } },
      profiles,
      zones: zones.map((zone, i) => zoneOf(zone, records[i])),
    },
    down: Object.entries(profiles).flatMap(([profile, { endpoints }]) =>
      Object.keys(endpoints).flatMap((endpoint) => (chance.below(4) === 0 ? [`${profile}/${endpoint}`] : [])),
    ),
    names: [...names, ...zones].flatMap((name) => [wireName(name), ...below(name)]),
  };
}

/** A name below, as wildcards and cuts have them, where there is room. */
function below(name: string): Uint8Array[] {
  const child = octets(labelsName([0x61, 0x2e]).subarray(0, 3), wireName(name));
  return child.length <= 255 ? [child] : [];
}

/** Long ones reach the limits of names; `most` characters in all, about. */
function someLabels({ below, pick }: Chance, most = 150): string {
  const labels = Array.from({ length: 1 + below(3) }, () =>
    pick("abcdefgh".split("")).repeat(1 + below(below(4) === 0 ? 60 : 8)),
  );
  return labels.join(".").slice(0, most).replace(/\.$/, "");
}

function someProfile({ below, pick }: Chance): ProfileSpec {
  const method = pick(["priority", "weighted", "performance", "geographic"] as const);
  const count = 1 + below(4);
  const endpoint = (i: number): EndpointSpec => ({
    ...(below(5) === 0
      ? { host: `${"h".repeat(1 + below(60))}.${"i".repeat(1 + below(60))}.example.net` }
      : {
          address: [
            ...Array.from({ length: below(below(6) === 0 ? 120 : 4) }, (_, n) => `192.0.2.${n}`),
            ...Array.from({ length: 1 + below(below(6) === 0 ? 80 : 3) }, (_, n) => `2001:db8::${n.toString(16)}`),
          ],
        }),
    at: COUNTRIES[i]!,
    regions: i === count - 1 ? REGIONS.slice(i) : [REGIONS[i]!],
  });
  return {
    method,
    ttl: pick([0, 1, 60, 2 ** 31 - 1]),
    enabled: below(10) > 0,
    whenAllDown: pick([{ action: "serveAll" }, { action: "nodata" }, { action: "servfail" }] as const),
    endpoints: Object.fromEntries(Array.from({ length: count }, (_, i) => [`e${i}`, endpoint(i)])),
  };
}

function delegation(owner: string, { below }: Chance): RecordSet[] {
  const servers = Array.from({ length: 1 + below(13) }, (_, i) => `${"s".repeat(1 + below(20))}${i}.${owner}`);
  const [first, ...others] = servers.map((server) => `NS ${server}`);
  return [recordSet(owner, first!, ...others), ...servers.map((server) => recordSet(server, "AAAA 2001:db8::53"))];
}

/** Types whose data the strict reader knows, and unknown ones with any octets. */
function dataSets(owner: string, chance: Chance): RecordSet[] {
  const { below, octets: some } = chance;
  const count = 1 + below(below(5) === 0 ? 60 : 3);
  const text = (i: number): string => `${i} ${"t".repeat(below(below(6) === 0 ? 900 : 200))}`;
  const [first, ...others] = Array.from({ length: count }, (_, i) => `TXT ${text(i)}`);
  return [
    recordSet(owner, first!, ...others),
    { owner, type: 65_280, ttl: below(2 ** 31), records: Array.from({ length: 1 + below(4) }, () => some(below(300))) },
    { owner, type: 1, ttl: 300, records: Array.from({ length: count }, (_, i) => Uint8Array.of(192, 0, 2, i)) },
  ];
}
