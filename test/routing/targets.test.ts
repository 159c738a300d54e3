import { expect, test } from "vitest";
import type { WhenAllDown } from "../../src/routing/snapshot.ts";
import { targetsOf } from "../../src/routing/targets.ts";
import { ip, snapshotOf, type ProfileSpec } from "../support/snapshot.ts";

const fallback: WhenAllDown = { action: "fallback", target: { kind: "host", host: "sorry.example.net" } };

test.for<[string, Readonly<Record<string, ProfileSpec>>, readonly string[]]>([
  [
    "its endpoints' addresses and hosts",
    { shop: { endpoints: { a: { address: ["192.0.2.1", "2001:db8::1"] }, b: { host: "www.example.net" } } } },
    ["address", "www.example.net"],
  ],
  [
    "those of profiles beneath, however deep, once",
    {
      shop: { endpoints: { a: { nested: "eu" }, b: { nested: "eu" } } },
      eu: { endpoints: { c: { nested: "de" } } },
      de: { endpoints: { d: { host: "de.example.net" } } },
    },
    ["de.example.net"],
  ],
  [
    "its fallback, and those of profiles beneath",
    {
      shop: { whenAllDown: fallback, endpoints: { a: { nested: "eu" } } },
      eu: {
        whenAllDown: { action: "fallback", target: { kind: "address", ipv4: [ip("192.0.2.9")], ipv6: [] } },
        endpoints: { b: { host: "www.example.net" } },
      },
    },
    ["sorry.example.net", "address", "www.example.net"],
  ],
  [
    "nothing of endpoints that are disabled",
    { shop: { endpoints: { a: { host: "a.example.net", enabled: false }, b: { host: "b.example.net" } } } },
    ["b.example.net"],
  ],
  [
    "nothing of profiles beneath that are out of service, their fallback neither",
    {
      shop: { endpoints: { a: { nested: "eu" }, b: { host: "b.example.net" } } },
      eu: { enabled: false, whenAllDown: fallback, endpoints: { c: {} } },
    },
    ["b.example.net"],
  ],
  [
    "nothing of a profile that is out of service itself",
    { shop: { enabled: false, whenAllDown: fallback, endpoints: { a: {} } } },
    [],
  ],
])("targetsOf a profile are %s", ([, profiles, expected]) => {
  const built = snapshotOf({ profiles });
  const found = targetsOf(built, built.profiles[0]!).map((target) =>
    target.kind === "host" ? target.host : "address",
  );
  expect(found).toEqual(expected);
});
