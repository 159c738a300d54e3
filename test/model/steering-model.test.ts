/** docs/steering.md sections 3 and 4 by hand, so that the reference model can be believed. */
import { describe, expect, test } from "vitest";
import { answered, configured, EQUATOR, FR, type Row } from "./asked.ts";

describe("section 3: health", () => {
  const two = (more: string): string => `
  p: { method: priority, ${more} endpoints: { a: { address: 192.0.2.1 }, b: { address: 192.0.2.2 } } }`;
  const both = ["p/a", "p/b"];
  /** Health of `q` decides about `n`; `z` comes after it. */
  const nested = (n: string, q: string): string => `
  p: { method: priority, endpoints: { n: { profile: q, ${n} }, z: { address: 192.0.2.9 } } }
  q: { ${q} endpoints: { a: { address: 192.0.2.1 }, b: { address: [192.0.2.2, "2001:db8::2"] }, c: { profile: r } } }
  r: { method: priority, endpoints: { h: { host: h.example.net } } }`;
  const region = (rule: string): string => `
  p: { method: geographic, whenRegionDown: ${rule}, whenAllDown: servfail, endpoints: { fr: { address: 192.0.2.1, regions: [FR] }, w: { address: 192.0.2.9, regions: [WORLD] } } }`;
  const word = (q: string): string => `
  p: { method: priority, endpoints: { n: { profile: q }, z: { address: 192.0.2.9 } } }
  q: { method: geographic, ${q} endpoints: { fr: { address: 192.0.2.1, regions: [FR] }, de: { address: 192.0.2.2, regions: [DE] } } }`;
  test.for<Row>([
    ["the first tier", two(""), {}, "192.0.2.1"],
    ["a later tier", two(""), { down: ["p/a"] }, "192.0.2.2"],
    ["of a tier those that are up", two("").replace("priority", "weighted"), { down: ["p/b"] }, "192.0.2.1"],
    ["serveAll: the first tier", two(""), { down: both }, "192.0.2.1"],
    ["nodata", two("whenAllDown: nodata,"), { down: both }, "NODATA"],
    ["servfail", two("whenAllDown: servfail,"), { down: both }, "SERVFAIL"],
    ["servfail for every type", two("whenAllDown: servfail,"), { down: both, type: "HTTPS" }, "SERVFAIL"],
    [
      "fallback to addresses",
      two("whenAllDown: { fallback: [192.0.2.9, 192.0.2.8] },"),
      { down: both },
      "192.0.2.8 192.0.2.9",
    ],
    [
      "fallback to a host",
      two("whenAllDown: { fallback: h.example.net },"),
      { down: both, type: "HTTPS" },
      "CNAME h.example.net",
    ],
    ["minHealthy: 1 by default", nested("", "method: priority,"), { down: ["q/a"] }, "192.0.2.2"],
    ["minHealthy: enough", nested("minHealthy: 2", "method: priority,"), { down: ["q/a"] }, "192.0.2.2"],
    ["minHealthy: too few", nested("minHealthy: 3", "method: priority,"), { down: ["q/a"] }, "192.0.2.9"],
    [
      "minHealthyIPv6: an address and a host, nested",
      nested("minHealthyIPv6: 2", "method: priority,"),
      {},
      "192.0.2.1",
    ],
    [
      "minHealthyIPv6: what is down does not count",
      nested("minHealthyIPv6: 2", "method: priority,"),
      { down: ["q/b"] },
      "192.0.2.9",
    ],
    ["minHealthyIPv4: at any depth", nested("minHealthyIPv4: 3", "method: priority,"), { down: ["r/h"] }, "192.0.2.9"],
    ["climb", region("climb"), { client: FR, down: ["p/fr"] }, "192.0.2.9"],
    ["climb: whenAllDown", region("climb"), { client: FR, down: ["p/fr", "p/w"] }, "SERVFAIL"],
    ["serve: all the same", region("serve"), { client: FR, down: ["p/fr"] }, "192.0.2.1"],
    ["nodata in place of whenAllDown", region("nodata"), { client: FR, down: ["p/fr"] }, "NODATA"],
    ["nested: the client's candidates are down", word(""), { client: FR, down: ["q/fr"] }, "192.0.2.9"],
    [
      "nested: the word of whenRegionDown: serve",
      word("whenRegionDown: serve,"),
      { client: FR, down: ["q/fr"] },
      "192.0.2.1",
    ],
    [
      "nested: the word of whenRegionDown: nodata",
      word("whenRegionDown: nodata,"),
      { client: FR, down: ["q/fr"] },
      "NODATA",
    ],
    ["nested: the word of whenAllDown", word("whenAllDown: servfail,"), { client: FR, down: ["q/fr"] }, "SERVFAIL"],
    [
      "nested: no word where it is not eligible",
      word("whenAllDown: servfail,"),
      { client: FR, down: ["q/fr", "q/de"] },
      "192.0.2.9",
    ],
    [
      "serveAll: a nested profile decides in turn",
      nested("minHealthy: 3", "method: priority,").replace(/, z: .*9 }/, ""),
      { down: ["q/a", "q/b"] },
      "CNAME h.example.net",
    ],
  ])("%s", ([, profiles, asked, answer]) => {
    expect(answered(configured(profiles), asked)).toBe(answer);
  });
});

