/** An autonomous system leads one way: it is on one endpoint of a profile. */
import type { Check } from "./check.ts";

export const checkAsns: Check = ({ config }, report) => {
  for (const [profile, { endpoints }] of Object.entries(config.profiles)) {
    const ownerOf = new Map<number, string>();
    for (const [name, { asns = [] }] of Object.entries(endpoints)) {
      const path = ["profiles", profile, "endpoints", name, "asns"];
      for (const [index, asn] of asns.entries()) {
        const other = ownerOf.get(asn);
        ownerOf.set(asn, name);
        if (other === undefined) continue;
        const isSame = other === name;
        report({
          code: "duplicate-asn",
          path: [...path, index],
          because: [path],
          what: isSame ? "the same autonomous system twice" : "an autonomous system on two endpoints",
          found: isSame ? `${asn}` : `${asn}, also on ${other}`,
          wanted: "each autonomous system on one endpoint",
        });
      }
    }
  }
};
