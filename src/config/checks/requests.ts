/** Monitors that speak HTTP: keys that mean nothing beside the method, and credentials that are written twice. */
import type { Report } from "../diagnostic.ts";
import type { Path } from "../path.ts";
import type { MonitorConfig } from "../schema/config.ts";
import type { Check } from "./check.ts";

export const checkRequests: Check = ({ parts }, report) => {
  for (const [name, monitor] of Object.entries(parts.monitors)) {
    const path = ["monitors", name];
    if (monitor.protocol !== "http" && monitor.protocol !== "https") continue;
    checkMethod(path, monitor, report);
    checkAuthorization(path, monitor, report);
  }
};

/** RFC 9110 section 9.3.2: the answer to a HEAD has no body. */
const OF_BODY = ["contains", "matches", "json"] as const;

function checkMethod(path: Path, monitor: MonitorConfig, report: Report): void {
  const { method } = monitor;
  const misplaced = (key: "body" | (typeof OF_BODY)[number], wanted: string): void => {
    if (monitor[key] === undefined) return;
    const at = {
      path: [...path, key],
      atKey: true,
      because: [
        [...path, key],
        [...path, "method"],
      ],
    };
    report({ ...at, code: "misplaced-key", what: `${key} means nothing for method ${method}`, wanted });
  };
  if (method !== "POST") misplaced("body", "no body, or method POST");
  if (method === "HEAD") for (const key of OF_BODY) misplaced(key, `no ${key}, or method GET or POST`);
}

function checkAuthorization(path: Path, { headers, authorization }: MonitorConfig, report: Report): void {
  const header = Object.keys(headers ?? {}).find((name) => name.toLowerCase() === "authorization");
  if (authorization === undefined || header === undefined) return;
  report({
    code: "misplaced-key",
    path: [...path, "headers", header],
    atKey: true,
    found: JSON.stringify(header),
    because: [
      [...path, "headers", header],
      [...path, "authorization"],
    ],
    what: "the header that authorization sends",
    wanted: "one of headers.Authorization and authorization",
  });
}
