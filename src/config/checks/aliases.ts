/**
 * Names that must not be aliases: what NS and MX records name (RFC 2181 section 10.3), and SRV records (RFC 2782). A
 * CNAME stands there, its own or that of a wildcard, or a profile that may answer with one, by its name or a wildcard.
 */
import { isWildcard, type DomainName } from "../../shared/domain-name.ts";
import { TYPE } from "../../shared/record-type.ts";
import type { Report } from "../diagnostic.ts";
import type { WrittenAt } from "../static-zone.ts";
import { formatChain } from "../steering-graph.ts";
import type { Subject } from "./check.ts";
import { hostsBeneath } from "./hosts-beneath.ts";

export type Role = "nameserver" | "mail server" | "service";

/** Whether the name is an alias, which is then reported. */
export type AliasCheck = (name: DomainName, role: Role, writtenAt: WrittenAt, report: Report) => boolean;

export function aliasCheck({ config, zones, graph }: Pick<Subject, "config" | "zones" | "graph">): AliasCheck {
  const chainToHost = hostsBeneath(config, graph);
  const hasWildcard = zones.zones.some(({ sets }) =>
    sets.some(({ owner, type }) => type === TYPE.CNAME && isWildcard(owner)),
  );

  const hasCname = (name: DomainName): boolean => {
    const sets = zones.zoneOf(name)?.setsOf(name) ?? [];
    if (sets.length > 0) return sets.some(({ type }) => type === TYPE.CNAME);
    // The graph gathers all names there are, only to be asked for what a wildcard may cover.
    return hasWildcard && graph.steeredBy(name) === undefined && graph.hasCname(name);
  };

  return (name, role, writtenAt, report) => {
    // Some clients follow the alias of a service, and many zones have one.
    const code = role === "service" ? "srv-alias" : "alias-target";
    if (hasCname(name)) {
      const wanted = "the name that the CNAME leads to";
      report({ ...writtenAt, code, what: `a ${role} that is an alias`, found: name, wanted });
      return true;
    }
    const profile = graph.steeredBy(name);
    const chain = profile === undefined ? undefined : chainToHost(profile);
    if (chain === undefined) return false;
    report({
      ...writtenAt,
      code,
      because: [...(writtenAt.because ?? [writtenAt.path]), ["profiles", profile!]],
      what: `a ${role} whose profile may answer with a CNAME`,
      found: `${name} of ${formatChain(chain)}`,
      wanted: "a name with addresses alone",
    });
    return true;
  };
}
