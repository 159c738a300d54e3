/**
 * `residency`: which clients may get only endpoints with certain labels. What the parts of a rule refer to, and whether
 * rules contradict: `checks/residency.ts`.
 */
import { ok } from "../../shared/result.ts";
import { parsedText } from "./values.ts";
import { labelTermsSchema } from "./labels.ts";
import { choice, named, oneOrList, section } from "./values.ts";

const client = parsedText({ title: "region code, own network, or all", parse: ok });
const profile = parsedText({ title: "profile name, * for any text", parse: ok });

const residencyRule = section("a residency rule", {
  clients: oneOrList(client).meta({
    description: "Whom it covers: regions, groupings, own networks by name; or all.",
  }),
  profiles: oneOrList(profile).meta({
    description: "The profiles that it covers, * for any text, and with them all that are nested in them.",
  }),
  require: labelTermsSchema
    .optional()
    .meta({ description: "Labels that an endpoint must have, each with one of the values.", defaultText: "none" }),
  forbid: labelTermsSchema
    .optional()
    .meta({ description: "Labels that an endpoint must not have with any of the values.", defaultText: "none" }),
  unknownClients: choice(["fence", "free"])
    .prefault("fence")
    .meta({ description: "Whether clients are covered whose country nobody knows." }),
  resolverOnly: choice(["fence", "free"]).prefault("free").meta({
    description: "fence: all are covered of whom only the resolver is known. free: those whose resolver is.",
  }),
  whenNoneCompliant: choice(["nodata", "servfail"])
    .prefault("nodata")
    .meta({ description: "The answer where no endpoint complies: no records, or a failure." }),
});

export const residencySchema = named("residency rules by name", residencyRule);
