/** Methods that answer with several, for networks, with spares and with a trickle, by hand: the model and explain hold to it. */
import { describe, expect, test } from "vitest";
import { answered, configured, EQUATOR, FR, NOWHERE, textOf, type Row } from "./asked.ts";
import { explainer, loaded } from "./engine.ts";

function holds([, profiles, asked, answer]: Row): void {
  const configuration = configured(profiles);
  expect(answered(configuration, asked)).toBe(answer);
  const { client, resolver = NOWHERE, type = "A", down = [], ruled = {}, profile = "p" } = asked;
  const explained = explainer(loaded(configuration))({
    profile,
    client: { subnet: client, resolver },
    question: type,
    down,
    ruled,
  });
  expect(textOf(explained)).toBe(answer);
}

describe("multivalue", () => {
  const four = (keys = ""): string => `
  p: { method: multivalue, monitor: m, ${keys} endpoints: { a: { address: 192.0.2.1 }, b: { address: [192.0.2.2, "2001:db8::2"] }, c: { address: "2001:db8::3" }, d: { address: 192.0.2.4 } } }`;
  const three = four("maxAnswers: 3,");
  const standby = three.replace("c: { ", "c: { standby: true, ").replace("d: { ", "d: { standby: true, ");
  const all = ["p/a", "p/b", "p/c", "p/d"];
  const shared = `
  p: { method: multivalue, maxAnswers: 3, endpoints: { a: { address: 192.0.2.1 }, b: { address: [192.0.2.1, 192.0.2.2] } } }`;
  const inside = (method: string, q: string): string => `
  p: { method: ${method}, monitor: m, endpoints: { n: { profile: q }, z: { address: 192.0.2.9 } } }
  q: { method: multivalue, monitor: m, ${q} endpoints: { a: { address: 192.0.2.1 }, b: { address: 192.0.2.2 } } }`;
  test.for<Row>([
    ["all that have the type", three, {}, "192.0.2.1 192.0.2.2 192.0.2.4"],
    ["… of the other family", three, { type: "AAAA" }, "2001:db8::2 2001:db8::3"],
    ["… that are up", three, { down: ["p/b"] }, "192.0.2.1 192.0.2.4"],
    [
      "two by default, each in as many answers as any other",
      four(),
      {},
      "0.3333 192.0.2.1 192.0.2.2 | 0.3333 192.0.2.1 192.0.2.4 | 0.3333 192.0.2.2 192.0.2.4",
    ],
    ["one", four("maxAnswers: 1,"), {}, "0.3333 192.0.2.1 | 0.3333 192.0.2.2 | 0.3333 192.0.2.4"],
    ["more than there are", four("maxAnswers: 10,"), {}, "192.0.2.1 192.0.2.2 192.0.2.4"],
    ["an address of two of them once", shared, {}, "192.0.2.1 192.0.2.2"],
    ["a type that only hosts answer", three, { type: "HTTPS" }, "NODATA"],
    ["serveAll: as if all were up", three, { down: all }, "192.0.2.1 192.0.2.2 192.0.2.4"],
    ["serveAll: not those that are taken out", three, { down: all, ruled: { "p/a": "out" } }, "192.0.2.2 192.0.2.4"],
    ["another word for that", four("whenAllDown: servfail,"), { down: all }, "SERVFAIL"],
    ["standby ones are not among them", standby, {}, "192.0.2.1 192.0.2.2"],
    ["… but when no other is up", standby, { down: ["p/a", "p/b"] }, "192.0.2.4"],
    ["a type that standby ones alone have up", standby, { type: "AAAA", down: ["p/b"] }, "NODATA"],
    [
      "… with families: any",
      standby.replace("maxAnswers", "families: any, maxAnswers"),
      { type: "AAAA", down: ["p/b"] },
      "2001:db8::3",
    ],
    [
      "families: strict leaves nobody out",
      four("maxAnswers: 4, families: strict,"),
      {},
      "192.0.2.1 192.0.2.2 192.0.2.4",
    ],
    [
      "drain: an answer without it",
      three,
      { ruled: { "p/a": 0.25 } },
      "0.75 192.0.2.2 192.0.2.4 | 0.25 192.0.2.1 192.0.2.2 192.0.2.4",
    ],
    [
      "drain: of two, step by step",
      three,
      { ruled: { "p/a": 0.25, "p/b": 0.5 } },
      "0.5 192.0.2.4 | 0.25 192.0.2.1 192.0.2.2 192.0.2.4 | 0.25 192.0.2.2 192.0.2.4",
    ],
    [
      "drain: of all, the rest goes to the standby ones",
      standby,
      { ruled: { "p/a": 0.25, "p/b": 0.5 } },
      "0.5 192.0.2.4 | 0.25 192.0.2.1 192.0.2.2 | 0.25 192.0.2.2",
    ],
    [
      "drain: those that lack the type are answered for by the others",
      three,
      { type: "AAAA", ruled: { "p/b": 0.25, "p/c": 0.5 } },
      "0.5 2001:db8::2 2001:db8::3 | 0.5 2001:db8::3",
    ],
    [
      "drain: those that lack the type are answered for by the others, with strict too",
      four("maxAnswers: 3, families: strict,"),
      { type: "AAAA", ruled: { "p/b": 0.25, "p/c": 0.5 } },
      "0.5 2001:db8::2 2001:db8::3 | 0.5 2001:db8::3",
    ],
    ["nested in priority", inside("priority", ""), {}, "192.0.2.1 192.0.2.2"],
    ["nested in priority, all down", inside("priority", ""), { down: ["q/a", "q/b"] }, "192.0.2.9"],
    ["nested in weighted", inside("weighted", ""), {}, "0.5 192.0.2.1 192.0.2.2 | 0.5 192.0.2.9"],
    ["nested in subnet", inside("subnet", ""), {}, "192.0.2.1 192.0.2.2"],
    [
      "nested in geographic",
      inside("geographic", "")
        .replace("profile: q", "profile: q, regions: [FR]")
        .replace("2.9", "2.9, regions: [WORLD]"),
      { client: FR },
      "192.0.2.1 192.0.2.2",
    ],
    [
      "nested in performance",
      inside("performance", "").replace("profile: q", "profile: q, location: FR").replace("2.9", "2.9, location: US"),
      { client: FR },
      "192.0.2.1 192.0.2.2",
    ],
    [
      "nested, drained as one",
      inside("priority", ""),
      { ruled: { "p/n": 0.5 } },
      "0.5 192.0.2.1 192.0.2.2 | 0.5 192.0.2.9",
    ],
    [
      "nested, drained in itself",
      inside("priority", ""),
      { ruled: { "q/a": 0.25, "q/b": 0.5 } },
      "0.5 192.0.2.9 | 0.25 192.0.2.1 192.0.2.2 | 0.25 192.0.2.2",
    ],
  ])("%s", holds);
});