describe("section 3: overrides", () => {
  const three = (more: string): string => `
  p: { ${more} endpoints: { a: { address: 192.0.2.1, regions: [FR] }, b: { address: 192.0.2.2, regions: [GEO-EU] }, c: { address: 192.0.2.3, regions: [WORLD] } } }`;
  const nested = (q: string): string => `
  p: { method: priority, endpoints: { n: { profile: q }, z: { address: 192.0.2.9 } } }
  q: { ${q} endpoints: { a: { address: 192.0.2.1 }, b: { address: 192.0.2.2 } } }`;
  const priority = three("method: priority,");
  const weighted = three("method: weighted,");
  const all = { "p/a": "out", "p/b": "out", "p/c": "out" } as const;
  const allDown = ["p/a", "p/b", "p/c"];
  test.for<Row>([
    ["up: whatever probes say", priority, { down: ["p/a"], ruled: { "p/a": "up" } }, "192.0.2.1"],
    ["down: the next", priority, { ruled: { "p/a": "down" } }, "192.0.2.2"],
    [
      "down: served where nothing is up",
      priority,
      { ruled: { "p/a": "down", "p/b": "down", "p/c": "down" } },
      "192.0.2.1",
    ],
    ["out: the next", priority, { ruled: { "p/a": "out" } }, "192.0.2.2"],
    ["out: not where all are down", priority, { down: allDown, ruled: { "p/a": "out" } }, "192.0.2.2"],
    ["out: of a tier the others", weighted, { down: allDown, ruled: { "p/a": "out", "p/c": "out" } }, "192.0.2.2"],
    ["out: nobody is left", priority, { ruled: all }, "NODATA"],
    [
      "out: nobody is left but a fallback",
      three("method: priority, whenAllDown: { fallback: 192.0.2.7 },"),
      { ruled: all },
      "192.0.2.7",
    ],
    [
      "out: of a region that is served all the same",
      three("method: geographic, whenRegionDown: serve,"),
      { client: FR, ruled: { "p/a": "out" } },
      "NODATA",
    ],
    [
      "nested, up: although all of it is down",
      nested("method: priority,"),
      { down: ["q/a", "q/b"], ruled: { "p/n": "up" } },
      "192.0.2.1",
    ],
    ["nested, out: all of it", nested("method: priority,"), { ruled: { "q/a": "out", "q/b": "out" } }, "192.0.2.9"],
    [
      "nested, out: never, where all are down",
      nested("method: priority,"),
      { down: ["p/z"], ruled: { "q/a": "out", "q/b": "out" } },
      "192.0.2.9",
    ],
    ["drain: the rest goes to the next tier", priority, { ruled: { "p/a": 0.75 } }, "0.75 192.0.2.1 | 0.25 192.0.2.2"],
    [
      "drain: tier after tier",
      priority,
      { ruled: { "p/a": 0.5, "p/b": 0.5 } },
      "0.5 192.0.2.1 | 0.25 192.0.2.2 | 0.25 192.0.2.3",
    ],
    ["drain: nobody goes away empty", priority, { ruled: { "p/a": 0.5, "p/b": "out", "p/c": "out" } }, "192.0.2.1"],
    [
      "drain: the others of the tier take it",
      weighted,
      { ruled: { "p/a": 0.25 } },
      "0.4583 192.0.2.2 | 0.4583 192.0.2.3 | 0.0833 192.0.2.1",
    ],
    [
      "drain: those with the most left",
      weighted,
      { ruled: { "p/a": 0.25, "p/b": 0.5 } },
      "0.75 192.0.2.3 | 0.1667 192.0.2.2 | 0.0833 192.0.2.1",
    ],
    [
      "nested, drain: as one endpoint",
      nested("method: weighted,"),
      { ruled: { "p/n": 0.5 } },
      "0.5 192.0.2.9 | 0.25 192.0.2.1 | 0.25 192.0.2.2",
    ],
    [
      "nested, drain: what all of it gives up",
      nested("method: priority,"),
      { ruled: { "q/a": 0.5, "q/b": 0.5 } },
      "0.5 192.0.2.1 | 0.25 192.0.2.2 | 0.25 192.0.2.9",
    ],
    [
      "nested, drain: what another takes stays",
      nested("method: priority,"),
      { ruled: { "q/a": 0.5 } },
      "0.5 192.0.2.1 | 0.5 192.0.2.2",
    ],
  ])("%s", ([, profiles, asked, answer]) => {
    expect(answered(configured(profiles), asked)).toBe(answer);
  });
});

