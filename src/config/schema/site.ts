/** `sites`: the data centres and cloud regions that endpoints share. */
import { labelsSchema } from "./labels.ts";
import { loadSchema } from "./load.ts";
import { locationSchema } from "./location.ts";
import { named, section } from "./values.ts";

export const sitesSchema = named(
  "sites by name",
  section("a site", {
    location: locationSchema
      .optional()
      .meta({ description: "Where its endpoints are that say nothing else.", defaultText: "none" }),
    labels: labelsSchema.optional().meta({
      description:
        "What its endpoints are labelled with beside their own labels. The product's own are jurisdiction, provider and " +
        "kind (cloud or on-premises).",
      defaultText: "none",
    }),
    load: loadSchema.optional().meta({
      description: "One load of all its endpoints that have none of their own.",
      defaultText: "none",
    }),
  }),
);