describe("subnet", () => {
  const p = `
  p: { method: subnet, monitor: m, endpoints: { wide: { address: 192.0.2.1, networks: [198.51.100.0/24, 10.0.0.0/8] }, few: { address: 192.0.2.2, networks: [198.51.100.1–198.51.100.9] }, others: { address: 192.0.2.3 }, spare: { address: 192.0.2.4 } } }`;
  test.for<Row>([
    ["the narrowest", p, { client: FR }, "192.0.2.2"],
    ["… then the wider", p, { client: FR, down: ["p/few"] }, "192.0.2.1"],
    ["… then one without networks", p, { client: FR, down: ["p/few", "p/wide"] }, "192.0.2.3"],
    ["beside the range", p, { client: "198.51.100.10" }, "192.0.2.1"],
    ["its last address", p, { client: "198.51.100.9" }, "192.0.2.2"],
    ["no network", p, { client: NOWHERE }, "192.0.2.3"],
    ["… and its spare", p, { client: NOWHERE, down: ["p/others"] }, "192.0.2.4"],
    ["a network of another family", p, { client: "2001:db8:f::1" }, "192.0.2.3"],
    ["no endpoint without networks", p.replace(/, others.*/, " } }"), { client: NOWHERE }, "NODATA"],
    ["a private network of the profile", p, { client: "10.1.1.1" }, "192.0.2.1"],
  ])("%s", holds);
});

