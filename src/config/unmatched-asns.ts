/**
 * Autonomous systems that endpoints name and no database tells, so that an endpoint waits in vain; and databases of them
 * that nobody needs.
 */
import type { LocatedClients } from "./database-source.ts";
import type { Report } from "./diagnostic.ts";
import type { Path } from "./path.ts";
import type { Config } from "./schema/config.ts";

export function reportUnmatchedAsns(
  { profiles }: Pick<Config, "profiles">,
  { asns: known, tellsAsns, unused }: LocatedClients,
  report: Report,
): void {
  for (const index of unused) {
    report({
      code: "unused-database",
      path: ["geoip", "databases", index],
      what: "a database of autonomous systems, and no endpoint has asns: nothing of it is loaded",
      wanted: "asns on an endpoint, or a database of countries or cities",
    });
  }
  const named = namedIn(profiles);
  if (!tellsAsns) return reportNoDatabase(named, report);
  const matched = new Set(known);
  for (const { path, asns, isInUse } of named) {
    for (const [i, asn] of asns.entries()) {
      if (!isInUse || matched.has(asn)) continue;
      report({
        code: "unmatched-asn",
        path: [...path, i],
        what: "an autonomous system that no database knows a client of",
        found: `${asn}`,
        wanted: "the number of one with clients, as a database that is loaded tells it",
      });
    }
  }
}

/** Once: the remedy is the same for all. */
function reportNoDatabase([first, ...others]: readonly NamedAsns[], report: Report): void {
  if (first === undefined) return;
  const what = "asns, and no database that is loaded tells autonomous systems";
  report({
    code: "asns-without-database",
    path: first.path,
    what: others.length === 0 ? what : `${what} (${others.length} more such)`,
    wanted: "one in geoip.databases: GeoLite2-ASN, DB-IP ASN, ip-location-db's asn-mmdb or IPinfo's",
  });
}

interface NamedAsns {
  readonly path: Path;
  readonly asns: readonly number[];
  readonly isInUse: boolean;
}

function namedIn(profiles: Config["profiles"]): readonly NamedAsns[] {
  return Object.entries(profiles).flatMap(([profile, { enabled: isProfileInUse, endpoints }]) =>
    Object.entries(endpoints).flatMap(([endpoint, { enabled, asns = [] }]): NamedAsns[] => {
      const path = ["profiles", profile, "endpoints", endpoint, "asns"];
      return asns.length === 0 ? [] : [{ path, asns, isInUse: isProfileInUse && enabled }];
    }),
  );
}