describe("section 4: the question", () => {
  const profile = (endpoints: string, more = "method: weighted"): string => `
  p: { ${more}, endpoints: { ${endpoints} } }`;
  const v4 = "address: 192.0.2.4";
  const v6 = 'address: "2001:db8::6"';
  const dual = 'address: [192.0.2.10, "2001:db8::10"]';
  const mixed = `v4: { ${v4}, weight: 2 }, v6: { ${v6} }, dual: { ${dual}, weight: 3 }, h: { host: h.example.net, weight: 4 }`;
  const failover = (families: string): string =>
    profile(
      `v4: { ${v4} }, h: { host: h.example.net }, dual: { ${dual} }, v6: { ${v6} }`,
      `method: priority, families: ${families}`,
    );
  const all = ["p/v4", "p/h", "p/dual", "p/v6"];
  /** Half of the clients each: `n`, which is `q`, and `z`, which has both families. */
  const half = (q: string, more = ""): string => `
  p: { method: weighted, ${more} endpoints: { n: { profile: q }, z: { ${dual} } } }
  q: { ${q} }`;
  const region = (rule: string): string =>
    half(`method: geographic, whenRegionDown: ${rule}, endpoints: { fr: { ${v4}, regions: [FR] } }`);
  const hostAndV4 = `endpoints: { v4: { ${v4}, weight: 3 }, h: { host: h.example.net } }`;
  test.for<Row>([
    [
      "tier: the share goes to members with the type, by weight",
      profile(mixed),
      {},
      "0.4 CNAME h.example.net | 0.36 192.0.2.10 | 0.24 192.0.2.4",
    ],
    [
      "… of the other family",
      profile(mixed),
      { type: "AAAA" },
      "0.45 2001:db8::10 | 0.4 CNAME h.example.net | 0.15 2001:db8::6",
    ],
    [
      "… and of those alone that are up",
      profile(mixed),
      { type: "AAAA", down: ["p/dual"] },
      "0.5714 CNAME h.example.net | 0.4286 2001:db8::6",
    ],
    [
      "a host answers every type, addresses their own",
      profile(mixed),
      { type: "HTTPS" },
      "0.6 NODATA | 0.4 CNAME h.example.net",
    ],
    [
      "strict: NODATA",
      profile(mixed, "method: weighted, families: strict"),
      { type: "AAAA" },
      "0.4 CNAME h.example.net | 0.3 2001:db8::10 | 0.2 NODATA | 0.1 2001:db8::6",
    ],
    ["tier: no later tier", failover("tier"), { type: "AAAA" }, "NODATA"],
    ["any: the next tier with addresses, never a host", failover("any"), { type: "AAAA" }, "2001:db8::10"],
    ["any: that is up", failover("any"), { type: "AAAA", down: ["p/dual"] }, "2001:db8::6"],
    ["any: nobody", failover("any"), { type: "AAAA", down: ["p/dual", "p/v6"] }, "NODATA"],
    [
      "any: a host that is chosen keeps its clients",
      failover("any"),
      { type: "AAAA", down: ["p/v4"] },
      "CNAME h.example.net",
    ],
    ["any: after serveAll all count as up", failover("any"), { type: "AAAA", down: all }, "2001:db8::10"],
    ["tier: after serveAll", failover("tier"), { type: "AAAA", down: all }, "NODATA"],
    [
      "any: a tier that shares",
      profile(
        `v4: { ${v4}, location: [0, 1] }, v6: { ${v6}, location: [0, 9] }, dual: { ${dual}, location: [0, 9] }`,
        "method: performance, families: any",
      ),
      { type: "AAAA", client: EQUATOR },
      "0.5 2001:db8::10 | 0.5 2001:db8::6",
    ],
    [
      "nested: what nobody takes goes to the other member",
      half(`method: priority, endpoints: { a: { ${v4} } }`),
      { type: "AAAA" },
      "2001:db8::10",
    ],
    [
      "nested: of strict too",
      half(`method: priority, families: strict, endpoints: { a: { ${v4} } }`),
      { type: "AAAA" },
      "2001:db8::10",
    ],
    [
      "nested: a host keeps its share",
      half(`method: weighted, ${hostAndV4}`),
      { type: "AAAA" },
      "0.875 2001:db8::10 | 0.125 CNAME h.example.net",
    ],
    [
      "nested: it gives its address part",
      half(`method: weighted, ${hostAndV4}`).replace(dual, v6),
      {},
      "0.875 192.0.2.4 | 0.125 CNAME h.example.net",
    ],
    [
      "nested: what addresses take is in proportion to their own shares",
      `
  p: { method: weighted, endpoints: { n: { profile: q, weight: 2 }, d: { ${dual} }, s: { ${v6} } } }
  q: { method: weighted, ${hostAndV4} }`,
      {},
      "0.525 192.0.2.4 | 0.35 192.0.2.10 | 0.125 CNAME h.example.net",
    ],
    [
      "nested: nobody takes what strict leaves where there is no other member",
      `
  p: { method: priority, endpoints: { n: { profile: q } } }
  q: { method: weighted, families: strict, endpoints: { v4: { ${v4} }, dual: { ${dual} } } }`,
      { type: "AAAA" },
      "0.5 2001:db8::10 | 0.5 NODATA",
    ],
    [
      "nodata: nobody stands in, of its own later networks neither",
      profile(
        `in: { ${v4}, networks: [198.51.100.0/24] }, out: { ${dual}, networks: [198.51.0.0/16] }`,
        "method: geographic, whenRegionDown: nodata, families: any",
      ),
      { client: FR, type: "AAAA" },
      "NODATA",
    ],
    [
      "nested: NODATA of whenAllDown stays",
      half(
        `method: geographic, monitor: m, whenAllDown: nodata, endpoints: { a: { ${v4}, regions: [FR] }, b: { ${v4}, regions: [DE] } }`,
      ),
      { client: FR, type: "AAAA", down: ["q/a"] },
      "0.5 2001:db8::10 | 0.5 NODATA",
    ],
    [
      "nested: SERVFAIL of whenAllDown stays",
      half(
        `method: geographic, monitor: m, whenAllDown: servfail, endpoints: { a: { ${v4}, regions: [FR] }, b: { ${v4}, regions: [DE] } }`,
      ),
      { client: FR, type: "HTTPS", down: ["q/a"] },
      "0.5 NODATA | 0.5 SERVFAIL",
    ],
    ["nested: a region without the type, climb", region("climb"), { client: FR, type: "AAAA" }, "2001:db8::10"],
    [
      "nested: a region without the type, serve",
      region("serve"),
      { client: FR, type: "AAAA" },
      "0.5 2001:db8::10 | 0.5 NODATA",
    ],
    [
      "nested: a region without the type, nodata",
      region("nodata"),
      { client: FR, type: "AAAA" },
      "0.5 2001:db8::10 | 0.5 NODATA",
    ],
    [
      "nested: a fallback without the type",
      half(
        `method: geographic, monitor: m, whenAllDown: { fallback: 192.0.2.66 }, endpoints: { a: { ${v4}, regions: [FR] }, b: { ${v4}, regions: [DE] } }`,
      ),
      { client: FR, type: "AAAA", down: ["q/a"] },
      "2001:db8::10",
    ],
  ])("%s", ([, profiles, asked, answer]) => {
    expect(answered(configured(profiles), asked)).toBe(answer);
  });
});
