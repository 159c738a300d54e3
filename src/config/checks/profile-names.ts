/** The DNS names of profiles: in a zone, unique, not shadowed by static data or a delegation; addresses at an apex. */
import type { DomainName } from "../../shared/domain-name.ts";
import { TYPE, typeName } from "../../shared/record-type.ts";
import type { Report } from "../diagnostic.ts";
import type { Path } from "../path.ts";
import { formatChain } from "../steering-graph.ts";
import type { ZoneIndex } from "../zone-index.ts";
import type { Check } from "./check.ts";
import { hostsBeneath } from "./hosts-beneath.ts";

export const checkProfileNames: Check = ({ config, zones, graph }, report) => {
  const ownerOf = new Map<DomainName, string>();
  const chainToHost = hostsBeneath(config, graph);
  for (const [profile, { names = [] }] of Object.entries(config.profiles)) {
    for (const [index, name] of names.entries()) {
      const path = ["profiles", profile, "names", index];
      const other = ownerOf.get(name);
      ownerOf.set(name, profile);
      if (other !== undefined) {
        const what = other === profile ? "the same name twice" : "a name of two profiles";
        const found = other === profile ? name : `${name}, also of ${other}`;
        report({ code: "duplicate-name", path, what, found, wanted: "each name once" });
      }
      const chain = chainToHost(profile);
      checkInZone(name, path, zones, chain !== undefined, report);
      if (chain !== undefined && zones.zoneOf(name)?.name === name) {
        // RFC 1034 section 3.6.2: no CNAME beside other data, and an apex has SOA and NS.
        const what = "a profile with a host at a zone apex";
        const wanted = "addresses alone, or a name below the apex";
        report({ code: "apex-conflict", path, what, found: formatChain(chain), wanted });
      }
    }
  }
};

/** What a profile answers itself. */
const OWN_TYPES: ReadonlySet<number> = new Set([TYPE.A, TYPE.AAAA, TYPE.CNAME]);

function checkInZone(name: DomainName, path: Path, zones: ZoneIndex, hasHost: boolean, report: Report): void {
  const zone = zones.zoneOf(name);
  if (zone === undefined) {
    if (zones.mayHold(name)) return;
    // Names of profiles are absolute, unlike those of records.
    const [first] = name.includes(".") ? [] : zones.zones;
    const meant = first === undefined ? "" : `: did you mean ${name}.${first.name}?`;
    const wanted = `a name at or below one of the zones${meant}`;
    report({ code: "name-outside-zones", path, what: "name outside every zone", wanted });
    return;
  }
  // A host is answered as CNAME, which stands alone; addresses may have TXT or MX records beside them.
  const set = zone.setsOf(name).find(({ type }) => hasHost || OWN_TYPES.has(type));
  if (set !== undefined) {
    const what = `the name has static ${typeName(set.type)} records`;
    const wanted = hasHost
      ? "a name without records: the profile may answer with a host"
      : "a name whose A, AAAA and CNAME are the profile's alone";
    report({ code: "duplicate-name", path, what, wanted });
  }
  const cut = zone.cutAbove(name);
  if (cut !== undefined) {
    const wanted = "a name that is not delegated away";
    report({ code: "below-delegation", path, what: `the name lies in the delegation of ${cut}`, wanted });
  }
}
