/** The tables of docs/azure-and-route53.md, made of the rules that `test/routing/published-rules.test.ts` holds. */
import { AZURE_RULES } from "../routing/published-rules/azure.ts";
import { ROUTE_53_RULES } from "../routing/published-rules/route53.ts";
import type { PublishedRule, Source } from "../routing/published-rules/rule.ts";
import { table } from "./reference-tables.ts";

export function publishedTables(): ReadonlyMap<string, string> {
  return new Map([
    ["azureDiffers", differences(AZURE_RULES)],
    ["azureSame", agreements(AZURE_RULES)],
    ["route53Differs", differences(ROUTE_53_RULES)],
    ["route53Same", agreements(ROUTE_53_RULES)],
    ["sources", sources([...AZURE_RULES, ...ROUTE_53_RULES])],
  ]);
}

function differences(rules: readonly PublishedRule[]): string {
  const rows = rules.flatMap(({ source, section, rule, differs }) =>
    differs === undefined ? [] : [[linked(source, section), rule, differs.theirs, differs.why]],
  );
  return table(["section", "rule", "theirs", "here"], rows);
}

function agreements(rules: readonly PublishedRule[]): string {
  const same = rules.filter(({ differs }) => differs === undefined);
  const bySection = Map.groupBy(same, ({ source, section }) => linked(source, section));
  const rows = [...bySection].map(([section, all]) => [section, all.map(({ rule }) => rule).join("<br>")]);
  return table(["section", "rules"], rows);
}

function sources(rules: readonly PublishedRule[]): string {
  const all = new Set(rules.map(({ source }) => source));
  return table(
    ["document", "of", "text"],
    [...all].map((source) => [linked(source, source.title), source.service, source.of]),
  );
}

function linked({ url }: Source, text: string): string {
  return `[${text}](${url})`;
}
