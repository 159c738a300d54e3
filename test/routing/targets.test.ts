import { expect, test } from "vitest";
import type { Question } from "../../src/routing/fork.ts";
import type { WhenAllDown } from "../../src/routing/snapshot.ts";
import { mayAnswer, mayFail, targetsOf } from "../../src/routing/targets.ts";
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

const servfail: WhenAllDown = { action: "servfail" };

test.for<[string, Readonly<Record<string, ProfileSpec>>, readonly Question[], mayFail: boolean]>([
  ["IPv4 addresses", { shop: { endpoints: { a: { address: ["192.0.2.1"] } } } }, ["A"], false],
  [
    "addresses of both families beneath",
    {
      shop: { endpoints: { a: { nested: "eu" }, b: { address: ["192.0.2.1"] } } },
      eu: { endpoints: { c: { address: ["2001:db8::1"] } } },
    },
    ["A", "AAAA"],
    false,
  ],
  ["a host", { shop: { endpoints: { a: { host: "www.example.net" } } } }, ["A", "AAAA", "CNAME"], false],
  ["a host as fallback", { shop: { whenAllDown: fallback, endpoints: { a: {} } } }, ["A", "AAAA", "CNAME"], false],
  [
    "SERVFAIL when all are down",
    { shop: { whenAllDown: servfail, endpoints: { a: {} } } },
    ["A", "AAAA", "CNAME"],
    true,
  ],
  [
    "SERVFAIL beneath",
    { shop: { endpoints: { a: { nested: "eu" } } }, eu: { whenAllDown: servfail, endpoints: { b: {} } } },
    ["A", "AAAA", "CNAME"],
    true,
  ],
  [
    "nothing, for want of an endpoint in service",
    { shop: { endpoints: { a: { enabled: false, host: "www.example.net" } } } },
    [],
    false,
  ],
])("mayAnswer and mayFail say what a profile with %s can answer with", ([, profiles, answered, failing]) => {
  const built = snapshotOf({ profiles });
  const [profile] = built.profiles;
  const questions: readonly Question[] = ["A", "AAAA", "CNAME"];
  expect(questions.filter((question) => mayAnswer(built, profile!, question))).toEqual(answered);
  expect(mayFail(built, profile!)).toBe(failing);
});
