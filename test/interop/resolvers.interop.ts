/** Resolvers find geosteer from the root down, and get every kind of name from it. */
import { describe, expect, test } from "vitest";
import { EXPECTATIONS, everyKindOfName, fullName } from "./every-kind-of-name.ts";
import { startResolver } from "./resolvers/start-resolver.ts";
import { resolvers } from "./resolvers/table.ts";
import { dig } from "./scene/dig.ts";
import { nameserverAddresses, startGeosteer } from "./scene/geosteer.ts";
import { has } from "./scene/has.ts";
import { startParent } from "./scene/parent.ts";
import { until, useScene } from "./scene/scene.ts";

for (const resolver of resolvers) {
  describe.runIf(has(resolver.program))(`${resolver.name} resolves`, () => {
    const cast = useScene(async (scene) => {
      const parent = await startParent(scene, nameserverAddresses(scene));
      const geosteer = await startGeosteer(scene, everyKindOfName(scene, parent.address));
      return { geosteer, address: await startResolver(scene, resolver, parent) };
    });

    test.for(EXPECTATIONS)("%s: %s %s", async ([, name, type, answer]) => {
      const reply = await dig(cast().address, fullName(name), type);
      const wanted = typeof answer === "string" ? { status: answer, answer: [] } : { status: "NOERROR", answer };
      expect({ status: reply.status, answer: new Set(reply.answer) }, reply.text).toEqual({
        status: wanted.status,
        answer: new Set(wanted.answer),
      });
    });

    test("both endpoints of a weighted profile without a TTL", async () => {
      const seen = new Set<string | undefined>();
      const hasBoth = async (): Promise<boolean> => {
        seen.add((await dig(cast().address, fullName("weighted"), "A")).answer[0]);
        return seen.size === 2;
      };
      // Knot Resolver keeps such an answer to the end of the second. Twenty alike happen once in a million runs.
      await until(hasBoth, 20_000, () => `both of ${[...seen].join()}`);
      expect(seen).toEqual(new Set(["A 192.0.2.11", "A 192.0.2.12"]));
    });

    test("the address that is first, whether or not IPv6 was asked for before", async () => {
      // RFC 1034 section 3.6.2: a CNAME record is for all types, so resolvers answer A queries with one that an AAAA
      // query has brought.
      const ipv6 = await dig(cast().address, fullName("mixed"), "AAAA");
      const ipv4 = await dig(cast().address, fullName("mixed"), "A");
      expect([ipv6.answer, ipv4.answer]).toEqual([[], ["A 192.0.2.71"]]);
    });

    test("a name in the case that the client has written", async () => {
      const reply = await dig(cast().address, "ADdreSSes.gTm.EXample.com", "A");
      expect(reply.question).toBe("ADdreSSes.gTm.EXample.com. IN A");
      expect(reply.answer).toEqual(["A 192.0.2.1"]);
    });

    test("from its cache what it has asked before", async () => {
      await dig(cast().address, fullName("addresses"), "A");
      const before = await cast().geosteer.queries();
      await dig(cast().address, fullName("addresses"), "A");
      expect(await cast().geosteer.queries()).toBe(before);
    });

    test("long answers over TCP", async () => {
      // Whether or not the test above has asked already.
      await dig(cast().address, fullName("long"), "TXT");
      expect(await cast().geosteer.queries({ transport: "tcp" })).toBeGreaterThan(0);
    });
  });
}
