/** Small configurations, each one case of a kind that was wrong once: the model, explain and the server hold to it. */
import { describe, expect, test } from "vitest";
import { testAnswerer } from "../support/answerer.ts";
import { answered, configured, EQUATOR, FR, NOWHERE, textOf, type Case } from "./asked.ts";
import { asked, explainer, loaded } from "./engine.ts";

describe("cases", () => {
  const networks = `
geoip: { networks: { fr: { cidrs: 198.51.100.0/24, location: FR }, de: { cidrs: 192.0.2.0/24, location: DE }, o: { cidrs: 203.0.113.0/24, location: [0, 0] } } }`;
  const profiles = `
  a: { method: weighted, endpoints: { n: { profile: ac }, v6: { address: "2001:db8::2", weight: 99 } } }
  ac: { method: priority, endpoints: { x: { address: [192.0.2.1, "2001:db8::1"] }, spare: { host: spare.example.net } } }
  b: { method: priority, endpoints: { n: { profile: bc }, both: { address: [192.0.2.2, "2001:db8::2"] } } }
  b-any: { method: priority, families: any, endpoints: { n: { profile: bc }, both: { address: [192.0.2.2, "2001:db8::2"] } } }
  bc: { method: priority, monitor: m, endpoints: { v4: { address: 192.0.2.1 }, v6: { address: "2001:db8::1" } } }
  c: { method: geographic, monitor: m, endpoints: { hq: { address: 192.0.2.1, networks: [10.0.0.0/8] }, off: { address: 192.0.2.2, networks: [10.20.0.0/16], enabled: false }, lab: { address: 192.0.2.3, networks: [10.30.0.0/16] }, w: { address: 192.0.2.9, regions: [WORLD] } } }
  d: { method: geographic, monitor: m, whenRegionDown: serve, endpoints: { hq: { address: 192.0.2.1, networks: [10.0.0.0/8] }, w: { address: 192.0.2.9, regions: [WORLD] } } }
  e: { method: performance, endpoints: { old: { address: 192.0.2.1, location: [0, 10], enabled: false }, a: { address: 192.0.2.2, location: [0, 10.4] }, b: { address: 192.0.2.3, location: [0, 10.6] } } }
  f: { method: geographic, whenRegionDown: nearest, endpoints: { fr: { address: 192.0.2.1, regions: [FR], enabled: false }, us: { address: 192.0.2.2, regions: [US] } } }
  g: { method: priority, endpoints: { n: { profile: gc, minHealthyIPv6: 1 }, v6: { address: "2001:db8::2" } } }
  gc: { method: priority, endpoints: { i: { profile: bc } } }
  h: { method: geographic, endpoints: { hq: { address: 192.0.2.7, networks: ["2001:db8:20::/48"] }, w: { address: 192.0.2.9, regions: [WORLD] } } }
  i: { method: priority, endpoints: { n: { profile: ic }, w: { address: [192.0.2.2, "2001:db8::2"] } } }
  ic: { method: geographic, monitor: m, whenRegionDown: nodata, endpoints: { de: { address: 192.0.2.1, regions: [DE] }, fr: { address: 192.0.2.3, regions: [FR] } } }`;
  const configuration = configured(profiles, networks);
  const config = loaded(configuration);
  const explain = explainer(config);
  test.for<[what: string, question: Case, answer: string]>([
    ["a: a share of IPv6 alone goes to addresses, and draws no spare", { profile: "a", client: FR }, "192.0.2.1"],
    [
      "b: what is down answers nobody for want of a family",
      { profile: "b", client: FR, type: "AAAA", down: ["bc/v6"] },
      "NODATA",
    ],
    ["b: families: any", { profile: "b-any", client: FR, type: "AAAA", down: ["bc/v6"] }, "2001:db8::2"],
    ["c: the network of a disabled endpoint is not there", { profile: "c", client: "10.20.1.1" }, "192.0.2.1"],
    ["c: the wider network is next", { profile: "c", client: "10.30.1.1", down: ["c/lab"] }, "192.0.2.1"],
    [
      "d: serve answers an override whatever its health",
      { profile: "d", client: "10.1.1.1", down: ["d/hq"] },
      "192.0.2.1",
    ],
    ["e: a disabled endpoint sets no tolerance", { profile: "e", client: EQUATOR }, "0.5 192.0.2.2 | 0.5 192.0.2.3"],
    ["f: the region of a disabled endpoint is not there", { profile: "f", client: FR }, "NODATA"],
    [
      "g: minHealthyIPv6 counts what is up, at any depth",
      { profile: "g", client: FR, type: "AAAA", down: ["bc/v6"] },
      "2001:db8::2",
    ],
    ["g: all up", { profile: "g", client: FR, type: "AAAA" }, "NODATA"],
    ["i: a region", { profile: "i", client: FR }, "192.0.2.3"],
    ["i: a region that is down keeps its clients", { profile: "i", client: FR, down: ["ic/fr"] }, "NODATA"],
    ["i: so it does without the type", { profile: "i", client: FR, type: "AAAA" }, "NODATA"],
    ["i: not where no region is eligible", { profile: "i", client: FR, down: ["ic/fr", "ic/de"] }, "192.0.2.2"],
    ["i: nor for clients without a region", { profile: "i", client: NOWHERE }, "192.0.2.2"],
  ])("%s", ([, question, answer]) => {
    expect(answered(configuration, question)).toBe(answer);
    const { client, type = "A", down = [], profile } = question;
    const explained = explain({
      profile: profile!,
      client: { subnet: client, resolver: NOWHERE },
      question: type,
      down,
      ruled: {},
    });
    expect(textOf(explained)).toBe(answer);
  });

  test("a resolver is covered where no subnet is, and a private subnet is its resolver's", () => {
    const rules = {
      eu: { clients: "EU", profiles: "p", require: { j: "EU" }, unknownClients: "free", resolverOnly: "fence" },
    } as const;
    const fenced = {
      geoip: { networks: { all: { cidrs: "::/0", location: "DE" } } },
      profiles: {
        p: {
          method: "priority",
          endpoints: {
            us: { address: "192.0.2.1", labels: { j: "US" } },
            eu: { address: "192.0.2.2", labels: { j: "EU" } },
          },
        },
      },
      residency: rules,
    } as const;
    // 6to4 of 10.20.1.1.
    const client = { subnet: "2002:a14:101::/56", resolver: NOWHERE };
    const explained = explainer(loaded(fenced))({ profile: "p", client, question: "A", down: [], ruled: {} });
    expect(textOf(explained)).toBe("192.0.2.2");
    expect(asked(testAnswerer(loaded(fenced)), "p", "A", client).answer).toBe("192.0.2.2");
  });

  test("h: scope 0 is for all clients, and IPv6 has other candidates", () => {
    const told = asked(testAnswerer(config), "h", "A", { subnet: `${FR}/24`, resolver: NOWHERE });
    expect(told).toMatchObject({ answer: "192.0.2.9", scope: 6 });
  });
});