describe("standby", () => {
  const weighted = `
  p: { method: weighted, monitor: m, endpoints: { s: { address: 192.0.2.1, standby: true }, a: { address: 192.0.2.2, weight: 3 }, b: { address: 192.0.2.3 }, t: { address: 192.0.2.4, standby: true, weight: 3 } } }`;
  const performance = `
  p: { method: performance, monitor: m, endpoints: { s: { address: 192.0.2.1, location: [0, 1], standby: true, networks: 10.0.0.0/8 }, a: { address: 192.0.2.2, location: [0, 50] }, b: { address: 192.0.2.3, location: [0, 20] } } }`;
  test.for<Row>([
    ["weighted: the others share", weighted, {}, "0.75 192.0.2.2 | 0.25 192.0.2.3"],
    ["weighted: as long as one of them is up", weighted, { down: ["p/a"] }, "192.0.2.3"],
    ["weighted: then by their weights", weighted, { down: ["p/a", "p/b"] }, "0.75 192.0.2.4 | 0.25 192.0.2.1"],
    ["weighted: all down", weighted, { down: ["p/a", "p/b", "p/s", "p/t"] }, "0.75 192.0.2.2 | 0.25 192.0.2.3"],
    ["performance: behind the farthest", performance, { client: EQUATOR, down: ["p/b"] }, "192.0.2.2"],
    ["performance: then it", performance, { client: EQUATOR, down: ["p/a", "p/b"] }, "192.0.2.1"],
    ["performance: not where its network holds the client", performance, { client: "10.1.1.1" }, "192.0.2.1"],
  ])("%s", holds);
});

describe("bias", () => {
  /** 10 and 12 degrees from the client. */
  const p = (a: number, b: number, keys = ""): string => `
  p: { method: performance, monitor: m, ${keys} endpoints: { a: { address: 192.0.2.1, location: [0, 10], bias: ${a} }, b: { address: 192.0.2.2, location: [0, 12], bias: ${b} } } }`;
  test.for<Row>([
    ["none", p(0, 0), { client: EQUATOR }, "192.0.2.1"],
    ["draws from afar", p(0, 30), { client: EQUATOR }, "192.0.2.2"],
    ["sends off", p(-30, 0), { client: EQUATOR }, "192.0.2.2"],
    ["both count", p(50, 50), { client: EQUATOR }, "192.0.2.1"],
    ["tolerance is of what counts", p(0, 16), { client: EQUATOR }, "0.5 192.0.2.1 | 0.5 192.0.2.2"],
    ["… which is not near without it", p(0, 16, "tolerance: 0%,"), { client: EQUATOR }, "192.0.2.1"],
    ["a client without a point", p(99, -99), { client: NOWHERE }, "0.5 192.0.2.1 | 0.5 192.0.2.2"],
  ])("%s", holds);
});

