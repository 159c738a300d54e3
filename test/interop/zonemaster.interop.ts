/** Zonemaster (https://zonemaster.net) tests the delegated zone from the root down, and finds nothing that is ours. */
import { describe, expect, test } from "vitest";
import { everyKindOfName } from "./every-kind-of-name.ts";
import { nameserverAddresses, startGeosteer } from "./scene/geosteer.ts";
import { has } from "./scene/has.ts";
import { startParent } from "./scene/parent.ts";
import { run, useScene } from "./scene/scene.ts";

/** What it says at NOTICE and above for reasons that are not geosteer's. */
const EXCUSED: Readonly<Record<string, string>> = {
  NAMESERVER_IP_PRIVATE_NETWORK: "the scene is on loopback",
  NO_IPV6_NS_CHILD: "IPv6 has one loopback address, so the scene has none",
  NO_IPV6_NS_DEL: "the same",
  NEITHER_DNSKEY_NOR_DS: "the zone is not signed",
  NOT_SIGNED: "the same",
  REFRESH_MINIMUM_VALUE_LOWER: "SOA timers are for secondaries, which geosteer does not have",
  RETRY_MINIMUM_VALUE_LOWER: "the same",
  SOA_DEFAULT_TTL_MAXIMUM_VALUE_LOWER: "names that do not exist are kept for a minute, as profiles come and go",
};

/** Some of what it says when it has really looked. */
const FOUND = [
  "HAS_PARENT",
  "HAS_NAMESERVERS",
  "ONE_SOA_SERIAL",
  "ONE_NS_SET",
  "ADDRESSES_MATCH",
  "ENOUGH_NS_CHILD",
  "ARE_AUTHORITATIVE",
  "NAMES_MATCH",
  "NO_RECURSOR",
  "EDNS0_SUPPORT",
  "AXFR_FAILURE",
  "QNAME_CASE_SENSITIVE",
  "CASE_QUERIES_RESULTS_OK",
  "RNAME_RFC822_VALID",
  "Z09_MX_DATA",
];

/** SECONDS LEVEL MODULE TAG KEY=VALUE; … */
const MESSAGE = /^\s*[\d.]+\s+([A-Z]+)\s+[A-Z]+\s+([A-Z0-9_]+)/;

describe.runIf(has("zonemaster-cli"))("zonemaster-cli", () => {
  const cast = useScene(async (scene) => {
    const parent = await startParent(scene, nameserverAddresses(scene));
    await startGeosteer(scene, everyKindOfName(scene, parent.address));
    return { scene, parent };
  });

  test("reports nothing that is ours", { timeout: 100_000 }, async () => {
    const { scene, parent } = cast();
    const profile = await scene.write("profile.json", JSON.stringify({ net: { ipv4: true, ipv6: false } }));
    const places = ["--hints", parent.hintsFile, "--sourceaddr", scene.address(53, 40), "--no-ipv6"];
    const output = ["--profile", profile, "--level", "INFO", "--raw", "--show-module", "--no-progress"];
    const { stdout } = await run("zonemaster-cli", [...places, ...output, "gtm.example.com"], 90_000);
    const messages = stdout.split("\n").map((line) => {
      const [, level = "", tag = ""] = MESSAGE.exec(line) ?? [];
      return { line, level, tag };
    });
    const tags = messages.map(({ tag }) => tag);
    expect(FOUND.filter((tag) => !tags.includes(tag))).toEqual([]);
    const complaints = messages.filter(
      ({ level, tag }) => ["NOTICE", "WARNING", "ERROR", "CRITICAL"].includes(level) && !Object.hasOwn(EXCUSED, tag),
    );
    expect(complaints.map(({ line }) => line)).toEqual([]);
    // An excuse that is not used any more hides something.
    expect(Object.keys(EXCUSED).filter((tag) => !tags.includes(tag))).toEqual([]);
  });
});
