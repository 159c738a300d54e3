/**
 * What Azure Traffic Manager and Amazon Route 53 say of themselves, asked of the engine and of the server: the answer is
 * theirs, or differs for a reason that stands in docs/azure-and-route53.md.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { explainName } from "../../src/app/explain-name.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import type { CheckedConfig } from "../../src/config/settings.ts";
import type { ExplainedOutcome } from "../../src/routing/explain.ts";
import { probedView } from "../../src/routing/health-view.ts";
import { createStatuses } from "../../src/routing/statuses.ts";
import { formatIpAddress } from "../../src/shared/ip-address.ts";
import { publicationOf, testAnswerer } from "../support/answerer.ts";
import { TYPE } from "../support/conformance-server.ts";
import { noFiles } from "../support/no-files.ts";
import { publishedTables } from "../support/published-tables.ts";
import { clientSubnet } from "../support/query-packet.ts";
import { tableNames, withTables } from "../support/reference-tables.ts";
import { ip } from "../support/snapshot.ts";
import { AZURE_RULES } from "./published-rules/azure.ts";
import { ROUTE_53_RULES } from "./published-rules/route53.ts";
import { CLIENTS, type Answers, type PublishedRule, type Refused } from "./published-rules/rule.ts";

const NAME = "p.t.example";

const networks = Object.fromEntries(
  Object.entries(CLIENTS).flatMap(([place, address]) =>
    place === "office" || place === "nowhere" ? [] : [[`of-${place}`, { cidrs: `${address}/32`, location: place }]],
  ),
);

function load({ profiles }: PublishedRule) {
  let address = 0;
  const whole = Object.entries(profiles).map(([name, { endpoints, ...keys }]) => [
    name,
    {
      ...(name === "p" && { names: [NAME] }),
      monitor: "m",
      ...keys,
      endpoints: Object.fromEntries(
        Object.entries(endpoints).map(([endpoint, own]) => [
          endpoint,
          "address" in own || "host" in own || "profile" in own ? own : { address: `192.0.2.${++address}`, ...own },
        ]),
      ),
    },
  ]);
  const config = {
    geoip: { networks },
    zones: { "t.example": { nameservers: ["ns.example.net"] } },
    monitors: { m: { protocol: "tcp", port: 80 } },
    profiles: Object.fromEntries(whole),
  };
  return loadConfig({ file: "rule.yaml", text: JSON.stringify(config), serial: 1, readFile: noFiles });
}

/** The rule's answer as the engine has it, and the statuses that the rule speaks of. */
function decided(config: CheckedConfig, rule: PublishedRule, type: "A" | "AAAA" | "CNAME") {
  const { snapshot } = config;
  const { health = {}, client = "nowhere", status = {} } = rule;
  const pathOf = (id: number): string =>
    `${snapshot.profiles[snapshot.endpoints[id]!.profile]!.name}/${snapshot.endpoints[id]!.name}`;
  const view = probedView((id) => health[pathOf(id)] ?? "online");
  const { names, table } = publicationOf(config).publication;
  const asked = { name: NAME, type, client: ip(CLIENTS[client]), resolver: undefined, down: [] };
  const explained = explainName({ config, names, table, health: view }, asked);
  if (!explained.ok) throw new Error(JSON.stringify(explained.error));
  const shares = new Map<string, number>();
  for (const outcome of explained.value.outcomes) {
    const text = textOf(outcome);
    shares.set(text, (shares.get(text) ?? 0) + outcome.probability);
  }
  const statuses = createStatuses(snapshot, view);
  const told = Object.keys(status).map((name) => {
    const profile = snapshot.profiles.find((one) => one.name === name);
    return [
      name,
      profile === undefined
        ? statuses.of(snapshot.endpoints.find(({ id }) => pathOf(id) === name)!)
        : statuses.ofProfile(profile),
    ] as const;
  });
  return { shares: Object.fromEntries(shares), status: Object.fromEntries(told) };
}

function textOf({ path, beside, answer }: ExplainedOutcome): string {
  if (answer.kind === "addresses" || answer.kind === "alias") return [path.at(-1), ...beside].join(" + ");
  return answer.kind.toUpperCase();
}

