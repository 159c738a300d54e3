/**
 * The groupings of countries that `regions` may name: those of law and `geoip.groupings`. What is no region code must be
 * one of the latter, which only the whole file tells.
 */
import { countriesIn, type CountryGrouping, withLegalGroupings } from "../shared/regions/country-grouping.ts";
import type { Report } from "./diagnostic.ts";
import { nearestOf } from "./nearest-word.ts";
import type { Path } from "./path.ts";
import type { Config } from "./schema/config.ts";
import { ANY_REGION, parseRegionCode } from "./text/region.ts";
import type { WrittenFile } from "./yaml/written-file.ts";

/** All groupings, in the order of the search. */
export function readGroupings(config: Config, written: WrittenFile, refuse: Report): readonly CountryGrouping[] {
  const own = Object.entries(config.geoip.groupings);
  for (const [name, members] of own) {
    const path = ["geoip", "groupings", name];
    refuseTakenName(name, path, refuse);
    refuseTwice(members, path, refuse);
  }
  refuseUnknown(config, written, refuse);
  return withLegalGroupings(own.map(([code, members]) => ({ code, countries: countriesIn(members) })));
}

/** Whatever could be a region's code in any spelling, today or once ISO 3166 has given it away. */
const FORM_OF_CODE = /^(?:WORLD|EU|EEA|GEO-.*|[A-Z]{2}|[A-Z]{2}-[A-Z0-9]{1,3})$/i;

function refuseTakenName(name: string, path: Path, refuse: Report): void {
  if (!FORM_OF_CODE.test(name)) return;
  const what = "a grouping with the form of a region code";
  refuse({
    code: "bad-name",
    path,
    atKey: true,
    what,
    found: JSON.stringify(name),
    wanted: `a name such as group-${name}`,
  });
}

function refuseTwice(members: Config["geoip"]["groupings"][string], path: Path, refuse: Report): void {
  const seen = new Set<string>();
  for (const [index, { code }] of members.entries()) {
    const what = "the same region twice";
    if (seen.has(code)) refuse({ code: "duplicate-region", path: [...path, index], what, wanted: "each once" });
    seen.add(code);
  }
}

function refuseUnknown({ geoip, profiles }: Config, written: WrittenFile, refuse: Report): void {
  const own = Object.keys(geoip.groupings);
  const known = new Set(own);
  const nearest = nearestOf(own);
  for (const [profile, { endpoints }] of Object.entries(profiles)) {
    for (const [endpoint, { regions = [] }] of Object.entries(endpoints)) {
      for (const [index, { kind, code }] of regions.entries()) {
        // One that is written and wrong itself was refused where it stands.
        if (kind !== "own" || known.has(code) || written.has(["geoip", "groupings", code])) continue;
        const path = ["profiles", profile, "endpoints", endpoint, "regions", index];
        refuse({ ...unknownName(code, own, nearest), path });
      }
    }
  }
}

function unknownName(text: string, own: readonly string[], nearest: (text: string) => string | undefined) {
  const refused = parseRegionCode(text);
  if (refused.ok) throw new Error(`${text} is a region`);
  const spelt = own.find((name) => name.toLowerCase() === text.toLowerCase());
  const meant = spelt ?? (refused.error.wanted === ANY_REGION ? nearest(text) : undefined);
  if (meant === undefined) return refused.error;
  const what = "neither a region code nor one of geoip.groupings";
  return { code: "bad-region" as const, what, wanted: `a region: did you mean ${meant}?` };
}
