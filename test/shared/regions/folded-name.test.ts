import { expect, test } from "vitest";
import { foldedName, properName } from "../../../src/shared/regions/folded-name.ts";

test.for([
  ["São Paulo", "saopaulo"],
  ["Baden-Württemberg", "badenwurttemberg"],
  ["Łódź", "lodz"],
  ["Nordrhein–Westfalen", "nordrheinwestfalen"],
  ["St.-Petersburg", "saintpetersburg"],
  ["Côte-d’Or", "cotedor"],
  ["Qaraghandy  oblysy", "qaraghandyoblysy"],
  ["Ḩaḑramawt", "hadramawt"],
  ["Şəki", "saki"],
  ["", ""],
] as const)("foldedName: %j is %j", ([name, folded]) => {
  expect(foldedName(name)).toBe(folded);
});

test.for([
  ["State of Pará", "para"],
  ["Comunidad Foral de Navarra", "navarra"],
  ["Moskovskaya oblast'", "moskovskaya"],
  ["Stockholms län", "stockholms"],
  ["Al Minufiyah Governorate", "alminufiyah"],
  // Nothing would be left.
  ["Capital Region", ""],
  ["Central Province", "central"],
] as const)("properName: %j without its kind is %j", ([name, proper]) => {
  expect(properName(name)).toBe(proper);
});
