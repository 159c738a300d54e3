/** Static data of zones: CNAMEs alone, nothing hidden by a delegation, and addresses for nameservers inside. */
import { type DomainName, parseDomainName } from "../../shared/domain-name.ts";
import type { Report } from "../diagnostic.ts";
import type { Path } from "../path.ts";
import { defaultContact, type StaticSet, type StaticZone, type ZoneIndex } from "../zone-index.ts";
import type { Check } from "./check.ts";

export const checkZones: Check = ({ places, zones }, report) => {
  if (places.keys(["zones"]).length === 0) {
    report({ code: "missing-key", path: ["zones"], what: "no zone", wanted: "at least one zone" });
  }
  for (const zone of zones.zones) {
    checkContact(zone, report);
    checkNameservers(zone, zones, report);
    const glue = glueOwners(zone);
    for (const set of zone.sets) {
      if (set.type === "CNAME") checkCname(zone, set, report);
      if (set.type === "NS") checkDelegation(zone, set, zones, report);
      checkNotHidden(zone, set, glue, report);
    }
  }
};

/** The contact of a zone without one is a name below it, which the longest zone names have no room for. */
function checkContact({ path, name, config }: StaticZone, report: Report): void {
  if (config.contact !== undefined || typeof parseDomainName(defaultContact(name)) === "object") return;
  const place = { path: [...path, "contact"], what: "zone name too long for the default contact" };
  report({ ...place, code: "missing-key", wanted: "a mailbox such as hostmaster@example.com" });
}

function checkNameservers({ path, config }: StaticZone, zones: ZoneIndex, report: Report): void {
  const seen = new Set<DomainName>();
  for (const [index, nameserver] of config.nameservers.entries()) {
    const itemPath = [...path, "nameservers", index];
    if (seen.has(nameserver)) {
      report({ code: "duplicate-record", path: itemPath, what: "a nameserver listed twice", wanted: "each once" });
    }
    seen.add(nameserver);
    checkGlue(nameserver, itemPath, zones, report);
  }
}

/** A nameserver inside one of the zones is only found if that zone tells its address. */
function checkGlue(nameserver: DomainName, path: Path, zones: ZoneIndex, report: Report): void {
  const home = zones.zoneOf(nameserver);
  if (home === undefined || hasAddress(home, nameserver)) return;
  report({
    code: "missing-glue",
    path,
    because: [path, [...home.path, "records"]],
    what: "nameserver without an address",
    found: nameserver,
    wanted: `an A or AAAA record of that name in the records of ${home.name}`,
  });
}

function hasAddress(zone: StaticZone, name: DomainName): boolean {
  return zone.setsOf(name).some(({ type }) => type === "A" || type === "AAAA");
}

function checkCname({ name, setsOf }: StaticZone, set: StaticSet, report: Report): void {
  const place = { path: set.path, atKey: true };
  if (set.owner === name) {
    const wanted = "A and AAAA records: the apex has SOA and NS records beside it";
    report({ ...place, code: "apex-conflict", what: "a CNAME at the zone apex", wanted });
    return;
  }
  const others = setsOf(set.owner).filter((other) => other !== set);
  if (others.length > 0) {
    const found = ["CNAME", ...others.map(({ type }) => type)].join(" and ");
    report({ ...place, code: "cname-conflict", what: "a CNAME beside other data", found, wanted: "the CNAME alone" });
  }
  if (set.records.length > 1) {
    const found = `${set.records.length} records`;
    report({ ...place, code: "cname-conflict", what: "more than one CNAME of a name", found, wanted: "one" });
  }
}

function checkDelegation(zone: StaticZone, set: StaticSet, zones: ZoneIndex, report: Report): void {
  const place = { path: set.path, atKey: true };
  if (set.owner === zone.name) {
    const wanted = "the zone's nameservers key";
    report({ ...place, code: "apex-conflict", what: "NS records at the zone apex", wanted });
    return;
  }
  if (set.owner.startsWith("*")) {
    // RFC 4592 section 4.2 leaves their meaning undefined.
    report({ ...place, code: "misplaced-wildcard", what: "NS records of a wildcard", wanted: "a name without *" });
  }
  for (const record of set.records) {
    // RFC 1034 section 4.2.1: glue is needed where a nameserver's name lies below the cut.
    if (record.type !== "NS" || zone.cutAbove(record.target) === undefined) continue;
    if (zones.zoneOf(record.target) === zone) checkGlue(record.target, set.path, zones, report);
  }
}

/** The names of this zone's delegated nameservers, which keep their addresses below the cut. */
function glueOwners({ sets }: StaticZone): ReadonlySet<DomainName> {
  const targets = sets.flatMap(({ records }) => records.flatMap((data) => (data.type === "NS" ? [data.target] : [])));
  return new Set(targets);
}

function checkNotHidden(zone: StaticZone, set: StaticSet, glue: ReadonlySet<DomainName>, report: Report): void {
  const cut = zone.cutAbove(set.owner);
  if (cut === undefined) return;
  if (set.type === "NS" && set.owner === cut) return;
  if ((set.type === "A" || set.type === "AAAA") && glue.has(set.owner)) return;
  report({
    code: "below-delegation",
    path: set.path,
    atKey: true,
    what: `records in the delegation of ${cut}`,
    wanted: "A and AAAA records of its nameservers alone",
  });
}
