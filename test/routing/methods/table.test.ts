import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { methods } from "../../../src/routing/methods/table.ts";
import type { Location, MethodName, Profile } from "../../../src/routing/snapshot.ts";
import { client, snapshot } from "../../support/arbitraries.ts";
import { methodOrder } from "../../support/tiers-text.ts";

const names = Object.keys(methods) as MethodName[];

describe.for(names)("%s", (name) => {
  const order = (profile: Profile, location: Location) => methodOrder({ ...profile, method: name }, location);

  test("names endpoints of the profile, each once", () => {
    fc.assert(
      fc.property(snapshot, client, ({ profiles: [profile] }, { location }) => {
        const ordered = order(profile!, location)
          .flat()
          .map(({ endpoint }) => endpoint);
        expect(new Set(ordered).size).toBe(ordered.length);
        expect(profile!.endpoints).toEqual(expect.arrayContaining(ordered));
      }),
    );
  });

  test("gives every endpoint a share of its tier", () => {
    fc.assert(
      fc.property(snapshot, client, ({ profiles: [profile] }, { location }) => {
        for (const { weight } of order(profile!, location).flat()) expect(weight).toBeGreaterThan(0);
      }),
    );
  });

  test("orders the same for the same client", () => {
    fc.assert(
      fc.property(snapshot, client, ({ profiles: [profile] }, { location }) => {
        expect(order(profile!, location)).toEqual(order(profile!, { ...location }));
      }),
    );
  });
});

test.for(names.filter((name) => !methods[name].placeMatters))("%s orders the same wherever the client is", (name) => {
  fc.assert(
    fc.property(snapshot, client, client, ({ profiles: [profile] }, here, there) => {
      const asked = { ...profile!, method: name };
      expect(methodOrder(asked, here.location)).toEqual(methodOrder(asked, there.location));
    }),
  );
});
