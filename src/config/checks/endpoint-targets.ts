/** Endpoints: exactly one target, the keys that go with it, addresses listed once, nested profiles that exist. */
import { formatIpAddress, type IpAddress } from "../../shared/ip-address.ts";
import type { Report } from "../diagnostic.ts";
import { keyHomes, reportMisplacedKeys } from "../misplaced-keys.ts";
import { nearestWord } from "../nearest-word.ts";
import type { Path } from "../path.ts";
import type { Config, EndpointConfig } from "../schema/config.ts";
import type { WrittenFile } from "../yaml/written-file.ts";
import type { Check } from "./check.ts";

type TargetKey = "address" | "host" | "profile";

/** The keys that not every target has. */
const targetKeys: Readonly<Record<TargetKey, readonly (keyof EndpointConfig)[]>> = {
  address: ["probe", "alwaysServe"],
  host: ["probe", "alwaysServe"],
  profile: ["minHealthy", "minHealthyIPv4", "minHealthyIPv6"],
};

const targetKeyHomes = keyHomes(targetKeys, (targets) => `${targets} as the target`);

const targets = Object.keys(targetKeys) as TargetKey[];

export const checkEndpointTargets: Check = ({ config, written }, report) => {
  for (const [profileName, profile] of Object.entries(config.profiles)) {
    const path = ["profiles", profileName];
    const entries = Object.entries(profile.endpoints);
    if (entries.length === 0) {
      const wanted = "at least one endpoint";
      report({ code: "no-endpoints", path: [...path, "endpoints"], what: "a profile without endpoints", wanted });
    }
    for (const [name, endpoint] of entries) {
      const endpointPath = [...path, "endpoints", name];
      checkTarget(endpoint, endpointPath, written, report);
      checkAddressesOnce(endpoint.address ?? [], [...endpointPath, "address"], report);
      if (endpoint.probe !== undefined && endpoint.profile === undefined && profile.monitor === undefined) {
        const because = [
          [...endpointPath, "probe"],
          [...path, "monitor"],
        ];
        const at = { path: [...endpointPath, "probe"], because, atKey: true };
        const what = "probe means nothing without a monitor";
        report({ ...at, code: "misplaced-key", what, wanted: "no probe, or a monitor in the profile" });
      }
      if (endpoint.profile !== undefined) checkChild(endpoint, endpoint.profile, endpointPath, config, written, report);
    }
    const { whenAllDown } = profile;
    if (typeof whenAllDown === "object" && typeof whenAllDown.fallback === "object") {
      checkAddressesOnce(whenAllDown.fallback, [...path, "whenAllDown", "fallback"], report);
    }
  }
};

function checkTarget(endpoint: EndpointConfig, path: Path, written: WrittenFile, report: Report): void {
  const given = targets.filter((key) => endpoint[key] !== undefined);
  const [target] = given;
  if (target === undefined || given.length > 1) {
    report({
      code: "endpoint-target",
      path,
      atKey: true,
      because: targets.map((key) => [...path, key]),
      what: target === undefined ? "an endpoint without a target" : "an endpoint with more than one target",
      found: target === undefined ? "none" : given.join(" and "),
      wanted: "one of address, host and profile",
    });
    return;
  }
  const choice = { path, chosen: `an endpoint with ${target}`, allowed: targetKeys[target], homes: targetKeyHomes };
  reportMisplacedKeys(written, choice, report);
}

function checkAddressesOnce(addresses: readonly IpAddress[], path: Path, report: Report): void {
  if (addresses.length < 2) return;
  const seen = new Set<string>();
  for (const [index, address] of addresses.entries()) {
    const octets = address.octets.join(".");
    if (seen.has(octets)) {
      const at = { path: [...path, index], found: formatIpAddress(address) };
      report({ ...at, code: "duplicate-address", what: "an address listed twice", wanted: "each address once" });
    }
    seen.add(octets);
  }
}

function checkChild(
  endpoint: EndpointConfig,
  childName: string,
  path: Path,
  { profiles }: Config,
  written: WrittenFile,
  report: Report,
): void {
  const child = Object.hasOwn(profiles, childName) ? profiles[childName] : undefined;
  if (child === undefined) {
    if (written.has(["profiles", childName])) return;
    const meant = nearestWord(childName, Object.keys(profiles));
    const wanted = `the name of a profile${meant === undefined ? "" : `: did you mean ${meant}?`}`;
    report({ code: "undefined-profile", path: [...path, "profile"], what: "undefined profile", wanted });
    return;
  }
  const count = Object.keys(child.endpoints).length;
  for (const key of ["minHealthy", "minHealthyIPv4", "minHealthyIPv6"] as const) {
    if (endpoint[key] <= count || !written.has([...path, key])) continue;
    const because = [
      [...path, key],
      ["profiles", childName, "endpoints"],
    ];
    const what = `${key} is more than the endpoints of ${childName}`;
    report({ code: "out-of-range", path: [...path, key], because, what, wanted: `at most ${count}` });
  }
}
