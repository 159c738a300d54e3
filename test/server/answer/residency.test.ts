/** Residency rules on the way of a query: what a client gets, what is counted for it, and whom the answer may be kept for. */
import { describe, expect, test } from "vitest";
import { testAnswerer } from "../../support/answerer.ts";
import { clientSubnet } from "../../support/query-packet.ts";
import { ZONE, type SnapshotSpec } from "../../support/snapshot.ts";

const eu = { labels: { jurisdiction: "EU" } };
const a = { address: ["192.0.2.10"] };
const b = { address: ["192.0.2.20", "2001:db8::20"], ...eu };
const rule = { clients: ["EU"], unknown: false, require: { jurisdiction: ["EU"] } };

const world: SnapshotSpec = {
  networks: {
    de: { cidrs: ["198.51.100.0/24"], country: "DE" },
    fr: { cidrs: ["198.51.101.0/24"], country: "FR" },
    us: { cidrs: ["203.0.113.0/24"], country: "US" },
    office: { cidrs: ["10.20.0.0/16"], country: "US" },
  },
  profiles: {
    shop: { endpoints: { a, b } },
    only: { endpoints: { a } },
    around: { endpoints: { n: { nested: "only" }, b } },
    sorry: {
      endpoints: { b },
      whenAllDown: { action: "fallback", target: { kind: "host", host: "sorry.example.net" } },
    },
    never: { names: [`never.${ZONE}`], enabled: false, endpoints: { a } },
    free: { endpoints: { a } },
  },
  residency: {
    eu: { ...rule, profiles: ["shop", "around", "never", "sorry"] },
    hq: { clients: ["office"], unknown: false, forbid: { jurisdiction: ["EU"] }, profiles: ["shop"] },
    fr: { ...rule, clients: ["FR"], profiles: ["only"], whenNoneCompliant: "servfail" },
  },
};

/** What is answered, then what is counted for it, the query aside. */
function asked(name: string, subnet: string | undefined, down: readonly string[] = []): readonly string[] {
  const server = testAnswerer(world);
  for (const endpoint of down) server.set(endpoint, "degraded");
  const ecs = subnet === undefined ? {} : { ecs: clientSubnet(subnet) };
  const { message, counted } = server.ask({ name: `${name}.${ZONE}`, type: 1, ...ecs }, { peer: "203.0.113.53" });
  const { rcode, answers, edns } = message!;
  const scope = edns?.ecs?.split(" ")[2];
  const answer =
    answers.map((line) => line.split(" ").at(-1)!).join(" ") || ["NODATA", "", "SERVFAIL", "NXDOMAIN"][rcode]!;
  return [
    scope === undefined ? answer : `${answer} /${scope}`,
    ...counted.filter((label) => !label.startsWith("query ") && !label.startsWith("event ")),
  ];
}

describe("a query of a client", () => {
  test.for<
    [what: string, name: string, subnet: string | undefined, found: readonly string[], down?: readonly string[]]
  >([
    [
      "whom a rule covers: the endpoint that complies, and the rule is counted",
      "shop",
      "198.51.100.0/24",
      ["192.0.2.20 /23", "decision shop/b preferred", "filtered shop eu"],
    ],
    ["whom no rule covers", "shop", "203.0.113.0/24", ["192.0.2.10 /5", "decision shop/a preferred"]],
    [
      "in an own network inside a private one: other endpoints",
      "shop",
      "10.20.1.0/24",
      ["192.0.2.10 /16", "decision shop/a preferred", "filtered shop hq"],
    ],
    ["by its resolver, which no rule covers", "shop", undefined, ["192.0.2.10", "decision shop/a preferred"]],
    [
      "for whom nothing is left, by the first rule that has removed something",
      "only",
      "198.51.101.0/24",
      ["NODATA /24", "decision only/- fenced", "filtered only eu", "filtered only fr"],
    ],
    [
      "from whom a rule of a nested profile has taken something: the asked profile is counted",
      "around",
      "198.51.100.0/24",
      ["192.0.2.20 /24", "decision around/b preferred", "filtered around eu"],
    ],
    [
      "who would get a fallback that does not comply: nothing was removed until then",
      "sorry",
      "198.51.100.0/24",
      ["NODATA /23", "decision sorry/- fenced"],
      ["sorry/b"],
    ],
    ["of a profile out of service", "never", "198.51.100.0/24", ["NXDOMAIN /0", "decision never/- out-of-service"]],
    ["of a profile without rules", "free", "198.51.100.0/24", ["192.0.2.10 /0", "decision free/a preferred"]],
  ])("%s", ([, name, subnet, found, down]) => {
    expect(asked(name, subnet, down)).toEqual(found);
  });

  test("who gets the word of one rule, beside another who gets that of the other", () => {
    const server = testAnswerer({
      networks: world.networks!,
      profiles: {
        p: {
          method: "geographic",
          whenAllDown: { action: "fallback", target: { kind: "host", host: "sorry.example.net" } },
          endpoints: {
            a: { ...b, networks: ["198.51.101.0/24"] },
            b: { ...a, labels: { tier: "2" }, regions: ["WORLD"] },
          },
        },
      },
      residency: {
        one: { forbid: { tier: ["2"] }, whenNoneCompliant: "servfail" },
        two: { require: { jurisdiction: ["EU"] } },
      },
    });
    server.set("p/a", "degraded");
    const rcodes = ["198.51.100.0/24", "198.51.101.0/24", "198.51.100.0/24"].map((subnet) => {
      const { message, counted } = server.ask({ name: `p.${ZONE}`, type: 1, ecs: clientSubnet(subnet) });
      expect(counted).toContain("decision p/- fenced");
      return message!.rcode;
    });
    expect(rcodes).toEqual([2, 0, 2]);
  });
});

test("a fenced answer says Blocked, where the type may be answered at all", () => {
  const server = testAnswerer(world);
  const { message } = server.ask({ name: `only.${ZONE}`, type: 1, ecs: clientSubnet("198.51.100.0/24") });
  expect(message!.edns!.ede).toBe(15);
});
