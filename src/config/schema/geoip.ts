/** `geoip`: what is known of where clients are. */
import { parseClientNetwork, parseNetwork } from "../text/address.ts";
import { parseWholeCountries } from "../text/region.ts";
import { file } from "./file.ts";
import { locationSchema } from "./location.ts";
import { named, oneOrList, parsedText, section } from "./values.ts";

export const networkText = parsedText({ title: "network in CIDR form", parse: parseNetwork });

export const clientNetworkText = parsedText({
  title: "network in CIDR form, or FIRST-LAST",
  parse: parseClientNetwork,
});

const ownNetwork = section("a network with cidrs and location", {
  cidrs: oneOrList(networkText).meta({ description: "The network's addresses." }),
  location: locationSchema.meta({ description: "Where its clients are." }),
});

export const geoipSchema = section("databases and own networks", {
  databases: oneOrList(file)
    .optional()
    .meta({
      description:
        "GeoIP database files (.mmdb), or npm:PACKAGE/FILE: of places, of autonomous systems, or of both. A later file " +
        "fills what an earlier one lacks.",
      defaultText: "none: only own networks are known",
    }),
  networks: named("own networks by name", ownNetwork)
    .prefault({})
    .meta({ description: "Networks that you know better than any database: offices, VPNs, private clouds. They win." }),
  groupings: named(
    "own groupings by name",
    oneOrList(parsedText({ title: "country or grouping of countries", parse: parseWholeCountries })),
  )
    .prefault({})
    .meta({ description: "Groupings of countries under names of your own, for regions of endpoints." }),
});
