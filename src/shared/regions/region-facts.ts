/** What is known of a region beside its code, as plain data: for `geosteer regions` and the documentation. */
import type { GeoPoint } from "../geo-point.ts";
import { cloudRegions, type CloudRegion } from "./cloud/cloud-regions.ts";
import { countries, type Country } from "./countries.ts";
import { countriesIn, withLegalGroupings } from "./country-grouping.ts";
import { groupings } from "./groupings.ts";
import { legalGroupings } from "./legal-groupings.ts";
import { parseRegion, type Region, type RegionCode, regionPoint } from "./region.ts";
import { regionChain } from "./region-chain.ts";
import { holders, subdivisionsOf } from "./subdivisions.ts";

export interface NamedRegion {
  readonly code: RegionCode;
  readonly name: string;
}

export interface RegionFacts extends NamedRegion {
  /** As `Region` has it; `cloud` is a location alone. */
  readonly kind: Region["kind"] | "cloud";
  /** The most specific first. */
  readonly heldBy: readonly RegionCode[];
  readonly point: GeoPoint | undefined;
  /** The next smaller regions: of WORLD the groupings, of a grouping its countries, of a country its subdivisions. */
  readonly holds: readonly NamedRegion[];
}

const LEGAL = withLegalGroupings([]);

export function regionFacts(region: Region): RegionFacts {
  const { kind, code } = region;
  const point = regionPoint(region);
  switch (kind) {
    case "world":
      return { kind, code, name: "World", heldBy: [], point, holds: azureGroupings() };
    case "grouping":
      return { kind, code, name: groupings[code], heldBy: ["WORLD"], point, holds: countriesNamed([region]) };
    case "legal":
      return {
        kind,
        code,
        name: legalGroupings[code].name,
        heldBy: [...groupingsAround(legalGroupings[code].countries, code), "WORLD"],
        point,
        holds: countriesNamed([region]),
      };
    case "country":
      return {
        kind,
        code,
        name: region.country.name,
        heldBy: chainOf(region.country).slice(1),
        point,
        holds: subdivisionsIn(code, undefined),
      };
    case "subdivision": {
      const { code: inForce, name } = region.subdivision;
      const heldBy = [...holders(code), ...chainOf(region.country)];
      return { kind, code, name, heldBy, point, holds: subdivisionsIn(region.country.code, inForce) };
    }
  }
}

export function cloudFacts({ name, place, code, point }: CloudRegion): RegionFacts {
  const region = parseRegion(code) as Region;
  return { kind: "cloud", code: name, name: place, heldBy: [code, ...regionFacts(region).heldBy], point, holds: [] };
}

/** Every region that has a table, from the widest; without the subdivisions of countries. */
export function allRegions(): {
  readonly world: NamedRegion & { readonly holds: readonly RegionFacts[] };
  readonly legal: readonly RegionFacts[];
  readonly clouds: readonly RegionFacts[];
} {
  const facts = ({ code }: NamedRegion): RegionFacts => regionFacts(parseRegion(code) as Region);
  return {
    world: { code: "WORLD", name: "World", holds: azureGroupings().map(facts) },
    legal: LEGAL.map(({ code }) => facts({ code, name: "" })),
    clouds: [...cloudRegions.values()].map(cloudFacts),
  };
}

function azureGroupings(): readonly NamedRegion[] {
  return Object.entries(groupings).map(([code, name]) => ({ code, name }));
}

function countriesNamed(regions: Parameters<typeof countriesIn>[0]): readonly NamedRegion[] {
  return countriesIn(regions).map((code) => ({ code, name: countries.get(code)!.name }));
}

/** Those that no other holds, or that `holder` does. */
function subdivisionsIn(country: RegionCode, holder: RegionCode | undefined): readonly NamedRegion[] {
  return subdivisionsOf(country)
    .filter((subdivision) => subdivision.holder === holder)
    .map(({ code, name }) => ({ code, name }));
}

function groupingsAround(members: readonly RegionCode[], own: RegionCode): readonly RegionCode[] {
  return LEGAL.filter(
    ({ code, countries: held }) => code !== own && members.every((member) => held.includes(member)),
  ).map(({ code }) => code);
}

function chainOf({ code: country, grouping }: Country): readonly RegionCode[] {
  return regionChain({ country, subdivisions: [], grouping }, LEGAL);
}
