/** The order of the addresses in an answer: docs/steering.md section 7. */
import { expect, test } from "vitest";
import { testAnswerer } from "../../support/answerer.ts";
import { ZONE, type ProfileSpec } from "../../support/snapshot.ts";

const AAAA = 28;
const three: ProfileSpec = {
  endpoints: { a: { address: ["192.0.2.1", "192.0.2.2", "192.0.2.3", "2001:db8::1", "2001:db8::2"] } },
};
const many = Array.from({ length: 40 }, (_, i) => `192.0.2.${i}`);

function asker(profiles: Readonly<Record<string, ProfileSpec>>) {
  const server = testAnswerer({ profiles });
  return (name: string, type = 1): readonly string[] => {
    const { message } = server.ask({ name: `${name}.${ZONE}`, type, edns: {} });
    return message!.answers.map((line) => line.split(/[ .:]/).at(-1)!);
  };
}

test("rotate: each comes first in turn, and the others follow as written", () => {
  const ask = asker({ p: three });
  expect([1, 2, 3, 4].map(() => ask("p").join(""))).toEqual(["123", "231", "312", "123"]);
});

test("rotate: types are counted apart", () => {
  const ask = asker({ p: three });
  expect([1, 2, 3].map(() => `${ask("p").join("")} ${ask("p", AAAA).join("")}`)).toEqual([
    "123 12",
    "231 21",
    "312 12",
  ]);
});

test("rotate: so are endpoints", () => {
  const ask = asker({ p: { ...three, method: "weighted" }, q: three });
  expect([ask("p"), ask("q"), ask("p"), ask("q")].map((all) => all.join(""))).toEqual(["123", "123", "231", "231"]);
});

test("rotate: a long list too", () => {
  const ask = asker({ p: { endpoints: { a: { address: many } } } });
  const firsts = many.map(() => {
    const all = ask("p");
    expect(all.toSorted()).toEqual(many.map((address) => address.split(".").at(-1)!).toSorted());
    return all[0];
  });
  expect(new Set(firsts).size).toBe(many.length);
});

test("fixed: as written", () => {
  const ask = asker({ p: { ...three, order: "fixed" } });
  expect([1, 2, 3].map(() => ask("p").join(""))).toEqual(["123", "123", "123"]);
});

test("the asked profile says, not one that is nested in it", () => {
  const ask = asker({ p: { order: "fixed", endpoints: { n: { nested: "q" } } }, q: three });
  expect([1, 2].map(() => ask("p").join(""))).toEqual(["123", "123"]);
  expect([1, 2].map(() => ask("q").join(""))).toEqual(["123", "231"]);
});

test("behind an alias the addresses rotate, and the CNAME record stays before them", () => {
  const ask = asker({ p: { endpoints: { a: { host: `q.${ZONE}` } } }, q: three });
  expect([1, 2].map(() => ask("p"))).toEqual([
    ["com", "1", "2", "3"],
    ["com", "2", "3", "1"],
  ]);
});

test("what is the same after another endpoint has been up begins anew", () => {
  const server = testAnswerer({ profiles: { p: { ...three, endpoints: { ...three.endpoints, b: {} } } } });
  const first = (): string =>
    server
      .ask({ name: `p.${ZONE}` })
      .message!.answers[0]!.split(" ")
      .at(-1)!;
  expect([first(), first()]).toEqual(["192.0.2.1", "192.0.2.2"]);
  server.set("p/b", "degraded");
  expect([first(), first()]).toEqual(["192.0.2.1", "192.0.2.2"]);
});
