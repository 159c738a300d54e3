/** Microsoft's documents on Azure Traffic Manager (MicrosoftDocs/azure-docs, CC BY 4.0), and profiles that decide as Azure does. */
import type { EndpointKeys, Profiles, Source } from "./rule.ts";

const service = "Azure Traffic Manager";
const at = (page: string): string => `https://learn.microsoft.com/azure/traffic-manager/${page}`;

export const MONITORING: Source = {
  service,
  title: "Traffic Manager endpoint monitoring",
  url: at("traffic-manager-monitoring"),
  of: "2023-06-21",
};
export const METHODS: Source = {
  service,
  title: "Traffic Manager routing methods",
  url: at("traffic-manager-routing-methods"),
  of: "2018-09-17",
};
export const NESTED: Source = {
  service,
  title: "Nested Traffic Manager profiles",
  url: at("traffic-manager-nested-profiles"),
  of: "2018-10-22, its table of statuses 2016-10-11",
};
export const FAQ: Source = {
  service,
  title: "Traffic Manager Frequently Asked Questions",
  url: at("traffic-manager-faqs"),
  of: "2019-02-26",
};
export const OVERRIDE: Source = {
  service,
  title: "Traffic Manager subnet override",
  url: at("traffic-manager-subnet-override-powershell"),
  of: "an undated copy",
};

/** A geographic profile: a region's endpoint, whatever its health. */
export function regional(endpoints: Readonly<Record<string, EndpointKeys>>): Profiles {
  return { p: { method: "geographic", whenRegionDown: "serve", endpoints } };
}

/** A profile to be nested. */
export function child(keys: Readonly<Record<string, unknown>> = {}): Profiles[string] {
  return { method: "priority", ...keys, endpoints: { x: {}, y: {}, z: {} } };
}
