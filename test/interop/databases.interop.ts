/**
 * The places, and the autonomous systems, of 20,000 addresses in databases of every layout and form, as `maxminddb` for Python finds them, which is not
 * ours and neither is the rule in `read-databases.py` by which it takes a record for a place.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asnTree } from "../../src/geo/asn-tree.ts";
import { buildLeafTable } from "../../src/geo/build-leaf-table.ts";
import { networkTree } from "../../src/geo/network-tree.ts";
import { openDatabase } from "../../src/geo/open-database.ts";
import { formatIpAddress, formatIpPrefix, type IpAddress, type IpPrefix } from "../../src/shared/ip-address.ts";
import { countries } from "../../src/shared/regions/countries.ts";
import { subdivision } from "../../src/shared/regions/subdivisions.ts";
import { createChance, type Chance } from "../fuzz/chance.ts";
import { addressOfNumber, clientAt, numberOf } from "../support/leaf-tables.ts";
import { mmdb, type MmdbOptions } from "../support/mmdb-writer.ts";

const ADDRESSES = 20_000;
const NETWORKS = 4000;
const READER = path.join(import.meta.dirname, "read-databases.py");
/** Debian's, for which the reader is packaged. */
const PYTHON = "/usr/bin/python3";

function runPython(args: readonly string[], input = ""): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: 2 ** 28 };
    const child = execFile(PYTHON, args, options, (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    );
    child.stdin?.end(input);
  });
}

const hasReader = await runPython(["-c", "import maxminddb"]).then(
  () => true,
  () => false,
);

/** What a layout makes a record of. */
interface Town {
  readonly country: string;
  readonly subdivisions: readonly string[];
  readonly continent: string;
  readonly latitude: number;
  readonly longitude: number;
}

const layouts: Readonly<Record<string, (town: Town) => unknown>> = {
  "GeoIP2 City": ({ country, subdivisions, continent, latitude, longitude }) => ({
    city: { geoname_id: 5, names: { de: "Irgendwo", en: "Somewhere", "zh-CN": "某地" } },
    continent: { code: continent, geoname_id: 7, names: { en: "A continent" } },
    country: { geoname_id: 6, is_in_european_union: true, iso_code: country, names: { en: "A country" } },
    location: { accuracy_radius: 20, latitude, longitude, time_zone: "Europe/Berlin" },
    registered_country: { iso_code: "US" },
    subdivisions: subdivisions.map((code) => ({ iso_code: code, names: { fr: "Ailleurs" } })),
  }),
  "GeoIP2 Country": ({ country, continent }) => ({
    continent: { code: continent },
    country: { iso_code: country },
    registered_country: { iso_code: "US" },
  }),
  "GeoIP2 Country, a continent alone": ({ continent }) => ({
    continent: { code: continent },
    registered_country: { iso_code: "US" },
  }),
  "GeoIP2 Country, a registered country alone": ({ country }) => ({ registered_country: { iso_code: country } }),
  "coordinates alone": ({ latitude, longitude }) => ({ location: { latitude, longitude } }),
  "ip-location-db, country": ({ country }) => ({ country_code: country }),
  "ip-location-db, city": ({ country, subdivisions, latitude, longitude }) => ({
    city: "Somewhere",
    country_code: country,
    latitude: String(latitude),
    longitude: String(longitude),
    postcode: "",
    state1: subdivisions[0] ?? "",
    state2: "",
  }),
  "IPinfo, city": ({ country, latitude, longitude }) => ({
    city: "Somewhere",
    country,
    lat: latitude.toFixed(4),
    lng: longitude.toFixed(4),
    postal_code: "12345",
  }),
  "IPinfo, country and network": ({ country, continent }) => ({
    asn: "AS64500",
    continent,
    continent_name: "A continent",
    country,
    country_name: "A country",
  }),
  "IPinfo, lite": ({ country, continent }) => ({
    continent: "A continent",
    continent_code: continent,
    country: "A country",
    country_code: country,
  }),
};

