import { expect, test } from "vitest";
import { parseLocation } from "../../../src/config/text/location.ts";

test.for([
  ["azure:westeurope", "NL", 52.37, 4.89],
  ["aws:eu-central-1", "DE-HE", 50.12, 8.68],
  ["gcp:us-central1", "US-IA", 41.26, -95.86],
] as const)("parseLocation: %s is in %s, at a point", ([name, code, latitude, longitude]) => {
  expect(parseLocation(name)).toMatchObject({
    ok: true,
    value: { kind: "cloud", name, region: { code }, point: { latitude, longitude } },
  });
});

test.for(["DE", "DE-BY", "XK"])("parseLocation: %s is a region", (code) => {
  expect(parseLocation(code)).toMatchObject({ ok: true, value: { code } });
});

const ANY = "a country (DE), a subdivision (DE-BY), a cloud's region (azure:westeurope) or [latitude, longitude]";

test.for([
  ["azure:West Europe", "not the name of a cloud's region", "azure:westeurope"],
  ["Azure:WestEurope", "not the name of a cloud's region", "azure:westeurope"],
  ["azure/westeurope", "not the name of a cloud's region", "azure:westeurope"],
  ["azure: westeurope", "not the name of a cloud's region", "azure:westeurope"],
  ["westeurope", "not the name of a cloud's region", "azure:westeurope"],
  ["West Europe", "not the name of a cloud's region", "azure:westeurope"],
  ["eu-central-1", "not the name of a cloud's region", "aws:eu-central-1"],
  ["europe-west3", "not the name of a cloud's region", "gcp:europe-west3"],
  ["azure:westeurop", "not the name of a cloud's region", "a region of azure: did you mean azure:westeurope?"],
  ["aws:eu-centrl-1", "not the name of a cloud's region", "a region of aws: did you mean aws:eu-central-1?"],
  [
    "gcp:eu-west-3",
    "not the name of a cloud's region",
    "one that geosteer regions gcp lists, or [latitude, longitude]",
  ],
  // The nearest name by its letters is us-west3, on another continent.
  ["gcp:eu-west3", "not the name of a cloud's region", "a region of gcp: did you mean gcp:europe-west3?"],
  ["aws:", "not the name of a cloud's region", "one that geosteer regions aws lists, or [latitude, longitude]"],
  ["-23.55, -46.63", "coordinates as text", "[-23.55, -46.63]"],
  ["48.14 N, 11.58 E", "coordinates as text", "[48.14, 11.58]"],
  ["120.5, 48", "coordinates as text", "[48, 120.5]: latitude comes first"],
  ["Brazil", "Brazil is a name, not a code", "BR or [latitude, longitude]"],
  ["germany", "germany is a name, not a code", "DE or [latitude, longitude]"],
  ["DEU", "DEU is the alpha-3 code of Germany", "DE or [latitude, longitude]"],
  ["DE_BY", "DE_BY is not written as codes are", "DE-BY or [latitude, longitude]"],
  ["Munich", '"Munich" is not a region code', ANY],
  ["São Paulo", "São Paulo is a name, not a code", "BR-SP or [latitude, longitude]"],
  ["Bavaria", "Bavaria is a name, not a code", "DE-BY or [latitude, longitude]"],
  ["Limburg", "Limburg is a name, not a code", ANY],
  ["Europe", "Europe is not a region code", ANY],
  ["GEO-EUR", "GEO-EUR is not a grouping", ANY],
  ["EU", "EU is too wide for a location", ANY],
  ["oracle:eu-frankfurt-1", "not a region code", ANY],
  ["UK", "UK is reserved", "GB"],
  ["YY", "YY is not a country", "its ISO 3166-1 alpha-2 code"],
] as const)("parseLocation: %s: %s, wanted %s", ([text, what, wanted]) => {
  expect(parseLocation(text)).toMatchObject({ ok: false, error: { what, wanted } });
});

test("parseLocation does not repeat a long text", () => {
  expect(parseLocation(`azure:${"x".repeat(1000)}`)).toMatchObject({
    ok: false,
    error: { what: "not the name of a cloud's region" },
  });
  expect(parseLocation("x".repeat(1000))).toMatchObject({ ok: false, error: { what: "not a region code" } });
});
