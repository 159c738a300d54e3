import { expect, test } from "vitest";
import { readyFields } from "../../src/app/ready-line.ts";

test("readyFields: databases have their age in whole days", () => {
  const said = {
    version: "1.2.3",
    config: "/etc/geosteer/geosteer.yaml",
    generation: 7,
    dns: ["127.0.0.1:53"],
    http: undefined,
    udp: "batch",
    workers: 2,
    zones: 1,
    profiles: 3,
  } as const;
  const databases = [{ file: "country.mmdb", built: new Date("2026-11-01T12:00:00Z"), used: true }];
  expect(readyFields({ ...said, databases }, Date.parse("2026-11-27T11:59:59Z"))).toEqual({
    ...said,
    databases: [{ database: "country.mmdb", built: "2026-11-01T12:00:00.000Z", days: 25, used: true }],
  });
});
