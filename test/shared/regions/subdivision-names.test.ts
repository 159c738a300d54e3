import { describe, expect, test } from "vitest";
import { countries } from "../../../src/shared/regions/countries.ts";
import { subdivisionAliases } from "../../../src/shared/regions/subdivision-aliases.ts";
import { subdivisionNamed, subdivisionsAnywhere } from "../../../src/shared/regions/subdivision-names.ts";
import { holders, subdivision, subdivisionsOf } from "../../../src/shared/regions/subdivisions.ts";

describe("subdivisionNamed", () => {
  test.for([
    ["DE", "Bavaria", "DE-BY"],
    ["DE", "Bayern", "DE-BY"],
    ["DE", "BADEN-WURTTEMBERG", "DE-BW"],
    ["DE", "Land Berlin", "DE-BE"],
    ["DE", "Free and Hanseatic City of Hamburg", "DE-HH"],
    ["US", "California", "US-CA"],
    ["US", "State of California", "US-CA"],
    ["US", "Washington", "US-WA"],
    ["US", "District of Columbia", "US-DC"],
    ["BR", "Sao Paulo", "BR-SP"],
    ["FR", "Paris", "FR-75C"],
    ["FR", "Rhone-Alpes", "FR-ARA"],
    ["FR", "Rhône", "FR-69"],
    ["FR", "Alsace", "FR-6AE"],
    ["GB", "England", "GB-ENG"],
    ["GB", "Westminster", "GB-WSM"],
    ["CH", "Uri", "CH-UR"],
    ["CH", "Canton of Zurich", "CH-ZH"],
    ["IE", "Leinster", "IE-L"],
    ["RU", "St.-Petersburg", "RU-SPE"],
    ["RU", "Moscow", "RU-MOW"],
    ["RU", "Moscow Oblast", "RU-MOS"],
    ["RU", "Altay Kray", "RU-ALT"],
    ["RU", "Altai Republic", "RU-AL"],
    ["UA", "Kyiv", "UA-30"],
    ["UA", "Kyiv City", "UA-30"],
    ["UA", "Kyiv Oblast", "UA-32"],
    ["CO", "Bogota D.C.", "CO-DC"],
    ["AU", "ACT", "AU-ACT"],
    ["AU", "New South Wales", "AU-NSW"],
    ["IR", "Tehran", "IR-23"],
    ["IR", "East Azerbaijan Province", "IR-03"],
    ["MA", "Rabat-Sale-Kenitra", "MA-04"],
    // A county and towns in it have the name: a database's first level is the widest.
    ["ES", "Madrid", "ES-MD"],
    // What the databases mean: the province; the city is another name to them.
    ["AR", "Buenos Aires", "AR-B"],
    ["AR", "Buenos Aires F.D.", "AR-C"],
    ["BG", "Sofia", "BG-23"],
    ["BG", "Sofia-Capital", "BG-22"],
    ["ID", "Maluku", "ID-MA"],
  ] as const)("in %s %j is %s", ([country, name, code]) => {
    expect(subdivisionNamed(country, name)?.code).toBe(code);
  });

  test.for([
    ["DE", "Atlantis"],
    ["DE", ""],
    ["DE", "Region"],
    ["QQ", "Bavaria"],
    ["FR", "Bavaria"],
    // The whole island but for the cities: ISO 3166-2 has no such subdivision.
    ["TW", "Taiwan"],
    // Two municipalities of one county have it.
    ["EE", "Rakvere"],
    ["RS", "Central Serbia"],
  ] as const)("in %s %j is none", ([country, name]) => {
    expect(subdivisionNamed(country, name)).toBeUndefined();
  });

  test("what must hold it decides", () => {
    expect(subdivisionNamed("LK", "Colombo District", "LK-1")?.code).toBe("LK-11");
    expect(subdivisionNamed("LK", "Colombo District", "LK-2")).toBeUndefined();
  });

  test("every name of every subdivision is its own, or nobody's, or that of what databases mean", () => {
    let own = 0;
    const taken: string[] = [];
    const all = [...countries.keys()].flatMap(subdivisionsOf);
    for (const { code, name, otherNames } of all) {
      for (const one of [name, ...otherNames]) {
        const found = subdivisionNamed(code.slice(0, 2), one)?.code;
        if (found === code) own++;
        // What holds it has the same name: Luxembourg in Luxembourg.
        else if (found !== undefined && !holders(code).includes(found)) taken.push(`${code} ${one}: ${found}`);
      }
    }
    expect(own).toBeGreaterThan(all.length);
    // ISO's name of the one is CLDR's of the other, mostly a city in it.
    expect(taken).toEqual([
      "AR-C Buenos Aires: AR-B",
      "AZ-LAN Lənkəran: AZ-LA",
      "BG-22 Sofia: BG-23",
      "EE-39 Hiiumaa: EE-205",
      "EE-74 Saaremaa: EE-714",
      "HU-VM Veszprém: HU-VE",
      "ID-ML Maluku: ID-MA",
      "ID-PP Papua: ID-PA",
      "KG-O Osh: KG-GO",
      "KZ-19 Almaty: KZ-75",
      "MZ-L Maputo: MZ-MPM",
      "PE-LIM Lima: PE-LMA",
      "TW-CYI Chiayi: TW-CYQ",
      "TW-HSQ Hsinchu: TW-HSZ",
    ]);
  });

  test("aliases are of subdivisions in force, and lead to them", () => {
    for (const [code, names] of Object.entries(subdivisionAliases)) {
      expect(subdivision(code)?.code).toBe(code);
      for (const name of names.split("|"))
        expect([name, subdivisionNamed(code.slice(0, 2), name)?.code]).toEqual([name, code]);
    }
  });
});

test.for([
  ["Bavaria", ["DE-BY"]],
  ["ile de france", ["FR-IDF"]],
  ["Limburg", ["BE-VLI", "NL-LI"]],
  ["Atlantis", []],
  ["", []],
] as const)("subdivisionsAnywhere: %s", ([name, codes]) => {
  expect(subdivisionsAnywhere(name).map(({ code }) => code)).toEqual(codes);
});
