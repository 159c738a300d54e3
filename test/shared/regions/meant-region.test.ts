import { expect, test } from "vitest";
import { alpha2Of } from "../../../src/shared/regions/alpha3.ts";
import { countries } from "../../../src/shared/regions/countries.ts";
import { countryNamed, folded } from "../../../src/shared/regions/country-names.ts";
import { groupings } from "../../../src/shared/regions/groupings.ts";
import { meantRegion } from "../../../src/shared/regions/meant-region.ts";
import { parseRegion } from "../../../src/shared/regions/region.ts";

test.for([
  // Codes of another kind.
  ["DEU", "DEU is the alpha-3 code of Germany", "DE"],
  ["deu", "deu is the alpha-3 code of Germany", "DE"],
  ["USA", "USA is the alpha-3 code of United States", "US"],
  ["XKX", "XKX is the alpha-3 code of Kosovo", "XK"],
  // Codes written in another way.
  ["DE_BY", "DE_BY is not written as codes are", "DE-BY"],
  ["de_by", "de_by is not written as codes are", "DE-BY"],
  ["DE.BY", "DE.BY is not written as codes are", "DE-BY"],
  ["DE/BY", "DE/BY is not written as codes are", "DE-BY"],
  ["DE BY", "DE BY is not written as codes are", "DE-BY"],
  ["DE–BY", "DE–BY is not written as codes are", "DE-BY"],
  ["USA-CA", "USA-CA is not written as codes are", "US-CA"],
  ["GEO_EU", "GEO_EU is not written as codes are", "GEO-EU"],
  ["geo.na", "geo.na is not written as codes are", "GEO-NA"],
  ["GEOAP", "GEOAP is not written as codes are", "GEO-AP"],
  // Groupings that Azure does not have.
  ["GEO-EUR", "GEO-EUR is not a grouping", "GEO-EU"],
  ["GEO-EUROPE", "GEO-EUROPE is not a grouping", "GEO-EU"],
  ["GEO-US", "GEO-US is not a grouping", "GEO-NA"],
  ["GEO-OC", "GEO-OC is not a grouping", "GEO-AP"],
  ["GEO-DE", "GEO-DE is not a grouping", "DE"],
  ["GEO-World", "GEO-World is not a grouping", "WORLD"],
  // Everywhere.
  ["*", "* is not a region code", "WORLD"],
  ["all", "all is not a region code", "WORLD"],
  ["Default", "Default is not a region code", "WORLD"],
  ["Global", "Global is not a region code", "WORLD"],
  // Parts of the world.
  [
    "Europe",
    "Europe is not a region code",
    "GEO-EU (Azure's Europe, with RU, BY and GB) or EU (the 27 of the European Union)",
  ],
  [
    "EUROPE",
    "EUROPE is not a region code",
    "GEO-EU (Azure's Europe, with RU, BY and GB) or EU (the 27 of the European Union)",
  ],
  ["European Union", "European Union is not a region code", "EU"],
  ["EU-27", "EU-27 is not a region code", "EU"],
  ["EU28", "EU28 is not a region code", "EU"],
  ["EMEA", "EMEA is not a region code", "GEO-EU, GEO-ME and GEO-AF"],
  ["APAC", "APAC is not a region code", "GEO-AS and GEO-AP"],
  ["MENA", "MENA is not a region code", "GEO-ME and GEO-AF"],
  ["LATAM", "LATAM is not a region code", "GEO-SA, and MX and Central America, which are in GEO-NA"],
  ["North America", "North America is not a region code", "GEO-NA"],
  ["NAM", "NAM is not a region code", "GEO-NA (North America), or NA (Namibia)"],
  ["OC", "OC is not a region code", "GEO-AP"],
  ["GEO", "GEO is not a region code", "GE (Georgia), or a grouping such as GEO-EU"],
  ["DACH", "DACH is not a region code", "DE, AT and CH, or a name for them in geoip.groupings"],
  // Names.
  ["Germany", "Germany is a name, not a code", "DE"],
  ["germany", "germany is a name, not a code", "DE"],
  ["Brazil", "Brazil is a name, not a code", "BR"],
  ["Cote d'Ivoire", "Cote d'Ivoire is a name, not a code", "CI"],
  ["Ivory Coast", "Ivory Coast is a name, not a code", "CI"],
  ["Sao Tome and Principe", "Sao Tome and Principe is a name, not a code", "ST"],
  ["Saint Lucia", "Saint Lucia is a name, not a code", "LC"],
  ["The Netherlands", "The Netherlands is a name, not a code", "NL"],
  ["U.S.A.", "U.S.A. is a name, not a code", "US"],
  ["Russia", "Russia is a name, not a code", "RU"],
  ["Czech Republic", "Czech Republic is a name, not a code", "CZ"],
  ["South Korea", "South Korea is a name, not a code", "KR"],
  ["Turkey", "Turkey is a name, not a code", "TR"],
  ["England", "England is a name, not a code", "GB-ENG"],
  ["Georgia", "Georgia is a name, not a code", "GE"],
  ["Bavaria", "Bavaria is a name, not a code", "DE-BY"],
  ["bayern", "bayern is a name, not a code", "DE-BY"],
  ["CALIFORNIA", "CALIFORNIA is a name, not a code", "US-CA"],
  ["Limburg", "Limburg is a name, not a code", "BE-VLI or NL-LI"],
] as const)("meantRegion: %s: %s, write %s", ([text, what, wanted]) => {
  expect(typeof parseRegion(text)).toBe("string");
  expect(meantRegion(text)).toMatchObject({ what, wanted });
});

