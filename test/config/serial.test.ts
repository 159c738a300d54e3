import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config/load-config.ts";
import { nextVersion, type ZoneVersion } from "../../src/config/serial.ts";
import type { CheckedConfig } from "../../src/config/settings.ts";
import { filesOf } from "./diagnose.ts";

const before = (serial: number): ZoneVersion => ({ ...nextVersion("a.example", 7, ["one", "two"], undefined), serial });

test.for<[what: string, own: number, texts: readonly string[], served: number | undefined, serial: number]>([
  ["a zone that was not served has its own", 7, ["one"], undefined, 7],
  ["unchanged texts keep the serial, though the files are newer", 9, ["one", "two"], 7, 7],
  ["changed texts take their own where that is later", 9, ["one", "three"], 7, 9],
  ["a text more is a change", 9, ["one", "two", "three"], 7, 9],
  ["a text less is a change", 9, ["one"], 7, 9],
  ["changed texts of the same second", 7, ["one", "three"], 7, 8],
  ["changed texts of older files", 3, ["one", "three"], 7, 8],
  ["a change behind the highest serial", 3, ["x"], 0xffffffff, 3],
  ["a step behind the highest serial", 0xffffffff, ["x"], 0xffffffff, 0],
  ["half the circle ahead is not later (RFC 1982 section 3.2)", 7 + 2 ** 31, ["x"], 7, 8],
  ["just less than half the circle ahead is", 6 + 2 ** 31, ["x"], 7, 6 + 2 ** 31],
])("nextVersion: %s", ([, own, texts, served, serial]) => {
  const version = nextVersion("a.example", own, texts, served === undefined ? undefined : before(served));
  expect(version).toMatchObject({ name: "a.example", serial });
  // What is served next is held against these texts.
  expect(nextVersion("a.example", 0, texts, version)).toBe(version);
});

describe("loadConfig", () => {
  const zoneFile = (serial: number, more = ""): string =>
    `$TTL 60\n@ SOA a b ${serial} 1 1 1 1\n@ NS ns.example.net.\n${more}`;
  const YAML = `
zones:
  yaml.example: { nameservers: [ns.example.net] }
  file.example: { file: file.zone }
  both.example: { file: both.zone }
profiles: { p: { names: [p.both.example], method: weighted, endpoints: { a: { address: 192.0.2.1 } } } }
`;

  function load(
    { text = YAML, serial = 1000, file = zoneFile(5), both = zoneFile(5) },
    served: readonly ZoneVersion[] = [],
  ): Pick<CheckedConfig, "versions" | "raised"> & { readonly serials: readonly number[] } {
    const readFile = filesOf({ "file.zone": file, "both.zone": both });
    const loaded = loadConfig({ file: "demo.yaml", text, serial, readFile, served });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
    const { versions: next, raised } = loaded.value;
    return { versions: next, raised, serials: loaded.value.zones.map(({ soa }) => soa.serial) };
  }

  const { versions, serials } = load({});

  test("gives zones in YAML the time of the file and others their own serial", () => {
    expect(serials).toEqual([1000, 5, 5]);
  });

  test.for<[what: string, now: Parameters<typeof load>[0], serials: readonly number[]]>([
    ["nothing when nothing has changed", { serial: 2000 }, [1000, 5, 5]],
    ["zones whose answers the configuration makes", { serial: 2000, text: `${YAML}# more` }, [2000, 5, 6]],
    ["the same, within a second", { text: `${YAML}# more` }, [1001, 5, 6]],
    ["the zone of a changed file", { file: zoneFile(6, "www A 192.0.2.1\n") }, [1000, 6, 5]],
    ["the zone of a changed file with the serial of before", { file: zoneFile(5, "www A 192.0.2.1\n") }, [1000, 6, 5]],
  ])("raises the serial of %s", ([, now, expected]) => {
    expect(load(now, versions).serials).toEqual(expected);
  });

  test("takes soa.serial of a zone in YAML for the time of the file", () => {
    const text = (serial: number): string =>
      `zones: { yaml.example: { nameservers: [ns.example.net], soa: { serial: ${serial} } } }`;
    const first = load({ text: text(4_294_967_295) });
    expect(first.serials).toEqual([4_294_967_295]);
    expect(load({ text: text(0) }, first.versions)).toMatchObject({ serials: [0], raised: [] });
  });

  test("raises soa.serial for a change of its zone, and not for one elsewhere in the configuration", () => {
    const text = (ttl: string, more: string): string =>
      `zones: { yaml.example: { nameservers: [ns.example.net], ttl: ${ttl}, soa: { serial: 5 } } }\n${more}`;
    const first = load({ text: text("60s", "") });
    expect(load({ text: text("60s", "# more") }, first.versions).serials).toEqual([5]);
    expect(load({ text: text("61s", "") }, first.versions)).toMatchObject({
      serials: [6],
      raised: [{ zone: "yaml.example", own: 5, served: 6 }],
    });
    const profile =
      "profiles: { p: { names: [p.yaml.example], method: weighted, endpoints: { a: { address: 192.0.2.1 } } } }\n";
    const steered = load({ text: text("60s", profile) }, first.versions);
    expect(steered.serials).toEqual([6]);
    expect(load({ text: text("60s", `${profile}# more`) }, steered.versions).serials).toEqual([7]);
  });

  test("tells the zones whose change did not raise their serial, as long as it is so", () => {
    expect(load({})).toMatchObject({ raised: [] });
    const file = zoneFile(5, "www A 192.0.2.1\n");
    const second = load({ file }, versions);
    expect(second.raised).toEqual([{ zone: "file.example", own: 5, served: 6 }]);
    expect(load({ file, serial: 2000 }, second.versions).raised).toEqual(second.raised);
    expect(load({ file: zoneFile(7) }, second.versions).raised).toEqual([]);
    // A restart.
    expect(load({ file }).raised).toEqual([]);
  });

  test("raises it once more with each change", () => {
    const second = load({ file: zoneFile(5, "www A 192.0.2.1\n") }, versions);
    expect(load({ file: zoneFile(5, "www A 192.0.2.2\n") }, second.versions).serials).toEqual([1000, 7, 5]);
  });
});
