/** docs/steering.md section 2 by hand, so that the reference model can be believed. */
import { describe, expect, test } from "vitest";
import { answered, BAVARIA, candidates, configured, DE, FR, NOWHERE, EQUATOR, type Row } from "./asked.ts";

describe("section 2: candidates", () => {
  const endpoints = (text: string, profile = "method: geographic"): string =>
    `\n  p: { ${profile}, endpoints: { ${text} } }`;
  const A = "address: 192.0.2.1";
  const nearest = "method: geographic, whenRegionDown: nearest";
  const serve = "method: geographic, whenRegionDown: serve";
  const nodata = "method: geographic, whenRegionDown: nodata";
  const regions = `fr: { ${A}, regions: [FR] }, eu: { ${A}, regions: [GEO-EU, BR], location: ES }, w: { ${A}, regions: [WORLD, US] }, de: { ${A}, regions: [DE, DE-BY] }`;
  const overrides = `in: { ${A}, networks: [198.51.100.0/25] }, out: { ${A}, networks: [198.51.100.0/24, 10.0.0.0/8] }`;
  const points = `at10: { ${A}, location: [0, 10] }, at10_4: { ${A}, location: [0, 10.4] }, at11: { ${A}, location: [0, 11] }, at11_4: { ${A}, location: [0, 11.4] }`;
  const nested = `
  q: { method: geographic, endpoints: { fr: { ${A}, regions: [FR] } } }
  off: { method: weighted, enabled: false, endpoints: { a: { ${A} } } }
  void: { method: weighted, endpoints: { n: { profile: off } } }`;
  test.for<[what: string, profiles: string, client: string, tiers: string]>([
    ["priority: the order of the file", endpoints(`b: { ${A} }, a: { ${A} }`, "method: priority"), FR, "b > a"],
    [
      "priority: ascending",
      endpoints(`b: { ${A}, priority: 9 }, a: { ${A}, priority: 2 }`, "method: priority"),
      FR,
      "a > b",
    ],
    ["weighted: one tier", endpoints(`b: { ${A}, weight: 9 }, a: { ${A} }`, "method: weighted"), FR, "a b"],
    [
      "performance: tiers of what is at most 5 % farther",
      endpoints(points, "method: performance"),
      EQUATOR,
      "at10 at10_4 > at11 at11_4",
    ],
    [
      "performance: tolerance 0%",
      endpoints(points, "method: performance, tolerance: 0%"),
      EQUATOR,
      "at10 > at10_4 > at11 > at11_4",
    ],
    [
      "performance: tolerance 100%",
      endpoints(points, "method: performance, tolerance: 100%"),
      EQUATOR,
      "at10 at10_4 at11 at11_4",
    ],
    [
      "performance: a client without a point",
      endpoints(points, "method: performance"),
      NOWHERE,
      "at10 at10_4 at11 at11_4",
    ],
    [
      "performance: an endpoint without a location",
      endpoints(`${overrides}, de: { ${A}, location: DE }`, "method: performance"),
      DE,
      "de",
    ],
    [
      "performance: networks first, the longest before",
      endpoints(`${overrides}, de: { ${A}, location: DE }`, "method: performance"),
      FR,
      "in > out > de",
    ],
    [
      "performance: disabled ones set no tolerance",
      endpoints(points.replace("[0, 10]", "[0, 10], enabled: false"), "method: performance"),
      EQUATOR,
      "at10_4 > at11 at11_4",
    ],
    ["geographic: subdivision, country, grouping, WORLD", endpoints(regions), BAVARIA, "de > eu > w"],
    ["geographic: country", endpoints(regions), FR, "fr > eu > w"],
    ["geographic: a client nobody knows", endpoints(regions), NOWHERE, "w"],
    ["geographic: a client at a point", endpoints(regions), EQUATOR, "w"],
    [
      "performance: networks, then the client's autonomous system in the order of the file",
      endpoints(
        `a: { ${A}, asns: [64501, 64500] }, in: { ${A}, networks: [203.0.113.0/25] }, b: { ${A}, location: DE, asns: 64500 }, de: { ${A}, location: DE }`,
        "method: performance",
      ),
      EQUATOR,
      "in > a > b > de",
    ],
    [
      "performance: an endpoint whose autonomous system is another's",
      endpoints(`a: { ${A}, asns: 64501 }, de: { ${A}, location: DE }`, "method: performance"),
      EQUATOR,
      "de",
    ],
    [
      "climb: the autonomous system, then regions",
      endpoints(`${regions}, isp: { ${A}, asns: 64500, regions: [CH] }`),
      BAVARIA,
      "isp > de > eu > w",
    ],
    [
      "nodata: the autonomous system as a network",
      endpoints(`${regions}, ${overrides}, isp: { ${A}, asns: 64500 }`, nodata),
      BAVARIA,
      "isp",
    ],
    [
      "subnet: the autonomous system, then all without networks and asns",
      endpoints(`x: { ${A} }, isp: { ${A}, asns: 64500 }, other: { ${A}, asns: 64501 }, y: { ${A} }`, "method: subnet"),
      BAVARIA,
      "isp > x > y",
    ],
    ["climb: networks, then regions", endpoints(`${regions}, ${overrides}`), FR, "in > out > fr > eu > w"],
    ["nearest: a region, then those with a point by distance", endpoints(regions, nearest), FR, "fr > eu > de > w"],
    ["nearest: without a point as climb", endpoints(regions, nearest), NOWHERE, "w"],
    [
      "nearest: no region holds the client",
      endpoints(`de: { ${A}, regions: [DE] }, ${overrides}`, nearest),
      FR,
      "in > out",
    ],
    ["serve: the first region", endpoints(regions, serve), FR, "fr"],
    ["serve: the longest network", endpoints(`${regions}, ${overrides}`, serve), FR, "in"],
    ["nodata: the first region", endpoints(regions, nodata), FR, "fr"],
    ["nodata: the networks", endpoints(`${regions}, ${overrides}`, nodata), FR, "in > out"],
    [
      "a profile without candidates is none",
      `${endpoints(`n: { profile: q }, a: { ${A} }`, "method: priority")}${nested}`,
      DE,
      "a",
    ],
    [
      "… and is one where it has some",
      `${endpoints(`n: { profile: q }, a: { ${A} }`, "method: priority")}${nested}`,
      FR,
      "n(fr) > a",
    ],
    [
      "a profile out of service is not there",
      `${endpoints(`n: { profile: off }, m: { profile: void }, a: { ${A} }`, "method: priority")}${nested}`,
      FR,
      "a",
    ],
    [
      "… in the place that it has: serve looks no further",
      `${endpoints(`n: { profile: q, regions: [DE] }, w: { ${A}, regions: [WORLD] }`, serve)}${nested}`,
      DE,
      "",
    ],
    [
      "serve: a profile out of service keeps its clients",
      `${endpoints(`n: { profile: off, regions: [FR] }, w: { ${A}, regions: [WORLD] }`, serve)}${nested}`,
      FR,
      "",
    ],
    [
      "… and no others",
      `${endpoints(`n: { profile: off, regions: [FR] }, w: { ${A}, regions: [WORLD] }`, serve)}${nested}`,
      DE,
      "w",
    ],
    [
      "… unless it is disabled here",
      `${endpoints(`n: { profile: off, regions: [FR], enabled: false }, w: { ${A}, regions: [WORLD] }`, serve)}${nested}`,
      FR,
      "w",
    ],
    [
      "nodata: a profile out of service leaves the clients of its networks to those of a wider one",
      `${endpoints(`n: { profile: off, networks: [198.51.100.0/25] }, ${overrides.replace("100.0/25", "0.0/16")}`, nodata)}${nested}`,
      FR,
      "out > in",
    ],
    [
      "climb: it does not",
      `${endpoints(`n: { profile: off, regions: [FR] }, w: { ${A}, regions: [WORLD] }`)}${nested}`,
      FR,
      "w",
    ],
  ])("%s", ([, profiles, client, tiers]) => {
    expect(candidates(profiles, client)).toBe(tiers);
  });

  test.for<Row>([
    ["no candidates: NODATA", endpoints(`fr: { ${A}, regions: [FR] }`), { client: DE }, "NODATA"],
    [
      "… before whenAllDown",
      endpoints(`fr: { ${A}, regions: [FR] }`, "method: geographic, whenAllDown: servfail"),
      { client: DE },
      "NODATA",
    ],
    ["disabled: NXDOMAIN", nested, { profile: "off" }, "NXDOMAIN"],
    ["no endpoint that counts: NXDOMAIN", nested, { profile: "void" }, "NXDOMAIN"],
    [
      "in a tier of performance all weigh the same",
      endpoints(points.replaceAll(A, "address: 192.0.2.1").replace(A, "address: 192.0.2.2"), "method: performance"),
      { client: EQUATOR },
      "0.5 192.0.2.1 | 0.5 192.0.2.2",
    ],
  ])("%s", ([, profiles, asked, answer]) => {
    expect(answered(configured(profiles), asked)).toBe(answer);
  });
});
