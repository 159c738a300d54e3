/**
 * Resolvers that tell client subnets (RFC 7871) keep geosteer's answers for the networks that its scopes say: one query
 * for all clients of a network with the same candidates, another for the next.
 */
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { everyKindOfName, fullName } from "./every-kind-of-name.ts";
import { powerdnsRecursor } from "./resolvers/powerdns-recursor.ts";
import type { Resolver } from "./resolvers/resolver.ts";
import { startResolver } from "./resolvers/start-resolver.ts";
import { controlSocket, unbound } from "./resolvers/unbound.ts";
import { dig, type Reply } from "./scene/dig.ts";
import { nameserverAddresses, startGeosteer, type Geosteer } from "./scene/geosteer.ts";
import { has } from "./scene/has.ts";
import { startParent } from "./scene/parent.ts";
import { run, useScene, type Scene } from "./scene/scene.ts";

/** Third and fourth octet of a client's address. */
type Host = readonly [third: number, fourth: number];

/** Two of each network: america has 0.0/20, europe 16.0/20, world what is around them. */
const CLIENTS: readonly Host[] = [
  [1, 5],
  [9, 5],
  [17, 5],
  [30, 5],
  [100, 5],
  [101, 5],
];
const [AMERICA, EUROPE, WORLD] = ["A 192.0.2.22", "A 192.0.2.21", "A 192.0.2.23"];

for (const resolver of [unbound, powerdnsRecursor]) {
  describe.runIf(has(resolver.program))(`${resolver.name} with client subnets`, () => {
    const cast = useScene((scene) => stage(scene, resolver));
    const ask = askOf(cast);

    test("a profile that looks at places is asked for once in each of its networks", async () => {
      const asked: string[] = [];
      for (const host of CLIENTS) {
        const { reply, from } = await ask(host, fullName("near"), "A");
        asked.push(`${reply.answer.join()} from ${from}`);
      }
      expect(asked).toEqual([
        `${AMERICA} from geosteer`,
        `${AMERICA} from cache`,
        `${EUROPE} from geosteer`,
        `${EUROPE} from cache`,
        `${WORLD} from geosteer`,
        `${WORLD} from cache`,
      ]);
    });

    test.for([
      ["a profile that does not look at places", "addresses", "A", "A 192.0.2.1"],
      ["a host", "host", "CNAME", "CNAME app.example.net."],
      ["a static record", "mail", "A", "A 192.0.2.25"],
      ["a wildcard", "any.wild", "TXT", 'TXT "from the wildcard"'],
      ["a type that a profile does not have", "near", "MX", ""],
      ["a name that does not exist", "missing", "A", ""],
    ] as const)("%s is asked for once for all clients", async ([, name, type, answer]) => {
      const asked: string[] = [];
      for (const host of CLIENTS) {
        const { reply, from } = await ask(host, fullName(name), type);
        asked.push(`${reply.answer.join()} from ${from}`);
      }
      expect(asked).toEqual(CLIENTS.map((_, i) => `${answer} from ${i === 0 ? "geosteer" : "cache"}`));
    });

    test.for([
      ["2001:db8:a::/48", AMERICA, "geosteer"],
      ["2001:db8:a:700::/56", AMERICA, "cache"],
      ["2001:db8:b:700::/56", EUROPE, "geosteer"],
      ["2001:db8:b::/48", EUROPE, "cache"],
      ["2001:db8:c::/48", WORLD, "geosteer"],
    ] as const)("a client that tells its subnet %s gets %s from %s", async ([subnet, answer, wanted]) => {
      const { reply, from } = await ask([53, 30], fullName("near"), "A", `+subnet=${subnet}`);
      expect([reply.answer, from]).toEqual([[answer], wanted]);
    });

    test("a client that gets no records keeps them from others for seconds at most", async () => {
      const [american, european] = [CLIENTS[0]!, CLIENTS[2]!];
      expect((await ask(american, fullName("european"), "A")).reply.answer).toEqual([]);
      // Some resolvers have one cache of negative answers for everybody: until then they may say the same to others.
      await setTimeout(3000);
      expect((await ask(european, fullName("european"), "A")).reply.answer).toEqual(["A 192.0.2.24"]);
    });

    test("an answer for all of one family is none for the other", async () => {
      expect((await ask([1, 5], fullName("split"), "A")).reply.answer).toEqual(["A 192.0.2.27"]);
      const { reply } = await ask([53, 30], fullName("split"), "A", "+subnet=2001:db8:a::/56");
      expect(reply.answer).toEqual(["A 192.0.2.26"]);
    });

    test("a client that tells /0 gets the answer for the resolver's own place", async () => {
      // RFC 7871 section 7.1.2: a source prefix length of 0 asks servers not to look at the client's address.
      const { reply } = await ask([1, 5], fullName("near"), "A", "+subnet=0.0.0.0/0");
      expect(reply.answer).toEqual([EUROPE]);
    });
  });
}

describe.runIf(has("unbound", "unbound-control"))("Unbound's cache of subnets", () => {
  const cast = useScene((scene) => stage(scene, unbound));
  const ask = askOf(cast);

  test("hands the scope of a kept answer to its client", async () => {
    const network = cast().scene.network(3, 24);
    await ask([53, 30], fullName("near"), "A", `+subnet=${network}`);
    const { reply, from } = await ask([53, 30], fullName("near"), "A", `+subnet=${network}`);
    expect(from).toBe("cache");
    expect(reply.edns).toContain(`CLIENT-SUBNET: ${network}/20`);
  });

  test("counts the answers that it had", async () => {
    await ask([53, 30], fullName("near"), "A", "+subnet=2001:db8:a::/48");
    const before = await hits();
    await ask([53, 30], fullName("near"), "A", "+subnet=2001:db8:a:900::/56");
    expect(await hits()).toBe(before + 1);
  });

  async function hits(): Promise<number> {
    const { stdout } = await run("unbound-control", ["-s", controlSocket(cast().scene.folder), "stats_noreset"]);
    return Number(/^num\.query\.subnet_cache=(\d+)$/m.exec(stdout)![1]);
  }
});

interface Cast {
  readonly scene: Scene;
  readonly geosteer: Geosteer;
  /** Of the resolver. */
  readonly address: string;
}

async function stage(scene: Scene, resolver: Resolver): Promise<Cast> {
  const parent = await startParent(scene, nameserverAddresses(scene));
  const geosteer = await startGeosteer(scene, everyKindOfName(scene, parent.address));
  return { scene, geosteer, address: await startResolver(scene, resolver, parent, { clientSubnets: true }) };
}

interface Asked {
  readonly reply: Reply;
  /** Whether geosteer was asked, or the resolver knew. */
  readonly from: "geosteer" | "cache";
}

/** Asks the resolver as the client at an address of the scene. */
function askOf(cast: () => Cast): (host: Host, ...args: string[]) => Promise<Asked> {
  return async (host, ...args) => {
    const { scene, address, geosteer } = cast();
    const before = await geosteer.queries();
    const reply = await dig(address, "-b", scene.address(...host), ...args);
    return { reply, from: (await geosteer.queries()) === before ? "cache" : "geosteer" };
  };
}