/** What the server answers, by how often of a thousand times. */
function served(config: CheckedConfig, { health = {}, client = "nowhere", type = "A" }: PublishedRule) {
  const { snapshot } = config;
  const owners = new Map(
    snapshot.endpoints.flatMap(({ name, profile, target }) => {
      const path = `${snapshot.profiles[profile]!.name}/${name}`;
      if (target.kind === "profile") return [];
      const data = target.kind === "host" ? [target.host] : [...target.ipv4, ...target.ipv6].map(formatIpAddress);
      return data.map((one) => [one, path] as const);
    }),
  );
  let state = 1;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const server = testAnswerer(config, { random });
  for (const [endpoint, status] of Object.entries(health)) server.set(endpoint, status);
  const seen = new Map<string, number>();
  for (let i = 0; i < 1000; i++) {
    const query = { name: NAME, type: TYPE[type], ecs: clientSubnet(`${CLIENTS[client]}/32`) };
    const { rcode, answers } = server.ask(query).message!;
    const records = answers.map((line) => line.split(" "));
    const found = records.map(([, , kind, data]) =>
      kind === "HINFO" ? kind : owners.get(data!.replace(/:0:0:0:0:0:/, "::")),
    );
    const text = found.length > 0 ? sorted(found.join(" + ")) : rcode === 3 ? "NXDOMAIN" : "NODATA";
    seen.set(text, (seen.get(text) ?? 0) + 1);
  }
  return seen;
}

const sorted = (text: string): string => text.split(" + ").toSorted().join(" + ");

type Outcome =
  | { readonly refused: readonly string[] }
  | {
      readonly shares: Readonly<Record<string, number>>;
      readonly status: Readonly<Record<string, string>>;
      /** What the server has answered of a thousand times. */
      readonly served: readonly string[];
      readonly unlikely: readonly string[];
    };

/** What becomes of the rule's configuration: what is wrong with it, or what is answered, and told of statuses. */
function outcome(rule: PublishedRule): Outcome {
  const { type = "A" } = rule;
  const loaded = load(rule);
  if (!loaded.ok) return { refused: loaded.error.map(({ code }) => code) };
  // What ANY gets is no decision.
  const { shares, status } = type === "ANY" ? ANY : decided(loaded.value, rule, type);
  const seen = served(loaded.value, rule);
  return { shares: rounded(shares), status, served: [...seen.keys()].toSorted(), unlikely: unlikely(seen, shares) };
}

function published({ answer, type, status = {} }: PublishedRule): Outcome {
  if (isRefused(answer)) return { refused: [answer.refused] };
  const all = typeof answer === "string" ? { [answer]: 1 } : answer;
  const shares = type === "ANY" ? ANY.shares : rounded(all);
  return { shares, status, served: Object.keys(all).map(sorted).toSorted(), unlikely: [] };
}

function isRefused(answer: Answers): answer is Refused {
  return typeof answer === "object" && "refused" in answer;
}

const ANY = { shares: {}, status: {} };

function rounded(shares: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(shares).map(([text, share]) => [text, Math.round(share * 1e9) / 1e9]));
}

/** Of a thousand answers those that are more than five standard deviations from their share. */
function unlikely(seen: ReadonlyMap<string, number>, shares: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(shares).flatMap(([text, share]) => {
    const count = seen.get(sorted(text)) ?? 0;
    const spread = 5 * Math.sqrt(1000 * share * (1 - share)) + 1;
    return Math.abs(count - 1000 * share) < spread ? [] : [`${text}: ${count} of 1000, not ${share}`];
  });
}

const RULES = [...AZURE_RULES, ...ROUTE_53_RULES];

test.for(RULES.map((rule, i) => [`${i + 1} ${rule.source.service}: ${rule.section}: ${rule.rule}`, rule] as const))(
  "%s",
  ([, rule]) => {
    expect(outcome(rule)).toEqual(published(rule));
  },
);

test("docs/azure-and-route53.md has each of its tables once, as the rules make it (npm run docs writes them)", () => {
  const page = readFileSync(new URL("../../docs/azure-and-route53.md", import.meta.url), "utf8");
  expect(tableNames(page).toSorted()).toEqual([...publishedTables().keys()].toSorted());
  expect(page).toBe(withTables(page, publishedTables()));
});