describe("trickle", () => {
  const a = "address: 192.0.2.1";
  const b = "address: 192.0.2.2";
  const p = (endpoints: string, keys = "method: priority,"): string =>
    `\n  p: { ${keys} monitor: m, endpoints: { ${endpoints} } }`;
  const two = p(`a: { ${a} }, b: { ${b}, trickle: 10% }`);
  const three = p(`a: { ${a} }, b: { ${b}, trickle: 10% }, c: { address: 192.0.2.3, trickle: 20% }`);
  const standby = p(
    `a: { ${a}, weight: 3 }, b: { ${b} }, s: { address: 192.0.2.3, standby: true, trickle: 20% }`,
    "method: weighted,",
  );
  const near = p(
    `a: { ${a}, location: [0, 1], trickle: 5% }, b: { ${b}, location: [0, 50], trickle: 10% }`,
    "method: performance,",
  );
  const both = 'address: [192.0.2.1, "2001:db8::1"]';
  const lacking = (families: string): string =>
    p(`a: { ${both} }, b: { ${b}, trickle: 10% }`, `method: priority, families: ${families},`);
  const behind = (families: string): string =>
    p(`a: { ${a} }, b: { ${both}, trickle: 10% }`, `method: priority, families: ${families},`);
  const nested = (q: string): string =>
    `${p(`a: { ${a} }, n: { profile: q, trickle: 10% }`)}\n  q: { ${q} monitor: m, endpoints: { x: { ${b} }, y: { host: h.example.net } } }`;
  test.for<Row>([
    ["priority: a part while the first is up", two, {}, "0.9 192.0.2.1 | 0.1 192.0.2.2"],
    ["… all when it is not", two, { down: ["p/a"] }, "192.0.2.2"],
    ["… none while it is down itself", two, { down: ["p/b"] }, "192.0.2.1"],
    ["… none when all are", two, { down: ["p/a", "p/b"] }, "192.0.2.1"],
    ["each of several", three, {}, "0.7 192.0.2.1 | 0.2 192.0.2.3 | 0.1 192.0.2.2"],
    ["… of those behind", three, { down: ["p/a"] }, "0.8 192.0.2.2 | 0.2 192.0.2.3"],
    ["weighted: standby", standby, {}, "0.6 192.0.2.1 | 0.2 192.0.2.2 | 0.2 192.0.2.3"],
    ["performance: of the farther", near, { client: EQUATOR }, "0.9 192.0.2.1 | 0.1 192.0.2.2"],
    ["performance: nobody is farther", near, { client: NOWHERE }, "0.5 192.0.2.1 | 0.5 192.0.2.2"],
    ["drain: of what is left to it", two, { ruled: { "p/b": 0.5 } }, "0.95 192.0.2.1 | 0.05 192.0.2.2"],
    ["drain: of the first, whose clients reach it", two, { ruled: { "p/a": 0.25 } }, "0.75 192.0.2.2 | 0.25 192.0.2.1"],
    [
      "drain: of the first, to the second",
      three,
      { ruled: { "p/a": 0.5 } },
      "0.4 192.0.2.1 | 0.4 192.0.2.2 | 0.2 192.0.2.3",
    ],
    ["out", two, { ruled: { "p/b": "out" } }, "192.0.2.1"],
    ["up", two, { ruled: { "p/b": "up" }, down: ["p/b"] }, "0.9 192.0.2.1 | 0.1 192.0.2.2"],
    ["a type that it lacks: the chosen answer", lacking("tier"), { type: "AAAA" }, "2001:db8::1"],
    ["… strict", lacking("strict"), { type: "AAAA" }, "0.9 2001:db8::1 | 0.1 NODATA"],
    ["a type that the chosen lack", behind("tier"), { type: "AAAA" }, "0.9 NODATA | 0.1 2001:db8::1"],
    ["… any: it is a later tier too", behind("any"), { type: "AAAA" }, "2001:db8::1"],
    ["a type that nobody has", two, { type: "AAAA" }, "NODATA"],
    [
      "nested: what it decides",
      nested("method: weighted,"),
      {},
      "0.9 192.0.2.1 | 0.05 192.0.2.2 | 0.05 CNAME h.example.net",
    ],
    [
      "nested: a host for every type",
      nested("method: weighted,"),
      { type: "HTTPS" },
      "0.95 NODATA | 0.05 CNAME h.example.net",
    ],
    ["nested: not while it serves what is down", nested("method: weighted,"), { down: ["q/x", "q/y"] }, "192.0.2.1"],
    ["nested: its own word", nested("method: weighted, whenAllDown: nodata,"), { down: ["q/x", "q/y"] }, "192.0.2.1"],
  ])("%s", holds);
});
