/**
 * Static data of zones: CNAMEs alone, nothing hidden by a delegation, addresses for nameservers inside, static ones or a
 * profile's, and none in a form that is on no wire. What NS, MX and SRV records may name is in `aliases.ts`.
 */
import { type DomainName, isWildcard, nameFromWire, selfAndAncestors } from "../../shared/domain-name.ts";
import { formatIpAddress } from "../../shared/ip-address.ts";
import { TYPE, typeName } from "../../shared/record-type.ts";
import { specialNetworkOf } from "../../shared/special-purpose.ts";
import type { Report } from "../diagnostic.ts";
import type { SteeringGraph } from "../steering-graph.ts";
import type { WrittenAt, StaticSet, StaticZone } from "../static-zone.ts";
import { ipv4Meant } from "../text/address.ts";
import type { ZoneIndex } from "../zone-index.ts";
import { type AliasCheck, aliasCheck, type Role } from "./aliases.ts";
import type { Check } from "./check.ts";

export const checkZones: Check = ({ written, zones, ...subject }, report) => {
  if (written.keys(["zones"]).length === 0) {
    report({ code: "missing-key", path: ["zones"], what: "no zone", wanted: "at least one zone" });
  }
  const { steeredBy } = subject.graph;
  const names = { zones, steeredBy, refuseAlias: aliasCheck({ zones, ...subject }) };
  for (const zone of zones.zones) {
    checkNameservers(zone, names, report);
    const glue = glueOwners(zone);
    for (const set of zone.sets) {
      if (set.type === TYPE.CNAME) checkCname(zone, set, report);
      if (set.type === TYPE.DS) checkDs(zone, set, report);
      if (set.type === TYPE.NS) checkDelegation(zone, set, names, report);
      if (set.type === TYPE.MX) checkTargets(set, "mail server", 2, names, report);
      if (set.type === TYPE.SRV) checkTargets(set, "service", 6, names, report);
      if (set.type === TYPE.A || set.type === TYPE.AAAA) checkAddresses(set, report);
      checkNotHidden(zone, set, glue, report);
    }
  }
};

interface Names {
  readonly zones: ZoneIndex;
  readonly steeredBy: SteeringGraph["steeredBy"];
  readonly refuseAlias: AliasCheck;
}

function checkNameservers({ name: apex, nameservers }: StaticZone, names: Names, report: Report): void {
  const seen = new Set<DomainName>();
  for (const { name, writtenAt } of nameservers) {
    if (seen.has(name)) {
      report({ ...writtenAt, code: "duplicate-record", what: "a nameserver listed twice", wanted: "each once" });
    }
    seen.add(name);
    if (!names.refuseAlias(name, "nameserver", writtenAt, report)) checkGlue(apex, name, writtenAt, names, report);
  }
}

/** A nameserver inside one of the zones is only found if that zone tells its address. `owner` has the NS record. */
function checkGlue(
  owner: DomainName,
  nameserver: DomainName,
  writtenAt: WrittenAt,
  { zones, steeredBy }: Names,
  report: Report,
): void {
  const home = zones.zoneOf(nameserver);
  if (home === undefined || steeredBy(nameserver) !== undefined || hasAddress(home, nameserver)) return;
  // RFC 1034 section 4.2.1: "These RRs are only necessary if the name server's name is 'below' the cut". Below another
  // one, the servers that it leads to know the address.
  const cut = home.cutAbove(nameserver);
  if (cut !== undefined && cut !== owner) return;
  report({
    ...writtenAt,
    code: "missing-glue",
    because: [...(writtenAt.because ?? [writtenAt.path]), home.recordsPath, ["profiles"]],
    what: "nameserver without an address",
    found: nameserver,
    wanted: `an A or AAAA record of that name in the records of ${home.name}`,
  });
}

/** Whether the name has an address record, its own or a wildcard's (RFC 4592). */
function hasAddress({ setsOf }: StaticZone, name: DomainName): boolean {
  const isAddressed = (owner: DomainName): boolean =>
    setsOf(owner).some(({ type }) => type === TYPE.A || type === TYPE.AAAA);
  if (setsOf(name).length > 0) return isAddressed(name);
  return selfAndAncestors(name)
    .drop(1)
    .some((ancestor) => isAddressed(`*.${ancestor}`));
}

