/** Any octets as a GeoIP database: a table or an error, never an exception, and neither is larger than the file allows. */
import { loadGeo } from "../../../src/geo/load-geo.ts";
import { snapshotOf } from "../../support/snapshot.ts";
import { mmdb, type MmdbOptions } from "../../support/mmdb-writer.ts";
import type { Chance } from "../chance.ts";
import { blindEdits } from "../edit.ts";
import type { Target } from "../target.ts";

const RECORDS: readonly unknown[] = [
  { country_code: "DE", state1: "BY", latitude: "48.14", longitude: "11.58" },
  {
    country: { iso_code: "FR" },
    subdivisions: [{ iso_code: "IDF" }, { iso_code: "75" }],
    location: { latitude: 48.9, longitude: 2.35 },
  },
  { continent: { code: "EU" }, registered_country: { iso_code: "US" } },
  { country: "BR", lat: "-23.55", lng: "-46.63", region: "São Paulo" },
  { autonomous_system_number: 64_500, is_anonymous: true, traits: [1, [2, [3]]] },
  { asn: "AS64501", country_code: "DE" },
  { asn: 64_999, traits: { autonomous_system_number: 64_501 } },
];

const NETWORKS = ["192.0.2.0/24", "198.51.100.128/25", "2001:db8::/32", "2a00::/12", "0.0.0.0/1"];

const FORMS: readonly MmdbOptions[] = [
  { recordSize: 24 },
  { recordSize: 28, pointers: true, aliases: ["2002::/16"] },
  { recordSize: 32, pointers: true },
];

function networkOf(chance: Chance): string {
  if (chance.below(2) === 0) return chance.pick(NETWORKS);
  const length = 1 + chance.below(24);
  const address = chance.below(2 ** length) * 2 ** (32 - length);
  return `${[24, 16, 8, 0].map((bits) => (address >>> bits) & 255).join(".")}/${length}`;
}

const snapshot = snapshotOf({
  profiles: { p: { method: "subnet", endpoints: { a: { asns: [64_500] }, b: { asns: [64_501] } } } },
});

/** Nodes and leaves that a file may lead to: each of its octets is less than one of either. */
const MOST_LEAVES = 10_000;

export const database: Target = {
  name: "database",
  form: "hex",
  variants: 1,
  models: FORMS.map((form) =>
    mmdb(
      NETWORKS.map((network, i) => [network, RECORDS[i]]),
      form,
    ),
  ),
  generate: (chance: Chance) =>
    mmdb(
      Array.from({ length: 1 + chance.below(8) }, () => [networkOf(chance), chance.pick(RECORDS)]),
      chance.pick(FORMS),
    ),
  mutate: (input, other, chance) => {
    return input.length === 0 ? other.slice() : chance.pick(blindEdits)(input, other, chance);
  },
  check(input) {
    const loaded = loadGeo([{ file: "fuzz.mmdb", octets: Buffer.from(input) }], snapshot);
    if (!loaded.ok) return loaded.error.map(({ code, what }) => `${code} ${what.replace(/\(its type is .*/s, "")}`);
    const { table, known } = loaded.value;
    const leaves = table.ipv4.count + table.ipv6.count;
    if (leaves > MOST_LEAVES) throw new Error(`${leaves} leaves of ${input.length} octets`);
    if (!(known.share.ipv4 <= 1)) throw new Error(`more addresses are known than there are: ${known.share.ipv4}`);
    const counts = [`places ${table.places.country.length}`, `ipv4 ${table.ipv4.count}`, `ipv6 ${table.ipv6.count}`];
    return [...known.regions, ...known.asns.map((asn) => `AS${asn}`), ...counts];
  },
};
