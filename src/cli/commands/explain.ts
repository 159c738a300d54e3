/**
 * `geosteer explain`: one decision, step by step, from the same engine and tables as the server. It asks no running
 * server: every endpoint counts as online unless `--down` names it.
 */
import { loadConfigFile } from "../../app/load-config-file.ts";
import { loadGeoip } from "../../app/load-geoip.ts";
import type { Problem } from "../../app/start-error.ts";
import { findSpot, newSpot, scopeAt, type Spot } from "../../geo/find-leaf.ts";
import { nearestWord } from "../../config/nearest-word.ts";
import type { CheckedConfig } from "../../config/settings.ts";
import type { Client } from "../../routing/candidates.ts";
import { explain as explainDecision } from "../../routing/explain.ts";
import { createGeography } from "../../routing/geography.ts";
import type { LeafTable } from "../../routing/leaf-table.ts";
import { placeAt } from "../../routing/places.ts";
import type { Question } from "../../routing/plan.ts";
import type { Profile, Snapshot } from "../../routing/snapshot.ts";
import { compileZones } from "../../server/names/compile-zones.ts";
import { createNames } from "../../server/names/names.ts";
import { profilesBehind } from "../../server/answer/profiles-behind.ts";
import { wordsOf } from "../../shared/address-words.ts";
import type { IpAddress } from "../../shared/ip-address.ts";
import { explanationText } from "../explanation-text.ts";
import { printProblems, printProblemsAsJson } from "../print-problems.ts";

export interface ExplainOptions {
  readonly client: IpAddress;
  readonly type: Question;
  readonly down: readonly string[];
  readonly json?: boolean;
}

export async function explain(file: string, name: string, options: ExplainOptions): Promise<void> {
  const fail = (problems: readonly Problem[]): void => {
    process.exitCode = 1;
    if (options.json) printProblemsAsJson(file, problems);
    else printProblems(problems);
  };

  const config = await loadConfigFile(file);
  const geo = config.ok ? await loadGeoip(config.value) : config;
  if (!config.ok || !geo.ok) return fail((geo as Extract<typeof geo, { ok: false }>).error);
  const { snapshot } = config.value;
  const { table } = geo.value;

  const profile = snapshot.profiles.find(({ names }) => names.includes(name));
  if (profile === undefined) {
    const names = snapshot.profiles.flatMap((known) => known.names);
    const message = `${name} is no name of a profile; ${file} has ${names.join(", ") || "none"}`;
    return fail([{ code: "unknown-name", message }]);
  }
  const unknown = options.down.find((path) => !snapshot.endpoints.some((_, id) => pathOf(snapshot, id) === path));
  if (unknown !== undefined) {
    const paths = snapshot.endpoints.map((_, id) => pathOf(snapshot, id));
    const meant = nearestWord(unknown, paths);
    const hint = meant === undefined ? `have ${paths.join(", ")}` : `did you mean ${meant}?`;
    return fail([{ code: "unknown-endpoint", message: `--down ${unknown}: no such endpoint; ${hint}` }]);
  }

  const spot = spotOf(table, options.client);
  const explanation = explainDecision({
    snapshot,
    profile,
    question: options.type,
    address: options.client,
    client: clientAt(table, spot),
    scope: scopeOf(config.value, table, profile, spot),
    health: { statusOf: (id) => (options.down.includes(pathOf(snapshot, id)) ? "degraded" : "online") },
  });
  process.stdout.write(
    options.json ? `${JSON.stringify({ name, ...explanation }, null, 2)}\n` : explanationText(name, explanation),
  );
}

/** What the tables know of an address, as the server looks it up. */
function spotOf(table: LeafTable, address: IpAddress): Spot {
  const spot = newSpot();
  findSpot(table, address.family, wordsOf(address), spot);
  return spot;
}

function clientAt({ places, ipv4, ipv6 }: LeafTable, { family, leaf }: Spot): Client {
  return placeAt(places, (family === 4 ? ipv4 : ipv6).places[leaf]!);
}

/** That of the profile and of those that it may lead on to, as far as they use client subnets: the narrowest. */
function scopeOf({ snapshot, zones }: CheckedConfig, table: LeafTable, profile: Profile, spot: Spot): number {
  const names = createNames(compileZones(zones, snapshot));
  const onTheWay = [profile, ...profilesBehind(snapshot, names, profile).map((id) => snapshot.profiles[id]!)];
  const scopes = onTheWay
    .filter(({ ecs }) => ecs)
    .map((steering) => scopeAt(createGeography(snapshot, steering, table), spot));
  return Math.max(0, ...scopes);
}

function pathOf(snapshot: Snapshot, endpoint: number): string {
  const { profile, name } = snapshot.endpoints[endpoint]!;
  return `${snapshot.profiles[profile]!.name}/${name}`;
}
