/** A zone as one text that is another one when the zone has changed, whatever else of the configuration has. */
import { digestOf } from "./serial.ts";
import type { ZoneContent } from "./settings.ts";
import type { StaticZone } from "./static-zone.ts";

/** Of a zone with a file its texts, comments and all: so does its serial rise. Of one in YAML its records. */
export function zoneContent(zone: StaticZone): ZoneContent {
  return { name: zone.name, digest: digestOf(zone.texts.length > 0 ? zone.texts : [recordsText(zone)]) };
}

function recordsText({ soa, nameservers, nameserverTtl, sets }: StaticZone): string {
  return JSON.stringify([
    // A serial that is not written is the time of the file.
    { ...soa, primary: String(soa.primary), contact: String(soa.contact) },
    nameserverTtl,
    nameservers.map(({ data }) => String(data)),
    sets.map(({ owner, type, ttl, records }) => [owner, type, ttl, records.map(String)]),
  ]);
}
