/**
 * One decision with its reasoning for a name, a client and the resolver that asks: found on the tables of the server and
 * explained by its engine, in the states that are handed in, but for endpoints that are to be down.
 */
import { nearestWord } from "../config/nearest-word.ts";
import type { CheckedConfig } from "../config/settings.ts";
import type { Explained } from "../control/control.ts";
import { findSpot, newSpot, scopeAt, type Spot } from "../geo/find-leaf.ts";
import { ipv4Inside } from "../geo/ipv4-inside.ts";
import { explain } from "../routing/explain.ts";
import type { HealthView } from "../routing/health-view.ts";
import { CLASS, createGeography, RESOLVERS, type Geography } from "../routing/geography.ts";
import type { LeafTable } from "../routing/leaf-table.ts";
import { placeAt } from "../routing/places.ts";
import { profilesBehind } from "../routing/profiles-behind.ts";
import type { Question } from "../routing/fork.ts";
import { mayAnswer } from "../routing/targets.ts";
import type { Profile, Snapshot } from "../routing/snapshot.ts";
import { addressOfWords, wordsOf } from "../shared/address-words.ts";
import { createNames, type Names } from "../server/names/names.ts";
import type { NameTable } from "../server/names/name-table.ts";
import { isAtOrBelow, isWildcard, type DomainName } from "../shared/domain-name.ts";
import { networkOf, type IpAddress } from "../shared/ip-address.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { StartError } from "./start-error.ts";

export interface NameQuestion {
  readonly name: DomainName;
  readonly type: Question;
  /** An address of the client subnet. */
  readonly client: IpAddress;
  /** Who asks for the client; undefined: the client itself. */
  readonly resolver: IpAddress | undefined;
  /** false: the query has no client subnet, so that the resolver's place decides. */
  readonly subnet?: boolean | undefined;
  /** Endpoints that are degraded, as `profile/endpoint`. */
  readonly down: readonly string[];
}

export interface ExplainedTables {
  readonly config: Pick<CheckedConfig, "snapshot"> & { readonly settings: Pick<CheckedConfig["settings"], "dns"> };
  readonly names: NameTable;
  readonly table: LeafTable;
  /** What holds beside `down`. */
  readonly health: HealthView;
}

export function explainName(
  { config, names, table, health }: ExplainedTables,
  asked: NameQuestion,
): Result<Omit<Explained, "name" | "generation">, StartError> {
  const { snapshot, settings } = config;
  const steered = steeredAt(asked.name, snapshot, createNames(names));
  if (!steered.ok) return err([{ code: "unknown-name", message: steered.error }]);
  const { profile, matched } = steered.value;
  const paths = snapshot.endpoints.map((_, id) => pathOf(snapshot, id));
  const unknown = asked.down.find((path) => !paths.includes(path));
  if (unknown !== undefined) {
    const meant = nearestWord(unknown, paths);
    const hint = meant === undefined ? `have ${paths.join(", ")}` : `did you mean ${meant}?`;
    return err([{ code: "unknown-endpoint", message: `--down ${unknown}: no such endpoint; ${hint}` }]);
  }

  const { client, resolver = client } = asked;
  const { ipv4, ipv6 } = settings.dns.ecs;
  const [longest, ofOther] = client.family === 4 ? [ipv4, ipv6] : [ipv6, ipv4];
  const cut = networkOf(client, Math.min(client.octets.length * 8, longest)).address;
  const spot = spotOf(table, cut);
  const geography = createGeography(snapshot, profile, table);
  const ownClass = Math.floor(geography.classAndScopeOf(spot.family, spot.leaf) / CLASS);
  const isPlaced = asked.subnet !== false && longest > 0 && profile.ecs && ownClass !== RESOLVERS;
  const placedBy = isPlaced ? "client" : "resolver";
  const deciding = isPlaced ? cut : resolver;
  const { family, leaf, offset } = spotOf(table, deciding);
  // What nobody ever gets is the same for everybody.
  const answers = mayAnswer(snapshot, profile, asked.type);
  return ok({
    matched,
    ...explain({
      snapshot,
      profile,
      question: asked.type,
      address: client,
      deciding: offset === 0 ? deciding : ipv4Of(deciding),
      client: placeAt(table.places, (family === 4 ? table.ipv4 : table.ipv6).places[leaf]!, placedBy),
      // Where only the other family's subnets are used, what this one gets is not for everybody.
      scope: answers
        ? Math.min(longest > 0 ? longest : Math.min(ofOther, 1), scopeOf(snapshot, profile, geography, table, spot))
        : 0,
      dependsOnClient: profile.ecs && geography.placeMatters,
      health: {
        stateOf(id) {
          const state = health.stateOf(id);
          return asked.down.includes(paths[id]!) ? { ...state, status: "degraded" } : state;
        },
      },
    }),
  });
}

/** The profile that answers for a name, and by which of its own names; else what there is in place of one. */
function steeredAt(
  name: DomainName,
  snapshot: Snapshot,
  names: Names,
): Result<{ readonly profile: Profile; readonly matched: DomainName }, string> {
  const closest = names.closestTo(name);
  const node = closest === undefined || closest.exact ? closest?.node : names.wildcard(closest.node);
  const profile = node === undefined || node < 0 ? undefined : snapshot.profiles[names.profile(node)];
  if (profile !== undefined) return ok({ profile, matched: names.nameOf(node!) });
  const all = snapshot.profiles.flatMap((known) => known.names);
  const wildcard = all.find((one) => isWildcard(one) && name !== one.slice(2) && isAtOrBelow(name, one.slice(2)));
  if (closest === undefined || wildcard === undefined) {
    return err(`${name} is no name of a profile; the configuration has ${all.join(", ") || "none"}`);
  }
  // RFC 4592 section 3.3.1: the wildcard of the closest encloser is the only one that counts.
  const known = names.nameOf(closest.node);
  return err(`${name} is no name of a profile: ${wildcard} answers for names that do not exist, and ${known} does`);
}

/** The IPv4 address inside an IPv6 one that has one. */
function ipv4Of(address: IpAddress): IpAddress {
  return addressOfWords(4, Uint32Array.of(ipv4Inside(wordsOf(address))));
}

function spotOf(table: LeafTable, address: IpAddress): Spot {
  const spot = newSpot();
  findSpot(table, address.family, wordsOf(address), spot);
  return spot;
}

/** The narrowest of the scopes of the profile and of those behind it, as far as they use client subnets. */
function scopeOf(snapshot: Snapshot, profile: Profile, own: Geography, table: LeafTable, spot: Spot): number {
  const behind = profilesBehind(snapshot, profile)
    .map((id) => snapshot.profiles[id]!)
    .filter(({ ecs }) => ecs)
    .map((steering) => createGeography(snapshot, steering, table));
  const scopes = [...(profile.ecs ? [own] : []), ...behind].map((geography) => scopeAt(geography, spot));
  return Math.max(0, ...scopes);
}

function pathOf(snapshot: Snapshot, endpoint: number): string {
  const { profile, name } = snapshot.endpoints[endpoint]!;
  return `${snapshot.profiles[profile]!.name}/${name}`;
}
