/**
 * The level between WORLD and the countries in Azure Traffic Manager's geographic hierarchy, with Azure's names.
 * Not the continents: the Middle East stands alone, for one. Which country is where: `countries.ts`, and its sources.
 */
export const groupings = {
  "GEO-EU": "Europe",
  "GEO-ME": "Middle East",
  "GEO-NA": "North America / Central America / Caribbean",
  "GEO-SA": "South America",
  "GEO-AS": "Asia",
  "GEO-AP": "Australia / Pacific",
  "GEO-AF": "Africa",
  "GEO-AN": "Antarctica",
} as const;

export type Grouping = keyof typeof groupings;