const systemLayouts: Readonly<Record<string, (asn: number) => unknown>> = {
  "GeoLite2-ASN": (asn) => ({ autonomous_system_number: asn, autonomous_system_organization: "Example" }),
  "GeoIP2-Enterprise": (asn) => ({
    country: { iso_code: "DE" },
    traits: { autonomous_system_number: asn, isp: "Example" },
  }),
  "IPinfo, lite": (asn) => ({ asn: `AS${asn}`, as_name: "Example", country_code: "DE" }),
};
/** Some that nobody has, and some that nobody names. */
const NUMBERS = [0, 1, 64_500, 64_501, 64_502, 65_536, 4_294_967_294, 4_294_967_295];
const NAMED = new Set([1, 64_500, 64_501, 4_294_967_295]);

const forms: Readonly<Record<string, MmdbOptions>> = {
  "24 bits": { recordSize: 24 },
  "28 bits, with pointers": { recordSize: 28, pointers: true },
  "32 bits, aliases, with pointers": { recordSize: 32, pointers: true, aliases: ["::ffff:0:0/96", "2002::/16"] },
  "IPv4 alone": { recordSize: 24, ipVersion: 4, pointers: true },
};

const CODES = [...countries.keys(), "EU", "AP", "XX", ""];
/** Codes in force or of old, all levels: what stands in no table, and names, are matters of the tests of `subdivisions.ts`. */
const SUBDIVISIONS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  DE: [["BY"], ["HE"], []],
  FR: [["IDF", "75"], ["IDF"], ["BRE", "29"], []],
  GB: [["ENG", "WSM"], ["SCT"]],
  JP: [["13"], []],
  US: [["CA"], ["TX"], []],
};
const CONTINENTS = ["AF", "AN", "AS", "EU", "NA", "OC", "SA"];
const GROUPINGS: Readonly<Record<string, string>> = { AF: "GEO-AF", EU: "GEO-EU", NA: "GEO-NA", SA: "GEO-SA" };

function townOf(chance: Chance): Town {
  const country = chance.below(2) === 0 ? chance.pick(Object.keys(SUBDIVISIONS)) : chance.pick(CODES);
  return {
    country,
    subdivisions: chance.pick(SUBDIVISIONS[country] ?? [[]]),
    continent: chance.pick(CONTINENTS),
    latitude: (chance.below(1_900_001) - 950_000) / 10_000,
    longitude: (chance.below(3_700_001) - 1_850_000) / 10_000,
  };
}

/** In 2a00::/8 nothing is looked up as the IPv4 address inside. */
function addressOf(family: 4 | 6, chance: Chance): IpAddress {
  const octets = chance.octets(family === 4 ? 4 : 16);
  if (family === 6) octets[0] = 0x2a;
  return { family, octets };
}

function networkOf(family: 4 | 6, chance: Chance): IpPrefix {
  const bits = family === 4 ? 32n : 128n;
  const length = family === 4 ? 3 + chance.below(30) : 9 + chance.below(120);
  const below = bits - BigInt(length);
  return { address: addressOfNumber(family, (numberOf(addressOf(family, chance)) >> below) << below), length };
}

/** Half of them in the networks, at whose edges mistakes are. */
function addressesOf(networks: readonly IpPrefix[], chance: Chance): readonly IpAddress[] {
  return Array.from({ length: ADDRESSES }, (_, i) => {
    if (i % 2 === 0) return addressOf(chance.below(2) === 0 ? 4 : 6, chance);
    const { address, length } = chance.pick(networks);
    const last = (1n << BigInt(address.octets.length * 8 - length)) - 1n;
    return addressOfNumber(address.family, numberOf(address) + chance.pick([0n, last, last >> 1n]));
  });
}

type Found =
  | readonly [
      code: string | null,
      subdivisions: readonly string[],
      continent: string | null,
      latitude: number | null,
      longitude: number | null,
    ]
  | null;

