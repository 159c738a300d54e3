import { describe, expect, test } from "vitest";
import { buildLeafTable } from "../../src/geo/build-leaf-table.ts";
import { networkTree } from "../../src/geo/network-tree.ts";
import { openDatabase } from "../../src/geo/open-database.ts";
import { isPrivate, specialPurposeNetworks } from "../../src/geo/special-purpose.ts";
import { formatIpPrefix } from "../../src/shared/ip-address.ts";
import { clientAt, locationOf } from "../support/leaf-tables.ts";
import { mmdb } from "../support/mmdb-writer.ts";
import { cidr, ip } from "../support/snapshot.ts";

/** A database that takes the whole address space to be in France. */
const parsed = openDatabase({
  file: "france.mmdb",
  octets: mmdb(
    ["0.0.0.0/1", "128.0.0.0/1", "::/2", "4000::/2", "8000::/1"].map((network) => [network, { country_code: "FR" }]),
    { ipVersion: 6 },
  ),
});
if (!parsed.ok) throw new Error(parsed.error.what);
const database = parsed.value;

function countryOf(address: string, own: Readonly<Record<string, string>> = {}): string | undefined {
  const prefixes = Object.keys(own).map((text) => cidr(text));
  const networks = [
    ...specialPurposeNetworks(prefixes),
    ...Object.entries(own).map(([text, code]) => ({ prefix: cidr(text), location: locationOf(code) })),
  ];
  return clientAt(buildLeafTable([database], networkTree(networks)), ip(address)).location.country;
}

describe("specialPurposeNetworks", () => {
  test.for([
    "0.1.2.3",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.1.1",
    "172.31.255.255",
    "192.168.1.1",
    "198.19.0.1",
    "239.1.2.3",
    "255.255.255.255",
    "::1",
    "fd00::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "::ffff:10.1.2.3",
  ])("%s has no place, whatever a database says", (address) => {
    expect(countryOf(address)).toBeUndefined();
  });

  test.for([
    "9.255.255.255",
    "11.0.0.0",
    "100.128.0.1",
    "172.32.0.0",
    "198.20.0.0",
    "192.0.2.1",
    "2001:db8::1",
    "fe7f::1",
  ])("%s has the place that the database knows", (address) => {
    expect(countryOf(address)).toBe("FR");
  });

  test.for<[own: string, address: string]>([
    ["10.20.0.0/16", "10.20.1.1"],
    ["10.0.0.0/8", "10.1.1.1"],
    ["0.0.0.0/0", "10.1.1.1"],
    ["fd00::/8", "fd00::1"],
  ])("an own network %s wins", ([own, address]) => {
    expect(countryOf(address, { [own]: "DE" })).toBe("DE");
  });

  test.for([
    ["10.20.0.0/16", "10.21.1.1"],
    // The first of the addresses around it.
    ["10.0.0.0/16", "10.21.1.1"],
    ["fc00::/48", "fd00::1"],
  ] as const)("what is beside an own network %s stays without a place", ([own, address]) => {
    expect(countryOf(address, { [own]: "DE" })).toBeUndefined();
  });

  test("only networks that no own one holds are told", () => {
    expect(specialPurposeNetworks([cidr("::/0")]).map(({ prefix }) => formatIpPrefix(prefix))).not.toContain(
      "fc00::/7",
    );
  });
});

test("private is what docs/steering.md says: the resolver stands for no other clients", () => {
  const networks = specialPurposeNetworks([]).filter(({ location }) => isPrivate(location!));
  expect(networks.map(({ prefix }) => formatIpPrefix(prefix)).toSorted()).toEqual(
    ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"].toSorted(),
  );
});