/** The targets behind `offset` octets: RFC 1035 section 3.3.9 and RFC 2782 have 16-bit numbers before them. */
function checkTargets(
  { records, recordWrittenAt }: StaticSet,
  role: Role,
  offset: number,
  { refuseAlias }: Names,
  report: Report,
): void {
  for (const [index, record] of records.entries()) {
    refuseAlias(nameFromWire(record, offset), role, recordWrittenAt(index), report);
  }
}

/** BIND loads all of these. Sinks, loopback and multicast have their uses; a form of an IPv4 address has none. */
function checkAddresses({ type, records, recordWrittenAt }: StaticSet, report: Report): void {
  for (const [index, octets] of records.entries()) {
    const special = specialNetworkOf({ octets });
    if (special?.purpose !== "form" && special?.purpose !== "link") continue;
    const { purpose, what } = special;
    const found = formatIpAddress({ family: type === TYPE.A ? 4 : 6, octets });
    const at = { ...recordWrittenAt(index), found, what };
    if (purpose === "form") report({ ...at, code: "bad-address", wanted: `an A record of ${ipv4Meant({ octets })}` });
    // RFC 4472 section 2.1: "Link-local addresses should never be published in DNS".
    else report({ ...at, code: "link-local-address", wanted: "one that clients elsewhere can reach" });
  }
}

function checkCname({ name, setsOf }: StaticZone, set: StaticSet, report: Report): void {
  const { writtenAt } = set;
  if (set.owner === name) {
    const wanted = "A and AAAA records: the apex has SOA and NS records beside it";
    report({ ...writtenAt, code: "apex-conflict", what: "a CNAME at the zone apex", wanted });
    return;
  }
  const others = setsOf(set.owner).filter((other) => other !== set);
  if (others.length > 0) {
    const found = ["CNAME", ...others.map(({ type }) => typeName(type))].join(" and ");
    report({
      ...writtenAt,
      code: "cname-conflict",
      what: "a CNAME beside other data",
      found,
      wanted: "the CNAME alone",
    });
  }
  for (let index = 1; index < set.records.length; index++) {
    report({ ...set.recordWrittenAt(index), code: "cname-conflict", what: "another CNAME of a name", wanted: "one" });
  }
}

/** RFC 4035 section 2.4: "DS RRsets MUST NOT appear at a zone's apex." */
function checkDs({ name }: StaticZone, { owner, writtenAt }: StaticSet, report: Report): void {
  if (owner !== name) return;
  const wanted = "them in the zone above, which delegates this one";
  report({ ...writtenAt, code: "apex-conflict", what: "DS records at the zone apex", wanted });
}

function checkDelegation(zone: StaticZone, set: StaticSet, names: Names, report: Report): void {
  const { writtenAt } = set;
  if (set.owner === zone.name) {
    const wanted = "the zone's nameservers key";
    report({ ...writtenAt, code: "apex-conflict", what: "NS records at the zone apex", wanted });
    return;
  }
  if (isWildcard(set.owner)) {
    // RFC 4592 section 4.2 leaves their meaning undefined.
    report({ ...writtenAt, code: "misplaced-wildcard", what: "NS records of a wildcard", wanted: "a name without *" });
  }
  for (const [index, record] of set.records.entries()) {
    const target = nameFromWire(record);
    const recordAt = set.recordWrittenAt(index);
    if (names.refuseAlias(target, "nameserver", recordAt, report)) continue;
    checkGlue(set.owner, target, recordAt, names, report);
  }
}

/** The names of this zone's delegated nameservers, which keep their addresses below the cut. */
function glueOwners({ sets }: StaticZone): ReadonlySet<DomainName> {
  return new Set(
    sets.flatMap(({ type, records }) => (type === TYPE.NS ? records.map((record) => nameFromWire(record)) : [])),
  );
}

function checkNotHidden(zone: StaticZone, set: StaticSet, glue: ReadonlySet<DomainName>, report: Report): void {
  const cut = zone.cutAbove(set.owner);
  if (cut === undefined) return;
  // RFC 4035 section 2.4: the DS of a delegation is in the zone above it.
  if ((set.type === TYPE.NS || set.type === TYPE.DS) && set.owner === cut) return;
  if ((set.type === TYPE.A || set.type === TYPE.AAAA) && glue.has(set.owner)) return;
  report({
    ...set.writtenAt,
    code: "below-delegation",
    what: `records in the delegation of ${cut}`,
    wanted: "A and AAAA records of its nameservers alone",
  });
}
