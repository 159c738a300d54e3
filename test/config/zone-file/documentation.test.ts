/** The example of docs/zones.md, and the numbers that it tells. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { loadConfig } from "../../../src/config/load-config.ts";
import { MAX_GENERATED, MAX_GENERATED_MIB } from "../../../src/config/zone-file/generate.ts";
import { nameFromWire } from "../../../src/shared/domain-name.ts";
import { TYPE, typeName } from "../../../src/shared/record-type.ts";
import { filesOf } from "../diagnose.ts";

const page = readFileSync(new URL("../../../docs/zones.md", import.meta.url), "utf8");
const [, example = ""] = /```\n(; example.*?)```/s.exec(page) ?? [];

test("docs/zones.md: its example loads, with the warnings that it says", () => {
  const text = "zones: { example.com: { file: example.com.zone } }\n";
  const readFile = filesOf({ "example.com.zone": example });
  const loaded = loadConfig({ file: "demo.yaml", text, serial: 1, readFile });
  if (!loaded.ok) throw new Error(loaded.error.map(({ what }) => what).join("\n"));
  const { zones, warnings } = loaded.value;
  expect(warnings.map(({ code, line }) => `${line} ${code}`)).toEqual(["2 ttl-from-soa", "7 outside-zone"]);
  const rows = zones[0]!.records.map(({ owner, ttl, type, records }) => {
    const [data] = records;
    const target = type === TYPE.MX ? nameFromWire(data!, 2) : data!.join(".");
    return `${owner.replace(".example.com", "")} ${ttl} ${typeName(type)} ${target}`;
  });
  expect(rows).toEqual([
    "ns1 777 A 192.0.2.53",
    "host-1 777 A 192.0.2.1",
    "host-2 777 A 192.0.2.2",
    "host-3 777 A 192.0.2.3",
    "node0064 3600 MX mail1.example.com",
    "node006e 3600 MX mail11.example.com",
    "node0078 3600 MX mail21.example.com",
    "node0082 3600 MX mail31.example.com",
    "printers 777 APL 0.1.24.3.192.0.2.0.1.25.132.192.0.2.128",
  ]);
});

test("docs/zones.md tells the limits of $GENERATE", () => {
  expect(page).toContain(`${MAX_GENERATED.toLocaleString("en")} records of it, and ${MAX_GENERATED_MIB} MiB`);
});
