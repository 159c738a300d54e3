/** Regions as text for people. */
import { styleText } from "node:util";
import type { allRegions, NamedRegion, RegionFacts } from "../shared/regions/region-facts.ts";

const KINDS: Readonly<Record<RegionFacts["kind"], string>> = {
  world: "everywhere, clients of whom nothing is known included",
  grouping: "a grouping of Azure's",
  legal: "a grouping of countries, as law has it",
  country: "a country",
  subdivision: "a subdivision",
  cloud: "a cloud's region, for location",
};

/** One region: what it is, what holds it and what it holds. */
export function regionText({ kind, code, name, heldBy, point, holds }: RegionFacts): string {
  const width = Math.max(11, code.length);
  const step = (title: string, text: string): string => `${bold(title.padEnd(width))} ${text}`.trimEnd();
  const lines = [
    step(code, [name, KINDS[kind]].filter(Boolean).join(", ")),
    ...(heldBy.length === 0 ? [] : [step("Held by", heldBy.join(" → "))]),
    ...(point === undefined ? [] : [step("Point", `${point.latitude}, ${point.longitude}`)]),
    ...(holds.length === 0 ? [] : [step("Holds", `${holds.length}`), ...columns(holds, "  ")]),
  ];
  return `${lines.join("\n")}\n`;
}

/** The tree of Azure Traffic Manager's regions, and what stands beside it. */
export function regionTreeText({ world, legal, clouds }: ReturnType<typeof allRegions>): string {
  const lines = [
    bold(world.code),
    ...world.holds.flatMap(({ code, name, holds }) => [`  ${bold(code)}  ${name}`, ...columns(holds, "    ")]),
    "",
    "Groupings of countries, between a country and Azure's grouping; own ones stand in geoip.groupings:",
    ...legal.flatMap(({ code, name, holds }) => [
      `  ${bold(code)}  ${name}`,
      `    ${holds.map((country) => country.code).join(" ")}`,
    ]),
    "",
    `Regions of clouds, for location: ${clouds.length}, which geosteer regions azure, aws and gcp list.`,
    "Subdivisions of a country: geosteer regions DE.",
  ];
  return `${lines.join("\n")}\n`;
}

/** A list of regions that share a prefix. */
export function regionListText(regions: readonly RegionFacts[]): string {
  const width = Math.max(...regions.map(({ code }) => code.length));
  const lines = regions.map(({ code, name, heldBy, point }) => {
    return `${code.padEnd(width)}  ${(heldBy[0] ?? "").padEnd(6)}  ${name} at ${point!.latitude}, ${point!.longitude}`;
  });
  return `${lines.join("\n")}\n`;
}

function columns(regions: readonly NamedRegion[], indent: string): readonly string[] {
  const width = Math.max(0, ...regions.map(({ code }) => code.length));
  return regions.map(({ code, name }) => `${indent}${code.padEnd(width)}  ${name}`);
}

function bold(text: string): string {
  return styleText("bold", text, { stream: process.stdout });
}