/** What our server should say where the other reader has found this. */
function placeOf(found: Found): unknown {
  const [code, levels, continent, latitude, longitude] = found ?? [null, [], null, null, null];
  const country = countries.get(code ?? "");
  const point =
    latitude === null || longitude === null ? undefined : { latitude: near(latitude), longitude: near(longitude) };
  const subdivisions = country === undefined ? [] : levels.map((level) => `${country.code}-${level}`);
  const grouping = country?.grouping ?? (continent === null ? undefined : GROUPINGS[continent]);
  const middle = subdivision(subdivisions[0] ?? "")?.point ?? country?.point;
  return { country: country?.code, subdivisions, grouping, point: point ?? middle };
}

function near(degrees: number): number {
  return Math.round(degrees * 100) / 100;
}

describe.runIf(hasReader)("databases", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), "geosteer-"));
  });
  afterAll(() => rm(directory, { recursive: true }));

  const cases = Object.keys(layouts).flatMap((layout) => Object.keys(forms).map((form) => [layout, form] as const));
  test.for(cases)("%s, %s: every address has the place that another reader finds", async ([layout, form]) => {
    const chance = createChance(
      1,
      cases.findIndex(([l, f]) => l === layout && f === form),
    );
    const options = forms[form]!;
    const families = options.ipVersion === 4 ? ([4] as const) : ([4, 6] as const);
    const networks = Array.from({ length: NETWORKS }, () => networkOf(chance.pick(families), chance));
    const octets = mmdb(
      networks.map((network) => [formatIpPrefix(network), layouts[layout]!(townOf(chance))]),
      options,
    );
    const file = path.join(directory, "test.mmdb");
    await writeFile(file, octets);
    const opened = openDatabase({ file, octets });
    if (!opened.ok) throw new Error(opened.error.what);
    const table = buildLeafTable([opened.value], networkTree([]));

    const addresses = addressesOf(networks, chance);
    const request = JSON.stringify({ file, addresses: addresses.map(formatIpAddress) });
    const found = JSON.parse(await runPython([READER], `${request}\n`)) as readonly Found[];
    expect(found).toHaveLength(ADDRESSES);
    const wrong = addresses.flatMap((address, i) => {
      const { source: _source, ...ours } = clientAt(table, address).location;
      const theirs = placeOf(found[i]!);
      return JSON.stringify(ours) === JSON.stringify(theirs)
        ? []
        : [{ address: formatIpAddress(address), ours, theirs }];
    });
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  const systems = Object.keys(systemLayouts).flatMap((layout) =>
    Object.keys(forms).map((form) => [layout, form] as const),
  );
  test.for(systems)(
    "%s, %s: every address has the autonomous system that another reader finds",
    async ([layout, form]) => {
      const chance = createChance(
        2,
        systems.findIndex(([l, f]) => l === layout && f === form),
      );
      const options = forms[form]!;
      const families = options.ipVersion === 4 ? ([4] as const) : ([4, 6] as const);
      const networks = Array.from({ length: NETWORKS }, () => networkOf(chance.pick(families), chance));
      const octets = mmdb(
        networks.map((network) => [formatIpPrefix(network), systemLayouts[layout]!(chance.pick(NUMBERS))]),
        options,
      );
      const file = path.join(directory, "asn.mmdb");
      await writeFile(file, octets);
      const opened = openDatabase({ file, octets });
      if (!opened.ok) throw new Error(opened.error.what);
      const whole = networkTree([]);
      const table = buildLeafTable([], whole, asnTree([opened.value], NAMED, whole));

      const addresses = addressesOf(networks, chance);
      const request = JSON.stringify({ file, asns: true, addresses: addresses.map(formatIpAddress) });
      const found = JSON.parse(await runPython([READER], `${request}\n`)) as readonly (number | null)[];
      expect(found).toHaveLength(ADDRESSES);
      const wrong = addresses.flatMap((address, i) => {
        const ours = clientAt(table, address).location.asn;
        const told = found[i] ?? undefined;
        const theirs = told !== undefined && NAMED.has(told) ? told : undefined;
        return ours === theirs ? [] : [{ address: formatIpAddress(address), ours, theirs }];
      });
      expect(wrong.slice(0, 3)).toEqual([]);
      expect(found.filter((asn) => asn !== null && NAMED.has(asn)).length).toBeGreaterThan(1000);
    },
  );
});
