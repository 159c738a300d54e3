/** Profiles: a TTL that falls does so from its greatest to its least. */
import type { Check } from "./check.ts";

export const checkTtl: Check = ({ parts }, report) => {
  for (const [name, { ttl }] of Object.entries(parts.profiles)) {
    if (ttl.min <= ttl.max) continue;
    const path = ["profiles", name, "ttl"];
    report({
      code: "ttl-order",
      path: [...path, "min"],
      because: [
        [...path, "min"],
        [...path, "max"],
      ],
      what: "min longer than max",
      wanted: `at most ${ttl.max}s`,
    });
  }
};
