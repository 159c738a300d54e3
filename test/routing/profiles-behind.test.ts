import { expect, test } from "vitest";
import { profilesBehind, withHostsFollowed } from "../../src/routing/profiles-behind.ts";
import { snapshotOf, type EndpointSpec, type ProfileSpec } from "../support/snapshot.ts";

/** The host of a profile's name. */
function to(profile: string): EndpointSpec {
  return { host: `${profile}.gtm.example.com` };
}

function fallsBackOn(profile: string): Pick<ProfileSpec, "whenAllDown"> {
  return { whenAllDown: { action: "fallback", target: { kind: "host", host: to(profile).host! } } };
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
    "those that a fallback leads to",
    { a: { ...fallsBackOn("b"), endpoints: { x: {} } }, b: { endpoints: { y: {} } } },
    ["b"],
  ],
  [
    "none behind an endpoint that is disabled",
    { a: { endpoints: { w: {}, x: { ...to("b"), enabled: false } } }, b: { endpoints: { y: {} } } },
    [],
  ],
  [
    "none behind a profile that is disabled",
    { a: { endpoints: { x: to("b") } }, b: { enabled: false, endpoints: { y: to("c") } }, c: { endpoints: { z: {} } } },
    ["b"],
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
  const followed = withHostsFollowed(built, idOf);
  const behind = profilesBehind(followed, followed.profiles[0]!);
  expect(behind.map((id) => built.profiles[id]!.name)).toEqual(expected);
});
