import { Packet } from "dns2";
import { describe, expect, test } from "vitest";
import { a, ns, replyOf, set, soaOf, type Row } from "../../support/answer-rows.ts";
import { testAnswerer } from "../../support/answerer.ts";
import { clientSubnet } from "../../support/query-packet.ts";
import { ZONE, zoneOf } from "../../support/snapshot.ts";

const { AAAA, CNAME, MX, ANY } = Packet.TYPE;
const { NXDOMAIN } = Packet.RCODE;

const cname = (owner: string, target: string) => set(owner, `CNAME ${target}`);

/** RFC 1034 section 4.3.2, step 3a: the search goes on at the target. */
describe("a CNAME inside our zones", () => {
  const OTHER = "other.example.net";
  const chain = Array.from({ length: 14 }, (_, i) => cname(`c${i}.${ZONE}`, `c${i + 1}.${ZONE}`));
  const server = testAnswerer({
    networks: { germany: { cidrs: ["10.0.0.0/8"], country: "DE" } },
    profiles: {
      geo: {
        method: "geographic",
        endpoints: {
          de: { address: ["192.0.2.49"], regions: ["DE"] },
          world: { address: ["192.0.2.1"], regions: ["WORLD"] },
        },
      },
      shop: { ttl: 20, endpoints: { own: { host: `www.${ZONE}` } } },
      away: { endpoints: { cdn: { host: "edge.example.org" } } },
      round: { endpoints: { self: { host: `round2.${ZONE}` } } },
      off: { enabled: false, endpoints: { a: {} } },
    },
    zones: [
      zoneOf(ZONE, [
        a(`www.${ZONE}`, "192.0.2.80"),
        set(`www.${ZONE}`, "MX 10 mail.example.org"),
        cname(`one.${ZONE}`, `www.${ZONE}`),
        cname(`two.${ZONE}`, `one.${ZONE}`),
        cname(`steered.${ZONE}`, `geo.${ZONE}`),
        cname(`out.${ZONE}`, "www.example.org"),
        cname(`gone.${ZONE}`, `nothing.here.${ZONE}`),
        cname(`closed.${ZONE}`, `off.${ZONE}`),
        cname(`across.${ZONE}`, `host.${OTHER}`),
        cname(`missing.${ZONE}`, `x.${OTHER}`),
        cname(`self.${ZONE}`, `self.${ZONE}`),
        cname(`tick.${ZONE}`, `tock.${ZONE}`),
        cname(`tock.${ZONE}`, `tick.${ZONE}`),
        cname(`round2.${ZONE}`, `round.${ZONE}`),
        cname(`*.wild.${ZONE}`, `www.${ZONE}`),
        cname(`towild.${ZONE}`, `any.thing.wild.${ZONE}`),
        cname(`below.${ZONE}`, `x.lab.${ZONE}`),
        ns(`lab.${ZONE}`, `ns.lab.${ZONE}`),
        a(`ns.lab.${ZONE}`, "192.0.2.54"),
        ...chain,
        a(`c14.${ZONE}`, "192.0.2.14"),
      ]),
      zoneOf(OTHER, [a(`host.${OTHER}`, "192.0.2.90")]),
    ],
  });

  test.for<Row>([
    [
      "is followed to its data",
      { name: `one.${ZONE}` },
      { answers: [`one.${ZONE} 300 CNAME www.${ZONE}`, `www.${ZONE} 300 A 192.0.2.80`] },
      ["query - A NOERROR"],
    ],
    [
      "is followed for any type",
      { name: `one.${ZONE}`, type: MX },
      { answers: [`one.${ZONE} 300 CNAME www.${ZONE}`, `www.${ZONE} 300 MX 10 mail.example.org`] },
      ["query - MX NOERROR"],
    ],
    [
      "is followed over several steps",
      { name: `two.${ZONE}` },
      {
        answers: [
          `two.${ZONE} 300 CNAME one.${ZONE}`,
          `one.${ZONE} 300 CNAME www.${ZONE}`,
          `www.${ZONE} 300 A 192.0.2.80`,
        ],
      },
      ["query - A NOERROR"],
    ],
    [
      "is not followed where it is what was asked for",
      { name: `two.${ZONE}`, type: CNAME },
      { answers: [`two.${ZONE} 300 CNAME one.${ZONE}`] },
      ["query - CNAME NOERROR"],
    ],
    [
      "is not followed for ANY",
      { name: `two.${ZONE}`, type: ANY },
      { answers: [`two.${ZONE} 300 CNAME one.${ZONE}`] },
      ["query - ANY NOERROR"],
    ],
    [
      "is followed to NODATA",
      { name: `one.${ZONE}`, type: AAAA },
      { answers: [`one.${ZONE} 300 CNAME www.${ZONE}`], authority: [soaOf(ZONE)] },
      ["query - AAAA NOERROR"],
    ],
    [
      "is followed to NXDOMAIN (RFC 6604 section 3)",
      { name: `gone.${ZONE}` },
      { rcode: NXDOMAIN, answers: [`gone.${ZONE} 300 CNAME nothing.here.${ZONE}`], authority: [soaOf(ZONE)] },
      ["query - A NXDOMAIN"],
    ],
    [
      "is followed into another zone of ours",
      { name: `across.${ZONE}` },
      { answers: [`across.${ZONE} 300 CNAME host.${OTHER}`, `host.${OTHER} 300 A 192.0.2.90`] },
      ["query - A NOERROR"],
    ],
    [
      "has the SOA of the zone where it ends",
      { name: `missing.${ZONE}` },
      { rcode: NXDOMAIN, answers: [`missing.${ZONE} 300 CNAME x.${OTHER}`], authority: [soaOf(OTHER)] },
      ["query - A NXDOMAIN"],
    ],
    [
      "is not followed out of our zones",
      { name: `out.${ZONE}` },
      { answers: [`out.${ZONE} 300 CNAME www.example.org`] },
      ["query - A NOERROR"],
    ],
    [
      "is followed to a profile, which decides",
      { name: `steered.${ZONE}` },
      { answers: [`steered.${ZONE} 300 CNAME geo.${ZONE}`, `geo.${ZONE} 60 A 192.0.2.1`] },
      ["query geo A NOERROR", "decision geo/world preferred"],
    ],
    [
      "of a profile is followed to static data",
      { name: `shop.${ZONE}` },
      { answers: [`shop.${ZONE} 20 CNAME www.${ZONE}`, `www.${ZONE} 300 A 192.0.2.80`] },
      ["query shop A NOERROR", "decision shop/own preferred"],
    ],
    [
      "of a profile is not followed where it is what was asked for",
      { name: `shop.${ZONE}`, type: CNAME },
      { answers: [`shop.${ZONE} 20 CNAME www.${ZONE}`] },
      ["query shop CNAME NOERROR", "decision shop/own preferred"],
    ],
    [
      "of a profile is not followed out of our zones",
      { name: `away.${ZONE}` },
      { answers: [`away.${ZONE} 60 CNAME edge.example.org`] },
      ["query away A NOERROR", "decision away/cdn preferred"],
    ],
    [
      "is followed to a profile out of service",
      { name: `closed.${ZONE}` },
      { rcode: NXDOMAIN, answers: [`closed.${ZONE} 300 CNAME off.${ZONE}`], authority: [soaOf(ZONE)] },
      ["query off A NXDOMAIN", "decision off/- out-of-service"],
    ],
    [
      "of a wildcard is followed",
      { name: `a.b.wild.${ZONE}` },
      { answers: [`a.b.wild.${ZONE} 300 CNAME www.${ZONE}`, `www.${ZONE} 300 A 192.0.2.80`] },
      ["query - A NOERROR"],
    ],
    [
      "is followed to a wildcard, whose record has the target's name",
      { name: `towild.${ZONE}` },
      {
        answers: [
          `towild.${ZONE} 300 CNAME any.thing.wild.${ZONE}`,
          `any.thing.wild.${ZONE} 300 CNAME www.${ZONE}`,
          `www.${ZONE} 300 A 192.0.2.80`,
        ],
      },
      ["query - A NOERROR"],
    ],
    [
      "is followed to a delegation: AA is that of the first name (RFC 1035 section 4.1.1)",
      { name: `below.${ZONE}` },
      {
        answers: [`below.${ZONE} 300 CNAME x.lab.${ZONE}`],
        authority: [`lab.${ZONE} 300 NS ns.lab.${ZONE}`],
        additional: [`ns.lab.${ZONE} 300 A 192.0.2.54`],
      },
      ["query - A NOERROR"],
    ],
    [
      "to itself ends",
      { name: `self.${ZONE}` },
      { answers: [`self.${ZONE} 300 CNAME self.${ZONE}`] },
      ["query - A NOERROR"],
    ],
    [
      "in a loop ends, each record once",
      { name: `tick.${ZONE}` },
      { answers: [`tick.${ZONE} 300 CNAME tock.${ZONE}`, `tock.${ZONE} 300 CNAME tick.${ZONE}`] },
      ["query - A NOERROR"],
    ],
    [
      "in a loop through a profile ends",
      { name: `round.${ZONE}` },
      { answers: [`round.${ZONE} 60 CNAME round2.${ZONE}`, `round2.${ZONE} 300 CNAME round.${ZONE}`] },
      ["query round A NOERROR", "decision round/self preferred"],
    ],
  ])("%s", (row) => {
    expect(server.ask(row[1])).toMatchObject(replyOf(row));
  });

  test("is followed for eleven steps at most; a resolver asks on from there", () => {
    const { answers } = server.ask({ name: `c0.${ZONE}` }).message!;
    expect(answers).toHaveLength(11);
    expect(answers.at(-1)).toBe(`c10.${ZONE} 300 CNAME c11.${ZONE}`);
    expect(server.ask({ name: `c4.${ZONE}` }).message!.answers.at(-1)).toBe(`c14.${ZONE} 300 A 192.0.2.14`);
  });

  test("to a profile has the profile's scope for the client subnet", () => {
    const { message } = server.ask({ name: `steered.${ZONE}`, ecs: clientSubnet("10.1.2.0/24") });
    expect(message?.answers.at(-1)).toBe(`geo.${ZONE} 60 A 192.0.2.49`);
    expect(message?.edns?.ecs).toBe("1 24 8 0a0102");
  });

  test("keeps the question's case, and its own", () => {
    const { answers } = server.ask({ name: `One.GTM.example.com` }).message!;
    expect(answers).toEqual([`One.GTM.example.com 300 CNAME www.${ZONE}`, `www.${ZONE} 300 A 192.0.2.80`]);
  });
});
