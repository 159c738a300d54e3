import { expect, test } from "vitest";
import { lostPlaces } from "../../src/app/lost-places.ts";

test.for<[what: string, ipv4: readonly [before: number, now: number], expected: readonly object[]]>([
  ["nothing changes", [0.9, 0.9], []],
  ["a tenth is lost, but not more", [0.9, 0.811], []],
  ["more than a tenth is lost", [0.9, 0.809], [{ family: "IPv4", before: 90, now: 80.9 }]],
  ["everything is lost", [0.9, 0], [{ family: "IPv4", before: 90, now: 0 }]],
  ["much is won", [0.1, 0.9], []],
  ["nothing was known", [0, 0], []],
])("lostPlaces: %s", ([, [before, now], expected]) => {
  expect(lostPlaces({ ipv4: before, ipv6: 0.5 }, { ipv4: now, ipv6: 0.5 })).toEqual(expected);
});

test("lostPlaces looks at each family alone", () => {
  const lost = lostPlaces({ ipv4: 0.8, ipv6: 0.2 }, { ipv4: 0.9, ipv6: 0.001 });
  expect(lost).toEqual([{ family: "IPv6", before: 20, now: 0.1 }]);
});