test.for(["", " ", "de", "de-by", "geo-eu", "world", "UK", "YY", "GEO-XX", "GEO-eu", "DE-", "Munich", "x".repeat(65)])(
  "meantRegion has nothing to say of %j",
  (text) => {
    expect(meantRegion(text)).toBeUndefined();
  },
);

test.for(["__proto__", "constructor", "GEO-constructor", "toString"])("meantRegion knows no %s", (text) => {
  expect(meantRegion(text)).toBeUndefined();
});

test("every code that meantRegion names is a region", () => {
  const texts = ["europe", "emea", "mena", "amer", "america", "latam", "apac", "oceania", "dach", "benelux", "nordics"];
  for (const text of [...texts, "baltics", "anz", "gcc", "nam", "geo", "eea zone", "all", "european economic area"]) {
    const { wanted = "WORLD" } = meantRegion(text) ?? {};
    const codes = wanted.match(/\b(?:GEO-)?[A-Z]{2,}\b/g) ?? [];
    expect(codes.length, text).toBeGreaterThan(0);
    for (const code of codes) expect([code, typeof parseRegion(code)]).toEqual([code, "object"]);
  }
});

test("alpha2Of: every country has one alpha-3 code", () => {
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(0x41 + i));
  const found = letters.flatMap((a) => letters.flatMap((b) => letters.flatMap((c) => alpha2Of(a + b + c) ?? [])));
  expect(found.toSorted()).toEqual([...countries.keys()].toSorted());
});

test("countryNamed: every country by its name, and no name twice", () => {
  for (const [code, { name }] of countries) expect([name, countryNamed(name)]).toEqual([name, code]);
});

test.for([
  ["Côte d’Ivoire", "cote d ivoire"],
  ["St. Kitts & Nevis", "saint kitts and nevis"],
  ["  The  Gambia ", "gambia"],
  ["Türkiye", "turkiye"],
] as const)("folded: %j is %j", ([name, words]) => {
  expect(folded(name)).toBe(words);
});

test("names of groupings are not names of countries", () => {
  for (const name of Object.values(groupings).filter((name) => name !== "Antarctica"))
    expect(countryNamed(name)).toBeUndefined();
});
