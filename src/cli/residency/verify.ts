/**
 * `--verify`: where the loaded databases have the addresses of labelled endpoints. Hosts are not resolved: what they answer
 * depends on who asks and when.
 */
import { findSpot, newSpot } from "../../geo/find-leaf.ts";
import type { LeafTable } from "../../routing/leaf-table.ts";
import { placeAt } from "../../routing/places.ts";
import { hasFallback, labelsOf, type Answering } from "../../routing/residency/answering.ts";
import type { Location, ResidencyRule, Snapshot } from "../../routing/snapshot.ts";
import { wordsOf } from "../../shared/address-words.ts";
import { formatIpAddress, type IpAddress } from "../../shared/ip-address.ts";
import { parseRegion } from "../../shared/regions/region.ts";
import { narrowestRegion, regionChain } from "../../shared/regions/region-chain.ts";
import { answeringText } from "../../config/residency-findings.ts";
import type { VerifiedAddress } from "./report.ts";

/** The label whose value is a country, a subdivision or a grouping. */
const JURISDICTION = "jurisdiction";

export function verify(
  snapshot: Snapshot,
  table: LeafTable,
  rules: readonly ResidencyRule[],
): readonly VerifiedAddress[] {
  const covered = new Set(rules.flatMap(({ profiles }) => profiles));
  return [...covered]
    .toSorted((a, b) => a - b)
    .flatMap((id) => {
      const profile = snapshot.profiles[id]!;
      const all: readonly Answering[] = [
        ...profile.endpoints.map((endpoint) => ({ profile, endpoint })),
        ...(hasFallback(profile) ? [{ profile, endpoint: undefined }] : []),
      ];
      return all.flatMap((at) => verifyOne(snapshot, table, at));
    });
}

function verifyOne(snapshot: Snapshot, table: LeafTable, at: Answering): readonly VerifiedAddress[] {
  const { [JURISDICTION]: jurisdiction } = labelsOf(at);
  const { whenAllDown } = at.profile;
  const target = at.endpoint?.target ?? (whenAllDown.action === "fallback" ? whenAllDown.target : undefined);
  if (jurisdiction === undefined || target === undefined || target.kind === "profile") return [];
  const told = { endpoint: answeringText(at), jurisdiction };
  if (target.kind === "host") return [{ ...told, address: undefined, found: undefined, result: "not-looked-up" }];
  return [...target.ipv4, ...target.ipv6].map((address): VerifiedAddress => {
    const location = locate(table, address);
    const region = narrowestRegion(location);
    return {
      ...told,
      address: formatIpAddress(address),
      found: region === undefined ? undefined : { region, source: location.source },
      result: resultOf(snapshot, location, jurisdiction),
    };
  });
}

function resultOf({ groupings }: Snapshot, location: Location, jurisdiction: string): VerifiedAddress["result"] {
  const isRegion = groupings.some(({ code }) => code === jurisdiction) || typeof parseRegion(jurisdiction) === "object";
  if (!isRegion) return "not-looked-up";
  if (location.country === undefined) return "unknown";
  return regionChain(location, groupings).includes(jurisdiction) ? "inside" : "outside";
}

function locate(table: LeafTable, address: IpAddress): Location {
  const spot = newSpot();
  findSpot(table, address.family, wordsOf(address), spot);
  return placeAt(table.places, (spot.family === 4 ? table.ipv4 : table.ipv6).places[spot.leaf]!).location;
}
