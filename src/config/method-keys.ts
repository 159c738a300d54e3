/** The keys that not every routing method has. A new method is an entry here; `checks/methods.ts` warns of keys of others. */
import type { MethodName } from "../routing/snapshot.ts";
import type { Config, EndpointConfig, ProfileConfig } from "./schema/config.ts";
import { endpointSchema } from "./schema/endpoint.ts";
import { profileSchema } from "./schema/profile.ts";

interface MethodKeys {
  readonly profile: readonly (keyof ProfileConfig)[];
  readonly endpoint: readonly (keyof EndpointConfig)[];
}

export const methodKeys: Readonly<Record<MethodName, MethodKeys>> = {
  priority: { profile: [], endpoint: ["priority", "trickle"] },
  weighted: { profile: ["sticky"], endpoint: ["weight", "standby", "trickle"] },
  performance: {
    profile: ["tolerance", "sticky"],
    endpoint: ["location", "networks", "asns", "bias", "standby", "trickle"],
  },
  geographic: { profile: ["whenRegionDown"], endpoint: ["regions", "location", "networks", "asns"] },
  multivalue: { profile: ["maxAnswers"], endpoint: ["standby"] },
  subnet: { profile: [], endpoint: ["networks", "asns"] },
};

const all: MethodKeys = {
  profile: Object.values(methodKeys).flatMap(({ profile }) => profile),
  endpoint: Object.values(methodKeys).flatMap(({ endpoint }) => endpoint),
};

/** Keys of other methods as if they were not written: nothing behind here looks at the method to know whether one counts. */
export function withoutUnusedKeys(config: Config): Config {
  const profiles = Object.entries(config.profiles).map(([name, profile]): [string, ProfileConfig] => {
    const used = methodKeys[profile.method];
    const endpoints = Object.entries(profile.endpoints).map(([endpoint, keys]): [string, EndpointConfig] => {
      return [endpoint, withDefaults(keys, without(all.endpoint, used.endpoint), endpointDefaults)];
    });
    const own = withDefaults(profile, without(all.profile, used.profile), profileDefaults);
    return [name, { ...own, endpoints: Object.fromEntries(endpoints) }];
  });
  return { ...config, profiles: Object.fromEntries(profiles) };
}

const profileDefaults = defaultsOf(all.profile, profileSchema.shape);
const endpointDefaults = defaultsOf(all.endpoint, endpointSchema.shape);

interface HasDefault {
  parse(value: undefined): unknown;
}

function defaultsOf<K extends string>(keys: readonly K[], shape: { readonly [key in K]: HasDefault }) {
  return new Map<string, unknown>(keys.map((key) => [key, shape[key].parse(undefined)]));
}

function without<T>(list: readonly T[], others: readonly T[]): readonly T[] {
  return list.filter((item) => !others.includes(item));
}

function withDefaults<T extends object>(
  object: T,
  keys: readonly (keyof T & string)[],
  defaults: ReadonlyMap<string, unknown>,
): T {
  const changed = keys.filter((key) => object[key] !== defaults.get(key));
  if (changed.length === 0) return object;
  return { ...object, ...Object.fromEntries(changed.map((key) => [key, defaults.get(key)])) };
}
