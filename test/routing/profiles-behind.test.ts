import { expect, test } from "vitest";
import { withProfilesBehind } from "../../src/routing/profiles-behind.ts";
import { snapshotOf, type EndpointSpec, type ProfileSpec } from "../support/snapshot.ts";

/** The host of a profile's name. */
function to(profile: string): EndpointSpec {
  return { host: `${profile}.gtm.example.com` };
}

test.for<[string, Readonly<Record<string, ProfileSpec>>, readonly string[]]>([
  ["none without a host", { a: { endpoints: { x: {} } } }, []],
  ["none behind a host elsewhere", { a: { endpoints: { x: { host: "www.example.net" } } } }, []],
  ["one that its host leads to", { a: { endpoints: { x: to("b") } }, b: { endpoints: { y: {} } } }, ["b"]],
  [
    "each once, and those behind them, the nearest first",
    {
      a: { endpoints: { x: to("b"), y: to("c"), z: to("b") } },
      b: { endpoints: { x: to("d") } },
      c: { endpoints: { x: to("d") } },
      d: { endpoints: { x: {} } },
    },
    ["b", "c", "d"],
  ],
  [
    "those that the hosts of a nested profile lead to",
    { a: { endpoints: { x: { nested: "b" } } }, b: { endpoints: { y: to("c") } }, c: { endpoints: { z: {} } } },
    ["c"],
  ],
  [
    "not itself, where hosts lead back",
    { a: { endpoints: { x: to("b") } }, b: { endpoints: { y: to("a"), z: {} } } },
    ["b"],
  ],
])("behind a profile is %s", ([, profiles, expected]) => {
  const built = snapshotOf({ profiles });
  const idOf = (host: string): number | undefined =>
    built.profiles.find(({ name }) => host.endsWith(`${name}.gtm.example.com`))?.id;
  const { behind } = withProfilesBehind(built, idOf).profiles[0]!;
  expect(behind.map((id) => built.profiles[id]!.name)).toEqual(expected);
});
