/**
 * Endpoints: exactly one target, of their own or of the endpoint that they use, the keys that go with it, addresses listed
 * once, nested profiles that exist.
 */
import { formatIpAddress, type IpAddress } from "../../shared/ip-address.ts";
import type { Report } from "../diagnostic.ts";
import { keyHomes, reportMisplacedKeys } from "../misplaced-keys.ts";
import { nearestOf } from "../nearest-word.ts";
import { ofName } from "../of-name.ts";
import type { Path } from "../path.ts";
import type { Config, EndpointConfig, SharedEndpointConfig } from "../schema/config.ts";
import { type WrittenEndpoint, writtenEndpoints } from "../written-endpoints.ts";
import type { WrittenFile } from "../yaml/written-file.ts";
import type { Check } from "./check.ts";

type TargetKey = "address" | "host" | "profile";

/** The keys that not every target has. */
const targetKeys: Readonly<Record<TargetKey, readonly (keyof EndpointConfig)[]>> = {
  address: ["probe", "alwaysServe", "monitor", "headers", "load"],
  host: ["probe", "alwaysServe", "monitor", "headers", "load"],
  profile: ["minHealthy", "minHealthyIPv4", "minHealthyIPv6"],
};

const targetKeyHomes = keyHomes(targetKeys, (targets) => `${targets} as the target`);

const targets = Object.keys(targetKeys) as TargetKey[];

export const checkEndpointTargets: Check = ({ parts, written }, report) => {
  for (const [name, { endpoints, whenAllDown }] of Object.entries(parts.profiles)) {
    const path = ["profiles", name];
    if (Object.keys(endpoints).length === 0) {
      const wanted = "at least one endpoint";
      report({ code: "no-endpoints", path: [...path, "endpoints"], what: "a profile without endpoints", wanted });
    }
    if (typeof whenAllDown === "object" && typeof whenAllDown.fallback === "object") {
      checkAddressesOnce(whenAllDown.fallback, [...path, "whenAllDown", "fallback"], report);
    }
  }
  const checkChild = childCheck(parts.profiles, written, report);
  for (const endpoint of writtenEndpoints(parts)) {
    const { path, keys } = endpoint;
    const shared = ofName(parts.endpoints, keys.use);
    if (keys.use === undefined) checkTarget(endpoint, written, report);
    else checkUse(endpoint, shared, written, report);
    checkAddressesOnce(keys.address ?? [], [...path, "address"], report);
    const child = keys.profile ?? shared?.profile;
    if (child !== undefined) checkChild(endpoint, child);
  }
};

function checkTarget({ path, keys }: WrittenEndpoint, written: WrittenFile, report: Report): void {
  const given = targets.filter((key) => keys[key] !== undefined);
  const [target] = given;
  if (target === undefined || given.length > 1) {
    report({
      code: "endpoint-target",
      path,
      atKey: true,
      because: [...targets, "use"].map((key) => [...path, key]),
      what: target === undefined ? "an endpoint without a target" : "an endpoint with more than one target",
      found: target === undefined ? "none" : given.join(" and "),
      wanted: path[0] === "endpoints" ? "one of address, host and profile" : "one of address, host, profile and use",
    });
    return;
  }
  checkKeysOfTarget(target, path, written, report);
}

function checkUse(
  { path, keys }: WrittenEndpoint,
  shared: SharedEndpointConfig | undefined,
  written: WrittenFile,
  report: Report,
): void {
  for (const key of targets) {
    if (keys[key] === undefined) continue;
    const what = `${key} means nothing beside use, which has the target`;
    report({ code: "misplaced-key", path: [...path, key], atKey: true, what, wanted: `no ${key}, or no use` });
  }
  const target = targets.find((key) => shared?.[key] !== undefined);
  if (target !== undefined) checkKeysOfTarget(target, path, written, report);
}

function checkKeysOfTarget(target: TargetKey, path: Path, written: WrittenFile, report: Report): void {
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

/** What an endpoint says of a profile that is nested. */
function childCheck(
  profiles: Config["profiles"],
  written: WrittenFile,
  report: Report,
): (endpoint: WrittenEndpoint, child: string) => void {
  const nearest = nearestOf(Object.keys(profiles));
  return ({ path, keys }, name) => {
    const child = ofName(profiles, name);
    if (child === undefined) {
      if (keys.profile === undefined || written.has(["profiles", name])) return;
      const meant = nearest(name);
      const wanted = `the name of a profile${meant === undefined ? "" : `: did you mean ${meant}?`}`;
      report({ code: "undefined-profile", path: [...path, "profile"], what: "undefined profile", wanted });
      return;
    }
    const count = Object.keys(child.endpoints).length;
    for (const key of ["minHealthy", "minHealthyIPv4", "minHealthyIPv6"] as const) {
      if ((keys[key] ?? 0) <= count || !written.has([...path, key])) continue;
      const because = [
        [...path, key],
        ["profiles", name, "endpoints"],
      ];
      const what = `${key} is more than the endpoints of ${name}`;
      report({ code: "out-of-range", path: [...path, key], because, what, wanted: `at most ${count}` });
    }
  };
}
