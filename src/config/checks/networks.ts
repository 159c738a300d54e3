/** A network leads one way: it is on one endpoint of a profile, and in one own network. */
import { formatIpAddress } from "../../shared/ip-address.ts";
import { type IpRange, rangeOfPrefix } from "../../shared/ip-range.ts";
import type { Report } from "../diagnostic.ts";
import type { Path } from "../path.ts";
import type { Check } from "./check.ts";

export const checkNetworks: Check = ({ config }, report) => {
  const own = Object.entries(config.geoip.networks).map(([name, { cidrs }]): Owner => {
    return { name, networks: cidrs.map(rangeOfPrefix), path: ["geoip", "networks", name, "cidrs"] };
  });
  refuseShared("two own networks", own, report);

  for (const [profile, { endpoints }] of Object.entries(config.profiles)) {
    const owners = Object.entries(endpoints).flatMap(([name, { networks }]): Owner[] =>
      networks === undefined ? [] : [{ name, networks, path: ["profiles", profile, "endpoints", name, "networks"] }],
    );
    refuseShared("two endpoints", owners, report);
  }
};

interface Owner {
  readonly name: string;
  readonly networks: readonly IpRange[];
  readonly path: Path;
}

function refuseShared(what: string, owners: readonly Owner[], report: Report): void {
  const ownerOf = new Map<string, string>();
  for (const { name, networks, path } of owners) {
    for (const [index, network] of networks.entries()) {
      const { text, first, last } = network;
      // However they are written.
      const key = `${formatIpAddress(first)}-${formatIpAddress(last)}`;
      const other = ownerOf.get(key);
      ownerOf.set(key, name);
      if (other === undefined) continue;
      report({
        code: "duplicate-network",
        path: [...path, index],
        because: [path],
        what: other === name ? "the same network twice" : `the same network in ${what}`,
        found: other === name ? text : `${text}, also in ${other}`,
        wanted: "each network once",
      });
    }
  }
}
