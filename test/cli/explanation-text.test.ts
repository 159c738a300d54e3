/** What an explanation says of load, returns, addresses that are down and a TTL that falls. */
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { explanationText } from "../../src/cli/explanation-text.ts";
import { explain } from "../../src/routing/explain.ts";
import { probedState, type EndpointState } from "../../src/routing/health-view.ts";
import { locationOf } from "../support/leaf-tables.ts";
import { ip, snapshotOf } from "../support/snapshot.ts";

const built = snapshotOf({
  profiles: {
    shop: {
      ttl: 300,
      minTtl: 20,
      endpoints: {
        own: { address: ["192.0.2.1", "192.0.2.2", "2001:db8::1"] },
        near: { address: ["192.0.2.3"] },
        cloud: { address: ["192.0.2.4"] },
      },
    },
  },
});

function linesFor(states: Readonly<Record<string, Partial<EndpointState>>>): readonly string[] {
  const address = ip("192.0.2.77");
  const explained = explain({
    snapshot: built,
    profile: built.profiles[0]!,
    question: "A",
    address,
    deciding: address,
    client: { address, location: locationOf("DE"), placedBy: "client" },
    scope: 0,
    dependsOnClient: false,
    health: { stateOf: (id) => ({ ...probedState("online"), ...states[built.endpoints[id]!.name] }) },
  });
  const name = "shop.gtm.example.com";
  const text = stripVTControlCharacters(explanationText({ ...explained, name, matched: name }));
  return text.split("\n").filter((line) => / [123]\. | %|TTL/.test(line));
}

test("explanationText: what is left to each, and why the TTL is what it is", () => {
  const states = {
    own: { load: 0.25, addressesDown: 2, ttlStep: 8 },
    near: { load: 0 },
    cloud: { share: 0.5 },
  };
  expect(linesFor(states)).toEqual([
    "  1. own: priority 1, online, load leaves 25 %, 192.0.2.2 down",
    "  2. near: priority 2, online, critical load",
    "  3. cloud: priority 3, online, drained or back to 50 %",
    "  40 % shop/own (preferred)",
    "  60 % shop/cloud (spill)",
    "TTL         71 s: of 20 to 300 s, shop/own is near a change (8 of 15)",
  ]);
});

test("explanationText: nothing of what is whole and stable", () => {
  expect(linesFor({})).toEqual([
    "  1. own: priority 1, online",
    "  2. near: priority 2, online",
    "  3. cloud: priority 3, online",
    "  100 % shop/own (preferred)",
    "TTL         300 s: of 20 to 300 s, all is stable",
  ]);
});
