/** `geosteer regions`: what may stand in `regions` and `location`. Reads no configuration, so it knows no own groupings. */
import { parseLocation } from "../../config/text/location.ts";
import { parseRegionCode } from "../../config/text/region.ts";
import { cloudRegions, clouds } from "../../shared/regions/cloud/cloud-regions.ts";
import { allRegions, cloudFacts, regionFacts, type RegionFacts } from "../../shared/regions/region-facts.ts";
import { printProblems } from "../print-problems.ts";
import { printJson, printText } from "../print-text.ts";
import { regionListText, regionText, regionTreeText } from "../region-text.ts";

export interface RegionsOptions {
  readonly json?: boolean;
}

export function regions(code: string | undefined, { json = false }: RegionsOptions): Promise<void> | void {
  const print = <T>(value: T, text: (value: T) => string): Promise<void> =>
    json ? printJson(value) : printText(text(value));
  if (code === undefined) return print(allRegions(), regionTreeText);
  if (Object.hasOwn(clouds, code)) return print(ofCloud(code), regionListText);
  const cloud = cloudRegions.get(code);
  if (cloud !== undefined) return print(cloudFacts(cloud), regionText);
  const region = parseRegionCode(code);
  if (region.ok) return print(regionFacts(region.value), regionText);
  // `azure:westeurop` is a mistake of another kind.
  const location = code.includes(":") ? parseLocation(code) : region;
  const { code: problem, what, wanted } = location.ok ? region.error : location.error;
  process.exitCode = 1;
  printProblems([{ code: problem, message: `${what}, found ${JSON.stringify(code.slice(0, 60))}, wanted ${wanted}` }]);
}

function ofCloud(provider: string): readonly RegionFacts[] {
  return [...cloudRegions.values()].filter(({ name }) => name.startsWith(`${provider}:`)).map(cloudFacts);
}
