/** `geosteer status`: the whole server, the endpoints of a profile or of a site, or one of them. */
import type { EndpointStatus, Overview, ProfileStatus, SiteStatus } from "../../control/control.ts";
import { nearestWord } from "../../config/nearest-word.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { EXIT } from "../exit-codes.ts";
import type { Desk, DeskOptions, Ended } from "../remote/desk.ts";
import type { Failure } from "../remote/failure.ts";
import { pages } from "../remote/pages.ts";
import { watch } from "../remote/watch.ts";
import { endpointColumns, endpointText, profileText, siteText } from "../text/endpoints-text.ts";
import { overviewText, pickedProfilesText, troubleOf } from "../text/overview-text.ts";
import { createTable } from "../text/table-text.ts";

export interface StatusOptions extends DeskOptions {
  readonly watch?: boolean;
  readonly all?: boolean;
}

/** Profiles that are listed unless all are. */
const LISTED = 20;

export function status(desk: Desk, subject: string | undefined, options: StatusOptions): Promise<Ended> {
  const show = (shown: Desk): Promise<Result<void, Failure>> => {
    if (subject === undefined) return showOverview(shown, options.all ?? false);
    if (subject.startsWith("site:")) return showSite(shown, subject.slice("site:".length));
    return subject.includes("/") ? showEndpoint(shown, subject) : showProfile(shown, subject);
  };
  return options.watch ? watch(desk, show) : show(desk).then((shown) => (shown.ok ? ok(EXIT.done) : shown));
}

async function showOverview(desk: Desk, all: boolean): Promise<Result<void, Failure>> {
  const { client, json, screen, print, now } = desk;
  const overview = await client.ask<Overview>("GET", "/status");
  if (!overview.ok) return overview;
  const picked = await pickProfiles(desk, all ? Number.POSITIVE_INFINITY : LISTED);
  if (!picked.ok) return picked;
  const { profiles, more, troubled } = picked.value;
  if (json) await print(`${JSON.stringify({ overview: overview.value, profiles, more })}\n`);
  else {
    const head = overviewText(overview.value, screen, now());
    const table = pickedProfilesText({ picked: profiles, troubled, more }, screen, now());
    await print(table === "" ? head : `${head}\n${table}`);
  }
  return ok(undefined);
}

interface Picked {
  readonly profiles: readonly ProfileStatus[];
  readonly troubled: number;
  readonly more: number;
}

/** The first so many of all profiles, those in the worst trouble first, without holding the others. */
async function pickProfiles({ client }: Desk, most: number): Promise<Result<Picked, Failure>> {
  let profiles: readonly ProfileStatus[] = [];
  let [seen, troubled] = [0, 0];
  const rank = (profile: ProfileStatus): number => troubleOf(profile) ?? Number.MAX_SAFE_INTEGER;
  for await (const page of pages<ProfileStatus>(client, "/profiles")) {
    if (!page.ok) return page;
    const { items } = page.value;
    seen += items.length;
    troubled += items.filter((profile) => troubleOf(profile) !== undefined).length;
    profiles = [...profiles, ...items].toSorted((a, b) => rank(a) - rank(b)).slice(0, most);
  }
  return ok({ profiles, troubled, more: seen - profiles.length });
}

async function showProfile(desk: Desk, name: string): Promise<Result<void, Failure>> {
  const found = await desk.client.ask<ProfileStatus>("GET", `/profiles/${encodeURIComponent(name)}`);
  if (!found.ok) return found;
  return showEndpoints(desk, {
    told: { profile: found.value },
    head: profileText(found.value, desk.screen, desk.now()),
    query: { profile: name },
    name: ({ endpoint }) => endpoint,
  });
}

async function showEndpoint({ client, json, screen, print, now }: Desk, name: string): Promise<Result<void, Failure>> {
  const [profile = "", ...rest] = name.split("/");
  for await (const page of pages<EndpointStatus>(client, "/endpoints", { profile })) {
    if (!page.ok) return page;
    const found = page.value.items.find(({ endpoint }) => endpoint === rest.join("/"));
    if (found === undefined) continue;
    await print(json ? `${JSON.stringify(found)}\n` : endpointText(found, screen, now()));
    return ok(undefined);
  }
  const message = `${name}: no such endpoint; geosteer status ${profile} lists those that there are`;
  return err({ code: "unknown-endpoint", message, exit: EXIT.failed });
}

async function showSite(desk: Desk, name: string): Promise<Result<void, Failure>> {
  const sites = await desk.client.ask<{ readonly items: readonly SiteStatus[] }>("GET", "/sites");
  if (!sites.ok) return sites;
  const { items } = sites.value;
  const found = items.find(({ site }) => site === name);
  if (found === undefined) {
    const names = items.map(({ site }) => site);
    const nearest = nearestWord(name, names);
    const meant =
      nearest === undefined ? `there are ${names.slice(0, 20).join(", ") || "none"}` : `did you mean site:${nearest}?`;
    return err({ code: "refused", message: `site:${name}: no such site; ${meant}`, exit: EXIT.failed });
  }
  return showEndpoints(desk, {
    told: { site: found },
    head: siteText(found, desk.screen, desk.now()),
    query: { site: name },
    name: ({ profile, endpoint }) => `${profile}/${endpoint}`,
  });
}

interface Shown {
  /** What JSON has beside the endpoints. */
  readonly told: object;
  readonly head: string;
  readonly query: { readonly profile: string } | { readonly site: string };
  readonly name: (row: EndpointStatus) => string;
}

/** Prints the endpoints as they come. */
async function showEndpoints(desk: Desk, { told, head, query, name }: Shown): Promise<Result<void, Failure>> {
  const { client, json, screen, print, now } = desk;
  const table = createTable(endpointColumns(name, now()), screen);
  let before = json ? `${JSON.stringify(told).slice(0, -1)},"endpoints":[` : `${head}\n`;
  for await (const page of pages<EndpointStatus>(client, "/endpoints", query)) {
    if (!page.ok) return page;
    const { items, next } = page.value;
    const text = json ? items.map((item) => JSON.stringify(item)).join(",") : table.rows(items, next !== undefined);
    await print(before + text);
    before = json ? "," : "";
  }
  if (json) await print("]}\n");
  return ok(undefined);
}
